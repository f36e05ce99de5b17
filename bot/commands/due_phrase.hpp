// "by Thursday 17:00", as people type it, in the time zone of who typed it.
#pragma once

#include "bot/people/availability.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ackd {

struct DuePhrase {
    Instant at{};
    std::size_t words_used = 0;
};
/// The words are not about time: they belong to the message ("by the way").
struct NotADuePhrase {};
/// They look like a time but are none; `suggestion` is the nearest that is, or empty.
struct MisspeltDuePhrase {
    std::string word;
    std::string suggestion;
};
/// A date that is past, or more than a year ahead.
struct DuePhraseInThePast {
    std::string words;
};

using DuePhraseOutcome = std::variant<DuePhrase, NotADuePhrase, MisspeltDuePhrase, DuePhraseInThePast>;

/// Understands, from the start of `words` and without the "by": `today`, `tomorrow`, a weekday (whole or its
/// first three letters), `next week`, a date as 2026-03-12, each with a time of day (17:00, 5pm, 17) or
/// without (then 17:00); a time of day alone; `in 2h`, `in 30min`, `in 3 days`, `in 2 weeks`. Upper and lower
/// case alike.
[[nodiscard]] DuePhraseOutcome parse_due_phrase(const std::vector<std::string>& words,
                                                const WorkingHours& hours,
                                                Instant now);

/// The nearest of `known` to `word`, when it is near enough to be a slip of the finger.
[[nodiscard]] std::optional<std::string> nearest_word(const std::string& word,
                                                      const std::vector<std::string>& known);

/// The ends of the promise and snooze menus. Empty for an unknown choice.
[[nodiscard]] std::optional<Instant> promise_choice(const std::string& choice,
                                                    const WorkingHours& hours,
                                                    Instant now);
[[nodiscard]] std::optional<Instant> snooze_choice(const std::string& choice,
                                                   const WorkingHours& hours,
                                                   Instant now);

}  // namespace ackd
