// The rules of alerts: what a report is about, whom it joins, when a group is quiet.
#include "bot/alerts/alert_rules.hpp"

#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const Instant ten = utc("2026-03-02 10:00");

AlertSource source()
{
    AlertSource source;
    source.name = "ci";
    return source;
}

AlertGroup group_at(std::int64_t id, Instant began, Instant joined)
{
    AlertGroup group;
    group.id = AlertGroupId{id};
    group.began_at = began;
    group.joined_at = joined;
    return group;
}

}  // namespace

TEST_CASE("alert: each row of the table leads somewhere once, and what is not in it does not apply")
{
    for (const AlertTransition& row : alert_transitions()) CHECK(next_status(row.from, row.event) == row.to);
    CHECK(alert_transitions().size() == 11);
    CHECK_FALSE(next_status(AlertStatus::resolved, AlertEvent::resolved));
    CHECK_FALSE(next_status(AlertStatus::resolved, AlertEvent::let_go));
    CHECK_FALSE(next_status(AlertStatus::firing, AlertEvent::let_go));
    for (const AlertGroupTransition& row : alert_group_transitions())
        CHECK(next_state(row.from, row.event) == row.to);
    CHECK_FALSE(next_state(AlertGroupState::quiet, AlertGroupEvent::fired));
    CHECK_FALSE(next_state(AlertGroupState::muted, AlertGroupEvent::ended));
}

TEST_CASE("alert: what comes back within an hour is the same one; later it is another")
{
    AlertReport report;
    report.key = "k";
    report.title = "t";
    Alert alert = alert_from(source(), report, ten);
    REQUIRE(apply(alert, AlertEvent::fired, {}, source(), ten));
    REQUIRE(apply(alert, AlertEvent::resolved, {}, source(), ten + 1h));
    CHECK(is_still_the_same(alert, ten + 1h + 59min));
    CHECK_FALSE(is_still_the_same(alert, ten + 2h));
}

TEST_CASE("alert: labels that the title or the severity says are left out, and long ones are cut")
{
    AlertReport report;
    report.key = "k";
    report.title = "HighLatency";
    report.severity = "critical";
    report.labels = {{"alertname", "HighLatency"}, {"severity", "Critical"}, {"job", "api"}, {"none", ""}};
    CHECK(alert_from(source(), report, ten).labels == "job=api");
    report.labels.clear();
    for (int index = 0; index < 20; ++index)
        report.labels.emplace_back("l" + std::to_string(index), std::string(100, 'x'));
    const std::string labels = alert_from(source(), report, ten).labels;
    CHECK(labels.starts_with("l0=" + std::string(60, 'x') + "… · l1="));
    CHECK(labels.find("l6=") == std::string::npos);
}

TEST_CASE("alert: what is said to have begun after now begins now")
{
    AlertReport report;
    report.key = "k";
    report.title = "t";
    report.began_at = ten + 1h;
    CHECK(alert_from(source(), report, ten).began_at == ten);
    report.began_at = ten - 1h;
    CHECK(alert_from(source(), report, ten).began_at == ten - 1h);
}

TEST_CASE("alert: it joins its own kind, then what takes all, then begins a message, and a third takes all")
{
    Neighbours neighbours;
    CHECK_FALSE(place(neighbours, ten).group.exists());
    CHECK_FALSE(place(neighbours, ten).takes_all);
    // Two others began a moment ago.
    neighbours.began_at = ten - 1min;
    CHECK(place(neighbours, ten).takes_all);
    CHECK_FALSE(place(neighbours, ten + 4min).takes_all);

    neighbours.taking_all = group_at(7, ten - 30min, ten - 4min);
    CHECK(place(neighbours, ten).group == AlertGroupId{7});
    // Five minutes without a newcomer, or an hour of them: enough.
    CHECK_FALSE(place(neighbours, ten + 1min).group.exists());
    neighbours.taking_all->began_at = ten - 1h;
    CHECK_FALSE(place(neighbours, ten).group.exists());

    neighbours.of_name = group_at(8, ten - 1min, ten);
    neighbours.taking_all = group_at(7, ten, ten);
    CHECK(place(neighbours, ten).group == AlertGroupId{8});
}

TEST_CASE("alert: of a muted source, everything new joins the one that is kept")
{
    Neighbours neighbours;
    neighbours.is_muted = true;
    CHECK_FALSE(place(neighbours, ten).group.exists());
    CHECK(place(neighbours, ten).takes_all);
    neighbours.taking_all = group_at(7, ten - 20h, ten - 10h);
    CHECK_FALSE(place(neighbours, ten).group.exists());
    neighbours.taking_all->state = AlertGroupState::muted;
    CHECK(place(neighbours, ten).group == AlertGroupId{7});
}

TEST_CASE("alert: the third ending within an hour makes it quiet; one an hour later does not")
{
    AlertGroup group = group_at(1, ten, ten);
    const auto comes_and_goes = [&group](Instant at) {
        group.firing = 1;
        apply(group, turn(group, 0, false, at).value(), at);
        REQUIRE(group.state == AlertGroupState::open);
        group.firing = 0;
        const auto event = turn(group, 1, false, at + 1min).value();
        apply(group, event, at + 1min);
        return event;
    };
    CHECK(comes_and_goes(ten) == AlertGroupEvent::ended);
    CHECK(comes_and_goes(ten + 10min) == AlertGroupEvent::ended);
    AlertGroup later = group;
    CHECK(comes_and_goes(ten + 20min) == AlertGroupEvent::flapped);
    CHECK(group.state == AlertGroupState::quiet);
    CHECK_FALSE(stilled(group, false, ten + 21min + 59min));
    CHECK(stilled(group, false, ten + 81min) == AlertGroupEvent::still_over);
    group.firing = 1;
    CHECK_FALSE(turn(group, 0, false, ten + 30min));
    CHECK(stilled(group, false, ten + 81min) == AlertGroupEvent::still_there);
    CHECK(stilled(group, true, ten + 81min) == AlertGroupEvent::still_muted);

    group = later;
    CHECK(comes_and_goes(ten + 61min) == AlertGroupEvent::ended);
    CHECK(group.endings == 1);
}

TEST_CASE("alert: how long a mute is, as people type it")
{
    CHECK(parse_mute_length("2h") == 2h);
    CHECK(parse_mute_length("90 minutes") == 90min);
    CHECK(parse_mute_length("1h30m") == 90min);
    CHECK(parse_mute_length(" 1 Day ") == 24h);
    for (const char* wrong :
         {"", "soon", "2", "h", "-2h", "0h", "2 weeks", "99999999999999999999h", "2h now"})
        CHECK_FALSE(parse_mute_length(wrong));
}

TEST_CASE("alert: a source may be silent a little longer than it is expected to be")
{
    CHECK(silence_grace(1min) == 30s);
    CHECK(silence_grace(20min) == 2min);
    CHECK(silence_grace(24h) == 5min);
}
