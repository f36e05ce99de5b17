#include "bot/answers/kept_answer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

std::string_view name_of(KeptState state)
{
    switch (state) {
        case KeptState::proposed: return "proposed";
        case KeptState::kept: return "kept";
        case KeptState::stale: return "stale";
        case KeptState::refused: return "refused";
        case KeptState::removed: return "removed";
        case KeptState::dropped: return "dropped";
        case KeptState::expired: return "expired";
    }
    return "?";
}

std::string_view name_of(KeptEvent event)
{
    switch (event) {
        case KeptEvent::agreed: return "answer_agreed";
        case KeptEvent::refused: return "answer_refused";
        case KeptEvent::withdrawn: return "answer_withdrawn";
        case KeptEvent::lapsed: return "answer_lapsed";
        case KeptEvent::rechecked: return "answer_rechecked";
        case KeptEvent::confirmed: return "answer_confirmed";
        case KeptEvent::taken_out: return "answer_taken_out";
        case KeptEvent::deleted: return "answer_deleted";
        case KeptEvent::outlived: return "answer_outlived";
    }
    return "?";
}

const std::vector<KeptTransition>& kept_transitions()
{
    using enum KeptState;
    static const std::vector<KeptTransition> list{
        {proposed, KeptEvent::agreed, kept, "its author agrees, or wants it kept"},
        {proposed, KeptEvent::refused, refused, "its author does not: nobody asks them again"},
        {proposed, KeptEvent::withdrawn, dropped, "the 📌 was taken back before that"},
        {proposed, KeptEvent::lapsed, dropped, "five working days without a word, or nobody could agree"},
        {proposed, KeptEvent::deleted, dropped, "its message, or the question, was deleted"},
        {kept, KeptEvent::rechecked, stale, "half a year later its author is asked whether it still holds"},
        {kept, KeptEvent::taken_out, removed, "\"Not any more\", at any time, by its author"},
        {kept, KeptEvent::deleted, dropped, "its message, or the question, was deleted"},
        {kept, KeptEvent::outlived, expired, "a year is over, and its author is no longer there"},
        {stale, KeptEvent::confirmed, kept, "\"Still holds\": for another year"},
        {stale, KeptEvent::taken_out, removed, "\"Out of date\", or \"Not any more\""},
        {stale, KeptEvent::deleted, dropped, "its message, or the question, was deleted"},
        {stale, KeptEvent::outlived, expired, "a year without a word that it holds"},
    };
    return list;
}

std::optional<KeptState> next_state(KeptState from, KeptEvent event)
{
    const auto& all = kept_transitions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const KeptTransition& each) {
        return each.from == from && each.event == event;
    });
    return found == all.end() ? std::nullopt : std::optional{found->to};
}

std::string kept_transitions_as_markdown()
{
    std::string text = "| from | event | to | when |\n|---|---|---|---|\n";
    for (const KeptTransition& each : kept_transitions()) {
        text += fmt::format("| {} | `{}` | {} | {} |\n",
                            name_of(each.from),
                            name_of(each.event),
                            name_of(each.to),
                            each.meaning);
    }
    return text;
}

bool is_found(KeptState state)
{
    return state == KeptState::kept || state == KeptState::stale;
}

bool is_over(KeptState state)
{
    return state != KeptState::proposed && !is_found(state);
}

}  // namespace ackd
