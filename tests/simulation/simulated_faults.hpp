// What goes wrong in a simulated month, each with its probability or its duration. All at zero is a perfect
// world.
#pragma once

#include "bot/instant.hpp"

namespace ackd::simulation {

struct Faults {
    // An event on its way from the chat to the process. What is not confirmed is sent again, under the same
    // key.
    double event_lost = 0;
    double event_dropped = 0;  ///< never told at all: only a look into the history finds it
    double event_doubled = 0;
    double event_late = 0;
    Duration event_late_max{0};
    Duration event_latency_max{0};
    double interaction_lost = 0;
    double confirmation_lost = 0;

    // A call on its way from the process to the chat. A request lands within `call_latency_max` or never.
    double call_limited = 0;
    Duration retry_after_max{0};
    double call_refused = 0;      ///< "not now": nothing was done
    double call_broken = 0;       ///< 5xx that says nothing: it may have been done
    double call_answer_lost = 0;  ///< carried out, and the answer never came
    double call_lost = 0;         ///< never arrived, and no answer came
    double call_landed_when_broken =
        0;  ///< of the broken and of those on the wire at a crash: how many were carried out
    double look_up_failed = 0;
    double call_slow = 0;  ///< its answer takes nearly as long as the process waits
    Duration call_timeout{0};
    Duration call_latency_max{0};

    // The chat is not there at all for a while. Zero: never.
    Duration outage_every{0};
    Duration outage_for_max{0};

    // The process dies: at a point of its cycle, when it sends, when it records, at any instant.
    double crash_at_point = 0;
    double crash_when_sending = 0;
    double crash_when_confirming = 0;
    double crash_when_recording = 0;
    double crash_after_start = 0;
    Duration crash_every{0};
    Duration restart_after_min{0};
    Duration restart_after_max{0};
    double long_absence = 0;
    Duration long_absence_max{0};

    // The disk: a single commit that is refused, and no room for a while.
    double commit_refused = 0;
    Duration disk_full_every{0};
    Duration disk_full_for_max{0};
};

/// Nothing goes wrong; calls and events still take their time.
[[nodiscard]] Faults no_faults();
/// Everything goes wrong now and then, `harshness` times as often as usual.
[[nodiscard]] Faults usual_faults(double harshness);

}  // namespace ackd::simulation
