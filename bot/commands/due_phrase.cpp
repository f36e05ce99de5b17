#include "bot/commands/due_phrase.hpp"

#include "bot/calendar_text.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/lower_case.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace ackd {

namespace {

using namespace std::chrono_literals;

constexpr auto end_of_day = 17h;
constexpr auto date_ahead_max = date::days{366};

const std::array<std::string, 7> weekdays{
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

/// In small letters, without the marks that a sentence puts behind it.
std::string bare_word(std::string text)
{
    text = lower_case(std::move(text));
    while (!text.empty() && (text.back() == ',' || text.back() == '.' || text.back() == ':')) text.pop_back();
    return text;
}

std::optional<int> number(std::string_view text)
{
    return parse_whole_number<int>(text, 0);
}

/// A bare number counts only behind a day.
std::optional<std::chrono::minutes> time_of_day(const std::string& word, bool bare_number)
{
    if (const auto spoken = parse_spoken_time(word)) return spoken;
    const auto hour = bare_number ? number(word) : std::nullopt;
    if (!hour || *hour > 23) return std::nullopt;
    return std::chrono::hours{*hour};
}

std::optional<date::local_days> iso_date(const std::string& word)
{
    if (word.size() != 10 || word[4] != '-' || word[7] != '-') return std::nullopt;
    const auto year = number(std::string_view{word}.substr(0, 4));
    const auto month = number(std::string_view{word}.substr(5, 2));
    const auto day = number(std::string_view{word}.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const date::year_month_day calendar{date::year{*year},
                                        date::month{static_cast<unsigned>(*month)},
                                        date::day{static_cast<unsigned>(*day)}};
    if (!calendar.ok()) return std::nullopt;
    return date::local_days{calendar};
}

std::optional<Duration> length(const std::string& amount_word,
                               const std::string& unit_word,
                               std::size_t& used)
{
    const auto digits = static_cast<std::size_t>(
        std::find_if_not(
            amount_word.begin(), amount_word.end(), [](char c) { return c >= '0' && c <= '9'; }) -
        amount_word.begin());
    const auto amount = number(std::string_view{amount_word}.substr(0, digits));
    if (!amount || *amount == 0 || *amount > 10'000) return std::nullopt;
    std::string unit = amount_word.substr(digits);
    used = 1;
    if (unit.empty()) {
        unit = unit_word;
        used = 2;
    }
    if (unit == "m" || unit == "min" || unit == "mins" || unit == "minute" || unit == "minutes") {
        return std::chrono::minutes{*amount};
    }
    if (unit == "h" || unit == "hour" || unit == "hours") return std::chrono::hours{*amount};
    if (unit == "d" || unit == "day" || unit == "days") return date::days{*amount};
    if (unit == "w" || unit == "week" || unit == "weeks") return date::weeks{*amount};
    return std::nullopt;
}

Instant at_local(const WorkingHours& hours, date::local_days day, std::chrono::minutes time)
{
    return hours.zone()->to_sys(date::local_time<Duration>{day + time}, date::choose::earliest);
}

date::local_days today_of(const WorkingHours& hours, Instant now)
{
    return date::floor<date::days>(hours.zone()->to_local(now));
}

/// How many slips of the fingers lie between two words: a letter too many, too few or wrong, or two swapped.
std::size_t distance(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> row_before_last;
    std::vector<std::size_t> last_row;
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row_before_last = std::exchange(last_row, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min(
                {last_row[j] + 1, row[j - 1] + 1, last_row[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], row_before_last[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::optional<date::local_days> day_named(const std::vector<std::string>& words,
                                          date::local_days today,
                                          std::size_t& used)
{
    const std::string& first = words.front();
    used = 1;
    if (first == "today") return today;
    if (first == "tomorrow") return today + date::days{1};
    if (const auto day = iso_date(first)) return day;
    if (first == "next" && words.size() > 1 && words[1] == "week") {
        used = 2;
        const date::weekday weekday{today};
        return today + (date::Friday - weekday) + date::weeks{1};
    }
    for (std::size_t index = 0; index < weekdays.size(); ++index) {
        if (first != weekdays[index] && first != weekdays[index].substr(0, 3)) continue;
        const date::weekday wanted{static_cast<unsigned>(index)};
        return today + (wanted - date::weekday{today});
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> nearest_word(const std::string& word, const std::vector<std::string>& known)
{
    const std::string* best = nullptr;
    std::size_t best_distance = 3;
    for (const std::string& candidate : known) {
        const std::size_t found = distance(word, candidate);
        if (found < best_distance && found * 2 < candidate.size()) {
            best = &candidate;
            best_distance = found;
        }
    }
    return best == nullptr ? std::nullopt : std::optional{*best};
}

DuePhraseOutcome parse_due_phrase(const std::vector<std::string>& typed,
                                  const WorkingHours& hours,
                                  Instant now)
{
    if (typed.empty()) return NotADuePhrase{};
    std::vector<std::string> words;
    for (std::size_t index = 0; index < std::min<std::size_t>(typed.size(), 4); ++index) {
        words.push_back(bare_word(typed[index]));
    }
    const date::local_days today = today_of(hours, now);

    if (words.front() == "in" && words.size() > 1) {
        std::size_t used = 0;
        const auto amount = length(words[1], words.size() > 2 ? words[2] : "", used);
        if (!amount) return NotADuePhrase{};
        if (*amount > date_ahead_max) {
            std::string far = typed.front();
            for (std::size_t index = 1; index <= used; ++index) far += " " + typed[index];
            return DuePhraseInThePast{far};
        }
        return DuePhrase{now + *amount, 1 + used};
    }
    if (const auto time = time_of_day(words.front(), false)) {
        Instant at = at_local(hours, today, *time);
        if (at <= now) at = at_local(hours, today + date::days{1}, *time);
        return DuePhrase{at, 1};
    }

    std::size_t used = 0;
    if (const auto day = day_named(words, today, used)) {
        std::chrono::minutes time = end_of_day;
        if (words.size() > used) {
            if (const auto given = time_of_day(words[used], true)) {
                time = *given;
                ++used;
            }
        }
        Instant at = at_local(hours, *day, time);
        const bool names_a_weekday = !iso_date(words.front()) && words.front() != "today";
        if (at <= now && names_a_weekday) at = at_local(hours, *day + date::weeks{1}, time);
        if (at <= now || *day > today + date_ahead_max) {
            std::string past = typed.front();
            for (std::size_t index = 1; index < used; ++index) past += " " + typed[index];
            return DuePhraseInThePast{past};
        }
        return DuePhrase{at, used};
    }

    std::vector<std::string> known{weekdays.begin(), weekdays.end()};
    known.emplace_back("tomorrow");
    known.emplace_back("today");
    if (const auto near = nearest_word(words.front(), known)) {
        std::string suggestion = *near;
        if (near != "tomorrow" && near != "today") suggestion[0] = static_cast<char>(suggestion[0] - 32);
        return MisspeltDuePhrase{typed.front(), suggestion};
    }
    return NotADuePhrase{};
}

std::optional<Instant> promise_choice(const std::string& choice, const WorkingHours& hours, Instant now)
{
    const date::local_days today = today_of(hours, now);
    if (choice == "today") {
        const Instant at = at_local(hours, today, end_of_day);
        return at > now && hours.contains(at - 1min)
                   ? at
                   : hours.add_working_time(hours.next_working_instant(now), working_day);
    }
    if (choice == "tomorrow") {
        const Instant morning = hours.next_working_instant(at_local(hours, today + date::days{1}, 0min));
        return hours.add_working_time(morning, working_day);
    }
    if (choice == "this_week" || choice == "next_week") {
        const auto ahead = date::Friday - date::weekday{today};
        Instant at = at_local(hours, today + ahead + date::weeks{choice == "next_week" ? 1 : 0}, end_of_day);
        if (at <= now) at = at_local(hours, today + ahead + date::weeks{1}, end_of_day);
        return at;
    }
    return std::nullopt;
}

std::optional<Instant> snooze_choice(const std::string& choice, const WorkingHours& hours, Instant now)
{
    const date::local_days today = today_of(hours, now);
    const auto next_day = [&] {
        return hours.next_working_instant(at_local(hours, today + date::days{1}, 0min));
    };
    if (choice == "hour") return now + 1h;
    if (choice == "afternoon") {
        const Instant afternoon = at_local(hours, today, 14h);
        return afternoon > now ? afternoon : next_day();
    }
    if (choice == "next_day") return next_day();
    return std::nullopt;
}

}  // namespace ackd
