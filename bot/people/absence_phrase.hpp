// What somebody types behind /out, in the time zone they are in. Pure.
//
//   today · tomorrow · friday · 2026-12-24          those whole days
//   fri..mon · 2026-12-24..2027-01-02 · today to fri    from the first day to the last, both of them whole
//   until monday · until 15:00 · until fri 12:00    from now until then
//   (nothing)                                       what is planned
//   back                                            the end of what has begun
//
// each with, in this order, `delegate @name` and `because` and words of one's own.
#pragma once

#include "bot/people/availability.hpp"
#include "bot/rich_text.hpp"

#include <optional>
#include <string>
#include <variant>

namespace ackd {

struct AskedAbsence {
    TimeSpan span;
    /// Who answers meanwhile: mentioned, or as typed ("@bo"); neither: nobody.
    std::optional<UserId> delegate;
    std::string delegate_typed;
    std::string reason;
};
struct ShowAbsences {};
struct EndAbsence {};
/// What was not understood, and the nearest line that would be.
struct AbsenceMistake {
    std::string problem;
    std::string corrected;
};

using AbsencePhrase = std::variant<AskedAbsence, ShowAbsences, EndAbsence, AbsenceMistake>;

inline constexpr std::chrono::days absence_length_max{366};
inline constexpr std::size_t absence_reason_max = 200;

/// Takes any text. `hours` are those of whoever typed it; of them only the zone matters. What it gives lies
/// ahead of `now`, ends after it begins, and is no longer than a year.
[[nodiscard]] AbsencePhrase parse_absence_phrase(const RichText& text,
                                                 const WorkingHours& hours,
                                                 Instant now);

}  // namespace ackd
