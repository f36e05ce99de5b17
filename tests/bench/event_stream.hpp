// The events on their way to the daemon: numbered when they are sent, matched with their confirmations,
// timed.
#pragma once

#include "tests/bench/confirmation_times.hpp"
#include "tests/bench/daemon_process.hpp"
#include "tests/bench/sample_envelopes.hpp"
#include "tests/bench/slack_server.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace ackd::bench {

class EventStream {
public:
    EventStream(SlackServer& server, EventIds ids);

    /// Puts out the next event that concerns nobody.
    void send_chatter();
    void send(const FrameTemplate& frame,
              std::string_view person,
              std::string_view channel,
              std::string_view stamp);

    /// For the server: a confirmation, perhaps with an answer.
    void take(std::string_view confirmation);
    /// Told of every confirmation.
    void on_confirmed(std::function<void(std::string_view confirmation)> listener)
    {
        confirmed_ = std::move(listener);
    }

    [[nodiscard]] std::int64_t sent() const { return sent_; }
    [[nodiscard]] std::int64_t confirmed() const { return confirmed_count_; }
    [[nodiscard]] std::int64_t in_flight() const { return sent_ - confirmed_count_; }
    /// Confirmations of nothing that was on its way: there must be none.
    [[nodiscard]] std::int64_t unexpected() const { return unexpected_; }
    [[nodiscard]] std::int64_t bytes_sent() const { return bytes_sent_; }
    [[nodiscard]] ConfirmationTimes& times() { return times_; }
    [[nodiscard]] SteadyTime last_confirmed_at() const { return last_confirmed_at_; }

private:
    SlackServer& server_;
    const EventIds ids_;
    const std::uint32_t run_;
    const std::vector<FrameTemplate> chatter_;
    std::vector<std::string> people_;
    std::vector<std::string> channels_;
    /// When the event of this number (modulo the size) was sent; the epoch: nothing is on its way.
    std::vector<SteadyTime> sent_at_;
    std::function<void(std::string_view)> confirmed_;
    ConfirmationTimes times_;
    SteadyTime last_confirmed_at_;
    std::int64_t sent_ = 0;
    std::int64_t confirmed_count_ = 0;
    std::int64_t unexpected_ = 0;
    std::int64_t bytes_sent_ = 0;
};

}  // namespace ackd::bench
