#include "bot/people/availability.hpp"

#include "bot/engine/mutation.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace ackd {

namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;
using LocalDay = std::chrono::local_days;
using LocalTime = std::chrono::local_time<Duration>;
using Day = std::chrono::days;

constexpr std::array<minutes, 3> digest_slots{9h + 30min, 13h, 16h + 30min};

/// See the head of availability.hpp.
constexpr Duration gap_max = 400 * 24h;
/// A week's shifts come again within it, however the clocks are changed.
constexpr Duration fortnight = 14 * 24h;
constexpr Duration followed_for = 3'653 * 24h;
constexpr Day slot_age_max{35};

const date::time_zone* find_zone(std::string_view name)
{
    if (name.empty()) return nullptr;
    try {
        return date::locate_zone(std::string{name});
    } catch (const std::runtime_error&) {
        return nullptr;  // the library has no look-up that does not throw
    }
}

const date::time_zone* find_zone(std::string_view name, std::string_view default_name)
{
    const date::time_zone* zone = find_zone(name);
    if (zone == nullptr) zone = find_zone(default_name);
    return zone != nullptr ? zone : date::locate_zone("Etc/UTC");
}

/// The clock on the wall of a zone. It remembers the offset it met last: most questions are about days that
/// share one, and asking the tz database costs more than all that is reckoned with the answer.
class WallClock {
public:
    WallClock(const date::time_zone* zone, Instant at) : zone_(zone) { learn(at); }

    LocalTime local(Instant at)
    {
        if (at < info_.begin || at >= info_.end) learn(at);
        return LocalTime{at.time_since_epoch() + info_.offset};
    }
    LocalDay day(Instant at) { return std::chrono::floor<Day>(local(at)); }

    Instant instant(LocalTime local)
    {
        if (is_mutated(Mutation::forget_summer_time))
            return Instant{local.time_since_epoch() - info_.offset + info_.save};
        const Instant at{local.time_since_epoch() - info_.offset};
        // No change of the clocks is larger than a day: far enough from both ends there is one answer.
        constexpr auto margin = 26h;
        if (at >= info_.begin + margin && at < info_.end - margin) return at;
        const Instant found = zone_->to_sys(date::local_time<Duration>{local.time_since_epoch()},
                                            date::choose::earliest);
        learn(found);
        return found;
    }

private:
    void learn(Instant at) { info_ = zone_->get_info(at); }

    const date::time_zone* zone_;
    date::sys_info info_;
};

std::size_t weekday_of(LocalDay day)
{
    return std::chrono::weekday{day}.iso_encoding() - 1;
}

std::vector<minutes> slots_of(const Shift& shift)
{
    std::vector<minutes> slots;
    for (const minutes midnight : {minutes{0}, minutes{24h}}) {
        for (const minutes slot : digest_slots) {
            const minutes at = midnight + slot;
            if (at >= shift.opens && at < shift.closes) slots.push_back(at);
        }
    }
    if (slots.empty())
        slots.push_back(shift.opens + std::min<minutes>(30min, (shift.closes - shift.opens) / 2));
    return slots;
}

/// In order and apart from each other.
std::vector<TimeSpan> merged(std::vector<TimeSpan> spans)
{
    std::sort(
        spans.begin(), spans.end(), [](const TimeSpan& a, const TimeSpan& b) { return a.from < b.from; });
    std::vector<TimeSpan> apart;
    for (const TimeSpan& span : spans) {
        if (span.until <= span.from) continue;
        if (!apart.empty() && span.from <= apart.back().until)
            apart.back().until = std::max(apart.back().until, span.until);
        else
            apart.push_back(span);
    }
    return apart;
}

}  // namespace

struct WorkingHours::Table {
    explicit Table(const WorkCalendar& calendar) : holidays(calendar.holidays), away(merged(calendar.away))
    {
        std::sort(holidays.begin(), holidays.end());
        const auto has_shift = [](const WorkWeek& given) {
            return std::any_of(
                given.days.begin(), given.days.end(), [](const auto& shifts) { return !shifts.empty(); });
        };
        week = has_shift(calendar.week) ? calendar.week : default_work_week();
        for (std::size_t day = 0; day < week.days.size(); ++day) {
            for (const Shift& shift : week.days[day]) {
                slots[day].push_back(slots_of(shift));
                if (shift.closes > 24h) crosses_midnight = true;
            }
        }
    }

    [[nodiscard]] bool is_holiday(LocalDay day) const
    {
        return std::binary_search(holidays.begin(), holidays.end(), day);
    }
    [[nodiscard]] bool leaves_out_anything() const { return !holidays.empty() || !away.empty(); }
    /// The first absence that ends after `at`.
    [[nodiscard]] auto absence_from(Instant at) const
    {
        return std::upper_bound(away.begin(), away.end(), at, [](Instant instant, const TimeSpan& span) {
            return instant < span.until;
        });
    }
    [[nodiscard]] bool is_away(Instant at) const
    {
        const auto absence = absence_from(at);
        return absence != away.end() && absence->from <= at;
    }

    WorkWeek week;
    /// Of each shift, in the order of the week's.
    std::array<std::vector<std::vector<minutes>>, 7> slots;
    bool crosses_midnight = false;
    std::vector<LocalDay> holidays;
    std::vector<TimeSpan> away;
};

namespace {

using Table = WorkingHours::Table;

enum class Obeying { the_week_alone, the_calendar };

/// The part of a shift, from `at` on, that is working time or the next to be; nothing when it would begin
/// after `limit`.
std::optional<TimeSpan> shift_part_from(
    const Table& table, WallClock& clock, Instant at, Instant limit, Obeying obeying)
{
    const bool obeys = obeying == Obeying::the_calendar;
    const Day before{table.crosses_midnight ? 1 : 0};
    LocalDay day = clock.day(at) - before;
    for (LocalDay last = clock.day(limit); day <= last; day += Day{1}) {
        const auto& shifts = table.week.days[weekday_of(day)];
        if (shifts.empty() || (obeys && table.is_holiday(day))) continue;
        for (const Shift& shift : shifts) {
            Instant closes = clock.instant(day + shift.closes);
            if (closes <= at) continue;
            Instant opens = std::max(at, clock.instant(day + shift.opens));
            if (obeys && !table.away.empty()) {
                auto absence = table.absence_from(opens);
                if (absence != table.away.end() && absence->from <= opens) {
                    at = opens = absence->until;
                    ++absence;
                }
                if (absence != table.away.end()) closes = std::min(closes, absence->from);
            }
            if (opens > limit) return std::nullopt;
            if (opens < closes) return TimeSpan{opens, closes};
        }
        // Over a long absence in one step; the loop goes on with the day after this one.
        if (obeys && !table.away.empty()) day = std::max(day, clock.day(at) - before - Day{1});
    }
    return std::nullopt;
}

TimeSpan working_part_from(const Table& table, WallClock& clock, Instant at)
{
    const auto next = shift_part_from(table, clock, at, at + gap_max + fortnight, Obeying::the_calendar);
    if (next && next->from <= at + gap_max) return *next;
    auto plain = shift_part_from(table, clock, at, at + fortnight, Obeying::the_week_alone);
    if (!next) return *plain;
    // The mistake ends in sight: up to here the week counts.
    plain->until = std::min(plain->until, next->from - gap_max);
    return plain->from < plain->until ? *plain : *next;
}

/// The digest slots of one day's shifts, in order.
template <class Take>
void for_each_slot(const Table& table, WallClock& clock, LocalDay day, Take take)
{
    const std::size_t weekday = weekday_of(day);
    const auto& shifts = table.week.days[weekday];
    for (std::size_t index = 0; index < shifts.size(); ++index) {
        const Instant opens = clock.instant(day + shifts[index].opens);
        const Instant closes = clock.instant(day + shifts[index].closes);
        for (const minutes slot : table.slots[weekday][index]) {
            const Instant at = clock.instant(day + slot);
            if (at < opens || at >= closes) continue;  // lost to a change of the clocks
            const bool is_left_out = table.is_holiday(day) || table.is_away(at);
            if (is_left_out && working_part_from(table, clock, at).from != at) continue;
            take(at);
        }
    }
}

}  // namespace

WorkingHours::WorkingHours(std::string_view zone, std::string_view default_zone)
    : zone_(find_zone(zone, default_zone))
{
    static const auto plain = std::make_shared<const Table>(WorkCalendar{});
    table_ = plain;
}

WorkingHours::WorkingHours(std::string_view zone, std::string_view default_zone, const WorkCalendar& calendar)
    : WorkingHours(find_zone(zone, default_zone), calendar)
{}

WorkingHours::WorkingHours(const date::time_zone* zone, const WorkCalendar& calendar)
    : zone_(zone), table_(std::make_shared<const Table>(calendar))
{}

WorkingHours WorkingHours::in_week(const WorkWeek& week, bool on_holidays) const
{
    return {zone_,
            WorkCalendar{week, on_holidays ? std::vector<LocalDay>{} : table_->holidays, table_->away}};
}

bool WorkingHours::contains(Instant at) const
{
    return next_working_instant(at) == at;
}

Instant WorkingHours::next_working_instant(Instant at) const
{
    WallClock clock{zone_, at};
    return working_part_from(*table_, clock, at).from;
}

Instant WorkingHours::add_working_time(Instant from, Duration amount) const
{
    WallClock clock{zone_, from};
    TimeSpan part = working_part_from(*table_, clock, from);
    while (amount > part.until - part.from && part.from - from < followed_for) {
        amount -= part.until - part.from;
        part = working_part_from(*table_, clock, part.until);
    }
    return part.from + amount;
}

Duration WorkingHours::working_time_between(Instant from, Instant to) const
{
    Duration total{0};
    if (to <= from) return total;
    WallClock clock{zone_, from};
    for (TimeSpan part = working_part_from(*table_, clock, from); part.from < to;
         part = working_part_from(*table_, clock, part.until))
    {
        total += std::min(to, part.until) - part.from;
    }
    return total;
}

Instant WorkingHours::next_digest_slot(Instant at) const
{
    WallClock clock{zone_, at};
    std::optional<Instant> next;
    for (LocalDay day = clock.day(at) - Day{table_->crosses_midnight ? 1 : 0}; !next; day += Day{1}) {
        for_each_slot(*table_, clock, day, [&](Instant slot) {
            if (slot >= at && !next) next = slot;
        });
        // Over what is left out in one step.
        if (!next && table_->leaves_out_anything()) {
            const LocalDay working = clock.day(
                working_part_from(*table_, clock, std::max(at, clock.instant(day + 24h))).from);
            day = std::max(day, working - Day{table_->crosses_midnight ? 2 : 1});
        }
    }
    return *next;
}

std::optional<Instant> WorkingHours::previous_digest_slot(Instant at) const
{
    WallClock clock{zone_, at};
    const LocalDay today = clock.day(at);
    std::optional<Instant> previous;
    // Tomorrow as well: where the clocks go back over midnight, its first minutes may be past.
    for (LocalDay day = today + Day{1}; !previous && day >= today - slot_age_max - Day{2}; day -= Day{1}) {
        for_each_slot(*table_, clock, day, [&](Instant slot) {
            if (slot <= at) previous = slot;
        });
    }
    if (previous && *previous < at - slot_age_max) previous.reset();
    return previous;
}

bool is_time_zone(std::string_view name)
{
    return find_zone(name) != nullptr;
}

}  // namespace ackd
