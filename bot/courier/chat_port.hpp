// The two narrow doors between the bot and a chat adapter. The adapter's thread pushes Inputs into an
// InputSink; the engine's thread hands confirmations and deliveries to a ChatPort. Neither ever waits for the
// other.
#pragma once

#include "bot/input.hpp"

#include <vector>

namespace ackd {

/// Implemented by the engine's inbox. Callable from any thread.
class InputSink {
public:
    virtual ~InputSink() = default;

    /// Takes all of `inputs` (moved from) or none. False: the inbox is full. The adapter must then stop
    /// reading its sockets until `on_room` of its ChatPort is called; what it could not hand over it keeps,
    /// or drops unconfirmed (the chat sends it again).
    [[nodiscard]] virtual bool offer(std::vector<Input>& inputs) = 0;

    /// Outcomes of deliveries are always taken: there are never more of them than deliveries in flight, and
    /// they are never lost to a full inbox.
    virtual void settle(EffectSettled settled) = 0;
};

/// Implemented by a chat adapter. Called from the engine's thread; must return at once (queue and wake).
class ChatPort {
public:
    virtual ~ChatPort() = default;

    /// The inputs behind these receipts are durable: tell the chat so.
    virtual void confirm(std::vector<Confirmation> confirmations) = 0;

    /// Carry these out; each ends in exactly one InputSink::settle with its id. Those of one conversation are
    /// never handed over together, so the adapter keeps no order.
    virtual void deliver(std::vector<Delivery> deliveries) = 0;

    /// The inbox has room again after a refused offer.
    virtual void on_room() = 0;
};

}  // namespace ackd
