// What happens to obligations, in one transaction each: load, apply the rule, save, journal, outbox. This is
// the only place that saves a changed obligation.
#pragma once

#include "bot/delivery/nudge_rules.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"

namespace ackd {

/// What a rule needs to know of this obligation as it stands.
[[nodiscard]] Situation situation_of(HandlerContext& context,
                                     const Request& request,
                                     const Obligation& obligation);

/// Applies what happened to the obligation as it stands now (`known` may be older). When it changed
/// something: saved, in the journal, the card and the messages in front of people are brought up to date, and
/// the request is settled if this was the last answer it waited for.
ApplyOutcome change(HandlerContext& context,
                    Request& request,
                    const Obligation& known,
                    const Happening& happening);

/// Asks one more person within the request, as a successor of `predecessor` at the given step of its route.
Obligation add_successor(HandlerContext& context,
                         const Request& request,
                         const Obligation& predecessor,
                         const UserId& debtor,
                         int step);

/// Everything due at `context.now`, at most `count_max` obligations. What falls due for one person at one
/// moment is one message. Returns how many were handled.
int handle_due(HandlerContext& context, int count_max);
/// The same for one of them.
int handle_due(HandlerContext& context, ObligationId id);

/// The request's state from its obligations': complete, closed, open again after an undo; stands down those
/// who are no longer needed.
void settle_request(HandlerContext& context, Request& request);

/// Ends every live obligation of the request.
void withdraw(HandlerContext& context, Request& request, const UserId& actor, EndCause cause);

/// Draws that message again; where it is, so that an older drawing on its way does not arrive after it.
[[nodiscard]] OutboxRow refresh_of(const SentMessage& sent, Instant now);

/// The messages about this obligation that people have in front of them are drawn again, soon.
void refresh_messages(HandlerContext& context, const Request& request, ObligationId id);

/// The card is drawn again, soon.
void redraw_card(HandlerContext& context, const Request& request);

/// When a message that asks nothing of a person may reach them.
enum class TellWhen {
    at_work,  ///< in their working hours (at priority *now*, at once)
    at_once,  ///< they have just acted and are looking at the screen
};

/// A message to who asked (or who owns the matter), alone.
void tell(HandlerContext& context,
          const UserId& person,
          const Request& request,
          const Notice& notice,
          TellWhen when = TellWhen::at_work);

/// A message could not be delivered for good: the route goes on at once.
void give_up_delivery(HandlerContext& context, ObligationId id, const std::string& reason);

}  // namespace ackd
