// The message of a round and the lines below it: where they are posted, and how they are kept up to date.
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/resync/resync_notices.hpp"
#include "bot/resync/resync_people.hpp"
#include "bot/resync/resync_table.hpp"

#include <fmt/format.h>

#include <set>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// That the channel takes no message is told so soon after the end of the round.
constexpr Duration told_within = 10min;

std::int64_t number_in(const OutboxRow& row)
{
    const std::string_view payload{row.payload};
    return parse_whole_number<std::int64_t>(payload.substr(0, payload.find(' '))).value_or(0);
}

OutboxRow row_of(HandlerContext& context, OutboxKind kind, std::int64_t number, const ChannelId& channel)
{
    OutboxRow row;
    row.kind = kind;
    row.conversation = conversation_of(channel);
    row.payload = std::to_string(number);
    row.created_at = row.not_before = context.now;
    return row;
}

/// To a lead: what is still to be answered. Over by now, or answered: nothing is sent.
Composed compose_question(HandlerContext& context, const OutboxRow& row, const UserId& lead)
{
    const auto round = ResyncTable{context.connection}.find(ResyncRoundId{number_in(row)});
    const Resync* resync = round ? find_resync(context.settings, round->resync) : nullptr;
    if (resync == nullptr) return {};
    const auto wanted = leads_without_answer(context, *resync, *round);
    const auto teams = wanted.find(lead);
    const bool is_moot = round->state == ResyncState::closed || teams == wanted.end();
    if (is_moot && !row.in_doubt) return {};
    const WorkingHours hours = context.directory.working_hours_of(lead);
    if (!is_moot && !row.in_doubt && !hours.contains(context.now))
        return {std::nullopt, false, hours.next_working_instant(context.now)};
    PostMessage post;
    post.person = lead;
    post.notice = resync_question_notice(
        context, *resync, *round, lead, is_moot ? std::vector<std::string>{} : teams->second);
    return {std::move(post), is_moot, std::nullopt};
}

}  // namespace

void redraw_resync(HandlerContext& context, const ResyncRound& round)
{
    if (round.state == ResyncState::asking) return;
    const Resync* resync = find_resync(context.settings, round.resync);
    if (round.message.exists())
        context.outbox.add(row_of(context, OutboxKind::resync, round.id.value, round.message.channel));
    else if (resync != nullptr)
        context.outbox.add(row_of(context, OutboxKind::resync, round.id.value, resync->channel));
}

void ask_lead(HandlerContext& context, const ResyncRound& round, const UserId& lead)
{
    OutboxRow row;
    row.kind = OutboxKind::resync;
    row.conversation = conversation_of(lead);
    row.payload = fmt::format("{} {}", round.id.value, lead.value);
    row.created_at = context.now;
    row.not_before = context.directory.working_hours_of(lead).next_working_instant(context.now);
    context.outbox.add(row);
}

void redraw_divergence(HandlerContext& context, const Divergence& divergence)
{
    const auto round = ResyncTable{context.connection}.find(divergence.round);
    // Its line stands below the round's message, and comes when that is there.
    if (!round || !round->message.exists()) return;
    context.outbox.add(row_of(context, OutboxKind::divergence, divergence.id.value, round->message.channel));
}

void redraw_what_names(HandlerContext& context, const UserId& person, Instant since)
{
    const ResyncTable table{context.connection};
    std::set<ResyncRoundId> rounds;
    std::set<DivergenceId> divergences;
    for (const Divergence& divergence : table.ended_by(person, since)) {
        divergences.insert(divergence.id);
        for (const ResyncRound& round : table.rounds_with(divergence)) rounds.insert(round.id);
    }
    // What is quoted, and what teams said, may name them.
    for (const Resync& resync : context.settings.resyncs) {
        auto round = table.newest(resync.name);
        for (; round && round->closes_at >= since; round = table.before(*round)) {
            rounds.insert(round->id);
            for (const Divergence& divergence : table.shown_with(*round)) divergences.insert(divergence.id);
        }
    }
    // Drawn again is what is there: an old round is not posted anew.
    for (const ResyncRoundId id : rounds) {
        const auto round = table.find(id);
        if (round && round->message.exists()) redraw_resync(context, *round);
    }
    for (const DivergenceId id : divergences) {
        const auto divergence = table.find(id);
        if (divergence && divergence->message.exists()) redraw_divergence(context, *divergence);
    }
}

Composed compose_resync_message(HandlerContext& context, const OutboxRow& row)
{
    if (const UserId lead = person_of(row.conversation); !lead.empty())
        return compose_question(context, row, lead);
    const auto round = ResyncTable{context.connection}.find(ResyncRoundId{number_in(row)});
    const Resync* resync = round ? find_resync(context.settings, round->resync) : nullptr;
    if (resync == nullptr) return {};
    Notice notice = resync_notice(context, *resync, *round);
    if (round->message.exists())
        return {UpdateMessage{round->message, std::move(notice)}, false, std::nullopt};
    PostMessage post;
    post.channel = ChannelId{row.conversation};
    post.notice = std::move(notice);
    return {std::move(post), false, std::nullopt};
}

Composed compose_divergence_message(HandlerContext& context, const OutboxRow& row)
{
    const ResyncTable table{context.connection};
    const auto divergence = table.find(DivergenceId{number_in(row)});
    const auto round = divergence ? table.find(divergence->round) : std::nullopt;
    if (!round) return {};
    Notice notice = divergence_notice(context, *divergence);
    if (divergence->message.exists())
        return {UpdateMessage{divergence->message, std::move(notice)}, false, std::nullopt};
    PostMessage post;
    post.channel = round->message.channel;
    post.thread = round->message.stamp;
    post.notice = std::move(notice);
    return {std::move(post), false, std::nullopt};
}

void resync_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    if (!person_of(row.conversation).empty()) return;
    const ResyncTable table{context.connection};
    auto round = table.find(ResyncRoundId{number_in(row)});
    if (!round) return;
    round->message = posted.message;
    table.save(*round);
    for (const Divergence& divergence : table.shown_with(*round)) {
        if (divergence.round == round->id) redraw_divergence(context, divergence);
    }
    // A message that was found in the chat may be an old drawing.
    if (posted.adopted) redraw_resync(context, *round);
}

void divergence_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    const ResyncTable table{context.connection};
    auto divergence = table.find(DivergenceId{number_in(row)});
    if (!divergence) return;
    divergence->message = posted.message;
    table.save(*divergence);
    if (posted.adopted) redraw_divergence(context, *divergence);
}

void resync_message_failed(HandlerContext& context, const OutboxRow& row)
{
    const auto round = ResyncTable{context.connection}.find(ResyncRoundId{number_in(row)});
    const Resync* resync = round ? find_resync(context.settings, round->resync) : nullptr;
    if (resync == nullptr || round->message.exists() || !person_of(row.conversation).empty()) return;
    // Once: what comes later is tried again, and they know.
    if (context.now > round->closes_at + told_within) return;
    std::set<UserId> told;
    for (const std::string& team : resync->teams) {
        for (const UserId& lead : leads_of(context, team)) told.insert(lead);
    }
    Notice notice = resync_notice(context, *resync, *round, ReadIn::private_messages);
    notice.kind = NoticeKind::for_asker;
    notice.sections.front().lines.push_back(small_line(
        "The channel of this resync takes no messages of mine: invite ackd to it, or name another."));
    for (const UserId& lead : told) put_into_digest(context, lead, notice);
}

}  // namespace ackd
