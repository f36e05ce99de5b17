// Base64 (RFC 4648), with padding. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ackd::outside {

[[nodiscard]] std::string base64_of(std::string_view bytes);
/// Nothing: it is none. Its padding may be missing.
[[nodiscard]] std::optional<std::string> bytes_of_base64(std::string_view text);

}  // namespace ackd::outside
