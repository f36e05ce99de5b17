#include "bot/escalation/triage_rules.hpp"

#include <date/tz.h>

#include <algorithm>

namespace ackd {

namespace {

struct CauseRow {
    TriageCause cause;
    std::string_view name;
    std::string_view words;
};

constexpr std::array<CauseRow, 10> causes{{
    {TriageCause::wrong_person, "wrong_person", "wrong person"},
    {TriageCause::wrong_place, "wrong_place", "wrong place"},
    {TriageCause::unclear_ask, "unclear_ask", "unclear ask"},
    {TriageCause::overloaded, "overloaded", "overloaded"},
    {TriageCause::no_longer_needed, "no_longer_needed", "no longer needed"},
    {TriageCause::nobody_owns_it, "nobody_owns_it", "nobody owns it"},
    {TriageCause::bot_fault, "bot_fault", "bot fault"},
    {TriageCause::nobody_looked, "nobody_looked", "nobody looked"},
    {TriageCause::no_longer_kept, "no_longer_kept", "no longer kept"},
    {TriageCause::needs_none, "needs_none", "needs none"},
}};

const CauseRow& row_of(TriageCause cause)
{
    return *std::find_if(
        causes.begin(), causes.end(), [cause](const CauseRow& row) { return row.cause == cause; });
}

/// The midnight that a local day begins with.
Instant begin_of(const WorkingHours& hours, std::chrono::local_days day)
{
    return hours.zone()->to_sys(date::local_time<Duration>{day.time_since_epoch()}, date::choose::earliest);
}

}  // namespace

bool is_nameable(TriageCause cause)
{
    return std::find(nameable_causes.begin(), nameable_causes.end(), cause) != nameable_causes.end();
}

std::string_view name_of(TriageCause cause)
{
    return row_of(cause).name;
}

std::string_view words_of(TriageCause cause)
{
    return row_of(cause).words;
}

std::optional<TriageCause> triage_cause_named(std::string_view word)
{
    std::string name{word};
    for (char& letter : name) {
        if (letter == ' ' || letter == '-') letter = '_';
    }
    for (const TriageCause cause : nameable_causes) {
        if (name_of(cause) == name) return cause;
    }
    return std::nullopt;
}

std::chrono::local_days week_of(const WorkingHours& hours, Instant now)
{
    const std::chrono::local_days day{
        date::floor<date::days>(hours.zone()->to_local(now)).time_since_epoch()};
    return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

namespace {

/// The first who is at work in that week, from `now` on.
std::optional<TriageTurn> turn_in(const std::vector<TriageCandidate>& candidates,
                                  std::chrono::local_days week,
                                  Instant now)
{
    for (const TriageCandidate& candidate : candidates) {
        const Instant monday = begin_of(candidate.hours, week);
        const Instant at = candidate.hours.next_working_instant(std::max(now, monday));
        if (at < begin_of(candidate.hours, week + std::chrono::weeks{1}))
            return TriageTurn{candidate.person, week, monday, at};
    }
    return std::nullopt;
}

}  // namespace

std::optional<TriageTurn> whose_turn(const std::vector<TriageCandidate>& candidates,
                                     std::optional<std::chrono::local_days> last,
                                     Instant now)
{
    if (candidates.empty()) return std::nullopt;
    const std::chrono::local_days week = week_of(candidates.front().hours, now);
    if (last && week <= *last) return std::nullopt;
    return turn_in(candidates, week, now);
}

bool comes_next_week(const std::vector<TriageCandidate>& candidates, Instant now)
{
    if (candidates.empty()) return false;
    const std::chrono::local_days week = week_of(candidates.front().hours, now) + std::chrono::weeks{1};
    return turn_in(candidates, week, now).has_value();
}

std::vector<UserId> in_turn(std::vector<UserId> people, std::chrono::local_days week)
{
    if (people.empty()) return people;
    const auto number = std::chrono::floor<std::chrono::weeks>(week.time_since_epoch()).count();
    const auto count = static_cast<std::int64_t>(people.size());
    const auto first = (static_cast<std::int64_t>(number) % count + count) % count;
    std::rotate(people.begin(), people.begin() + static_cast<std::ptrdiff_t>(first), people.end());
    return people;
}

Instant closes_at(const DeadLetter& letter)
{
    const Instant at = letter.given_up_at + triage_within;
    return letter.shown_at ? std::max(at, *letter.shown_at + shown_for) : at;
}

bool is_to_be_closed(const DeadLetter& letter, bool is_round_ahead, Instant now)
{
    return closes_at(letter) <= now && (letter.shown_at.has_value() || !is_round_ahead);
}

bool makes_proposal(int count, std::optional<Instant> proposed_at, Instant now)
{
    return count >= of_a_kind && (!proposed_at || *proposed_at + of_a_kind_within <= now);
}

TriageProposal proposal_for(TriageCause cause, const std::string& route)
{
    // What is asked without a route has the default one as soon as there is one.
    const std::string setup = "/ackd setup route " + (route.empty() ? "default" : route);
    switch (cause) {
        case TriageCause::wrong_person: return {"Change who is on it:", setup};
        case TriageCause::wrong_place: return {"Change the channel that it asks in:", setup};
        case TriageCause::unclear_ask:
            return {"Say in what it is for which asks belong there, and what they have to say:", setup};
        case TriageCause::overloaded:
            return {"Add somebody to its first step, or a backup as a step of its own:", setup};
        case TriageCause::no_longer_needed:
            return {"Give what takes it a lower priority, or let it end sooner:", setup};
        case TriageCause::nobody_owns_it:
            return {"Give it an owner: a person, or a team's group, as its first step:", setup};
        case TriageCause::bot_fault:
            return {"Tell whoever runs ackd, who can look for it with:", "ackd doctor"};
        case TriageCause::nobody_looked:
        case TriageCause::no_longer_kept:
        case TriageCause::needs_none: break;
    }
    return {};
}

}  // namespace ackd
