// How many requests a minute somebody may make: a bucket that holds a minute's requests and fills steadily.
// Pure; bounded in memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace ackd::web {

using SteadyTime = std::chrono::steady_clock::time_point;

class RequestAllowance {
public:
    explicit RequestAllowance(std::size_t names_max) : names_max_(names_max) {}

    /// Zero: this one may be made, and counts. Else in how many seconds the next one may.
    [[nodiscard]] std::chrono::seconds take(const std::string& name, int per_minute, SteadyTime now);

private:
    void make_room(SteadyTime now);

    std::size_t names_max_;
    /// When each one's bucket is full again.
    std::unordered_map<std::string, SteadyTime> full_at_;
};

}  // namespace ackd::web
