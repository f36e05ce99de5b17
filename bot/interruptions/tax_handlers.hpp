// The monitoring tax: what ackd itself costs people, counted where it happens and shown to whoever pays it.
//
// Counted are direct messages when they have arrived, interruptions when they are spent, taps that were asked
// for (an ack when the card names somebody, one for each attempt in a message, one where it asks whether it
// was useful) and taps that were made (buttons, menus, reactions that answered something). Words typed and
// commands are no taps.
//
// Minutes are an estimate, and say so: 20 seconds for a message and 10 for a tap asked for. What it costs to
// come back to what one was doing is not in it.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/interruptions/tax_table.hpp"
#include "bot/notice.hpp"

namespace ackd {

inline constexpr int seconds_for_a_message = 20;
inline constexpr int seconds_for_a_tap = 10;
/// A person and week; above it there is a proposal what to switch off.
inline constexpr int tax_minutes_max = 10;

[[nodiscard]] constexpr double minutes_of(double messages, double taps_asked)
{
    return (messages * seconds_for_a_message + taps_asked * seconds_for_a_tap) / 60.0;
}

/// A message has arrived.
void count_message(HandlerContext& context, const OutboxRow& row);
/// A card has arrived that names those who are asked.
void count_asked(HandlerContext& context, const Request& request);
void count_interruption(HandlerContext& context, const UserId& person);
void count_tap_made(HandlerContext& context, const UserId& person);

/// Somebody's own last seven days.
[[nodiscard]] Tax tax_of(HandlerContext& context, const UserId& person);

/// `/ackd tax`: their own week; for leads and admins, the averages of their teams and of the workspace.
[[nodiscard]] Notice tax_reply(HandlerContext& context, const UserId& person);
/// "In the last seven days: 9 messages, 12 taps asked for, about 5 minutes."; empty when there was nothing.
[[nodiscard]] std::string tax_line(HandlerContext& context, const UserId& person);

}  // namespace ackd
