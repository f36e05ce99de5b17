#include "bot/alerts/alert_rules.hpp"

#include "bot/lower_case.hpp"

#include <algorithm>
#include <charconv>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// The first characters of it, never half a one.
std::string cut(std::string_view text, std::size_t length_max)
{
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) continue;
        if (length++ == length_max) return std::string{text.substr(0, at)} + "…";
    }
    return std::string{text};
}

std::string shown_labels(const AlertReport& report)
{
    std::string text;
    std::size_t shown = 0;
    for (const auto& [name, value] : report.labels) {
        // The title says it, or the severity does.
        if (value.empty() || value == report.title || lower_case(value) == report.severity) continue;
        if (shown++ == labels_shown_max) break;
        text += (text.empty() ? "" : " · ") + cut(name, label_shown_max) + "=" + cut(value, label_shown_max);
    }
    return text;
}

std::optional<Instant> fades_at(const AlertSource& source, Instant last_at)
{
    return source.resolve_after ? std::optional{last_at + *source.resolve_after} : std::nullopt;
}

}  // namespace

bool is_still_the_same(const Alert& alert, Instant now)
{
    return alert.is_there() || *alert.resolved_at + comes_back_within > now;
}

Alert alert_from(const AlertSource& source, const AlertReport& report, Instant now)
{
    Alert alert;
    alert.source = source.name;
    alert.key = report.key;
    alert.status = AlertStatus::resolved;
    alert.resolved_at = now;
    alert.began_at = report.began_at == Instant{} ? now : std::min(report.began_at, now);
    take_words(alert, source, report, now);
    return alert;
}

void take_words(Alert& alert, const AlertSource& source, const AlertReport& report, Instant now)
{
    alert.title = report.title;
    alert.severity = report.severity;
    alert.link = report.link;
    alert.playbook = report.playbook;
    alert.last_at = now;
    if (report.status == AlertStatus::resolved) return;
    ++alert.count;
    alert.detail = cut(report.detail, detail_shown_max);
    alert.labels = shown_labels(report);
    // What is due earlier is looked at then, and put off: an index is not written with every report.
    if (!alert.due_at) alert.due_at = fades_at(source, now);
}

AlertEvent event_of(AlertStatus reported)
{
    switch (reported) {
        case AlertStatus::firing: return AlertEvent::fired;
        case AlertStatus::acknowledged: return AlertEvent::acknowledged;
        case AlertStatus::resolved: break;
    }
    return AlertEvent::resolved;
}

bool apply(Alert& alert, AlertEvent event, const UserId& by, const AlertSource& source, Instant now)
{
    const auto to = next_status(alert.status, event);
    if (!to) return false;
    const bool comes_back = !alert.is_there() && *to != AlertStatus::resolved;
    alert.status = *to;
    if (*to == AlertStatus::resolved) {
        alert.resolved_at = now;
        alert.resolved_by = by;
        alert.due_at.reset();
        alert.detail.clear();
        alert.labels.clear();
    } else if (comes_back) {
        alert.resolved_at.reset();
        alert.resolved_by = UserId{};
        alert.due_at = fades_at(source, now);
    }
    return true;
}

bool takes_more(const AlertGroup& group, Instant now)
{
    return group.joined_at + joins_within > now && group.began_at + joins_for_max > now;
}

Placement place(const Neighbours& neighbours, Instant now)
{
    const auto& of_name = neighbours.of_name;
    const auto& taking_all = neighbours.taking_all;
    if (of_name && takes_more(*of_name, now)) return {of_name->id, false};
    if (taking_all && takes_more(*taking_all, now)) return {taking_all->id, true};
    if (neighbours.is_muted) {
        const bool is_kept = taking_all && taking_all->state == AlertGroupState::muted;
        return {is_kept ? taking_all->id : AlertGroupId{}, true};
    }
    const bool has_begun_many = neighbours.began_at && *neighbours.began_at + joins_within > now;
    return {AlertGroupId{}, has_begun_many};
}

std::optional<AlertGroupEvent> turn(const AlertGroup& group,
                                    std::int64_t there_before,
                                    bool is_muted,
                                    Instant now)
{
    if (group.state == AlertGroupState::over && group.there() > 0)
        return is_muted ? AlertGroupEvent::fired_muted : AlertGroupEvent::fired;
    if (group.state == AlertGroupState::open && group.there() == 0 && there_before > 0) {
        const bool counts = group.endings > 0 && group.endings_since + flaps_within > now;
        return counts && group.endings + 1 >= endings_max ? AlertGroupEvent::flapped : AlertGroupEvent::ended;
    }
    return std::nullopt;
}

std::optional<AlertGroupEvent> stilled(const AlertGroup& group, bool is_muted, Instant now)
{
    if (group.turned_at + still_for > now) return std::nullopt;
    if (group.there() == 0) return AlertGroupEvent::still_over;
    return is_muted ? AlertGroupEvent::still_muted : AlertGroupEvent::still_there;
}

void apply(AlertGroup& group, AlertGroupEvent event, Instant now)
{
    const AlertGroupState from = group.state;
    group.state = next_state(from, event).value();
    if (event == AlertGroupEvent::ended || event == AlertGroupEvent::flapped) {
        if (group.endings == 0 || group.endings_since + flaps_within <= now) {
            group.endings = 0;
            group.endings_since = now;
        }
        ++group.endings;
    }
    if (from == AlertGroupState::quiet) group.endings = 0;
    group.ended_at = group.state == AlertGroupState::over ? std::optional{now} : std::nullopt;
    if (from == AlertGroupState::over) group.opened_at = now;
    if (group.state == AlertGroupState::quiet) {
        group.turned_at = now;
        group.due_at = now + still_for;
    } else {
        group.due_at.reset();
    }
    // Who had it had what is over.
    if (from == AlertGroupState::over) {
        group.taken_by = UserId{};
        group.taken_at.reset();
    }
}

Duration silence_grace(Duration expect_every)
{
    return std::clamp<Duration>(expect_every / 10, 30s, 5min);
}

Instant news_due(const AlertSource& source, Instant heard_at)
{
    return heard_at + *source.expect_every + silence_grace(*source.expect_every);
}

std::optional<Duration> parse_mute_length(std::string_view text)
{
    const auto skip = [&text] {
        while (text.starts_with(' ')) text.remove_prefix(1);
    };
    Duration length{0};
    skip();
    if (text.empty()) return std::nullopt;
    while (!text.empty()) {
        std::int64_t amount = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
        if (error != std::errc{} || amount <= 0 || amount > 100'000) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        skip();
        const auto letters = std::find_if_not(text.begin(), text.end(), [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        });
        const std::string unit = lower_case(std::string{text.begin(), letters});
        text.remove_prefix(unit.size());
        skip();
        if (unit == "m" || unit == "min" || unit == "minute" || unit == "minutes")
            length += std::chrono::minutes{amount};
        else if (unit == "h" || unit == "hour" || unit == "hours")
            length += std::chrono::hours{amount};
        else if (unit == "d" || unit == "day" || unit == "days")
            length += std::chrono::days{amount};
        else
            return std::nullopt;
    }
    return length;
}

}  // namespace ackd
