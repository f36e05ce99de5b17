// What the adapter learns of a workspace by asking: who we are in it, its members and groups, and the
// conversations that we are in. All of it at the start, and again from time to time or when it is known to
// have changed; each list is handed over as an input. Asked again for as long as it takes. Single-threaded.
#pragma once

#include "adapters/slack/listing_surroundings.hpp"
#include "adapters/slack/own_identity.hpp"

#include <chrono>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd::slack {

class WorkspaceListing {
public:
    struct Listeners {
        /// Why only a person can help; the adapter ends then.
        std::function<void(const std::string&)> on_hopeless;
        /// Each page of members, when it has been handed over.
        std::function<void(const std::vector<Member>&)> on_members;
    };
    WorkspaceListing(IoExecutor executor,
                     ListingSurroundings surroundings,
                     std::chrono::minutes refresh_every,
                     Listeners listeners);

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

private:
    [[nodiscard]] Task<bool> learn_identity(OwnIdentity& identity);
    [[nodiscard]] Task<bool> list_members();
    [[nodiscard]] Task<bool> list_groups();
    [[nodiscard]] Task<bool> list_conversations();
    [[nodiscard]] Task<bool> wait_to_retry(Fault fault, int attempt);

    ListingSurroundings surroundings_;
    std::chrono::minutes refresh_every_;
    Listeners listeners_;
    asio::steady_timer timer_;
    std::string expected_;
    std::string own_team_;
    std::mt19937 randomness_{std::random_device{}()};
    bool groups_stale_ = false;
    bool conversations_stale_ = false;
};

}  // namespace ackd::slack
