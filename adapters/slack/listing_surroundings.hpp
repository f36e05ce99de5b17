// What everything needs that asks Slack for lists and hands them over.
#pragma once

#include "adapters/asio/interrupts.hpp"
#include "adapters/slack/slack_api.hpp"
#include "bot/clock.hpp"
#include "bot/courier/chat_port.hpp"

namespace ackd::slack {

/// All of it outlives the listing.
struct ListingSurroundings {
    SlackApi& api;
    Interrupts& pauses;  ///< raised when the adapter ends
    InputSink& sink;
    const Clock& clock;
};

/// Waits for room in the inbox. False: the adapter is ending.
[[nodiscard]] Task<bool> hand_over(ListingSurroundings surroundings, InputBody body);

}  // namespace ackd::slack
