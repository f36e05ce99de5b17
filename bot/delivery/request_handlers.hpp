// How a request begins and what happens to the message it is about: asked by the 📨 reaction or in another way
// (ask_handlers.hpp), its people gathered, its subject edited or deleted.
#pragma once

#include "bot/commands/ask.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/input.hpp"

namespace ackd {

/// The route of this name as it stands now; empty: the default one. A name that the policy does not know: no
/// steps.
[[nodiscard]] FrozenRoute route_for(HandlerContext& context, const std::string& name);

enum class AskRefusal {
    not_a_member,  ///< of this workspace; only its members ask
    no_such_route,
    nobody_to_ask,      ///< all named are bots, deactivated, or an empty group
    too_many,           ///< `RefusedAsk::people` is how many there are
    fewer_than_needed,  ///< likewise
    read_back_not_urgent,
    read_back_off,
    read_back_by_too_many,  ///< `RefusedAsk::people` is how many could
    read_backs_used_up,     ///< until `RefusedAsk::possible_at`
};
struct RefusedAsk {
    AskRefusal why = AskRefusal::nobody_to_ask;
    int people = 0;
    std::optional<Instant> possible_at{};
};
/// Whom a message asks by itself: those it mentions apart from who asks, and everybody in its channel when it
/// mentions nobody else.
[[nodiscard]] Ask asked_in(const RichText& text, const UserId& asker, const ChannelId& channel);

/// Why this cannot be asked, as far as it is known before anything begins.
[[nodiscard]] std::optional<RefusedAsk> refusal_of(HandlerContext& context,
                                                   const UserId& creditor,
                                                   const Ask& ask);

/// Begins what refusal_of has nothing against. `subject` without a stamp: a card is posted in its channel,
/// with the ask's text. What is returned may still be gathering its people.
Request start_request(HandlerContext& context,
                      const UserId& creditor,
                      const MessageRef& subject,
                      const Ask& ask);

/// 📨 by the author of a message: its mentions are asked, or everybody in the channel.
void start_from_reaction(HandlerContext& context, const ReactionChanged& reaction);

/// The subject of a gathering request was read.
void subject_fetched(HandlerContext& context, Request& request, const FetchedMessage& subject);
/// A channel of a gathering request was listed.
void members_listed(HandlerContext& context, Request& request, const std::vector<UserId>& members);
/// What the request needs to know could not be learnt.
void gathering_failed(HandlerContext& context, Request& request, const std::string& reason);

/// The price is shown, and the asker has not decided yet.
[[nodiscard]] bool is_undecided(const Request& request);
/// They have.
void decide_announcement(HandlerContext& context, Request& request, Announcement how);
/// Nobody is asked by what was not decided in time; its asker reads so in their digest.
void close_undecided(HandlerContext& context);
/// Whom a gathered request asks.
[[nodiscard]] std::vector<UserId> people_to_ask(HandlerContext& context, const Request& request);

void subject_edited(HandlerContext& context, const MessageEdited& edited);
void subject_deleted(HandlerContext& context, const MessageDeleted& deleted);

/// The creditor says that the subject changed in substance: everybody is asked again.
void ask_everybody_again(HandlerContext& context, Request& request, const UserId& actor);

}  // namespace ackd
