#include "sandbox/app/json_schema.hpp"

#include "sandbox/model/message_markup.hpp"

#include <algorithm>
#include <charconv>

namespace sandbox {
namespace {

using Problems = std::vector<Refusal::Detail>;

bool has_type(const Json& value, const std::string& type)
{
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    return value.is_string();
}

bool is_color(const std::string& text)
{
    return (text.size() == 4 || text.size() == 7) && text[0] == '#' &&
           text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

/// Reads a number of up to `max` from the front; false when there is none.
bool take_number(std::string_view& text, int max)
{
    int number = -1;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0 || number > max) return false;
    text.remove_prefix(static_cast<std::size_t>(stopped - text.data()));
    return true;
}

bool is_ip_range(std::string_view text)
{
    for (int part = 0; part < 4; ++part) {
        if (part > 0) {
            if (text.empty() || text.front() != '.') return false;
            text.remove_prefix(1);
        }
        if (!take_number(text, 255)) return false;
    }
    if (text.empty()) return true;
    if (text.front() != '/') return false;
    text.remove_prefix(1);
    return take_number(text, 32) && text.empty();
}

bool has_format(const std::string& text, const std::string& format)
{
    if (format == "slash-command") return text.rfind('/', 0) == 0;
    if (format == "color") return is_color(text);
    if (format == "ip-range") return is_ip_range(text);
    return text.rfind("http://", 0) == 0 || text.rfind("https://", 0) == 0;
}

void check(const Json& schema, const Json& value, const std::string& pointer, Problems& problems);

void check_object(const Json& schema, const Json& value, const std::string& pointer, Problems& problems)
{
    for (const Json& name : member(schema, "required")) {
        if (!value.contains(name.get<std::string>()))
            problems.push_back(
                {"missing_required_field", "Must provide " + name.get<std::string>(), pointer});
    }
    const Json& known = member(schema, "properties");
    for (const auto& [name, inner] : value.items()) {
        const std::string inner_pointer = pointer + "/" + name;
        if (known.contains(name))
            check(known[name], inner, inner_pointer, problems);
        else
            problems.push_back(
                {"illegal_property", name + " is not a property of a manifest", inner_pointer});
    }
}

void check_array(const Json& schema, const Json& value, const std::string& pointer, Problems& problems)
{
    if (schema.contains("minItems") && value.size() < schema["minItems"].get<std::size_t>())
        problems.push_back({"too_few_items", "At least " + dump(schema["minItems"]), pointer});
    if (schema.contains("maxItems") && value.size() > schema["maxItems"].get<std::size_t>())
        problems.push_back({"too_many_items", "At most " + dump(schema["maxItems"]), pointer});
    for (std::size_t at = 0; at < value.size(); ++at) {
        const std::string inner_pointer = pointer + "/" + std::to_string(at);
        const auto here = value.begin() + static_cast<std::ptrdiff_t>(at);
        if (schema.contains("uniqueItems") && std::find(value.begin(), here, *here) != here)
            problems.push_back({"duplicate_item", dump(*here) + " is there twice", inner_pointer});
        check(schema["items"], *here, inner_pointer, problems);
    }
}

void check_text(const Json& schema, const Json& value, const std::string& pointer, Problems& problems)
{
    const auto& text = value.get_ref<const std::string&>();
    const std::size_t characters = count_characters(text);
    if (schema.contains("minLength") && characters < schema["minLength"].get<std::size_t>())
        problems.push_back(
            {"too_short", "Must be at least " + dump(schema["minLength"]) + " characters", pointer});
    if (schema.contains("maxLength") && characters > schema["maxLength"].get<std::size_t>())
        problems.push_back(
            {"too_long", "Must be at most " + dump(schema["maxLength"]) + " characters", pointer});
    const Json& choice = member(schema, "enum");
    if (choice.is_array() && std::find(choice.begin(), choice.end(), value) == choice.end())
        problems.push_back({"invalid_value", "Must be one of " + dump(choice), pointer});
    const std::string format = text_member(schema, "format");
    if (!format.empty() && !has_format(text, format))
        problems.push_back({"invalid_value", "Must be of the form " + format, pointer});
}

void check(const Json& schema, const Json& value, const std::string& pointer, Problems& problems)
{
    if (schema.contains("any")) return;
    const std::string type = text_member(schema, "type");
    if (!has_type(value, type)) {
        problems.push_back({"invalid_type", "Must be of type " + type, pointer.empty() ? "/" : pointer});
        return;
    }
    if (value.is_object()) check_object(schema, value, pointer, problems);
    if (value.is_array()) check_array(schema, value, pointer, problems);
    if (value.is_string()) check_text(schema, value, pointer, problems);
}

}  // namespace

std::vector<Refusal::Detail> check_schema(const Json& schema, const Json& value)
{
    Problems problems;
    check(schema, value, "", problems);
    return problems;
}

}  // namespace sandbox
