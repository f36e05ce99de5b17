#include "sandbox/model/slack_objects.hpp"
#include "sandbox/model/workspace_file.hpp"

#include <doctest/doctest.h>

using namespace sandbox;

namespace {

const Instant noon{std::chrono::seconds{1'700'000'000}};
const ChannelId general{"C0GENERAL"};
const UserId ada{"U0ADA"};
const UserId ben{"U0BEN"};

Workspace builtin()
{
    return *load_workspace(*parse_json(builtin_workspace_json()), noon);
}

PostDraft said(const UserId& user, const std::string& text, std::optional<Ts> thread = std::nullopt)
{
    PostDraft draft;
    draft.channel = general;
    draft.user = user;
    draft.text = text;
    draft.thread = thread;
    return draft;
}

std::vector<std::string> kinds(const std::vector<InnerEvent>& events)
{
    std::vector<std::string> names;
    for (const InnerEvent& event : events) {
        const std::string subtype = text_member(event.body, "subtype");
        names.push_back(text_member(event.body, "type") + (subtype.empty() ? "" : "/" + subtype));
    }
    return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("sandbox workspace: stamps are unique and increasing, also within one instant and when the clock "
          "steps back")
{
    Workspace workspace = builtin();
    const Ts first = *workspace.post(said(ada, "one"), noon);
    const Ts second = *workspace.post(said(ada, "two"), noon);
    const Ts third = *workspace.post(said(ada, "three"), noon - std::chrono::hours{1});
    CHECK(first < second);
    CHECK(second < third);
    CHECK(second.micros == first.micros + 1);
    CHECK(third.micros == first.micros + 2);
    CHECK(Ts{1'700'000'000'000'042}.text() == "1700000000.000042");
}

TEST_CASE("sandbox workspace: stamps are parsed strictly, bounds of time leniently")
{
    struct Row {
        const char* text;
        bool is_stamp;
        bool is_bound;
    };
    const Row rows[] = {
        {"1700000000.000100", true, true},
        {"1700000000.0001", false, true},
        {"1700000000", false, true},
        {"0", false, true},
        {"", false, false},
        {"abc", false, false},
        {"1.1234567", false, false},
        {"-1.000000", false, false},
        {"1700000000.00010x", false, false},
        {"1e9", false, false},
        {"9999999999999.000000", false, false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(Ts::parse(row.text).has_value() == row.is_stamp);
        CHECK(Ts::parse_bound(row.text).has_value() == row.is_bound);
    }
    CHECK(Ts::parse_bound("1700000000.5")->micros == 1'700'000'000'500'000);
}

TEST_CASE("sandbox workspace: only the conversations that the bot is in cause events")
{
    Workspace workspace = builtin();
    PostDraft hidden = said(ada, "psst");
    hidden.channel = ChannelId{"C0RANDOM"};
    const Ts ts = *workspace.post(hidden, noon);
    REQUIRE(workspace.edit(hidden.channel, ts, {}, noon));
    REQUIRE(workspace.react(hidden.channel, ts, ben, "eyes", noon));
    REQUIRE(workspace.erase(hidden.channel, ts, noon));
    CHECK(workspace.take_events().empty());
    REQUIRE(workspace.post(said(ada, "hello"), noon));
    CHECK(kinds(workspace.take_events()) == Names{"message"});
}

TEST_CASE(
    "sandbox workspace: a mention of the bot comes twice, as app_mention and as message, with the same stamp")
{
    Workspace workspace = builtin();
    REQUIRE(workspace.post(said(ada, "<@U0ACKD> hello"), noon));
    const auto events = workspace.take_events();
    CHECK(kinds(events) == Names{"app_mention", "message"});
    CHECK(events[0].body["ts"] == events[1].body["ts"]);
    CHECK_FALSE(events[0].body.contains("channel_type"));
    CHECK(events[1].body["channel_type"] == "channel");
}

TEST_CASE("sandbox workspace: threads need an existing parent that is no reply itself")
{
    Workspace workspace = builtin();
    const Ts parent = *workspace.post(said(ada, "parent"), noon);
    const Ts reply = *workspace.post(said(ben, "reply", parent), noon);
    CHECK(workspace.post(said(ben, "x", reply), noon).error().error == "cannot_reply_to_message");
    CHECK(workspace.post(said(ben, "x", Ts{7}), noon).error().error == "thread_not_found");
    const Json shown = message_object(*workspace.find_channel(general),
                                      *workspace.find_message(general, parent),
                                      workspace.team(),
                                      MetadataShown::no);
    CHECK(shown["reply_count"] == 1);
    CHECK(shown["thread_ts"] == parent.text());
    CHECK(shown["latest_reply"] == reply.text());
}

TEST_CASE("sandbox workspace: a broadcast reply is a thread_broadcast that carries its root")
{
    Workspace workspace = builtin();
    const Ts parent = *workspace.post(said(ada, "parent"), noon);
    PostDraft draft = said(ben, "for all", parent);
    draft.broadcast = true;
    static_cast<void>(workspace.take_events());
    REQUIRE(workspace.post(draft, noon));
    const auto events = workspace.take_events();
    REQUIRE(kinds(events) == Names{"message/thread_broadcast"});
    CHECK(events[0].body["root"]["ts"] == parent.text());
    CHECK(events[0].body["parent_user_id"] == "U0ADA");
}

TEST_CASE("sandbox workspace: an edit carries both states and the outer message has no author and text")
{
    Workspace workspace = builtin();
    const Ts ts = *workspace.post(said(ada, "before"), noon);
    static_cast<void>(workspace.take_events());
    MessageChange change;
    change.text = "after";
    change.editor = ada;
    REQUIRE(workspace.edit(general, ts, change, noon));
    const auto events = workspace.take_events();
    REQUIRE(kinds(events) == Names{"message/message_changed"});
    const Json& event = events[0].body;
    CHECK(event["message"]["text"] == "after");
    CHECK(event["message"]["ts"] == ts.text());
    CHECK(event["message"]["edited"]["user"] == "U0ADA");
    CHECK(event["previous_message"]["text"] == "before");
    CHECK(event["ts"] != ts.text());
    CHECK_FALSE(event.contains("text"));
    CHECK_FALSE(event.contains("user"));
}

TEST_CASE(
    "sandbox workspace: a deleted message is gone, a deleted parent leaves a tombstone that cannot be edited")
{
    Workspace workspace = builtin();
    const Ts parent = *workspace.post(said(ada, "secret"), noon);
    const Ts reply = *workspace.post(said(ben, "reply", parent), noon);
    static_cast<void>(workspace.take_events());
    REQUIRE(workspace.erase(general, parent, noon));
    auto events = workspace.take_events();
    REQUIRE(kinds(events) == Names{"message/message_changed"});
    CHECK(events[0].body["message"]["subtype"] == "tombstone");
    CHECK(events[0].body["message"]["user"] == "USLACKBOT");
    CHECK(workspace.find_message(general, parent)->text != "secret");
    CHECK(workspace.edit(general, parent, {}, noon).error().error == "cant_update_message");
    CHECK(workspace.erase(general, parent, noon).error().error == "message_not_found");
    REQUIRE(workspace.erase(general, reply, noon));
    events = workspace.take_events();
    REQUIRE(kinds(events) == Names{"message/message_deleted"});
    CHECK(events[0].body["deleted_ts"] == reply.text());
    CHECK(workspace.find_message(general, reply) == nullptr);
    CHECK(workspace.find_message(general, parent)->replies.empty());
}

TEST_CASE("sandbox workspace: one person reacts once with one emoji, and taking it back needs it to be there")
{
    Workspace workspace = builtin();
    const Ts ts = *workspace.post(said(ada, "x"), noon);
    static_cast<void>(workspace.take_events());
    CHECK(workspace.react(general, ts, ben, "eyes", noon));
    CHECK(workspace.react(general, ts, ben, "eyes", noon).error().error == "already_reacted");
    CHECK(workspace.unreact(general, ts, ada, "eyes", noon).error().error == "no_reaction");
    CHECK(workspace.unreact(general, ts, ben, "eyes", noon));
    CHECK(workspace.react(general, Ts{1}, ben, "eyes", noon).error().error == "message_not_found");
    const auto events = workspace.take_events();
    REQUIRE(kinds(events) == Names{"reaction_added", "reaction_removed"});
    CHECK(events[0].body["item_user"] == "U0ADA");
    CHECK(workspace.find_message(general, ts)->reactions.empty());
}

TEST_CASE(
    "sandbox workspace: the bot's joining and leaving are events, and so is what happens in between only")
{
    Workspace workspace = builtin();
    const ChannelId random{"C0RANDOM"};
    const UserId bot{"U0ACKD"};
    CHECK(*workspace.join(random, bot, ada, noon));
    CHECK_FALSE(*workspace.join(random, bot, ada, noon));
    CHECK(kinds(workspace.take_events()) == Names{"member_joined_channel", "message/channel_join"});
    CHECK(*workspace.leave(random, bot, noon));
    CHECK(kinds(workspace.take_events()) == Names{"channel_left", "member_left_channel"});
    CHECK(*workspace.leave(random, ben, noon));
    CHECK(workspace.take_events().empty());
    PostDraft after = said(ben, "x");
    after.channel = random;
    CHECK(workspace.post(after, noon).error().error == "not_in_channel");
}

TEST_CASE("sandbox workspace: a changed group tells who came and who went")
{
    Workspace workspace = builtin();
    REQUIRE(workspace.set_group({}, "oncall", "", std::vector<UserId>{ada, ben}, std::nullopt, noon));
    const auto events = workspace.take_events();
    REQUIRE(kinds(events) == Names{"subteam_updated", "subteam_members_changed"});
    CHECK(events[1].body["added_users"] == Json::array({"U0ADA"}));
    CHECK(events[1].body["removed_users"] == Json::array({"U0ELI"}));
    REQUIRE(workspace.set_group({}, "oncall", "", std::nullopt, true, noon));
    CHECK(workspace.take_events()[0].body["subteam"]["date_delete"] == 1'700'000'000);
    CHECK(workspace.mention_of("oncall").empty());
}

TEST_CASE("sandbox workspace: a deactivated person's object lacks time zone and real name")
{
    Workspace workspace = builtin();
    REQUIRE(workspace.change_user(ben, {{"deleted", true}}, noon));
    const auto events = workspace.take_events();
    REQUIRE(kinds(events) == Names{"user_change"});
    CHECK(events[0].body["user"]["deleted"] == true);
    CHECK_FALSE(events[0].body["user"].contains("tz"));
    CHECK(workspace.change_user(ben, {{"deletd", true}}, noon).error().messages[0] ==
          "deletd: no such field of a user");
}

TEST_CASE("sandbox workspace: who invited somebody, and that somebody removed the app, is told")
{
    Workspace workspace = builtin();
    const ChannelId random{"C0RANDOM"};
    const UserId bot{"U0ACKD"};
    static_cast<void>(workspace.take_events());
    REQUIRE(workspace.join(random, bot, ada, noon));
    REQUIRE(workspace.leave(random, bot, noon));
    const auto events = workspace.take_events();
    REQUIRE(kinds(events) ==
            Names{"member_joined_channel", "message/channel_join", "channel_left", "member_left_channel"});
    CHECK(events[0].body["inviter"] == "U0ADA");
    CHECK(events[1].body["inviter"] == "U0ADA");
    CHECK(events[2].body["actor_id"] == workspace.find_channel(random)->creator.value);
}

TEST_CASE("sandbox workspace: the direct conversation with the app exists once a person, and not with bots")
{
    Workspace workspace = builtin();
    const ChannelId direct = *workspace.open_direct(ada, noon);
    CHECK(*workspace.open_direct(ada, noon) == direct);
    CHECK(direct.value == "D0ADA");
    CHECK(workspace.open_direct(UserId{"U0ACKD"}, noon).error().error == "cannot_dm_bot");
    CHECK(workspace.open_direct(UserId{"U404"}, noon).error().error == "user_not_found");
}

TEST_CASE("sandbox workspace: typed names become mentions, and private channels' names are not given away")
{
    const Workspace workspace = builtin();
    CHECK(
        workspace.wire_text("@ada, @oncall: see #general & #platform-leads <@U0BEN>", Wire::mention_names) ==
        "<@U0ADA>, <!subteam^S0ONCALL|@oncall>: see <#C0GENERAL|general> &amp; <#C0LEADS|> <@U0BEN>");
    CHECK(workspace.wire_text("@ada", Wire::plain) == "@ada");
}

TEST_CASE("sandbox workspace file: every problem is reported at once")
{
    const auto loaded = load_workspace(*parse_json(R"({"users":[{"name":"A b"},{"name":"ok"},{"name":"ok"}],
        "channels":[{"name":"x","members":["nobody"]},{"name":"No Good"}],"groups":[{"users":["ok"]}]})"),
                                       noon);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().messages.size() == 5);
    CHECK(loaded.error().messages[2] == "channel x: members: there is no user \"nobody\"");
}
