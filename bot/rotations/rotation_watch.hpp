// What rotations do by themselves: who comes on is told, and shown where the chat shows it; offers run out,
// and what will not work in the days ahead is found and told. One thing at a time is due
// (Upkeep::rotations_at); nothing of it is a timer of a single shift, since shifts are not stored.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/engine/handler_context.hpp"

#include <chrono>

namespace ackd {

/// Whatever has come due by now, and when to look again.
void look_after_rotations(HandlerContext& context);

/// What who comes on is told, as it stands now: when they are at work, unless the rotation wants them told at
/// once, and not at all when somebody else is on by then.
[[nodiscard]] Composed compose_on_call(HandlerContext& context, const OutboxRow& row);

/// How far ahead is looked, and how often.
inline constexpr std::chrono::days looked_ahead{7};
inline constexpr std::chrono::hours looked_every{1};

}  // namespace ackd
