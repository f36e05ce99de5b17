// Signals of capacity as rules alone: what people type, the states, the clocks and the figures.
#include "bot/capacity/capacity_rules.hpp"

#include "bot/capacity/capacity_phrase.hpp"
#include "bot/people/local_time.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const WorkingHours berlin{"Europe/Berlin"};

/// What was understood, as one line. It is Monday 11:00 in Berlin.
std::string understood(const std::string& typed)
{
    std::istringstream stream{typed};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    const std::vector<std::string> teams{"platform", "web"};
    const CapacityPhrase phrase = parse_capacity_phrase(words, teams, berlin, utc("2026-03-02 10:00"));
    if (const auto* mistake = std::get_if<CapacityMistake>(&phrase))
        return mistake->problem + " → " + mistake->corrected;
    if (const auto* show = std::get_if<ShowCapacity>(&phrase)) return "show " + show->team;
    const auto& said = std::get<SaidCapacity>(phrase);
    std::string line{name_of(said.level)};
    if (!said.team.empty()) line += " " + said.team;
    if (said.until) line += " until " + utc_text(*said.until);
    if (!said.reason.empty()) line += ": " + said.reason;
    return line;
}

CapacitySignal signal(CapacityLevel level = CapacityLevel::at)
{
    CapacitySignal made;
    made.id = CapacitySignalId{1};
    made.team = "platform";
    made.person = UserId{"Ubo"};
    made.level = level;
    made.began_at = utc("2026-03-02 10:00");
    made.until = utc("2026-03-06 16:00");
    return made;
}

std::optional<CapacitySignal> after(const CapacitySignal& before,
                                    CapacityEvent event,
                                    const char* at = "2026-03-03 10:00")
{
    return next_signal(before, event, berlin, utc(at));
}

}  // namespace

TEST_CASE("capacity: what people type is understood in any natural order of a sentence")
{
    CHECK(understood("") == "show ");
    CHECK(understood("me") == "show ");
    CHECK(understood("platform") == "show platform");
    CHECK(understood("team web") == "show web");
    CHECK(understood("at") == "at");
    CHECK(understood("full") == "at");
    CHECK(understood("AT Platform") == "at platform");
    CHECK(understood("ok team web") == "ok web");
    CHECK(understood("near me until friday") == "near until 2026-03-06 16:00 UTC");
    CHECK(understood("at platform until thursday 12:00 because two releases at once") ==
          "at platform until 2026-03-05 11:00 UTC: two releases at once");
    CHECK(understood("at for 3 days") == "at until 2026-03-05 10:00 UTC");
    CHECK(understood("at because until and for are words, too") == "at: until and for are words, too");
}

TEST_CASE("capacity: what is not understood is answered with the line that would be")
{
    CHECK(understood("art") == "I did not understand \"art\". → /capacity at");
    CHECK(understood("platfrom") == "I did not understand \"platfrom\". → /capacity platform");
    CHECK(understood("platform at") ==
          "Say first how it is with platform: at, near or ok. → /capacity at platform");
    CHECK(understood("at team") == "Which team? There are: platform, web. → /capacity at platform");
    CHECK(understood("at platfrom") ==
          "There is no team \"platfrom\". There are: platform, web. → /capacity at platform");
    CHECK(understood("at until fryday") ==
          "I did not understand \"fryday\" as a time. → /capacity at until Friday");
    CHECK(understood("at platform until") ==
          "I did not understand until when: \"\". → /capacity at platform until friday");
    CHECK(understood("at until 2026-01-01") ==
          "That is over already, or too far ahead. → /capacity at until friday");
    CHECK(
        understood("at until 2026-12-24") ==
        "That is more than three months ahead. A shorter time can be said again. → /capacity at until next week");
    CHECK(
        understood("at two releases") ==
        "I did not understand \"two\". A reason comes after \"because\". → /capacity at because two releases");
}

TEST_CASE("capacity: a signal goes from said to asked to relieved, and each step is taken once")
{
    const CapacitySignal said = signal();
    CHECK(due_of(said) == utc("2026-03-02 10:02"));
    CHECK_FALSE(after(said, CapacityEvent::all_answered));
    const CapacitySignal asked = after(said, CapacityEvent::grace_over).value();
    CHECK(asked.state == CapacityState::asked);
    CHECK(due_of(asked) == said.until);
    CHECK_FALSE(after(asked, CapacityEvent::grace_over));

    const CapacitySignal relieved = after(asked, CapacityEvent::all_answered).value();
    CHECK(relieved.state == CapacityState::relieved);
    CHECK(relieved.is_in_force);
    CHECK(relieved.relieved_at == utc("2026-03-03 10:00"));
    // Five working days later: a week.
    CHECK(relieved.help_asked_at == utc("2026-03-10 10:00"));
    CHECK_FALSE(after(relieved, CapacityEvent::all_answered));
}

TEST_CASE("capacity: its time runs out, and what was asked is owed all the same; who has room calls it off")
{
    const CapacitySignal asked = after(signal(), CapacityEvent::grace_over).value();
    const CapacitySignal run_out = after(asked, CapacityEvent::time_over, "2026-03-06 16:00").value();
    CHECK(run_out.state == CapacityState::asked);
    CHECK_FALSE(run_out.is_in_force);
    CHECK(run_out.ended_at == utc("2026-03-06 16:00"));
    CHECK_FALSE(due_of(run_out));
    CHECK_FALSE(after(run_out, CapacityEvent::time_over));
    CHECK_FALSE(after(asked, CapacityEvent::nobody_left));
    CHECK(after(run_out, CapacityEvent::nobody_left)->state == CapacityState::over);
    CHECK(after(run_out, CapacityEvent::all_answered)->state == CapacityState::relieved);
    const CapacitySignal called_off = after(run_out, CapacityEvent::room_again, "2026-03-09 10:00").value();
    CHECK(called_off.state == CapacityState::over);
    CHECK(called_off.ended_at == utc("2026-03-06 16:00"));
    CHECK_FALSE(after(called_off, CapacityEvent::room_again));
    CHECK_FALSE(after(called_off, CapacityEvent::all_answered));
}

TEST_CASE("capacity: being close to it asks nobody, and ends by itself")
{
    const CapacitySignal near = signal(CapacityLevel::near);
    CHECK_FALSE(after(near, CapacityEvent::grace_over));
    CHECK(due_of(near) == near.until);
    CHECK(after(near, CapacityEvent::time_over)->state == CapacityState::over);
}

TEST_CASE(
    "capacity: an answer is due within a working day, half of that when it is urgent, one reminder between")
{
    const CapacityContract contract;
    const PriorityPolicy usual = default_delivery_policy().of(Priority::today);
    const PriorityPolicy pace = pace_of_capacity(usual, contract, false);
    CHECK(pace.ack_within == 8h);
    CHECK(pace.nudges == std::vector<NudgeOffset>{{0.5, Duration{0}}, {1.0, Duration{0}}});
    CHECK(pace.step_ends == NudgeOffset{1.0, Duration{0}});
    CHECK(pace.off_hours == OffHours{});
    CHECK_FALSE(pace.asks_asker);
    // Let go of, twice four hours after "Got it", long before it counts as carried out.
    CHECK(pace.lets_go_after == 4h);
    CHECK(pace.integrate_within == 24h);
    CHECK(pace_of_capacity(usual, contract, true).ack_within == 4h);
}

TEST_CASE("capacity: what is asked for now or today, or by an earlier date, does not wait")
{
    const Instant free = utc("2026-03-06 16:00");
    CHECK_FALSE(may_wait(Priority::now, std::nullopt, free));
    CHECK_FALSE(may_wait(Priority::today, std::nullopt, free));
    CHECK(may_wait(Priority::week, std::nullopt, free));
    CHECK(may_wait(Priority::fyi, std::nullopt, free));
    CHECK_FALSE(may_wait(Priority::week, utc("2026-03-05 16:00"), free));
    CHECK(may_wait(Priority::week, utc("2026-03-09 16:00"), free));
}

TEST_CASE("capacity: what is counted is the answer that is missing, from the moment it was due")
{
    CapacityQuestion missing;
    missing.due_at = utc("2026-03-03 10:00");
    CapacityQuestion answered = missing;
    answered.due_at = utc("2026-03-02 10:00");
    answered.answer = Relief::accept;
    CHECK(missing_answers({missing, answered}, utc("2026-03-03 09:59")).count == 0);
    const MissingAnswers counted = missing_answers({answered, missing}, utc("2026-03-03 10:00"));
    CHECK(counted.count == 1);
    CHECK(counted.since == utc("2026-03-03 10:00"));
}

TEST_CASE("capacity: the middle of the times to relief leaves out what was not relieved")
{
    CHECK_FALSE(median_time_to_relief({signal()}));
    std::vector<CapacitySignal> signals(4, signal());
    signals[0].relieved_at = signals[0].began_at + 1h;
    signals[1].relieved_at = signals[1].began_at + 30h;
    signals[2].relieved_at = signals[2].began_at + 2h;
    CHECK(median_time_to_relief(signals) == 2h);
}

TEST_CASE("capacity: a resync is called unless people are asked already, were lately, or will be in a moment")
{
    const Instant now = utc("2026-03-05 10:00");
    struct Row {
        const char* why;
        std::optional<Instant> asked_at;
        bool is_asking;
        std::optional<Instant> next_at;
        bool calls;
    };
    for (const Row& row :
         {Row{"there was none, and none comes", std::nullopt, false, std::nullopt, true},
          Row{"it comes weeks later", std::nullopt, false, utc("2026-03-16 11:00"), true},
          Row{"it was a week ago", utc("2026-02-26 10:00"), false, std::nullopt, true},
          Row{"and not quite", utc("2026-02-26 10:01"), false, std::nullopt, false},
          Row{"people are asked, for long", utc("2026-02-20 10:00"), true, std::nullopt, false},
          Row{"it comes at its end", std::nullopt, false, utc("2026-03-06 10:00"), false},
          Row{"and behind it", std::nullopt, false, utc("2026-03-06 10:01"), true}})
    {
        CAPTURE(row.why);
        const ResyncStanding resync{row.asked_at, row.is_asking, row.next_at, utc("2026-03-06 10:00")};
        CHECK(calls_resync(resync, now) == row.calls);
    }
}
