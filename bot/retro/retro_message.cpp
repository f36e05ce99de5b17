// The message of a round: where it is posted, and how it is kept up to date; and the questions to its people.
//
// While the window is open it is not drawn again because somebody answered: when it was changed would tell
// when they did.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/catch_up/outage.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/retro/retro_notices.hpp"
#include "bot/retro/retro_people.hpp"
#include "bot/retro/retro_rules.hpp"
#include "bot/retro/retro_table.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// A window whose end has come is closed in a moment, or moved.
constexpr Duration close_awaited_for = 1min;

RetroRoundId id_in(const OutboxRow& row)
{
    const std::string_view payload{row.payload};
    return RetroRoundId{parse_whole_number<std::int64_t>(payload.substr(0, payload.find(' '))).value_or(0)};
}

/// "5 U012AB3CD first": to one of its people; the message itself is "5", whoever has it.
bool is_prompt(const OutboxRow& row)
{
    return row.payload.find(' ') != std::string::npos;
}

OutboxRow prompt_row(HandlerContext& context,
                     const RetroRound& round,
                     const UserId& person,
                     RetroPrompt prompt)
{
    OutboxRow row;
    row.kind = OutboxKind::retro;
    row.conversation = conversation_of(person);
    row.payload = fmt::format(
        "{} {} {}", round.id.value, person.value, prompt == RetroPrompt::first ? "first" : "last");
    row.created_at = context.now;
    row.not_before = context.directory.working_hours_of(person).next_working_instant(context.now);
    return row;
}

/// When somebody had the first question, as far as their hours and ackd's own tell.
Instant asked_first_at(HandlerContext& context, const RetroRound& round, const WorkingHours& hours)
{
    const Instant due = hours.next_working_instant(round.opened_at);
    const auto outage = last_outage(context.connection);
    const bool is_in_outage = outage && outage->from <= due && due < outage->until;
    return is_in_outage ? hours.next_working_instant(outage->until) : due;
}

/// Whether the second question comes to them as well, when they have the first one now.
bool comes_again(const RetroRound& round, const WorkingHours& hours, Instant now)
{
    if (!round.remind_at) return false;
    const Instant again = hours.next_working_instant(*round.remind_at);
    return again >= now + retro_prompts_apart && again < round.closes_at;
}

/// As things stand when it can be sent: not to who left the team, nor outside of their hours, nor after the
/// close, nor twice at once.
Composed compose_prompt(HandlerContext& context, const OutboxRow& row, const RetroRound& round)
{
    const UserId person = person_of(row.conversation);
    const WorkingHours hours = context.directory.working_hours_of(person);
    const bool is_last = row.payload.ends_with(" last");
    const bool is_twice = is_last &&
                          context.now < asked_first_at(context, round, hours) + retro_prompts_apart;
    const bool is_moot = round.state != RetroState::open || !takes_part(context, round.team, person) ||
                         is_twice;
    if (!row.in_doubt) {
        if (is_moot) return {};
        if (round.closes_at <= context.now) return {std::nullopt, false, context.now + close_awaited_for};
        if (!hours.contains(context.now)) {
            const Instant at = hours.next_working_instant(context.now);
            return at < round.closes_at ? Composed{std::nullopt, false, at} : Composed{};
        }
    }
    const RetroAsked asked = is_last                                  ? RetroAsked::last
                             : comes_again(round, hours, context.now) ? RetroAsked::first_of_two
                                                                      : RetroAsked::only_once;
    // The first one was held up until the second one was there as well: one of them is enough.
    if (asked == RetroAsked::only_once)
        context.outbox.drop_like(prompt_row(context, round, person, RetroPrompt::last));
    PostMessage post;
    post.person = person;
    post.notice = retro_prompt_notice(context, round, person, asked);
    return {std::move(post), is_moot, std::nullopt};
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

void ask_in_retro(HandlerContext& context, const RetroRound& round, const UserId& person, RetroPrompt prompt)
{
    const OutboxRow row = prompt_row(context, round, person, prompt);
    if (row.not_before >= round.closes_at) return;
    if (prompt == RetroPrompt::last) {
        const WorkingHours hours = context.directory.working_hours_of(person);
        if (row.not_before < asked_first_at(context, round, hours) + retro_prompts_apart) return;
    }
    context.outbox.add(row);
}

ChannelId channel_of(HandlerContext& context, const RetroRound& round)
{
    const auto retro = retro_behind(context, round);
    const Team* team = team_named(context, round.team);
    const ChannelId channel = retro && !retro->channel.empty() ? retro->channel
                              : team != nullptr                ? team->channel
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
    if (is_prompt(row)) return compose_prompt(context, row, *round);
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
    if (is_prompt(row)) return;
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
    if (is_prompt(row)) return;
    const RetroTable table{context.connection};
    auto round = table.find(id_in(row));
    if (!round) return;
    if (round->message.exists()) {
        // Somebody deleted it, or ackd is in that channel no more: buttons that nobody sees are of no use.
        round->message.stamp.clear();
        table.save(*round);
        return redraw_retro(context, *round);
    }
    const UserId person = stand_in_for_channel(context, *round);
    if (person.empty()) return;
    if (person_of(row.conversation).empty()) return post(context, *round, conversation_of(person));
    context.outbox.add(private_message_at_work(context, person, retro_unshown_notice(*round)));
}

}  // namespace ackd
