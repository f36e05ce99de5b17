// Open requests as they come about in life: people type /ack with a user group, the daemon posts the cards.
#pragma once

#include "tests/bench/load_session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ackd::bench {

/// Request n is asked of group n modulo this.
inline constexpr int request_groups = 20;

struct MadeRequest {
    std::string channel;
    std::string card;    ///< its stamp; empty until it is posted
    std::string button;  ///< the value behind its buttons
};

/// What stands behind the first button of a message, in the form it was posted with: "r12".
[[nodiscard]] std::string button_value_in(std::string_view form);

/// `request_groups` groups of `options.debtors` people each.
[[nodiscard]] Workspace workspace_with_groups(const LoadOptions& options);

/// `options.requests` of them, by a daemon of its own that has ended when this returns.
[[nodiscard]] std::vector<MadeRequest> make_requests(LoadSession& session, const LoadOptions& options);

}  // namespace ackd::bench
