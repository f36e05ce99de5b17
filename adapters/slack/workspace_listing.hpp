// What the adapter learns of a workspace by asking: who we are in it, its members and groups, and the
// conversations that we are in. All of it at the start, and again from time to time or when it is known to
// have changed; each list is handed over as an input. Asked again for as long as it takes. Single-threaded.
#pragma once

#include "adapters/asio/interrupts.hpp"
#include "adapters/slack/own_identity.hpp"
#include "adapters/slack/slack_api.hpp"
#include "bot/clock.hpp"
#include "bot/courier/chat_port.hpp"

#include <chrono>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace ackd::slack {

/// All of it outlives the listing.
struct ListingSurroundings {
    SlackApi& api;
    Interrupts& pauses;  ///< raised when the adapter ends
    InputSink& sink;
    const Clock& clock;
};

class WorkspaceListing {
public:
    /// `on_hopeless` is told why only a person can help; the adapter ends then.
    WorkspaceListing(IoExecutor executor,
                     ListingSurroundings surroundings,
                     std::chrono::minutes refresh_every,
                     std::function<void(const std::string&)> on_hopeless);

    /// The workspace that it must be; empty: any.
    void expect(std::string workspace) { expected_ = std::move(workspace); }
    /// Who we are, then everything else, in the order in which it is needed. False: the adapter is ending.
    [[nodiscard]] Task<bool> begin(OwnIdentity& identity);
    /// Until the adapter ends.
    [[nodiscard]] Task<void> refresh_from_time_to_time();

    /// They have changed: read again soon.
    void groups_changed();
    void conversations_changed();
    /// After the pauses were raised: nothing is waited for any more.
    void stop() { timer_.cancel(); }

    /// Waits for room in the inbox. False: the adapter is ending.
    [[nodiscard]] Task<bool> hand_over(InputBody body);

private:
    [[nodiscard]] Task<bool> learn_identity(OwnIdentity& identity);
    [[nodiscard]] Task<bool> list_members();
    [[nodiscard]] Task<bool> list_groups();
    [[nodiscard]] Task<bool> list_conversations();
    [[nodiscard]] Task<bool> wait_to_retry(Fault fault, int attempt);

    ListingSurroundings surroundings_;
    std::chrono::minutes refresh_every_;
    std::function<void(const std::string&)> on_hopeless_;
    asio::steady_timer timer_;
    std::string expected_;
    std::string own_team_;
    std::mt19937 randomness_{std::random_device{}()};
    bool groups_stale_ = false;
    bool conversations_stale_ = false;
};

}  // namespace ackd::slack
