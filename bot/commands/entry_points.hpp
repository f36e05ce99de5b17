// Where people reach ackd from the chat's own menus: the commands they type and the shortcuts they pick.
// Whoever answers one takes its name from here; the chat's app manifest offers exactly these.
#pragma once

#include <array>
#include <string_view>

namespace ackd {

inline constexpr std::string_view ask_command = "/ack";
inline constexpr std::string_view overview_command = "/ackd";
inline constexpr std::string_view out_command = "/out";
inline constexpr std::string_view threads_command = "/threads";
inline constexpr std::string_view escalate_command = "/escalate";
inline constexpr std::string_view on_call_command = "/oncall";
inline constexpr std::string_view alerts_command = "/alerts";
inline constexpr std::string_view capacity_command = "/capacity";
inline constexpr std::string_view wip_command = "/wip";
inline constexpr std::string_view resync_command = "/resync";
inline constexpr std::string_view surprise_command = "/surprise";
inline constexpr std::string_view retro_command = "/retro";
inline constexpr std::string_view drift_command = "/drift";

/// On a message that is already there: ask for acknowledgements of it.
inline constexpr std::string_view request_acknowledgement_shortcut = "request_acknowledgement";
/// On a message that is already there: it answers what others will ask again.
inline constexpr std::string_view keep_answer_shortcut = "keep_answer";
/// Anywhere: a form to ask something new.
inline constexpr std::string_view ask_shortcut = "ask";

inline constexpr std::array<std::string_view, 13> all_commands{ask_command,
                                                               overview_command,
                                                               out_command,
                                                               threads_command,
                                                               escalate_command,
                                                               on_call_command,
                                                               alerts_command,
                                                               capacity_command,
                                                               wip_command,
                                                               resync_command,
                                                               surprise_command,
                                                               retro_command,
                                                               drift_command};
inline constexpr std::array<std::string_view, 3> all_shortcuts{
    request_acknowledgement_shortcut, keep_answer_shortcut, ask_shortcut};

}  // namespace ackd
