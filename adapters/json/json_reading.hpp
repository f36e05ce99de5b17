// Reading the JSON of others, where every field may be missing or of another type. Only for .cpp files:
// simdjson is large.
//
// A JsonDocument owns its bytes; the values and texts taken from it live as long as it does and until its
// next parse.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ackd {

using JsonValue = simdjson::dom::element;

/// The member of an object, or nothing: when it is missing, null, or `value` is no object.
[[nodiscard]] std::optional<JsonValue> member_of(JsonValue value, std::string_view key);

/// A string member, or "".
[[nodiscard]] std::string_view text_of(JsonValue value, std::string_view key);

/// A boolean member, or false.
[[nodiscard]] bool truth_of(JsonValue value, std::string_view key);

/// A number member without its fraction, or 0.
[[nodiscard]] std::int64_t number_of(JsonValue value, std::string_view key);

/// The elements of an array member, or none.
[[nodiscard]] std::vector<JsonValue> items_of(JsonValue value, std::string_view key);

class JsonDocument {
public:
    JsonDocument();

    /// Nothing when the bytes are not one JSON value in UTF-8, nested at most 64 deep.
    [[nodiscard]] std::optional<JsonValue> parse(std::string_view bytes);

private:
    std::vector<char> padded_;
    simdjson::dom::parser parser_;
};

}  // namespace ackd
