#include "bot/delivery/early_answers.hpp"

#include "bot/delivery/answer_handlers.hpp"

#include <utility>
#include <vector>

namespace ackd {

namespace {

/// As long as the courier tries to find out what became of a message.
constexpr auto kept_for = std::chrono::hours{24};

void keep(HandlerContext& context,
          const ChannelId& channel,
          const std::string& stamp,
          const UserId& person,
          const std::string& emoji)
{
    context.connection.prepare("DELETE FROM early_answers WHERE given_at_us < $1")
        .bind_all(to_microseconds(context.now - kept_for))
        .run();
    context.connection
        .prepare(R"(INSERT INTO early_answers (channel, stamp, person, emoji, given_at_us)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING)")
        .bind_all(channel.value, stamp, person.value, emoji, to_microseconds(context.now))
        .run();
}

}  // namespace

bool may_be_ours(HandlerContext& context, const ChannelId& channel, const UserId& person)
{
    return context.outbox.may_have_posted(conversation_of(channel)) ||
           context.outbox.may_have_posted(conversation_of(person));
}

void keep_early_answer(HandlerContext& context, const ReactionChanged& reaction)
{
    if (reaction.added) {
        keep(context, reaction.message.channel, reaction.message.stamp, reaction.person, reaction.emoji);
        return;
    }
    context.connection
        .prepare("DELETE FROM early_answers WHERE channel = $1 AND stamp = $2 AND person = $3 AND emoji = $4")
        .bind_all(
            reaction.message.channel.value, reaction.message.stamp, reaction.person.value, reaction.emoji)
        .run();
}

void keep_early_answer(HandlerContext& context, const MessagePosted& reply)
{
    keep(context, reply.message.channel, reply.thread, reply.author, "");
}

void take_early_answers(HandlerContext& context, const MessageRef& message)
{
    std::vector<std::pair<UserId, std::string>> kept;
    {
        storage::Statement rows = context.connection.prepare(
            R"(SELECT person, emoji
                FROM early_answers
                WHERE channel = $1 AND stamp = $2
                ORDER BY given_at_us, person, emoji)");
        rows.bind_all(message.channel.value, message.stamp);
        while (rows.step()) kept.emplace_back(UserId{rows.column_string(0)}, rows.column_string(1));
    }
    if (kept.empty()) return;
    context.connection.prepare("DELETE FROM early_answers WHERE channel = $1 AND stamp = $2")
        .bind_all(message.channel.value, message.stamp)
        .run();
    for (const auto& [person, emoji] : kept) {
        if (emoji.empty()) {
            MessagePosted reply;
            reply.message.channel = message.channel;
            reply.thread = message.stamp;
            reply.author = person;
            handle_reply(context, reply);
        } else {
            ReactionChanged reaction;
            reaction.message = message;
            reaction.person = person;
            reaction.emoji = emoji;
            handle_reaction(context, reaction);
        }
    }
}

}  // namespace ackd
