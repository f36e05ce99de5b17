// What the engine must know of the catch-up without asking the database. In memory only: a restart begins
// another one. How far it has come is in catch_up_table.hpp.
#pragma once

#include "bot/instant.hpp"

#include <optional>

namespace ackd {

struct CatchUpProgress {
    /// In this life: what an earlier one left is read, but nothing more is listed until another one is
    /// wanted.
    bool is_running = false;
    /// The search for something to read was cut short: it goes on in the next cycle, at once.
    bool searches_on = false;
    /// Until then nothing that is due is handled.
    std::optional<Instant> holds_until;
    /// When the next periodic sweep begins; nothing: none has been wanted yet, there is no chat.
    std::optional<Instant> sweep_at;
};

}  // namespace ackd
