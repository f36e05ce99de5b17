// What people read of alerts: the message of a group, how it stands, and the lines about it.
#include "bot/alerts/alert_handlers.hpp"
#include "bot/alerts/alert_rules.hpp"
#include "bot/alerts/alert_table.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/people/local_time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr int titles_max = 5;
constexpr std::size_t title_max = 140;

void append(RichText& text, RichText more)
{
    text.insert(text.end(), more.begin(), more.end());
}

/// Parts of a line, " · " between them.
RichText joined(const std::vector<RichText>& parts)
{
    RichText text;
    for (const RichText& part : parts) {
        if (part.empty()) continue;
        if (!text.empty()) text.push_back(Words{" · "});
        append(text, part);
    }
    return text;
}

RichText words(std::string text)
{
    if (text.empty()) return {};
    return RichText{Words{std::move(text)}};
}

std::string number_of_alerts(std::int64_t count)
{
    return count == 1 ? "1 alert" : fmt::format("{} alerts", count);
}

/// "High latency on api-3", or "12 alerts of production": what the group is called.
std::string name_of(const AlertGroup& group, const std::optional<Alert>& first)
{
    if (group.alerts <= 1 && first) return shortened(first->title, title_max);
    return fmt::format("{} of {}", number_of_alerts(group.alerts), group.source);
}

/// "9 there, 3 over": where there is more than one.
std::string tally_words(const AlertGroup& group)
{
    const std::int64_t over = group.alerts - group.there();
    if (group.alerts <= 1) return "";
    if (over == 0) return "all of them there";
    return group.there() == 0 ? "all of them over" : fmt::format("{} there, {} over", group.there(), over);
}

RichText since(const AlertGroup& group, const std::optional<Alert>& first)
{
    const bool is_one = group.alerts <= 1 && first;
    return {Words{"since "}, moment(is_one ? first->began_at : group.opened_at)};
}

/// "×12": where something was said again.
std::string repeats(const AlertGroup& group)
{
    return group.reports > group.alerts ? fmt::format("×{}", group.reports) : "";
}

/// "×12, last 14:05"
RichText repeats_and_last(const AlertGroup& group)
{
    if (repeats(group).empty()) return {};
    return {Words{repeats(group) + ", last "}, moment(group.last_at)};
}

Line head_line(const AlertGroup& group, const std::optional<Alert>& first)
{
    RichText text{Strong{name_of(group, first)}};
    if (const std::string tally = tally_words(group); !tally.empty()) text.push_back(Words{" · " + tally});
    return plain_line(std::move(text));
}

Line context_line(const AlertGroup& group, const std::optional<Alert>& first)
{
    const bool is_one = group.alerts <= 1;
    return small_line(joined({words(is_one ? group.source : ""),
                              words(is_one && first ? first->severity : ""),
                              since(group, first),
                              repeats_and_last(group)}));
}

void add_titles(HandlerContext& context, const AlertGroup& group, Section& section)
{
    std::int64_t shown = 0;
    for (const AlertTitle& each : AlertTable{context.connection}.titles_there(group.id, titles_max)) {
        RichText text = words("• " + shortened(each.title, title_max));
        if (each.alerts > 1) text.push_back(Words{fmt::format(" ×{}", each.alerts)});
        if (!each.severity.empty()) text.push_back(Words{" · " + each.severity});
        section.lines.push_back(plain_line(std::move(text)));
        shown += each.alerts;
    }
    if (shown < group.there())
        section.lines.push_back(small_line(fmt::format("… and {} more.", group.there() - shown)));
}

void add_links(const Alert& alert, Section& section)
{
    RichText playbook;
    if (!alert.playbook.empty()) playbook.push_back(Link{alert.playbook, "Playbook"});
    RichText link;
    if (!alert.link.empty()) link.push_back(Link{alert.link, "Open at its source"});
    RichText line = joined({playbook, link});
    if (!line.empty()) section.lines.push_back(small_line(std::move(line)));
}

/// "Last similar: …, over after 35 minutes; Ann had it."
void add_similar(HandlerContext& context, const Alert& alert, Section& section)
{
    const AlertTable table{context.connection};
    const auto similar = table.similar_before(alert);
    if (!similar) return;
    std::string how = fmt::format(", over after {}", elapsed_text(*similar->resolved_at - similar->began_at));
    const auto group = table.find(similar->group);
    UserId person = similar->resolved_by;
    if (person.empty() && group) person = group->taken_by;
    if (!person.empty()) how += fmt::format("; {} had it", context.directory.name_of(person));
    section.lines.push_back(small_line(
        RichText{Words{"Last similar: "}, moment(similar->began_at), Words{std::move(how) + "."}}));
}

void add_mute(HandlerContext& context, const AlertGroup& group, Section& section)
{
    if (!group.mute || group.state == AlertGroupState::muted) return;
    RichText text{Words{fmt::format(
                      "{} was muted by {} from ", group.source, context.directory.name_of(group.mute->by))},
                  moment(group.mute->from),
                  Words{" to "},
                  moment(group.mute->until)};
    text.push_back(Words{group.began_at < group.mute->until
                             ? fmt::format(": {} came meanwhile.", number_of_alerts(group.alerts))
                             : std::string{"."}});
    section.lines.push_back(small_line(std::move(text)));
}

/// Who said that it is over; nothing: its source, or time.
std::string ended_by(HandlerContext& context, const std::optional<Alert>& last)
{
    if (!last || last->resolved_by.empty()) return "";
    return context.directory.name_of(last->resolved_by) + " said so";
}

void add_ending(HandlerContext& context,
                const AlertGroup& group,
                const std::optional<Alert>& last,
                Section& section)
{
    const bool is_one = group.alerts <= 1 && last;
    const Instant began = is_one ? last->began_at : group.opened_at;
    const Instant ended = group.ended_at.value_or(context.now);
    const std::string how = fmt::format(
        "✅ {} · over after {}", name_of(group, last), elapsed_text(std::max(ended - began, Duration{0})));
    section.lines.push_back(plain_line(how));
    RichText holder;
    if (!group.taken_by.empty())
        holder.push_back(Words{context.directory.name_of(group.taken_by) + " had it"});
    section.lines.push_back(small_line(joined({words(is_one ? group.source : ""),
                                               since(group, last),
                                               words(repeats(group)),
                                               holder,
                                               words(ended_by(context, last))})));
}

void add_quiet(const AlertGroup& group, const std::optional<Alert>& first, Section& section)
{
    section.lines.push_back(plain_line(RichText{Words{"💤 "}, Strong{name_of(group, first)}}));
    section.lines.push_back(
        small_line(RichText{Words{fmt::format("It comes and goes: over {} times since ", group.endings)},
                            moment(group.endings_since),
                            Words{". No more about it until nothing of it has come or gone for an hour."}}));
    section.lines.push_back(small_line(
        joined({words(group.there() > 0 ? "there now" : "not there now"), repeats_and_last(group)})));
}

/// Whom the request waits for.
std::vector<UserId> asked_by(HandlerContext& context, const Request& request)
{
    std::vector<UserId> people;
    const auto add = [&people](const UserId& person) {
        if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
    };
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (!is_waiting(obligation.state)) continue;
        if (!obligation.debtor.empty()) add(obligation.debtor);
        for (const UserId& person : context.obligations.called_people(obligation.id)) add(person);
    }
    return people;
}

/// Whom its request still waits for; nobody: it is over, or as many as it needs have it.
std::vector<UserId> still_asked(HandlerContext& context, const AlertGroup& group)
{
    const auto request = live_request(context, group);
    return request ? asked_by(context, *request) : std::vector<UserId>{};
}

}  // namespace

std::optional<RichText> standing_of(HandlerContext& context, const AlertGroup& group)
{
    if (!group.taken_by.empty()) {
        RichText text{Words{fmt::format("✅ {} has it, since ", context.directory.name_of(group.taken_by))},
                      moment(group.taken_at.value_or(group.opened_at))};
        // Where one is not enough.
        if (const auto others = still_asked(context, group); !others.empty())
            text.push_back(Words{fmt::format(" · ⏳ Asked: {}", joined_names(context, others))});
        return text;
    }
    if (group.there() > 0 && group.firing == 0) return words("✅ Somebody has it, at its source.");
    if (!group.request.exists()) return std::nullopt;
    const auto request = live_request(context, group);
    if (!request) return words("↗ Nobody could be reached: it is a dead letter, with its owner.");
    const auto people = asked_by(context, *request);
    if (people.empty()) return std::nullopt;
    return words(fmt::format("⏳ Asked: {}", joined_names(context, people)));
}

Notice alert_notice(HandlerContext& context, const AlertGroup& group)
{
    const auto first = AlertTable{context.connection}.first_of(group.id);
    Notice notice;
    notice.kind = NoticeKind::alert;
    notice.summary = name_of(group, first);
    Section& section = notice.sections.emplace_back();
    if (group.there() == 0 && group.state != AlertGroupState::quiet) {
        notice.summary = "✅ Over: " + notice.summary;
        add_ending(context, group, first, section);
        add_mute(context, group, section);
        return notice;
    }
    if (group.state == AlertGroupState::quiet) {
        notice.summary = "💤 " + notice.summary;
        add_quiet(group, first, section);
    } else {
        section.lines.push_back(head_line(group, first));
        section.lines.push_back(context_line(group, first));
    }
    add_mute(context, group, section);
    if (group.alerts > 1) {
        add_titles(context, group, section);
    } else if (first) {
        if (!first->detail.empty()) section.lines.push_back(Line{LineStyle::quote, words(first->detail)});
        if (!first->labels.empty()) section.lines.push_back(small_line(first->labels));
    }
    if (first) {
        add_links(*first, section);
        if (group.alerts <= 1) add_similar(context, *first, section);
    }
    if (group.there() == 0) return notice;
    if (auto standing = standing_of(context, group))
        section.lines.push_back(plain_line(std::move(*standing)));
    const std::string value = "g" + std::to_string(group.id.value);
    if (group.taken_by.empty() || !still_asked(context, group).empty())
        section.actions.push_back(button(action::take_alerts, "Acknowledge", value, ActionStyle::primary));
    section.actions.push_back(button(action::resolve_alerts, "Resolve", value));
    return notice;
}

std::string alert_text(HandlerContext& context, const AlertGroup& group)
{
    const AlertTable table{context.connection};
    const auto first = table.first_of(group.id);
    std::string text = name_of(group, first);
    if (group.alerts > 1 && first) text += ": " + shortened(first->title, title_max);
    if (first && !first->severity.empty()) text += " · " + first->severity;
    if (group.alerts <= 1) text += " · " + group.source;
    if (first && !first->detail.empty()) text += "\n" + first->detail;
    if (first && !first->playbook.empty()) text += "\nPlaybook: " + first->playbook;
    return text;
}

std::optional<Notice> alert_line_notice(HandlerContext& context, AlertLine line, const std::string& about)
{
    const AlertTable table{context.connection};
    Notice notice;
    notice.kind = NoticeKind::alert;
    RichText text;
    if (line == AlertLine::quiet || line == AlertLine::still) {
        const auto group = table.find(AlertGroupId{std::strtoll(about.c_str(), nullptr, 10)});
        const bool is_quiet = group && group->state == AlertGroupState::quiet;
        if (!group || is_quiet != (line == AlertLine::quiet)) return std::nullopt;
        const std::string name = name_of(*group, table.first_of(group->id));
        notice.summary = is_quiet             ? fmt::format("💤 {} comes and goes.", name)
                         : group->there() > 0 ? fmt::format("{} is there, and stays.", name)
                                              : fmt::format("✅ {} is over, and stays so.", name);
        text = words(notice.summary);
        text.push_back(Words{is_quiet ? " No more about it until it has been still for an hour."
                                      : " Nothing of it came or went for an hour."});
        if (group->message.exists()) {
            text.push_back(Words{" "});
            text.push_back(MessageLink{group->message, "open"});
        }
    } else {
        const HeardSource source = table.source(about);
        if (source.is_muted() != (line == AlertLine::muted)) return std::nullopt;
        if (source.is_muted()) {
            notice.summary = fmt::format(
                "💤 {} muted {}.", context.directory.name_of(source.mute->by), source.name);
            text = {Words{fmt::format(
                        "💤 {} muted {}, until ", context.directory.name_of(source.mute->by), source.name)},
                    moment(source.mute->until),
                    Words{". What it says is kept, and told then. To end it: "},
                    Code{"/alerts unmute " + source.name}};
        } else {
            notice.summary = fmt::format("{} is not muted any more.", source.name);
            text = words(notice.summary + " Nothing came meanwhile.");
        }
    }
    notice.sections.emplace_back().lines.push_back(plain_line(std::move(text)));
    return notice;
}

}  // namespace ackd
