// 📨 on a message that is already there; its editing and deletion; ✅, 👀 and replies.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const MessageRef subject{ChannelId{"Cwork"}, "500.000001"};

/// Ann's message, asked for with 📨.
void ask_with_reaction(Workspace& workspace, const std::string& text, const char* author = "Uann")
{
    FetchedMessage message;
    message.author = UserId{author};
    message.text = Workspace::rich(text);
    workspace.messages[subject] = message;
    workspace.members[subject.channel] = {UserId{"Uann"}, UserId{"Ubo"}, UserId{"Ucy"}};
    workspace.react("Uann", subject, "incoming_envelope");
    workspace.advance(2s);
}

void reply(Workspace& workspace, const char* person, bool by_bot = false)
{
    MessagePosted posted;
    posted.message = MessageRef{subject.channel, "600.1"};
    posted.thread = subject.stamp;
    posted.author = UserId{person};
    posted.by_bot = by_bot;
    posted.text = {Words{"on it"}};
    workspace.take(posted);
}

}  // namespace

TEST_CASE("📨: the author's reaction asks those the message mentions, in its thread")
{
    Workspace workspace;
    ask_with_reaction(workspace, "@Ubo please look at the plan");
    CHECK(workspace.states() == "Ubo open");
    CHECK(workspace.card().thread == subject.stamp);
    CHECK(text_of(workspace.card().now) ==
          "📨 *Ann needs an answer from Bo* · today\n"
          "> @Bo please look at the plan (open→)\n"
          "✅ 0 of 1 received   ⏳ 0 of 1 integrated\n"
          "~ Waiting: Bo\n"
          "[Got it] [Got it, by … ▾: today | tomorrow | this week | next week] [Done] "
          "[Can't ▾: No time for it | Blocked by something else | I object | Away] "
          "[⋯: Who has answered | Time line | Withdraw]\n");
    // A second 📨 changes nothing.
    workspace.react("Uann", subject, "incoming_envelope");
    workspace.advance(2s);
    CHECK(workspace.count("SELECT count(*) FROM requests") == 1);
}

TEST_CASE("📨: the excerpt keeps code, quotations and what links are called")
{
    Workspace workspace;
    FetchedMessage message;
    message.author = UserId{"Uann"};
    message.text = {Mention{UserId{"Ubo"}},
                    Words{" run "},
                    Code{"make all"},
                    Words{" as "},
                    Link{"https://x.test/plan", "the plan"},
                    Words{" and "},
                    Link{"https://y.test"},
                    Words{" say:\n> why?\n"},
                    Code{"a\nb"}};
    workspace.messages[subject] = message;
    workspace.react("Uann", subject, "incoming_envelope");
    workspace.advance(2s);
    const std::string card = text_of(workspace.card().now);
    CAPTURE(card);
    CHECK(card.find("> @Bo run `make all` as the plan and https://y.test say:\n> why?\n```a\nb```") !=
          std::string::npos);
}

TEST_CASE("📨: who is asked")
{
    struct Row {
        std::string text;
        const char* states;
    };
    const Row rows[] = {
        {"please all read", "Ubo open, Ucy open"},
        {"@Udi please read, from @Uann", "Udi open"},
        {"@Uann reminds herself", "Ubo open, Ucy open"},
        {"@&Gteam please read", "Udi open"},
        {"@Udi and @&Gteam and @Ucy", "Udi open, Ucy open"},
        {"@Ubot please", ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        Workspace workspace;
        workspace.join("Ubot", "Bot", "Etc/UTC", MemberKind::bot);
        workspace.take(GroupChanged{UserGroup{GroupId{"Gteam"}, "team", {UserId{"Udi"}}, false}});
        ask_with_reaction(workspace, row.text);
        CHECK(workspace.states() == row.states);
    }
}

TEST_CASE("📨: by anybody but the author nothing happens, and nobody is told")
{
    Workspace workspace;
    ask_with_reaction(workspace, "@Ubo please read", "Ucy");
    CHECK(workspace.states().empty());
    CHECK(workspace.posts.empty());
    CHECK(workspace.answers.empty());
    // Where the chat says who wrote it, it is not even looked up.
    Workspace other;
    other.react("Uann", subject, "incoming_envelope", true, "Ucy");
    CHECK(other.count("SELECT count(*) FROM requests") == 0);
}

TEST_CASE("📨: taken back by the author, the request is withdrawn; by another, nothing changes")
{
    Workspace workspace;
    ask_with_reaction(workspace, "@Ubo please read");
    workspace.react("Ubo", subject, "incoming_envelope", false);
    CHECK(workspace.states() == "Ubo open");
    workspace.react("Uann", subject, "incoming_envelope", false);
    CHECK(workspace.states() == "Ubo withdrawn");
    // And asked again, it is a new request.
    workspace.react("Uann", subject, "incoming_envelope");
    workspace.advance(2s);
    CHECK(workspace.states(2) == "Ubo open");
}

TEST_CASE("📨: a message that cannot be read is said to the one who reacted")
{
    Workspace workspace;
    workspace.react("Uann", subject, "incoming_envelope");
    workspace.advance(2s);
    CHECK(workspace.request().state == RequestState::closed);
    CHECK(workspace.to("Uann").size() == 1);
}

TEST_CASE("✅ is done and 👀 is received, on the subject, its card or a nudge; no other emoji counts")
{
    struct Row {
        std::string emoji;
        const char* states;
    };
    const Row rows[] = {
        {"white_check_mark", "Ubo integrated"},
        {"eyes", "Ubo received"},
        {"thumbsup", "Ubo open"},
        {"heavy_check_mark", "Ubo open"},
        {"+1", "Ubo open"},
        {"", "Ubo open"},
    };
    for (const Row& row : rows) {
        for (const char* where : {"subject", "card", "nudge"}) {
            CAPTURE(row.emoji);
            CAPTURE(std::string{where});
            Workspace workspace;
            ask_with_reaction(workspace, "@Ubo please read");
            workspace.advance_to(utc("2026-03-02 11:35"));
            MessageRef message = subject;
            if (std::string_view{where} == "card") message = workspace.card().ref;
            if (std::string_view{where} == "nudge") message = workspace.last_to("Ubo").ref;
            workspace.react("Ubo", message, row.emoji.c_str());
            CHECK(workspace.states() == row.states);
        }
    }
}

TEST_CASE("👀 taken back takes the ack back, and only then; ✅ stays")
{
    Workspace workspace;
    ask_with_reaction(workspace, "@Ubo @Ucy please read");
    workspace.react("Ubo", subject, "eyes");
    workspace.react("Ubo", subject, "eyes", false);
    CHECK(workspace.states() == "Ubo open, Ucy open");
    workspace.react("Ubo", subject, "eyes");
    workspace.react("Ubo", subject, "white_check_mark");
    workspace.react("Ubo", subject, "eyes", false);
    workspace.react("Ubo", subject, "white_check_mark", false);
    CHECK(workspace.states() == "Ubo integrated, Ucy open");
    // Acked with a button, it is not the reaction's to take back.
    workspace.press("Ucy", workspace.card(), "got_it");
    workspace.react("Ucy", subject, "eyes");
    workspace.react("Ucy", subject, "eyes", false);
    CHECK(workspace.states() == "Ubo integrated, Ucy received");
}

TEST_CASE("✅ by the asker on their own message is no answer and no offer")
{
    Workspace workspace;
    ask_with_reaction(workspace, "@Ubo please read");
    workspace.react("Uann", subject, "white_check_mark");
    workspace.advance(2s);
    CHECK(workspace.states() == "Ubo open");
    CHECK(text_of(workspace.card().now).find("cover") == std::string::npos);
}

TEST_CASE("reply: a reply in the thread by somebody who owes an answer is an ack; by others it is talk")
{
    Workspace workspace;
    ask_with_reaction(workspace, "@Ubo @Ucy please read");
    reply(workspace, "Uann");
    reply(workspace, "Udi");
    reply(workspace, "Ubo", true);
    CHECK(workspace.states() == "Ubo open, Ucy open");
    reply(workspace, "Ubo");
    CHECK(workspace.states() == "Ubo received, Ucy open");
    CHECK(workspace.table().of_request(RequestId{1}).front().way == AckWay::reply);
    const std::string facts = workspace.facts();
    reply(workspace, "Ubo");
    CHECK(workspace.facts() == facts);
}

TEST_CASE(
    "edit: an edited message shows its acks as given for the earlier text; ask again asks everybody anew")
{
    Workspace workspace;
    ask_with_reaction(workspace, "@Ubo @Ucy please read");
    workspace.take(MessageEdited{subject, UserId{"Uann"}, Workspace::rich("@Ubo @Ucy please read v2")});
    CHECK(workspace.answers.empty());  // nobody had acked: nothing to ask
    workspace.react("Ubo", subject, "eyes");
    workspace.react("Ucy", subject, "white_check_mark");
    workspace.take(MessageEdited{subject, UserId{"Uann"}, Workspace::rich("@Ubo @Ucy please read v3")});
    workspace.advance(2s);
    CHECK(workspace.answers.back().person == UserId{"Uann"});
    CHECK(workspace.answer() == "You edited this after 2 acks; they stand for the earlier text.\n"
                                "~ If it changed in substance, ask again. If not, nothing needs doing.\n"
                                "[Ask again]\n");
    CHECK(text_of(workspace.card().now)
              .find("~ The message was edited: earlier acks stand for the earlier text.") !=
          std::string::npos);
    CHECK(text_of(workspace.card().now).find("> @Bo @Cy please read v3") != std::string::npos);

    ActionTaken again{"ask_again", "r1", UserId{"Uann"}, {}, "", true, ""};
    workspace.take(again);
    CHECK(workspace.states() == "Ubo open, Ucy integrated, Ucy open");
    CHECK(workspace.answer() == "Everybody is asked again, for the new text.\n");
    workspace.advance(2s);
    CHECK(text_of(workspace.card().now).find("✅ 0 of 2 received") != std::string::npos);
    // Bo's answer does not stand Cy down: theirs was for the old text.
    workspace.react("Ubo", subject, "white_check_mark");
    CHECK(workspace.states() == "Ubo integrated, Ucy integrated, Ucy open");
    // Theirs is there already; it counts for the new text when it is given again.
    workspace.react("Ucy", subject, "white_check_mark", false);
    workspace.react("Ucy", subject, "white_check_mark");
    CHECK(workspace.request().state == RequestState::complete);
}

TEST_CASE("edit: a request that is complete can be asked again for the new text")
{
    Workspace workspace;
    ask_with_reaction(workspace, "@Ubo please read");
    workspace.react("Ubo", subject, "white_check_mark");
    CHECK(workspace.request().state == RequestState::complete);
    workspace.take(ActionTaken{"ask_again", "r1", UserId{"Ubo"}, {}, "", true, ""});
    CHECK(workspace.answer() == "Only who asked can ask again.\n");
    workspace.take(ActionTaken{"ask_again", "r1", UserId{"Uann"}, {}, "", true, ""});
    CHECK(workspace.states() == "Ubo integrated, Ubo open");
    CHECK(workspace.request().state == RequestState::open);
}

TEST_CASE("delete: a deleted message withdraws what was asked, and those who were nudged see why")
{
    Workspace workspace;
    ask_with_reaction(workspace, "@Ubo @Ucy please read");
    workspace.react("Ucy", subject, "eyes");
    workspace.advance_to(utc("2026-03-02 11:35"));
    workspace.take(MessageDeleted{subject});
    CHECK(workspace.states() == "Ubo withdrawn, Ucy withdrawn");
    workspace.advance(2s);
    CHECK(text_of(workspace.last_to("Ubo").now)
              .starts_with("No longer needed: the message was deleted. Nothing for you to do.\n"));
    workspace.advance(24h * 10);
    CHECK(workspace.to("Ubo").size() == 1);
    CHECK(workspace.request().state == RequestState::closed);
}
