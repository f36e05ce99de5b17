#include "bot/web/web_key.hpp"

#include "bot/base64.hpp"

namespace ackd {

std::string web_key_of(const std::array<unsigned char, 32>& random)
{
    // The prefix tells people, and programs that look for secrets where none belong, what it is.
    return "ackd_" + base64url_of({reinterpret_cast<const char*>(random.data()), random.size()});
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
