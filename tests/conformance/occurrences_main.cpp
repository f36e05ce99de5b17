// Says on which days recurrence rules fall, for recurrence.test.mjs. Each line of the input is "STARTS FROM
// UNTIL RULE", with days such as 2026-03-02; each line of the output has the days from FROM up to, and
// without, UNTIL, or "refused: " and why.
#include "bot/cadence/occurrences.hpp"
#include "bot/calendar_text.hpp"

#include <iostream>
#include <sstream>
#include <string>

int main()
{
    using namespace ackd;
    const WorkingDays working_days;
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words{line};
        std::string starts;
        std::string from;
        std::string until;
        std::string rule;
        words >> starts >> from >> until >> rule;
        const auto first = parse_date(from);
        const auto behind = parse_date(until);
        std::string problem = "the line is not understood";
        auto cadence = parse_cadence(rule + " 12:00", parse_date(starts), problem);
        if (!cadence || !first || !behind) {
            std::cout << "refused: " << problem << '\n';
            continue;
        }
        cadence->on_holiday = OnHoliday::keep;
        const TimeSpan span{Instant{first->time_since_epoch()}, Instant{behind->time_since_epoch()}};
        std::string days;
        for (const Occurrence& each : occurrences_between({*cadence, working_days, "Etc/UTC"}, span))
            days += (days.empty() ? "" : " ") + date_text(each.day);
        std::cout << days << '\n';
    }
}
