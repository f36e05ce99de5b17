// After an outage the bot says from when to when it was deaf, once what was said meanwhile has been read.
#include "bot/catch_up/outage.hpp"

#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Settings with_admin()
{
    Settings settings = straight_settings();
    settings.admins = {UserId{"Udi"}};
    return settings;
}

/// Lives on a file, so that another one can take its place.
struct Lives : StorageFolder {
    std::string path = file("state.db");

    void live(const char* from, Duration how_long)
    {
        Workspace workspace{with_admin(), utc(from), path};
        workspace.take(CatchUpWanted{GapReason::started});
        workspace.advance(how_long);
    }
};

std::string told(const Workspace& workspace)
{
    std::string text;
    for (const SeenMessage& message : workspace.to("Udi")) text += text_of(message.now);
    return text;
}

}  // namespace

TEST_CASE("outage: the admins hear of it, from when to when")
{
    Lives lives;
    lives.live("2026-03-02 09:00", 2h);
    Workspace workspace{with_admin(), utc("2026-03-02 16:04"), lives.path};
    workspace.take(CatchUpWanted{GapReason::started});
    workspace.advance(1min);
    CHECK(
        told(workspace) ==
        "I was deaf for 5 hours: from Mon 11:00 (your time) to Mon 16:04 (your time).\n"
        "~ I have read what was said meanwhile: nothing of it concerned me. What fell due is asked once.\n");
    CHECK(workspace.count("SELECT count(*) FROM journal WHERE fact = 'was_deaf'") == 1);

    SUBCASE("once")
    {
        workspace.take(CatchUpWanted{GapReason::reconnected});
        workspace.advance(1h);
        CHECK(workspace.to("Udi").size() == 1);
    }
}

TEST_CASE("outage: who is not at work hears of it when they are")
{
    Lives lives;
    lives.live("2026-03-02 09:00", 2h);
    Workspace workspace{with_admin(), utc("2026-03-02 23:00"), lives.path};
    workspace.take(CatchUpWanted{GapReason::started});
    workspace.advance(1min);
    CHECK(told(workspace).empty());
    workspace.advance_to(utc("2026-03-03 12:00"));
    CHECK(told(workspace).find("I was deaf for 12 hours") == 0);
}

TEST_CASE("outage: a restart is none")
{
    Lives lives;
    lives.live("2026-03-02 09:00", 2h);
    Workspace workspace{with_admin(), utc("2026-03-02 11:09"), lives.path};
    workspace.take(CatchUpWanted{GapReason::started});
    workspace.advance(1h);
    CHECK(told(workspace).empty());
}

TEST_CASE("outage: neither is a quiet day on which nothing happens")
{
    Lives lives;
    Workspace workspace{with_admin(), utc("2026-03-02 09:00"), lives.path};
    workspace.take(CatchUpWanted{GapReason::started});
    workspace.advance(72h);
    workspace.take(CatchUpWanted{GapReason::reconnected});
    workspace.advance(1min);
    CHECK(told(workspace).empty());
}
