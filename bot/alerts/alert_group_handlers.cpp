// Groups of alerts: what follows when something of them comes or goes, their message, their request.
#include "bot/alerts/alert_handlers.hpp"
#include "bot/alerts/alert_rules.hpp"
#include "bot/alerts/alert_table.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/escalation/raise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ackd {

namespace {

std::string number_of(AlertGroupId id)
{
    return std::to_string(id.value);
}

AlertGroupId id_in(std::string_view text)
{
    return AlertGroupId{parse_whole_number<std::int64_t>(text).value_or(0)};
}

void raise_group(HandlerContext& context, const AlertSource& source, AlertGroup& group)
{
    if (source.priority == Priority::fyi) return;
    if (context.directory.is_empty()) return;  // raise_waiting
    Raised raised;
    raised.route = source.route;
    raised.priority = source.priority;
    raised.text = alert_text(context, group);
    raised.shown_at = group.message.exists() ? group.message : MessageRef{source.channel, ""};
    group.request = raise(context, raised);
    AlertTable{context.connection}.save(group);
}

/// Who is asked, by how it was and how it is.
void ask_or_stand_down(HandlerContext& context,
                       const AlertSource& source,
                       const AlertGroup& before,
                       AlertGroup& after)
{
    const auto live = live_request(context, after);
    if (after.state != AlertGroupState::open) {
        if (live) stand_down(context, live->id);
        return;
    }
    const bool is_anybodys = after.taken_by.empty();
    if (before.state != AlertGroupState::open) {
        if (live) stand_down(context, live->id);
        if (after.firing > 0 && is_anybodys) raise_group(context, source, after);
    } else if (after.firing == 0 && is_anybodys) {
        // Somebody has it at its source.
        if (live) stand_down(context, live->id);
    } else if (before.firing == 0 && after.firing > 0 && !live) {
        raise_group(context, source, after);
    }
}

void show(HandlerContext& context,
          const AlertSource& source,
          const AlertGroup& before,
          const AlertGroup& after)
{
    const ChannelId& channel = after.message.exists() ? after.message.channel : source.channel;
    if (after.state == AlertGroupState::quiet && before.state != AlertGroupState::quiet)
        add_line(context, channel, AlertLine::quiet, number_of(after.id));
    if (before.state == AlertGroupState::quiet && after.state != AlertGroupState::quiet &&
        after.state != AlertGroupState::muted)
        add_line(context, channel, AlertLine::still, number_of(after.id));
    redraw_alerts(context, after);
}

constexpr std::array<std::pair<AlertLine, std::string_view>, 4> line_names{{{AlertLine::quiet, "quiet"},
                                                                            {AlertLine::still, "still"},
                                                                            {AlertLine::muted, "muted"},
                                                                            {AlertLine::heard, "heard"}}};

/// The channel that it is to be shown in, while that takes messages.
std::optional<ChannelId> channel_of(HandlerContext& context, const AlertGroup& group)
{
    const ChannelId channel = group.message.exists() ? group.message.channel
                                                     : source_named(context, group.source).channel;
    if (channel.empty() || !can_be_told(context, channel)) return std::nullopt;
    return channel;
}

}  // namespace

std::optional<Request> live_request(HandlerContext& context, const AlertGroup& group)
{
    if (!group.request.exists()) return std::nullopt;
    auto request = context.obligations.find(group.request);
    return request && !request->is_over() ? request : std::nullopt;
}

void raise_waiting(HandlerContext& context)
{
    for (AlertGroup& group : AlertTable{context.connection}.never_raised()) {
        const AlertSource source = source_named(context, group.source);
        raise_group(context, source, group);
        redraw_alerts(context, group);
    }
}

void settle_group(HandlerContext& context,
                  const AlertSource& source,
                  bool is_muted,
                  const AlertGroup& before,
                  AlertGroup after)
{
    const bool was_there = before.there() > 0;
    if (after.state == AlertGroupState::quiet && was_there != (after.there() > 0))
        after.turned_at = context.now;
    if (const auto event = turn(after, before.there(), is_muted, context.now))
        return turn_group(context, source, before, std::move(after), *event);
    AlertTable{context.connection}.save(after);
    ask_or_stand_down(context, source, before, after);
    show(context, source, before, after);
}

void turn_group(HandlerContext& context,
                const AlertSource& source,
                const AlertGroup& before,
                AlertGroup after,
                AlertGroupEvent event)
{
    apply(after, event, context.now);
    // Before its request: what follows from that finds the group as it is.
    AlertTable{context.connection}.save(after);
    record(context,
           bot_actor,
           after.request,
           ObligationId{},
           "alert_group_turned",
           {{"group", number_of(after.id)},
            {"source", after.source},
            {"event", std::string{name_of(event)}},
            {"to", std::string{name_of(after.state)}}});
    ask_or_stand_down(context, source, before, after);
    show(context, source, before, after);
}

void give_group(HandlerContext& context, AlertGroup& group, const UserId& person)
{
    const AlertTable table{context.connection};
    group.taken_by = person;
    group.taken_at = person.empty() ? std::nullopt : std::optional{context.now};
    if (person.empty()) {
        table.change_all(group.id, AlertStatus::acknowledged, AlertStatus::firing);
        group.firing += std::exchange(group.acknowledged, 0);
    } else {
        table.change_all(group.id, AlertStatus::firing, AlertStatus::acknowledged);
        group.acknowledged += std::exchange(group.firing, 0);
    }
    table.save(group);
    record(context,
           person.empty() ? bot_actor : person,
           group.request,
           ObligationId{},
           person.empty() ? "alerts_let_go" : "alerts_taken",
           {{"group", number_of(group.id)}});
    if (!person.empty()) answer_source(context, group, OutsideEvent::acknowledged);
    redraw_alerts(context, group, RedrawPace::at_once);
}

void resolve_group(HandlerContext& context, const AlertGroup& group, const UserId& person)
{
    const AlertTable table{context.connection};
    table.resolve_all(group.id, context.now, person);
    record(context,
           person,
           group.request,
           ObligationId{},
           "alerts_resolved",
           {{"group", number_of(group.id)}, {"count", std::to_string(group.there())}});
    answer_source(context, group, OutsideEvent::resolved);
    AlertGroup after = group;
    after.firing = after.acknowledged = 0;
    settle_group(context,
                 source_named(context, group.source),
                 table.source(group.source).is_muted(),
                 group,
                 std::move(after));
}

void follow_alerts(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::escalation) return;
    auto group = AlertTable{context.connection}.find(request.id);
    if (!group || group->state != AlertGroupState::open) return;
    UserId holder;
    bool is_done = false;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (!is_taken(obligation.state)) continue;
        // Where more than one has it, the alerts are the first one's.
        if (holder.empty()) holder = obligation.holder.empty() ? obligation.debtor : obligation.holder;
        is_done = is_done || obligation.state == ObligationState::integrated;
    }
    if (request.state == RequestState::complete && is_done && request.level == AckLevel::integrated)
        return resolve_group(context, *group, holder);
    if (holder != group->taken_by) return give_group(context, *group, holder);
    redraw_alerts(context, *group);
}

void redraw_alerts(HandlerContext& context, const AlertGroup& group, RedrawPace pace)
{
    const auto channel = channel_of(context, group);
    if (!channel) return;
    OutboxRow row;
    row.kind = OutboxKind::alert_message;
    row.conversation = conversation_of(*channel);
    row.request = group.request;
    row.payload = number_of(group.id);
    row.created_at = row.not_before = context.now;
    if (pace == RedrawPace::at_once)
        context.outbox.drop_like(row);
    else
        row.not_before = std::max(context.now, group.drawn_at + redrawn_every);
    context.outbox.add(row);
}

Composed compose_alert_message(HandlerContext& context, const OutboxRow& row)
{
    const AlertTable table{context.connection};
    const auto group = table.find(id_in(row.payload));
    if (!group) return {};
    const bool is_shown = group->message.exists();
    if (!is_shown && group->state == AlertGroupState::muted) return {};
    const auto channel = channel_of(context, *group);
    if (!channel) return {};
    table.drawn(group->id, context.now);
    Notice notice = alert_notice(context, *group);
    if (is_shown) return {UpdateMessage{group->message, std::move(notice)}, false, std::nullopt};
    PostMessage post;
    post.channel = *channel;
    post.notice = std::move(notice);
    return {std::move(post), false, std::nullopt};
}

void alert_message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    const AlertTable table{context.connection};
    auto group = table.find(id_in(row.payload));
    if (!group) return;
    group->message = posted.message;
    table.save(*group);
    record(context,
           bot_actor,
           group->request,
           ObligationId{},
           "alerts_shown",
           {{"group", number_of(group->id)},
            {"channel", posted.message.channel},
            {"stamp", posted.message.stamp}});
    // A message that was found in the chat may be an old drawing.
    if (posted.adopted) redraw_alerts(context, *group);
    auto request = live_request(context, *group);
    if (!request || request->subject.exists()) return;
    // It was raised before there was a message to send people to.
    request->subject = posted.message;
    context.obligations.save(*request);
    for (const Obligation& obligation : context.obligations.of_request(request->id))
        refresh_messages(context, *request, obligation.id);
}

void alert_message_failed(HandlerContext& context, const OutboxRow& row, const Fault& fault)
{
    const auto group = AlertTable{context.connection}.find(id_in(row.payload));
    if (!group) return;
    // Whoever is on the route hears of it all the same.
    context.remarks.push_back(fmt::format("event=alert_not_shown source={} group={} reason={}",
                                          group->source,
                                          group->id.value,
                                          storage::code_in(fault.detail)));
}

void add_line(HandlerContext& context, const ChannelId& channel, AlertLine line, const std::string& about)
{
    if (channel.empty()) return;
    const auto name = std::find_if(
        line_names.begin(), line_names.end(), [line](const auto& each) { return each.first == line; });
    OutboxRow row;
    row.kind = OutboxKind::alert_line;
    row.conversation = conversation_of(channel);
    row.payload = fmt::format("{} {}", name->second, about);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

Composed compose_alert_line(HandlerContext& context, const OutboxRow& row)
{
    const auto space = row.payload.find(' ');
    const std::string_view word = std::string_view{row.payload}.substr(0, space);
    const auto line = std::find_if(
        line_names.begin(), line_names.end(), [word](const auto& each) { return each.second == word; });
    const ChannelId channel{row.conversation};
    if (line == line_names.end() || !can_be_told(context, channel)) return {};
    auto notice = alert_line_notice(context, line->first, row.payload.substr(space + 1));
    // In doubt, it may be there: it is looked for either way.
    if (!notice) return {};
    PostMessage post;
    post.channel = channel;
    post.notice = std::move(*notice);
    return {std::move(post), false, std::nullopt};
}

}  // namespace ackd
