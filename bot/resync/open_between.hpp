// What is open between the teams of a resync by ackd's own count, beside what they say: asks without an end,
// announcements without an ack, questions without an answer.
//
// It tells of teams, never of people: a team counts when at least five people are in it (team_figure.hpp),
// and whoever is in several is counted in the first of them alone. It is read in a channel: words and links
// are shown only of what everybody there can read in the chat, the rest is a number.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"
#include "bot/resync/resync.hpp"
#include "bot/resync/resync_round.hpp"

namespace ackd {

/// A section for each of the three; where nothing is open, none.
void add_open_between(HandlerContext& context,
                      const Resync& resync,
                      const ResyncRound& round,
                      Notice& notice);

}  // namespace ackd
