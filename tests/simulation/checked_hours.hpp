// Working hours as the checkers understand them, written apart from bot/people/availability.cpp: 9 to 17,
// Monday to Friday, on the clock on the person's wall.
#pragma once

#include "bot/instant.hpp"

#include <string>

namespace date {
class time_zone;
}

namespace ackd::simulation {

class CheckedHours {
public:
    CheckedHours(const std::string& zone, const std::string& default_zone);

    [[nodiscard]] bool is_at_work(Instant at) const;
    [[nodiscard]] Duration worked_between(Instant from, Instant to) const;
    /// Of the local calendar, counted from the Unix epoch.
    [[nodiscard]] std::int64_t day_of(Instant at) const;
    /// Whether a digest may have been due after the one instant and not after the other.
    [[nodiscard]] bool has_digest_slot(Instant after, Instant until) const;

private:
    const date::time_zone* zone_;
};

}  // namespace ackd::simulation
