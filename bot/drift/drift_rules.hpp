// The rules of a drift probe, pure: what a form means, who is picked, and what the answers come to.
#pragma once

#include "bot/drift/drift_probe.hpp"
#include "bot/form.hpp"
#include "bot/people/availability.hpp"
#include "bot/privacy/team_figure.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// So many are picked, where there are so many: of these five answer, as a rule. With fewer than five
/// (team_figure_people_min) it makes no sense to ask.
inline constexpr std::size_t drift_people_max = 8;
/// From one of a team to its next, and of one person likewise.
inline constexpr std::chrono::days drift_team_pause{14};
inline constexpr std::chrono::days drift_person_pause{7};
/// Working time for the answers, where who asks says nothing else; what is the least, and how far ahead its
/// end may be.
inline constexpr Duration drift_lasts = 2 * working_day;
inline constexpr Duration drift_lasts_min = std::chrono::hours{1};
inline constexpr std::chrono::days drift_lasts_max{14};

/// In characters.
inline constexpr std::size_t drift_question_max = 200;
/// It stands on a button.
inline constexpr std::size_t drift_view_max = 60;
/// Besides the one that holds.
inline constexpr std::size_t drift_other_views_max = 3;

// The form

namespace drift_field {
inline constexpr const char* team = "team";
inline constexpr const char* question = "question";
inline constexpr const char* holds = "holds";
inline constexpr const char* others = "others";
inline constexpr const char* until = "until";
}  // namespace drift_field

struct EnteredProbe {
    std::string_view question;
    std::string_view holds;
    /// One a line.
    std::string_view others;
    std::optional<Instant> until;
};
struct ReadProbe {
    std::string question;
    /// The one that holds is the first.
    std::vector<std::string> views;
    Instant closes_at{};
    /// Why it cannot be asked so; empty: it can.
    FormProblems problems;
};
/// `hours`: the team's.
[[nodiscard]] ReadProbe read_probe(const EnteredProbe& entered, const WorkingHours& hours, Instant now);

// Chance

/// Evenly distributed bits.
using RandomBits = std::function<std::uint64_t()>;

/// As many as are asked at most, each of them with the same probability.
[[nodiscard]] std::vector<UserId> pick_people(std::vector<UserId> candidates, const RandomBits& random);
/// The first one holds. They get places in random order, so that a place tells nothing; then "Not sure".
[[nodiscard]] std::vector<DriftView> views_of(const std::vector<std::string>& texts,
                                              const RandomBits& random);

// What the answers come to

struct DriftOutcome {
    int answers = 0;
    /// How many have the view that holds.
    int holding = 0;
    /// Their share.
    TeamFigure agreement;
    /// The most frequent first.
    std::vector<DriftView> views;
    /// What there is to talk about when fewer than 60 % agree: the two most frequent views, or what holds
    /// beside the only one. Empty: nothing.
    std::vector<std::string> agenda;
};
/// Nothing: fewer than five answered.
[[nodiscard]] std::optional<DriftOutcome> outcome_of(const std::vector<DriftView>& views);
/// "Most see it alike"
[[nodiscard]] std::string_view agreement_words(const DriftOutcome& outcome);
/// "■■■□□": three of five
[[nodiscard]] std::string drift_bar(int count, int answers);
/// "10 %", rounded
[[nodiscard]] std::string share_words(const TeamFigure& share);

/// Whether it is the one of before: the same words, however they are written.
[[nodiscard]] bool is_same_question(std::string_view one, std::string_view other);

}  // namespace ackd
