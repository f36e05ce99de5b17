#include "bot/sha256.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace ackd {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Sha256 sha256_of(std::string_view bytes)
{
    Sha256 digest{};
    SHA256(bytes_of(bytes), bytes.size(), digest.data());
    return digest;
}

Sha256 hmac_sha256_of(std::string_view secret, std::string_view bytes)
{
    Sha256 digest{};
    unsigned size = digest.size();
    HMAC(EVP_sha256(),
         secret.data(),
         static_cast<int>(secret.size()),
         bytes_of(bytes),
         bytes.size(),
         digest.data(),
         &size);
    return digest;
}

std::string hex_of(const Sha256& digest)
{
    std::string text;
    text.reserve(2 * digest.size());
    for (const unsigned char byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

std::optional<Sha256> sha256_from_hex(std::string_view text)
{
    Sha256 digest{};
    if (text.size() != 2 * digest.size()) return std::nullopt;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto value = digits.find(text[at]);
        if (value == std::string_view::npos) return std::nullopt;
        digest[at / 2] = static_cast<unsigned char>((static_cast<unsigned>(digest[at / 2]) << 4U) |
                                                    static_cast<unsigned>(value));
    }
    return digest;
}

bool is_same_in_constant_time(const Sha256& one, const Sha256& other)
{
    return CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace ackd
