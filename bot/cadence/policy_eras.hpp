// What the policy said since everything that comes round was looked at last: while ackd is down
// `ackd policy apply` goes on.
#pragma once

#include "bot/cadence/occurrences.hpp"
#include "bot/engine/handler_context.hpp"

#include <vector>

namespace ackd {

/// A policy that held up to an instant, from the end of the one before it.
struct PolicyEra {
    Policy policy;
    /// Those that everybody had by it.
    WorkingDays working_days;
    Instant until{};
};

/// In order; the last one is that of the settings, until now. Of the first one nobody knows since when it
/// held: since the last look, at least. Versions that this ackd does not understand, and what was before
/// them, are left out, and so is what nobody looked back to.
[[nodiscard]] std::vector<PolicyEra> policy_eras(HandlerContext& context);
/// Everything has been looked at, until now.
void note_look(HandlerContext& context);

}  // namespace ackd
