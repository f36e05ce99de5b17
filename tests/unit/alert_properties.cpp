// Nothing that was reported is lost, whatever comes in whatever order: random reports, against a model that
// knows only what each key last said. And the promises about messages and requests, after every step.
#include "tests/unit/alert_desk.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <map>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

struct ReportedKey {
    AlertStatus status = AlertStatus::resolved;
    /// Since when it is over; nothing: it never was there.
    std::optional<Instant> over_at;
};

/// What each key last said.
struct ReferenceModel {
    std::map<std::string, ReportedKey> keys;
    std::int64_t counted = 0;

    void take(const AlertReport& report, Instant now)
    {
        ReportedKey& key = keys[report.key];
        const bool is_there = key.status != AlertStatus::resolved;
        const bool is_known = is_there || (key.over_at && *key.over_at + 1h > now);
        // Over before it was heard of: nothing to count.
        if (report.status == AlertStatus::resolved && !is_known) return;
        key.status = report.status;
        if (report.status == AlertStatus::resolved && is_there) key.over_at = now;
        // How often it was said to be there.
        counted += report.status == AlertStatus::resolved ? 0 : 1;
    }
    void resolve(const std::string& name, Instant now)
    {
        ReportedKey& key = keys.at(name);
        if (key.status != AlertStatus::resolved) key.over_at = now;
        key.status = AlertStatus::resolved;
    }
    [[nodiscard]] std::int64_t there() const
    {
        std::int64_t count = 0;
        for (const auto& [name, key] : keys) count += key.status != AlertStatus::resolved ? 1 : 0;
        return count;
    }
};

void check(AlertDesk& desk, const ReferenceModel& model)
{
    // Every report is counted, in its alert and in its group.
    RC_ASSERT(desk.count("SELECT coalesce(sum(count), 0) FROM alerts") == model.counted);
    RC_ASSERT(desk.count("SELECT coalesce(sum(reports), 0) FROM alert_groups") == model.counted);
    RC_ASSERT(desk.count("SELECT count(*) FROM alerts WHERE status != 3") == model.there());
    // What a group counts is what it has.
    RC_ASSERT(desk.count(R"(SELECT count(*) FROM alert_groups AS g
        WHERE alerts != (SELECT count(*) FROM alerts WHERE group_id = g.id)
           OR firing != (SELECT count(*) FROM alerts WHERE group_id = g.id AND status = 1)
           OR acknowledged != (SELECT count(*) FROM alerts WHERE group_id = g.id AND status = 2))") == 0);
    // What is there is somebody's, or is kept quiet for a while that ends.
    RC_ASSERT(desk.count(R"(SELECT count(*) FROM alert_groups
        WHERE state = 1 AND firing > 0
          AND (request_id IS NULL OR request_id IN (SELECT id FROM requests WHERE closed_at_us IS NOT NULL
            AND id NOT IN (SELECT request_id FROM dead_letters))))") == 0);
    // What is over waits for nobody.
    RC_ASSERT(desk.count(R"(SELECT count(*) FROM alert_groups JOIN requests ON requests.id = request_id
        WHERE alert_groups.state != 1 AND closed_at_us IS NULL)") == 0);
    RC_ASSERT(desk.count(R"(SELECT count(*) FROM requests
        WHERE closed_at_us IS NULL AND id NOT IN (SELECT request_id FROM alert_groups
            WHERE request_id IS NOT NULL))") == 0);
    RC_ASSERT(desk.count("SELECT count(*) FROM poisoned_inputs") == 0);
}

}  // namespace

TEST_CASE("alerts: after any reports, presses and mutes, the tables say what was said, and somebody has it")
{
    CHECK(rc::check([] {
        AlertDesk desk;
        ReferenceModel model;
        const int steps = *rc::gen::inRange(1, 60);
        for (int step = 0; step < steps; ++step) {
            const int what = *rc::gen::inRange(0, 12);
            if (what == 0) {
                desk.type(*rc::gen::element<std::string>("mute ci for 5m", "mute ci for 2h", "unmute ci"));
            } else if (what == 1 && desk.messages() > 0) {
                ActionTaken taken;
                taken.name = *rc::gen::element<std::string>("take_alerts", "resolve_alerts");
                const auto group = AlertGroupId{*rc::gen::inRange<std::int64_t>(1, 5)};
                taken.value = "g" + std::to_string(group.value);
                taken.person = UserId{*rc::gen::element<std::string>("Ubo", "Ucy")};
                taken.message = desk.in("Cops").front().ref;
                if (taken.name == "resolve_alerts") {
                    for (const auto& [name, key] : model.keys) {
                        const auto alert = desk.alerts().newest("ci", name);
                        if (alert && alert->group == group) model.resolve(name, desk.clock.now());
                    }
                }
                desk.take(taken);
            } else {
                std::vector<AlertReport> reports;
                const int count = *rc::gen::inRange(1, 6);
                for (int index = 0; index < count; ++index) {
                    AlertReport report = report_of("k" + std::to_string(*rc::gen::inRange(0, 8)),
                                                   *rc::gen::element(AlertStatus::firing,
                                                                     AlertStatus::firing,
                                                                     AlertStatus::resolved,
                                                                     AlertStatus::resolved,
                                                                     AlertStatus::acknowledged));
                    report.group = *rc::gen::element<std::string>("", "g1", "g2");
                    model.take(report, desk.clock.now());
                    reports.push_back(std::move(report));
                }
                desk.say(std::move(reports));
            }
            desk.advance(*rc::gen::element<Duration>(0s, 1s, 30s, 3min, 10min, 61min));
            check(desk, model);
        }
        // An end to everything: all is over, and nothing is left to do.
        std::vector<AlertReport> reports;
        for (const auto& [name, key] : std::map{model.keys}) {
            if (key.status == AlertStatus::resolved) continue;
            reports.push_back(report_of(name, AlertStatus::resolved));
            model.take(reports.back(), desk.clock.now());
        }
        desk.say(std::move(reports));
        desk.advance(5h);
        check(desk, model);
        RC_ASSERT(desk.count("SELECT count(*) FROM alert_groups WHERE state != 2") == 0);
        RC_ASSERT(desk.open_requests() == 0);
    }));
}

TEST_CASE("alerts: whatever comes, no more than five messages of a source in five minutes")
{
    CHECK(rc::check([] {
        AlertDesk desk;
        std::vector<Instant> posted;
        const int steps = *rc::gen::inRange(1, 40);
        for (int step = 0; step < steps; ++step) {
            std::vector<AlertReport> reports;
            const int count = *rc::gen::inRange(1, 20);
            for (int index = 0; index < count; ++index) {
                reports.push_back(report_of("k" + std::to_string(*rc::gen::inRange(0, 200)),
                                            *rc::gen::element(AlertStatus::firing, AlertStatus::resolved)));
                reports.back().group = *rc::gen::element<std::string>("", "g1", "g2", "g3", "g4", "g5");
            }
            desk.say(std::move(reports));
            desk.advance(*rc::gen::element<Duration>(0s, 1s, 10s, 1min, 4min, 20min));
        }
        const auto messages = desk.in("Cops");
        for (std::size_t index = 5; index < messages.size(); ++index)
            RC_ASSERT(messages[index].posted_at - messages[index - 5].posted_at > 5min - 10s);
    }));
}
