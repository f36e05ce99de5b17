#include "bot/delivery/silence_clause.hpp"

#include <algorithm>
#include <array>

namespace ackd {

namespace {

struct Transition {
    SilenceState from;
    SilenceEvent event;
    SilenceState to;
};

constexpr std::array transitions{
    Transition{SilenceState::waiting, SilenceEvent::begun, SilenceState::running},
    Transition{SilenceState::running, SilenceEvent::longer, SilenceState::running},
    Transition{SilenceState::running, SilenceEvent::all_answered, SilenceState::agreed},
    Transition{SilenceState::running, SilenceEvent::lapsed, SilenceState::by_silence},
    Transition{SilenceState::running, SilenceEvent::objected, SilenceState::objected},
    Transition{SilenceState::running, SilenceEvent::called_off, SilenceState::called_off},
    Transition{SilenceState::by_silence, SilenceEvent::objected, SilenceState::reversed},
};

Instant latest(const std::vector<SilentReader>& readers, Instant at_least, const auto& instant_of)
{
    for (const SilentReader& reader : readers) at_least = std::max(at_least, instant_of(reader));
    return at_least;
}

}  // namespace

std::string_view name_of(SilenceEffect effect)
{
    switch (effect) {
        case SilenceEffect::goes_ahead: return "go";
        case SilenceEffect::does_not_happen: return "stop";
        case SilenceEffect::somebody_decides: return "decide";
        case SilenceEffect::asked_again: return "ask";
    }
    return "?";
}

std::string_view name_of(SilenceState state)
{
    switch (state) {
        case SilenceState::waiting: return "waiting";
        case SilenceState::running: return "running";
        case SilenceState::agreed: return "agreed";
        case SilenceState::by_silence: return "by_silence";
        case SilenceState::objected: return "objected";
        case SilenceState::reversed: return "reversed";
        case SilenceState::called_off: return "called_off";
    }
    return "?";
}

std::optional<SilenceEffect> silence_effect_named(std::string_view word)
{
    for (const SilenceEffect effect : {SilenceEffect::goes_ahead,
                                       SilenceEffect::does_not_happen,
                                       SilenceEffect::somebody_decides,
                                       SilenceEffect::asked_again})
    {
        if (name_of(effect) == word) return effect;
    }
    return std::nullopt;
}

std::optional<SilenceState> next_state(SilenceState from, SilenceEvent event)
{
    for (const Transition& transition : transitions) {
        if (transition.from == from && transition.event == event) return transition.to;
    }
    return std::nullopt;
}

Instant silence_decides_at(const std::vector<SilentReader>& readers, std::optional<Instant> wanted)
{
    return latest(readers, wanted.value_or(Instant{}), [](const SilentReader& reader) {
        return reader.hours.add_working_time(reader.hears_at, working_day);
    });
}

Instant a_working_day_longer(const std::vector<SilentReader>& readers, Instant decides_at)
{
    return latest(readers, decides_at, [&](const SilentReader& reader) {
        return reader.hours.add_working_time(decides_at, working_day);
    });
}

Instant silence_reversible_until(const std::vector<SilentReader>& readers, Instant decided_at)
{
    return latest(readers, decided_at, [&](const SilentReader& reader) {
        return reader.hours.add_working_time(decided_at, 2 * working_day);
    });
}

bool is_somebodys_to_decide(const SilenceClause& clause)
{
    return clause.state == SilenceState::objected || clause.state == SilenceState::reversed ||
           (clause.state == SilenceState::by_silence &&
            clause.choice.effect == SilenceEffect::somebody_decides);
}

bool is_reversible(SilenceEffect effect)
{
    return effect == SilenceEffect::goes_ahead || effect == SilenceEffect::does_not_happen;
}

}  // namespace ackd
