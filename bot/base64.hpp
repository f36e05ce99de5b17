// Base64 (RFC 4648): with padding, as mail and signatures have it, and the alphabet for addresses, without.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ackd {

[[nodiscard]] std::string base64_of(std::string_view bytes);
/// Nothing: it is none. Its padding may be missing.
[[nodiscard]] std::optional<std::string> bytes_of_base64(std::string_view text);

/// "base64url": letters, digits, "-" and "_", without padding.
[[nodiscard]] std::string base64url_of(std::string_view bytes);
/// Nothing: it is none, or has padding.
[[nodiscard]] std::optional<std::string> bytes_of_base64url(std::string_view text);

}  // namespace ackd
