// A program that tells the bot what is wrong: single troubles, storms of hundreds within a minute, something
// that comes and goes. As Alertmanager does, it says nothing new before the last was taken, and the last
// again until it is.
#pragma once

#include "bot/alerts/alert_report.hpp"
#include "tests/simulation/simulated_chat.hpp"

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ackd::simulation {

class SimulatedMonitoring final : public ChatWatcher {
public:
    SimulatedMonitoring(SimulatedWorld& world, SimulatedChat& chat, std::uint64_t seed)
        : world_(world), chat_(chat), random_(seed)
    {}

    void plan_month(Duration length);
    /// All that is wrong is over, and nothing more happens.
    void fall_silent();

    /// What was last taken of each key that is not on its way just now.
    [[nodiscard]] std::map<std::string, AlertStatus> taken() const;
    [[nodiscard]] bool is_idle() const { return waiting_.empty(); }

    void event_confirmed(const std::string& key, const InputBody& body, bool still_holds) override;
    void delivery_leased(const Delivery&) override {}
    void message_posted(const SeenMessage&) override {}
    void message_updated(const SeenMessage&) override {}
    void ephemeral_shown(const SeenEphemeral&) override {}

private:
    void trouble();
    void storm();
    void come_and_go();
    /// From `after` on.
    void say(Duration after, std::vector<std::string> keys, AlertStatus status);
    void tell(AlertsReceived received);
    void tell_next();

    SimulatedWorld& world_;
    SimulatedChat& chat_;
    Random random_;
    bool is_silent_ = false;
    int number_ = 0;
    /// The first of them is on its way.
    std::deque<AlertsReceived> waiting_;
    std::string on_its_way_;
    std::map<std::string, AlertStatus> taken_;
    std::set<std::string> wrong_;  ///< keys that were told to fire, and not told to be over
};

}  // namespace ackd::simulation
