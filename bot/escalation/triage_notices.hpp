// The words of the weekly triage. They are about routes and places: who did not answer is in none of them.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/escalation/triage.hpp"
#include "bot/notice.hpp"

namespace ackd {

/// To who looks through them, as each stands now.
[[nodiscard]] Notice triage_notice(HandlerContext& context, const TriageRound& round);

/// To who decides about dead letters: what three of a kind speak for.
[[nodiscard]] Notice triage_proposal_notice(TriageCause cause, const std::string& route);

}  // namespace ackd
