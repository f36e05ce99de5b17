// The people who live in a sandbox: what reaches them, and what they do by their temperaments.
#include "sandbox/teammates/office_hours.hpp"
#include "sandbox/testing/still_sandbox.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

Json button(const char* action_id, const char* label, bool is_primary = false)
{
    Json shown{{"type", "button"},
               {"action_id", action_id},
               {"text", {{"type", "plain_text"}, {"text", label}}},
               {"value", "7"}};
    if (is_primary) shown["style"] = "primary";
    return shown;
}

Json card()
{
    const Json menu{
        {"type", "static_select"},
        {"action_id", "cant"},
        {"placeholder", {{"type", "plain_text"}, {"text", "Can't"}}},
        {"options",
         Json::array({{{"text", {{"type", "plain_text"}, {"text", "No time"}}}, {"value", "no_time"}}})}};
    return Json::array({{{"type", "section"}, {"text", {{"type", "mrkdwn"}, {"text", "please read"}}}},
                        {{"type", "actions"},
                         {"elements",
                          Json::array({button("later", "Got it, by"),
                                       button("got_it", "Got it", true),
                                       button("done", "Done"),
                                       menu})}}});
}

/// A Monday at 14:00 in Berlin, and an app that confirms everything.
struct LivelySandbox {
    LivelySandbox()
    {
        socket = still.connect();
        // The still clock begins on a Tuesday at 22:13 UTC.
        to(std::chrono::sys_days{std::chrono::year{2023} / 11 / 20} + 13h);
    }
    void to(std::chrono::sys_seconds instant)
    {
        pass(std::chrono::duration_cast<std::chrono::milliseconds>(instant - still.core().now()));
    }
    /// In steps, confirming what came meanwhile.
    void pass(std::chrono::milliseconds time)
    {
        for (std::chrono::milliseconds passed{0}; passed < time; passed += 20s) {
            still.pass(std::min<std::chrono::milliseconds>(20s, time - passed));
            for (; !socket->closed && confirmed < socket->frames.size(); ++confirmed) {
                const Json frame = socket->frames[confirmed];
                if (!frame.contains("envelope_id")) continue;
                if (frame["type"] == "interactive") presses.push_back(frame["payload"]);
                socket->confirm(frame);
            }
            if (!socket->closed) socket->listener->on_pong();
        }
    }
    void send_card(const std::string& to)
    {
        still.api("chat.postMessage",
                  {{"channel", to}, {"text", "<@U0CHEN> <@U0ELI> please read"}, {"blocks", card()}});
    }
    [[nodiscard]] std::string pressed() const
    {
        std::string list;
        for (const Json& press : presses)
            list += (list.empty() ? "" : ", ") + press["user"]["username"].get<std::string>() + " " +
                    press["actions"][0]["action_id"].get<std::string>();
        return list;
    }

    StillSandbox still;
    std::shared_ptr<StillSocket> socket;
    std::size_t confirmed = 0;
    std::vector<Json> presses;
};

}  // namespace

TEST_CASE("teammates: at work is Monday to Friday, nine to half past five, where they are")
{
    using namespace std::chrono;
    const auto at = [](int day, int hour, int minute = 0) {
        return Instant{sys_days{year{2026} / 3 / day} + hours{hour} + minutes{minute}};
    };
    CHECK(next_at_work("Europe/Berlin", at(27, 10)) == at(27, 10));  // a Friday, 11:00 there
    CHECK(next_at_work("Europe/Berlin", at(27, 5)) == at(27, 8));    // before nine
    CHECK(next_at_work("Europe/Berlin", at(27, 16, 29)) == at(27, 16, 29));
    CHECK(next_at_work("Europe/Berlin", at(27, 16, 30)) == at(30, 7));  // over the week end, and summer time
    CHECK(next_at_work("Europe/Berlin", at(28, 10)) == at(30, 7));
    CHECK(next_at_work("Asia/Kolkata", at(27, 20)) == at(30, 3, 30));  // Saturday there already
    CHECK(next_at_work("No/Such", at(27, 10)) == at(27, 10));
}

TEST_CASE("teammates: until they are told to, and when a visitor has taken over, they do nothing")
{
    LivelySandbox lively;
    lively.send_card("U0CHEN");
    lively.pass(24h);
    CHECK(lively.pressed().empty());
    CHECK(lively.still.control("teammates", {{"active", true}})["teammates"]["is_active"] == true);
    CHECK(lively.still.control("teammates", {{"user", "chen"}, {"take_over", true}})["ok"] == true);
    lively.send_card("U0CHEN");
    lively.pass(24h);
    CHECK(lively.pressed().find("chen") == std::string::npos);
    lively.still.control("teammates", {{"user", "chen"}, {"take_over", false}});
    lively.send_card("U0CHEN");
    lively.pass(24h);
    CHECK(lively.pressed().find("chen got_it") != std::string::npos);
}

TEST_CASE("teammates: the prompt answer at work, who is on call at any hour, who is away not at all")
{
    LivelySandbox lively;
    lively.still.control("teammates", {{"active", true}});
    for (const char* name : {"ada", "ben", "dana", "gita", "hugo"})
        lively.still.control("teammates", {{"user", name}, {"take_over", true}});
    lively.send_card("U0ELI");  // 05:00 where Eli is
    lively.send_card("U0FUMI");
    lively.send_card("U0CHEN");  // 21:00 there
    lively.pass(10min);
    CHECK(lively.pressed() == "eli got_it");
    lively.pass(20h);
    CHECK(lively.pressed().find("chen got_it") != std::string::npos);
    CHECK(lively.pressed().find("fumi") == std::string::npos);
    CHECK(lively.still.workspace().find_user(UserId{"U0FUMI"})->status_text == "Away this week");
}

TEST_CASE("teammates: in a channel only those answer who are named, and done is said later")
{
    LivelySandbox lively;
    lively.still.control("teammates", {{"active", true}});
    for (const char* name : {"ada", "ben", "dana", "gita", "hugo", "fumi", "chen"})
        lively.still.control("teammates", {{"user", name}, {"take_over", true}});
    for (int number = 0; number < 8; ++number) lively.send_card("C0GENERAL");
    lively.pass(6h);
    const std::string pressed = lively.pressed();
    CHECK(pressed.find("eli got_it") != std::string::npos);
    CHECK(pressed.find("eli done") != std::string::npos);
    CHECK(pressed.find("eli got_it") < pressed.find("eli done"));
    for (const char* other : {"ada", "ben", "chen", "dana"}) CHECK(pressed.find(other) == std::string::npos);
}

TEST_CASE("teammates: an app that cannot be reached is tried again")
{
    LivelySandbox lively;
    lively.still.control("teammates", {{"active", true}});
    lively.still.control("offline", {{"on", true}});
    lively.still.control("offline", {{"on", false}});
    lively.send_card("U0ELI");
    lively.pass(10min);
    CHECK(lively.pressed().empty());
    lively.socket = lively.still.connect();
    lively.confirmed = 0;
    lively.pass(10min);
    CHECK(lively.pressed().find("eli got_it") != std::string::npos);
}

TEST_CASE("teammates: they talk at their own hours, and time that stands still does not let them")
{
    LivelySandbox lively;
    lively.still.control("teammates", {{"active", true}});
    lively.still.control("time", {{"scale", 0}});
    lively.pass(24h);
    const auto said = [&] {
        std::size_t count = 0;
        for (const auto& [id, channel] : lively.still.workspace().channels())
            for (const auto& [ts, message] : channel.messages) count += message.from_app ? 0 : 1;
        return count;
    };
    CHECK(said() == 0);
    lively.still.control("time", {{"scale", 1}});
    lively.pass(24h);
    CHECK(said() > 3);
    CHECK(said() < 60);
}

TEST_CASE("teammates: the same happenings lead to the same moves")
{
    const auto played = [] {
        LivelySandbox lively;
        lively.still.control("teammates", {{"active", true}});
        for (int number = 0; number < 5; ++number) lively.send_card("C0GENERAL");
        lively.pass(12h);
        return lively.pressed();
    };
    const std::string once = played();
    CHECK_FALSE(once.empty());
    CHECK(played() == once);
}

TEST_CASE("teammates: who is not of the cast is nobody to take over, and what is wrong is named")
{
    StillSandbox still;
    CHECK(still.control("teammates", {{"user", "ines"}, {"take_over", true}})["error"] ==
          "user: nobody of the cast; there is nothing to take over");
    CHECK(still.control("teammates", {{"user", "ada"}})["error"] == "take_over: true or false");
    CHECK(still.control("teammates", {{"active", "yes"}})["error"] == "active: true or false");
    CHECK(still.control("teammates", Json::object())["error"] == "user is missing");
}
