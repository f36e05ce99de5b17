#include "bot/cli/service_manager.hpp"

#include <systemd/sd-daemon.h>

#include <ctime>

namespace ackd::cli {

ServiceManager::ServiceManager()
{
    std::uint64_t interval_us = 0;
    if (sd_watchdog_enabled(0, &interval_us) > 0) feed_every_ = std::chrono::microseconds{interval_us / 4};
}

void ServiceManager::ready() const
{
    sd_notify(0, "READY=1");
}

void ServiceManager::reloading() const
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const auto microseconds = static_cast<long long>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000;
    sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld", microseconds);
}

void ServiceManager::stopping() const
{
    sd_notify(0, "STOPPING=1");
}

void ServiceManager::status(const std::string& text) const
{
    sd_notifyf(0, "STATUS=%s", text.c_str());
}

void ServiceManager::progress()
{
    if (feed_every_.count() == 0) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - fed_at_ < feed_every_) return;
    fed_at_ = now;
    sd_notify(0, "WATCHDOG=1");
}

}  // namespace ackd::cli
