// The hours of a week, as they are written.
#include "bot/people/work_week.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

using namespace ackd;

namespace {

std::string read(const char* typed)
{
    std::string problem;
    const auto week = parse_work_week(typed, problem);
    return week ? to_text(*week) : "no: " + problem;
}

}  // namespace

TEST_CASE("work week: what people write becomes what ackd writes")
{
    struct Row {
        const char* typed;
        const char* read;
    };
    const Row rows[] = {
        {"Mon-Fri 9:00-17:00", "Mon-Fri 09:00-17:00"},
        {"monday - friday 9-17", "Mon-Fri 09:00-17:00"},
        {"Sun-Thu 8:30-16:30", "Mon-Thu 08:30-16:30; Sun 08:30-16:30"},
        {"Mon,Wed,Fri 22-6", "Mon 22:00-06:00; Wed 22:00-06:00; Fri 22:00-06:00"},
        {"Mon-Thu 13-17, 9-12; Fri 9–12", "Mon-Thu 09:00-12:00, 13:00-17:00; Fri 09:00-12:00"},
        {"Mon-Sun 0-24", "Mon-Sun 00:00-24:00"},
        {"Sat 9-9", "Sat 09:00-09:00"},
        {"Mon 9-17;", "Mon 09:00-17:00"},
        {"", "no: a week needs hours: Mon-Fri 9:00-17:00"},
        {"Mon", "no: hours such as 9:00-17:00 belong where the end is"},
        {"9-17", "no: a day such as Mon belongs where \"9-17\" is"},
        {"Mon-Fry 9-17", "no: after the hyphen belongs a day: Mon-Fri"},
        {"Mon 25-26", "no: hours such as 9:00-17:00 belong where \"25-26\" is"},
        {"Mon 9:60-10", "no: hours such as 9:00-17:00 belong where \"9:60-10\" is"},
        {"Mon 24:30-1", "no: hours such as 9:00-17:00 belong where \"24:30-1\" is"},
        {"Mon 9-17 Tue 9-17", "no: \"Tue 9-17\" is too much; a part ends with \";\""},
        {"Mon 9-17, 16-18", "no: some of these hours overlap"},
        {"Mon 22-6; Tue 5-9", "no: some of these hours overlap"},
        {"Sun 22-6; Mon 5-9", "no: some of these hours overlap"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(read(row.typed) == row.read);
    }
}

TEST_CASE("work week: what is written is read back as the same week")
{
    CHECK(rc::check([] {
        WorkWeek week;
        week.days[*rc::gen::inRange<std::size_t>(0, 7)] = {
            Shift{std::chrono::hours{1}, std::chrono::hours{2}}};
        for (auto& day : week.days) {
            int at = 6 * 60;
            for (int shifts = *rc::gen::inRange(0, 4); shifts > 0; --shifts) {
                const int opens = at + *rc::gen::inRange(1, 120);
                const int closes = opens + *rc::gen::inRange(1, 200);
                day.push_back(Shift{std::chrono::minutes{opens}, std::chrono::minutes{closes}});
                at = closes;
            }
        }
        std::string problem;
        const auto read = parse_work_week(to_text(week), problem);
        RC_ASSERT(problem.empty());
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == week);
    }));
}
