// A body that should be JSON. Only for .cpp files: simdjson is large.
#pragma once

#include "adapters/alerts/alert_decoder.hpp"
#include "adapters/json/json_reading.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ackd::alerts {

[[nodiscard]] inline DecodedAlerts refused(std::string_view problem)
{
    DecodedAlerts decoded;
    decoded.problem = problem;
    return decoded;
}

/// What the sender is told when it is none.
[[nodiscard]] inline DecodedAlerts refused_as_no_json()
{
    return refused("The body is no JSON in UTF-8, nested at most 64 deep.");
}

/// The body, of whatever type; and the body as an object. Lives until this thread reads the next one.
[[nodiscard]] std::optional<JsonValue> posted_json(std::string_view body);
[[nodiscard]] std::optional<JsonValue> posted_object(std::string_view body);

/// A text, a number or a truth, as text; anything else: empty.
[[nodiscard]] std::string scalar_text(JsonValue value);

/// A text within objects: text_at(body, "repository", "full_name"); empty: there is none.
template <class... Names>
[[nodiscard]] std::string_view text_at(JsonValue value, std::string_view name, Names... names)
{
    if constexpr (sizeof...(names) == 0) {
        return text_of(value, name);
    } else {
        const auto member = member_of(value, name);
        return member ? text_at(*member, names...) : std::string_view{};
    }
}

}  // namespace ackd::alerts
