#include "bot/wip/wip_rules.hpp"

#include <algorithm>

namespace ackd {

std::string_view name_of(WipState state)
{
    switch (state) {
        case WipState::running: return "running";
        case WipState::paused: return "paused";
        case WipState::done: return "done";
        case WipState::dropped: return "dropped";
    }
    return "?";
}

WipStart may_start_work(const WipLimit& limit,
                        std::int64_t running_in_team,
                        std::int64_t running_of_person,
                        std::int64_t open_in_team)
{
    if (open_in_team >= wip_open_max) return WipStart::too_many_open;
    if (limit.limit > 0 && running_in_team >= limit.limit) return WipStart::team_is_full;
    if (limit.per_person > 0 && running_of_person >= limit.per_person) return WipStart::person_is_full;
    return WipStart::has_room;
}

std::optional<WipState> next_state(WipState state, WipEvent event)
{
    const bool is_open = state == WipState::running || state == WipState::paused;
    switch (event) {
        case WipEvent::finish: return is_open ? std::optional{WipState::done} : std::nullopt;
        case WipEvent::drop: return is_open ? std::optional{WipState::dropped} : std::nullopt;
        case WipEvent::pause:
            return state == WipState::running ? std::optional{WipState::paused} : std::nullopt;
        case WipEvent::resume:
            return state == WipState::paused ? std::optional{WipState::running} : std::nullopt;
    }
    return std::nullopt;
}

WipFigures figures_of(const std::vector<WipItem>& items, Instant now)
{
    WipFigures figures;
    const Instant since = now - wip_looked_back;
    Instant first = now;
    std::vector<Duration> times;
    int begun = 0;
    int unplanned = 0;
    for (const WipItem& item : items) {
        first = std::min(first, item.started_at);
        figures.running += item.state == WipState::running ? 1 : 0;
        figures.paused += item.state == WipState::paused ? 1 : 0;
        if (item.started_at > since) {
            ++begun;
            unplanned += item.is_unplanned ? 1 : 0;
        }
        if (item.state == WipState::done && item.ended_at && *item.ended_at > since)
            times.push_back(*item.ended_at - item.started_at);
    }
    const Duration looked_at = std::clamp<Duration>(now - first, std::chrono::weeks{1}, wip_looked_back);
    const double weeks = static_cast<double>(looked_at.count()) /
                         static_cast<double>(Duration{std::chrono::weeks{1}}.count());
    figures.throughput = static_cast<double>(times.size()) / weeks;
    if (!times.empty()) {
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>((times.size() - 1) / 2);
        std::nth_element(times.begin(), middle, times.end());
        figures.cycle_time = *middle;
    }
    if (begun > 0) figures.unplanned_share = static_cast<double>(unplanned) / begun;
    return figures;
}

WipDays most_by_day(const std::vector<WipLevel>& known, std::chrono::local_days last, int days_max)
{
    WipDays days;
    if (known.empty() || known.front().day > last) return days;
    days.first = std::max(known.front().day, last - std::chrono::days{days_max - 1});
    auto next = known.begin();
    int level = 0;
    for (auto day = days.first; day <= last; day += std::chrono::days{1}) {
        for (; next != known.end() && next->day < day; ++next) level = next->at_end;
        const bool has_changed = next != known.end() && next->day == day;
        days.most.push_back(has_changed ? next->most : level);
    }
    return days;
}

std::optional<Duration> expected_time(const WipFigures& figures)
{
    if (figures.throughput <= 0) return std::nullopt;
    const double weeks = static_cast<double>(figures.running + 1) / figures.throughput;
    return Duration{
        static_cast<std::int64_t>(weeks * static_cast<double>(Duration{std::chrono::weeks{1}}.count()))};
}

}  // namespace ackd
