// The door to other programs and machines that we tell something: webhooks, mail, push, heartbeats. It knows
// no chat and takes nothing in.
//
// One thread, begun with the first delivery, drives a few connections at once; the rest wait in their order.
// Nothing ends in FaultKind::unknown: each delivery has an id that stays the same, by which a receiver knows
// what it has heard before.
#pragma once

#include "adapters/outside/outside_settings.hpp"
#include "bot/clock.hpp"
#include "bot/courier/chat_port.hpp"

#include <chrono>
#include <memory>

namespace ackd::outside {

class OutsideAdapter final : public ChatPort {
public:
    /// `sink` and `clock` outlive it.
    OutsideAdapter(OutsideSettings settings, InputSink& sink, const Clock& clock);
    /// Stops.
    ~OutsideAdapter() override;
    OutsideAdapter(const OutsideAdapter&) = delete;
    OutsideAdapter& operator=(const OutsideAdapter&) = delete;

    /// Breaks off what is on its way and ends the thread; what is undone then is settled as temporary, and so
    /// is what comes later. From any thread.
    void stop();

    /// Nothing comes in by this door.
    void confirm(std::vector<Confirmation>) override {}
    void deliver(std::vector<Delivery> deliveries) override;
    void on_room() override {}

private:
    class Service;
    std::unique_ptr<Service> service_;
};

/// What came of one delivery, for somebody who waits and watches.
struct OutsideReport {
    EffectOutcome outcome;
    int status = 0;  ///< the last that was answered, of HTTP or SMTP; 0: there was no answer
    std::chrono::milliseconds took{0};
};

/// Carries one out, here and now.
[[nodiscard]] OutsideReport tell_once(const OutsideSettings& settings, const Delivery& delivery, Instant now);

}  // namespace ackd::outside
