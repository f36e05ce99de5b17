// Sources: muted for some hours, and expected to be heard. And `/alerts`.
#include "tests/unit/alert_desk.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Settings heard_every(Duration every)
{
    AlertSource source;
    source.expect_every = every;
    return with_source(source);
}

}  // namespace

TEST_CASE("mute: the channel is told, nothing is said meanwhile, and its end tells what came and is there")
{
    AlertDesk desk;
    CHECK(contains(desk.type("mute ci for 2h"), "💤 ci is muted until Mon 12:00 (your time)."));
    REQUIRE(desk.messages() == 1);
    CHECK(desk.shown() ==
          "💤 Ann muted ci, until {2026-03-02 12:00 UTC}. What it says is kept, and told then. "
          "To end it: `/alerts unmute ci`\n");
    desk.advance(10min);
    for (const char* key : {"a", "b", "c", "d"}) desk.fires(key);
    desk.is_over("a");
    desk.advance(1h);
    CHECK(desk.messages() == 1);
    CHECK(desk.raised() == 0);
    desk.advance(1h);
    REQUIRE(desk.messages() == 2);
    CHECK(contains(desk.shown(1), "*4 alerts of ci* · 3 there, 1 over"));
    CHECK(
        contains(desk.shown(1),
                 "~ ci was muted by Ann from {2026-03-02 10:00 UTC} to {2026-03-02 12:00 UTC}: 4 alerts came "
                 "meanwhile."));
    CHECK(desk.raised() == 1);
}

TEST_CASE("mute: what came and went meanwhile is told as a count, and asks nobody")
{
    AlertDesk desk;
    desk.type("mute ci for 1h");
    desk.fires("a");
    desk.is_over("a");
    desk.advance(61min);
    REQUIRE(desk.messages() == 2);
    CHECK(contains(desk.shown(1), "✅ Trouble with a · over"));
    CHECK(contains(desk.shown(1), "1 alert came meanwhile."));
    CHECK(desk.raised() == 0);
}

TEST_CASE("mute: when nothing came meanwhile, the first message after it says that it was muted")
{
    AlertDesk desk;
    desk.type("mute ci for 1h");
    desk.advance(5h);
    CHECK(desk.messages() == 1);
    desk.fires("a");
    desk.settle();
    REQUIRE(desk.messages() == 2);
    CHECK(contains(desk.shown(1),
                   "ci was muted by Ann from {2026-03-02 10:00 UTC} to {2026-03-02 11:00 UTC}."));
    desk.advance(1h);
    desk.fires("b");
    desk.settle();
    CHECK_FALSE(contains(desk.shown(2), "muted"));
}

TEST_CASE("mute: ended early by anybody, and what is there is raised then")
{
    AlertDesk desk;
    desk.type("mute ci for 2h");
    desk.fires("a");
    CHECK(contains(desk.type("unmute ci", "Ucy"), "ci is heard again."));
    desk.settle();
    CHECK(desk.raised() == 1);
    CHECK(contains(desk.type("unmute ci"), "ci is not muted."));
}

TEST_CASE("mute: what was there before and comes back meanwhile waits for its end in its own message")
{
    AlertDesk desk;
    desk.fires("a");
    desk.advance(10min);
    desk.is_over("a");
    desk.type("mute ci for 1h");
    desk.fires("a");
    desk.settle();
    CHECK(desk.raised() == 1);
    const auto messages = desk.messages();
    desk.advance(2h);
    CHECK(desk.messages() == messages);
    CHECK(desk.raised() == 2);
    CHECK(contains(desk.shown(), "*Trouble with a*"));
}

TEST_CASE("mute: not for ever, not for what is no source, and not without a length")
{
    AlertDesk desk;
    CHECK(contains(desk.type("mute ci"), "For how long? At most 24 hours."));
    CHECK(contains(desk.type("mute ci for 25h"), "At most 24 hours.\nTry: `/alerts mute ci for 24h`"));
    CHECK(contains(desk.type("mute ci for ever"), "I did not understand \"ever\"."));
    CHECK(contains(desk.type("mute cj for 2h"), "I know no source \"cj\".\nTry: `/alerts mute ci for 2h`"));
    CHECK(contains(desk.type("moot ci"), "I did not understand \"/alerts moot\"."));
    CHECK(desk.messages() == 0);
    desk.join("Ueve", "Eve", "Etc/UTC", MemberKind::external);
    CHECK(contains(desk.type("mute ci for 2h", "Ueve"), "Only"));
}

TEST_CASE("silence: nothing heard for longer than expected is an alert, and the next sign of life ends it")
{
    AlertDesk desk{heard_every(10min)};
    desk.say({});
    desk.advance(5min);
    desk.say({});
    desk.advance(10min);
    CHECK(desk.messages() == 0);
    desk.advance(2min);
    REQUIRE(desk.messages() == 1);
    CHECK(contains(desk.shown(), "*No news from ci*\n~ ci · since {2026-03-02 10:05 UTC}"));
    CHECK(desk.open_requests() == 1);
    desk.say({});
    desk.settle();
    CHECK(contains(desk.shown(), "✅ No news from ci · over after 12 minutes"));
    CHECK(desk.open_requests() == 0);
    desk.advance(12min);
    CHECK(contains(desk.shown(), "*No news from ci*"));
}

TEST_CASE("silence: after ackd was deaf, the clock begins again")
{
    AlertDesk desk{heard_every(10min)};
    desk.say({});
    SUBCASE("the machine slept")
    {
        desk.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
            if (!std::holds_alternative<ReadHistory>(delivery.effect)) return std::nullopt;
            return HistoryPage{};
        };
        desk.clock.advance_to(desk.clock.now() + 5h);
        desk.take(CatchUpWanted{GapReason::resumed});
    }
    SUBCASE("it was not running")
    {
        const StorageFolder folder;
        const std::string path = folder.file("state.db");
        desk.connection->execute("VACUUM INTO '" + path + "'");
        Workspace later{heard_every(10min), desk.clock.now() + 5h, path};
        later.advance(10min);
        CHECK(later.in("Cops").empty());
        later.advance(2min);
        CHECK(later.in("Cops").size() == 1);
        return;
    }
    desk.advance(10min);
    CHECK(desk.messages() == 0);
    desk.advance(2min);
    CHECK(desk.messages() == 1);
}

TEST_CASE("/alerts lists what is there, with who has it and what is muted, where they may see it")
{
    AlertDesk desk;
    CHECK(desk.type("") == "*Alerts*\n~ Nothing is wrong, as far as programs tell.\n");
    desk.fires("disk");
    desk.settle();
    CHECK(desk.type("") == "*Alerts*\n"
                           "----\n"
                           "*Trouble with disk* (open→)\n"
                           "~ ci · since Mon 10:00 (your time) · ⏳ Asked: Bo\n");
    desk.press("Ucy", desk.in("Cops").front(), "take_alerts");
    desk.type("mute ci for 2h");
    CHECK(contains(desk.type(""), "· ✅ Cy has it\n"));
    CHECK(contains(desk.type(""), "💤 ci is muted by Ann, until Mon 12:00 (your time)."));
    // From another channel only while everybody may look.
    CHECK(contains(desk.type("", "Uann", "Cwork"), "Trouble with disk"));
    desk.take(ConversationsListed{{Conversation{ChannelId{"Cops"}, "ops", false, true}}});
    CHECK_FALSE(contains(desk.type("", "Uann", "Cwork"), "Trouble with disk"));
    CHECK(contains(desk.type("mute ci for 2h", "Uann", "Cwork"), "There is no source"));
}
