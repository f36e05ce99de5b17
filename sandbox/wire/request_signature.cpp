#include "sandbox/wire/request_signature.hpp"

#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace sandbox {

std::string sign_request(std::string_view secret, std::int64_t timestamp, std::string_view body)
{
    std::string signed_text = "v0:" + std::to_string(timestamp) + ":";
    signed_text += body;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    const auto* text = reinterpret_cast<const unsigned char*>(signed_text.data());
    if (HMAC(EVP_sha256(),
             secret.data(),
             static_cast<int>(secret.size()),
             text,
             signed_text.size(),
             digest.data(),
             &length) == nullptr)
        throw std::runtime_error("HMAC-SHA256 is not available");
    constexpr std::string_view digits = "0123456789abcdef";
    std::string signature = "v0=";
    for (unsigned at = 0; at < length; ++at) {
        signature += digits[digest[at] >> 4U];
        signature += digits[digest[at] & 15U];
    }
    return signature;
}

}  // namespace sandbox
