// What the things people do make of an obligation, by the pure rules: promises, reminders, snoozes, taking
// back.
#include "tests/unit/nudge_walk.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const UserId debtor{"debtor"};

Applied done_to(const Walk& walk,
                const Obligation& obligation,
                ObligationEvent event,
                Instant at,
                std::optional<Instant> until = std::nullopt)
{
    return apply(obligation,
                 Happening{event, at, debtor, AckWay::button, EndCause::none, until},
                 walk.situation(obligation));
}

Obligation received(const Walk& walk, Instant at, std::optional<Instant> promised = std::nullopt)
{
    return done_to(walk,
                   walk.asked(),
                   promised ? ObligationEvent::promised : ObligationEvent::acked,
                   at,
                   promised)
        .next;
}

}  // namespace

TEST_CASE("ack: from \"Got it\" to the first question there is a day at now, two at today, five at week, "
          "nothing at fyi")
{
    struct Row {
        std::string why;
        Priority priority;
        AckLevel level;
        const char* acked;
        const char* promised;
        const char* asked_about;
    };
    const Row rows[] = {
        {"now", Priority::now, AckLevel::integrated, "2026-03-02 10:00", "", "2026-03-03 10:00"},
        {"today", Priority::today, AckLevel::integrated, "2026-03-02 10:00", "", "2026-03-04 10:00"},
        {"today, on a Friday",
         Priority::today,
         AckLevel::integrated,
         "2026-03-06 16:00",
         "",
         "2026-03-10 16:00"},
        {"week", Priority::week, AckLevel::integrated, "2026-03-02 10:00", "", "2026-03-09 10:00"},
        {"fyi", Priority::fyi, AckLevel::received, "2026-03-02 10:00", "", ""},
        {"\"Got it\" is all that is asked", Priority::today, AckLevel::received, "2026-03-02 10:00", "", ""},
        {"a promise sets the date",
         Priority::today,
         AckLevel::integrated,
         "2026-03-02 10:00",
         "2026-03-05 15:00",
         "2026-03-05 15:00"},
        {"a promise for the evening is asked about in the morning",
         Priority::today,
         AckLevel::integrated,
         "2026-03-02 10:00",
         "2026-03-05 17:00",
         "2026-03-06 09:00"},
        {"acked in the evening",
         Priority::today,
         AckLevel::integrated,
         "2026-03-02 20:00",
         "",
         "2026-03-05 09:00"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        const Walk walk{row.priority, utc("2026-03-02 09:00"), {}, {}, "Etc/UTC", row.level};
        const bool promises = *row.promised != '\0';
        const Obligation next = received(
            walk, utc(row.acked), promises ? std::optional{utc(row.promised)} : std::nullopt);
        CHECK(name_of(next.state) == "received");
        CHECK(next.holder == debtor);
        CHECK(next.received_at == utc(row.acked));
        CHECK(next.due_at == (*row.asked_about != '\0' ? std::optional{utc(row.asked_about)} : std::nullopt));
    }
}

TEST_CASE("promise: one reminder, then one question, then it lapses into a dead letter with a cause")
{
    const Walk walk{Priority::today, utc("2026-03-02 09:00")};
    const Obligation promised = received(walk, utc("2026-03-02 10:00"), utc("2026-03-03 12:00"));
    CHECK(walk.in_silence(promised) ==
          "Tue 12:00 reminded debtor | Thu 12:00 reminded debtor | Thu 12:00 lapsed");
    Obligation last = promised;
    last.reminders = 2;
    CHECK(decide_due(last, walk.situation(last), utc("2026-03-12 12:00")).next.cause == EndCause::never_done);
}

TEST_CASE("promise: reminders keep to working hours, and a new date starts them anew")
{
    const Walk walk{Priority::today, utc("2026-03-02 09:00")};
    const Obligation promised = received(walk, utc("2026-03-02 10:00"), utc("2026-03-03 12:00"));
    const DueDecision at_night = decide_due(promised, walk.situation(promised), utc("2026-03-03 22:00"));
    CHECK(name_of(at_night.reason) == "outside_working_hours");
    CHECK(at_night.recipients.empty());
    CHECK(at_night.next.due_at == utc("2026-03-04 09:00"));

    const Obligation reminded = decide_due(promised, walk.situation(promised), utc("2026-03-03 12:00")).next;
    CHECK(reminded.reminders == 1);
    const Obligation again =
        done_to(walk, reminded, ObligationEvent::promised, utc("2026-03-03 13:00"), utc("2026-03-06 12:00"))
            .next;
    CHECK(again.reminders == 0);
    CHECK(again.promised_at == utc("2026-03-06 12:00"));
    CHECK(again.received_at == utc("2026-03-02 10:00"));
    CHECK(again.due_at == utc("2026-03-06 12:00"));
}

TEST_CASE("promise: the reminder of somebody who left goes nowhere: it lapses with that cause")
{
    const Walk walk{Priority::today, utc("2026-03-02 09:00")};
    Obligation held = received(walk, utc("2026-03-02 10:00"));
    held.cause = EndCause::debtor_gone;
    Situation situation = walk.situation(held);
    situation.audience.clear();
    const DueDecision decision = decide_due(held, situation, utc("2026-03-02 11:00"));
    CHECK(decision.event == ObligationEvent::lapsed);
    CHECK(decision.next.cause == EndCause::debtor_gone);
}

TEST_CASE("snooze: quiet until the chosen time, in working hours, and at most three times")
{
    const Walk walk{Priority::today, utc("2026-03-02 09:00")};
    Obligation obligation = walk.asked();
    const Instant until[] = {utc("2026-03-02 12:00"), utc("2026-03-02 23:00"), utc("2026-03-07 09:00")};
    const Instant quiet_until[] = {utc("2026-03-02 12:00"), utc("2026-03-03 09:00"), utc("2026-03-09 09:00")};
    for (std::size_t index = 0; index < 3; ++index) {
        const Applied snoozed = done_to(
            walk, obligation, ObligationEvent::snoozed, utc("2026-03-02 10:00"), until[index]);
        CHECK(snoozed.outcome == ApplyOutcome::changed);
        CHECK(snoozed.next.due_at == quiet_until[index]);
        CHECK(snoozed.next.attempt == obligation.attempt);
        obligation = snoozed.next;
    }
    const Applied fourth = done_to(
        walk, obligation, ObligationEvent::snoozed, utc("2026-03-02 10:00"), utc("2026-03-10 09:00"));
    CHECK(fourth.outcome == ApplyOutcome::snoozed_enough);
    CHECK(fourth.next == obligation);
}

TEST_CASE("snooze: what is for now sleeps as long as was said, at night too")
{
    const Walk walk{Priority::now, utc("2026-03-02 20:00")};
    const Applied snoozed = done_to(
        walk, walk.asked(), ObligationEvent::snoozed, utc("2026-03-02 20:06"), utc("2026-03-02 21:06"));
    CHECK(snoozed.next.due_at == utc("2026-03-02 21:06"));
    CHECK(walk.in_silence(snoozed.next) == "Mon 21:06 nudged debtor | Mon 21:11 nudged debtor | Mon 21:16 "
                                           "nudged debtor | Mon 21:21 route_used_up");
}

TEST_CASE("undo: the clock starts again from the beginning, and nothing is left of the answer")
{
    const Walk walk{Priority::today, utc("2026-03-02 09:00"), {}, {{{"Etc/UTC"}, false, {}}}};
    Obligation held = received(walk, utc("2026-03-02 10:00"), utc("2026-03-05 12:00"));
    held.step = 1;
    held.attempt = 2;
    held.reminders = 1;
    held.cause = EndCause::undeliverable;
    const Obligation open = done_to(walk, held, ObligationEvent::undone, utc("2026-03-03 10:00")).next;
    CHECK(name_of(open.state) == "open");
    CHECK(open.holder.empty());
    CHECK(open.received_at == std::nullopt);
    CHECK(open.promised_at == std::nullopt);
    CHECK(open.way == AckWay::none);
    CHECK(open.cause == EndCause::none);
    CHECK(open.step == 0);
    CHECK(open.attempt == 0);
    CHECK(open.reminders == 0);
    CHECK(open.started_at == utc("2026-03-03 10:00"));
    CHECK(
        walk.in_silence(open).starts_with("Tue 11:30 nudged debtor | Tue 12:00 nudged debtor | Tue 12:30 "));
}

TEST_CASE("ack: an answer after a message could not be delivered leaves no trace of that")
{
    const Walk walk{Priority::today, utc("2026-03-02 09:00")};
    Obligation open = walk.asked();
    open.cause = EndCause::undeliverable;
    for (const ObligationEvent event :
         {ObligationEvent::acked, ObligationEvent::promised, ObligationEvent::done}) {
        CAPTURE(name_of(event));
        CHECK(done_to(walk, open, event, utc("2026-03-02 10:00"), utc("2026-03-03 10:00")).next.cause ==
              EndCause::none);
    }
}

TEST_CASE("done: is received and integrated in one go, and keeps who had it and since when")
{
    const Walk walk{Priority::today, utc("2026-03-02 09:00")};
    const Obligation at_once =
        done_to(walk, walk.asked(), ObligationEvent::done, utc("2026-03-02 10:00")).next;
    CHECK(at_once.received_at == utc("2026-03-02 10:00"));
    CHECK(at_once.integrated_at == utc("2026-03-02 10:00"));
    CHECK(at_once.due_at == std::nullopt);
    const Obligation held = received(walk, utc("2026-03-02 10:00"));
    const Obligation later = done_to(walk, held, ObligationEvent::done, utc("2026-03-03 10:00")).next;
    CHECK(later.received_at == utc("2026-03-02 10:00"));
    CHECK(later.integrated_at == utc("2026-03-03 10:00"));
    CHECK(later.holder == debtor);
}
