#include "bot/web/web_key.hpp"

namespace ackd {

std::string web_key_of(const std::array<unsigned char, 32>& random)
{
    // base64url without padding (RFC 4648).
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // The prefix tells people, and programs that look for secrets where none belong, what it is.
    std::string key = "ackd_";
    unsigned bits = 0;
    int count = 0;
    for (const unsigned char byte : random) {
        bits = bits << 8U | byte;
        count += 8;
        while (count >= 6) {
            count -= 6;
            key += alphabet[bits >> static_cast<unsigned>(count) & 0x3FU];
        }
        bits &= 0xFFU;
    }
    key += alphabet[bits << static_cast<unsigned>(6 - count) & 0x3FU];
    return key;
}

Sha256 hash_of_web_key(std::string_view key)
{
    return sha256_of(key);
}

WebKeyId fitting_key(const std::vector<KnownKey>& keys, const Sha256& shown)
{
    WebKeyId fitting;
    for (const KnownKey& key : keys) {
        if (is_same_in_constant_time(key.hash, shown)) fitting = key.id;
    }
    return fitting;
}

}  // namespace ackd
