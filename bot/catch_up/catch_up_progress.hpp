// How the running catch-up stands. In memory only: a restart begins another one, and a rolled-back
// transaction makes these figures a little too high, which does no harm.
#pragma once

#include "bot/input.hpp"
#include "bot/instant.hpp"

#include <optional>

namespace ackd {

struct CatchUpProgress {
    bool is_running = false;
    GapReason reason = GapReason::started;
    Instant began_at{};
    int pages = 0;
    int recovered = 0;  ///< messages, edits, deletions and reactions that we had not been told of
    /// Until then nothing that is due is handled.
    std::optional<Instant> holds_until;
    /// When the next periodic sweep begins; nothing: none has been wanted yet, there is no chat.
    std::optional<Instant> sweep_at;
};

}  // namespace ackd
