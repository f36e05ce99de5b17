// What a team decides about read-backs (read_back.hpp).
#pragma once

#include "bot/instant.hpp"

namespace ackd {

struct ReadBackPolicy {
    /// How many people one author may have said something back in seven days; 0: nobody asks for it.
    int a_week = 5;
    /// How long whoever likes may say it back before somebody is picked: working time of those who received
    /// it.
    Duration volunteers_first = std::chrono::minutes{30};

    friend bool operator==(const ReadBackPolicy&, const ReadBackPolicy&) = default;
};

}  // namespace ackd
