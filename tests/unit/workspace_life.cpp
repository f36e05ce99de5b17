// What happens in a workspace beside the asking and answering: people leave and come back, channels are
// renamed, archived, left and given other ids, groups change, other bots take part. docs/workspace-life.md is
// the table for those who run ackd; it names the tests here.
#include "bot/people/eligibility.hpp"
#include "bot/people/workspace_identity.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Member member(const char* id, MemberKind kind, bool deactivated = false)
{
    return Member{UserId{id}, id + 1, "Etc/UTC", kind, deactivated};
}

void leaves(Workspace& workspace, const char* id)
{
    workspace.join(id, id + 1, "Etc/UTC", MemberKind::person, true);
}

/// We are in #work, where people type their commands, and in #ops.
void join_channels(Workspace& workspace)
{
    workspace.take(WorkspaceKnown{"T1", UserId{"Uackd"}, "B1"});
    ConversationsListed listed;
    listed.conversations = {Conversation{ChannelId{"Cwork"}, "work", false},
                            Conversation{ChannelId{"Cops"}, "ops", false}};
    workspace.take(listed);
}

/// What a channel that was archived, or that we are not in, says to every post and update.
void close_channel(Workspace& workspace, const char* channel, int& refused)
{
    workspace.instead = [channel = ChannelId{channel},
                         &refused](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        const auto* update = std::get_if<UpdateMessage>(&delivery.effect);
        const bool is_there = (post != nullptr && post->channel == channel) ||
                              (update != nullptr && update->message.channel == channel);
        if (!is_there) return std::nullopt;
        ++refused;
        return Fault{FaultKind::permanent, "is_archived"};
    };
}

bool says(const SeenMessage& message, const std::string& words)
{
    return text_of(message.now).find(words) != std::string::npos;
}

/// The card is posted when this returns.
void ask(Workspace& workspace, const char* person, const char* typed)
{
    workspace.ack(person, typed);
    workspace.advance(2s);
}

std::vector<std::string> told(const Workspace& workspace, const char* person)
{
    std::vector<std::string> texts;
    for (const SeenMessage& message : workspace.to(person)) texts.push_back(text_of(message.now));
    return texts;
}

}  // namespace

// --- who counts

TEST_CASE("people: who may be asked, start something and answer, and who is there, by what their account is")
{
    struct Row {
        const char* who;
        std::optional<Member> member;
        bool asked_by_name;
        bool asked_in_a_crowd;
        bool starts;
        bool answers;
        bool is_there;
    };
    const Row rows[] = {
        {"a person", member("U1", MemberKind::person), true, true, true, true, true},
        {"a guest", member("U1", MemberKind::guest), true, false, true, true, true},
        {"of another organisation", member("U1", MemberKind::external), true, false, false, true, true},
        {"a bot", member("U1", MemberKind::bot), false, false, false, false, true},
        {"deactivated", member("U1", MemberKind::person, true), false, false, true, true, false},
        {"a stranger", std::nullopt, true, false, false, true, true},
    };
    for (const Row& row : rows) {
        CAPTURE(row.who);
        CHECK(may_be_asked(row.member, Addressed::by_name) == row.asked_by_name);
        CHECK(may_be_asked(row.member, Addressed::in_a_crowd) == row.asked_in_a_crowd);
        CHECK(may_start(row.member) == row.starts);
        CHECK(may_answer(row.member) == row.answers);
        CHECK(is_present(row.member) == row.is_there);
    }
}

TEST_CASE("shared channel: its members that are not ours are asked only when somebody names them")
{
    Workspace workspace;
    workspace.members[ChannelId{"Cshared"}] = {
        UserId{"Uann"}, UserId{"Ubo"}, UserId{"Ustranger"}, UserId{"W0GRID"}, UserId{"Uguest"}};
    workspace.join("W0GRID", "Gregor");
    workspace.join("Uguest", "Guest", "Etc/UTC", MemberKind::guest);
    ask(workspace, "Uann", "#Cshared read");
    CHECK(workspace.states(1) == "Ubo open, W0GRID open");
    ask(workspace, "Uann", "@Ustranger read");
    CHECK(workspace.states(2) == "Ustranger open");
    workspace.react("Ustranger", workspace.card().ref, "eyes");
    CHECK(workspace.states(2) == "Ustranger received");
}

TEST_CASE("shared channel: whoever is not of this workspace starts nothing and offers nothing")
{
    Workspace workspace;
    workspace.join("Uexternal", "External", "Etc/UTC", MemberKind::external);
    for (const char* person : {"Uexternal", "Ustranger"}) {
        CAPTURE(person);
        workspace.ack(person, "@Ubo read");
        CHECK(workspace.answer() ==
              "I do not know you as a member of this workspace, and only members can ask. "
              "Somebody here can ask for you.\n");
        workspace.react(
            person, MessageRef{ChannelId{"Cwork"}, "5.000001"}, "incoming_envelope", true, person);
    }
    CHECK(workspace.count("SELECT count(*) FROM requests") == 0);
    workspace.ack("Uann", "@Ubo read");
    workspace.press("Uexternal", workspace.card(), "got_it");
    CHECK(workspace.answer() == "You were not among those asked, so nothing needs doing.\n");
    CHECK(workspace.count("SELECT count(*) FROM covers") == 0);
}

TEST_CASE("📨: of somebody whom the chat has not told us of yet counts when it is found again")
{
    Workspace workspace;
    const MessageRef subject{ChannelId{"Cwork"}, "5.000001"};
    workspace.messages[subject] = FetchedMessage{
        UserId{"Unew"}, false, "", Workspace::rich("@Ubo please read")};
    workspace.react("Unew", subject, "incoming_envelope", true, "Unew");
    CHECK(workspace.count("SELECT count(*) FROM requests") == 0);
    workspace.join("Unew", "Newcomer");
    workspace.react("Unew", subject, "incoming_envelope", true, "Unew");
    workspace.advance(2s);
    CHECK(workspace.states() == "Ubo open");
}

TEST_CASE("bots: what another bot says, and its reactions, start nothing and answer nothing")
{
    Workspace workspace{with_route({"Cops"})};
    workspace.join("Ubot", "Robot", "Etc/UTC", MemberKind::bot);
    workspace.ack("Uann", "@Ubo read");
    const MessageRef card = workspace.card().ref;
    const auto facts = workspace.facts();
    const auto posts = workspace.posts.size();
    for (const char* emoji : {"eyes", "white_check_mark", "incoming_envelope"}) {
        workspace.react("Ubot", card, emoji, true, "Uackd");
        workspace.react("Ubot", MessageRef{ChannelId{"Cwork"}, "7.000001"}, emoji, true, "Ubot");
    }
    MessagePosted reply;
    reply.message = MessageRef{card.channel, "8.000001"};
    reply.thread = card.stamp;
    reply.author = UserId{"Ubot"};
    workspace.take(reply);  // some bots' messages do not say so
    reply.by_bot = true;
    workspace.take(reply);
    CHECK(workspace.facts() == facts);
    CHECK(workspace.posts.size() == posts);
    CHECK(workspace.count("SELECT count(*) FROM requests") == 1);

    // Where a whole channel is called in, anybody there may take it: but no bot, and nobody who may be one.
    workspace.advance_to(utc("2026-03-02 12:31"));
    REQUIRE(workspace.in("Cops").size() == 1);
    for (const char* id : {"Ubot", "Unewbot"})
        workspace.react(id, workspace.in("Cops").front().ref, "white_check_mark");
    CHECK(workspace.states() == "Ubo escalated");
    workspace.react("Udi", workspace.in("Cops").front().ref, "eyes");
    CHECK(workspace.states() == "Ubo received");
}

TEST_CASE("route: guests and people of other organisations are called by name, not through a group")
{
    Settings settings = with_route({"Gduty", "Uguest"});
    Workspace workspace{settings};
    workspace.join("Uguest", "Guest", "Etc/UTC", MemberKind::guest);
    workspace.join("Uexternal", "External", "Etc/UTC", MemberKind::external);
    workspace.take(GroupChanged{
        UserGroup{GroupId{"Gduty"}, "duty", {UserId{"Uguest"}, UserId{"Uexternal"}, UserId{"Ucy"}}, false}});
    workspace.ack("Uann", "@Ubo read");
    const FrozenRoute route = workspace.request().route;
    CHECK(route.steps.at(0).people == std::vector<UserId>{UserId{"Ucy"}});
    CHECK(route.steps.at(1).people == std::vector<UserId>{UserId{"Uguest"}});
}

// --- people leave, and come back

TEST_CASE("member: whoever comes back can be asked again, and what was passed on stays where it is")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Uann", "@Ubo one");
    leaves(workspace, "Ubo");
    workspace.advance(5min);
    CHECK(workspace.states(1) == "Ubo escalated");
    workspace.ack("Uann", "@Ubo two");
    CHECK(workspace.answer() == "Nobody can be asked: they are bots, deactivated, or an empty group.\n");
    workspace.join("Ubo", "Bo");
    CHECK(workspace.states(1) == "Ubo escalated");
    workspace.ack("Uann", "@Ubo three");
    CHECK(workspace.states(2) == "Ubo open");
    workspace.advance_to(utc("2026-03-02 11:37"));
    CHECK(workspace.to("Ubo").size() == 1);
}

TEST_CASE("member: when the last one of a step leaves, the next step is asked at once")
{
    Workspace workspace{with_route({"Ucy", "Udi"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    REQUIRE(workspace.to("Ucy").size() == 1);
    CHECK(workspace.to("Udi").empty());
    leaves(workspace, "Ucy");
    workspace.advance(5min);
    CHECK(workspace.to("Udi").size() == 1);
    CHECK(workspace.states() == "Ubo escalated");
}

TEST_CASE("member: nobody is asked any more in the name of somebody who left, and those who were see why")
{
    Workspace workspace{with_route({"Ucy"})};
    ask(workspace, "Uann", "@Ubo one");
    ask(workspace, "Uann", "@Ubo @Ucy two");
    workspace.press("Ucy", workspace.card(), "done");
    ask(workspace, "Udi", "@Ubo three");
    workspace.advance_to(utc("2026-03-02 11:31"));
    const std::size_t messages = workspace.to("Ubo").size();
    leaves(workspace, "Uann");
    workspace.advance(5s);
    CHECK(workspace.states(1) == "Ubo withdrawn");
    CHECK(workspace.states(2) == "Ubo withdrawn, Ucy integrated");
    CHECK(workspace.states(3) == "Ubo open");
    bool is_said = false;
    for (const std::string& text : told(workspace, "Ubo"))
        is_said = is_said ||
                  text.find("No longer needed: who asked is no longer in the workspace. Nothing for "
                            "you to do.") != std::string::npos;
    CHECK(is_said);
    workspace.ackd("Ubo", "done 3");
    workspace.advance(24h * 10);
    CHECK(workspace.to("Ubo").size() == messages);
    CHECK(workspace.to("Uann").empty());
}

TEST_CASE("dead letter: an owner who left does not get it, the asker does")
{
    Settings settings = straight_settings();
    settings.dead_letter_owner = UserId{"Udi"};
    Workspace workspace{settings};
    leaves(workspace, "Udi");
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance(24h * 10);
    CHECK(workspace.states() == "Ubo dead letter");
    CHECK(workspace.to("Udi").empty());
    CHECK(workspace.to("Uann").size() == 1);
}

// --- channels

TEST_CASE("channel: renamed, it goes by its new name")
{
    Workspace workspace;
    join_channels(workspace);
    workspace.ack("Uann", "@Ubo please read");
    workspace.take(ChannelChanged{ChannelId{"Cwork"}, "platform", std::nullopt});
    workspace.take(ChannelLeft{ChannelId{"Cwork"}, UserId{}});
    workspace.advance(5s);
    CHECK(text_of(workspace.last_to("Uann").now)
              .starts_with("I am no longer in #platform, where you asked this.\n> please read"));
}

TEST_CASE("channel: when it is archived, the request goes on by direct message and its asker is told once")
{
    Workspace workspace{with_route({"Ucy"})};
    join_channels(workspace);
    ask(workspace, "Uann", "@Ubo please read");
    ask(workspace, "Udi", "@Ubo and this, to the end");
    workspace.ackd("Ubo", "done 2");
    int refused = 0;
    close_channel(workspace, "Cwork", refused);
    workspace.take(ChannelChanged{ChannelId{"Cwork"}, std::nullopt, true});
    workspace.take(ChannelChanged{ChannelId{"Cwork"}, std::nullopt, true});
    ConversationsListed listed;
    listed.conversations = {Conversation{ChannelId{"Cwork"}, "work", true}};
    workspace.take(listed);
    workspace.take(ChannelLeft{ChannelId{"Cwork"}, UserId{}});  // and deleted
    workspace.advance(5s);
    CHECK(told(workspace, "Uann") ==
          std::vector<std::string>{"#work was archived; you asked this there.\n"
                                   "> please read (open→)\n"
                                   "People are still asked by direct message, and their answers there count. "
                                   "The card in the channel stays as it is.\n"
                                   "[Withdraw]\n"});
    CHECK(told(workspace, "Udi").empty());
    workspace.advance_to(utc("2026-03-02 11:31"));
    REQUIRE(workspace.to("Ubo").size() == 1);
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    CHECK(workspace.states(1) == "Ubo integrated");
}

TEST_CASE("channel: while it is archived no card is tried, and once it is open again the cards are right")
{
    Workspace workspace;
    join_channels(workspace);
    workspace.ack("Uann", "@Ubo @Ucy please read");
    workspace.advance(5s);
    int refused = 0;
    close_channel(workspace, "Cwork", refused);
    workspace.take(ChannelChanged{ChannelId{"Cwork"}, std::nullopt, true});
    workspace.ackd("Ubo", "got 1");
    workspace.advance(5s);
    CHECK(refused == 0);
    CHECK_FALSE(says(workspace.card(), "✅ 1 of 2 received"));
    workspace.instead = nullptr;
    workspace.take(ChannelChanged{ChannelId{"Cwork"}, std::nullopt, false});
    workspace.advance(5s);
    CHECK(says(workspace.card(), "✅ 1 of 2 received"));
}

TEST_CASE("channel: when ackd is taken out, the asker is told once, and back again the cards are right")
{
    Workspace workspace;
    join_channels(workspace);
    workspace.ack("Uann", "@Ubo @Ucy please read");
    workspace.advance(5s);
    int refused = 0;
    close_channel(workspace, "Cwork", refused);
    // Others come and go.
    workspace.take(ChannelLeft{ChannelId{"Cwork"}, UserId{"Udi"}});
    CHECK(told(workspace, "Uann").empty());
    // Told in two ways: as a member who left, and as the channel that we left.
    workspace.take(ChannelLeft{ChannelId{"Cwork"}, UserId{"Uackd"}});
    workspace.take(ChannelLeft{ChannelId{"Cwork"}, UserId{}});
    workspace.advance(5s);
    REQUIRE(told(workspace, "Uann").size() == 1);
    CHECK(told(workspace, "Uann").front().starts_with("I am no longer in #work, where you asked this.\n"));
    workspace.ackd("Ubo", "got 1");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo received, Ucy open");
    workspace.instead = nullptr;
    workspace.take(ChannelJoined{ChannelId{"Cwork"}, UserId{"Uackd"}, UserId{"Uann"}});
    workspace.advance(5s);
    CHECK(says(workspace.card(), "✅ 1 of 2 received"));
}

TEST_CASE("channel: invited, ackd tells whoever invited it, alone and once, what it does")
{
    Workspace workspace;
    join_channels(workspace);
    workspace.take(ChannelJoined{ChannelId{"Cnew"}, UserId{"Udi"}, UserId{"Uann"}});
    CHECK(workspace.answers.empty());
    for (int again = 0; again < 2; ++again) {
        workspace.take(ChannelJoined{ChannelId{"Cnew"}, UserId{"Uackd"}, UserId{"Uann"}});
        workspace.take(ChannelLeft{ChannelId{"Cnew"}, UserId{"Uackd"}});
    }
    REQUIRE(workspace.answers.size() == 1);
    CHECK(workspace.answers.front().person == UserId{"Uann"});
    CHECK(workspace.posts.empty());
}

TEST_CASE("channel: a route's step that has only a channel that takes nothing is skipped, and the asker told")
{
    SUBCASE("it is known to be archived")
    {
        Workspace workspace{with_route({"Cops", "Ucy"})};
        join_channels(workspace);
        workspace.take(ChannelChanged{ChannelId{"Cops"}, std::nullopt, true});
        workspace.ack("Uann", "@Ubo please read");
        workspace.advance_to(utc("2026-03-02 12:31"));
        CHECK(workspace.in("Cops").empty());
        CHECK(workspace.to("Ucy").size() == 1);
        CHECK(
            told(workspace, "Uann") ==
            std::vector<std::string>{
                "Step 1 of the route default has nobody who can be asked now: it was skipped.\n> please read (open→)\n"});
    }
    SUBCASE("it shows when it is tried")
    {
        Workspace workspace{with_route({"Cops", "Ucy"})};
        int refused = 0;
        close_channel(workspace, "Cops", refused);
        workspace.ack("Uann", "@Ubo please read");
        workspace.advance_to(utc("2026-03-02 12:40"));
        CHECK(refused == 1);
        CHECK(workspace.to("Ucy").size() == 1);
        CHECK(
            told(workspace, "Uann") ==
            std::vector<std::string>{
                "Step 1 of the route default has nobody who can be asked now: it was skipped.\n> please read (open→)\n"});
    }
}

TEST_CASE("channel: with another id, everything that was known of it goes by the new one")
{
    Workspace workspace{with_route({"Cwork", "Udi"})};
    join_channels(workspace);
    workspace.ack("Uann", "@Ubo @Ucy please read");
    workspace.advance(5s);
    const MessageRef before = workspace.card().ref;
    workspace.take(ChannelIdChanged{ChannelId{"Cwork"}, ChannelId{"Cshared"}});
    for (SeenMessage& post : workspace.posts) {
        if (post.ref.channel == ChannelId{"Cwork"}) post.ref.channel = ChannelId{"Cshared"};
    }
    const MessageRef card{ChannelId{"Cshared"}, before.stamp};
    workspace.react("Ubo", card, "eyes");
    CHECK(workspace.states() == "Ubo received, Ucy open");
    workspace.advance(5s);
    CHECK(says(workspace.card(), "✅ 1 of 2 received"));
    CHECK(workspace.request().subject == card);
    // The frozen route has the channel in it, too.
    workspace.advance_to(utc("2026-03-02 12:31"));
    CHECK(workspace.in("Cshared").size() == 2);
    // It is one channel: nobody is told that the old one was left.
    ConversationsListed listed;
    listed.conversations = {Conversation{ChannelId{"Cshared"}, "work", false},
                            Conversation{ChannelId{"Cops"}, "ops", false}};
    workspace.take(listed);
    workspace.advance(5s);
    CHECK(told(workspace, "Uann").empty());
}

TEST_CASE("channel: what is to be read of it is read under its new id, once, and the catch-up ends")
{
    Workspace workspace;
    join_channels(workspace);
    std::vector<std::string> read;
    bool is_down = true;
    workspace.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* history = std::get_if<ReadHistory>(&delivery.effect);
        if (history == nullptr) return std::nullopt;
        if (is_down) return Fault{FaultKind::temporary, "503"};
        read.push_back(history->channel.value);
        return HistoryPage{};
    };
    workspace.take(CatchUpWanted{GapReason::reconnected});
    workspace.take(ChannelIdChanged{ChannelId{"Cwork"}, ChannelId{"Cshared"}});
    workspace.take(CatchUpWanted{GapReason::reconnected});
    is_down = false;
    workspace.advance(2min);
    std::sort(read.begin(), read.end());
    CHECK(read == std::vector<std::string>{"Cops", "Cshared"});
    CHECK(workspace.count("SELECT count(*) FROM journal WHERE fact = 'caught_up'") == 1);
}

// --- groups, and the workspace itself

TEST_CASE("group: who is asked is who was in it at sending; a change counts for the next request")
{
    Workspace workspace;
    const auto group = [](std::vector<UserId> people, bool disabled = false) {
        return GroupChanged{UserGroup{GroupId{"Gteam"}, "team", std::move(people), disabled}};
    };
    workspace.take(group({UserId{"Ubo"}, UserId{"Ucy"}}));
    workspace.ack("Uann", "@&Gteam one");
    workspace.take(group({UserId{"Ucy"}, UserId{"Udi"}}));
    workspace.ack("Uann", "@&Gteam two");
    workspace.take(group({}, true));
    workspace.ack("Uann", "@&Gteam three");
    CHECK(workspace.states(1) == "Ubo open, Ucy open");
    CHECK(workspace.states(2) == "Ucy open, Udi open");
    CHECK(workspace.answer() == "Nobody can be asked: they are bots, deactivated, or an empty group.\n");
}

TEST_CASE("workspace: a database knows whose it is from the first time that it was told")
{
    Workspace workspace;
    CHECK(read_workspace_identity(*workspace.connection).workspace.empty());
    workspace.take(WorkspaceKnown{"T1", UserId{"Uackd"}, "B1"});
    CHECK(read_workspace_identity(*workspace.connection).workspace == "T1");
    CHECK(read_workspace_identity(*workspace.connection).bot_user == UserId{"Uackd"});
}
