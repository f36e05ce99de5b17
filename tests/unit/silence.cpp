// The silence clause: what was asked says what holds without an answer, everybody has a working day, and one
// objection stops it.
#include "bot/commands/ack_command.hpp"
#include "bot/delivery/silence_clause.hpp"
#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

constexpr std::array all_states{SilenceState::waiting,
                                SilenceState::running,
                                SilenceState::agreed,
                                SilenceState::by_silence,
                                SilenceState::objected,
                                SilenceState::reversed,
                                SilenceState::called_off};

/// It is Monday 10:00; Ann asks Bo and Cy, who are at work from 9 to 17: a working day is over on Tuesday
/// 10:00.
struct Clause : Workspace {
    explicit Clause(const std::string& options, Settings settings = with_route({"Udi"}))
        : Workspace(std::move(settings))
    {
        ack("Uann", "@Ubo @Ucy " + options + " we switch to region B");
    }
    std::string card_text() { return text_of(card().now); }
    bool card_says(const std::string& words) { return card_text().find(words) != std::string::npos; }
    SilenceState state() { return SilenceTable{*connection}.find(RequestId{1}).value().state; }
};

}  // namespace

TEST_CASE("silence: what has ended is not decided by anything that comes later, but by an objection in time")
{
    for (const SilenceState from : all_states) {
        const bool is_decided = from != SilenceState::waiting && from != SilenceState::running;
        CHECK(next_state(from, SilenceEvent::lapsed).has_value() == (from == SilenceState::running));
        CHECK(next_state(from, SilenceEvent::longer).has_value() == (from == SilenceState::running));
        CHECK(next_state(from, SilenceEvent::objected).has_value() ==
              (from == SilenceState::running || from == SilenceState::by_silence));
        if (is_decided) CHECK(!next_state(from, SilenceEvent::begun));
    }
}

TEST_CASE("silence: it decides when the asker wants, and not before everybody has had a working day")
{
    const WorkingHours hours{"Etc/UTC"};
    const Instant monday = utc("2026-03-02 10:00");
    CHECK(silence_decides_at({{hours, monday}}, std::nullopt) == utc("2026-03-03 10:00"));
    CHECK(silence_decides_at({{hours, monday}}, utc("2026-03-02 15:00")) == utc("2026-03-03 10:00"));
    CHECK(silence_decides_at({{hours, monday}}, utc("2026-03-05 15:00")) == utc("2026-03-05 15:00"));
    // Who hears of it later has their whole day from then on.
    CHECK(silence_decides_at({{hours, monday}, {hours, utc("2026-03-04 09:00")}}, std::nullopt) ==
          utc("2026-03-04 17:00"));
    CHECK(a_working_day_longer({{hours, monday}}, utc("2026-03-06 12:00")) == utc("2026-03-09 12:00"));
    CHECK(silence_reversible_until({{hours, monday}}, utc("2026-03-06 12:00")) == utc("2026-03-10 12:00"));
}

TEST_CASE("silence: the card says what holds without an answer, and offers to object")
{
    Clause workspace{"!silence=go"};
    CHECK(workspace.card_says("Unless somebody objects by {2026-03-03 10:00 UTC}, it goes ahead."));
    CHECK(workspace.card_says("[Got it] [Object] [Need longer]"));
    CHECK(workspace.answer().find("Unless somebody objects by Tue 10:00 (your time), it goes ahead.") !=
          std::string::npos);
}

TEST_CASE("silence: one nudge before, nobody else is called in, and then it holds")
{
    Clause workspace{"!silence=go"};
    workspace.advance_to(utc("2026-03-03 09:59"));
    CHECK(workspace.to("Ubo").size() == 1);
    CHECK(text_of(workspace.last_to("Ubo").now).find("Unless somebody objects by Tue 10:00 (your time)") !=
          std::string::npos);
    CHECK(workspace.to("Udi").empty());
    CHECK(workspace.states() == "Ubo open, Ucy open");

    workspace.advance_to(utc("2026-03-03 10:00"));
    CHECK(workspace.states() == "Ubo expired, Ucy expired");
    CHECK(workspace.state() == SilenceState::by_silence);
    CHECK(workspace.request().state == RequestState::closed);
    CHECK(workspace.card_says("🔕 By silence, since {2026-03-03 10:00 UTC}: it goes ahead."));
    CHECK(workspace.card_says("One objection until {2026-03-05 10:00 UTC} reverses it."));
    CHECK(workspace.card_says("[Object]"));
    CHECK(workspace.count("SELECT count(*) FROM deadlines") == 0);
    CHECK(workspace.to("Udi").empty());
}

TEST_CASE("silence: whoever said nothing reads what that meant with their digest, and can still object there")
{
    Clause workspace{"!silence=go"};
    workspace.press("Ucy", workspace.card(), "got_it");
    workspace.advance_to(utc("2026-03-03 16:45"));
    const std::string digest = text_of(workspace.last_to("Ubo").now);
    CHECK(digest.find("🔕 By silence") != std::string::npos);
    CHECK(digest.find("[Object]") != std::string::npos);
    CHECK(workspace.to("Ucy").empty());
    workspace.press("Ubo", workspace.last_to("Ubo"), "object");
    CHECK(workspace.state() == SilenceState::reversed);
    CHECK(workspace.states() == "Ubo expired, Ucy withdrawn, Uann open");
}

TEST_CASE("silence: what nobody reversed in two working days is final, and the card no longer offers it")
{
    Clause workspace{"!silence=go"};
    workspace.advance_to(utc("2026-03-05 09:59"));
    const SeenMessage before = workspace.card();
    CHECK(text_of(before.now).find("[Object]") != std::string::npos);
    workspace.advance_to(utc("2026-03-05 10:00"));
    CHECK(!workspace.card_says("[Object]"));
    CHECK(workspace.card_says("it goes ahead"));
    workspace.press("Ubo", before, "object");
    CHECK(workspace.answer().starts_with("It is too late for that.\n"));
    CHECK(workspace.state() == SilenceState::by_silence);
}

TEST_CASE("silence: one objection stops it, and makes it a decision with an owner")
{
    Clause workspace{"!silence=go"};
    workspace.press("Ucy", workspace.card(), "got_it");
    workspace.press("Ubo", workspace.card(), "object");
    CHECK(workspace.state() == SilenceState::objected);
    CHECK(workspace.states() == "Ubo declined, Ucy withdrawn, Uann open");
    CHECK(workspace.card_text().starts_with("📨 *Ann asked 2 people* · today · by {2026-03-03 10:00 UTC}\n"
                                            "> we switch to region B\n"
                                            "~ To: Bo Cy\n"
                                            "~ Waiting: Ann · then Di\n"
                                            "✋ Bo objects: not decided by silence. Ann decides.\n"
                                            "[Got it]"));
    workspace.advance(1min);
    CHECK(text_of(workspace.last_to("Uann").now)
              .starts_with("Bo objects, so this is yours to decide: talk, decide, then say Done.\n"));
    workspace.advance_to(utc("2026-03-03 10:05"));
    CHECK(workspace.state() == SilenceState::objected);
    workspace.press("Uann", workspace.last_to("Uann"), "done");
    CHECK(workspace.request().state == RequestState::complete);
    CHECK(workspace.facts().find("objected") != std::string::npos);
    CHECK(workspace.facts().find("decided_by_silence") == std::string::npos);
}

TEST_CASE("silence: who has said Got it can object until it is decided")
{
    Clause workspace{"!silence=go"};
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.press("Ubo", workspace.card(), "object");
    CHECK(workspace.state() == SilenceState::objected);
}

TEST_CASE("silence: when everybody has answered it is agreed at once")
{
    Clause workspace{"!silence=stop"};
    workspace.press("Ubo", workspace.card(), "got_it");
    CHECK(workspace.state() == SilenceState::running);
    workspace.press("Ucy", workspace.card(), "got_it");
    CHECK(workspace.state() == SilenceState::agreed);
    CHECK(workspace.card_says("🤝 Agreed"));
    CHECK(!workspace.card_says("[Object]"));
}

TEST_CASE("silence: need longer puts it off for everybody, by a working day, once, and the card names nobody")
{
    Clause workspace{"!silence=go"};
    workspace.press("Ubo", workspace.card(), "need_longer");
    CHECK(workspace.answer() ==
          "✅ Put off for everybody, to Wed 10:00 (your time). The card does not say who asked for it.\n");
    CHECK(workspace.card_says("by {2026-03-04 10:00 UTC}, it goes ahead."));
    CHECK(workspace.card_says("~ Put off by a working day, for everybody."));
    CHECK(!workspace.card_says("[Need longer]"));
    workspace.advance_to(utc("2026-03-04 09:59"));
    CHECK(workspace.states() == "Ubo open, Ucy open");
    CHECK(workspace.to("Ubo").size() == 1);
    workspace.advance_to(utc("2026-03-04 10:00"));
    CHECK(workspace.state() == SilenceState::by_silence);
}

TEST_CASE("silence: asked for twice, longer is granted once")
{
    Clause workspace{"!silence=go"};
    const SeenMessage card = workspace.card();
    workspace.press("Ubo", card, "need_longer");
    workspace.press("Ucy", card, "need_longer");
    CHECK(workspace.answer() ==
          "It was put off already, to Wed 10:00 (your time). Object if that is not enough.\n");
    CHECK(workspace.request().decides_at == utc("2026-03-04 10:00"));
}

TEST_CASE("silence: a date of the asker counts where it leaves everybody a working day")
{
    Clause late{"!silence=go by Thursday 15:00"};
    CHECK(late.card_says("Unless somebody objects by {2026-03-05 15:00 UTC}, it goes ahead."));
    Clause early{"!silence=go by 16:00"};
    CHECK(early.card_says("Unless somebody objects by {2026-03-03 10:00 UTC}, it goes ahead."));
}

TEST_CASE("silence: who is away makes it longer, and who is away for months makes it impossible")
{
    Workspace workspace;
    workspace.command("Ubo", "/out", Workspace::rich("tomorrow until Friday"));
    workspace.ack("Uann", "@Ubo !send !silence=go we switch");
    CHECK(text_of(workspace.card().now).find("Unless somebody objects by {2026-03-09 10:00 UTC}") !=
          std::string::npos);

    workspace.command("Ucy", "/out", Workspace::rich("tomorrow until 2026-06-30"));
    workspace.ack("Uann", "@Ucy !send !silence=go we switch");
    CHECK(workspace.request(2).state == RequestState::closed);
    workspace.advance(1min);
    CHECK(text_of(workspace.last_to("Uann").now)
              .find("Cy is away for too long to decide by silence. Ask without them.") != std::string::npos);
}

TEST_CASE("silence: who is asked in somebody's place has a working day as well")
{
    Clause workspace{"!silence=go"};
    workspace.advance_to(utc("2026-03-03 09:30"));
    workspace.command("Ubo", "/out", Workspace::rich("until friday delegate @Udi"));
    CHECK(workspace.states() == "Ubo delegated, Ucy open, Udi open");
    CHECK(workspace.card_says("Unless somebody objects by {2026-03-04 09:30 UTC}, it goes ahead."));
    workspace.advance_to(utc("2026-03-04 09:29"));
    CHECK(workspace.states() == "Ubo delegated, Ucy expired, Udi open");
    CHECK(workspace.state() == SilenceState::running);
    workspace.press("Udi", workspace.card(), "object");
    CHECK(workspace.state() == SilenceState::objected);
}

TEST_CASE("silence: somebody who was named decides, with a route behind them")
{
    Clause workspace{"!silence=@Udi"};
    CHECK(workspace.card_says("Unless everybody has answered by {2026-03-03 10:00 UTC}, Di decides."));
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.advance_to(utc("2026-03-03 10:01"));
    CHECK(workspace.states() == "Ubo withdrawn, Ucy expired, Udi open");
    CHECK(
        text_of(workspace.last_to("Udi").now)
            .starts_with("Not everybody has answered, so this is yours to decide: decide, then say Done.\n"));
    CHECK(!workspace.card_says("[Object]"));
    workspace.press("Udi", workspace.last_to("Udi"), "done");
    CHECK(workspace.request().state == RequestState::complete);
}

TEST_CASE("silence: asked again means nudges and the route, for those who have not answered")
{
    Clause workspace{"!silence=ask"};
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.advance_to(utc("2026-03-03 10:01"));
    CHECK(workspace.states() == "Ubo received, Ucy expired, Ucy open");
    workspace.advance_to(utc("2026-03-03 12:45"));
    CHECK(workspace.states() == "Ubo received, Ucy expired, Ucy escalated");
    CHECK(!workspace.to("Udi").empty());
    workspace.press("Ucy", workspace.card(), "got_it");
    CHECK(workspace.request().state == RequestState::complete);
}

TEST_CASE("silence: a withdrawn ask decides nothing")
{
    Clause workspace{"!silence=go"};
    workspace.press("Uann", workspace.card(), "more", "Withdraw");
    CHECK(workspace.state() == SilenceState::called_off);
    workspace.advance_to(utc("2026-03-03 10:05"));
    CHECK(workspace.state() == SilenceState::called_off);
    CHECK(workspace.facts().find("decided_by_silence") == std::string::npos);
}

TEST_CASE("silence: only those asked can object, and who asked withdraws")
{
    Clause workspace{"!silence=go"};
    workspace.press("Udi", workspace.card(), "object");
    CHECK(workspace.answer() == "Only those who were asked can stop it. Say it in the thread.\n");
    workspace.press("Uann", workspace.card(), "object");
    CHECK(workspace.answer() == "You asked this yourself: withdraw it instead.\n");
    CHECK(workspace.state() == SilenceState::running);
}

TEST_CASE("silence: two objections at once are one")
{
    Clause workspace{"!silence=go"};
    const SeenMessage card = workspace.card();
    workspace.press("Ubo", card, "object");
    workspace.press("Ucy", card, "object");
    CHECK(workspace.answer().starts_with("It is too late for that.\n✋ Bo objects"));
    CHECK(workspace.states() == "Ubo declined, Ucy withdrawn, Uann open");
}

TEST_CASE("silence: it is no answer where nobody has a working day, or nobody could object")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo !now !silence=go the site moves");
    CHECK(workspace.answer() == "Silence decides after a working day at the earliest: that is not for now.\n"
                                "Try: `/ack @Bo !today !silence=go the site moves`\n");
    workspace.ack("Uann", "@Ubo !silence=go !fyi the site moves");
    CHECK(workspace.answer().find("`/ack @Bo !silence=go !today the site moves`") != std::string::npos);
    workspace.ack("Uann", "@Ubo @Ucy !any !silence=go the site moves");
    CHECK(workspace.answer().find("`/ack @Bo @Cy !all !silence=go the site moves`") != std::string::npos);
    workspace.ack("Uann", "@Ubo !silence=goo the site moves");
    CHECK(workspace.answer().find("`/ack @Bo !silence=go the site moves`") != std::string::npos);
    CHECK(workspace.posts.empty());
}

TEST_CASE("silence: what became of it is in the time line")
{
    Clause workspace{"!silence=go"};
    workspace.press("Ubo", workspace.card(), "need_longer");
    workspace.advance_to(utc("2026-03-04 10:01"));
    workspace.ackd("Uann", "trace 1");
    const std::string trace = workspace.answer();
    CHECK(trace.find("put off by a working day, for everybody") != std::string::npos);
    CHECK(trace.find("nobody objected in time: decided by silence") != std::string::npos);
}
