// Any bytes as an iCalendar file.
#include "bot/people/holiday_calendar.hpp"
#include "tests/fuzz/fuzz_target.hpp"

using namespace ackd;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace std::chrono_literals;
    const std::chrono::local_days from{2026y / 1 / 1};
    const std::chrono::local_days until{2027y / 12 / 31};
    const HolidayCalendarOutcome outcome = read_holiday_calendar(fuzz::text_of(data, size), from, until);
    fuzz::expect((outcome.calendar == nullptr) == !outcome.problem.empty(), "days, or a problem");
    if (outcome.calendar == nullptr) return 0;
    std::chrono::local_days last = from - std::chrono::days{1};
    for (const Holiday& holiday : outcome.calendar->holidays) {
        fuzz::expect(holiday.day > last && holiday.day <= until, "in order, each once, within the window");
        last = holiday.day;
    }
    return 0;
}
