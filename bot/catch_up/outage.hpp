// An outage: the bot was not running. Afterwards whoever runs it reads from when to
// when it was deaf, and what became of what was said meanwhile.
#pragma once

#include "bot/catch_up/catch_up_table.hpp"
#include "bot/engine/handler_context.hpp"

namespace ackd {

/// A shorter one is a restart, of which nobody has to hear; and an hour in which nothing happens leaves no
/// trace for longer than a sweep takes to come.
inline constexpr Duration outage_least = std::chrono::minutes{45};

/// Before anything else of a life: how long nothing was done since the one before.
void note_start(storage::Connection& connection, Instant now);
/// In every cycle: something is done now.
void note_alive(HandlerContext& context);
/// The last one; nothing: there was none, or it is forgotten.
[[nodiscard]] std::optional<TimeSpan> last_outage(storage::Connection& connection);
/// "I was deaf from … to …: what fell due meanwhile is asked once, now." Of what was waited for before an
/// outage and asked about right after it; of everything else empty.
[[nodiscard]] std::string outage_words(HandlerContext& context,
                                       const UserId& reader,
                                       const Request& request,
                                       const Obligation& obligation);
/// All that was said meanwhile has been read: the admins are told, when they are at work.
void tell_of_outage(HandlerContext& context, const CatchUpStand& stand);

}  // namespace ackd
