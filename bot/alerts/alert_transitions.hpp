// The state machines of alerts and of their groups: every transition is written down here and nowhere else.
// Handlers, tests and docs/alerts-in-chat.md all read these tables.
#pragma once

#include "bot/alerts/alert.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// What can happen to an alert.
enum class AlertEvent {
    fired,         ///< reported: it is there
    acknowledged,  ///< by somebody in the chat, or at its source
    let_go,        ///< whoever had it does not any more
    resolved,      ///< by its source, or by somebody in the chat
    faded,         ///< nothing was heard of it for as long as its source allows
};
inline constexpr std::array all_alert_events{
    AlertEvent::fired, AlertEvent::acknowledged, AlertEvent::let_go, AlertEvent::resolved, AlertEvent::faded};
inline constexpr std::array all_alert_statuses{
    AlertStatus::firing, AlertStatus::acknowledged, AlertStatus::resolved};

/// What can happen to a group.
enum class AlertGroupEvent {
    fired,         ///< something of it is there, and nothing was
    fired_muted,   ///< the same, while its source is muted
    ended,         ///< nothing of it is there any more
    flapped,       ///< the same, once too often within an hour
    still_there,   ///< an hour without coming or going, and something is there
    still_muted,   ///< the same, while its source is muted
    still_over,    ///< an hour without coming or going, and nothing is there
    unmuted,       ///< its source is heard again, and something is there
    unmuted_over,  ///< its source is heard again, and nothing is there
};
inline constexpr std::array all_alert_group_events{AlertGroupEvent::fired,
                                                   AlertGroupEvent::fired_muted,
                                                   AlertGroupEvent::ended,
                                                   AlertGroupEvent::flapped,
                                                   AlertGroupEvent::still_there,
                                                   AlertGroupEvent::still_muted,
                                                   AlertGroupEvent::still_over,
                                                   AlertGroupEvent::unmuted,
                                                   AlertGroupEvent::unmuted_over};
inline constexpr std::array all_alert_group_states{
    AlertGroupState::open, AlertGroupState::over, AlertGroupState::quiet, AlertGroupState::muted};

[[nodiscard]] std::string_view name_of(AlertEvent event);
[[nodiscard]] std::string_view name_of(AlertGroupState state);
[[nodiscard]] std::string_view name_of(AlertGroupEvent event);

template <class State, class Event>
struct AlertTransitionOf {
    State from;
    Event event;
    State to;
    std::string_view meaning;  ///< one line for the documentation
};
using AlertTransition = AlertTransitionOf<AlertStatus, AlertEvent>;
using AlertGroupTransition = AlertTransitionOf<AlertGroupState, AlertGroupEvent>;

[[nodiscard]] const std::vector<AlertTransition>& alert_transitions();
[[nodiscard]] const std::vector<AlertGroupTransition>& alert_group_transitions();

/// Where `event` leads from `from`; nothing: it does not apply there and changes nothing.
[[nodiscard]] std::optional<AlertStatus> next_status(AlertStatus from, AlertEvent event);
[[nodiscard]] std::optional<AlertGroupState> next_state(AlertGroupState from, AlertGroupEvent event);

/// The tables as docs/alerts-in-chat.md prints them.
[[nodiscard]] std::string alert_transitions_as_markdown();
[[nodiscard]] std::string alert_group_transitions_as_markdown();

}  // namespace ackd
