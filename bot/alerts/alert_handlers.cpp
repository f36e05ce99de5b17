#include "bot/alerts/alert_handlers.hpp"

#include "bot/alerts/alert_rules.hpp"
#include "bot/alerts/alert_table.hpp"
#include "bot/wip/wip_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

std::int64_t& count_of(AlertGroup& group, AlertStatus status)
{
    return status == AlertStatus::acknowledged ? group.acknowledged : group.firing;
}

void recount(AlertGroup& group, AlertStatus from, AlertStatus to)
{
    if (from != AlertStatus::resolved) --count_of(group, from);
    if (to != AlertStatus::resolved) ++count_of(group, to);
}

std::string number_or_nothing(std::int64_t count)
{
    return count > 0 ? std::to_string(count) : "";
}

AlertReport silence_report(const AlertSource& source, AlertStatus status, Instant since)
{
    AlertReport report;
    report.key = silence_key;
    report.status = status;
    report.title = fmt::format("No news from {}", source.name);
    report.began_at = since;
    return report;
}

}  // namespace

AlertSource source_named(HandlerContext& context, const std::string& name)
{
    if (const AlertSource* known = find_source(context.settings.sources, name)) return *known;
    AlertSource source;
    source.name = name;
    return source;
}

AlertChanges::Touched& AlertChanges::touch(AlertGroupId id)
{
    const auto known = touched_.find(id);
    if (known != touched_.end()) return known->second;
    const AlertGroup group = AlertTable{context_.connection}.find(id).value();
    return touched_.emplace(id, Touched{group, group}).first->second;
}

AlertGroup& AlertChanges::begin_group(const AlertReport& report, bool takes_all)
{
    AlertGroup group;
    group.source = source_.name;
    group.name = takes_all ? "" : report.group;
    group.takes_all = takes_all;
    group.began_at = group.opened_at = group.joined_at = group.last_at = context_.now;
    group.ended_at = group.endings_since = group.turned_at = context_.now;
    AlertTable{context_.connection}.insert(group);
    if (heard_.mute) group.mute = heard_.mute;
    if (heard_.is_mute_over) {
        heard_.mute.reset();
        heard_.is_mute_over = false;
        AlertTable{context_.connection}.save(heard_);
    }
    if (takes_all)
        newest_taking_all_ = group.id;
    else
        newest_named_[group.name] = group.id;
    return touched_.emplace(group.id, Touched{group, group}).first->second.now;
}

AlertGroup& AlertChanges::group_for(const AlertReport& report)
{
    const AlertTable table{context_.connection};
    Neighbours neighbours;
    neighbours.is_muted = heard_.is_muted();
    const auto stored = [](const std::optional<AlertGroup>& group) {
        return group ? group->id : AlertGroupId{};
    };
    if (!report.group.empty()) {
        auto named = newest_named_.find(report.group);
        if (named == newest_named_.end()) {
            named = newest_named_
                        .emplace(report.group, stored(table.newest_named(source_.name, report.group)))
                        .first;
        }
        if (named->second.exists()) neighbours.of_name = touch(named->second).now;
    }
    if (!newest_taking_all_) newest_taking_all_ = stored(table.newest_taking_all(source_.name));
    if (newest_taking_all_->exists()) neighbours.taking_all = touch(*newest_taking_all_).now;
    neighbours.began_at = table.began(source_.name, own_messages_max);
    const Placement placement = place(neighbours, context_.now);
    return placement.group.exists() ? touch(placement.group).now : begin_group(report, placement.takes_all);
}

void AlertChanges::give_to_holder(Alert& alert, const AlertGroup& group)
{
    if (alert.status != AlertStatus::firing || group.taken_by.empty()) return;
    static_cast<void>(apply(alert, AlertEvent::acknowledged, group.taken_by, source_, context_.now));
}

void AlertChanges::take(const AlertReport& report)
{
    const AlertTable table{context_.connection};
    const AlertEvent event = event_of(report.status);
    auto known = table.newest(source_.name, report.key);
    if (known && !is_still_the_same(*known, context_.now)) known.reset();
    if (!known && event == AlertEvent::resolved) {
        // Over before we heard of it.
        ++unknown_count_;
        return;
    }
    Alert alert = known ? std::move(*known) : alert_from(source_, report, context_.now);
    const AlertStatus before = alert.status;
    const bool is_back = known && !alert.is_there() && event != AlertEvent::resolved;
    if (known) take_words(alert, source_, report, context_.now);
    static_cast<void>(apply(alert, event, UserId{}, source_, context_.now));
    if (is_back) alert.began_at = context_.now;

    AlertGroup& group = known ? touch(alert.group).now : group_for(report);
    give_to_holder(alert, group);
    recount(group, before, alert.status);
    if (event != AlertEvent::resolved) ++group.reports;
    group.last_at = context_.now;
    if (known) {
        table.save(alert);
        const bool is_over_now = before != AlertStatus::resolved && !alert.is_there();
        ++(is_over_now ? resolved_count_ : again_count_);
        return;
    }
    alert.group = group.id;
    ++group.alerts;
    group.joined_at = context_.now;
    table.insert(alert);
    ++new_count_;
}

void AlertChanges::change(Alert alert, AlertEvent event)
{
    const AlertStatus before = alert.status;
    if (!apply(alert, event, UserId{}, source_, context_.now)) return;
    recount(touch(alert.group).now, before, alert.status);
    AlertTable{context_.connection}.save(alert);
    if (!alert.is_there()) ++resolved_count_;
}

void AlertChanges::finish()
{
    // What only says again what is known changes nothing but counts.
    if (new_count_ + resolved_count_ + unknown_count_ > 0) {
        record(context_,
               bot_actor,
               RequestId{},
               ObligationId{},
               "alerts_counted",
               {{"source", source_.name},
                {"new", number_or_nothing(new_count_)},
                {"again", number_or_nothing(again_count_)},
                {"resolved", number_or_nothing(resolved_count_)},
                {"unknown", number_or_nothing(unknown_count_)}});
    }
    const bool is_muted = heard_.is_muted();
    for (const auto& [id, touched] : touched_) {
        if (touched.now != touched.before)
            settle_group(context_, source_, is_muted, touched.before, touched.now);
    }
    touched_.clear();
}

void take_alerts(HandlerContext& context, const AlertsReceived& received)
{
    const AlertTable table{context.connection};
    const AlertSource source = source_named(context, received.source);
    if (!source.work_of.empty()) return take_reported_work(context, source, received.reports);
    HeardSource heard = table.source(source.name);
    const bool was_silent = heard.is_silent;
    if (source.expect_every || was_silent) {
        heard.heard_at = context.now;
        heard.is_silent = false;
        // What is due earlier is looked at then, and put off.
        if (!source.expect_every)
            heard.news_due_at.reset();
        else if (!heard.news_due_at)
            heard.news_due_at = news_due(source, context.now);
        table.save(heard);
    }
    AlertChanges changes{context, source, heard};
    if (was_silent) changes.take(silence_report(source, AlertStatus::resolved, context.now));
    for (const AlertReport& report : received.reports) changes.take(report);
    changes.finish();
}

namespace {

/// Nothing was heard of it for long enough, or something was.
void look_at_alerts(HandlerContext& context, int count_max)
{
    const AlertTable table{context.connection};
    std::map<std::string, std::vector<Alert>> fading;
    for (const AlertId id : table.due(context.now, count_max)) {
        Alert alert = table.find(id).value();
        const AlertSource source = source_named(context, alert.source);
        if (source.resolve_after && alert.last_at + *source.resolve_after <= context.now) {
            fading[alert.source].push_back(std::move(alert));
            continue;
        }
        alert.due_at = source.resolve_after ? std::optional{alert.last_at + *source.resolve_after}
                                            : std::nullopt;
        table.save(alert);
    }
    for (auto& [name, alerts] : fading) {
        const AlertSource source = source_named(context, name);
        HeardSource heard = table.source(name);
        AlertChanges changes{context, source, heard};
        for (Alert& alert : alerts) changes.change(std::move(alert), AlertEvent::faded);
        changes.finish();
    }
}

void look_at_groups(HandlerContext& context, int count_max)
{
    const AlertTable table{context.connection};
    for (const AlertGroupId id : table.due_groups(context.now, count_max)) {
        AlertGroup group = table.find(id).value();
        const bool is_muted = table.source(group.source).is_muted();
        if (const auto event = stilled(group, is_muted, context.now)) {
            turn_group(context, source_named(context, group.source), group, group, *event);
            continue;
        }
        group.due_at = group.turned_at + still_for;
        table.save(group);
    }
}

void look_for_news(HandlerContext& context, const AlertSource& source, HeardSource heard)
{
    const AlertTable table{context.connection};
    heard.news_due_at.reset();
    const bool is_expected = source.expect_every && !heard.is_silent;
    if (is_expected && news_due(source, heard.heard_at) > context.now) {
        heard.news_due_at = news_due(source, heard.heard_at);
    } else if (is_expected) {
        heard.is_silent = true;
    }
    table.save(heard);
    if (!heard.is_silent) return;
    record(context, bot_actor, RequestId{}, ObligationId{}, "source_silent", {{"source", source.name}});
    AlertChanges changes{context, source, heard};
    changes.take(silence_report(source, AlertStatus::firing, heard.heard_at));
    changes.finish();
}

}  // namespace

void handle_alerts_due(HandlerContext& context, int count_max)
{
    const AlertTable table{context.connection};
    for (const std::string& name : table.due_sources(context.now)) {
        const AlertSource source = source_named(context, name);
        HeardSource heard = table.source(name);
        if (heard.is_muted() && heard.mute->until <= context.now) {
            end_mute(context, source, heard, bot_actor);
            heard = table.source(name);
        }
        if (heard.news_due_at && *heard.news_due_at <= context.now)
            look_for_news(context, source, std::move(heard));
    }
    look_at_alerts(context, count_max);
    look_at_groups(context, count_max);
}

void listen_to_sources(HandlerContext& context, const std::vector<AlertSource>& before)
{
    const AlertTable table{context.connection};
    for (const AlertSource& source : context.settings.sources) {
        const AlertSource* known = find_source(before, source.name);
        if (known != nullptr && known->expect_every == source.expect_every) continue;
        HeardSource heard = table.source(source.name);
        if (!source.expect_every && !heard.news_due_at) continue;
        if (heard.heard_at == Instant{}) heard.heard_at = context.now;
        heard.news_due_at = source.expect_every && !heard.is_silent
                                ? std::optional{news_due(source, context.now)}
                                : std::nullopt;
        table.save(heard);
    }
}

void listen_again(HandlerContext& context)
{
    listen_to_sources(context, {});
}

}  // namespace ackd
