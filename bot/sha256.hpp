// SHA-256 and what is made of it. Pure.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace ackd {

using Sha256 = std::array<unsigned char, 32>;

[[nodiscard]] Sha256 sha256_of(std::string_view bytes);

/// HMAC-SHA256 (RFC 2104).
[[nodiscard]] Sha256 hmac_sha256_of(std::string_view secret, std::string_view bytes);

/// 64 lower-case digits.
[[nodiscard]] std::string hex_of(const Sha256& digest);
/// Nothing: these are no 64 such digits.
[[nodiscard]] std::optional<Sha256> sha256_from_hex(std::string_view text);

/// How long it takes tells nothing of where they differ.
[[nodiscard]] bool is_same_in_constant_time(const Sha256& one, const Sha256& other);

}  // namespace ackd
