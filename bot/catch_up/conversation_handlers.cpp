#include "bot/catch_up/conversation_handlers.hpp"

#include "bot/catch_up/catch_up_handlers.hpp"
#include "bot/catch_up/conversation_notices.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/people/workspace_identity.hpp"

#include <algorithm>

namespace ackd {

namespace {

void introduce(HandlerContext& context, const ChannelJoined& joined)
{
    if (joined.inviter.empty() || !context.conversations.mark_introduced(joined.channel, context.now)) return;
    EphemeralReply reply;
    reply.channel = joined.channel;
    reply.person = joined.inviter;
    reply.notice = introduction_notice();
    answer_alone(context, reply);
}

/// Those who asked something in the channel and still wait are told, once each request, what no longer works.
void tell_those_who_wait(HandlerContext& context, const ChannelId& channel, ChannelTrouble trouble)
{
    const auto known = context.conversations.find(channel);
    const std::string name = known ? known->conversation.name : std::string{};
    for (const Request& request : context.obligations.open_in_channel(channel)) {
        record(context,
               bot_actor,
               request.id,
               ObligationId{},
               trouble == ChannelTrouble::left ? "channel_left" : "channel_archived",
               {{"channel", channel}});
        tell(context, request.creditor, request, channel_lost_notice(request, name, trouble));
    }
}

/// Its cards could not be kept up to date for a while.
void redraw_cards(HandlerContext& context, const ChannelId& channel)
{
    for (const Request& request : context.obligations.open_in_channel(channel)) {
        if (request.card.exists()) redraw_card(context, request);
    }
}

}  // namespace

void handle_conversations(HandlerContext& context, const ConversationsListed& listed)
{
    for (const KnownConversation& known : context.conversations.all()) {
        const ChannelId& id = known.conversation.id;
        const bool is_there = std::any_of(listed.conversations.begin(),
                                          listed.conversations.end(),
                                          [&](const Conversation& each) { return each.id == id; });
        if (!is_there) handle_left(context, ChannelLeft{id, UserId{}});
    }
    for (const Conversation& conversation : listed.conversations) {
        handle_channel_changed(context,
                               ChannelChanged{conversation.id, std::nullopt, conversation.is_archived});
        const bool is_new = !context.conversations.find(conversation.id);
        context.conversations.save(conversation, context.now);
        if (is_new) redraw_cards(context, conversation.id);
    }
}

void handle_joined(HandlerContext& context, const ChannelJoined& joined)
{
    if (joined.person != read_workspace_identity(context.connection).bot_user) return;
    if (!context.conversations.find(joined.channel)) {
        context.conversations.save(Conversation{joined.channel, "", false}, context.now);
        redraw_cards(context, joined.channel);
    }
    introduce(context, joined);
}

void handle_left(HandlerContext& context, const ChannelLeft& left)
{
    if (!left.person.empty() && left.person != read_workspace_identity(context.connection).bot_user) return;
    const auto known = context.conversations.find(left.channel);
    if (!known) return;
    // Of an archived channel they have been told already.
    if (!known->conversation.is_archived) tell_those_who_wait(context, left.channel, ChannelTrouble::left);
    context.conversations.remove(left.channel);
}

void handle_channel_changed(HandlerContext& context, const ChannelChanged& changed)
{
    const auto known = context.conversations.find(changed.channel);
    if (!known) return;
    Conversation conversation = known->conversation;
    const bool was_archived = conversation.is_archived;
    const bool newly_archived = changed.is_archived.value_or(false) && !was_archived;
    if (newly_archived) tell_those_who_wait(context, changed.channel, ChannelTrouble::archived);
    if (changed.name) conversation.name = *changed.name;
    if (changed.is_archived) conversation.is_archived = *changed.is_archived;
    context.conversations.save(conversation, context.now);
    if (was_archived && !conversation.is_archived) redraw_cards(context, changed.channel);
}

void handle_channel_id(HandlerContext& context, const ChannelIdChanged& changed)
{
    if (changed.before.empty() || changed.after.empty() || changed.before == changed.after) return;
    for (
        const char* sql :
        {"UPDATE OR IGNORE conversations SET id = ?2 WHERE id = ?1",
         "UPDATE requests SET subject_channel = ?2 WHERE subject_channel = ?1",
         "UPDATE requests SET card_channel = ?2 WHERE card_channel = ?1",
         "UPDATE OR IGNORE questions SET channel = ?2 WHERE channel = ?1",
         "UPDATE OR IGNORE channel_weights SET channel = ?2 WHERE channel = ?1",
         "UPDATE OR IGNORE sent_messages SET channel = ?2 WHERE channel = ?1",
         "UPDATE OR IGNORE known_reactions SET channel = ?2 WHERE channel = ?1",
         "UPDATE OR IGNORE early_answers SET channel = ?2 WHERE channel = ?1",
         "UPDATE OR IGNORE kept_answers SET channel = ?2 WHERE channel = ?1",
         "UPDATE OR IGNORE kept_answer_offers SET channel = ?2 WHERE channel = ?1",
         "UPDATE OR IGNORE introductions SET channel = ?2 WHERE channel = ?1",
         "UPDATE OR IGNORE calls SET target = ?2 WHERE target = ?1 AND is_channel = 1",
         // Frozen with the request: the channels of its route, and those it is addressed to.
         R"(UPDATE requests
            SET route = replace(route, '"' || ?1 || '"', '"' || ?2 || '"'),
                audience = replace(audience, '"' || ?1 || '"', '"' || ?2 || '"')
            WHERE closed_at_us IS NULL)",
         "UPDATE outbox SET conversation = ?2 WHERE conversation = ?1",
         "UPDATE outbox SET payload = ?2 WHERE payload = ?1 AND kind IN (8, 9)",
         "UPDATE outbox SET payload = replace(payload, '\"' || ?1 || '\"', '\"' || ?2 || '\"') WHERE kind IN (6, 14)",
         // What was to be read of the old one is listed again by the new id.
         "DELETE FROM outbox WHERE kind IN (10, 11) AND state = 1 AND ?2 != ?1"})
    {
        context.connection.prepare(sql).bind_all(changed.before.value, changed.after.value).run();
    }
    list_again(context);
    context.outbox.moved();
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "channel_id_changed",
           {{"before", changed.before}, {"after", changed.after}});
}

}  // namespace ackd
