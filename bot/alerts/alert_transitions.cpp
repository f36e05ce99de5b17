#include "bot/alerts/alert_transitions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Where the row of a table leads; nothing: there is none.
template <class State, class Event>
std::optional<State> led_to(const std::vector<AlertTransitionOf<State, Event>>& table,
                            State from,
                            Event event)
{
    const auto row = std::find_if(table.begin(), table.end(), [&](const auto& each) {
        return each.from == from && each.event == event;
    });
    return row == table.end() ? std::nullopt : std::optional{row->to};
}

template <class State, class Event>
std::string as_markdown(const std::vector<AlertTransitionOf<State, Event>>& table)
{
    std::string text = "| from | event | to | meaning |\n|---|---|---|---|\n";
    for (const auto& row : table)
        text += fmt::format(
            "| {} | `{}` | {} | {} |\n", name_of(row.from), name_of(row.event), name_of(row.to), row.meaning);
    return text;
}

}  // namespace

const std::vector<AlertTransition>& alert_transitions()
{
    using enum AlertStatus;
    static const std::vector<AlertTransition> table{
        {firing, AlertEvent::fired, firing, "the same again: counted"},
        {firing, AlertEvent::acknowledged, acknowledged, "somebody has it, here or at its source"},
        {firing, AlertEvent::resolved, resolved, "its source says that it is over, or somebody does"},
        {firing, AlertEvent::faded, resolved, "no word of it for as long as its source allows"},
        {acknowledged, AlertEvent::fired, acknowledged, "the same again: counted, and still somebody's"},
        {acknowledged, AlertEvent::acknowledged, acknowledged, "said again"},
        {acknowledged, AlertEvent::let_go, firing, "nobody has it any more"},
        {acknowledged, AlertEvent::resolved, resolved, "over"},
        {acknowledged, AlertEvent::faded, resolved, "over, as far as can be told"},
        {resolved, AlertEvent::fired, firing, "back within the hour: the same alert again"},
        {resolved, AlertEvent::acknowledged, acknowledged, "back within the hour, and somebody has it there"},
    };
    return table;
}

const std::vector<AlertGroupTransition>& alert_group_transitions()
{
    using enum AlertGroupState;
    static const std::vector<AlertGroupTransition> table{
        {over, AlertGroupEvent::fired, open, "people are asked, the message is posted or drawn again"},
        {over, AlertGroupEvent::fired_muted, muted, "kept until the mute ends"},
        {open, AlertGroupEvent::ended, over, "whoever was asked owes nothing any more"},
        {open, AlertGroupEvent::flapped, quiet, "the same, and one line says that it is quiet from now on"},
        {quiet, AlertGroupEvent::still_there, open, "one line, and people are asked"},
        {quiet, AlertGroupEvent::still_muted, muted, "kept until the mute ends"},
        {quiet, AlertGroupEvent::still_over, over, "one line"},
        {muted,
         AlertGroupEvent::unmuted,
         open,
         "people are asked about what is there, with what came meanwhile"},
        {muted, AlertGroupEvent::unmuted_over, over, "what came meanwhile is told as a count"},
    };
    return table;
}

std::optional<AlertStatus> next_status(AlertStatus from, AlertEvent event)
{
    return led_to(alert_transitions(), from, event);
}

std::optional<AlertGroupState> next_state(AlertGroupState from, AlertGroupEvent event)
{
    return led_to(alert_group_transitions(), from, event);
}

std::string alert_transitions_as_markdown()
{
    return as_markdown(alert_transitions());
}

std::string alert_group_transitions_as_markdown()
{
    return as_markdown(alert_group_transitions());
}

std::string_view name_of(AlertEvent event)
{
    switch (event) {
        case AlertEvent::fired: return "fired";
        case AlertEvent::acknowledged: return "acknowledged";
        case AlertEvent::let_go: return "let_go";
        case AlertEvent::resolved: return "resolved";
        case AlertEvent::faded: return "faded";
    }
    return "?";
}

std::string_view name_of(AlertGroupState state)
{
    switch (state) {
        case AlertGroupState::open: return "open";
        case AlertGroupState::over: return "over";
        case AlertGroupState::quiet: return "quiet";
        case AlertGroupState::muted: return "muted";
    }
    return "?";
}

std::string_view name_of(AlertGroupEvent event)
{
    switch (event) {
        case AlertGroupEvent::fired: return "fired";
        case AlertGroupEvent::fired_muted: return "fired_muted";
        case AlertGroupEvent::ended: return "ended";
        case AlertGroupEvent::flapped: return "flapped";
        case AlertGroupEvent::still_there: return "still_there";
        case AlertGroupEvent::still_muted: return "still_muted";
        case AlertGroupEvent::still_over: return "still_over";
        case AlertGroupEvent::unmuted: return "unmuted";
        case AlertGroupEvent::unmuted_over: return "unmuted_over";
    }
    return "?";
}

}  // namespace ackd
