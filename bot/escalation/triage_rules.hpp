// When dead letters are looked through, by whom, how long they wait for a cause, and what three of a kind
// propose. Pure.
#pragma once

#include "bot/escalation/triage.hpp"
#include "bot/people/availability.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// So many in one week's message.
inline constexpr std::size_t triage_letters_max = 10;
/// One that has no cause by then is closed as nobody_looked …
inline constexpr std::chrono::days triage_within{14};
/// … but not before it was in front of somebody for a week: after an outage, say.
inline constexpr std::chrono::days shown_for{7};
/// So many with one cause on one route, within so long, make a proposal; and that only once in the time.
inline constexpr int of_a_kind = 3;
inline constexpr std::chrono::days of_a_kind_within{30};
/// After that a cause is no longer kept.
inline constexpr std::chrono::days causes_kept_for{90};

struct TriageCandidate {
    UserId person;
    WorkingHours hours;
};

/// Somebody's, for this week, from that moment on.
struct TriageTurn {
    UserId person;
    std::chrono::local_days week{};
    /// What was given up before: their Monday's midnight. What came later is still somebody's to decide
    /// about.
    Instant before{};
    Instant at{};
};

/// The Monday of the week that it is for them.
[[nodiscard]] std::chrono::local_days week_of(const WorkingHours& hours, Instant now);

/// Of the candidates, who come in the order of preference, the first one who is at work this week, at their
/// first working moment in it from now on. The week is that of the first candidate. Nothing: nobody is at
/// work this week any more, or the week (`last`) has had its round.
[[nodiscard]] std::optional<TriageTurn> whose_turn(const std::vector<TriageCandidate>& candidates,
                                                   std::optional<std::chrono::local_days> last,
                                                   Instant now);

/// Whether next week has a round, as it looks now.
[[nodiscard]] bool comes_next_week(const std::vector<TriageCandidate>& candidates, Instant now);

/// Leads take turns by the week: those whose turn it is first, then those after them.
[[nodiscard]] std::vector<UserId> in_turn(std::vector<UserId> people, std::chrono::local_days week);

/// When it is closed, should nobody name a cause.
[[nodiscard]] Instant closes_at(const DeadLetter& letter);
/// Whether it is closed now. One that nobody was shown yet has its chance in the round that is still to come.
[[nodiscard]] bool is_to_be_closed(const DeadLetter& letter, bool is_round_ahead, Instant now);

/// Whether the newest of them is the one that makes the proposal. `count`: of the cause, on the route, within
/// the time, with the newest.
[[nodiscard]] bool makes_proposal(int count, std::optional<Instant> proposed_at, Instant now);

/// What could be changed about the route, and the command for it; of requests without a route, `route` is
/// empty.
struct TriageProposal {
    std::string words;
    std::string command;  ///< may be empty
};
[[nodiscard]] TriageProposal proposal_for(TriageCause cause, const std::string& route);

}  // namespace ackd
