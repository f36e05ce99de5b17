#include "adapters/http/form.hpp"

#include <algorithm>

namespace ackd::http {
namespace {

constexpr std::size_t fields_max = 200;

/// 0 to 15, or −1.
int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

std::string decode_text(std::string_view encoded)
{
    std::string text;
    text.reserve(encoded.size());
    for (std::size_t at = 0; at < encoded.size(); ++at) {
        const char c = encoded[at];
        if (c == '+') {
            text += ' ';
            continue;
        }
        const bool complete = c == '%' && encoded.size() - at > 2;
        const int high = complete ? digit_value(encoded[at + 1]) : -1;
        const int low = complete ? digit_value(encoded[at + 2]) : -1;
        if (high < 0 || low < 0) {
            text += c;
            continue;
        }
        text += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return text;
}

}  // namespace

std::optional<Form> decode_form(std::string_view body)
{
    Form form;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('&'), body.size());
        const std::string_view pair = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (pair.empty()) continue;
        if (form.size() == fields_max) return std::nullopt;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        FormField& field = form.emplace_back();
        field.name = decode_text(pair.substr(0, equals));
        if (equals < pair.size()) field.value = decode_text(pair.substr(equals + 1));
    }
    return form;
}

const std::string* field_of(const Form& form, std::string_view name)
{
    const auto found = std::find_if(
        form.begin(), form.end(), [name](const FormField& field) { return field.name == name; });
    return found == form.end() ? nullptr : &found->value;
}

}  // namespace ackd::http
