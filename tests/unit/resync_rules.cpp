// The rules of a resync: lines of the form, where two answers differ, what has changed, and surprises.
#include "bot/resync/resync_rules.hpp"

#include "bot/resync/resync.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const Instant monday = utc("2026-03-02 10:00");

std::chrono::local_days day(int month, int number)
{
    return std::chrono::local_days{std::chrono::year{2026} / month / number};
}

TeamAnswer answer_of(const std::string& team,
                     std::vector<std::string> priorities,
                     std::vector<Dependency> waits_for = {},
                     std::vector<Dependency> owes = {})
{
    TeamAnswer answer;
    answer.team = team;
    answer.priorities = std::move(priorities);
    answer.waits_for = std::move(waits_for);
    answer.owes = std::move(owes);
    return answer;
}

ReadDependencies read(const std::string& text)
{
    return read_dependencies(text, {"platform", "mobile"}, WorkingHours{"Europe/Berlin"}, monday);
}

std::vector<Surprise> surprises(const std::vector<int>& per_week, Instant now)
{
    std::vector<Surprise> all;
    for (std::size_t week = 0; week < per_week.size(); ++week) {
        for (int count = 0; count < per_week[week]; ++count)
            all.push_back({0, "a", "x", now - std::chrono::weeks{per_week.size() - 1 - week} - 1h});
    }
    return all;
}

Cadence cadence(const std::string& text)
{
    std::string problem;
    return parse_cadence(text, day(1, 5), problem).value();
}

}  // namespace

TEST_CASE("resync rules: one line is one thing, without what marks it as a line")
{
    CHECK(read_lines("- the importer\n* login\n\n  3. billing  \n• docs\n2026 plan").lines ==
          std::vector<std::string>{"the importer", "login", "billing", "docs", "2026 plan"});
    CHECK(read_lines("").lines.empty());
    CHECK(read_lines(" \n\r\n\t").lines.empty());
}

TEST_CASE("resync rules: too many and too long lines are refused, by their number")
{
    std::string many;
    for (int line = 0; line < 13; ++line) many += "line\n";
    CHECK(read_lines(many).problem == "At most 12 lines: those that matter most.");
    CHECK(read_lines("short\n" + std::string(161, 'x')).problem ==
          "A line has at most 160 characters; line 2 is longer.");
}

TEST_CASE("resync rules: a dependency names the team, what, and perhaps by when")
{
    CHECK(read("mobile: the importer by friday").dependencies ==
          std::vector<Dependency>{{"mobile", "the importer", day(3, 6)}});
    CHECK(read("- Mobile: login by 2026-04-01\nplatform: stand by me").dependencies ==
          std::vector<Dependency>{{"mobile", "login", day(4, 1)}, {"platform", "stand by me", std::nullopt}});
    CHECK(line_of({"mobile", "the importer", day(3, 6)}) == "mobile: the importer by 2026-03-06");
    // What is written is read back as the same, also when its day has passed.
    CHECK(read(line_of({"mobile", "the importer", day(3, 6)})).dependencies.front().by == day(3, 6));
    CHECK(read(line_of({"mobile", "the importer", day(1, 6)})).dependencies ==
          std::vector<Dependency>{{"mobile", "the importer", day(1, 6)}});
}

TEST_CASE("resync rules: what is no dependency says what would be one")
{
    CHECK(read("the importer").problem ==
          "\"the importer\": name the team first, as in \"platform: the importer by friday\".");
    CHECK(read("mobil: login").problem == "There is no team \"mobil\". Did you mean mobile?");
    CHECK(read("sales: leads").problem == "There is no team \"sales\" here: platform, mobile.");
    CHECK(read("mobile:").problem ==
          "\"mobile:\": name the team first, as in \"platform: the importer by friday\".");
}

TEST_CASE("resync rules: the same work is most of the words that carry meaning, in any order and number")
{
    CHECK(is_same_work("rewrite the billing importer", "Billing importers: rewrite"));
    CHECK(is_same_work("the importer", "importer for mobile"));
    CHECK_FALSE(is_same_work("billing export", "billing dashboard"));
    CHECK_FALSE(is_same_work("", "importer"));
    CHECK(is_same_work("überarbeiteter Importer", "der überarbeiteter importer"));
}

TEST_CASE("resync rules: what the other side does not name, and dates that differ, are differences")
{
    const auto mobile = answer_of("mobile", {"login"}, {{"platform", "the importer", day(3, 6)}});
    const auto silent = answer_of("platform", {"cluster"});
    CHECK(
        differences_between({mobile, silent}) ==
        std::vector<Difference>{
            {DivergenceKind::not_listed, "mobile", "platform", "the importer", "", day(3, 6), std::nullopt}});

    const auto later = answer_of("platform", {"cluster"}, {}, {{"mobile", "importer rewrite", day(3, 20)}});
    CHECK(differences_between({mobile, later}) == std::vector<Difference>{{DivergenceKind::dates_differ,
                                                                           "mobile",
                                                                           "platform",
                                                                           "the importer",
                                                                           "importer rewrite",
                                                                           day(3, 6),
                                                                           day(3, 20)}});

    const auto agreeing = answer_of("platform", {"cluster"}, {}, {{"mobile", "their thing", day(3, 6)}});
    CHECK(differences_between({mobile, agreeing}).empty());
    const auto without_date = answer_of(
        "platform", {"cluster"}, {}, {{"mobile", "the importer", std::nullopt}});
    CHECK(differences_between({mobile, without_date}).empty());
    // Who has not answered differs from nobody.
    CHECK(differences_between({mobile}).empty());
}

TEST_CASE("resync rules: one line each is the same thing; of several each needs its own")
{
    const auto mobile = answer_of(
        "mobile",
        {"x"},
        {{"platform", "importer", std::nullopt}, {"platform", "login tokens", std::nullopt}});
    const auto platform = answer_of("platform", {"y"}, {}, {{"mobile", "login token", std::nullopt}});
    CHECK(
        differences_between({mobile, platform}) ==
        std::vector<Difference>{
            {DivergenceKind::not_listed, "mobile", "platform", "importer", "", std::nullopt, std::nullopt}});
}

TEST_CASE("resync rules: the same work among the priorities of two teams is a difference, a topic is none")
{
    const auto one = answer_of("mobile", {"rewrite the billing importer", "login"});
    const auto other = answer_of("platform", {"login", "billing importer rewrite"});
    CHECK(differences_between({one, other}) == std::vector<Difference>{{DivergenceKind::same_work,
                                                                        "mobile",
                                                                        "platform",
                                                                        "rewrite the billing importer",
                                                                        "billing importer rewrite",
                                                                        std::nullopt,
                                                                        std::nullopt}});
}

TEST_CASE("resync rules: a difference is known again in slightly other words, and not with other dates")
{
    const Difference before{
        DivergenceKind::not_listed, "mobile", "platform", "the importer", "", day(3, 6), std::nullopt};
    Difference now = before;
    now.what = "importer";
    CHECK(is_same_difference(before, now));
    now.by = day(3, 9);
    CHECK_FALSE(is_same_difference(before, now));
    now = before;
    now.other = "data";
    CHECK_FALSE(is_same_difference(before, now));
}

TEST_CASE(
    "resync rules: what both name by then, or name with other dates, is the same matter; other work is not")
{
    const Difference before{
        DivergenceKind::not_listed, "mobile", "platform", "the importer", "", day(3, 6), std::nullopt};
    const Difference later{
        DivergenceKind::dates_differ, "mobile", "platform", "importer", "the importer", day(3, 6), day(3, 9)};
    CHECK(is_same_matter(before, later));
    CHECK_FALSE(is_same_difference(before, later));
    const Difference work{
        DivergenceKind::same_work, "mobile", "platform", "billing import", "billing import", {}, {}};
    CHECK_FALSE(is_same_matter(before, work));
    Difference other = work;
    other.other_what = "login tokens";
    CHECK_FALSE(is_same_matter(work, other));
}

TEST_CASE("resync rules: what is new, and what is gone")
{
    CHECK(changed_priorities({"the importer", "login"}, {"importer", "billing"}) ==
          std::vector<ChangedPriority>{{PriorityChange::kept, "importer"},
                                       {PriorityChange::added, "billing"},
                                       {PriorityChange::gone, "login"}});
}

TEST_CASE("resync rules: surprises are counted by week, and have risen when there are half as many again")
{
    const std::vector<int> rising{1, 1, 0, 1, 1, 1, 2, 3};
    CHECK(surprises_per_week(surprises(rising, monday), monday) == rising);
    CHECK(have_surprises_risen(rising));
    CHECK_FALSE(have_surprises_risen({0, 0, 0, 0, 1, 1, 0, 1}));  // three are too few to say anything
    CHECK(have_surprises_risen({0, 0, 0, 0, 1, 1, 1, 1}));
    CHECK_FALSE(have_surprises_risen({2, 2, 2, 2, 3, 2, 3, 3}));
    // From before the eight weeks, and from ahead of the clock: neither counts.
    CHECK(surprises_per_week({{0, "a", "x", monday - std::chrono::weeks{9}}, {0, "a", "y", monday + 1h}},
                             monday) == std::vector<int>(8, 0));
}

TEST_CASE("resync rules: a shorter cadence is twice as often, until it is weekly")
{
    const auto shorter = [](const std::string& text) {
        const auto found = shorter_cadence(cadence(text));
        return found ? to_text(*found) : std::string{"none"};
    };
    CHECK(shorter("every 4 weeks on tuesday 10:00") == "every second tuesday 10:00");
    CHECK(shorter("every second monday 10:00") == "every monday 10:00");
    CHECK(shorter("every monday 10:00") == "none");
    CHECK(shorter("first tuesday of the month 14:00") == "every second tuesday 14:00");
    CHECK(shorter("last working day of the quarter 16:00") == "last working day of the month 16:00");
    CHECK(shorter("FREQ=MONTHLY;BYDAY=-1FR 15:00") == "none");
}

TEST_CASE("resync rules: the reminder comes at half time, and the end in working time")
{
    Resync resync;
    resync.answers_within = 8h;
    const RoundTimes times = times_of(resync, WorkingHours{"Etc/UTC"}, utc("2026-03-06 15:00"));
    CHECK(times.remind_at == utc("2026-03-09 11:00"));
    CHECK(times.closes_at == utc("2026-03-09 15:00"));
    ResyncRound round;
    round.remind_at = times.remind_at;
    round.closes_at = times.closes_at;
    CHECK(due_of(round) == times.remind_at);
    round.remind_at.reset();
    CHECK(due_of(round) == times.closes_at);
    round.state = ResyncState::posted;
    CHECK(due_of(round) == std::nullopt);
}
