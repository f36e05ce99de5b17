// Where what happens in Slack comes from: Socket Mode's sockets or requests that Slack posts.
// Single-threaded.
#pragma once

#include "bot/input.hpp"

#include <vector>

namespace ackd::slack {

class EventSource {
public:
    virtual ~EventSource() = default;

    virtual void start() = 0;
    /// Begins the orderly end; what is open ends within a second or so.
    virtual void stop() = 0;
    /// The inputs behind these receipts are durable.
    virtual void confirm(const std::vector<Confirmation>& confirmations) = 0;
    /// The inbox has room again.
    virtual void on_room() = 0;
};

}  // namespace ackd::slack
