// A small part of JSON Schema: what a value must look like, written as JSON itself.
//
// Understood are type, required, properties (an object has no others), items, enum, minLength, maxLength,
// minItems, maxItems, uniqueItems and format, which is one of "slash-command", "http-url", "color" and
// "ip-range". Lengths count characters. "any": true accepts whatever there is.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/model/outcome.hpp"

#include <vector>

namespace sandbox {

/// Everything that is wrong with `value`, in the order of the value; empty when it is as it should be.
std::vector<Refusal::Detail> check_schema(const Json& schema, const Json& value);

}  // namespace sandbox
