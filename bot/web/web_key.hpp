// What lets in over HTTP whoever can show nothing but an address: a secret in its path.
//
//     https://ackd.example.com/in/ackd_bq0L4…                a program tells alerts in the name of a source
//     https://ackd.example.com/calendar/ackd_x71Rv….ics      a calendar reads the feed of a rotation
//
// A key is 32 random bytes, as text. Only a hash is stored, and a plain SHA-256 is the right one: slow hashes
// protect what people think up, and nobody can try out 2^256 keys. What a key opens has at most two, so that
// one can take the other's place while both work.
#pragma once

#include "bot/ids.hpp"
#include "bot/sha256.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// What it lets in to. Stored: do not renumber.
enum class WebKeyUse {
    source = 1,    ///< to tell alerts in its name
    rotation = 2,  ///< to read its calendar
};

inline constexpr std::size_t web_keys_max = 2;

/// The key as text: 48 letters, digits, "-" and "_".
[[nodiscard]] std::string web_key_of(const std::array<unsigned char, 32>& random);

/// What is stored of it.
[[nodiscard]] Sha256 hash_of_web_key(std::string_view key);

/// What is known of a key where keys are looked at.
struct KnownKey {
    WebKeyId id;
    Sha256 hash{};
};

/// The one that was shown; id 0: none of them. How long it takes tells nothing of how near it was.
[[nodiscard]] WebKeyId fitting_key(const std::vector<KnownKey>& keys, const Sha256& shown);

}  // namespace ackd
