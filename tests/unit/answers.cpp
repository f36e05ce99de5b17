// What people do about a request: promises, snoozes, "can't", taking back, covering, leaving.
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

bool says(const SeenMessage& message, std::string_view words)
{
    return text_of(message.now).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("promise: \"Got it, by tomorrow\" is quiet until then, then one reminder, and a new date ends the "
          "question")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.press("Ubo", workspace.card(), "got_it_by", "tomorrow");
    CHECK(workspace.answer() ==
          "✅ You have it, until Tue 17:00 (your time) · 1 of 1 received.\n[Done] [Undo]\n");
    workspace.advance_to(utc("2026-03-04 08:59"));
    CHECK(workspace.to("Ubo").empty());
    workspace.advance_to(utc("2026-03-04 09:01"));
    REQUIRE(workspace.to("Ubo").size() == 1);
    CHECK(text_of(workspace.last_to("Ubo").now) ==
          "Is this done?\n"
          "> please read (open→)\n"
          "~ You have had it since Mon 10:00 (your time), promised for Tue 17:00 (your time). Ann sees on "
          "the card when "
          "it is done.\n"
          "[Done] [New date … ▾: today | tomorrow | this week | next week] "
          "[Can't ▾: No time for it | Blocked by something else | I object | Away] "
          "[⋯: Why did I get this | Time line | Less like this]\n");
    workspace.press("Ubo", workspace.last_to("Ubo"), "got_it_by", "today");
    workspace.advance(2s);
    CHECK(text_of(workspace.last_to("Ubo").now).starts_with("✅ You have it, until Wed 17:00 (your time).\n"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "done");
    workspace.advance(2s);
    CHECK(workspace.states() == "Ubo integrated");
    CHECK(text_of(workspace.last_to("Ubo").now).starts_with("✅ Done, thank you.\n"));
}

TEST_CASE("promise: reminded, asked, and silence: it lapses into a dead letter with what is known")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.press("Ubo", workspace.card(), "got_it_by", "today");
    workspace.advance(24h * 14);
    CHECK(workspace.states() == "Ubo dead letter");
    CHECK(workspace.to("Ubo").size() == 2);
    CHECK(workspace.to("Uann").size() == 1);
    CHECK(
        text_of(workspace.last_to("Uann").now)
            .starts_with(
                "Bo received this, and no word came since. Nothing more is sent: it is yours to decide.\n"));
}

TEST_CASE("snooze: quiet until the chosen time, three times, then it asks for a date instead")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:31"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "snooze", "1 hour");
    CHECK(workspace.answer() == "⏳ Open; next reminder Mon 12:31 (your time).\n");
    workspace.advance_to(utc("2026-03-02 12:30"));
    CHECK(workspace.to("Ubo").size() == 1);
    workspace.advance_to(utc("2026-03-02 12:32"));
    CHECK(workspace.to("Ubo").size() == 2);
    workspace.press("Ubo", workspace.last_to("Ubo"), "snooze", "This afternoon");
    CHECK(workspace.answer() == "⏳ Open; next reminder Mon 14:00 (your time).\n");
    workspace.press("Ubo", workspace.last_to("Ubo"), "snooze", "Next working day");
    CHECK(workspace.answer() == "⏳ Open; next reminder Tue 09:00 (your time).\n");
    workspace.press("Ubo", workspace.last_to("Ubo"), "snooze", "1 hour");
    CHECK(
        workspace.answer() ==
        "This was snoozed 3 times already. Say until when you have it (Got it, by …), or that you can't.\n");
    CHECK(workspace.states() == "Ubo open");
}

TEST_CASE(
    "can't: the backup is asked at once; without one, or for the wrong person, it goes back to who asked")
{
    struct Row {
        std::string why;
        std::vector<std::string> route;
        const char* action;
        const char* choice;
        const char* states;
        const char* answer;
        const char* asker;
    };
    const Row rows[] = {
        {"a backup",
         {"Ucy"},
         "cant",
         "Blocked by something else",
         "Ubo declined, Ucy open",
         "Noted: you can't. Cy is asked.\n",
         ""},
        {"no backup",
         {},
         "cant",
         "Away",
         "Ubo declined",
         "Noted: you can't. Ann is told.\n",
         "Bo can't: away. It is back with you.\n> please read (open→)\n~ To ask somebody else: `/ack @name "
         "…`\n"},
        {"an empty step before the backup",
         {"", "Udi"},
         "cant",
         "I object",
         "Ubo declined, Udi open",
         "Noted: you can't. Di is asked.\n",
         ""},
        {"only a channel",
         {"Cops"},
         "cant",
         "No time for it",
         "Ubo declined",
         "Noted: you can't. Ann is told.\n",
         "Bo can't: no time for it. It is back with you.\n> please read (open→)\n~ To ask somebody else: "
         "`/ack @name "
         "…`\n"},
        {"the wrong person",
         {"Ucy"},
         "not_me",
         "",
         "Ubo declined",
         "Noted: you can't. Ann is told.\n",
         "Bo can't: not the right person. It is back with you.\n> please read (open→)\n~ To ask somebody "
         "else: `/ack "
         "@name …`\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        Workspace workspace{with_route(row.route)};
        workspace.ack("Uann", "@Ubo please read");
        workspace.advance_to(utc("2026-03-02 11:31"));
        SeenMessage nudge = workspace.last_to("Ubo");
        nudge.ref = MessageRef{};  // as from a message that is not redrawn, so that the answer is said
        workspace.press("Ubo", nudge, row.action, row.choice);
        CHECK(workspace.states() == row.states);
        CHECK(workspace.answer() == row.answer);
        workspace.advance(2min);
        CHECK((workspace.to("Uann").empty() ? "" : text_of(workspace.last_to("Uann").now)) == row.asker);
    }
}

TEST_CASE(
    "a message that is answered before its stamp is known shows the answer, and nothing is said besides")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:31"));
    const std::size_t answers_before = workspace.answers.size();
    SeenMessage nudge = workspace.last_to("Ubo");
    nudge.ref.stamp = "1770000000.000001";
    workspace.press("Ubo", nudge, "got_it");
    workspace.advance(5s);
    CHECK(workspace.states() == "Ubo received");
    CHECK(workspace.answers.size() == answers_before);
}

TEST_CASE("can't: the backup reads who asks, who can't, and what comes next")
{
    Workspace workspace{with_route({"Ucy", "Udi"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.press("Ubo", workspace.card(), "cant", "Away");
    workspace.advance(2min);
    CHECK(text_of(workspace.last_to("Ucy").now) ==
          "Ann is waiting for an answer, and Bo can't, since Mon 10:00 (your time) · #Cwork\n"
          "> please read (open→)\n"
          "~ If it stays open: Di is asked on Mon 12:00 (your time).\n"
          "[Got it] [Got it, by … ▾: today | tomorrow | this week | next week] [Done] "
          "[Can't ▾: No time for it | Blocked by something else | I object | Away] "
          "[Snooze ▾: 1 hour | This afternoon | Next working day] [Not me] [⋯: Why did I get this | Time "
          "line | Less like this]\n");
    workspace.press("Ucy", workspace.last_to("Ucy"), "more", "Why did I get this");
    CHECK(workspace.answer().starts_with("Bo can't, and you are the backup.\n"));
    // The backup can't either: the next step, then back.
    workspace.press("Ucy", workspace.last_to("Ucy"), "cant", "Away");
    CHECK(workspace.states() == "Ubo declined, Ucy declined, Udi open");
    workspace.advance(2min);
    workspace.press("Udi", workspace.last_to("Udi"), "cant", "Away");
    CHECK(workspace.states() == "Ubo declined, Ucy declined, Udi declined");
    workspace.advance(2s);
    CHECK(says(workspace.last_to("Uann"), "Di can't: away. It is back with you."));
    CHECK(workspace.request().state == RequestState::closed);
}

TEST_CASE("can't: after the route was called in, those called keep being asked by a linked obligation")
{
    Workspace workspace{with_route({"Ucy", "Udi"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "cant", "Away");
    CHECK(workspace.states() == "Ubo declined, Ucy escalated");
    workspace.advance(2s);
    CHECK(text_of(workspace.last_to("Ucy").now)
              .starts_with("↗ This came to you because Bo can't.\n> please read (open→)\n"));
    CHECK(text_of(workspace.last_to("Ubo").now)
              .starts_with("You said that you can't; it has been passed on.\n"));
    workspace.press("Ucy", workspace.last_to("Ucy"), "got_it");
    CHECK(workspace.states() == "Ubo declined, Ucy received");
    workspace.advance(2s);
    CHECK(text_of(workspace.last_to("Ucy").now).starts_with("✅ You have it.\n"));
    workspace.advance(4h);
    CHECK(workspace.to("Udi").empty());
}

TEST_CASE("can't: a change of mind after it was passed on is told where it is now")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.ackd("Ubo", "cant 1");
    workspace.ackd("Ubo", "got 1");
    CHECK(workspace.answer() == "You said that you can't, and it has been passed on. If you can after all, "
                                "tell whoever has it now.\n");
    CHECK(workspace.states() == "Ubo declined, Ucy open");
}

TEST_CASE("undo: takes an ack back until it is done; the clock starts again and the request is open again")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo !received please read");
    workspace.press("Ubo", workspace.card(), "got_it");
    CHECK(workspace.request().state == RequestState::complete);
    workspace.advance_to(utc("2026-03-02 14:00"));
    workspace.ackd("Ubo", "undo 1");
    CHECK(workspace.answer() == "⏳ Open; next reminder Mon 15:30 (your time).\n");
    CHECK(workspace.states() == "Ubo open");
    CHECK(workspace.request().state == RequestState::open);
    workspace.advance_to(utc("2026-03-02 15:31"));
    CHECK(workspace.to("Ubo").size() == 1);
    workspace.ackd("Ubo", "done 1");
    workspace.ackd("Ubo", "undo 1");
    CHECK(workspace.answer() == "✅ Done · 1 of 1 integrated.\n");
    CHECK(workspace.states() == "Ubo integrated");
}

TEST_CASE("ack: said twice, in two ways, it is counted once")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.press("Ubo", workspace.card(), "got_it");
    const std::string facts = workspace.facts();
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.react("Ubo", workspace.card().ref, "eyes");
    workspace.ackd("Ubo", "got 1");
    CHECK(workspace.facts() == facts);
    CHECK(workspace.answer() == "✅ You have it · 1 of 1 received.\n[Done] [Undo]\n");
}

TEST_CASE("cover: an ack by somebody who was not asked is an offer; the debtor can let them have it")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.press("Udi", workspace.card(), "got_it");
    CHECK(workspace.answer() == "You were not among those asked, so this counts as an offer to cover. Ann "
                                "and those asked can see it.\n");
    workspace.advance(2s);
    CHECK(workspace.states() == "Ubo open");
    CHECK(says(workspace.card(), "~ Offered to cover: Di\n"));
    workspace.advance_to(utc("2026-03-02 11:31"));
    CHECK(says(workspace.last_to("Ubo"), "[Let Di have it]"));
    workspace.press("Ubo", workspace.last_to("Ubo"), "let_cover");
    CHECK(workspace.states() == "Ubo delegated, Udi received");
    CHECK(workspace.facts() == "requested asked cover_offered nudged asked handed_over acked");
    workspace.advance(2s);
    CHECK(text_of(workspace.last_to("Ubo").now)
              .starts_with("It has been handed over. Nothing for you to do.\n"));
    workspace.ackd("Udi", "done 1");
    CHECK(workspace.request().state == RequestState::complete);
    workspace.ackd("Ubo", "got 1");
    CHECK(workspace.answer() == "It has been handed over. Nothing for you to do.\n");
}

TEST_CASE("cover: nobody but the debtor can hand it over, and a \"can't\" of a passer-by is nothing")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.take(ActionTaken{"let_cover", "o1 Udi", UserId{"Udi"}, {}, "", false, ""});
    CHECK(workspace.states() == "Ubo open");
    workspace.press("Udi", workspace.card(), "cant", "Away");
    CHECK(workspace.answer() == "You were not among those asked, so nothing needs doing.\n");
    workspace.press("Uann", workspace.card(), "got_it");
    CHECK(workspace.answer() == "You asked this yourself: nothing to answer.\n");
    workspace.advance_to(utc("2026-03-02 12:31"));
    workspace.take(ActionTaken{"let_cover", "o1 Udi", UserId{"Ucy"}, {}, "", false, ""});
    CHECK(workspace.answer() == "Only who was asked can hand it over.\n");
    CHECK(workspace.states() == "Ubo escalated");
}

TEST_CASE("member: whoever leaves is not waited for, and what they had done stays done")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Uann", "@Ubo one");
    workspace.ack("Uann", "@Ubo !received two");
    workspace.ack("Uann", "@Ubo three");
    workspace.ackd("Ubo", "got 2");
    workspace.ackd("Ubo", "done 3");
    CHECK(workspace.states(2) == "Ubo received");
    workspace.take(MemberChanged{Member{UserId{"Ubo"}, "Bo", "Etc/UTC", MemberKind::person, true}});
    workspace.advance(5min);
    CHECK(workspace.states(1) == "Ubo escalated");
    CHECK(workspace.states(2) == "Ubo received");
    CHECK(workspace.request(2).state == RequestState::complete);
    CHECK(workspace.states(3) == "Ubo integrated");
    CHECK(workspace.to("Ubo").empty());
    CHECK(workspace.to("Ucy").size() == 1);
    // Gone again, or back: nothing more happens by it.
    const auto facts = workspace.count("SELECT count(*) FROM journal");
    workspace.take(MemberChanged{Member{UserId{"Ubo"}, "Bo", "Etc/UTC", MemberKind::person, true}});
    workspace.take(MemberChanged{Member{UserId{"Ubo"}, "Bo", "Etc/UTC", MemberKind::person, false}});
    CHECK(workspace.count("SELECT count(*) FROM journal") == facts);
}

TEST_CASE("member: when the debtor leaves during an escalation, those called in are not nudged early")
{
    Workspace workspace{with_route({"Ucy"})};
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 12:31"));
    CHECK(workspace.to("Ucy").size() == 1);
    workspace.take(MemberChanged{Member{UserId{"Ubo"}, "Bo", "Etc/UTC", MemberKind::person, true}});
    workspace.advance_to(utc("2026-03-02 13:59"));
    CHECK(workspace.to("Ucy").size() == 1);
    workspace.advance_to(utc("2026-03-02 14:01"));
    CHECK(workspace.to("Ucy").size() == 2);
}

TEST_CASE("member: whoever has it and leaves hands it back with that cause")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.take(MemberChanged{Member{UserId{"Ubo"}, "Bo", "Etc/UTC", MemberKind::person, true}});
    workspace.advance(5min);
    CHECK(workspace.states() == "Ubo dead letter");
    CHECK(text_of(workspace.last_to("Uann").now)
              .starts_with("Bo received this, then: the account was deactivated. Nothing more is sent"));
}

TEST_CASE(
    "answer: a nudge that was pressed is redrawn at once by the way of the press, not by the limited one")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:30"));
    const SeenMessage nudge = workspace.last_to("Ubo");
    std::vector<UpdateMessage> redrawn;
    workspace.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* update = std::get_if<UpdateMessage>(&delivery.effect);
        if (update != nullptr && update->message == nudge.ref) redrawn.push_back(*update);
        return std::nullopt;
    };
    ActionTaken taken;
    taken.name = "got_it";
    taken.value = value_behind(nudge.now, "got_it", "");
    taken.person = UserId{"Ubo"};
    taken.message = nudge.ref;
    taken.reply_address = "https://reply.example.test/1";
    workspace.take(taken);
    workspace.advance(10min);
    REQUIRE(redrawn.size() == 1);
    CHECK(redrawn.front().reply_address == "https://reply.example.test/1");
    CHECK(text_of(redrawn.front().notice).find("✅") != std::string::npos);
}
