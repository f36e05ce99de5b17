// The fields of an `application/x-www-form-urlencoded` body. Pure; total on any bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::http {

struct FormField {
    std::string name;
    std::string value;
    friend bool operator==(const FormField&, const FormField&) = default;
};

using Form = std::vector<FormField>;

/// In their order, "+" and "%41" decoded; a "%" that begins no such byte stays what it is, as browsers do it.
/// The values may hold any bytes. Nothing: more than 200 fields.
[[nodiscard]] std::optional<Form> decode_form(std::string_view body);

/// The first field of that name, or nothing.
[[nodiscard]] const std::string* field_of(const Form& form, std::string_view name);

}  // namespace ackd::http
