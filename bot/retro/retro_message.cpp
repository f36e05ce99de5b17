// The message of a round: where it is posted, and how it is kept up to date.
//
// While the window is open it is not drawn again because somebody answered: when it was changed would tell
// when they did.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/retro/retro_notices.hpp"
#include "bot/retro/retro_people.hpp"
#include "bot/retro/retro_table.hpp"

namespace ackd {

namespace {

RetroRoundId id_in(const OutboxRow& row)
{
    return RetroRoundId{parse_whole_number<std::int64_t>(row.payload).value_or(0)};
}

/// Who has it where no channel takes it; empty: nobody.
UserId stand_in_for_channel(HandlerContext& context, const RetroRound& round)
{
    if (!round.facilitator.empty()) return round.facilitator;
    const Team* team = team_named(context, round.team);
    const auto people = team == nullptr ? std::vector<UserId>{} : participants_of(context, *team);
    return people.empty() ? UserId{} : people.front();
}

void post(HandlerContext& context, const RetroRound& round, const std::string& conversation)
{
    OutboxRow row;
    row.kind = OutboxKind::retro;
    row.conversation = conversation;
    row.payload = std::to_string(round.id.value);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

}  // namespace

ChannelId channel_of(HandlerContext& context, const RetroRound& round)
{
    const Retro* retro = retro_named(context, round.retro);
    const Team* team = team_named(context, round.team);
    const ChannelId channel = retro != nullptr && !retro->channel.empty() ? retro->channel
                              : team != nullptr                           ? team->channel
                                                                          : ChannelId{};
    return !channel.empty() && can_be_told(context, channel) ? channel : ChannelId{};
}

void redraw_retro(HandlerContext& context, const RetroRound& round)
{
    if (round.message.exists()) return post(context, round, conversation_of(round.message.channel));
    if (const ChannelId channel = channel_of(context, round); !channel.empty())
        return post(context, round, conversation_of(channel));
    if (const UserId person = stand_in_for_channel(context, round); !person.empty())
        post(context, round, conversation_of(person));
}

Composed compose_retro_message(HandlerContext& context, const OutboxRow& row)
{
    const auto round = RetroTable{context.connection}.find(id_in(row));
    if (!round) return {};
    Notice notice = retro_notice(context, *round);
    if (round->message.exists())
        return {UpdateMessage{round->message, std::move(notice)}, false, std::nullopt};
    // Over before anybody saw it, and with nothing to see: nothing is posted only to say so.
    const bool is_moot = round->end == RetroEnd::nothing_said || round->end == RetroEnd::team_was_gone;
    if (is_moot && !row.in_doubt) return {};
    PostMessage message;
    message.person = person_of(row.conversation);
    if (message.person.empty()) {
        message.channel = ChannelId{row.conversation};
    } else {
        notice.sections.front().lines.push_back(
            small_line(RichText{Words{"You have this because I am in no channel of the team. There, type "},
                                Code{"/invite @ackd"}}));
    }
    message.notice = std::move(notice);
    return {std::move(message), is_moot, std::nullopt};
}

void retro_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    const RetroTable table{context.connection};
    auto round = table.find(id_in(row));
    if (!round) return;
    round->message = posted.message;
    table.save(*round);
    // A message that was found in the chat may be an old drawing.
    if (posted.adopted) redraw_retro(context, *round);
}

void retro_message_failed(HandlerContext& context, const OutboxRow& row)
{
    const auto round = RetroTable{context.connection}.find(id_in(row));
    if (!round || round->message.exists() || !person_of(row.conversation).empty()) return;
    if (const UserId person = stand_in_for_channel(context, *round); !person.empty())
        post(context, *round, conversation_of(person));
}

}  // namespace ackd
