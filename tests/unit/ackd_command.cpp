// `/ackd …`: what is waiting, every answer in words, and what is said when the words are wrong.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("/ackd: alone, what is waiting for me and what I am waiting for")
{
    Workspace workspace{with_route({"Udi"})};
    workspace.ackd("Ubo", "");
    CHECK(workspace.answer() == "*Waiting for you*\n"
                                "~ Nothing. Requests to you will appear here.\n"
                                "----\n"
                                "*You are waiting for*\n"
                                "~ Nothing. To ask: `/ack @name your message`\n"
                                "~ More: `/ackd help`\n");
    workspace.ack("Uann", "@Ubo please read the plan");
    workspace.ack("Ubo", "@Ucy @Udi !week !received look at the figures");
    workspace.ack("Ubo", "#Cops gathering");
    workspace.ackd("Ubo", "got 1");
    workspace.ackd("Ucy", "got 2");
    workspace.ackd("Ubo", "");
    CHECK(workspace.answer() ==
          "*Waiting for you*\n"
          "----\n"
          "#1 · Ann · today · ✅ you have it\n"
          "> please read the plan (open→)\n"
          "[Done] [Can't ▾: No time for it | Blocked by something else | I object | Away]\n"
          "----\n"
          "*You are waiting for*\n"
          "#2 · 1 of 2 received · look at the figures\n"
          "~ More: `/ackd help`\n");
    workspace.ackd("Udi", "");
    CHECK(workspace.answer().starts_with(
        "*Waiting for you*\n"
        "----\n"
        "#2 · Bo · this week\n"
        "> look at the figures\n"
        "[Got it] [Can't ▾: No time for it | Blocked by something else | I object | Away]\n"));
}

TEST_CASE("/ackd: those called in see it too, and more than eight are not listed")
{
    Workspace workspace{with_route({"Udi"})};
    for (int index = 0; index < 10; ++index) workspace.ack("Uann", "@Ubo thing");
    workspace.ackd("Ubo", "");
    CHECK(workspace.answer().find("~ … and more, when these are answered.\n") != std::string::npos);
    CHECK(workspace.answer().find("#9 ·") == std::string::npos);
    workspace.ackd("Udi", "");
    CHECK(workspace.answer().find("#1") == std::string::npos);
    workspace.advance_to(utc("2026-03-02 12:35"));
    workspace.ackd("Udi", "");
    CHECK(workspace.answer().find("#1 · Ann · today") != std::string::npos);
}

TEST_CASE("/ackd: each way of answering, in words")
{
    struct Row {
        std::string typed;
        const char* states;
        const char* answer;
    };
    const Row rows[] = {
        {"got 1", "Ubo received", "✅ You have it · 1 of 1 received.\n[Done] [Undo]\n"},
        {"got #1", "Ubo received", "✅ You have it · 1 of 1 received.\n[Done] [Undo]\n"},
        {"Got 1", "Ubo received", "✅ You have it · 1 of 1 received.\n[Done] [Undo]\n"},
        {"done 1", "Ubo integrated", "✅ Done · 1 of 1 integrated.\n"},
        {"cant 1", "Ubo declined", "Noted: you can't. Ann is told.\n"},
        {"cant 1 away", "Ubo declined", "Noted: you can't. Ann is told.\n"},
        {"notme 1", "Ubo declined", "Noted: you can't. Ann is told.\n"},
        {"promise 1 friday 15:00",
         "Ubo received",
         "✅ You have it, until Fri 15:00 (your time) · 1 of 1 received.\n[Done] [Undo]\n"},
        {"promise 1 by friday",
         "Ubo received",
         "✅ You have it, until Fri 17:00 (your time) · 1 of 1 received.\n[Done] [Undo]\n"},
        {"snooze 1 tomorrow 10:00", "Ubo open", "⏳ Open; next reminder Tue 10:00 (your time).\n"},
        {"snooze 1 in 3 days", "Ubo open", "⏳ Open; next reminder Thu 10:00 (your time).\n"},
        {"undo 1", "Ubo open", "⏳ Open; next reminder Mon 11:30 (your time).\n"},
        {"withdraw 1", "Ubo open", "Only Ann can withdraw this.\n"},
        {"who 1", "Ubo open", "> please read (open→)\n⏳ open: Bo\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        Workspace workspace;
        workspace.ack("Uann", "@Ubo please read");
        workspace.ackd("Ubo", row.typed);
        CHECK(workspace.states() == row.states);
        CHECK(workspace.answer() == row.answer);
    }
}

TEST_CASE("/ackd: what is wrong is said once, with the right form in the person's own words")
{
    struct Row {
        std::string typed;
        const char* answer;
    };
    const Row rows[] = {
        {"doen 1", "I did not understand \"/ackd doen 1\".\nTry: `/ackd done 1`\n"},
        {"promsie 1 friday 15:00",
         "I did not understand \"/ackd promsie 1 friday 15:00\".\nTry: `/ackd promise 1 friday 15:00`\n"},
        {"frobnicate", "I did not understand \"/ackd frobnicate\".\nTry: `/ackd help`\n"},
        {"got", "I did not understand \"/ackd got\".\nTry: `/ackd got 12`\n"},
        {"got it", "I did not understand \"/ackd got it\".\nTry: `/ackd got 12`\n"},
        {"got -1", "I did not understand \"/ackd got -1\".\nTry: `/ackd got 12`\n"},
        {"got 99999999999999999999",
         "I did not understand \"/ackd got 99999999999999999999\".\nTry: `/ackd got 12`\n"},
        {"cant 1 bored", "I did not understand \"/ackd cant 1 bored\".\nTry: `/ackd cant 1 no_time`\n"},
        {"promise 1", "I did not understand \"/ackd promise 1\".\nTry: `/ackd promise 1 tomorrow 10:00`\n"},
        {"promise 1 fridya 15:00",
         "I did not understand \"/ackd promise 1 fridya 15:00\".\nTry: `/ackd promise 1 Friday 15:00`\n"},
        {"snooze 1 2020-01-01",
         "I did not understand \"/ackd snooze 1 2020-01-01\".\nTry: `/ackd snooze 1 tomorrow "
         "10:00`\n"},
        {"snooze 1 in 20 days", "That is too far ahead: at most 14 days.\n"},
        {"promise 1 in 70 days", "That is too far ahead: at most 60 days.\n"},
        {"got 7", "There is no request #7.\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        Workspace workspace;
        workspace.ack("Uann", "@Ubo please read");
        workspace.ackd("Ubo", row.typed);
        CHECK(workspace.states() == "Ubo open");
        CHECK(workspace.answer() == row.answer);
    }
}

TEST_CASE("/ackd: nobody reads what is not theirs")
{
    for (const char* typed : {"who 1", "trace 1", "got 1", "withdraw 1", "cant 1"}) {
        CAPTURE(std::string{typed});
        Workspace workspace;
        workspace.ack("Uann", "@Ubo a secret");
        workspace.ackd("Udi", typed);
        CHECK(workspace.answer() == "There is no request #1 of yours.\n");
        CHECK(workspace.states() == "Ubo open");
        CHECK(workspace.answer().find("secret") == std::string::npos);
    }
}

TEST_CASE("/ackd help: lists every command once")
{
    Workspace workspace;
    workspace.ackd("Ubo", "help");
    CHECK(
        workspace.answer() ==
        "`/ack @name @group #channel by thursday 17:00 your message`  ask for an answer\n"
        "`/ack`  the same as a form; on a message: the shortcut Request acknowledgement\n"
        "`/ack @name !now  !today  !week  !fyi`  how urgent; today is the default\n"
        "`/ack @group !any  !2  !received`  one answer, two answers, or only \"Got it\" is enough\n"
        "`/ack @group !readback  !readback=2`  one, or two, of those who received it say it back in a line\n"
        "`/ack @name !digest  !hold`  with their next digest; when they are at work\n"
        "`/ack @name !silence=go`  goes ahead unless somebody objects; also stop, ask, @name\n"
        "`/ackd`  what is waiting for you, and what you are waiting for\n"
        "`/ackd got 12 · done 12 · cant 12 blocked · undo 12`  answer request #12\n"
        "`/ackd promise 12 friday 15:00 · snooze 12 tomorrow 10:00`  later, with a date\n"
        "`/out fri..mon delegate @name · /out back`  you are away: your clock stands still, nothing is sent\n"
        "`/escalate incident what is wrong`  raise something: who is on its route hears of it\n"
        "`/oncall · /oncall help`  who is on call; take a shift, or offer one of yours\n"
        "`/threads`  the questions of this channel that nobody has answered\n"
        "`/alerts · /alerts mute NAME for 2h`  what programs say is wrong; not to hear of one for some hours\n"
        "`/capacity at until friday · at TEAM · ok`  you, or a team, have no room left: it is answered\n"
        "`/wip · /wip start what it is · done 12`  what your team has in progress, up to its limit\n"
        "`/resync · /resync skip`  where teams stand, when they are asked next; one is left out\n"
        "`/surprise what it was`  what nobody had expected: the next resync shows it\n"
        "`/retro · /retro note what it is · find words`  your team's retro; a note for the next one\n"
        "`/drift what comes first? · last · stop`  how alike a few people of your team see something\n"
        "`/ackd who 12 · trace 12 · withdraw 12`  how it stands, how it got there, call it off\n"
        "`/ackd find vpn linux`  answers that were kept; to keep one: 📌 on it, or its shortcut\n"
        "`/ackd hours Mon-Thu 9:00-15:00 · hours as usual`  when you can be asked\n"
        "`/ackd setup · help roles`  what your team decides, and who may change it\n"
        "`/ackd destinations`  who is told outside the chat, how that goes, and a test of it\n"
        "`/ackd tax`  what ackd cost you in the last seven days, and how to have less of it\n"
        "`/ackd me · export · forget`  what ackd has of you: see it, take it along, have it erased\n"
        "~ On a message of your own: the reaction 📨 asks those it mentions, or the channel. 👀 says that "
        "you have "
        "it, ✅ that it is done.\n");
}

TEST_CASE("/ackd trace: the time line from the journal, in the reader's own time, without blame")
{
    Workspace workspace{with_route({"", "Ucy"})};
    workspace.join("Uann", "Ann", "Europe/Berlin");
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "cant", "Blocked by something else");
    workspace.press("Ucy", workspace.last_to("Ucy"), "got_it");
    workspace.ackd("Ucy", "done 1");
    workspace.ackd("Uann", "trace 1");
    CHECK(workspace.answer() == "*Time line of #1*\n"
                                "> please read (open→)\n"
                                "Mon 11:00  Ann asked\n"
                                "Mon 11:00  Bo was asked\n"
                                "Mon 12:30  nudge 1 to Bo\n"
                                "Mon 13:00  nudge 2 to Bo\n"
                                "Mon 13:30  step 1 was skipped: nobody there could be asked\n"
                                "Mon 13:30  no ack from Bo yet: step 2 of the route\n"
                                "Mon 13:30  step 2 was asked for Bo (attempt 1)\n"
                                "Mon  Bo can't: blocked by something else\n"
                                "Mon  Cy goes on being asked in place of Bo\n"
                                "Mon  Cy received it (button)\n"
                                "Mon  Cy integrated it (command)\n"
                                "Mon  complete\n");
}

TEST_CASE("/ackd trace: withdrawn, snoozed, handed over and asked again read as sentences")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo @Ucy please read");
    workspace.ackd("Ubo", "snooze 1 tomorrow");
    workspace.ackd("Ucy", "got 1");
    workspace.ackd("Ucy", "undo 1");
    workspace.ackd("Ucy", "promise 1 friday");
    workspace.press("Udi", workspace.card(), "got_it");
    workspace.take(ActionTaken{"let_cover", "o1 Udi", UserId{"Ubo"}, {}, "", false, ""});
    workspace.ackd("Uann", "withdraw 1");
    workspace.ackd("Uann", "trace 1");
    CHECK(workspace.answer() == "*Time line of #1*\n"
                                "> please read (open→)\n"
                                "Mon 10:00  Ann asked\n"
                                "Mon 10:00  Bo was asked\n"
                                "Mon 10:00  Cy was asked\n"
                                "Mon  Bo snoozed it until Tue 17:00\n"
                                "Mon  Cy received it (command)\n"
                                "Mon  Cy took it back\n"
                                "Mon  Cy received it, with a date: Fri 17:00 (command)\n"
                                "Mon  Di offered to cover\n"
                                "Mon  Di was asked in place of Bo\n"
                                "Mon  Bo handed it over\n"
                                "Mon  Di received it (hand-over)\n"
                                "Mon 10:00  no longer needed from Cy\n"
                                "Mon 10:00  no longer needed from Di\n"
                                "Mon  closed\n");
}

TEST_CASE("/ack: a wrong route or number is answered with the person's own words")
{
    struct Row {
        std::string typed;
        const char* answer;
    };
    const Row rows[] = {
        {"@Ubo !route=defualt please read",
         "There is no route \"defualt\".\nTry: `/ack @Bo !route=default please read`\n"},
        {"@Ubo !route=xyz please read",
         "There is no route \"xyz\".\nTry: `/ack @Bo !route=default please read`\n"},
        {"@Ubo @Ucy !3 please read",
         "You ask for 3 answers from 2 people.\nTry: `/ack @Bo @Cy !2 please read`\n"},
        {"@Ubo !2 please read", "You ask for 2 answers from 1 person.\nTry: `/ack @Bo !1 please read`\n"},
        {"@Ubo !urgent please read",
         "I did not understand \"!urgent\".\nTry: `/ack @Bo !today please read`\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        Workspace workspace{with_route({"Ucy"})};
        workspace.ack("Uann", row.typed);
        CHECK(workspace.answer() == row.answer);
        CHECK(workspace.count("SELECT count(*) FROM requests") == 0);
    }
}

TEST_CASE("action: whatever comes back in a button's value is answered, never believed")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    for (const char* name : {"got_it",
                             "got_it_by",
                             "done",
                             "cant",
                             "not_me",
                             "snooze",
                             "undo",
                             "let_cover",
                             "ask_again",
                             "more",
                             "withdraw",
                             "unknown",
                             ""})
    {
        for (const char* value : {"",
                                  "r",
                                  "o",
                                  "r0",
                                  "r-1",
                                  "o999",
                                  "r999 today",
                                  "x1",
                                  "r1x",
                                  "o1 never",
                                  "r1 ",
                                  " ",
                                  "o99999999999999999999",
                                  "\xff"})
        {
            CAPTURE(std::string{name});
            CAPTURE(std::string{value});
            const std::size_t answers = workspace.answers.size();
            workspace.take(ActionTaken{name, value, UserId{"Ustranger"}, {}, "", false, ""});
            CHECK(workspace.answers.size() == answers + 1);
            CHECK(workspace.states() == "Ubo open");
        }
    }
    CHECK(workspace.engine.counters().poisoned == 0);
}
