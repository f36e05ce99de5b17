#include "bot/courier/port_switch.hpp"

#include <stdexcept>
#include <utility>

namespace ackd {

void PortSwitch::confirm(std::vector<Confirmation> confirmations)
{
    std::array<std::vector<Confirmation>, door_count> by_door;
    for (Confirmation& confirmation : confirmations)
        by_door[index_of(confirmation.receipt.door)].push_back(std::move(confirmation));
    for (std::size_t index = 0; index < door_count; ++index) {
        if (!by_door[index].empty() && ports_[index] != nullptr)
            ports_[index]->confirm(std::move(by_door[index]));
    }
}

void PortSwitch::deliver(std::vector<Delivery> deliveries)
{
    std::array<std::vector<Delivery>, door_count> by_door;
    for (Delivery& delivery : deliveries)
        by_door[index_of(door_of(delivery.effect))].push_back(std::move(delivery));
    for (std::size_t index = 0; index < door_count; ++index) {
        if (by_door[index].empty()) continue;
        if (ports_[index] == nullptr) throw std::logic_error{"an effect for a door without an adapter"};
        ports_[index]->deliver(std::move(by_door[index]));
    }
}

void PortSwitch::on_room()
{
    for (ChatPort* port : ports_) {
        if (port != nullptr) port->on_room();
    }
}

}  // namespace ackd
