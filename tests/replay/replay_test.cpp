// The replayed quarter: what its report promises, on traffic made up for it, and on a recorded conversation
// where one is named by ACKD_TRAFFIC.
#include "bot/engine/mutation.hpp"
#include "tests/replay/made_up_log.hpp"
#include "tests/replay/quarter_report.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>

namespace {

using namespace ackd;
using namespace ackd::replay;
using namespace std::chrono_literals;

void check_figures(const QuarterPlan& plan, const QuarterFigures& figures)
{
    CAPTURE(figures.interruptions_allowed);
    const auto& weeks = figures.by_person_and_week;
    CHECK(weeks.size() == people_count * static_cast<std::size_t>(week_count));
    CHECK(std::accumulate(weeks.begin(), weeks.end(), std::int64_t{0}) == figures.interruptions());
    CHECK(figures.most_in_a_day <= figures.interruptions_allowed);
    CHECK(figures.outside_hours == 0);
    std::int64_t requests = 0, asked = 0;
    for (const std::int64_t count : figures.requests_by_priority) requests += count;
    CHECK(requests == figures.requests_by_reaction + figures.requests_by_command);
    std::int64_t planned = 0;
    for (const PlannedMessage& message : plan.messages) {
        planned += message.request ? 1 : 0;
        asked += message.request ? static_cast<std::int64_t>(message.request->asked.size()) : 0;
    }
    CHECK(requests == planned);
    CHECK(figures.asked == asked);
    CHECK(figures.answered <= figures.asked);
    CHECK(figures.dead_letters <= figures.asked);
    std::size_t acks = 0;
    for (const auto& times : figures.nudged_ack_times) acks += times.size();
    CHECK(static_cast<std::int64_t>(acks) <= figures.answered);
}

void check_report(const QuarterReport& report)
{
    CAPTURE(report.to_text());
    CHECK(report.failures().empty());
    check_figures(report.plan, report.with_budget);
    check_figures(report.plan, report.digests_alone);
    check_figures(report.plan, report.with_neither);
    check_figures(report.plan, report.watched);
    CHECK(report.with_budget.questions_heard == 0);
    CHECK(report.watched.questions_heard > 0);
    CHECK(report.watched.questions_unanswered <= report.watched.questions_heard);
    CHECK(report.watched.questions_answered_then <= report.watched.questions_unanswered);
    CHECK(report.with_budget.interruptions() > 0);
    CHECK(report.with_budget.digests > 0);
    CHECK(report.with_budget.most_in_a_day == report.with_budget.interruptions_allowed);
    CHECK(report.with_budget.interruptions() < report.digests_alone.interruptions());
    CHECK(report.digests_alone.interruptions() < report.with_neither.interruptions());
    CHECK(report.with_budget.naive_outside_hours > 0);
    const auto json = nlohmann::json::parse(report.to_json());
    CHECK(json["saved"]["interruptions"] ==
          report.with_neither.interruptions() - report.with_budget.interruptions());
    CHECK(json["failures"].empty());
}

class ActiveMutation {
public:
    explicit ActiveMutation(Mutation mutation) { active_mutation = mutation; }
    ~ActiveMutation() { active_mutation = Mutation::none; }
    ActiveMutation(const ActiveMutation&) = delete;
    ActiveMutation& operator=(const ActiveMutation&) = delete;
};

}  // namespace

TEST_CASE("replay: a log becomes a quarter of forty people in six zones, and conversations keep their shape")
{
    chat_logs::ChatLog log;
    const auto say = [&](const char* conversation, const char* at, const char* user, const char* text) {
        log.messages.push_back({conversation, at, user, text});
    };
    say("1", "2017-05-11T15:46:08.512661", "Ann", "who can look at <this>?");  // a Thursday
    say("1", "2017-05-12T09:00:00", "Bo", "<@Ann> I can");
    say("1", "2017-05-12T09:05:00", "Ann", "thanks");
    say("1", "2017-05-12T09:06:00", "Bo", "so what is it?");
    say("2", "2017-12-28T10:00:00", "Ann", "hello");
    say("2", "sometime", "Ann", "this has no time");
    const QuarterPlan plan = plan_quarter(log, 1);

    CHECK(plan.people.size() == people_count);
    REQUIRE(plan.messages.size() == 5);
    CHECK(plan.messages[0].at ==
          Instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 8}} + 15h + 46min + 8s);
    CHECK(plan.messages[1].at - plan.messages[0].at == 17h + 13min + 52s);
    CHECK(plan.messages[0].text == "who can look at this?");
    CHECK_FALSE(plan.messages[0].request);
    REQUIRE(plan.messages[1].request);
    CHECK(plan.messages[1].request->asked == std::vector<std::size_t>{plan.messages[0].author});
    CHECK(plan.messages[1].opener == std::optional<std::size_t>{0});
    CHECK(plan.messages[2].answers == std::vector<std::size_t>{1});
    REQUIRE(plan.messages[3].request);
    CHECK(plan.messages[3].request->asked == std::vector<std::size_t>{plan.messages[2].author});
    CHECK(plan.messages[4].at > plan.ends - 7 * 24h);
    CHECK(plan.response_times == std::vector<Duration>{5min});
    CHECK(plan.share_answering == doctest::Approx(0.5));
}

TEST_CASE("replay: nobody is disturbed outside their hours or beyond the budget, and the report adds up")
{
    check_report(replay_quarter(plan_quarter(made_up_log(1'500, 3), 3)));
}

TEST_CASE("replay: a budget that is not looked at makes the report fail")
{
    const ActiveMutation active{Mutation::ignore_budget};
    const QuarterReport report = replay_quarter(plan_quarter(made_up_log(1'500, 3), 3));
    REQUIRE(report.with_budget.violation);
    CHECK(report.with_budget.violation->invariant == "12: the budget is never negative");
    CHECK_FALSE(report.failures().empty());
    CHECK(report.to_text().find("FAILED: with the budget: \"12: the budget is never negative\"") !=
          std::string::npos);
}

TEST_CASE("replay: what was counted outside of hours or over the budget makes the report fail as well")
{
    QuarterReport report;
    report.with_budget.interruptions_allowed = 4;
    CHECK(report.failures().empty());
    report.with_budget.outside_hours = 1;
    report.with_neither.most_in_a_day = 1;
    CHECK(
        report.failures() ==
        std::vector<std::string>{"with the budget: 1 messages outside working hours",
                                 "with neither: somebody was interrupted 1 times in a day, 0 were allowed"});
}

TEST_CASE("replay: a recorded conversation of a real community")
{
    const char* traffic = std::getenv("ACKD_TRAFFIC");
    if (traffic == nullptr) {
        MESSAGE("skipped: ACKD_TRAFFIC names no recorded conversation");
        return;
    }
    std::ifstream stream{traffic, std::ios::binary};
    REQUIRE(stream);
    const auto log = chat_logs::read_chat_log(std::string{std::istreambuf_iterator<char>{stream}, {}}).log;
    REQUIRE(log);
    check_report(replay_quarter(plan_quarter(*log, 1)));
}
