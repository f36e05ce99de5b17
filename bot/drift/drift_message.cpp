// The messages of a drift probe: those that ask, what is told at its end, to whom, and the one that shows it.
//
// A row says "5": the outcome of probe 5, in a channel. "5 Ubo": the question to somebody. "5 D1 1.2": the
// message that asked somebody is to say that it was called off.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/drift/drift_handlers.hpp"
#include "bot/drift/drift_notices.hpp"
#include "bot/drift/drift_outcome.hpp"
#include "bot/drift/drift_rules.hpp"
#include "bot/drift/drift_table.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"
#include "storage/scrub.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ackd {

namespace {

std::vector<std::string> words_in(const OutboxRow& row)
{
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < row.payload.size();) {
        const std::size_t end = std::min(row.payload.find(' ', begin), row.payload.size());
        words.push_back(row.payload.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

bool is_question(const OutboxRow& row)
{
    return words_in(row).size() == 2;
}

bool shows_outcome(const OutboxRow& row)
{
    return words_in(row).size() == 1;
}

std::optional<DriftProbe> probe_in(HandlerContext& context, const OutboxRow& row)
{
    const auto number = parse_whole_number<std::int64_t>(row.payload.substr(0, row.payload.find(' ')));
    return DriftTable{context.connection}.find(DriftProbeId{number.value_or(0)});
}

OutboxRow row_of(HandlerContext& context, const std::string& conversation, std::string payload)
{
    OutboxRow row;
    row.kind = OutboxKind::drift;
    row.conversation = conversation;
    row.payload = std::move(payload);
    row.created_at = row.not_before = context.now;
    return row;
}

/// Somebody was asked there.
void say_called_off(HandlerContext& context,
                    const DriftProbe& probe,
                    const UserId& person,
                    const MessageRef& message)
{
    context.outbox.add(row_of(context,
                              conversation_of(person),
                              fmt::format("{} {} {}", probe.id.value, message.channel.value, message.stamp)));
}

/// As things stand when it can be sent: not after the end, nor outside of their hours.
Composed compose_question(HandlerContext& context, const OutboxRow& row, const DriftProbe& probe)
{
    const UserId person = person_of(row.conversation);
    const bool is_moot = probe.state != DriftState::open || probe.closes_at <= context.now ||
                         DriftTable{context.connection}.turn_of(probe.id, person) == DriftTurn::not_asked;
    if (!row.in_doubt) {
        if (is_moot) return {};
        const WorkingHours hours = context.directory.working_hours_of(person);
        if (!hours.contains(context.now)) {
            const Instant at = hours.next_working_instant(context.now);
            return at < probe.closes_at ? Composed{std::nullopt, false, at} : Composed{};
        }
    }
    PostMessage post;
    post.person = person;
    post.notice = drift_question_notice(context, probe, person);
    return {std::move(post), is_moot, std::nullopt};
}

Composed compose_called_off(const OutboxRow& row, const DriftProbe& probe)
{
    const auto words = words_in(row);
    return {UpdateMessage{MessageRef{ChannelId{words.at(1)}, words.at(2)}, drift_called_off_notice(probe)},
            false,
            std::nullopt};
}

/// Where no channel takes it: who asked, and the leads.
void tell_privately(HandlerContext& context, const DriftProbe& probe, const std::string& why)
{
    std::set<UserId> told;
    if (is_present(context.directory.find(probe.asker))) told.insert(probe.asker);
    if (const Team* team = team_named(context, probe.team)) {
        for (const UserId& lead : people_with(Role::lead, context.settings, context.directory, team))
            told.insert(lead);
    }
    Notice notice = drift_notice(context, probe);
    notice.kind = NoticeKind::for_asker;
    notice.sections.back().lines.push_back(small_line(why));
    for (const UserId& person : told) put_into_digest(context, person, notice);
}

void tell_outcome(HandlerContext& context, const DriftProbe& probe)
{
    if (probe.state == DriftState::too_few) {
        if (is_present(context.directory.find(probe.asker)))
            put_into_digest(context, probe.asker, drift_too_few_notice(context, probe));
        return;
    }
    const Team* team = team_named(context, probe.team);
    if (team == nullptr)
        tell_privately(context, probe, "The policy has no such team any more.");
    else if (team->channel.empty() || !can_be_told(context, team->channel))
        tell_privately(
            context, probe, "The team has no channel for it: only who asked and its leads read this.");
    else
        context.outbox.add(row_of(context, conversation_of(team->channel), std::to_string(probe.id.value)));
}

}  // namespace

void end_probe(HandlerContext& context, DriftProbe probe)
{
    const auto outcome = outcome_of(probe.views);
    probe.state = outcome ? DriftState::shown : DriftState::too_few;
    DriftTable{context.connection}.save(probe);
    empty_log_of_drift(context);
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "drift_ended",
           {{"probe", std::to_string(probe.id.value)},
            {"how", std::string{name_of(probe.state)}},
            {"answers", outcome ? std::to_string(outcome->answers) : ""}});
    tell_outcome(context, probe);
}

void call_off_probe(HandlerContext& context, DriftProbe probe, const UserId& person)
{
    const DriftTable table{context.connection};
    // With the end it is gone who they are.
    const auto messages = table.messages_of(probe.id);
    probe.state = DriftState::called_off;
    table.save(probe);
    empty_log_of_drift(context);
    record(context,
           person,
           RequestId{},
           ObligationId{},
           "drift_ended",
           {{"probe", std::to_string(probe.id.value)}, {"how", std::string{name_of(probe.state)}}});
    for (const auto& each : messages) say_called_off(context, probe, each.person, each.message);
    if (probe.asker != person && is_present(context.directory.find(probe.asker)))
        put_into_digest(context, probe.asker, drift_stopped_notice(context, probe, person));
}

void ask_in_probe(HandlerContext& context, const DriftProbe& probe, const UserId& person)
{
    OutboxRow row = row_of(
        context, conversation_of(person), fmt::format("{} {}", probe.id.value, person.value));
    row.not_before = context.directory.working_hours_of(person).next_working_instant(context.now);
    context.outbox.add(row);
}

void empty_log_of_drift(HandlerContext& context)
{
    storage::want_empty_log(context.connection);
    context.upkeep.is_log_stale = true;
}

Composed compose_drift_message(HandlerContext& context, const OutboxRow& row)
{
    const auto probe = probe_in(context, row);
    if (!probe) return {};
    if (is_question(row)) return compose_question(context, row, *probe);
    if (!shows_outcome(row)) return compose_called_off(row, *probe);
    // It is posted once: nothing changes an outcome.
    if (probe->state != DriftState::shown || probe->message.exists()) return {};
    PostMessage post;
    post.channel = ChannelId{row.conversation};
    post.notice = drift_notice(context, *probe);
    return {std::move(post), false, std::nullopt};
}

void drift_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    auto probe = probe_in(context, row);
    if (!probe) return;
    if (is_question(row)) {
        const UserId person = person_of(row.conversation);
        // Called off while it was on its way.
        if (probe->state == DriftState::called_off)
            return say_called_off(context, *probe, person, posted.message);
        return DriftTable{context.connection}.keep_message(probe->id, person, posted.message);
    }
    if (!shows_outcome(row)) return;
    probe->message = posted.message;
    DriftTable{context.connection}.save(*probe);
}

void drift_message_failed(HandlerContext& context, const OutboxRow& row)
{
    const auto probe = probe_in(context, row);
    if (!probe || !shows_outcome(row) || probe->message.exists()) return;
    tell_privately(
        context, *probe, "The team's channel takes no messages of mine: invite ackd to it, or name another.");
}

}  // namespace ackd
