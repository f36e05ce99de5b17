// Questions of a watched channel: somebody looks after each of them until it ends, and nobody after that.
#pragma once

#include "bot/delivery/priority_policy.hpp"
#include "bot/settings.hpp"
#include "storage/connection.hpp"

namespace ackd::simulation {

/// The clocks of a request of this priority; `watched`: the channel of a question, empty for all others.
[[nodiscard]] PriorityPolicy pace_in(const Settings& settings, Priority priority, const ChannelId& watched);

/// A question that waits has a deadline or is being read; a pursued one has obligations that somebody owes,
/// or a day; an ended one has none left. Nobody is asked twice about the same question, unless it was opened
/// again.
void check_questions(storage::Connection& connection, Instant now, bool is_awake);

/// Nobody is asked twice about the same question, unless it was opened again.
void check_pursuits(storage::Connection& connection);

}  // namespace ackd::simulation
