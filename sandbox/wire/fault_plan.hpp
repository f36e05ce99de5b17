// What goes wrong on purpose: seeded, each fault with its own probability, for events on their way and API
// answers.
//
//     {"seed": 7, "drop_event": 0.1, "delay_event": 0.2, "delay_event_ms_max": 500,
//      "answer_lost_after_post": {"probability": 1, "times": 1, "methods": ["chat.postMessage"]}}
//
// A fault is a probability, or an object that adds how many times it may strike at most and for which
// methods. The same seed and the same order of events and calls give the same faults. Pure: it decides,
// others carry it out.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/model/outcome.hpp"
#include "sandbox/model/seeded_random.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace sandbox {

struct EventFaults {
    bool drop = false;
    bool duplicate = false;
    bool reorder = false;         ///< held back until the next event went out
    bool cut_connection = false;  ///< after this event
    std::chrono::milliseconds delay{0};

    [[nodiscard]] bool any() const
    {
        return drop || duplicate || reorder || cut_connection || delay.count() > 0;
    }
};

enum class AnswerFault { none, rate_limited, server_error, timeout, lost_after_post };

class FaultPlan {
public:
    /// Refuses "invalid_faults" with the reason for an unknown name or a value out of range.
    static Outcome<FaultPlan> parse(const Json& description);

    /// Whether an event that has just happened is never told to the app, however often it should come again.
    bool draw_loss();
    /// What goes wrong with one sending of an event.
    EventFaults draw_event();
    AnswerFault draw_answer(const std::string& method);

    [[nodiscard]] int retry_after_seconds() const { return retry_after_seconds_; }
    [[nodiscard]] std::chrono::milliseconds answer_timeout() const { return answer_timeout_; }
    /// How long a reordered event waits for a successor at most.
    [[nodiscard]] std::chrono::milliseconds reorder_wait() const { return reorder_wait_; }
    /// 500, 502 or 503.
    int draw_server_error();

private:
    struct Fault {
        double probability = 0;
        std::uint64_t times = std::numeric_limits<std::uint64_t>::max();
        std::vector<std::string> methods;  ///< empty: all
    };
    bool strikes(Fault& fault, const std::string& method = {});

    SeededRandom random_;
    Fault lose_event_, drop_event_, duplicate_event_, delay_event_, reorder_event_, cut_connection_;
    Fault answer_429_, answer_5xx_, answer_timeout_fault_, answer_lost_after_post_;
    std::chrono::milliseconds delay_max_{1000};
    std::chrono::milliseconds reorder_wait_{200};
    std::chrono::milliseconds answer_timeout_{5000};
    int retry_after_seconds_ = 1;
};

}  // namespace sandbox
