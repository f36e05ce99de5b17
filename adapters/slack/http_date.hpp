// The Date header of HTTP (RFC 9110, IMF-fixdate): "Sat, 21 Nov 2026 12:00:00 GMT". Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace ackd::slack {

/// Nothing when it is no such date, or one that no calendar has. The two obsolete forms are not read.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace ackd::slack
