// Which nudges have a rule, what it is called, and which messages ask whether they were useful.
#include "bot/interruptions/nudge_rule.hpp"

#include "tests/unit/generated_policy.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace ackd;

namespace {

std::string rule_of(Priority priority, int step, int attempt, bool is_successor = false)
{
    Request request;
    request.priority = priority;
    Obligation obligation;
    if (is_successor) obligation.predecessor = ObligationId{3};
    const auto rule = nudge_rule_of(
        {ObligationId{7}, step, attempt}, request, obligation, default_delivery_policy());
    return rule ? to_text(*rule) + ": " + words_of(*rule) : "none";
}

}  // namespace

TEST_CASE("nudge rule: a nudge belongs to a rule that is named by what the policy says of it")
{
    CHECK(rule_of(Priority::today, 0, 1) == "today nudge 75%: The reminder at 75 % for today");
    CHECK(rule_of(Priority::today, 0, 2) == "today nudge 100%: The reminder at 100 % for today");
    CHECK(rule_of(Priority::today, 0, 3) == "none");
    CHECK(rule_of(Priority::today, 1, 2) == "today call 75%: The repeated call at 75 % for today");
    CHECK(rule_of(Priority::week, 0, 2) == "week nudge 100%+8h: The reminder at 100 % and 8h for this week");
    CHECK(rule_of(Priority::today, reminder_step, 1) ==
          "today reminder 2d: The question whether it is done, for today");
    CHECK(rule_of(Priority::today, reminder_step, 2) ==
          "today second_reminder 2d: The second question whether it is done, for today");
}

TEST_CASE(
    "nudge rule: nothing can make quiet what is at priority now, for information, or the first word of it")
{
    for (const int step : {reminder_step, 0, 1, 2}) {
        for (const int attempt : {1, 2, 3}) {
            CAPTURE(step);
            CAPTURE(attempt);
            CHECK(rule_of(Priority::now, step, attempt) == "none");
            CHECK(rule_of(Priority::fyi, step, attempt) == "none");
        }
    }
    CHECK(rule_of(Priority::today, 1, 1) == "none");        // the call of a step
    CHECK(rule_of(Priority::today, 0, 1, true) == "none");  // who is asked in place of somebody else
    CHECK(rule_of(Priority::today, dead_letter_step, 1) == "none");
    CHECK(rule_of(Priority::today, listed_step, 1) == "none");
}

TEST_CASE("nudge rule: whatever the policy, every rule is one of its rules, and is read back from its text")
{
    CHECK(rc::check([] {
        const Policy policy = generated_policy();
        Request request;
        request.priority = *rc::gen::element(Priority::today, Priority::week);
        const OutboxItem attempt{
            ObligationId{1}, *rc::gen::element(reminder_step, 0, 1, 2), *rc::gen::inRange(1, 5)};
        const auto rule = nudge_rule_of(attempt, request, Obligation{}, policy.delivery);
        if (!rule) return;
        RC_ASSERT(has_rule(policy.delivery, *rule));
        RC_ASSERT(nudge_rule_from_text(to_text(*rule)) == rule);
        Policy other = policy;
        for (NudgeOffset& nudge : other.delivery.of(request.priority).nudges)
            nudge.extra += std::chrono::minutes{7'000};
        if (rule->kind == NudgeKind::nudge) RC_ASSERT_FALSE(has_rule(other.delivery, *rule));
    }));
    for (const char* text : {"", "today", "today nudge", "today nudge ", "never nudge 75%", "today poke 75%"})
    {
        CAPTURE(text);
        CHECK_FALSE(nudge_rule_from_text(text));
    }
}

TEST_CASE("useful?: one nudge in ten asks, always the same ones, and in no team always the same person")
{
    int asking = 0;
    std::map<int, int> by_place;
    for (std::int64_t id = 1; id <= 10'000; ++id) {
        const OutboxItem attempt{ObligationId{id}, 0, 1 + static_cast<int>(id % 2)};
        REQUIRE(asks_if_useful(attempt) == asks_if_useful(attempt));
        if (!asks_if_useful(attempt)) continue;
        ++asking;
        ++by_place[static_cast<int>(id % 10)];
    }
    CHECK(asking > 900);
    CHECK(asking < 1'100);
    CHECK(by_place.size() == 10);
    for (const auto& [place, count] : by_place) CHECK(count < 200);
}
