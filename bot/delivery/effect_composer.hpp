// From an outbox row, which says what to speak of, to the effect that is sent: composed from the state of
// this moment. What became of it is in effect_outcome.hpp.
#pragma once

#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace ackd {

/// What is to be done with a row now.
struct Composed {
    /// Nothing: it has been overtaken (answered, withdrawn, superseded by the next attempt) and must not be
    /// sent.
    std::optional<Effect> effect;
    /// Overtaken, but an earlier attempt may have arrived: look for it, do not post.
    bool only_look = false;
    /// Not now: the person is out of their working hours since it fell due.
    std::optional<Instant> wait_until;
};

[[nodiscard]] Composed compose_effect(HandlerContext& context, const OutboxRow& row);

/// What somebody pressed is brought up to date at once, where they pressed it.
void replace_pressed(HandlerContext& context, const ActionTaken& taken);

/// What a row's items are about.
[[nodiscard]] std::vector<ObligationId> obligations_of(const OutboxRow& row);
/// Of a refresh: which message it brings up to date.
[[nodiscard]] std::int64_t sent_id_in(const OutboxRow& row);

}  // namespace ackd
