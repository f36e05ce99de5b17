// Several adapters behind the one ChatPort that the engine knows: the chat's, and those that face other
// programs. A confirmation goes back through the door its input came in by; an effect goes out by the door
// that is for it.
#pragma once

#include "bot/courier/chat_port.hpp"

#include <array>

namespace ackd {

class PortSwitch final : public ChatPort {
public:
    /// What comes for a door without an adapter: confirmations are dropped (nobody waits any more), a
    /// delivery is a mistake of ours and throws std::logic_error, since nobody would ever settle it.
    explicit PortSwitch(ChatPort& chat) { ports_[index_of(Door::chat)] = &chat; }

    /// Before the engine starts.
    void add(Door door, ChatPort& port) { ports_[index_of(door)] = &port; }

    void confirm(std::vector<Confirmation> confirmations) override;
    void deliver(std::vector<Delivery> deliveries) override;
    void on_room() override;

private:
    static constexpr std::size_t door_count = 3;
    static std::size_t index_of(Door door) { return static_cast<std::size_t>(door); }

    std::array<ChatPort*, door_count> ports_{};
};

}  // namespace ackd
