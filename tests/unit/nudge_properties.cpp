// What holds for every obligation, whatever the priority, the people, their zones and the time.
#include "tests/unit/nudge_walk.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

std::string any_zone()
{
    return *rc::gen::element<std::string>("Europe/Berlin",
                                          "America/New_York",
                                          "Australia/Sydney",
                                          "Pacific/Chatham",
                                          "Asia/Kathmandu",
                                          "Etc/UTC");
}

Walk any_walk()
{
    Walk walk;
    walk.priority = *rc::gen::elementOf(std::vector<Priority>(all_priorities.begin(), all_priorities.end()));
    walk.level = *rc::gen::element(AckLevel::received, AckLevel::integrated);
    walk.asked_at = utc("2026-01-01 00:00") + std::chrono::seconds{*rc::gen::inRange(0, 365 * 24 * 3600)};
    if (*rc::gen::arbitrary<bool>()) {
        walk.by = walk.asked_at + std::chrono::minutes{*rc::gen::inRange(-600, 60 * 24 * 14)};
    }
    walk.debtor_zone = any_zone();
    const int steps = *rc::gen::inRange(0, 4);
    for (int index = 0; index < steps; ++index) {
        WalkStep& step = walk.steps.emplace_back();
        const int people = *rc::gen::inRange(0, 3);
        for (int person = 0; person < people; ++person) step.zones.push_back(any_zone());
        step.has_channel = *rc::gen::arbitrary<bool>();
        step.delay = std::chrono::minutes{*rc::gen::inRange(0, 120)};
    }
    return walk;
}

/// When a deadline is looked at: on time, or late because the bot was away.
Instant fired_at(const Obligation& obligation)
{
    return *obligation.due_at + std::chrono::minutes{*rc::gen::element(0, 0, 0, 1, 45, 600, 5'000)};
}

Happening any_answer(Instant at)
{
    const auto event = *rc::gen::element(ObligationEvent::acked,
                                         ObligationEvent::promised,
                                         ObligationEvent::done,
                                         ObligationEvent::declined,
                                         ObligationEvent::withdrawn);
    return Happening{event,
                     at,
                     UserId{"debtor"},
                     AckWay::button,
                     EndCause::none,
                     at + std::chrono::hours{*rc::gen::inRange(1, 200)}};
}

constexpr int deadlines_max = 200;

}  // namespace

TEST_CASE("nudge: without an answer every obligation ends, after a bounded number of nudges and deadlines")
{
    CHECK(rc::check([] {
        const Walk walk = any_walk();
        Obligation obligation = walk.asked();
        int nudges = 0;
        int deadlines = 0;
        int step = 0;
        while (obligation.due_at) {
            RC_ASSERT(++deadlines < deadlines_max);
            const Instant now = fired_at(obligation);
            const DueDecision decision = decide_due(obligation, walk.situation(obligation), now);
            if (decision.event == ObligationEvent::nudged) ++nudges;
            // Steps happen in order.
            RC_ASSERT(decision.next.step >= step);
            step = decision.next.step;
            obligation = decision.next;
        }
        RC_ASSERT(is_final(obligation.state));
        const auto per_step = walk.policy.of(walk.priority).nudges.size();
        RC_ASSERT(static_cast<std::size_t>(nudges) <= per_step * (walk.steps.size() + 1));
        if (walk.priority == Priority::fyi) RC_ASSERT(nudges == 1);
    }));
}

TEST_CASE("nudge: after a deadline was looked at, the next one is not in the past")
{
    CHECK(rc::check([] {
        const Walk walk = any_walk();
        Obligation obligation = walk.asked();
        RC_ASSERT(obligation.due_at >= walk.asked_at);
        for (int index = 0; index < deadlines_max && obligation.due_at; ++index) {
            const Instant now = fired_at(obligation);
            const DueDecision decision = decide_due(obligation, walk.situation(obligation), now);
            if (decision.next.due_at) RC_ASSERT(*decision.next.due_at >= now);
            const bool is_nudge = decision.event == ObligationEvent::nudged;
            const bool waits = !decision.event;
            if (decision.next.due_at && (is_nudge || waits)) RC_ASSERT(*decision.next.due_at > now);
            obligation = decision.next;
        }
    }));
}

TEST_CASE("nudge: nobody gets a message outside their working hours, but at now")
{
    CHECK(rc::check([] {
        const Walk walk = any_walk();
        Obligation obligation = walk.asked();
        for (int index = 0; index < deadlines_max && obligation.due_at; ++index) {
            const Instant now = fired_at(obligation);
            const Situation situation = walk.situation(obligation);
            const DueDecision decision = decide_due(obligation, situation, now);
            for (const UserId& person : decision.recipients) {
                for (const Reachable& reachable : situation.audience) {
                    if (reachable.person != person) continue;
                    RC_ASSERT(walk.priority == Priority::now || reachable.hours.contains(now));
                }
            }
            obligation = decision.next;
        }
    }));
}

TEST_CASE("nudge: once acked, time alone never brings a nudge back")
{
    CHECK(rc::check([] {
        const Walk walk = any_walk();
        Obligation obligation = walk.asked();
        const int before = *rc::gen::inRange(0, 6);
        for (int index = 0; index < before && obligation.due_at; ++index) {
            obligation = decide_due(obligation, walk.situation(obligation), fired_at(obligation)).next;
        }
        if (is_final(obligation.state)) return;
        const Happening answer = any_answer(*obligation.due_at);
        obligation = apply(obligation, answer, walk.situation(obligation)).next;
        int messages = 0;
        for (int index = 0; obligation.due_at; ++index) {
            RC_ASSERT(index < deadlines_max);
            const DueDecision decision = decide_due(
                obligation, walk.situation(obligation), fired_at(obligation));
            RC_ASSERT(decision.event != ObligationEvent::nudged);
            RC_ASSERT(decision.event != ObligationEvent::attempts_used_up);
            if (decision.event == ObligationEvent::reminded) ++messages;
            obligation = decision.next;
        }
        // One reminder and one question, to somebody who said that they have it.
        RC_ASSERT(messages <= 2);
        if (walk.level == AckLevel::received) RC_ASSERT(messages == 0);
    }));
}

TEST_CASE("ack: saying the same twice is the same as saying it once")
{
    CHECK(rc::check([] {
        const Walk walk = any_walk();
        const Obligation asked = walk.asked();
        const Happening answer = any_answer(walk.asked_at + 10min);
        const Obligation once = apply(asked, answer, walk.situation(asked)).next;
        const Applied twice = apply(once, answer, walk.situation(once));
        RC_ASSERT(twice.next == once);
    }));
}
