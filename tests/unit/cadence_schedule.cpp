// What becomes of each occurrence: it runs, or is passed over with a reason, once; after a time in which
// nobody looked one runs late, never a burst.
#include "bot/cadence/cadence_schedule.hpp"

#include "bot/calendar_text.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <deque>
#include <map>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

using LocalDay = std::chrono::local_days;

Cadence cadence_of(const std::string& text, const char* zone = "Etc/UTC")
{
    std::string problem;
    const auto cadence = parse_cadence(text, parse_date("2026-01-05"), problem);
    REQUIRE_MESSAGE(cadence.has_value(), problem);
    Cadence read = *cadence;
    read.zone = zone;
    return read;
}

/// "runs 2026-03-06" and "missed 2026-02-27", by nominal days, in order.
template <class Look>
std::string text_of(const Look& look)
{
    std::string text;
    for (const PassedOver& each : look.passed_over)
        text += std::string{name_of(each.reason)} + " " + date_text(each.occurrence.nominal) + "\n";
    if (look.runs) text += "runs " + date_text(look.runs->nominal) + "\n";
    return text;
}

/// A schedule in the hands of people, with its cadence.
struct Desk {
    explicit Desk(const std::string& text, const char* begun = "2026-03-02 00:00")
        : cadence(cadence_of(text)), schedule(begin_schedule(utc(begun)))
    {}

    void holidays(const std::vector<const char*>& days)
    {
        working_days.holidays.clear();
        for (const char* day : days) working_days.holidays.push_back(*parse_date(day));
    }
    [[nodiscard]] CadencePlan plan() const { return {cadence, working_days, "Etc/UTC"}; }
    std::string look(const char* at)
    {
        const CadenceLook looked = look_at_schedule(plan(), schedule, utc(at));
        schedule = looked.after;
        return text_of(looked);
    }
    [[nodiscard]] std::string next(const char* at) const
    {
        const auto found = next_run(plan(), schedule, utc(at));
        return found ? utc_text(found->at) : "none";
    }

    Cadence cadence;
    WorkingDays working_days;
    CadenceSchedule schedule;
};

/// What stands in a policy, era after era.
struct History {
    /// Up to then this was in the policy; empty: it was not.
    void until(const char* then, const std::string& text = "")
    {
        std::optional<CadencePlan> plan;
        if (!text.empty())
            plan.emplace(CadencePlan{cadences.emplace_back(cadence_of(text)), days, "Etc/UTC"});
        eras.push_back(CadenceEra{text, plan, utc(then)});
    }
    std::string look(std::optional<LocalDay> last_nominal = std::nullopt)
    {
        const CadenceEraLook looked = look_through(eras, kept, last_nominal);
        kept = looked.after;
        eras.clear();
        return text_of(looked);
    }

    WorkingDays days;
    /// Where they stay, for the plans.
    std::deque<Cadence> cadences;
    std::vector<CadenceEra> eras;
    std::optional<KeptSchedule> kept = KeptSchedule{begin_schedule(utc("2026-03-02 00:00")),
                                                    "every friday 15:00"};
};

}  // namespace

TEST_CASE("schedule: an occurrence runs once, when its time has come")
{
    Desk desk{"every friday 15:00"};
    CHECK(desk.look("2026-03-06 14:59") == "");
    CHECK(desk.look("2026-03-06 15:00") == "runs 2026-03-06\n");
    CHECK(desk.look("2026-03-06 15:00") == "");
    CHECK(desk.look("2026-03-06 15:01") == "");
    CHECK(desk.next("2026-03-06 15:01") == "2026-03-13 15:00 UTC");
    CHECK(next_look(desk.plan(), utc("2026-03-06 15:01")) == utc("2026-03-13 15:00"));
}

TEST_CASE("schedule: what came before it began is none of its business")
{
    Desk desk{"every friday 15:00", "2026-03-06 15:00"};
    CHECK(desk.look("2026-03-13 14:00") == "");
}

TEST_CASE("schedule: after a time in which nobody looked one runs, late, and those before it are passed over")
{
    Desk desk{"every friday 15:00"};
    CHECK(desk.look("2026-03-24 09:00") == "missed 2026-03-06\nmissed 2026-03-13\nruns 2026-03-20\n");
    const Occurrence friday{*parse_date("2026-03-20"), *parse_date("2026-03-20"), utc("2026-03-20 15:00")};
    CHECK(is_late(friday, utc("2026-03-24 09:00")));
    CHECK_FALSE(is_late(friday, utc("2026-03-20 15:10")));
    CHECK(desk.look("2026-03-27 15:00") == "runs 2026-03-27\n");
}

TEST_CASE("schedule: within a pause nothing runs; it ends by itself or when somebody says so")
{
    Desk desk{"every friday 15:00"};
    desk.schedule = paused(desk.schedule, utc("2026-03-03 09:00"), utc("2026-03-14 00:00"));
    CHECK(desk.next("2026-03-03 09:00") == "2026-03-20 15:00 UTC");
    CHECK(desk.look("2026-03-06 15:00") == "paused 2026-03-06\n");
    CHECK(desk.look("2026-03-20 15:00") == "paused 2026-03-13\nruns 2026-03-20\n");
    CHECK_FALSE(desk.schedule.pause.has_value());

    desk.schedule = paused(desk.schedule, utc("2026-03-20 16:00"), std::nullopt);
    CHECK(desk.next("2026-03-20 16:00") == "none");
    CHECK(desk.look("2026-03-27 15:00") == "paused 2026-03-27\n");
    desk.schedule = resumed(desk.schedule);
    CHECK(desk.next("2026-03-28 00:00") == "2026-04-03 15:00 UTC");
}

TEST_CASE("schedule: one is left out; said twice it is the same one")
{
    Desk desk{"every friday 15:00"};
    const Instant tuesday = utc("2026-03-03 09:00");
    const CadenceChange once = skip_next(desk.plan(), desk.schedule, tuesday);
    REQUIRE(once.occurrence.has_value());
    CHECK(utc_text(once.occurrence->at) == "2026-03-06 15:00 UTC");
    CHECK(skip_next(desk.plan(), once.after, tuesday).after == once.after);
    desk.schedule = once.after;
    CHECK(desk.next("2026-03-03 09:00") == "2026-03-13 15:00 UTC");
    CHECK(desk.look("2026-03-06 15:00") == "skipped 2026-03-06\n");
    CHECK(desk.look("2026-03-13 15:00") == "runs 2026-03-13\n");
}

TEST_CASE("schedule: run now is one more, and where today has one still to come, it is this one")
{
    Desk desk{"every friday 15:00"};
    const CadenceChange wednesday = run_now(desk.plan(), desk.schedule, utc("2026-03-04 09:00"));
    REQUIRE(wednesday.occurrence.has_value());
    CHECK(wednesday.occurrence->at == utc("2026-03-04 09:00"));
    CHECK_FALSE(run_now(desk.plan(), wednesday.after, utc("2026-03-04 17:00")).occurrence.has_value());
    desk.schedule = wednesday.after;
    CHECK(desk.look("2026-03-06 09:00") == "");
    desk.schedule = run_now(desk.plan(), desk.schedule, utc("2026-03-06 09:00")).after;
    CHECK(desk.next("2026-03-06 09:01") == "2026-03-13 15:00 UTC");
    CHECK(desk.look("2026-03-06 15:00") == "");
}

TEST_CASE("schedule: another cadence does not run what lies behind, and no day runs twice for a new holiday")
{
    Desk desk{"every friday 15:00"};
    CHECK(desk.look("2026-03-06 15:00") == "runs 2026-03-06\n");
    // Friday turns out to be a holiday: its occurrence is now on Monday, and has had its run.
    desk.working_days.holidays.push_back(*parse_date("2026-03-06"));
    CHECK(desk.look("2026-03-10 09:00") == "");
    // Changed on a Tuesday: the Monday before is not made up for.
    desk.cadence = cadence_of("every monday 15:00");
    CHECK(desk.look("2026-03-10 10:00") == "");
    CHECK(desk.look("2026-03-16 15:00") == "runs 2026-03-16\n");
}

TEST_CASE("schedule: one that another calendar of holidays moves to before now runs at once, late, and once")
{
    SUBCASE("a holiday more, and the day before it is over")
    {
        Desk desk{"every friday 15:00"};
        desk.cadence.on_holiday = OnHoliday::before;
        CHECK(desk.look("2026-03-05 17:00") == "");
        desk.holidays({"2026-03-06"});
        const CadenceLook look = look_at_schedule(desk.plan(), desk.schedule, utc("2026-03-05 17:10"));
        CHECK(text_of(look) == "runs 2026-03-06\n");
        CHECK(look.runs->at == utc("2026-03-05 15:00"));
        CHECK(is_late(*look.runs, utc("2026-03-05 17:10")));
        desk.schedule = look.after;
        // The calendar was wrong, after all.
        desk.holidays({});
        CHECK(desk.look("2026-03-06 15:00") == "");
        CHECK(desk.next("2026-03-06 15:00") == "2026-03-13 15:00 UTC");
    }
    SUBCASE("a holiday less, and that day is over")
    {
        Desk desk{"every friday 15:00"};
        desk.holidays({"2026-03-06"});
        CHECK(desk.look("2026-03-07 09:00") == "");
        CHECK(desk.next("2026-03-07 09:00") == "2026-03-09 15:00 UTC");
        desk.holidays({});
        CHECK(desk.look("2026-03-07 09:00") == "runs 2026-03-06\n");
        CHECK(desk.look("2026-03-09 15:00") == "");
    }
    SUBCASE("where working days are counted, and the day itself is another one")
    {
        Desk desk{"last working day of the month 16:00"};
        CHECK(desk.look("2026-03-30 17:00") == "");
        desk.holidays({"2026-03-31"});
        CHECK(desk.look("2026-03-30 17:10") == "runs 2026-03-30\n");
        desk.holidays({});
        CHECK(desk.look("2026-03-31 16:00") == "");
        CHECK(desk.look("2026-04-30 16:00") == "runs 2026-04-30\n");
    }
    SUBCASE("a month that has had its last working day has no other, whichever day becomes the last one")
    {
        Desk desk{"last working day of the month 16:00"};
        desk.holidays({"2026-03-31"});
        CHECK(desk.look("2026-03-30 16:00") == "runs 2026-03-30\n");
        desk.holidays({});
        CHECK(desk.next("2026-03-30 17:00") == "2026-04-30 16:00 UTC");
        CHECK(desk.look("2026-03-31 16:00") == "");
        CHECK(desk.look("2026-04-30 16:00") == "runs 2026-04-30\n");
    }
    SUBCASE("one more on a day between takes nothing from the month's own")
    {
        Desk desk{"last working day of the month 16:00"};
        desk.schedule = run_now(desk.plan(), desk.schedule, utc("2026-03-10 09:00")).after;
        CHECK(desk.look("2026-03-31 16:00") == "runs 2026-03-31\n");
    }
    SUBCASE("while nobody looked: another one has come since, and runs")
    {
        Desk desk{"every friday 15:00"};
        desk.cadence.on_holiday = OnHoliday::before;
        CHECK(desk.look("2026-03-05 17:00") == "");
        desk.holidays({"2026-03-06"});
        CHECK(desk.look("2026-03-13 16:00") == "missed 2026-03-06\nruns 2026-03-13\n");
    }
}

TEST_CASE("schedule: one that a calendar moves is paused or left out all the same")
{
    Desk desk{"every friday 15:00"};
    desk.cadence.on_holiday = OnHoliday::before;
    CHECK(desk.look("2026-03-05 17:00") == "");
    SUBCASE("paused")
    {
        desk.schedule = paused(desk.schedule, utc("2026-03-05 17:00"), std::nullopt);
        desk.holidays({"2026-03-06"});
        CHECK(desk.look("2026-03-05 17:10") == "paused 2026-03-06\n");
    }
    SUBCASE("left out")
    {
        desk.schedule = skip_next(desk.plan(), desk.schedule, utc("2026-03-05 17:00")).after;
        desk.holidays({"2026-03-06"});
        CHECK(desk.look("2026-03-05 17:10") == "skipped 2026-03-06\n");
    }
    SUBCASE("left out, where working days are counted")
    {
        Desk month{"last working day of the month 16:00"};
        CHECK(month.look("2026-03-29 10:00") == "");
        month.schedule = skip_next(month.plan(), month.schedule, utc("2026-03-29 10:00")).after;
        month.holidays({"2026-03-31"});
        CHECK(month.look("2026-03-30 10:00") == "");
        CHECK(month.look("2026-03-30 16:00") == "skipped 2026-03-30\n");
    }
}

TEST_CASE(
    "schedule: what was due by the rule that held then runs late, and the new one counts from its change")
{
    History history;
    // Nobody looked from 2 March on.
    history.until("2026-03-17 12:00", "every friday 15:00");
    SUBCASE("nothing has come due by the new one")
    {
        // Nor is the Monday before the change made up for.
        history.until("2026-03-18 12:00", "every monday 09:00");
        CHECK(history.look() == "missed 2026-03-06\nruns 2026-03-13\n");
        CHECK(history.kept->rule == "every monday 09:00");
        history.until("2026-03-23 09:00", "every monday 09:00");
        CHECK(history.look() == "runs 2026-03-23\n");
    }
    SUBCASE("something has: of all of it one runs")
    {
        history.until("2026-03-24 12:00", "every monday 09:00");
        CHECK(history.look() == "missed 2026-03-06\nmissed 2026-03-13\nruns 2026-03-23\n");
    }
    SUBCASE("it was changed twice")
    {
        history.until("2026-03-19 12:00", "every wednesday 09:00");
        history.until("2026-03-24 08:00", "every tuesday 09:00");
        CHECK(history.look() == "missed 2026-03-06\nmissed 2026-03-13\nruns 2026-03-18\n");
    }
    SUBCASE("to another time of the same day, over which it was changed")
    {
        history.until("2026-03-20 12:00", "every friday 15:00");
        history.until("2026-03-20 18:00", "every friday 09:00");
        CHECK(history.look() == "missed 2026-03-06\nruns 2026-03-13\n");
    }
    SUBCASE("in the middle of a pause")
    {
        history.kept->schedule = paused(
            history.kept->schedule, utc("2026-03-02 00:00"), utc("2026-03-12 00:00"));
        history.until("2026-03-18 12:00", "every monday 09:00");
        CHECK(history.look() == "paused 2026-03-06\nruns 2026-03-13\n");
    }
}

TEST_CASE("schedule: what is gone from the policy and comes back has nothing due between")
{
    History history;
    history.until("2026-03-10 00:00", "every friday 15:00");
    history.until("2026-03-17 00:00");
    history.until("2026-03-21 00:00", "every friday 15:00");
    CHECK(history.look() == "missed 2026-03-06\nruns 2026-03-20\n");
    // Today had its run before it was gone.
    history.until("2026-03-27 16:00", "every friday 15:00");
    history.until("2026-03-27 16:10");
    history.until("2026-03-27 18:00", "every friday 17:00");
    CHECK(history.look() == "runs 2026-03-27\n");
}

TEST_CASE("schedule: what is gone from the policy for good was missed, where it had come due")
{
    History history;
    history.until("2026-03-10 00:00", "every friday 15:00");
    history.until("2026-03-17 00:00");
    CHECK(history.look() == "missed 2026-03-06\n");
    CHECK_FALSE(history.kept.has_value());
}

TEST_CASE("schedule: what is new in the policy counts from then on, if anybody knows since when")
{
    History history;
    history.kept.reset();
    SUBCASE("it was not in the one before")
    {
        history.until("2026-03-03 12:00");
        history.until("2026-03-07 00:00", "every friday 15:00");
        CHECK(history.look() == "runs 2026-03-06\n");
    }
    SUBCASE("and its day had its run, before it was taken out of an older one")
    {
        history.until("2026-03-03 12:00");
        history.until("2026-03-07 00:00", "every friday 15:00");
        CHECK(history.look(parse_date("2026-03-06")) == "");
    }
    SUBCASE("nobody knows")
    {
        history.until("2026-03-07 00:00", "every friday 15:00");
        CHECK(history.look() == "");
        history.until("2026-03-13 15:00", "every friday 15:00");
        CHECK(history.look() == "runs 2026-03-13\n");
    }
}

TEST_CASE("schedule: by a rule that it was never looked at by, nothing is due that lies behind")
{
    History history;
    history.kept->rule = "every monday 09:00";
    history.until("2026-03-07 00:00", "every friday 15:00");
    CHECK(history.look() == "");
    CHECK(history.kept->schedule.looked_until == utc("2026-03-07 00:00"));
}

TEST_CASE("schedule: an era that was over at the last look says nothing of what came after it")
{
    History history;
    history.kept = KeptSchedule{begin_schedule(utc("2026-03-06 16:00")), "every friday 18:00"};
    history.kept->schedule.expected = parse_date("2026-03-06");
    // Changed at the very instant of the look.
    history.until("2026-03-06 16:00", "every friday 15:00");
    history.until("2026-03-06 17:00", "every friday 18:00");
    CHECK(history.look() == "");
    history.until("2026-03-06 18:00", "every friday 18:00");
    CHECK(history.look() == "runs 2026-03-06\n");
}

TEST_CASE("schedule: however often the calendar changes, what comes next is not lost, and nothing ends twice")
{
    CHECK(rc::check([] {
        Cadence cadence = cadence_of(*rc::gen::element(std::string{"every weekday 09:30"},
                                                       std::string{"every monday and thursday 15:00"},
                                                       std::string{"every second friday 15:00"},
                                                       std::string{"last working day of the month 16:00"}),
                                     "Europe/Berlin");
        cadence.on_holiday = *rc::gen::element(
            OnHoliday::skip, OnHoliday::before, OnHoliday::after, OnHoliday::keep);
        WorkingDays working_days;
        const CadencePlan plan{cadence, working_days, "Etc/UTC"};
        CadenceSchedule schedule = begin_schedule(utc("2026-03-01 12:00"));
        std::map<LocalDay, int> ended;
        for (Instant now = schedule.looked_until; now < utc("2026-06-01 12:00");) {
            now += std::chrono::hours{*rc::gen::inRange(1, 60)};
            const auto expected = schedule.expected;
            const auto last = schedule.last_nominal;
            const CadenceLook look = look_at_schedule(plan, schedule, now);
            for (const PassedOver& each : look.passed_over) ++ended[each.occurrence.nominal];
            if (look.runs) ++ended[look.runs->nominal];
            const auto moved = expected ? occurrence_of(plan, *expected) : std::nullopt;
            const bool had_its_turn = moved && last && std::min(moved->nominal, *expected) <= *last;
            const bool is_ended_if_due = !moved || moved->at > now || had_its_turn ||
                                         ended[moved->nominal] == 1;
            RC_ASSERT(is_ended_if_due);
            schedule = look.after;
            RC_ASSERT(look_at_schedule(plan, schedule, now).after == schedule);
            working_days.holidays.clear();
            for (int count = *rc::gen::inRange(0, 30); count > 0; --count)
                working_days.holidays.push_back(*parse_date("2026-03-01") +
                                                std::chrono::days{*rc::gen::inRange(0, 100)});
            std::sort(working_days.holidays.begin(), working_days.holidays.end());
        }
        std::optional<LocalDay> before;
        for (const auto& [nominal, count] : ended) {
            RC_ASSERT(count == 1);
            const bool is_another = !before || !is_same_occurrence(cadence, *before, nominal);
            RC_ASSERT(is_another);
            before = nominal;
        }
    }));
}

TEST_CASE("schedule: whoever looks whenever, every occurrence ends once, and at most one runs at a look")
{
    CHECK(rc::check([] {
        Cadence cadence = cadence_of(*rc::gen::element(std::string{"every day 02:30"},
                                                       std::string{"every weekday 09:30"},
                                                       std::string{"every second friday 15:00"},
                                                       std::string{"every 3 days 00:00"},
                                                       std::string{"last working day of the month 16:00"}),
                                     "Europe/Berlin");
        cadence.on_holiday = *rc::gen::element(
            OnHoliday::skip, OnHoliday::before, OnHoliday::after, OnHoliday::keep);
        WorkingDays working_days;
        for (int count = *rc::gen::inRange(0, 20); count > 0; --count)
            working_days.holidays.push_back(*parse_date("2026-03-01") +
                                            std::chrono::days{*rc::gen::inRange(0, 120)});
        std::sort(working_days.holidays.begin(), working_days.holidays.end());
        const CadencePlan plan{cadence, working_days, "Etc/UTC"};

        const Instant begun = utc("2026-03-01 12:00");
        CadenceSchedule schedule = begin_schedule(begun);
        std::map<std::chrono::local_days, int> ended;
        std::vector<std::chrono::local_days> extra;
        Instant now = begun;
        while (now < begun + std::chrono::days{100}) {
            // Now and then ackd is down for weeks.
            now += std::chrono::minutes{
                *rc::gen::inRange(1, 60 * 24 * (*rc::gen::inRange(0, 4) == 0 ? 20 : 2))};
            const CadenceLook look = look_at_schedule(plan, schedule, now);
            for (const PassedOver& each : look.passed_over) {
                ++ended[each.occurrence.nominal];
                RC_ASSERT(each.occurrence.at <= now);
                RC_ASSERT(!look.runs || each.occurrence.at < look.runs->at ||
                          each.reason != PassedOverBecause::missed);
            }
            if (look.runs) ++ended[look.runs->nominal];
            schedule = look.after;
            switch (*rc::gen::inRange(0, 8)) {
                case 0:
                    schedule = paused(schedule, now, now + std::chrono::hours{*rc::gen::inRange(1, 300)});
                    break;
                case 1: schedule = resumed(schedule); break;
                case 2: schedule = skip_next(plan, schedule, now).after; break;
                case 3: {
                    const CadenceChange change = run_now(plan, schedule, now);
                    if (change.occurrence) {
                        ++ended[change.occurrence->nominal];
                        extra.push_back(change.occurrence->nominal);
                    }
                    schedule = change.after;
                    break;
                }
                default: break;
            }
            const auto next = next_run(plan, schedule, now);
            RC_ASSERT(!next || next->at > now);
        }
        for (const Occurrence& each : occurrences_between(plan, {begun + Duration{1}, now + Duration{1}})) {
            const bool is_covered = ended.contains(each.nominal) ||
                                    std::any_of(extra.begin(), extra.end(), [&](std::chrono::local_days day) {
                                        return day >= each.nominal;
                                    });
            RC_ASSERT(is_covered);
        }
        for (const auto& [nominal, count] : ended) RC_ASSERT(count == 1);
    }));
}
