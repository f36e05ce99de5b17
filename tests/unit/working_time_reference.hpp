// Working time read off the clock on the wall, minute by minute: slow, and written apart from
// bot/people/availability.cpp, which is held against it.
//
// The clock of the rules never goes back: what it shows again was there before, and counted then. It shows
// the latest local time that the real one has reached, so that a time that exists twice is the first one, and
// one that does not exist is passed the moment the clocks change.
#pragma once

#include "bot/people/availability.hpp"

#include <date/tz.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ackd {

class WorkingTimeReference {
public:
    /// Knows the minutes from `from` up to `until`, both whole minutes.
    WorkingTimeReference(const std::string& zone, WorkCalendar calendar, Instant from, Instant until)
        : calendar_(std::move(calendar)), from_(from)
    {
        const date::time_zone* tz = date::locate_zone(zone);
        std::int64_t latest = 0;
        const auto run_in = std::chrono::days{2};
        for (Instant at = from - run_in; at < until; at += std::chrono::minutes{1}) {
            const auto local = tz->to_local(at).time_since_epoch();
            const std::int64_t shown = std::chrono::floor<std::chrono::minutes>(local).count();
            const std::int64_t before = latest;
            latest = std::max(latest, shown);
            if (at >= from) minutes_.push_back(read(at, before, latest));
        }
    }

    bool works(Instant at) const { return minutes_[index_of(at)].works; }

    std::optional<Instant> next_working(Instant at) const
    {
        return first_from(at, [](const Minute& minute) { return minute.works; });
    }
    std::optional<Instant> next_slot(Instant at) const
    {
        return first_from(at, [](const Minute& minute) { return minute.is_slot; });
    }
    std::optional<Instant> previous_slot(Instant at) const
    {
        for (std::size_t index = index_of(at) + 1; index-- > 0;) {
            if (minutes_[index].is_slot) return instant_of(index);
        }
        return std::nullopt;
    }
    std::int64_t minutes_between(Instant from, Instant to) const
    {
        std::int64_t count = 0;
        for (Instant at = from; at < to; at += std::chrono::minutes{1}) count += works(at) ? 1 : 0;
        return count;
    }
    /// The end of the last of so many working minutes.
    std::optional<Instant> after(Instant from, std::int64_t count) const
    {
        if (count == 0) return next_working(from);
        for (std::size_t index = index_of(from); index < minutes_.size(); ++index) {
            if (minutes_[index].works && --count == 0) return instant_of(index + 1);
        }
        return std::nullopt;
    }

private:
    struct Minute {
        bool works = false;
        bool is_slot = false;
    };
    static constexpr std::int64_t a_day = 24 * 60;

    std::size_t index_of(Instant at) const
    {
        return static_cast<std::size_t>((at - from_) / std::chrono::minutes{1});
    }
    Instant instant_of(std::size_t index) const
    {
        return from_ + std::chrono::minutes{static_cast<std::int64_t>(index)};
    }
    template <class Fits>
    std::optional<Instant> first_from(Instant at, Fits fits) const
    {
        for (std::size_t index = index_of(at); index < minutes_.size(); ++index) {
            if (fits(minutes_[index])) return instant_of(index);
        }
        return std::nullopt;
    }

    bool is_off(Instant at, std::int64_t day) const
    {
        const std::chrono::local_days date{std::chrono::days{day}};
        const auto& holidays = calendar_.holidays;
        if (std::find(holidays.begin(), holidays.end(), date) != holidays.end()) return true;
        return std::any_of(calendar_.away.begin(), calendar_.away.end(), [at](const TimeSpan& span) {
            return span.from <= at && at < span.until;
        });
    }

    /// `before` was shown a minute ago, `now` is shown at `at`: minutes since 1970 by the clock on the wall.
    Minute read(Instant at, std::int64_t before, std::int64_t now) const
    {
        Minute minute;
        for (const std::int64_t day : {now / a_day - 1, now / a_day}) {
            // 1970-01-01 was a Thursday, the fourth day of a week.
            for (const Shift& shift : calendar_.week.days[static_cast<std::size_t>((day + 3) % 7)]) {
                const std::int64_t opens = day * a_day + shift.opens.count();
                const std::int64_t closes = day * a_day + shift.closes.count();
                if (now < opens || now >= closes || is_off(at, day)) continue;
                minute.works = true;
                std::vector<std::int64_t> slots;
                for (const std::int64_t midnight : {day * a_day, (day + 1) * a_day}) {
                    for (const std::int64_t slot : {9 * 60 + 30, 13 * 60, 16 * 60 + 30}) {
                        if (midnight + slot >= opens && midnight + slot < closes)
                            slots.push_back(midnight + slot);
                    }
                }
                if (slots.empty())
                    slots.push_back(closes - opens >= 60 ? opens + 30 : opens + (closes - opens) / 2);
                for (const std::int64_t slot : slots) minute.is_slot |= before < slot && slot <= now;
            }
        }
        return minute;
    }

    WorkCalendar calendar_;
    Instant from_;
    std::vector<Minute> minutes_;
};

}  // namespace ackd
