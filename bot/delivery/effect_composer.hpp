// From an outbox row, which says what to speak of, to the effect that is sent: composed from the state of
// this moment. And back: what became of it.
#pragma once

#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

#include <optional>

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

/// The row's effect was carried out.
void effect_delivered(HandlerContext& context, const OutboxRow& row, const EffectOutcome& outcome);

/// The row's effect will not work however often it is tried.
void effect_failed(HandlerContext& context, const OutboxRow& row, const Fault& fault);

}  // namespace ackd
