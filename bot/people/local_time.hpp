// Instants and durations in the words a person would use: "Thu 15:00", "2 working hours".
#pragma once

#include "bot/people/availability.hpp"

#include <string>

namespace ackd {

/// "Thu 15:00" in the reader's own zone; with the date ("Thu 12 Mar 15:00") when it is six or more days from
/// `now`.
[[nodiscard]] std::string local_time_text(const WorkingHours& reader, Instant at, Instant now);

/// "5 minutes", "2 hours", "3 days": one unit, rounded.
[[nodiscard]] std::string elapsed_text(Duration elapsed);

/// "40 working minutes", "2 working hours", "3 working days".
[[nodiscard]] std::string working_time_text(Duration amount);

/// "2026-03-12 15:00 UTC", for places without a reader.
[[nodiscard]] std::string utc_text(Instant at);

}  // namespace ackd
