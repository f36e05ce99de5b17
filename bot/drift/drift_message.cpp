// The end of a drift probe: what is told, to whom, and the message that shows it.
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

#include <set>

namespace ackd {

namespace {

std::optional<DriftProbe> probe_in(HandlerContext& context, const OutboxRow& row)
{
    const auto number = parse_whole_number<std::int64_t>(row.payload).value_or(0);
    return DriftTable{context.connection}.find(DriftProbeId{number});
}

OutboxRow row_of(HandlerContext& context, const DriftProbe& probe, const ChannelId& channel)
{
    OutboxRow row;
    row.kind = OutboxKind::drift;
    row.conversation = conversation_of(channel);
    row.payload = std::to_string(probe.id.value);
    row.created_at = row.not_before = context.now;
    return row;
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
        context.outbox.add(row_of(context, probe, team->channel));
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
            {"how", outcome ? "shown" : "too_few"},
            {"answers", outcome ? std::to_string(outcome->answers) : ""}});
    tell_outcome(context, probe);
}

void empty_log_of_drift(HandlerContext& context)
{
    storage::want_empty_log(context.connection);
    context.upkeep.is_log_stale = true;
}

Composed compose_drift_message(HandlerContext& context, const OutboxRow& row)
{
    const auto probe = probe_in(context, row);
    // It is posted once: nothing changes an outcome.
    if (!probe || probe->state != DriftState::shown || probe->message.exists()) return {};
    PostMessage post;
    post.channel = ChannelId{row.conversation};
    post.notice = drift_notice(context, *probe);
    return {std::move(post), false, std::nullopt};
}

void drift_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    auto probe = probe_in(context, row);
    if (!probe) return;
    probe->message = posted.message;
    DriftTable{context.connection}.save(*probe);
}

void drift_message_failed(HandlerContext& context, const OutboxRow& row)
{
    const auto probe = probe_in(context, row);
    if (!probe || probe->message.exists()) return;
    tell_privately(
        context, *probe, "The team's channel takes no messages of mine: invite ackd to it, or name another.");
}

}  // namespace ackd
