#include "tests/simulation/simulated_faults.hpp"

namespace ackd::simulation {

using namespace std::chrono_literals;

Faults no_faults()
{
    Faults faults;
    faults.event_latency_max = 400ms;
    faults.call_timeout = 15s;
    faults.call_latency_max = 300ms;
    // Longer than a request takes to land: who restarts sooner has to wait before looking for what was on its
    // way.
    faults.restart_after_min = 700ms;
    faults.restart_after_max = 1s;
    return faults;
}

Faults usual_faults(double harshness)
{
    constexpr auto day = 24h;
    Faults faults = no_faults();
    faults.event_lost = 0.05 * harshness;
    faults.event_dropped = 0.02 * harshness;
    faults.event_doubled = 0.05 * harshness;
    faults.event_late = 0.04 * harshness;
    faults.call_slow = 0.2 * harshness;
    faults.event_late_max = 20min;
    faults.interaction_lost = 0.02 * harshness;
    faults.confirmation_lost = 0.04 * harshness;

    faults.call_limited = 0.02 * harshness;
    faults.retry_after_max = 40s;
    faults.call_refused = 0.02 * harshness;
    faults.call_broken = 0.03 * harshness;
    faults.call_answer_lost = 0.02 * harshness;
    faults.call_lost = 0.02 * harshness;
    faults.call_landed_when_broken = 0.5;
    faults.look_up_failed = 0.05 * harshness;
    faults.outage_every = std::chrono::duration_cast<Duration>(9 * day / harshness);
    faults.outage_for_max = 5h;

    faults.crash_at_point = 0.003 * harshness;
    faults.crash_when_sending = 0.01 * harshness;
    faults.crash_when_confirming = 0.004 * harshness;
    faults.crash_when_recording = 0.01 * harshness;
    faults.crash_after_start = 0.05 * harshness;
    faults.crash_every = std::chrono::duration_cast<Duration>(5 * day / harshness);
    faults.restart_after_max = 90s;
    faults.long_absence = 0.05;
    faults.long_absence_max = 14h;

    faults.commit_refused = 0.004 * harshness;
    faults.disk_full_every = std::chrono::duration_cast<Duration>(14 * day / harshness);
    faults.disk_full_for_max = 3h;
    return faults;
}

}  // namespace ackd::simulation
