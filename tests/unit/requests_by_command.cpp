// From `/ack` to "Done", on the whole bot with a database in memory.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("request: /ack posts one card that pings those asked once, and is redrawn in place without pings")
{
    Workspace workspace;
    workspace.take(GroupChanged{UserGroup{GroupId{"Gteam"}, "team", {UserId{"Ucy"}, UserId{"Udi"}}, false}});
    workspace.ack("Uann", "@Ubo @&Gteam please read the plan");
    workspace.advance(1s);
    REQUIRE(workspace.in("Cwork").size() == 1);
    const SeenMessage card = workspace.card();
    CHECK(text_of(card.first).find("<@Ubo> <@&Gteam>") != std::string::npos);
    CHECK(card.updates == 1);
    CHECK(text_of(card.now).find("<@") == std::string::npos);
    CHECK(text_of(card.now).find("To: Bo @team") != std::string::npos);
    CHECK(workspace.states() == "Ubo open, Ucy open, Udi open");
    CHECK(workspace.request().needed == 3);
    CHECK(workspace.request().thread == card.ref.stamp);

    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.advance(1s);
    CHECK(workspace.in("Cwork").size() == 1);
    CHECK(workspace.card().updates == 2);
    CHECK(workspace.states() == "Ubo received, Ucy open, Udi open");
    CHECK(text_of(workspace.card().now).find("✅ 1 of 3 received") != std::string::npos);
}

TEST_CASE("request: received and done are two things; it is complete when as many as needed are done")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo @Ucy read");
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.press("Ucy", workspace.card(), "done");
    CHECK(workspace.states() == "Ubo received, Ucy integrated");
    CHECK(workspace.request().state == RequestState::open);
    workspace.press("Ubo", workspace.card(), "done");
    CHECK(workspace.states() == "Ubo integrated, Ucy integrated");
    CHECK(workspace.request().state == RequestState::complete);
    CHECK(workspace.facts() == "requested asked asked acked done done request_complete");
    CHECK(workspace.count("SELECT count(*) FROM deadlines") == 0);
    workspace.advance(24h * 30);
    CHECK(workspace.to("Ubo").empty());
    CHECK(workspace.to("Ucy").empty());
}

TEST_CASE("request: where \"Got it\" is all that is asked, that completes it, and nobody hears of it again")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo !received read");
    workspace.press("Ubo", workspace.card(), "got_it");
    CHECK(workspace.request().state == RequestState::complete);
    CHECK(workspace.states() == "Ubo received");
    workspace.advance(24h * 30);
    CHECK(workspace.to("Ubo").empty());
    workspace.ackd("Ubo", "");
    CHECK(workspace.answer().find("Nothing. Requests to you will appear here.") != std::string::npos);
}

TEST_CASE("request: any, or k of n: the others are stood down when enough have answered, and see why")
{
    struct Row {
        std::string option;
        std::vector<const char*> answer;
        const char* states;
    };
    const Row rows[] = {
        {"!any", {"Ucy"}, "Ubo withdrawn, Ucy received, Udi withdrawn"},
        {"!2", {"Ucy"}, "Ubo open, Ucy received, Udi open"},
        {"!2", {"Ucy", "Ubo"}, "Ubo received, Ucy received, Udi withdrawn"},
        {"!3", {"Ucy", "Ubo"}, "Ubo received, Ucy received, Udi open"},
        {"!all", {"Ucy", "Ubo"}, "Ubo received, Ucy received, Udi open"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.option);
        Workspace workspace;
        workspace.ack("Uann", "@Ubo @Ucy @Udi " + row.option + " read");
        workspace.advance_to(utc("2026-03-02 11:31"));
        for (const char* person : row.answer) workspace.press(person, workspace.card(), "got_it");
        CHECK(workspace.states() == row.states);
        workspace.advance(2s);
        const bool stood_down = std::string{row.states}.find("Udi withdrawn") != std::string::npos;
        const std::string last = text_of(workspace.last_to("Udi").now);
        CHECK((last.find("No longer needed: enough others have answered.") != std::string::npos) ==
              stood_down);
        const auto nudges = workspace.to("Udi").size();
        workspace.advance(24h);
        CHECK((workspace.to("Udi").size() == nudges) == stood_down);
    }
}

TEST_CASE("request: who is asked is decided at sending: named people whoever they are, groups without guests "
          "and asker")
{
    struct Row {
        std::string typed;
        const char* states;
        const char* answer;
    };
    const Row rows[] = {
        {"@Uguest read", "Uguest open", "Asked as #1"},
        {"@Uexternal read", "Uexternal open", "Asked as #1"},
        {"@Uann read", "Uann open", "Asked as #1"},
        {"@&Gmixed read", "Ubo open, Ucy open", "Asked as #1"},
        {"@Uguest @&Gmixed read", "Uguest open, Ubo open, Ucy open", "Asked as #1"},
        {"@Ubot read", "", "Nobody can be asked: they are bots, deactivated, or an empty group."},
        {"@Ugone read", "", "Nobody can be asked: they are bots, deactivated, or an empty group."},
        {"@&Gempty read", "", "Nobody can be asked: they are bots, deactivated, or an empty group."},
        {"@&Gdisabled read", "", "Nobody can be asked: they are bots, deactivated, or an empty group."},
        {"@&Gnobody_knows read", "", "Nobody can be asked: they are bots, deactivated, or an empty group."},
        {"@Ubo @Ubot read", "Ubo open", "Asked as #1"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        Workspace workspace;
        workspace.join("Uguest", "Guest", "Etc/UTC", MemberKind::guest);
        workspace.join("Uexternal", "External", "Etc/UTC", MemberKind::external);
        workspace.join("Ubot", "Bot", "Etc/UTC", MemberKind::bot);
        workspace.join("Ugone", "Gone", "Etc/UTC", MemberKind::person, true);
        workspace.take(GroupsListed{{UserGroup{GroupId{"Gmixed"},
                                               "mixed",
                                               {UserId{"Uann"},
                                                UserId{"Ubo"},
                                                UserId{"Uguest"},
                                                UserId{"Uexternal"},
                                                UserId{"Ubot"},
                                                UserId{"Ugone"},
                                                UserId{"Ucy"},
                                                UserId{"Ubo"}},
                                               false},
                                     UserGroup{GroupId{"Gempty"}, "empty", {}, false},
                                     UserGroup{GroupId{"Gdisabled"}, "disabled", {UserId{"Ubo"}}, true}}});
        workspace.ack("Uann", row.typed);
        CHECK(workspace.states() == row.states);
        CHECK(workspace.answer().find(row.answer) != std::string::npos);
        // A later change of the group does not rewrite what was asked.
        workspace.take(GroupChanged{UserGroup{GroupId{"Gmixed"}, "mixed", {UserId{"Udi"}}, false}});
        CHECK(workspace.states() == row.states);
    }
}

TEST_CASE("request: a channel's members are looked up first; the clock starts when they are asked")
{
    Workspace workspace;
    workspace.members[ChannelId{"Cops"}] = {UserId{"Uann"}, UserId{"Ubo"}, UserId{"Ucy"}};
    int refusals = 3;
    workspace.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (!std::holds_alternative<ListChannelMembers>(delivery.effect) || refusals-- <= 0)
            return std::nullopt;
        return Fault{FaultKind::rate_limited, "429", std::chrono::minutes{60}};
    };
    workspace.ack("Uann", "#Cops read");
    CHECK(workspace.request().state == RequestState::gathering);
    CHECK(workspace.posts.empty());
    workspace.advance_to(utc("2026-03-02 12:59"));
    CHECK(workspace.states().empty());
    workspace.advance_to(utc("2026-03-02 14:29"));
    CHECK(workspace.states() == "Ubo open, Ucy open");
    CHECK(workspace.to("Ubo").empty());
    workspace.advance_to(utc("2026-03-02 14:31"));
    CHECK(workspace.to("Ubo").size() == 1);
}

TEST_CASE("request: a channel that cannot be read, or has nobody in it, is said to the asker at once, and to "
          "nobody else")
{
    Workspace workspace;
    workspace.ack("Uann", "#Csecret read the plan");
    workspace.advance(2s);
    CHECK(workspace.request().state == RequestState::closed);
    CHECK(workspace.in("Cwork").empty());
    CHECK(text_of(workspace.last_to("Uann").now) ==
          "Nobody was asked: the channel could not be read. Invite ackd to it and ask again.\n"
          "> read the plan\n");
    workspace.members[ChannelId{"Cempty"}] = {UserId{"Uann"}};
    workspace.ack("Uann", "#Cempty read the plan");
    workspace.advance(2s);
    CHECK(text_of(workspace.last_to("Uann").now) ==
          "Nobody was asked: there is nobody in it who could be asked.\n> read the plan\n");
}

TEST_CASE("request: too many people are not asked")
{
    Settings settings = straight_settings();
    settings.recipients_max = 3;
    Workspace workspace{settings};
    workspace.join("Uel", "El");
    workspace.members[ChannelId{"Call"}] = {UserId{"Ubo"}, UserId{"Ucy"}, UserId{"Udi"}, UserId{"Uel"}};
    workspace.ack("Uann", "#Call read");
    workspace.advance(2s);
    CHECK(workspace.states().empty());
    CHECK(text_of(workspace.last_to("Uann").now).find("it would ask 4 people, and 3 is the most.") !=
          std::string::npos);
}

TEST_CASE("request: an ask that the chat will not take is called off, and the asker told without jargon")
{
    Workspace workspace;
    workspace.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->channel.empty()) return std::nullopt;
        return Fault{FaultKind::not_a_member, "not_in_channel"};
    };
    workspace.ack("Uann", "@Ubo read the plan");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo withdrawn");
    CHECK(text_of(workspace.last_to("Uann").now) == "Nobody was asked: the chat would not take the message "
                                                    "here. Invite ackd to the channel and ask again.\n"
                                                    "> read the plan\n");
    workspace.advance(24h * 10);
    CHECK(workspace.posts.size() == 1);
    CHECK(workspace.count("SELECT count(*) FROM outbox") == 0);
}

TEST_CASE("request: withdrawing ends it for all, by the creditor alone")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo @Ucy read");
    workspace.advance_to(utc("2026-03-02 11:31"));
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.press("Ucy", workspace.card(), "more", "Withdraw");
    CHECK(workspace.answer() == "Only Ann can withdraw this.\n");
    CHECK(workspace.states() == "Ubo received, Ucy open");
    workspace.press("Uann", workspace.card(), "more", "Withdraw");
    CHECK(workspace.answer() == "Withdrawn: #1. Those who were waiting see it.\n");
    CHECK(workspace.states() == "Ubo withdrawn, Ucy withdrawn");
    workspace.advance(2s);
    CHECK(text_of(workspace.last_to("Ucy").now).find("Ann no longer needs this. Nothing for you to do.") ==
          0);
    workspace.ackd("Uann", "withdraw 1");
    CHECK(workspace.answer() == "This is over already.\n");
}

TEST_CASE("request: called off before the card was posted, no card is posted")
{
    Workspace workspace;
    bool is_down = true;
    workspace.instead = [&](const Delivery&) -> std::optional<EffectOutcome> {
        if (!is_down) return std::nullopt;
        return Fault{FaultKind::temporary, "503"};
    };
    workspace.ack("Uann", "@Ubo read");
    workspace.ackd("Uann", "withdraw 1");
    is_down = false;
    workspace.advance(24h);
    CHECK(workspace.posts.empty());
    CHECK(workspace.count("SELECT count(*) FROM outbox") == 0);
}

TEST_CASE(
    "request: for information only, it is in the digest of who has not seen it, and its day is over by itself")
{
    Workspace workspace{with_route({"Udi"})};
    workspace.ack("Uann", "@Ubo @Ucy !fyi note this");
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.advance(24h * 10);
    CHECK(workspace.states() == "Ubo received, Ucy expired");
    CHECK(workspace.posts.size() == 2);
    CHECK(workspace.to("Ubo").empty());
    CHECK(workspace.last_to("Ucy").first.kind == NoticeKind::digest);
    CHECK(workspace.count("SELECT count(*) FROM deadlines") == 0);
    CHECK(workspace.request().is_over());
}
