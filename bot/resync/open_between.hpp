// What is open between the teams of a resync by ackd's own count, beside what they say: asks without an end,
// announcements without an ack, questions without an answer.
//
// It tells of teams, never of people: a team counts when at least five people are in it (team_figure.hpp),
// guests and bots not counted, and whoever is in several is counted in the first of them alone. It is read in
// a channel: announcements and questions are told only of public channels and of that one. A guest may be in
// that one who can open no other, so only of that one words are shown.
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
