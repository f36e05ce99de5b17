// When a person is nudged, when the next step is asked and when it ends: the table of priorities, walked
// through time.
#include "tests/unit/nudge_walk.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

struct Row {
    std::string why;
    Walk walk;
    const char* expected;
};

const WalkStep one_person{{"Etc/UTC"}, false, Duration{0}};

void check(const std::vector<Row>& rows)
{
    for (const Row& row : rows) {
        CAPTURE(row.why);
        CHECK(row.walk.in_silence() == row.expected);
    }
}

}  // namespace

TEST_CASE("nudge: without an answer, each priority nudges, escalates and ends by its table")
{
    check({
        {"now: 5, 10, 15 minutes, the next step at 20; each step three times",
         {Priority::now, utc("2026-03-02 10:00"), {}, {one_person, one_person}},
         "Mon 10:05 nudged debtor | Mon 10:10 nudged debtor | Mon 10:15 nudged debtor | "
         "Mon 10:20 attempts_used_up to step 1 | Mon 10:20 nudged s1.1 | Mon 10:25 nudged s1.1 | "
         "Mon 10:30 nudged s1.1 | Mon 10:35 step_taken to step 2 | Mon 10:35 nudged s2.1 | Mon 10:40 nudged "
         "s2.1 | "
         "Mon 10:45 nudged s2.1 | Mon 10:50 route_used_up"},
        {"now, at night: it passes all the same",
         {Priority::now, utc("2026-03-07 23:50")},
         "Sat 23:55 nudged debtor | Sun 00:00 nudged debtor | Sun 00:05 nudged debtor | Sun 00:10 "
         "route_used_up"},
        {"today: at 75 % and 100 % of two working hours, then the backup",
         {Priority::today, utc("2026-03-02 10:00"), {}, {one_person}},
         "Mon 11:30 nudged debtor | Mon 12:00 nudged debtor | Mon 12:30 attempts_used_up to step 1 | "
         "Mon 12:30 nudged s1.1 | Mon 14:00 nudged s1.1 | Mon 14:30 route_used_up"},
        {"today, over the weekend",
         {Priority::today, utc("2026-03-06 16:00")},
         "Mon 09:30 nudged debtor | Mon 10:00 nudged debtor | Mon 10:30 route_used_up"},
        {"today, asked on a Sunday",
         {Priority::today, utc("2026-03-08 12:00")},
         "Mon 10:30 nudged debtor | Mon 11:00 nudged debtor | Mon 11:30 route_used_up"},
        {"week: in the digest after 8 working hours and 8 hours later",
         {Priority::week, utc("2026-03-02 10:00"), {}, {one_person}},
         "Tue 13:00 nudged debtor in digest | Wed 13:00 nudged debtor in digest | Thu 10:00 attempts_used_up "
         "to step 1 | Thu 10:00 nudged s1.1 in digest of Thu 13:00 | Fri 13:00 nudged s1.1 in digest | "
         "Mon 13:00 route_used_up"},
        {"fyi: told once, in the digest, and no step asked; its day is over after five working days",
         {Priority::fyi, utc("2026-03-02 10:00"), {}, {one_person}},
         "Mon 13:00 nudged debtor in digest | Mon 10:00 expired"},
    });
}

TEST_CASE("nudge: who has no interruptions left reads it in the next digest, and has their time from then on")
{
    check({
        {"today: both nudges, and the step's",
         {.priority = Priority::today,
          .asked_at = utc("2026-03-02 10:00"),
          .steps = {one_person},
          .may_interrupt = false},
         "Mon 11:30 nudged debtor in digest of Mon 13:00 | Mon 13:30 nudged debtor in digest of Mon 16:30 | "
         "Mon 17:00 attempts_used_up to step 1 | Tue 09:00 nudged s1.1 in "
         "digest of Tue 09:30 | Tue 11:00 nudged s1.1 in digest of Tue 13:00 | Tue 13:30 route_used_up"},
        {"now: interrupted all the same",
         {.priority = Priority::now, .asked_at = utc("2026-03-02 10:00"), .may_interrupt = false},
         "Mon 10:05 nudged debtor | Mon 10:10 nudged debtor | Mon 10:15 nudged debtor | Mon 10:20 "
         "route_used_up"},
    });
}

TEST_CASE("nudge: all waiting is in the recipient's own working time")
{
    check({
        {"the debtor is in Sydney (+11), asleep when asked",
         {Priority::today, utc("2026-03-02 10:00"), {}, {}, "Australia/Sydney"},
         "Mon 23:30 nudged debtor | Tue 00:00 nudged debtor | Tue 00:30 route_used_up"},
        {"the backup is in New York (−5): the call waits for their morning",
         {Priority::today, utc("2026-03-02 09:00"), {}, {{{"America/New_York"}, false, {}}}},
         "Mon 10:30 nudged debtor | Mon 11:00 nudged debtor | Mon 11:30 attempts_used_up to step 1 | "
         "Mon 11:30 outside_working_hours | Mon 14:00 nudged s1.1 | Mon 15:30 nudged s1.1 | Mon 16:00 "
         "route_used_up"},
        {"of two backups, only the one at work is disturbed",
         {Priority::today, utc("2026-03-02 09:00"), {}, {{{"America/New_York", "Etc/UTC"}, false, {}}}},
         "Mon 10:30 nudged debtor | Mon 11:00 nudged debtor | Mon 11:30 attempts_used_up to step 1 | "
         "Mon 11:30 nudged s1.2 | Mon 13:00 nudged s1.2 | Mon 13:30 route_used_up"},
        {"a step with a channel does not wait for its people",
         {Priority::today, utc("2026-03-02 09:00"), {}, {{{"America/New_York"}, true, {}}}},
         "Mon 10:30 nudged debtor | Mon 11:00 nudged debtor | Mon 11:30 attempts_used_up to step 1 | "
         "Mon 11:30 nudged | Mon 15:30 nudged s1.1 | Mon 16:00 route_used_up"},
    });
}

TEST_CASE("nudge: steps wait their delay, empty ones are skipped and named, channels alone are a step")
{
    check({
        {"a delay is working time, on top of the step before",
         {Priority::today, utc("2026-03-02 14:00"), {}, {{{"Etc/UTC"}, false, 1h}}},
         "Mon 15:30 nudged debtor | Mon 16:00 nudged debtor | Mon 16:30 attempts_used_up to step 1 | "
         "Tue 09:30 nudged s1.1 | Tue 11:00 nudged s1.1 | Tue 11:30 route_used_up"},
        {"at now, a delay is wall clock",
         {Priority::now, utc("2026-03-02 20:00"), {}, {{{"Etc/UTC"}, false, 10min}}},
         "Mon 20:05 nudged debtor | Mon 20:10 nudged debtor | Mon 20:15 nudged debtor | "
         "Mon 20:20 attempts_used_up to step 1 | Mon 20:30 nudged s1.1 | Mon 20:35 nudged s1.1 | "
         "Mon 20:40 nudged s1.1 | Mon 20:45 route_used_up"},
        {"nobody in the first step",
         {Priority::today, utc("2026-03-02 10:00"), {}, {{}, one_person}},
         "Mon 11:30 nudged debtor | Mon 12:00 nudged debtor | Mon 12:30 attempts_used_up skipped 1 to step 2 "
         "| "
         "Mon 12:30 nudged s2.1 | Mon 14:00 nudged s2.1 | Mon 14:30 route_used_up"},
        {"nobody in any step",
         {Priority::today, utc("2026-03-02 10:00"), {}, {{}, {}}},
         "Mon 11:30 nudged debtor | Mon 12:00 nudged debtor | Mon 12:30 route_used_up skipped 1 skipped 2"},
        {"nobody in the last",
         {Priority::today, utc("2026-03-02 10:00"), {}, {one_person, {}}},
         "Mon 11:30 nudged debtor | Mon 12:00 nudged debtor | Mon 12:30 attempts_used_up to step 1 | "
         "Mon 12:30 nudged s1.1 | Mon 14:00 nudged s1.1 | Mon 14:30 route_used_up skipped 2"},
        {"a channel alone is told once",
         {Priority::today, utc("2026-03-02 10:00"), {}, {{{}, true, {}}}},
         "Mon 11:30 nudged debtor | Mon 12:00 nudged debtor | Mon 12:30 attempts_used_up to step 1 | "
         "Mon 12:30 nudged | Mon 14:30 route_used_up"},
    });
}

TEST_CASE("nudge: the asker's own date sets the clock of the debtor, and the priority's that of the steps")
{
    check({
        {"by Thursday 9:00: three working days, at 75 % and 100 %",
         {Priority::today, utc("2026-03-02 09:00"), utc("2026-03-05 09:00"), {one_person}},
         "Wed 11:00 nudged debtor | Thu 09:00 nudged debtor | Thu 15:00 attempts_used_up to step 1 | "
         "Thu 15:00 nudged s1.1 | Thu 16:30 nudged s1.1 | Thu 17:00 route_used_up"},
        {"week, by Friday: in the digest then",
         {Priority::week, utc("2026-03-02 09:00"), utc("2026-03-06 12:00")},
         "Fri 13:00 nudged debtor in digest | Mon 13:00 nudged debtor in digest | Tue 13:00 route_used_up"},
        {"now, by a later time: the steps of now, five minutes apart",
         {Priority::now, utc("2026-03-02 09:00"), utc("2026-03-02 17:00")},
         "Mon 09:05 nudged debtor | Mon 09:10 nudged debtor | Mon 09:15 nudged debtor | Mon 09:20 "
         "route_used_up"},
        {"a date that is past when the clock starts (asked again): the priority's own time",
         {Priority::today, utc("2026-03-05 10:00"), utc("2026-03-05 09:00")},
         "Thu 11:30 nudged debtor | Thu 12:00 nudged debtor | Thu 12:30 route_used_up"},
    });
}

TEST_CASE("nudge: what falls due within two minutes is bundled at today, and in the digest at week")
{
    const Walk today{Priority::today, utc("2026-03-02 10:00:31")};
    CHECK(today.asked().due_at == utc("2026-03-02 11:32"));
    const Walk on_the_minute{Priority::today, utc("2026-03-02 10:02:00")};
    CHECK(on_the_minute.asked().due_at == utc("2026-03-02 11:32"));
    const Walk now{Priority::now, utc("2026-03-02 10:00:31")};
    CHECK(now.asked().due_at == utc("2026-03-02 10:05:31"));
    const Walk week{Priority::week, utc("2026-03-02 10:00:31")};
    CHECK(week.asked().due_at == utc("2026-03-03 13:00"));
}

TEST_CASE("nudge: what fires late keeps its distance to what follows")
{
    struct LateRow {
        std::string why;
        Priority priority;
        const char* asked;
        const char* fired;
        const char* next;
    };
    const LateRow rows[] = {
        {"on time", Priority::today, "2026-03-02 10:00", "2026-03-02 11:30", "2026-03-02 12:00"},
        {"five minutes late", Priority::today, "2026-03-02 10:00", "2026-03-02 11:35", "2026-03-02 12:06"},
        {"hours late", Priority::today, "2026-03-02 10:00", "2026-03-02 15:00", "2026-03-02 15:30"},
        {"a night late", Priority::today, "2026-03-02 10:00", "2026-03-03 09:00", "2026-03-03 09:30"},
        {"now, an hour late", Priority::now, "2026-03-02 10:00", "2026-03-02 11:00", "2026-03-02 11:05"},
    };
    for (const LateRow& row : rows) {
        CAPTURE(row.why);
        const Walk walk{row.priority, utc(row.asked)};
        const Obligation asked = walk.asked();
        const DueDecision decision = decide_due(asked, walk.situation(asked), utc(row.fired));
        CHECK(decision.event == ObligationEvent::nudged);
        CHECK(decision.next.due_at == utc(row.next));
    }
}

TEST_CASE("nudge: when an ack is expected, and when the step ends, can be told before it happens")
{
    const Walk today{Priority::today, utc("2026-03-02 16:00"), {}, {one_person}};
    const Obligation asked = today.asked();
    CHECK(ack_due(today.situation(asked), asked.started_at) == utc("2026-03-03 10:00"));
    CHECK(step_ends_at(asked, today.situation(asked)) == utc("2026-03-03 10:30"));
    const Walk by{Priority::today, utc("2026-03-02 09:00"), utc("2026-03-05 09:00")};
    CHECK(ack_due(by.situation(by.asked()), by.asked_at) == utc("2026-03-05 09:00"));
    const Walk fyi{Priority::fyi, utc("2026-03-02 09:00")};
    CHECK(ack_due(fyi.situation(fyi.asked()), fyi.asked_at) == std::nullopt);
    const Walk now{Priority::now, utc("2026-03-02 20:00")};
    CHECK(step_ends_at(now.asked(), now.situation(now.asked())) == utc("2026-03-02 20:20"));
}

TEST_CASE("nudge: a step whose people are all gone is left at once")
{
    const Walk walk{Priority::today, utc("2026-03-02 10:00"), {}, {one_person}};
    const Obligation asked = walk.asked();
    Situation situation = walk.situation(asked);
    situation.audience.clear();
    const DueDecision decision = decide_due(asked, situation, utc("2026-03-02 10:05"));
    CHECK(name_of(decision.reason) == "nobody_to_ask");
    CHECK(decision.event == ObligationEvent::attempts_used_up);
    CHECK(decision.next.step == 1);
    CHECK(decision.next.due_at == utc("2026-03-02 10:05"));
    situation.step_has_targets = {false};
    CHECK(decide_due(asked, situation, utc("2026-03-02 10:05")).event == ObligationEvent::route_used_up);
}
