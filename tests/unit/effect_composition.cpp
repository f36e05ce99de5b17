// What an outbox row says is composed when it leaves: nothing that has been overtaken, nothing off hours, and
// what may have arrived already is looked for first.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// The chat takes nothing that is meant for this person, until it is well again.
void break_chat_for(Workspace& workspace,
                    const char* person,
                    bool& is_down,
                    FaultKind kind = FaultKind::temporary)
{
    workspace.instead = [person, &is_down, kind](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (!is_down || post == nullptr || post->person != UserId{person}) return std::nullopt;
        return Fault{kind, "503"};
    };
}

}  // namespace

TEST_CASE("compose: a nudge whose ack was committed in the meantime never leaves")
{
    Workspace workspace;
    bool is_down = true;
    break_chat_for(workspace, "Ubo", is_down);
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:31"));
    workspace.press("Ubo", workspace.card(), "got_it");
    is_down = false;
    workspace.advance(24h);
    CHECK(workspace.to("Ubo").empty());
    CHECK(workspace.count("SELECT count(*) FROM outbox") == 0);
}

TEST_CASE("compose: a nudge that was overtaken by the next one is not sent on top of it")
{
    Workspace workspace;
    bool is_down = true;
    break_chat_for(workspace, "Ubo", is_down);
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:01"));
    is_down = false;
    workspace.advance_to(utc("2026-03-02 12:10"));
    CHECK(workspace.to("Ubo").size() == 1);
}

TEST_CASE("compose: a message that was held up until the evening waits for the morning")
{
    Workspace workspace{straight_settings(), utc("2026-03-02 15:20")};
    bool is_down = true;
    break_chat_for(workspace, "Ubo", is_down);
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 16:55"));
    is_down = false;
    workspace.clock.advance_to(utc("2026-03-02 17:05"));
    workspace.turn();
    workspace.advance_to(utc("2026-03-03 08:59"));
    CHECK(workspace.to("Ubo").empty());
    workspace.advance_to(utc("2026-03-03 09:01"));
    CHECK(workspace.to("Ubo").size() == 1);
    // What is for now does not wait.
    Workspace urgent{straight_settings(), utc("2026-03-02 20:00")};
    urgent.ack("Uann", "@Ubo !now fire");
    urgent.advance_to(utc("2026-03-02 20:06"));
    CHECK(urgent.to("Ubo").size() == 1);
}

TEST_CASE("compose: what may have arrived is looked for, and only looked for once it is overtaken")
{
    Workspace workspace;
    std::vector<Delivery> seen;
    bool is_lost = true;
    workspace.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->person != UserId{"Ubo"}) return std::nullopt;
        seen.push_back(delivery);
        if (is_lost) return Fault{FaultKind::unknown, "connection lost after the request was sent"};
        return Posted{{ChannelId{"DUbo"}, "77.1"}, true};
    };
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:30:30"));
    REQUIRE(seen.size() >= 2);
    CHECK_FALSE(seen[0].in_doubt);
    CHECK(seen[1].in_doubt);
    CHECK_FALSE(seen[1].only_look);
    CHECK(seen[1].id == seen[0].id);
    CHECK(seen[1].intended_at == utc("2026-03-02 11:30"));
    workspace.press("Ubo", workspace.card(), "done");
    workspace.advance(1min);
    CHECK(seen.back().in_doubt);
    CHECK(seen.back().only_look);
    // It is there: adopted, and brought up to date in place.
    is_lost = false;
    int updates = 0;
    const auto previous = workspace.instead;
    workspace.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* update = std::get_if<UpdateMessage>(&delivery.effect);
        if (update != nullptr && update->message.stamp == "77.1") {
            ++updates;
            CHECK(text_of(update->notice).starts_with("✅ Done, thank you.\n"));
            return Done{};
        }
        return previous(delivery);
    };
    workspace.advance(3min);
    CHECK(updates == 1);
    CHECK(workspace.count("SELECT count(*) FROM outbox") == 0);
}

TEST_CASE("compose: a message of ours that somebody deleted is not brought up to date for ever")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:31"));
    int refused = 0;
    workspace.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* update = std::get_if<UpdateMessage>(&delivery.effect);
        if (update == nullptr || update->message.channel.value != "DUbo") return std::nullopt;
        ++refused;
        return Fault{FaultKind::not_found, "message_not_found"};
    };
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.advance(1min);
    workspace.ackd("Ubo", "done 1");
    workspace.advance(1min);
    CHECK(refused == 1);
    CHECK(workspace.count("SELECT count(*) FROM sent_messages") == 0);
}

TEST_CASE("compose: a card that was posted without our learning of it is found, not posted twice")
{
    Workspace workspace;
    int posts = 0;
    workspace.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr) return std::nullopt;
        if (++posts == 1) return Fault{FaultKind::unknown, "timeout"};
        CHECK(delivery.in_doubt);
        return Posted{{ChannelId{"Cwork"}, "88.1"}, true};
    };
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance(1min);
    CHECK(posts == 2);
    CHECK(workspace.request().card.stamp == "88.1");
}
