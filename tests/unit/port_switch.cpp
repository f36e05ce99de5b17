// Several adapters behind one port: each gets what is for it, in order, and nothing else.
#include "bot/courier/port_switch.hpp"

#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;

namespace {

Confirmation confirmation_of(Door door, const char* envelope)
{
    Confirmation confirmation;
    confirmation.receipt = {door, 1, envelope, false};
    return confirmation;
}

std::string envelopes_in(const RecordingPort& port)
{
    std::string text;
    for (const Confirmation& confirmation : port.confirmations) text += confirmation.receipt.envelope + " ";
    return text;
}

}  // namespace

TEST_CASE("port switch: a confirmation goes back through the door that its input came in by")
{
    RecordingPort chat;
    RecordingPort web;
    PortSwitch ports{chat};
    ports.add(Door::web, web);
    ports.confirm({confirmation_of(Door::chat, "a"),
                   confirmation_of(Door::web, "b"),
                   confirmation_of(Door::chat, "c"),
                   confirmation_of(Door::web, "d")});
    CHECK(envelopes_in(chat) == "a c ");
    CHECK(envelopes_in(web) == "b d ");
}

TEST_CASE("port switch: without an adapter for a door its confirmations are dropped, and the others are not")
{
    RecordingPort chat;
    PortSwitch ports{chat};
    ports.confirm({confirmation_of(Door::web, "b"), confirmation_of(Door::chat, "a")});
    CHECK(envelopes_in(chat) == "a ");
}

TEST_CASE("port switch: what speaks to people goes out by the chat")
{
    RecordingPort chat;
    RecordingPort web;
    PortSwitch ports{chat};
    ports.add(Door::web, web);
    Delivery delivery;
    delivery.id = OutboxId{7};
    delivery.effect = PostMessage{};
    ports.deliver({delivery});
    REQUIRE(chat.deliveries.size() == 1);
    CHECK(chat.deliveries.front().id == OutboxId{7});
    CHECK(web.deliveries.empty());
}
