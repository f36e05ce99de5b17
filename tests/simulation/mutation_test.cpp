// A checker that never complains proves nothing: each of these tests builds one mistake into the bot and
// shows that the simulation finds it within a few months, which are clean without the mistake.
#include "bot/engine/mutation.hpp"
#include "tests/simulation/simulated_month.hpp"
#include "tests/simulation/simulated_year.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace ackd;
using namespace ackd::simulation;

constexpr std::uint64_t seeds_max = 400;

class ActiveMutation {
public:
    explicit ActiveMutation(Mutation mutation) { active_mutation = mutation; }
    ~ActiveMutation() { active_mutation = Mutation::none; }
    ActiveMutation(const ActiveMutation&) = delete;
    ActiveMutation& operator=(const ActiveMutation&) = delete;
};

using Invariants = std::initializer_list<std::string>;

/// A seed whose month shows the mistake as one of these invariants (their numbers, as each begins).
std::optional<MonthReport> find_violation(Mutation mutation, Invariants expected)
{
    const ActiveMutation active{mutation};
    std::atomic<std::uint64_t> next{1};
    std::mutex mutex;
    std::optional<MonthReport> found;
    const auto search = [&] {
        for (std::uint64_t seed = next++; seed <= seeds_max; seed = next++) {
            MonthReport report = simulate_month(seed);
            const bool is_meant = report.violation &&
                                  std::any_of(
                                      expected.begin(), expected.end(), [&](const std::string& start) {
                                          return report.violation->invariant.starts_with(start);
                                      });
            const std::lock_guard lock{mutex};
            if (is_meant && !found) found = std::move(report);
            if (found) return;
        }
    };
    std::vector<std::thread> threads;
    for (unsigned number = 0; number < std::max(1U, std::thread::hardware_concurrency()); ++number)
        threads.emplace_back(search);
    for (std::thread& thread : threads) thread.join();
    return found;
}

/// Found, as one of the invariants that the mistake breaks, and not without the mistake.
void check_is_caught(Mutation mutation, Invariants expected)
{
    const auto report = find_violation(mutation, expected);
    REQUIRE_MESSAGE(report, "no such violation within " << seeds_max << " seeds");
    INFO("seed " << report->seed << ": " << report->violation->invariant << ": " << report->violation->seen);
    const MonthReport clean = simulate_month(report->seed);
    CHECK_FALSE(clean.violation);
}

}  // namespace

TEST_CASE("mutation: an input confirmed before its commit is caught")
{
    check_is_caught(Mutation::confirm_before_commit, {"1:"});
}

TEST_CASE("mutation: an input confirmed although the disk refused it is caught")
{
    check_is_caught(Mutation::confirm_refused, {"1:"});
}

TEST_CASE("mutation: a message sent again without looking whether it arrived is caught")
{
    check_is_caught(Mutation::forget_in_doubt, {"3:"});
}

TEST_CASE("mutation: a nudge sent twice is caught")
{
    check_is_caught(Mutation::nudge_twice, {"3:"});
}

TEST_CASE("mutation: a nudge that leaves after its ack is caught")
{
    check_is_caught(Mutation::nudge_after_ack, {"4:"});
}

TEST_CASE("mutation: a redelivered input taken as a new one is caught")
{
    check_is_caught(Mutation::skip_deduplication, {"1:"});
}

TEST_CASE("mutation: a nudge at night is caught")
{
    check_is_caught(Mutation::ignore_working_hours, {"4:"});
}

TEST_CASE("mutation: hours that are off by one in summer are caught")
{
    check_is_caught(Mutation::forget_summer_time, {"4:"});
}

TEST_CASE("mutation: hours that somebody chose and that are not looked at are caught")
{
    check_is_caught(Mutation::ignore_work_week, {"4:"});
}

TEST_CASE("mutation: a holiday that is not looked at is caught")
{
    check_is_caught(Mutation::ignore_holidays, {"4: no nudge outside"});
}

TEST_CASE("mutation: deadlines that stay where they were when hours become others are caught")
{
    check_is_caught(Mutation::forget_other_hours, {"4: no nudge before"});
}

TEST_CASE("mutation: an absence that is not looked at is caught")
{
    check_is_caught(Mutation::ignore_absences, {"4:"});
}

TEST_CASE("mutation: do-not-disturb that is not looked at is caught")
{
    check_is_caught(Mutation::ignore_do_not_disturb, {"4: no nudge to who does not want to be disturbed"});
}

TEST_CASE("mutation: a budget that is not looked at is caught")
{
    check_is_caught(Mutation::ignore_budget, {"12:"});
}

TEST_CASE("mutation: a digest that is sent twice is caught")
{
    check_is_caught(Mutation::double_digest, {"3:", "4:"});
}

TEST_CASE("mutation: somebody called in and never stood down is caught")
{
    check_is_caught(Mutation::forget_stand_down, {"5:"});
}

TEST_CASE("mutation: a step taken before its delay is caught")
{
    check_is_caught(Mutation::skip_step_delay, {"5:"});
}

TEST_CASE("mutation: a deadline that is not kept is caught")
{
    check_is_caught(Mutation::forget_deadline, {"11:"});
}

TEST_CASE("mutation: a card that is not redrawn is caught")
{
    check_is_caught(Mutation::forget_redraw, {"the card"});
}

TEST_CASE("mutation: an outcome that is forgotten when the disk is full is caught")
{
    check_is_caught(Mutation::forget_outcome, {"2:", "11:"});
}

TEST_CASE("mutation: a step of the route that is passed over is caught")
{
    check_is_caught(Mutation::skip_step, {"5:"});
}

TEST_CASE("mutation: a change that the journal does not know is caught")
{
    check_is_caught(Mutation::forget_record, {"9:", "2:"});
}

TEST_CASE("mutation: an engine that does not notice another program's commit is caught")
{
    check_is_caught(Mutation::ignore_other_writers, {"the program's SQL"});
}

TEST_CASE("mutation: attempts repeated when the policy changes are caught")
{
    check_is_caught(Mutation::repeat_attempts, {"3:"});
}

TEST_CASE("mutation: nudges that go on without asking who asked are caught")
{
    check_is_caught(Mutation::ask_nobody_first, {"who asked"});
}

TEST_CASE("mutation: a reminder at priority now that is switched off is caught")
{
    check_is_caught(Mutation::retire_now, {"4: what is at priority now"});
}

TEST_CASE("mutation: an obligation that waits for good where its reminder is off is caught")
{
    check_is_caught(Mutation::lose_retired, {"2: everything ends"});
}

TEST_CASE("mutation: silence that decides in spite of an objection is caught")
{
    check_is_caught(Mutation::overhear_objection, {"silence"});
}

TEST_CASE("mutation: what somebody said back and is kept after its turn is caught")
{
    check_is_caught(Mutation::keep_said_back, {"said back: what was said"});
}

TEST_CASE("mutation: being content with one where two are needed is caught")
{
    check_is_caught(Mutation::one_is_enough, {"nothing goes nowhere"});
}

TEST_CASE("mutation: a signal of capacity that is ignored is caught")
{
    check_is_caught(Mutation::ignore_signal, {"every signal"});
}

TEST_CASE("mutation: going on asking about a question that was answered is caught")
{
    check_is_caught(Mutation::pursue_answered, {"questions: somebody looks after"});
}

TEST_CASE("mutation: what comes round and is let pass is caught")
{
    const ActiveMutation active{Mutation::forget_occurrence};
    const YearReport report = simulate_year(1);
    REQUIRE(report.violation);
    CHECK(report.violation->seen.find("0 rounds for") != std::string::npos);
}
