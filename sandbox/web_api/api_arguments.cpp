#include "sandbox/web_api/api_arguments.hpp"

#include <algorithm>
#include <cctype>

namespace sandbox {
namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

bool decode_form_text(std::string_view encoded, std::string& into)
{
    into.clear();
    into.reserve(encoded.size());
    for (std::size_t at = 0; at < encoded.size(); ++at) {
        if (encoded[at] == '+') {
            into += ' ';
        } else if (encoded[at] != '%') {
            into += encoded[at];
        } else {
            const int high = at + 2 < encoded.size() ? hex_digit(encoded[at + 1]) : -1;
            const int low = at + 2 < encoded.size() ? hex_digit(encoded[at + 2]) : -1;
            if (high < 0 || low < 0) return false;
            into += static_cast<char>(high * 16 + low);
            at += 2;
        }
    }
    return true;
}

std::string encode_form_text(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string form;
    form.reserve(text.size() * 2);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '*') {
            form += c;
        } else if (c == ' ') {
            form += '+';
        } else {
            form += '%';
            form += digits[byte >> 4U];
            form += digits[byte & 15U];
        }
    }
    return form;
}

Arguments::Arguments(Json object) : values_(std::move(object)) {}

bool Arguments::add_form(std::string_view encoded)
{
    std::string name;
    std::string text;
    while (!encoded.empty()) {
        const auto end = std::min(encoded.find('&'), encoded.size());
        const std::string_view pair = encoded.substr(0, end);
        encoded.remove_prefix(std::min(end + 1, encoded.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        const std::string_view right = equals < pair.size() ? pair.substr(equals + 1) : std::string_view{};
        if (!decode_form_text(pair.substr(0, equals), name) || !decode_form_text(right, text)) return false;
        values_[name] = text;
    }
    return true;
}

const Json& Arguments::value(const char* name) const
{
    read_.insert(name);
    return member(values_, name);
}

bool Arguments::has(const char* name) const
{
    const Json& found = value(name);
    return !found.is_null() && found != Json("");
}

bool Arguments::is_given(const char* name) const
{
    return !value(name).is_null();
}

std::string Arguments::text(const char* name) const
{
    const Json& found = value(name);
    if (found.is_string()) return found.get<std::string>();
    return found.is_number() || found.is_boolean() ? found.dump() : std::string{};
}

std::vector<std::string> Arguments::list(const char* name) const
{
    const std::string given = text(name);
    std::vector<std::string> parts;
    std::size_t at = 0;
    while (at <= given.size()) {
        const auto end = std::min(given.find(',', at), given.size());
        auto first = at;
        while (first < end && given[first] == ' ') ++first;
        if (end > first) parts.push_back(given.substr(first, end - first));
        at = end + 1;
    }
    return parts;
}

bool Arguments::flag(const char* name, bool fallback) const
{
    if (!has(name)) return fallback;
    const std::string given = text(name);
    return given == "true" || given == "1";
}

Outcome<Json> Arguments::structured(const char* name, const char* error) const
{
    const Json& found = value(name);
    if (!found.is_string()) return found;
    if (found == Json("")) return Json{};
    auto parsed = parse_json(found.get_ref<const std::string&>());
    if (!parsed) return Refusal{error};
    return *std::move(parsed);
}

std::vector<std::string> Arguments::unread() const
{
    std::vector<std::string> names;
    for (const auto& [name, ignored] : values_.items())
        if (read_.count(name) == 0) names.push_back(name);
    return names;
}

}  // namespace sandbox
