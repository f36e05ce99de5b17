#include "adapters/slack/slack_api.hpp"

namespace ackd::slack {
namespace {

void append_form_encoded(std::string& form, std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            form += c;
        } else if (c == ' ') {
            form += '+';
        } else {
            const auto byte = static_cast<unsigned char>(c);
            form += '%';
            form += hex[byte >> 4U];
            form += hex[byte & 0xFU];
        }
    }
}

}  // namespace

ApiCall& ApiCall::with(std::string_view name, std::string_view value)
{
    return value.empty() ? *this : set(name, value);
}

ApiCall& ApiCall::set(std::string_view name, std::string_view value)
{
    if (!form_.empty()) form_ += '&';
    append_form_encoded(form_, name);
    form_ += '=';
    append_form_encoded(form_, value);
    return *this;
}

}  // namespace ackd::slack
