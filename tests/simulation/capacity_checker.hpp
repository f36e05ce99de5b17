// What becomes of signals of capacity: each ends in relief, in an accepted risk with a name, or with the
// route; and nobody waits for somebody who has room. Of work in progress: no more than fits, or was let in.
#pragma once

#include "bot/instant.hpp"
#include "storage/connection.hpp"

namespace ackd::simulation {

/// At any time. `is_awake`: what is due by `now` has been done.
void check_capacity(storage::Connection& connection, Instant now, bool is_awake);

/// When all is over.
void check_capacity_at_end(storage::Connection& connection, Instant now);

}  // namespace ackd::simulation
