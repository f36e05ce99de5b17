#include "bot/people/work_week.hpp"

#include "bot/lower_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace ackd {

namespace {

using std::chrono::minutes;

constexpr minutes day_length{24 * 60};
constexpr minutes week_length = 7 * day_length;
constexpr std::array<std::string_view, 7> day_names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> whole_names{
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    return lower_case(c) >= 'a' && lower_case(c) <= 'z';
}

/// Reads from the front of a text, past white space.
class Scanner {
public:
    explicit Scanner(std::string_view text) : left_(text) {}

    bool is_at_end()
    {
        skip_space();
        return left_.empty();
    }
    /// One of the ways to write a hyphen counts as that one.
    bool take(std::string_view mark)
    {
        skip_space();
        if (!left_.starts_with(mark)) return false;
        left_.remove_prefix(mark.size());
        return true;
    }
    bool take_hyphen() { return take("-") || take("–") || take("—"); }
    std::string_view take_while(bool (*fits)(char))
    {
        skip_space();
        const auto end = std::find_if_not(left_.begin(), left_.end(), fits);
        const auto word = left_.substr(0, static_cast<std::size_t>(end - left_.begin()));
        left_.remove_prefix(word.size());
        return word;
    }
    /// What is there, for a person to recognise.
    std::string here()
    {
        skip_space();
        return left_.empty() ? "the end" : fmt::format("\"{}\"", left_.substr(0, 20));
    }

private:
    void skip_space()
    {
        while (!left_.empty() && left_.front() == ' ') left_.remove_prefix(1);
    }
    std::string_view left_;
};

std::optional<std::size_t> take_day(Scanner& scanner)
{
    std::string word;
    for (const char c : scanner.take_while(is_letter)) word += lower_case(c);
    if (word.size() < 3) return std::nullopt;
    for (std::size_t day = 0; day < whole_names.size(); ++day) {
        if (whole_names[day].starts_with(word)) return day;
    }
    return std::nullopt;
}

/// "9", "9:30", "24:00".
std::optional<minutes> take_time(Scanner& scanner)
{
    const auto number = [&](int most) -> std::optional<int> {
        const std::string_view digits = scanner.take_while(is_digit);
        if (digits.empty() || digits.size() > 2) return std::nullopt;
        const int value = std::accumulate(
            digits.begin(), digits.end(), 0, [](int sum, char c) { return sum * 10 + (c - '0'); });
        return value <= most ? std::optional{value} : std::nullopt;
    };
    const auto hours = number(24);
    if (!hours) return std::nullopt;
    int past = 0;
    if (scanner.take(":")) {
        const auto read = number(59);
        if (!read) return std::nullopt;
        past = *read;
    }
    const minutes time = std::chrono::hours{*hours} + minutes{past};
    return time <= day_length ? std::optional{time} : std::nullopt;
}

bool read_days(Scanner& scanner, std::vector<std::size_t>& days, std::string& problem)
{
    do {
        const std::string here = scanner.here();
        const auto first = take_day(scanner);
        if (!first) {
            problem = fmt::format("a day such as Mon belongs where {} is", here);
            return false;
        }
        std::size_t last = *first;
        if (scanner.take_hyphen()) {
            const auto read = take_day(scanner);
            if (!read) {
                problem = "after the hyphen belongs a day: Mon-Fri";
                return false;
            }
            last = *read;
        }
        for (std::size_t day = *first;; day = (day + 1) % 7) {
            days.push_back(day);
            if (day == last) break;
        }
    } while (scanner.take(","));
    return true;
}

bool read_shifts(Scanner& scanner, std::vector<Shift>& shifts, std::string& problem)
{
    do {
        const std::string here = scanner.here();
        const auto opens = take_time(scanner);
        const bool has_hyphen = opens && scanner.take_hyphen();
        const auto closes = has_hyphen ? take_time(scanner) : std::nullopt;
        if (!closes || *opens == day_length) {
            problem = fmt::format("hours such as 9:00-17:00 belong where {} is", here);
            return false;
        }
        // To the same time or an earlier one: over midnight.
        shifts.push_back(Shift{*opens, *closes > *opens ? *closes : *closes + day_length});
    } while (scanner.take(","));
    return true;
}

std::string time_text(minutes time)
{
    const minutes within = time > day_length ? time - day_length : time;
    return fmt::format("{:02}:{:02}", within.count() / 60, within.count() % 60);
}

std::string shifts_text(const std::vector<Shift>& shifts)
{
    std::string text;
    for (const Shift& shift : shifts) {
        text += fmt::format(
            "{}{}-{}", text.empty() ? "" : ", ", time_text(shift.opens), time_text(shift.closes));
    }
    return text;
}

}  // namespace

const WorkWeek& default_work_week()
{
    static const WorkWeek week = [] {
        WorkWeek made;
        for (std::size_t day = 0; day < 5; ++day)
            made.days[day] = {Shift{std::chrono::hours{9}, std::chrono::hours{17}}};
        return made;
    }();
    return week;
}

std::string to_text(const WorkWeek& week)
{
    std::string text;
    for (std::size_t first = 0; first < week.days.size();) {
        std::size_t next = first + 1;
        while (next < week.days.size() && week.days[next] == week.days[first]) ++next;
        if (!week.days[first].empty()) {
            if (!text.empty()) text += "; ";
            text += day_names[first];
            if (next - first > 1) text += fmt::format("-{}", day_names[next - 1]);
            text += " " + shifts_text(week.days[first]);
        }
        first = next;
    }
    return text;
}

std::optional<WorkWeek> parse_work_week(std::string_view text, std::string& problem)
{
    WorkWeek week;
    Scanner scanner{text};
    do {
        if (scanner.is_at_end()) break;
        std::vector<std::size_t> days;
        std::vector<Shift> shifts;
        if (!read_days(scanner, days, problem) || !read_shifts(scanner, shifts, problem)) return std::nullopt;
        for (const std::size_t day : days) {
            auto& known = week.days[day];
            known.insert(known.end(), shifts.begin(), shifts.end());
        }
    } while (scanner.take(";"));
    if (!scanner.is_at_end()) {
        problem = fmt::format("{} is too much; a part ends with \";\"", scanner.here());
        return std::nullopt;
    }

    // On one line of minutes, the week after the first drawn behind it: what overlaps shows.
    std::vector<Shift> line;
    for (std::size_t day = 0; day < week.days.size(); ++day) {
        auto& shifts = week.days[day];
        std::sort(
            shifts.begin(), shifts.end(), [](const Shift& a, const Shift& b) { return a.opens < b.opens; });
        for (const Shift& shift : shifts) {
            const minutes midnight = day_length * static_cast<int>(day);
            line.push_back(Shift{midnight + shift.opens, midnight + shift.closes});
        }
    }
    if (line.empty()) {
        problem = "a week needs hours: Mon-Fri 9:00-17:00";
        return std::nullopt;
    }
    line.push_back(Shift{line.front().opens + week_length, line.front().closes + week_length});
    for (std::size_t index = 1; index < line.size(); ++index) {
        if (line[index].opens >= line[index - 1].closes) continue;
        problem = "some of these hours overlap";
        return std::nullopt;
    }
    return week;
}

}  // namespace ackd
