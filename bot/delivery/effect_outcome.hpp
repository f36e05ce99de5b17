// What became of an effect: it was carried out, or will not be. The other way is in effect_composer.hpp.
#pragma once

#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"

#include <string>
#include <vector>

namespace ackd {

/// The row's effect was carried out.
void effect_delivered(HandlerContext& context, const OutboxRow& row, const EffectOutcome& outcome);

/// The row's effect will not work however often it is tried.
void effect_failed(HandlerContext& context, const OutboxRow& row, const Fault& fault);

/// Somebody has this message in front of them: it is kept, so that it can be brought up to date.
SentMessage keep_sent(HandlerContext& context,
                      const OutboxRow& row,
                      const Posted& posted,
                      std::vector<ObligationId> obligations = {},
                      std::string news = {});

}  // namespace ackd
