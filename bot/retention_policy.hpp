// How long ackd keeps what belongs to a request that is over. What is open is kept as it is.
#pragma once

#include "bot/instant.hpp"

namespace ackd {

struct RetentionPolicy {
    /// What was asked, in its own words. After that only that it was asked.
    std::chrono::days texts{30};
    /// When people answered, by the day (a day after its end the time of day is gone). After that only that
    /// they did.
    std::chrono::days days_of_answers{90};

    friend bool operator==(const RetentionPolicy&, const RetentionPolicy&) = default;
};

}  // namespace ackd
