// The message of a signal: where it is posted, and how it is kept up to date.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/capacity/capacity_notices.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/obligation_handlers.hpp"

namespace ackd {

namespace {

CapacitySignalId id_in(const OutboxRow& row)
{
    return CapacitySignalId{parse_whole_number<std::int64_t>(row.payload).value_or(0)};
}

}  // namespace

void redraw_capacity(HandlerContext& context, const CapacitySignal& signal)
{
    const Team* team = team_named(context, signal.team);
    const bool has_channel = team != nullptr && !team->channel.empty() && can_be_told(context, team->channel);
    OutboxRow row;
    row.kind = OutboxKind::capacity;
    if (signal.message.exists() && !signal.message.channel.empty())
        row.conversation = conversation_of(signal.message.channel);
    else
        row.conversation = has_channel ? conversation_of(team->channel) : conversation_of(signal.person);
    row.payload = std::to_string(signal.id.value);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

Composed compose_capacity_message(HandlerContext& context, const OutboxRow& row)
{
    const auto signal = CapacityTable{context.connection}.find(id_in(row));
    if (!signal) return {};
    Notice notice = capacity_notice(context, *signal);
    if (signal->message.exists())
        return {UpdateMessage{signal->message, std::move(notice)}, false, std::nullopt};
    // Over before anybody saw it: nothing is posted only to say so.
    const bool is_moot = signal->state == CapacityState::over;
    if (is_moot && !row.in_doubt) return {};
    PostMessage post;
    post.person = person_of(row.conversation);
    if (post.person.empty()) post.channel = ChannelId{row.conversation};
    post.notice = std::move(notice);
    return {std::move(post), is_moot, std::nullopt};
}

void capacity_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    const CapacityTable table{context.connection};
    auto signal = table.find(id_in(row));
    if (!signal) return;
    signal->message = posted.message;
    table.save(*signal);
    // A message that was found in the chat may be an old drawing.
    if (posted.adopted) redraw_capacity(context, *signal);
}

void capacity_message_failed(HandlerContext& context, const OutboxRow& row)
{
    const auto signal = CapacityTable{context.connection}.find(id_in(row));
    if (!signal || signal->message.exists() || !person_of(row.conversation).empty()) return;
    OutboxRow other = row;
    other.conversation = conversation_of(signal->person);
    other.created_at = other.not_before = context.now;
    context.outbox.add(other);
}

}  // namespace ackd
