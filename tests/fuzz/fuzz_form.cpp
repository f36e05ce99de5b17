// A form, and an address to listen on.
#include "adapters/http/form.hpp"
#include "adapters/http/listen_address.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <string>

using namespace ackd;

namespace {

std::string encoded(const std::string& text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string form;
    for (const char c : text) {
        form += '%';
        form += digits[static_cast<unsigned char>(c) >> 4U];
        form += digits[static_cast<unsigned char>(c) & 0xFU];
    }
    return form;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view body = fuzz::text_of(data, size);
    if (const auto form = http::decode_form(body)) {
        std::string again;
        for (const http::FormField& field : *form) {
            again += encoded(field.name) + "=" + encoded(field.value) + "&";
            fuzz::expect(http::field_of(*form, field.name) != nullptr, "what is there is found");
        }
        fuzz::expect(http::decode_form(again) == form, "what is encoded is decoded");
    }
    if (const auto address = http::parse_listen_address(body))
        fuzz::expect(!address->host.empty(), "an address is one");
    return 0;
}
