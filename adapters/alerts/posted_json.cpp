#include "adapters/alerts/posted_json.hpp"

#include <fmt/format.h>

namespace ackd::alerts {

std::optional<JsonValue> posted_json(std::string_view body)
{
    thread_local JsonDocument document;
    return document.parse(body);
}

std::optional<JsonValue> posted_object(std::string_view body)
{
    const auto root = posted_json(body);
    return root && root->is_object() ? root : std::nullopt;
}

std::string scalar_text(JsonValue value)
{
    switch (value.type()) {
        case simdjson::dom::element_type::STRING: return std::string{value.get_string().value_unsafe()};
        case simdjson::dom::element_type::INT64: return fmt::to_string(value.get_int64().value_unsafe());
        case simdjson::dom::element_type::UINT64: return fmt::to_string(value.get_uint64().value_unsafe());
        case simdjson::dom::element_type::DOUBLE: return fmt::to_string(value.get_double().value_unsafe());
        case simdjson::dom::element_type::BOOL: return value.get_bool().value_unsafe() ? "true" : "false";
        default: return "";
    }
}

}  // namespace ackd::alerts
