// What lets a program tell us alerts: a secret in the address that it posts to.
//
//     https://ackd.example.com/in/ackd_bq0L4…        32 random bytes, as text
//
// Only a hash is stored, and a plain SHA-256 is the right one: slow hashes protect what people think up, and
// nobody can try out 2^256 keys. A source has at most two, so that one can take the other's place while both
// work.
#pragma once

#include "bot/alerts/alert_report.hpp"
#include "bot/alerts/alert_source.hpp"
#include "bot/sha256.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

inline constexpr std::size_t alert_keys_of_source_max = 2;

/// The key as text: 48 letters, digits, "-" and "_".
[[nodiscard]] std::string alert_key_of(const std::array<unsigned char, 32>& random);

/// What is stored of it.
[[nodiscard]] Sha256 hash_of_alert_key(std::string_view key);

/// A source, and what lets it in.
struct KnownSource {
    struct Key {
        AlertKeyId id;
        Sha256 hash{};
    };
    AlertSource source;
    std::vector<Key> keys;
};

/// All that may come in, as the policy and the keys are now.
using SourceRoster = std::vector<KnownSource>;

}  // namespace ackd
