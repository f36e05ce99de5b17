// A new version of the policy, in one transaction: kept, recorded, taken up for what is open.
//
// The same code serves a form in the chat (in the engine's transaction) and `ackd policy apply` (on a
// connection of its own, beside a running ackd, which notices).
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/policy/policy_table.hpp"
#include "bot/policy/policy_text.hpp"

#include <map>
#include <string>
#include <vector>

namespace ackd {

struct PolicyAuthor {
    UserId actor;
    PolicySource source = PolicySource::file;
    std::string note{};
};

/// Appends it, and says so in the journal. Returns its version. It counts once it is taken up.
std::int64_t keep_policy(HandlerContext& context, const Policy& policy, const PolicyAuthor& author);

/// A deadline that the former policy put there, and where the new one puts it.
struct MovedDeadline {
    ObligationId obligation;
    RequestId request;
    /// Who gets the next message.
    std::vector<UserId> people;
    Instant from{};
    Instant to{};
};

/// What a policy does to what is open.
struct PolicyEffects {
    /// The version that counts now.
    std::int64_t version = 0;
    /// Earliest first, by `from`.
    std::vector<MovedDeadline> moved;
    /// How many open obligations are on the routes of these names. They keep the steps they began with.
    std::map<std::string, int> on_route;
};

/// The newest version counts from now on: `settings`, which is what `context.settings` refers to, becomes it.
/// Every open deadline that the former policy explains is moved to where the new one puts it; one that was
/// put elsewhere (a snooze, a late nudge) stays. Attempts already made stay made.
PolicyEffects take_up_policy(HandlerContext& context, Settings& settings);

/// What taking up `policy` would do, without doing it. Afterwards `settings` holds the policy all the same:
/// the context is good for nothing else.
[[nodiscard]] PolicyEffects foresee_policy(HandlerContext& context, Settings& settings, const Policy& policy);

/// What people, groups and channels are called, from the directory.
[[nodiscard]] NameOf names_in(HandlerContext& context);

}  // namespace ackd
