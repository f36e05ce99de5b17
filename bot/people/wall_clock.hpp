// The clock on the wall of a place: local days and times of day, as instants and back.
//
// A time of day that the clocks skip is at the instant when they change, one that comes twice is at the first
// of the two. A day that a place leaves out (Samoa had no 30 December 2011) is at the instant when the next
// one begins.
#pragma once

#include "bot/instant.hpp"

#include <date/tz.h>

#include <chrono>

namespace ackd {

class WallClock {
public:
    /// `zone` outlives the clock: those of the tz database do.
    explicit WallClock(const date::time_zone* zone) : zone_(zone) {}

    [[nodiscard]] std::chrono::local_days day(Instant at) const
    {
        return std::chrono::local_days{date::floor<date::days>(zone_->to_local(at)).time_since_epoch()};
    }
    [[nodiscard]] Instant instant(std::chrono::local_days day, Duration time) const
    {
        return zone_->to_sys(date::local_time<Duration>{day.time_since_epoch() + time},
                             date::choose::earliest);
    }

private:
    const date::time_zone* zone_;
};

}  // namespace ackd
