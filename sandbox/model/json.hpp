// The one JSON type of this room, and the few reads that must not throw on hostile input.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

using Json = nlohmann::json;

/// Parses without exceptions; also refuses nesting deeper than `depth_max`, which would exhaust the stack
/// later.
std::optional<Json> parse_json(std::string_view text, int depth_max = 60);

/// The member as text when it is there and is text, else "".
std::string text_member(const Json& object, const char* key);
/// The member when `object` is an object that has it, else null.
const Json& member(const Json& object, const char* key);
/// One line, never throwing: bytes that are not UTF-8 are replaced.
std::string dump(const Json& value);

}  // namespace sandbox
