// Who is on: turns, hand-overs where the clocks change, parts that follow the sun, and what was agreed
// besides. The properties hold it against a reading of the clock on the wall minute by minute.
#include "bot/rotations/rotation_rules.hpp"

#include "bot/rotations/hand_over_days.hpp"
#include "bot/rotations/rotation_finding.hpp"
#include "bot/rotations/shift_swap.hpp"
#include "tests/unit/rotation_examples.hpp"

#include <date/tz.h>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const std::vector<ShiftOverride> nothing_agreed;

std::string planned(const Rotation& rotation, const char* from, const char* until)
{
    return text_of(planned_shifts(rotation, "Etc/UTC", {utc(from), utc(until)}));
}

std::string problem_of_turn(const std::string& turn)
{
    std::string problem;
    CHECK_FALSE(parse_turn(turn, local_day("2026-03-02"), problem).has_value());
    return problem;
}

ShiftOverride agreed(const char* person, const char* from, const char* until, const char* instead_of = "")
{
    ShiftOverride made;
    made.person = UserId{person};
    made.instead_of = UserId{instead_of};
    made.span = {utc(from), utc(until)};
    return made;
}

/// Reads the clock on the wall minute by minute, and remembers what it has passed: slow, and of no
/// cleverness.
class SlowRotation {
public:
    SlowRotation(const Rotation& rotation, const std::vector<ShiftOverride>& overrides)
        : rotation_(rotation), overrides_(overrides), parts_(rotation.parts.size())
    {}

    /// "0 Uann, 1 Ubo": who is on in which part. Called for every minute that is asked about, and now and
    /// then before, from before the start on.
    std::string at(Instant minute)
    {
        std::string text;
        const auto add = [&](const std::string& part, const UserId& person) {
            text += (text.empty() ? "" : ", ") + part + " " + person.value;
        };
        bool is_covered = false;
        for (std::size_t index = 0; index < parts_.size(); ++index) {
            const auto turn_of = planned(index, minute);
            if (!turn_of) continue;
            is_covered = true;
            UserId person = *turn_of;
            for (const ShiftOverride& each : overrides_) {
                const bool holds = each.span.from <= minute && minute < each.span.until;
                if (holds && (each.instead_of.empty() || each.instead_of == *turn_of)) person = each.person;
            }
            add(std::to_string(index), person);
        }
        if (is_covered) return text;
        UserId person;
        for (const ShiftOverride& each : overrides_) {
            const bool holds = each.span.from <= minute && minute < each.span.until;
            if (holds && each.instead_of.empty()) person = each.person;
        }
        if (!person.empty()) add("-", person);
        return text;
    }

private:
    struct Seen {
        std::int64_t turn = -1;
        std::set<std::pair<std::int64_t, std::size_t>> opened;
        std::set<std::pair<std::int64_t, std::size_t>> closed;
    };

    bool is_hand_over_day(std::chrono::local_days day) const
    {
        if (day < rotation_.starts) return false;
        if (day == rotation_.starts) return true;
        const RotationTurn& turn = rotation_.turn;
        if (turn.length == TurnLength::day) return true;
        if (turn.length == TurnLength::week) return std::chrono::weekday{day} == turn.weekday;
        if (turn.rule == "FREQ=DAILY;INTERVAL=3") return (day - rotation_.starts).count() % 3 == 0;
        return std::chrono::year_month_day{day}.day() == std::chrono::day{1};
    }
    std::int64_t turn_on(std::chrono::local_days day)
    {
        const auto known = turns_.find(day);
        if (known != turns_.end()) return known->second;
        std::int64_t turn = -1;
        for (auto each = rotation_.starts; each <= day; each += std::chrono::days{1})
            turn += is_hand_over_day(each) ? 1 : 0;
        return turns_[day] = turn;
    }

    std::optional<UserId> planned(std::size_t index, Instant minute)
    {
        const RotationPart& part = rotation_.parts[index];
        Seen& seen = parts_[index];
        const auto* zone = date::locate_zone(part.zone.empty() ? rotation_.zone : part.zone);
        const auto local = zone->to_local(minute).time_since_epoch();
        const auto today = std::chrono::floor<std::chrono::days>(local).count();
        std::optional<std::int64_t> turn;
        for (std::int64_t back = 3; back >= 0; --back) {
            const std::chrono::local_days day{std::chrono::days{today - back}};
            const auto midnight = day.time_since_epoch();
            if (!part.hours) {
                const bool has_passed = local >= midnight + rotation_.hand_over;
                if (has_passed && is_hand_over_day(day)) seen.turn = std::max(seen.turn, turn_on(day));
                continue;
            }
            const auto& shifts = part.hours->days[std::chrono::weekday{day}.iso_encoding() - 1];
            for (std::size_t number = 0; number < shifts.size(); ++number) {
                const std::pair key{day.time_since_epoch().count(), number};
                if (local >= midnight + shifts[number].opens) seen.opened.insert(key);
                if (local >= midnight + shifts[number].closes) seen.closed.insert(key);
            }
        }
        if (!part.hours) {
            if (seen.turn >= 0) turn = seen.turn;
        } else {
            for (const auto& key : seen.opened) {
                if (turn || seen.closed.contains(key)) continue;
                const std::int64_t of_day = turn_on(std::chrono::local_days{std::chrono::days{key.first}});
                if (of_day >= 0) turn = of_day;
            }
        }
        if (!turn) return std::nullopt;
        return part.people[static_cast<std::size_t>(*turn) % part.people.size()];
    }

    const Rotation& rotation_;
    const std::vector<ShiftOverride>& overrides_;
    std::vector<Seen> parts_;
    std::map<std::chrono::local_days, std::int64_t> turns_;
};

std::string on_at(const std::vector<OnCallShift>& shifts, Instant minute)
{
    std::map<std::string, std::string> by_part;
    for (const OnCallShift& shift : shifts) {
        if (shift.span.from > minute || minute >= shift.span.until) continue;
        const std::string part = shift.part ? std::to_string(*shift.part) : "-";
        // Two of one part would show.
        by_part[part] += part + " " + shift.person.value;
    }
    std::string text;
    for (const auto& [part, person] : by_part) text += (text.empty() ? "" : ", ") + person;
    return text;
}

struct ZoneAndDay {
    std::string zone;
    const char* day;
};

/// The clocks go forward and back, in both hemispheres, by an hour, by half of one, and by a whole day.
const std::vector<ZoneAndDay> turning_points{{"Europe/Berlin", "2026-03-29 00:00"},
                                             {"Europe/Berlin", "2026-10-25 00:00"},
                                             {"America/New_York", "2026-11-01 00:00"},
                                             {"Australia/Sydney", "2026-04-05 00:00"},
                                             {"Australia/Sydney", "2026-10-04 00:00"},
                                             {"America/Santiago", "2026-04-05 00:00"},
                                             {"Australia/Lord_Howe", "2026-10-04 00:00"},
                                             {"Africa/Cairo", "2026-04-24 00:00"},
                                             {"Pacific/Apia", "2011-12-30 00:00"},
                                             {"Etc/UTC", "2026-06-01 00:00"}};

std::vector<std::string> any_people()
{
    std::vector<std::string> people{"Uann", "Ubo", "Ucy", "Udi"};
    people.resize(static_cast<std::size_t>(*rc::gen::inRange(1, 5)));
    return people;
}

WorkWeek any_hours()
{
    WorkWeek week;
    const int lengths[] = {1, 30, 60, 480, 1439, 1440};
    for (std::size_t day = 0; day < 7; ++day) {
        if (day != 2 && *rc::gen::inRange(0, 3) == 0) continue;
        const std::chrono::minutes opens{
            *rc::gen::elementOf(std::vector<int>{0, 119, 120, 150, 180, 540, 1320})};
        week.days[day].push_back({opens, opens + std::chrono::minutes{lengths[*rc::gen::inRange(0, 6)]}});
    }
    return week;
}

Rotation any_rotation(const ZoneAndDay& place)
{
    const auto turn = *rc::gen::element(std::string{"daily"},
                                        std::string{"weekly on sunday"},
                                        std::string{"weekly on thursday"},
                                        std::string{"FREQ=DAILY;INTERVAL=3"},
                                        std::string{"FREQ=MONTHLY;BYMONTHDAY=1"});
    const Instant near = utc(place.day) - std::chrono::days{*rc::gen::inRange(1, 9)};
    const std::chrono::local_days start{std::chrono::floor<std::chrono::days>(near).time_since_epoch()};
    Rotation rotation = rotation_of("any", any_people(), turn, date_text(start).c_str());
    rotation.zone = place.zone;
    rotation.hand_over = std::chrono::minutes{
        *rc::gen::elementOf(std::vector<int>{0, 1, 60, 119, 120, 150, 179, 180, 540, 1439})};
    if (*rc::gen::arbitrary<bool>()) return rotation;
    rotation.parts.clear();
    for (int count = *rc::gen::inRange(1, 4); count > 0; --count) {
        const auto& other = *rc::gen::elementOf(turning_points);
        rotation.parts.push_back(
            {any_hours(), *rc::gen::arbitrary<bool>() ? other.zone : "", people_named(any_people())});
    }
    return rotation;
}

std::vector<ShiftOverride> any_overrides(Instant around)
{
    std::vector<ShiftOverride> overrides;
    for (int count = *rc::gen::inRange(0, 4); count > 0; --count) {
        ShiftOverride& made = overrides.emplace_back();
        made.person = UserId{*rc::gen::element(std::string{"Uann"}, std::string{"Ubo"}, std::string{"Uzoe"})};
        if (*rc::gen::arbitrary<bool>()) made.instead_of = UserId{"Ubo"};
        made.span.from = around + std::chrono::minutes{*rc::gen::inRange(-6'000, 6'000)};
        made.span.until = made.span.from + std::chrono::minutes{*rc::gen::inRange(1, 4'000)};
    }
    return overrides;
}

}  // namespace

TEST_CASE("rotation: people take turns in their order, from the day it starts")
{
    const Rotation rotation = rotation_of("platform", {"Uann", "Ubo", "Ucy"});
    CHECK(planned(rotation, "2026-02-01 00:00", "2026-03-02 09:00") == "");
    CHECK(planned(rotation, "2026-03-02 09:00", "2026-03-05 09:01") ==
          "Uann 2026-03-02 09:00 UTC .. 2026-03-03 09:00 UTC\n"
          "Ubo 2026-03-03 09:00 UTC .. 2026-03-04 09:00 UTC\n"
          "Ucy 2026-03-04 09:00 UTC .. 2026-03-05 09:00 UTC\n"
          "Uann 2026-03-05 09:00 UTC .. 2026-03-06 09:00 UTC");
    CHECK(planned(rotation, "2036-03-02 12:00", "2036-03-02 12:01") ==
          "Ucy 2036-03-02 09:00 UTC .. 2036-03-03 09:00 UTC");
}

TEST_CASE("rotation: a week begins on its weekday; a start on another day makes the first turn shorter")
{
    const Rotation rotation = rotation_of("platform", {"Uann", "Ubo"}, "weekly on thursday");
    CHECK(planned(rotation, "2026-03-02 00:00", "2026-03-13 00:00") ==
          "Uann 2026-03-02 09:00 UTC .. 2026-03-05 09:00 UTC\n"
          "Ubo 2026-03-05 09:00 UTC .. 2026-03-12 09:00 UTC\n"
          "Uann 2026-03-12 09:00 UTC .. 2026-03-19 09:00 UTC");
}

TEST_CASE("rotation: a rule says on which days the next turn begins")
{
    CHECK(planned(rotation_of("a", {"Uann", "Ubo"}, "FREQ=WEEKLY;INTERVAL=2"),
                  "2026-03-20 00:00",
                  "2026-03-31 00:00") == "Ubo 2026-03-16 09:00 UTC .. 2026-03-30 09:00 UTC\n"
                                         "Uann 2026-03-30 09:00 UTC .. 2026-04-13 09:00 UTC");
    CHECK(planned(rotation_of("a", {"Uann", "Ubo"}, "FREQ=MONTHLY;BYDAY=1MO", "2026-03-04"),
                  "2026-04-01 00:00",
                  "2026-04-10 00:00") == "Uann 2026-03-04 09:00 UTC .. 2026-04-06 09:00 UTC\n"
                                         "Ubo 2026-04-06 09:00 UTC .. 2026-05-04 09:00 UTC");
    CHECK(planned(rotation_of("a", {"Uann", "Ubo"}, "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
                  "2026-03-06 10:00",
                  "2026-03-09 10:00") == "Uann 2026-03-06 09:00 UTC .. 2026-03-09 09:00 UTC\n"
                                         "Ubo 2026-03-09 09:00 UTC .. 2026-03-10 09:00 UTC");
    // Weeks are counted from the one in which it starts, a Sunday ends them.
    CHECK(planned(rotation_of("a", {"Uann", "Ubo"}, "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU", "2026-03-04"),
                  "2026-03-04 10:00",
                  "2026-03-09 10:00") == "Uann 2026-03-04 09:00 UTC .. 2026-03-08 09:00 UTC\n"
                                         "Ubo 2026-03-08 09:00 UTC .. 2026-03-29 09:00 UTC");
}

TEST_CASE("rotation: what cannot be a turn is refused, with what can")
{
    CHECK(problem_of_turn("hourly") ==
          "turn is \"daily\", \"weekly on monday\", or a rule such as \"FREQ=WEEKLY;INTERVAL=2\", unlike "
          "\"hourly\"");
    CHECK(problem_of_turn("weekly on mittwoch").starts_with("turn is "));
    CHECK(problem_of_turn("FREQ=HOURLY") ==
          "the rule of a rotation is daily, weekly or monthly, such as FREQ=WEEKLY;INTERVAL=2 or "
          "FREQ=MONTHLY;BYDAY=1MO");
    CHECK(problem_of_turn("FREQ=SOMETIMES").starts_with("the rule \"FREQ=SOMETIMES\" is not understood"));
    CHECK(problem_of_turn("FREQ=DAILY;COUNT=3") ==
          "a rotation does not end: its rule has neither COUNT nor UNTIL");
    CHECK(problem_of_turn("FREQ=DAILY;UNTIL=20270101").starts_with("a rotation does not end"));
    CHECK(problem_of_turn("FREQ=DAILY;BYHOUR=3").starts_with("the time of day is hand_over"));
    CHECK(problem_of_turn("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30") ==
          "the rule \"FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30\" does not hand over within 400 days");
    CHECK(problem_of_turn("FREQ=" + std::string(300, 'X')).starts_with("a rule has at most 200"));
    CHECK(problem_of_turn("freq=\n").starts_with("a rule has at most 200 plain characters"));
}

TEST_CASE("rotation: a hand-over at a time that does not exist, or comes twice, in both hemispheres")
{
    struct Row {
        const char* zone;
        const char* starts;
        const char* handed_over;
    };
    // At 2:30 local time: skipped, so when the clocks change; twice, so the first of the two.
    const Row rows[] = {{"Europe/Berlin", "2026-03-29", "2026-03-29 01:00 UTC"},
                        {"Europe/Berlin", "2026-10-25", "2026-10-25 00:30 UTC"},
                        {"Australia/Sydney", "2026-10-04", "2026-10-03 16:00 UTC"},
                        {"Australia/Sydney", "2026-04-05", "2026-04-04 15:30 UTC"}};
    for (const Row& row : rows) {
        CAPTURE(row.zone);
        CAPTURE(row.starts);
        Rotation rotation = rotation_of("night", {"Uann"}, "daily", row.starts);
        rotation.zone = row.zone;
        rotation.hand_over = 2h + 30min;
        const Instant noon = Instant{rotation.starts.time_since_epoch()} + 12h;
        const auto shifts = planned_shifts(rotation, "Etc/UTC", {noon - 48h, noon});
        REQUIRE_FALSE(shifts.empty());
        CHECK(utc_text(shifts.front().span.from) == row.handed_over);
    }
}

TEST_CASE(
    "rotation: parts follow the sun, each in its own zone; nobody is relieved in the middle of their hours")
{
    Rotation rotation = rotation_of("sun", {"Uann"}, "weekly on monday");
    rotation.zone = "Europe/Berlin";
    rotation.parts = {part_of("Mon-Fri 08:00-16:00", "Asia/Tokyo", {"Uann", "Ubo"}),
                      part_of("Mon-Fri 08:00-20:00", "", {"Ucy", "Udi"})};
    CHECK(planned(rotation, "2026-03-06 00:00", "2026-03-09 12:00") ==
          "Uann 2026-03-05 23:00 UTC .. 2026-03-06 07:00 UTC\n"
          "Ucy 2026-03-06 07:00 UTC .. 2026-03-06 19:00 UTC\n"
          "Ubo 2026-03-08 23:00 UTC .. 2026-03-09 07:00 UTC\n"
          "Udi 2026-03-09 07:00 UTC .. 2026-03-09 19:00 UTC");
    const RotationPlan plan{rotation, "Etc/UTC", nothing_agreed};
    const auto gaps = gaps_between(plan, {utc("2026-03-06 12:00"), utc("2026-03-09 12:00")});
    REQUIRE(gaps.size() == 1);
    CHECK(gaps.front() == TimeSpan{utc("2026-03-06 19:00"), utc("2026-03-08 23:00")});
    // Where Berlin's clocks have gone forward and Tokyo's have not, the one hour is covered twice.
    CHECK(shifts_at(plan, utc("2026-03-30 06:30")).size() == 2);
}

TEST_CASE(
    "rotation: the newest override holds, only for whom it relieves, and fills a gap where it relieves anybody")
{
    const Rotation rotation = rotation_of("platform", {"Uann", "Ubo"});
    const std::vector<ShiftOverride> overrides{agreed("Ucy", "2026-03-02 12:00", "2026-03-03 12:00", "Uann"),
                                               agreed("Udi", "2026-03-02 18:00", "2026-03-02 20:00"),
                                               agreed("Udi", "2026-03-01 08:00", "2026-03-01 10:00")};
    const RotationPlan plan{rotation, "Etc/UTC", overrides};
    CHECK(text_of(shifts_between(plan, {utc("2026-03-01 00:00"), utc("2026-03-03 10:00")})) ==
          "Udi 2026-03-01 08:00 UTC .. 2026-03-01 10:00 UTC\n"
          "Uann 2026-03-02 09:00 UTC .. 2026-03-02 12:00 UTC\n"
          "Ucy 2026-03-02 12:00 UTC .. 2026-03-02 18:00 UTC\n"
          "Udi 2026-03-02 18:00 UTC .. 2026-03-02 20:00 UTC\n"
          "Ucy 2026-03-02 20:00 UTC .. 2026-03-03 09:00 UTC\n"
          "Ubo 2026-03-03 09:00 UTC .. 2026-03-04 09:00 UTC");
    // A shift is the same however little of it is asked for.
    CHECK(text_of(shifts_at(plan, utc("2026-03-02 19:00"))) ==
          "Udi 2026-03-02 18:00 UTC .. 2026-03-02 20:00 UTC");
}

TEST_CASE("rotation: one tap takes the rest of a shift, or of a long one a day at most")
{
    const Rotation daily = rotation_of("platform", {"Uann", "Ubo"});
    const RotationPlan plan{daily, "Etc/UTC", nothing_agreed};
    const Instant now = utc("2026-03-02 20:00");
    CHECK(taken_until(plan, shifts_at(plan, now).front(), now) == utc("2026-03-03 09:00"));
    const Rotation weekly = rotation_of("platform", {"Uann", "Ubo"}, "weekly");
    const RotationPlan long_plan{weekly, "Etc/UTC", nothing_agreed};
    CHECK(taken_until(long_plan, shifts_at(long_plan, now).front(), now) == utc("2026-03-03 09:00"));
    const Instant early = utc("2026-03-03 08:00");
    CHECK(taken_until(long_plan, shifts_at(long_plan, early).front(), early) == utc("2026-03-03 09:00"));
}

TEST_CASE("rotation: at every minute the rules say what the clocks on the walls say")
{
    CHECK(rc::check([] {
        const ZoneAndDay place = *rc::gen::elementOf(turning_points);
        const Instant around = utc(place.day);
        const Rotation rotation = any_rotation(place);
        const std::vector<ShiftOverride> overrides = any_overrides(around);
        const RotationPlan plan{rotation, "Etc/UTC", overrides};
        const TimeSpan span{around - 60h, around + 60h};
        const auto shifts = shifts_between(plan, span);
        SlowRotation slow{rotation, overrides};
        // Before the span it only has to see each day pass.
        for (Instant minute = around - 12 * 24h; minute < span.until;
             minute += minute < span.from ? 30min : 1min) {
            const std::string expected = slow.at(minute);
            if (minute < span.from) continue;
            RC_ASSERT(on_at(shifts, minute) == expected);
        }
        // What is asked for one instant is what is asked for all of them.
        const Instant any = span.from + std::chrono::minutes{*rc::gen::inRange(0, 7'200)};
        std::vector<OnCallShift> there;
        for (const OnCallShift& shift : shifts) {
            if (shift.span.from <= any && any < shift.span.until) there.push_back(shift);
        }
        RC_ASSERT(shifts_at(plan, any) == there);
    }));
}

TEST_CASE("rotation: nobody is on exactly in the gaps")
{
    CHECK(rc::check([] {
        const ZoneAndDay place = *rc::gen::elementOf(turning_points);
        const Rotation rotation = any_rotation(place);
        const std::vector<ShiftOverride> overrides = any_overrides(utc(place.day));
        const RotationPlan plan{rotation, "Etc/UTC", overrides};
        const TimeSpan span{utc(place.day), utc(place.day) + 72h};
        const auto gaps = gaps_between(plan, span);
        for (Instant at = span.from; at < span.until; at += 7min) {
            const bool is_gap = std::any_of(gaps.begin(), gaps.end(), [&](const TimeSpan& gap) {
                return gap.from <= at && at < gap.until;
            });
            const bool has_begun = at >= Instant{rotation.starts.time_since_epoch()} + 48h;
            if (has_begun) RC_ASSERT(is_gap == shifts_at(plan, at).empty());
        }
    }));
}

TEST_CASE(
    "rotation: an offer stands until the shift begins; of one that has begun the rest is offered, to its end")
{
    const Instant now = utc("2026-03-02 12:00");
    const ShiftSwap later = offered_swap(
        "platform", UserId{"Uann"}, UserId{"Ubo"}, {utc("2026-03-04 09:00"), utc("2026-03-05 09:00")}, now);
    CHECK(later.lapses_at == utc("2026-03-04 09:00"));
    CHECK(later.nudge_at == utc("2026-03-03 10:30"));
    const ShiftSwap begun = offered_swap(
        "platform", UserId{"Uann"}, UserId{"Ubo"}, {utc("2026-03-02 09:00"), utc("2026-03-02 20:00")}, now);
    CHECK(begun.span.from == now);
    CHECK(begun.lapses_at == utc("2026-03-02 20:00"));
}

TEST_CASE("rotation: a gap that comes every week is one finding, and one where the clocks change another")
{
    const auto mark = [](const char* from, const char* until) {
        const FindingMark found = mark_of(
            {RotationFindingKind::nobody, "sun", "", UserId{}, {utc(from), utc(until)}});
        return std::pair{found.begins, found.length_us};
    };
    CHECK(mark("2026-03-06 19:00", "2026-03-08 23:00") == mark("2026-03-13 19:00", "2026-03-15 23:00"));
    CHECK(mark("2026-03-06 19:00", "2026-03-08 23:00") != mark("2026-03-27 19:00", "2026-03-29 22:00"));
}
