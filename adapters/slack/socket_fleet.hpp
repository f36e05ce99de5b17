// The sockets of one adapter: performs what the SocketPool asks for and brings confirmations to the
// connection that their envelope came from.
#pragma once

#include "adapters/asio/task_group.hpp"
#include "adapters/slack/event_source.hpp"
#include "adapters/slack/socket_connection.hpp"
#include "adapters/slack/socket_pool.hpp"

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace ackd::slack {

class SocketFleet final : public EventSource, public SocketOwner {
public:
    struct Listeners {
        /// Nothing more will be opened, for this reason.
        std::function<void(const std::string& reason)> on_hopeless;
        std::function<void(AdapterConcern, const std::string& concerned)> on_concern;
        /// A socket is ready after there was none: for the first time, or again.
        std::function<void(GapReason)> on_gap_over;
    };

    SocketFleet(SocketSurroundings surroundings, PoolLimits limits, TaskGroup& tasks, Listeners listeners);

    void start() override;
    void stop() override;
    void confirm(const std::vector<Confirmation>& confirmations) override;
    void on_room() override;

    void on_ready(std::uint64_t serial, int connections_of_app) override;
    void on_wants_sibling(std::uint64_t serial) override;
    void on_retired(std::uint64_t serial, const Retirement& retirement) override;
    void on_concern(AdapterConcern concern, const std::string& concerned) override;

private:
    [[nodiscard]] Task<void> run(std::shared_ptr<SocketConnection> connection);
    [[nodiscard]] SocketConnection* find(std::uint64_t serial);
    void perform(const PoolActions& actions);
    void arm_timer();
    void log_retirement(std::uint64_t serial, const Retirement& retirement) const;
    /// In [0, 1).
    double random();

    SocketSurroundings surroundings_;
    SocketPool pool_;
    TaskGroup& tasks_;
    Listeners listeners_;
    std::vector<std::shared_ptr<SocketConnection>> connections_;
    asio::steady_timer timer_;
    std::mt19937_64 randomness_;
    std::optional<GapReason> gap_ = GapReason::started;  ///< while no socket is ready
};

}  // namespace ackd::slack
