// What people are told about the channels that we are in.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "bot/notice.hpp"

#include <string>

namespace ackd {

enum class ChannelTrouble { left, archived };

/// To whoever invited us, once.
[[nodiscard]] Notice introduction_notice();
/// What of people's messages is read and kept.
[[nodiscard]] Notice what_is_kept_reply();
/// To somebody who still waits for answers in a channel that we can no longer write to.
[[nodiscard]] Notice channel_lost_notice(const Request& request,
                                         const std::string& channel_name,
                                         ChannelTrouble trouble);

}  // namespace ackd
