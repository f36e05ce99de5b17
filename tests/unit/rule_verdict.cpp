// Rules that retire themselves: what the figures of a rule make of it.
#include "bot/interruptions/rule_verdict.hpp"

#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

RuleFigures any_figures()
{
    RuleFigures figures;
    figures.cases = *rc::gen::inRange(0, 60);
    figures.moved = *rc::gen::inRange(0, figures.cases + 1);
    figures.judged = *rc::gen::inRange(0, 60);
    figures.useful = *rc::gen::inRange(0, figures.judged + 1);
    figures.people_nudged = *rc::gen::inRange(0, 12);
    figures.people_judging = *rc::gen::inRange(0, 12);
    return figures;
}

RuleStanding any_standing(Instant now)
{
    RuleStanding standing;
    standing.state = *rc::gen::element(RuleState::on, RuleState::digest, RuleState::off);
    standing.cause = *rc::gen::element(RuleCause::figures, RuleCause::by_hand);
    standing.since = now - std::chrono::hours{*rc::gen::inRange(0, 24 * 40)};
    if (standing.state == RuleState::on && *rc::gen::arbitrary<bool>())
        standing.kept_until = now + std::chrono::hours{*rc::gen::inRange(-24 * 90, 24 * 90)};
    return standing;
}

Instant any_instant()
{
    return utc("2026-03-02 03:00") + std::chrono::hours{*rc::gen::inRange(0, 9'000)};
}

}  // namespace

TEST_CASE(
    "rule: twenty samples of five people, and under half useful or under a fifth moved, say it helps too little")
{
    struct Row {
        const char* why;
        RuleFigures figures;
        RuleVerdict expected;
    };
    const Row rows[] = {
        {"nothing known", {}, RuleVerdict::unknown},
        {"6 of 31 moved", {31, 6, 0, 0, 5, 0}, RuleVerdict::seldom_moves},
        {"4 of 20 moved: a fifth", {20, 4, 0, 0, 5, 0}, RuleVerdict::helps},
        {"3 of 20 moved", {20, 3, 0, 0, 5, 0}, RuleVerdict::seldom_moves},
        {"19 cases are too few", {19, 0, 0, 0, 9, 0}, RuleVerdict::unknown},
        {"four people are too few", {60, 0, 0, 0, 4, 0}, RuleVerdict::unknown},
        {"10 of 20 useful: half", {0, 0, 20, 10, 0, 5}, RuleVerdict::helps},
        {"9 of 20 useful", {0, 0, 20, 9, 0, 5}, RuleVerdict::seldom_useful},
        {"of four people", {0, 0, 20, 0, 0, 4}, RuleVerdict::unknown},
        {"it moves, and people do not like it", {30, 30, 20, 9, 5, 5}, RuleVerdict::seldom_useful},
        {"they like it, and it moves nothing", {30, 1, 20, 20, 5, 5}, RuleVerdict::seldom_moves},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        CHECK(std::string{name_of(verdict_on(row.figures))} == std::string{name_of(row.expected)});
    }
}

TEST_CASE("rule: from on to the digest, after fourteen days off; an admin's word holds for ninety")
{
    const Instant now = utc("2026-03-30 03:00");
    const RuleFigures bad{31, 6, 0, 0, 5, 0};
    const RuleFigures good{31, 20, 0, 0, 5, 0};
    struct Row {
        const char* why;
        RuleStanding standing;
        RuleFigures figures;
        std::optional<RuleState> expected;
    };
    using enum RuleState;
    using enum RuleCause;
    const Row rows[] = {
        {"on, and it helps", {on, figures, {}, {}}, good, {}},
        {"on, and it does not", {on, figures, {}, {}}, bad, digest},
        {"kept", {on, by_hand, now - 24h, now + 1h}, bad, {}},
        {"no longer kept", {on, by_hand, now - 24h * 90, now}, bad, digest},
        {"13 days in the digest", {digest, figures, now - 24h * 13, {}}, bad, {}},
        {"14 days in the digest", {digest, figures, now - 24h * 14, {}}, bad, off},
        {"14 days, and too little is known since", {digest, figures, now - 24h * 14, {}}, {}, off},
        {"14 days, and it helps there", {digest, figures, now - 24h * 14, {}}, good, {}},
        {"in the digest by an admin's word", {digest, by_hand, now - 24h * 40, {}}, bad, {}},
        {"off, and nothing is known of it any more", {off, figures, now - 24h * 40, {}}, {}, {}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        CHECK((next_state(row.standing, row.figures, now) == row.expected));
    }
}

TEST_CASE(
    "rule: whatever the figures, what an admin keeps stays, nothing goes off at once, and nothing by too few")
{
    CHECK(rc::check([] {
        const Instant now = any_instant();
        const RuleStanding standing = any_standing(now);
        const RuleFigures figures = any_figures();
        const auto next = next_state(standing, figures, now);
        if (standing.kept_until && now < *standing.kept_until) RC_ASSERT_FALSE(next);
        if (standing.state != RuleState::on && standing.cause == RuleCause::by_hand) RC_ASSERT_FALSE(next);
        if (!next) return;
        RC_ASSERT(*next != standing.state);
        RC_ASSERT(*next != RuleState::on);  // back on is for people to say
        if (standing.state == RuleState::on) {
            RC_ASSERT(*next == RuleState::digest);
            RC_ASSERT(std::max(figures.cases, figures.judged) >= 20);
            RC_ASSERT(std::max(figures.people_nudged, figures.people_judging) >= 5);
        } else {
            RC_ASSERT(now - standing.since >= 24h * 14);
        }
    }));
}

TEST_CASE("rule: better figures never retire what worse ones leave on")
{
    CHECK(rc::check([] {
        const Instant now = any_instant();
        const RuleStanding standing = any_standing(now);
        const RuleFigures worse = any_figures();
        RuleFigures better = worse;
        better.moved = *rc::gen::inRange(worse.moved, worse.cases + 1);
        better.useful = *rc::gen::inRange(worse.useful, worse.judged + 1);
        if (!next_state(standing, worse, now)) RC_ASSERT_FALSE(next_state(standing, better, now));
    }));
}

TEST_CASE("rule: where the policy says that rules do not retire, only an admin's word makes one quiet")
{
    CHECK(rc::check([] {
        const RuleStanding standing = any_standing(any_instant());
        RC_ASSERT(state_in_force(standing, true) == standing.state);
        const RuleState without = state_in_force(standing, false);
        RC_ASSERT(without == (standing.cause == RuleCause::by_hand ? standing.state : RuleState::on));
    }));
}
