// The state machine of an obligation, walked exhaustively: every state with every event.
#include "bot/delivery/obligation_transitions.hpp"

#include "bot/delivery/nudge_rules.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <utility>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

using S = ObligationState;
using E = ObligationEvent;

/// The specification, written a second time and by hand: where each event leads. What is not here changes
/// nothing.
const std::map<std::pair<S, E>, S> specified{
    {{S::open, E::nudged}, S::open},
    {{S::open, E::spared}, S::open},
    {{S::open, E::attempts_used_up}, S::escalated},
    {{S::open, E::route_used_up}, S::dead_letter},
    {{S::open, E::acked}, S::received},
    {{S::open, E::promised}, S::received},
    {{S::open, E::done}, S::integrated},
    {{S::open, E::declined}, S::declined},
    {{S::open, E::snoozed}, S::open},
    {{S::open, E::withdrawn}, S::withdrawn},
    {{S::open, E::no_longer_needed}, S::withdrawn},
    {{S::open, E::handed_over}, S::delegated},
    {{S::open, E::asked_again}, S::open},
    {{S::open, E::expired}, S::expired},
    {{S::escalated, E::nudged}, S::escalated},
    {{S::escalated, E::spared}, S::escalated},
    {{S::escalated, E::expired}, S::expired},
    {{S::escalated, E::step_taken}, S::escalated},
    {{S::escalated, E::route_used_up}, S::dead_letter},
    {{S::escalated, E::acked}, S::received},
    {{S::escalated, E::promised}, S::received},
    {{S::escalated, E::done}, S::integrated},
    {{S::escalated, E::declined}, S::declined},
    {{S::escalated, E::withdrawn}, S::withdrawn},
    {{S::escalated, E::no_longer_needed}, S::withdrawn},
    {{S::escalated, E::handed_over}, S::delegated},
    {{S::escalated, E::asked_again}, S::open},
    {{S::received, E::acked}, S::received},
    {{S::received, E::promised}, S::received},
    {{S::received, E::done}, S::integrated},
    {{S::received, E::reminded}, S::received},
    {{S::received, E::asked_for_sign}, S::received},
    {{S::received, E::signed_on}, S::received},
    {{S::received, E::let_go}, S::escalated},
    {{S::received, E::lapsed}, S::dead_letter},
    {{S::received, E::declined}, S::declined},
    {{S::received, E::snoozed}, S::received},
    {{S::received, E::undone}, S::open},
    {{S::received, E::withdrawn}, S::withdrawn},
    {{S::received, E::handed_over}, S::delegated},
    {{S::received, E::asked_again}, S::open},
};

Obligation obligation_in(S state)
{
    Obligation obligation;
    obligation.id = ObligationId{7};
    obligation.request = RequestId{3};
    obligation.debtor = UserId{"Ubo"};
    obligation.state = state;
    obligation.started_at = utc("2026-03-02 09:00");
    if (!is_final(state)) obligation.due_at = utc("2026-03-02 11:00");
    if (state == S::escalated) obligation.step = 1;
    if (state == S::received || state == S::integrated) {
        obligation.holder = UserId{"Ubo"};
        obligation.received_at = utc("2026-03-02 09:30");
        obligation.way = AckWay::button;
    }
    return obligation;
}

Situation situation_with(const DeliveryPolicy& policy)
{
    const WorkingHours hours{"Etc/UTC"};
    return Situation{policy,
                     Priority::today,
                     AckLevel::integrated,
                     std::nullopt,
                     hours,
                     {Reachable{UserId{"Ubo"}, hours}},
                     {true},
                     {Duration{0}},
                     false};
}

}  // namespace

TEST_CASE("obligation: every event in every state leads where the specification says, and nowhere else")
{
    for (const S state : all_obligation_states) {
        for (const E event : all_obligation_events) {
            CAPTURE(name_of(state));
            CAPTURE(name_of(event));
            const auto expected = specified.find({state, event});
            const auto actual = next_state(state, event);
            CHECK(actual.has_value() == (expected != specified.end()));
            if (actual && expected != specified.end()) CHECK(name_of(*actual) == name_of(expected->second));
        }
    }
    CHECK(obligation_transitions().size() == specified.size());
}

TEST_CASE("obligation: a final state has no way out")
{
    const std::set<S> live{S::open, S::received, S::escalated};
    for (const S state : all_obligation_states) {
        CAPTURE(name_of(state));
        CHECK(is_final(state) == !live.contains(state));
        for (const E event : all_obligation_events) {
            CAPTURE(name_of(event));
            if (is_final(state)) CHECK_FALSE(next_state(state, event).has_value());
        }
    }
}

TEST_CASE("obligation: every live state can be left, and every final state but one can be reached directly")
{
    std::set<S> reached;
    for (const ObligationTransition& row : obligation_transitions()) {
        CHECK_FALSE(row.meaning.empty());
        if (row.from != row.to) reached.insert(row.to);
    }
    for (const S state : all_obligation_states) {
        CAPTURE(name_of(state));
        CHECK(reached.contains(state));
    }
}

TEST_CASE("obligation: applying any event follows the table or changes nothing at all")
{
    const DeliveryPolicy policy = default_delivery_policy();
    const Situation situation = situation_with(policy);
    for (const S state : all_obligation_states) {
        for (const E event : all_obligation_events) {
            CAPTURE(name_of(state));
            CAPTURE(name_of(event));
            const Obligation before = obligation_in(state);
            const Happening happening{event,
                                      utc("2026-03-02 10:00"),
                                      UserId{"Ubo"},
                                      AckWay::button,
                                      EndCause::none,
                                      utc("2026-03-03 10:00")};
            const Applied applied = apply(before, happening, situation);
            const auto to = next_state(state, event);
            if (applied.outcome == ApplyOutcome::changed) {
                REQUIRE(to.has_value());
                CHECK(name_of(applied.next.state) == name_of(*to));
                CHECK(applied.next.debtor == before.debtor);
                CHECK(applied.next.id == before.id);
            } else {
                CHECK(applied.next == before);
                const bool again = applied.outcome == ApplyOutcome::nothing_new;
                CHECK(again == (state == S::received && event == E::acked));
                CHECK(to.has_value() == again);
            }
        }
    }
}

TEST_CASE("obligation: whatever happens, what is over waits for nothing and what is asked has an end ahead")
{
    const DeliveryPolicy policy = default_delivery_policy();
    const Situation situation = situation_with(policy);
    const Instant now = utc("2026-03-02 10:00");
    for (const S state : all_obligation_states) {
        for (const E event : all_obligation_events) {
            // These are decided by decide_due, which sets the next deadline itself.
            if (event == E::nudged || event == E::spared || event == E::attempts_used_up ||
                event == E::step_taken || event == E::reminded || event == E::asked_for_sign ||
                event == E::let_go)
            {
                continue;
            }
            CAPTURE(name_of(state));
            CAPTURE(name_of(event));
            const Happening happening{event, now, UserId{"Ubo"}, AckWay::button, EndCause::none, now + 24h};
            const Obligation next = apply(obligation_in(state), happening, situation).next;
            if (is_final(next.state))
                CHECK_FALSE(next.due_at.has_value());
            else
                CHECK(next.due_at > now);
        }
    }
}

TEST_CASE("obligation: every name that is stored or shown is a name of its own")
{
    std::set<std::string_view> states;
    for (const S state : all_obligation_states) states.insert(name_of(state));
    CHECK(states.size() == all_obligation_states.size());
    CHECK_FALSE(states.contains("?"));
    std::set<std::string_view> events;
    for (const E event : all_obligation_events) events.insert(name_of(event));
    CHECK(events.size() == all_obligation_events.size());
    CHECK_FALSE(events.contains("?"));
    std::set<std::string_view> causes;
    for (int cause = 0; cause <= 12; ++cause) causes.insert(name_of(static_cast<EndCause>(cause)));
    CHECK(causes.size() == 13);
    CHECK_FALSE(causes.contains("?"));
}

TEST_CASE("obligation: the reasons for a \"can't\" are a closed list")
{
    struct Row {
        std::string word;
        std::optional<EndCause> cause;
    };
    const Row rows[] = {
        {"no_time", EndCause::no_time},
        {"blocked", EndCause::blocked},
        {"objection", EndCause::objection},
        {"not_me", EndCause::not_me},
        {"away", EndCause::away},
        {"", std::nullopt},
        {"bored", std::nullopt},
        {"No_Time", std::nullopt},
    };
    for (const Row& row : rows) {
        CAPTURE(row.word);
        CHECK(decline_cause_named(row.word) == row.cause);
    }
}
