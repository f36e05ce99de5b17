#include "bot/delivery/read_back.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

using enum ReadBackState;  // the table reads as its rows do
using E = ReadBackEvent;

const std::vector<ReadBackTransition> table = {
    {waiting, E::heard, running, "as many as needed have received it: whoever likes may say it back"},
    {waiting, E::called_off, called_off, "the request is over in another way, or who asked is gone"},

    {running, E::asked, running, "somebody was picked, or says it without being asked"},
    {running, E::given, running, "said back: who asked reads it"},
    {running, E::passed, running, "\"Not now\", or they have it no more: somebody else may say it"},
    {running, E::lapsed, running, "one of two ran out of time; the other goes on"},
    {running, E::confirmed, running, "\"That's it\", and another one is still to come"},
    {running, E::right, right, "\"That's it\""},
    {running, E::unheard, waiting, "an ack was taken back, and nobody is at it"},
    {running, E::not_quite, waiting, "everybody who received it is asked again, with the correction on top"},
    {running, E::not_given, not_given, "nobody said it back within a working day of theirs, or nobody could"},
    {running, E::not_judged, not_judged, "said back, and who asked had no word within a working day"},
    {running, E::called_off, called_off, "the request is over in another way, or who asked is gone"},
};

bool goes_on(const ReadBackTurn& turn)
{
    return turn.state != TurnState::over;
}

}  // namespace

std::string_view name_of(ReadBackState state)
{
    switch (state) {
        case waiting: return "waiting";
        case running: return "running";
        case right: return "right";
        case not_given: return "not given";
        case not_judged: return "not judged";
        case called_off: return "called off";
    }
    return "?";
}

bool is_final(ReadBackState state)
{
    return state != waiting && state != running;
}

std::string_view name_of(ReadBackEvent event)
{
    switch (event) {
        case E::heard: return "heard";
        case E::unheard: return "unheard";
        case E::asked: return "asked";
        case E::given: return "given";
        case E::passed: return "passed";
        case E::lapsed: return "lapsed";
        case E::confirmed: return "confirmed";
        case E::right: return "right";
        case E::not_quite: return "not_quite";
        case E::not_given: return "not_given";
        case E::not_judged: return "not_judged";
        case E::called_off: return "called_off";
    }
    return "?";
}

const std::vector<ReadBackTransition>& read_back_transitions()
{
    return table;
}

std::optional<ReadBackState> next_state(ReadBackState from, ReadBackEvent event)
{
    for (const ReadBackTransition& transition : table) {
        if (transition.from == from && transition.event == event) return transition.to;
    }
    return std::nullopt;
}

std::string read_back_transitions_as_markdown()
{
    std::string text = "| from | what happens | to | meaning |\n|---|---|---|---|\n";
    for (const ReadBackTransition& row : table) {
        text += fmt::format(
            "| {} | `{}` | {} | {} |\n", name_of(row.from), name_of(row.event), name_of(row.to), row.meaning);
    }
    return text;
}

int free_turns(const ReadBack& read_back)
{
    const auto taken = std::count_if(read_back.turns.begin(), read_back.turns.end(), goes_on);
    return std::max(
        0, read_back.wanted - read_back.right_count - read_back.lapsed_count - static_cast<int>(taken));
}

const ReadBackTurn* running_turn_of(const ReadBack& read_back, const UserId& person)
{
    const auto turn = std::find_if(
        read_back.turns.begin(), read_back.turns.end(), [&](const ReadBackTurn& each) {
            return each.person == person && goes_on(each);
        });
    return turn == read_back.turns.end() ? nullptr : &*turn;
}

bool has_running_turn(const ReadBack& read_back)
{
    return std::any_of(read_back.turns.begin(), read_back.turns.end(), goes_on);
}

std::optional<Instant> due_at(const ReadBack& read_back)
{
    if (read_back.state != running) return std::nullopt;
    std::optional<Instant> due = free_turns(read_back) > 0 ? read_back.pick_at : std::nullopt;
    for (const ReadBackTurn& turn : read_back.turns) {
        if (turn.until) due = due ? std::min(*due, *turn.until) : turn.until;
    }
    return due;
}

std::optional<ReadBackEvent> outcome_of(const ReadBack& read_back)
{
    if (read_back.state != running || free_turns(read_back) > 0 || has_running_turn(read_back))
        return std::nullopt;
    if (read_back.right_count > 0) return E::right;
    return read_back.unjudged_count > 0 ? E::not_judged : E::not_given;
}

ReadBackPick pick(const std::vector<ReadBackCandidate>& candidates, std::uint64_t random, Instant ends_by)
{
    std::vector<const ReadBackCandidate*> now;
    std::optional<Instant> again_at;
    for (const ReadBackCandidate& candidate : candidates) {
        if (candidate.was_picked) continue;
        if (candidate.may_be_asked_now)
            now.push_back(&candidate);
        else
            again_at = again_at ? std::min(*again_at, candidate.asked_again_at) : candidate.asked_again_at;
    }
    if (!now.empty()) return {now[static_cast<std::size_t>(random % now.size())]->person, std::nullopt};
    if (again_at && *again_at > ends_by) again_at.reset();
    return {UserId{}, again_at};
}

std::optional<Instant> next_possible(const std::vector<WantedReadBack>& earlier,
                                     int wanted,
                                     int a_week,
                                     Instant now)
{
    if (wanted > a_week) return std::nullopt;
    int used = 0;
    for (const WantedReadBack& each : earlier) used += each.wanted;
    Instant at = now;
    for (const WantedReadBack& each : earlier) {
        if (used + wanted <= a_week) break;
        used -= each.wanted;
        at = std::max(now, each.at + read_backs_counted_over);
    }
    return at;
}

}  // namespace ackd
