// App Home: always as things stand, drawn for those who look at it, and not more often than needed.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

void open_home(Workspace& workspace, const char* person)
{
    workspace.take(HomeOpened{UserId{person}});
}

std::string home_of(Workspace& workspace, const char* person)
{
    const auto& drawn = workspace.homes[UserId{person}];
    return drawn.empty() ? "" : text_of(drawn.back());
}

void press_in_home(Workspace& workspace, const char* person, const char* name, const std::string& choice = "")
{
    ActionTaken taken;
    taken.name = name;
    taken.value = value_behind(workspace.homes[UserId{person}].back(), name, choice);
    REQUIRE_FALSE(taken.value.empty());
    taken.person = UserId{person};
    taken.in_home = true;
    taken.trigger = "trigger-1";
    Input input;
    input.received_at = workspace.clock.now();
    input.body = taken;
    std::vector<Input> inputs;
    inputs.push_back(std::move(input));
    workspace.engine.cycle(inputs, workspace.settled);
    workspace.turn();
}

}  // namespace

TEST_CASE("home: empty, it says what will appear and the one command that makes it")
{
    Workspace workspace;
    open_home(workspace, "Ubo");
    CHECK(
        home_of(workspace, "Ubo") ==
        "*Waiting for me*\n"
        "~ Nothing. What somebody asks you will appear here.\n"
        "----\n"
        "*I am waiting for*\n"
        "~ Nothing. To ask: `/ack @name your message`\n"
        "[Ask]\n"
        "----\n"
        "*How much room there is*\n"
        "~ Nothing said, so there is some. For a team: `/capacity at TEAM`\n"
        "[I'm at capacity] [Close to it]\n"
        "----\n"
        "*Settings*\n"
        "You are asked Mon-Fri 09:00-17:00, in Etc/UTC (the time zone of your profile).\n"
        "~ Other hours: `/ackd hours Mon-Thu 9:00-15:00`\n"
        "~ Only what is asked at priority now, on a route that says so, comes at other hours.\n"
        "You are interrupted at most 4 times a day, 0 so far today. The rest comes in digests: 9:30, 13:00 and "
        "16:30, when there is something to say.\n"
        "[Change that … ▾: As usual | Quieter | In digests only | On the App Home only] [How it works] "
        "[What I read and keep]\n");
}

TEST_CASE("home: what is asked and answered shows within two seconds, on both sides")
{
    Workspace workspace;
    open_home(workspace, "Ubo");
    open_home(workspace, "Uann");
    workspace.advance(10s);
    workspace.ack("Uann", "@Ubo please read the plan");
    workspace.advance(2s);
    CHECK(home_of(workspace, "Ubo").find("> please read the plan") != std::string::npos);
    CHECK(home_of(workspace, "Uann").find("#1 · ✅ 0 of 1 received") != std::string::npos);
    workspace.advance(10s);
    press_in_home(workspace, "Ubo", "got_it");
    workspace.advance(2s);
    CHECK(workspace.states() == "Ubo received");
    CHECK(home_of(workspace, "Ubo").find("✅ you have it") != std::string::npos);
    CHECK(home_of(workspace, "Uann").find("#1 · ✅ 1 of 1 received · 0 integrated") != std::string::npos);
    CHECK(workspace.dialogs.empty());  // the home shows it
}

TEST_CASE("home: however much happens, it is drawn at most once in five seconds, and ends up right")
{
    Workspace workspace;
    open_home(workspace, "Ubo");
    const std::size_t drawn_before = workspace.homes[UserId{"Ubo"}].size();
    for (int number = 0; number < 30; ++number) {
        workspace.ack("Uann", "@Ubo please read " + std::to_string(number));
        workspace.advance(500ms);
    }
    workspace.advance(6s);
    const std::size_t drawn = workspace.homes[UserId{"Ubo"}].size() - drawn_before;
    CHECK(drawn >= 3);
    CHECK(drawn <= 5);
    CHECK(home_of(workspace, "Ubo").find("… and more, when these are answered.") != std::string::npos);
}

TEST_CASE("home: nobody's is drawn who never opened it, and not again when nothing changed")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read the plan");
    workspace.advance(1min);
    CHECK(workspace.homes.empty());
    open_home(workspace, "Ucy");
    const std::size_t drawn = workspace.homes[UserId{"Ucy"}].size();
    workspace.take(MemberChanged{Member{UserId{"Ucy"}, "Cyrus", "Etc/UTC", MemberKind::person, false}});
    workspace.advance(1min);
    CHECK(workspace.homes[UserId{"Ucy"}].size() == drawn);
}

TEST_CASE("home: whoever opens theirs goes ahead of the homes that only have to be kept current")
{
    Workspace workspace;
    constexpr int crowd = 40;
    for (int number = 0; number < crowd; ++number) {
        const std::string person = "Ucrowd" + std::to_string(number);
        workspace.join(person.c_str(), person.c_str(), "Etc/UTC");
        open_home(workspace, person.c_str());
    }
    workspace.advance(1min);
    std::string everybody;
    for (int number = 0; number < crowd; ++number) everybody += "@Ucrowd" + std::to_string(number) + " ";
    workspace.ack("Uann", (everybody + "please read the plan").c_str());
    workspace.advance(2s);
    const auto drawn = [&] {
        return std::count_if(workspace.homes.begin(), workspace.homes.end(), [](const auto& entry) {
            return text_of(entry.second.back()).find("please read the plan") != std::string::npos;
        });
    };
    REQUIRE(drawn() < crowd);  // the chat takes views no faster
    std::map<UserId, bool> awaited;
    workspace.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (const auto* home = std::get_if<PublishHome>(&delivery.effect))
            awaited[home->person] = delivery.is_awaited;
        return std::nullopt;
    };
    open_home(workspace, "Ubo");
    workspace.advance(700ms);
    CHECK(workspace.homes.contains(UserId{"Ubo"}));
    CHECK(drawn() < crowd);
    // Theirs was waiting for its turn already.
    std::string last;
    for (const auto& [person, homes] : workspace.homes) {
        if (person.value.starts_with("Ucrowd") && text_of(homes.back()).find("the plan") == std::string::npos)
            last = person.value;
    }
    open_home(workspace, last.c_str());
    workspace.advance(700ms);
    CHECK(home_of(workspace, last.c_str()).find("please read the plan") != std::string::npos);
    CHECK(drawn() < crowd);
    workspace.advance(1min);
    CHECK(drawn() == crowd);
    for (const auto& [person, is_awaited] : awaited)
        CHECK(is_awaited == (person.value == "Ubo" || person.value == last));
}

TEST_CASE(
    "home: who has not opened theirs for a week finds it current when they do, and costs nothing before")
{
    Workspace workspace;
    open_home(workspace, "Ubo");
    const auto drawn = [&] { return workspace.homes[UserId{"Ubo"}].size(); };
    workspace.advance(7 * 24h - 1min);
    workspace.ack("Uann", "@Ubo please read the plan");
    workspace.advance(10s);
    CHECK(drawn() == 2);
    workspace.advance(1min);
    workspace.ack("Uann", "@Ubo please read the other plan");
    workspace.advance(10s);
    CHECK(drawn() == 2);
    open_home(workspace, "Ubo");
    CHECK(home_of(workspace, "Ubo").find("please read the other plan") != std::string::npos);
}

TEST_CASE("home: a time zone that changed, and a call for help, show as well")
{
    Workspace workspace{with_route({"Ucy"})};
    open_home(workspace, "Ucy");
    workspace.advance(10s);
    workspace.join("Ucy", "Cy", "Asia/Tokyo");
    workspace.advance(2s);
    CHECK(home_of(workspace, "Ucy").find("in Asia/Tokyo") != std::string::npos);
    workspace.join("Ucy", "Cy", "Etc/UTC");
    workspace.ack("Uann", "@Ubo please read the plan");
    workspace.advance_to(utc("2026-03-02 12:32"));
    CHECK(home_of(workspace, "Ucy").find("> please read the plan") != std::string::npos);
}

TEST_CASE("home: an answer that it does not show by itself opens in front of it; withdrawn is gone from it")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read the plan");
    open_home(workspace, "Uann");
    press_in_home(workspace, "Uann", "more", "Who has answered");
    REQUIRE(workspace.dialogs.size() == 1);
    CHECK(text_of(workspace.dialogs.front()).find("⏳ open: Bo") != std::string::npos);
    workspace.advance(10s);
    press_in_home(workspace, "Uann", "more", "Withdraw");
    workspace.advance(2s);
    CHECK(workspace.states() == "Ubo withdrawn");
    CHECK(home_of(workspace, "Uann").find("please read the plan") == std::string::npos);
}

TEST_CASE("home: a publication that failed is made good, also when nothing changed since")
{
    Workspace workspace;
    int refused = 2;
    workspace.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (!std::holds_alternative<PublishHome>(delivery.effect) || refused-- <= 0) return std::nullopt;
        return Fault{FaultKind::unknown, "503"};
    };
    open_home(workspace, "Ubo");
    CHECK(workspace.homes.empty());
    workspace.advance(2min);
    CHECK(workspace.homes[UserId{"Ubo"}].size() == 1);
}

TEST_CASE("home: of those called in, who has not answered and who can't no longer see it")
{
    Settings settings = with_route({"Uann"});
    settings.routes["default"].steps.front().targets.emplace_back(UserId{"Udi"});
    Workspace workspace{settings};
    open_home(workspace, "Uann");
    open_home(workspace, "Udi");
    workspace.ack("Ucy", "@Ubo !now please look");
    workspace.advance(20min);
    REQUIRE(home_of(workspace, "Uann").find("> please look") != std::string::npos);
    REQUIRE(home_of(workspace, "Udi").find("> please look") != std::string::npos);
    press_in_home(workspace, "Udi", "cant", "Away");
    workspace.advance(6s);
    CHECK(home_of(workspace, "Udi").find("> please look") == std::string::npos);
    press_in_home(workspace, "Uann", "got_it");
    workspace.advance(6s);
    CHECK(home_of(workspace, "Uann").find("you have it") != std::string::npos);
}

TEST_CASE("home: an edited message is quoted as it is now, by those asked as well")
{
    Workspace workspace;
    const MessageRef message{ChannelId{"Cwork"}, "900.000100"};
    workspace.messages[message] = FetchedMessage{UserId{"Uann"}, false, "", Workspace::rich("@Ubo read one")};
    open_home(workspace, "Ubo");
    workspace.react("Uann", message, "incoming_envelope", true, "Uann");
    workspace.advance(10s);
    REQUIRE(home_of(workspace, "Ubo").find("read one") != std::string::npos);
    workspace.take(MessageEdited{message, UserId{"Uann"}, Workspace::rich("@Ubo read two")});
    workspace.advance(6s);
    CHECK(home_of(workspace, "Ubo").find("read two") != std::string::npos);
}
