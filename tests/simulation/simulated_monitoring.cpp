#include "tests/simulation/simulated_monitoring.hpp"

#include <fmt/format.h>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

AlertReport report_of(const std::string& key, AlertStatus status)
{
    AlertReport report;
    report.key = key;
    report.status = status;
    report.title = "Trouble with " + key;
    report.severity = "critical";
    // Every third trouble is one that its source groups.
    if (key.ends_with('3')) report.group = "threes";
    return report;
}

}  // namespace

void SimulatedMonitoring::plan_month(Duration length)
{
    const auto sometimes = [&](std::uint64_t count, void (SimulatedMonitoring::*act)()) {
        for (std::uint64_t index = 0; index < count; ++index) {
            world_.after(up_to(length, random_), [this, act] {
                if (!is_silent_) (this->*act)();
            });
        }
    };
    sometimes(2 + random_.below(4), &SimulatedMonitoring::trouble);
    sometimes(random_.below(2), &SimulatedMonitoring::storm);
    sometimes(random_.below(2), &SimulatedMonitoring::come_and_go);
}

void SimulatedMonitoring::fall_silent()
{
    is_silent_ = true;
    if (!wrong_.empty()) say(0s, {wrong_.begin(), wrong_.end()}, AlertStatus::resolved);
}

std::map<std::string, AlertStatus> SimulatedMonitoring::taken() const
{
    std::map<std::string, AlertStatus> settled = taken_;
    if (!waiting_.empty()) {
        for (const AlertReport& report : waiting_.front().reports) settled.erase(report.key);
    }
    return settled;
}

void SimulatedMonitoring::event_confirmed(const std::string& key, const InputBody& body, bool)
{
    const auto* received = std::get_if<AlertsReceived>(&body);
    if (received == nullptr || key != on_its_way_) return;
    for (const AlertReport& report : received->reports) taken_[report.key] = report.status;
    waiting_.pop_front();
    tell_next();
}

void SimulatedMonitoring::trouble()
{
    const std::string key = fmt::format("disk{}", ++number_);
    say(0s, {key}, AlertStatus::firing);
    if (random_.chance(0.4)) say(up_to(30min, random_), {key}, AlertStatus::firing);
    // Some is never over by itself.
    if (random_.chance(0.8)) say(between(30min, 9h, random_), {key}, AlertStatus::resolved);
}

void SimulatedMonitoring::storm()
{
    const int requests = 3 + static_cast<int>(random_.below(3));
    std::vector<std::string> all;
    for (int request = 0; request < requests; ++request) {
        std::vector<std::string> keys;
        for (int index = 0; index < 40; ++index) keys.push_back(fmt::format("storm{}", ++number_));
        all.insert(all.end(), keys.begin(), keys.end());
        say(up_to(1min, random_), keys, AlertStatus::firing);
    }
    say(between(10min, 3h, random_), all, AlertStatus::resolved);
}

void SimulatedMonitoring::come_and_go()
{
    const std::string key = fmt::format("link{}", ++number_);
    Duration at{0};
    for (int count = 0; count < 5; ++count) {
        say(at, {key}, AlertStatus::firing);
        say(at + 2min, {key}, AlertStatus::resolved);
        at += between(4min, 8min, random_);
    }
}

void SimulatedMonitoring::say(Duration after, std::vector<std::string> keys, AlertStatus status)
{
    AlertsReceived received;
    received.source = "monitoring";
    for (const std::string& key : keys) received.reports.push_back(report_of(key, status));
    const bool is_last = is_silent_;
    world_.after(after, [this, received = std::move(received), is_last] {
        if (is_silent_ && !is_last) return;
        tell(received);
    });
}

void SimulatedMonitoring::tell(AlertsReceived received)
{
    for (const AlertReport& report : received.reports) {
        if (report.status == AlertStatus::firing)
            wrong_.insert(report.key);
        else
            wrong_.erase(report.key);
    }
    waiting_.push_back(std::move(received));
    if (waiting_.size() == 1) tell_next();
}

void SimulatedMonitoring::tell_next()
{
    on_its_way_.clear();
    if (!waiting_.empty()) on_its_way_ = chat_.tell_alerts(waiting_.front());
}

}  // namespace ackd::simulation
