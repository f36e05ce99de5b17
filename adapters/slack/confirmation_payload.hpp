// What travels back to Slack in a confirmation, in the ack of an envelope or in the body of an HTTP answer.
#pragma once

#include "bot/input.hpp"

#include <string>
#include <string_view>

namespace ackd::slack {

/// JSON, or nothing: the confirmation says no more than that.
[[nodiscard]] std::string confirmation_payload(const Confirmation& confirmation,
                                               std::string_view workspace_url);

}  // namespace ackd::slack
