#include "tests/simulation/route_checker.hpp"

#include "bot/courier/outbox.hpp"
#include "bot/delivery/obligation.hpp"
#include "tests/simulation/question_checker.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd::simulation {

using namespace std::chrono_literals;

FrozenRoute RouteChecker::route_of(std::int64_t request)
{
    storage::Statement row = connection_.prepare("SELECT route FROM requests WHERE id = $1");
    row.bind(1, request);
    row.step();
    return frozen_route_from_text(row.column_string(0));
}

/// Whether they have let three calls in a row pass, at some time.
bool RouteChecker::was_passed_over(const std::string& person, const JournalFact& fact)
{
    storage::Statement opened = connection_.prepare(
        R"(SELECT 1 FROM journal JOIN pseudonyms ON token = detail ->> 'person'
            WHERE fact = 'breaker_opened' AND original = $1 AND sequence < $2 LIMIT 1)");
    opened.bind_all(person, fact.sequence);
    return opened.step();
}

bool RouteChecker::check_has_nobody(const JournalFact& fact)
{
    const FrozenRoute route = route_of(fact.request);
    const auto index = static_cast<std::size_t>(fact.number("step")) - 1;
    bool has_somebody = false;
    bool is_passed_over = false;
    for (std::size_t number = 0; index < route.steps.size() && number < route.steps[index].channels.size();
         ++number)
    {
        // The chat would not take an earlier message about this there.
        storage::Statement refused = connection_.prepare(
            "SELECT 1 FROM calls WHERE obligation_id = $1 AND target = $2 AND declined = 1");
        refused.bind_all(fact.obligation, route.steps[index].channels[number].value);
        has_somebody = has_somebody || !refused.step();
    }
    for (std::size_t number = 0;
         index < route.steps.size() && number < route.steps[index].destinations.size();
         ++number)
    {
        storage::Statement refused = connection_.prepare(
            "SELECT 1 FROM calls WHERE obligation_id = $1 AND target = $2 AND declined = 1");
        refused.bind_all(fact.obligation,
                         conversation_of_destination(route.steps[index].destinations[number]));
        has_somebody = has_somebody || !refused.step();
    }
    for (std::size_t number = 0; index < route.steps.size() && number < route.steps[index].people.size();
         ++number)
    {
        storage::Statement gone = connection_.prepare(
            "SELECT 1 FROM members WHERE id = $1 AND deactivated = 1");
        const std::string& person = route.steps[index].people[number].value;
        gone.bind(1, person);
        if (gone.step()) continue;
        // One more is needed, and they have it already.
        storage::Statement taken = connection_.prepare(
            "SELECT 1 FROM obligations WHERE request_id = $1 AND id <> $2 AND holder = $3 AND state IN (2, 3)");
        taken.bind_all(fact.request, fact.obligation, person);
        if (taken.step()) continue;
        has_somebody = has_somebody || !was_passed_over(person, fact);
        is_passed_over = true;
    }
    if (has_somebody || index >= route.steps.size()) {
        throw Violation{"5: only steps with nobody in them are skipped",
                        fmt::format("obligation {}: step {} was skipped", fact.obligation, index + 1)};
    }
    return is_passed_over;
}

void RouteChecker::check_takers(std::int64_t request)
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT o.state, o.step, o.holder FROM obligations o JOIN requests r ON r.id = o.request_id
            WHERE o.request_id = $1 AND r.kind = 3)");
    rows.bind(1, request);
    const FrozenRoute route = route_of(request);
    int needed = 1;
    std::set<std::string> takers;
    while (rows.step()) {
        const auto state = static_cast<ObligationState>(rows.column_int(0));
        const auto step = static_cast<std::size_t>(rows.column_int(1));
        // Whoever says that it is done ends it for everybody.
        const bool is_looked_after = is_waiting(state) || state == ObligationState::dead_letter ||
                                     state == ObligationState::integrated;
        if (is_looked_after) return;
        if (state != ObligationState::received) continue;
        takers.insert(rows.column_string(2));
        if (step > 0) needed = std::max(needed, route.steps.at(step - 1).needed);
    }
    const int count = static_cast<int>(takers.size());
    if (count == 0 || count >= needed) return;
    throw Violation{
        "nothing goes nowhere",
        fmt::format("request {}: {} of {} have it, and nobody else is asked", request, count, needed)};
}

void RouteChecker::heard(const JournalFact& fact,
                         const FoldedObligation& before,
                         const FoldedObligation& after)
{
    if (after.state == name_of(ObligationState::received)) check_takers(fact.request);
    if (fact.fact == "step_skipped") {
        const bool is_passed_over = check_has_nobody(fact);
        // What is raised begins at the first step with somebody in it: those before it were never left.
        if (fact.number("step") > after.step) {
            ++skipped_[fact.obligation];
            if (is_passed_over) passes_over_.insert(fact.obligation);
        }
    }
    const bool moves_on = fact.fact == "attempts_used_up" || fact.fact == "step_taken" ||
                          fact.fact == "let_go_of";
    if (!moves_on && fact.fact != "route_used_up") return;

    // Each step in between has been reported as having nobody in it.
    const int next = moves_on ? after.step : static_cast<int>(route_of(fact.request).steps.size()) + 1;
    const int passed_over = next - before.step - 1;
    if (passed_over < 0 || passed_over != skipped_[fact.obligation]) {
        throw Violation{"5: the steps of a route come in order",
                        fmt::format("obligation {} goes from step {} to {}, with {} reported as empty",
                                    fact.obligation,
                                    before.step,
                                    next,
                                    skipped_[fact.obligation])};
    }
    skipped_.erase(fact.obligation);
    if (passes_over_.erase(fact.obligation) > 0 && !moves_on) {
        throw Violation{"5: nobody is passed over where nobody comes after them",
                        fmt::format("obligation {} is given up", fact.obligation)};
    }

    // Not before everybody in the step has had the time that the priority allows: at the very least the
    // working time as it would pass on the wall's clock.
    const std::string reason = fact.text("reason");
    if ((reason != "attempts_used_up" && reason != "route_used_up") || before.is_off_schedule) return;
    storage::Statement row = connection_.prepare(
        "SELECT priority, due_at_us, CASE kind WHEN 2 THEN subject_channel ELSE '' END FROM requests WHERE id = $1");
    row.bind(1, fact.request);
    row.step();
    const auto priority = static_cast<Priority>(row.column_int(0));
    Duration least = Duration::max();
    for (const Settings& settings : all_settings_) {
        const PriorityPolicy policy = pace_in(settings, priority, ChannelId{row.column_string(2)});
        least = std::min<Duration>(
            least, row.column_is_null(1) || before.step > 0 ? policy.ack_within : Duration{1min});
    }
    const Instant began = before.state == "open" ? std::max(before.started_at, Instant{})
                                                 : before.step_taken_at;
    if (fact.recorded_at - began < least) {
        throw Violation{
            "5: a step is not left before its time",
            fmt::format("obligation {} left step {} after {} s",
                        fact.obligation,
                        before.step,
                        std::chrono::duration_cast<std::chrono::seconds>(fact.recorded_at - began).count())};
    }
}

}  // namespace ackd::simulation
