// What happens to obligations, in one transaction each: load, apply the rule, save, journal, outbox. This is
// the only place that saves a changed obligation.
#pragma once

#include "bot/delivery/nudge_rules.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"

namespace ackd {

/// When people may be reached outside their working hours about this: as its route says of what is raised on
/// it, else as its priority does.
[[nodiscard]] OffHours off_hours_of(HandlerContext& context, const Request& request);

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

/// Saves an obligation that has changed, with its fact in the journal, and nothing else.
void save_and_record(HandlerContext& context,
                     const Request& request,
                     const Obligation& before,
                     const Obligation& after,
                     const UserId& actor,
                     std::string_view fact,
                     FactDetail detail);
/// What follows from a saved change: a dead letter, who is asked instead, messages and the card brought up to
/// date, the request settled.
void after_change(HandlerContext& context,
                  Request& request,
                  const Obligation& before,
                  const Obligation& after);

/// A channel that was archived takes no messages; one that we are not in shows that when it is tried.
[[nodiscard]] bool can_be_told(HandlerContext& context, const ChannelId& channel);
/// Whether a step of the obligation's route speaks to a channel, or to a destination that the policy still
/// has, besides those that would not take it.
[[nodiscard]] bool tells_others(HandlerContext& context, ObligationId id, const FrozenStep& step);

/// Whether what an outbox row or a digest wants to say of this is still so: nothing has happened to the
/// obligation since.
[[nodiscard]] bool still_stands(HandlerContext& context, const OutboxItem& item);

/// Asks one more person within the request, as a successor of `predecessor` at the given step of its route.
Obligation add_successor(HandlerContext& context,
                         const Request& request,
                         const Obligation& predecessor,
                         const UserId& debtor,
                         int step);

/// The request's state from its obligations': complete, closed, open again after an undo; stands down those
/// who are no longer needed.
void settle_request(HandlerContext& context, Request& request);

/// Ends every live obligation of the request.
void withdraw(HandlerContext& context, Request& request, const UserId& actor, EndCause cause);

/// A message of this kind to one person about something of the request, as soon as it can be sent.
void send_about(HandlerContext& context,
                OutboxKind kind,
                const UserId& person,
                RequestId request,
                std::vector<OutboxItem> items);

/// Draws that message again; where it is, so that an older drawing on its way does not arrive after it.
[[nodiscard]] OutboxRow refresh_of(const SentMessage& sent, Instant now);

/// The messages about this obligation that people have in front of them are drawn again, soon.
void refresh_messages(HandlerContext& context, const Request& request, ObligationId id);

/// The card is drawn again, soon.
void redraw_card(HandlerContext& context, const Request& request);

/// When a message that asks nothing of a person may reach them.
enum class TellWhen {
    in_time,  ///< as an interruption, if they are at work and have one left today; else in their digest
    at_once,  ///< they have just acted and are looking at the screen
};

/// A message to who asked (or who owns the matter), alone.
void tell(HandlerContext& context,
          const UserId& person,
          const Request& request,
          const Notice& notice,
          TellWhen when = TellWhen::in_time);

/// A message could not be delivered for good: the route goes on at once.
void give_up_delivery(HandlerContext& context, ObligationId id, const std::string& reason);

}  // namespace ackd
