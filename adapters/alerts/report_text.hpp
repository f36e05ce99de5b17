// Texts of others, made fit for an AlertReport: within its bounds, cut at a character, without what would
// break a line or pretend to be another one. Pure. What comes in is UTF-8.
#pragma once

#include "bot/alerts/alert_report.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::alerts {

/// On one line, without white space around it.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t bytes_max);
/// The same with its line ends, at most one empty line in a row.
[[nodiscard]] std::string some_lines(std::string_view text, std::size_t bytes_max);

/// What does not fit, or goes another way than http or https, is no link: empty. Half a link leads astray.
[[nodiscard]] std::string link_of(std::string_view text);

/// One that is too long for a key is told from others by its digest.
[[nodiscard]] std::string key_of(std::string_view text);
/// Of several parts, with no other parts the same.
[[nodiscard]] std::string key_of(const std::vector<std::string_view>& parts);

/// In lower case, as far as it is ASCII.
[[nodiscard]] std::string severity_of(std::string_view text);

/// "2026-03-02T09:30:00.5+01:00" (RFC 3339). What is none, or before 1970 (as an unset time is written), is
/// Instant{}.
[[nodiscard]] Instant instant_of(std::string_view text);

/// The first that is not empty.
[[nodiscard]] std::string_view first_of(std::initializer_list<std::string_view> texts);

/// Those that fit; empty ones are left out.
void add_label(AlertReport& report, std::string_view name, std::string_view value);

}  // namespace ackd::alerts
