// Clients that wait for something to become true: each condition is looked at again after every change, and
// given up at its deadline. So tests wait for what they mean instead of for some time.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/time/agenda.hpp"

#include <functional>
#include <list>

namespace sandbox {

class WaitingRoom {
public:
    static constexpr std::size_t waiting_max = 1000;

    /// The answer when the condition holds, else null.
    using Condition = std::function<Json()>;
    using Done = std::function<void(Json answer)>;

    explicit WaitingRoom(Agenda& agenda) : agenda_(agenda) {}

    /// Calls `done` once: with the condition's answer as soon as it has one, or with `at_deadline()` after
    /// `timeout`.
    void wait(Condition condition,
              std::function<Json()> at_deadline,
              std::chrono::milliseconds timeout,
              WallInstant now,
              Done done);
    /// Something changed: look again.
    void look();

private:
    struct Waiting {
        Condition condition;
        Done done;
        Agenda::Booking deadline = 0;
    };

    Agenda& agenda_;
    std::list<Waiting> waiting_;
    bool looking_ = false;
};

}  // namespace sandbox
