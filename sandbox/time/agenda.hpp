// What has to happen later: actions in order of their instant, and of their booking where instants are equal.
//
// Knows no clock: the server tells it the time (run_due) and asks when to come back (next). Single-threaded.
#pragma once

#include "sandbox/model/slack_identifiers.hpp"

#include <functional>
#include <map>
#include <optional>

namespace sandbox {

class Agenda {
public:
    using Action = std::function<void(WallInstant now)>;

    /// Names a booking; 0 names none.
    using Booking = std::uint64_t;

    Booking at(WallInstant when, Action action);
    /// Harmless for what has run or was cancelled already.
    void cancel(Booking booking);
    /// Runs what is due, including what those actions book for `now` or earlier.
    void run_due(WallInstant now);
    [[nodiscard]] std::optional<WallInstant> next() const;
    /// Called whenever the earliest instant may have moved, so that the server can set its timer anew.
    void on_change(std::function<void()> changed) { changed_ = std::move(changed); }

private:
    std::map<std::pair<WallInstant, Booking>, Action> actions_;
    std::map<Booking, WallInstant> instants_;
    Booking last_ = 0;
    std::function<void()> changed_;
};

}  // namespace sandbox
