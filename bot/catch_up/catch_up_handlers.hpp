// Catch-up: after any gap (a start, a lost connection, a machine that slept, events that the chat says it
// dropped), and as a slow periodic sweep, what was said is read again and taken in as if it had been told.
// What is known already changes nothing: messages go by the keys of message_keys.hpp, reactions by
// known_reactions.hpp.
//
//   CatchUpWanted ─► a list of what is to be read begins: each channel that we are in, each conversation that
//                    holds a message somebody may still answer, then the thread of each open request, the
//                    newest first
//   every cycle   ─► the next page of the list becomes read_history rows in the outbox, once half of the page
//                    before has been read
//   a page read   ─► its messages, edits, deletions and reactions, held against what is known; another row
//                    when there is more
//   the last row  ─► the fact `caught_up`, with how much had been missed
//
// Where the list stands is committed with the rows (catch_up_table.hpp), so a million open threads are a few
// rows at any time, and a crash at any point loses none of them. A gap while one runs, and a restart, begin
// the list again from the top: a thread is read since the last catch-up that ended, a conversation since it
// was read itself, so nothing that was not reached before is forgotten. A sweep does not begin while another
// one runs.
//
// It is held to the chat's limits by the courier like everything else, and costs nothing while nothing has to
// be read. Until a catch-up after a real gap has ended (at most `hold_max`) nothing that is due is handled:
// whoever answered in the meantime must not be asked again.
//
// What cannot be recovered: commands and buttons (the chat told the person at once that nobody was there),
// and a request by reaction on a message older than `overlap` before the gap.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/engine/handler_context.hpp"

namespace ackd {

void begin_catch_up(HandlerContext& context, GapReason reason);
/// Lists what is to be read next, and ends the catch-up when all has been. In every cycle.
void continue_catch_up(HandlerContext& context);
/// What is to be read has been taken from the outbox: a running catch-up lists it again.
void list_again(HandlerContext& context);

/// What the row asks the adapter to read.
[[nodiscard]] ReadHistory history_wanted(const OutboxRow& row);
void history_read(HandlerContext& context, const OutboxRow& row, const HistoryPage& page);
/// It cannot be read, for good. A conversation that we are not in any more counts as left.
void history_unreadable(HandlerContext& context, const OutboxRow& row, const Fault& fault);

}  // namespace ackd
