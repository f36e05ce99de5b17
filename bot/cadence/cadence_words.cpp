// How a cadence is read: the words are put in order (a number goes with the noun behind it), and what there
// is of nouns says what was meant. Little words ("on", "the", "at") are passed over.
#include "bot/cadence/cadence_words.hpp"

#include "bot/cadence/cadence.hpp"
#include "bot/cadence/recurrence_rule.hpp"
#include "bot/calendar_text.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/lower_case.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace ackd {

namespace {

using LocalDay = std::chrono::local_days;

constexpr std::string_view examples =
    R"("every second friday 15:00", "last working day of the month 16:00" or "FREQ=MONTHLY;BYDAY=-1FR 15:00")";
constexpr int last = -1;

/// Why a text is no cadence, in words for whoever typed it.
struct NoCadence {
    std::string problem;
};

enum class Noun { none, day, working_day, weekday, week, month, quarter, year, too_often };

/// "second friday", "3 weeks", "15th", "monday": a number, if there is one, and what it counts.
struct Part {
    std::optional<int> number;
    Noun noun = Noun::none;
    /// With Noun::weekday: one, or those of "weekday" and "mon-thu".
    std::vector<std::chrono::weekday> weekdays{};
};

const std::map<std::string, Noun, std::less<>>& nouns()
{
    static const std::map<std::string, Noun, std::less<>> known{{"day", Noun::day},
                                                                {"days", Noun::day},
                                                                {"daily", Noun::day},
                                                                {"week", Noun::week},
                                                                {"weeks", Noun::week},
                                                                {"weekly", Noun::week},
                                                                {"fortnight", Noun::week},
                                                                {"fortnightly", Noun::week},
                                                                {"month", Noun::month},
                                                                {"months", Noun::month},
                                                                {"monthly", Noun::month},
                                                                {"quarter", Noun::quarter},
                                                                {"quarters", Noun::quarter},
                                                                {"quarterly", Noun::quarter},
                                                                {"year", Noun::year},
                                                                {"years", Noun::year},
                                                                {"yearly", Noun::year},
                                                                {"annually", Noun::year},
                                                                {"hour", Noun::too_often},
                                                                {"hours", Noun::too_often},
                                                                {"hourly", Noun::too_often},
                                                                {"minute", Noun::too_often},
                                                                {"minutes", Noun::too_often},
                                                                {"seconds", Noun::too_often},
                                                                {"workday", Noun::working_day},
                                                                {"workdays", Noun::working_day}};
    return known;
}

const std::set<std::string, std::less<>> little_words{
    "on", "the", "at", "in", "of", "a", "an", "and", "&", "+", "per", "each", "every", "from", "starting"};

std::optional<int> number_of(std::string_view word)
{
    if (word == "last" || word == "end") return last;
    if (word == "other") return 2;
    const auto found = std::find(ordinal_words.begin(), ordinal_words.end(), word);
    if (found != ordinal_words.end()) return static_cast<int>(found - ordinal_words.begin()) + 1;
    constexpr std::array<std::string_view, 11> counted{
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"};
    const auto spelt = std::find(counted.begin(), counted.end(), word);
    if (spelt != counted.end()) return static_cast<int>(spelt - counted.begin()) + 1;
    for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
        if (word.size() > 2 && word.ends_with(ending)) word.remove_suffix(2);
    }
    return parse_whole_number<int>(word);
}

/// "fri", "friday", "fridays", "thurs"
std::optional<std::chrono::weekday> weekday_of(std::string_view word)
{
    if (word.size() > 3 && word.ends_with('s') && word != "tues" && word != "thurs") word.remove_suffix(1);
    for (unsigned index = 0; index < weekday_names.size(); ++index) {
        if (word.size() >= 3 && weekday_names[index].starts_with(word)) return std::chrono::weekday{index};
    }
    return std::nullopt;
}

void put_in_order(std::vector<std::chrono::weekday>& weekdays)
{
    const auto by_iso = [](std::chrono::weekday a, std::chrono::weekday b) {
        return a.iso_encoding() < b.iso_encoding();
    };
    std::sort(weekdays.begin(), weekdays.end(), by_iso);
    weekdays.erase(std::unique(weekdays.begin(), weekdays.end()), weekdays.end());
}

/// "mon-thu"; over Sunday as well.
std::vector<std::chrono::weekday> range_of(std::chrono::weekday first, std::chrono::weekday until)
{
    std::vector<std::chrono::weekday> weekdays{first};
    while (weekdays.back() != until) weekdays.push_back(weekdays.back() + std::chrono::days{1});
    return weekdays;
}

/// In small letters, without commas; "mon-fri" and "4 pm" as people write them, too.
std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if ((word == "am" || word == "pm") && !words.empty())
            words.back() += word;
        else if (!word.empty())
            words.push_back(word);
        word.clear();
    };
    for (const char c : text) {
        const bool is_between = c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r' || c == ';';
        if (is_between)
            end_word();
        else
            word += lower_case(c);
    }
    end_word();
    return words;
}

std::string joined(const std::vector<std::string>& words)
{
    return fmt::format("{}", fmt::join(words, " "));
}

/// The words of a cadence, read from left to right.
class Reading {
public:
    explicit Reading(std::vector<std::string> words) : words_(std::move(words)) {}

    /// Also gives the time of day.
    std::vector<Part> parts(std::chrono::minutes& at)
    {
        std::optional<std::chrono::minutes> time;
        for (place_ = 0; place_ < words_.size(); ++place_) {
            const std::string& word = words_[place_];
            if (const auto said = time_at_place()) {
                if (time) throw NoCadence{"it takes place at most once a day, at one time of day"};
                time = said;
                continue;
            }
            take(word);
        }
        end_number();
        if (!time) {
            throw NoCadence{fmt::format("at what time of day? such as \"{} 15:00\"", joined(words_))};
        }
        at = *time;
        return parts_;
    }

private:
    /// A bare number is a time behind "at".
    [[nodiscard]] std::optional<std::chrono::minutes> time_at_place() const
    {
        const std::string& word = words_[place_];
        if (const auto spoken = parse_spoken_time(word)) return spoken;
        if (place_ == 0 || words_[place_ - 1] != "at") return std::nullopt;
        return parse_spoken_time(word + "h");
    }

    void take(const std::string& word)
    {
        if (little_words.contains(word)) {
            // "15th of the month", "15th every month": the number stands for a day of its own.
            if (word == "of" || word == "every" || word == "each") end_number();
            return;
        }
        if (const auto number = number_of(word)) {
            end_number();
            number_ = number;
            return;
        }
        if (word == "working" || word == "business" || word == "work") {
            const bool names_days = place_ + 1 < words_.size() && words_[place_ + 1].starts_with("day");
            if (names_days) {
                ++place_;
                return add(Noun::working_day);
            }
        }
        if (word == "weekday" || word == "weekdays") {
            // "First weekday of the month" is said of working days.
            if (number_) return add(Noun::working_day);
            return add_weekdays(monday_to_friday());
        }
        if (word == "weekend" || word == "weekends")
            return add_weekdays({std::chrono::Saturday, std::chrono::Sunday});
        if (word == "biweekly" || word == "bi-weekly" || word == "bimonthly" || word == "bi-monthly")
            throw NoCadence{fmt::format(
                R"("{}" is said of twice and of every second: "every second friday 15:00" says which)",
                word)};
        if (const auto noun = nouns().find(word); noun != nouns().end()) {
            if (word.ends_with("ly")) end_number();
            if (word.starts_with("fortnight")) number_ = 2 * number_.value_or(1);
            return add(noun->second);
        }
        if (const auto weekday = weekday_of(word)) return add_range_or(*weekday);
        if (const std::size_t dash = word.find('-'); dash != std::string::npos) {
            const auto first = weekday_of(word.substr(0, dash));
            const auto until = weekday_of(word.substr(dash + 1));
            if (first && until) return add_weekdays(range_of(*first, *until));
        }
        throw NoCadence{unknown(word)};
    }

    void add_range_or(std::chrono::weekday weekday)
    {
        const bool goes_on = place_ + 2 < words_.size() &&
                             (words_[place_ + 1] == "to" || words_[place_ + 1] == "through" ||
                              words_[place_ + 1] == "-");
        const auto until = goes_on ? weekday_of(words_[place_ + 2]) : std::nullopt;
        if (!until) return add_weekdays({weekday});
        place_ += 2;
        add_weekdays(range_of(weekday, *until));
    }

    void add(Noun noun)
    {
        parts_.push_back({number_, noun, {}});
        number_.reset();
    }
    void add_weekdays(std::vector<std::chrono::weekday> weekdays)
    {
        parts_.push_back({number_, Noun::weekday, std::move(weekdays)});
        number_.reset();
    }
    void end_number()
    {
        if (number_) add(Noun::none);
    }

    [[nodiscard]] std::string unknown(const std::string& word) const
    {
        std::vector<std::string> known{weekday_names.begin(), weekday_names.end()};
        known.insert(known.end(), ordinal_words.begin(), ordinal_words.end());
        for (const auto& [noun, meaning] : nouns()) known.push_back(noun);
        for (const char* other : {"every", "weekday", "working", "last", "other"}) known.emplace_back(other);
        const auto near = nearest_word(word, known);
        if (!near) {
            return fmt::format(
                "\"{}\" is not understood; a cadence is written such as {}", word.substr(0, 40), examples);
        }
        std::vector<std::string> corrected = words_;
        corrected[place_] = *near;
        return fmt::format(
            "\"{}\" is not understood. Did you mean \"{}\"?", word.substr(0, 40), joined(corrected));
    }

    std::vector<std::string> words_;
    std::size_t place_ = 0;
    std::optional<int> number_;
    std::vector<Part> parts_;
};

[[noreturn]] void refuse_as_too_often()
{
    throw NoCadence{"it takes place at most once a day: \"every day 09:30\" is the most"};
}

[[noreturn]] void refuse_as_not_understood()
{
    throw NoCadence{fmt::format("it is not understood; a cadence is written such as {}", examples)};
}

[[noreturn]] void refuse_as_too_seldom()
{
    throw NoCadence{
        "it takes place at least once in 400 days, such as \"first monday every 6 months 10:00\""};
}

/// Takes the part with this noun out; nothing: there is none, or more than one.
std::optional<Part> taken(std::vector<Part>& parts, Noun noun)
{
    const auto is_meant = [&](const Part& part) { return part.noun == noun; };
    if (std::count_if(parts.begin(), parts.end(), is_meant) != 1) return std::nullopt;
    const auto found = std::find_if(parts.begin(), parts.end(), is_meant);
    const Part part = *found;
    parts.erase(found);
    return part;
}

int interval_of(const Part& part)
{
    if (part.number == last) refuse_as_not_understood();
    return part.number.value_or(1);
}

CadenceDays of_period(CadencePeriod period, const Part& counted, const std::vector<Part>& rest)
{
    DayOfPeriod days;
    days.period = period;
    days.interval = interval_of(counted);
    if (days.interval > (period == CadencePeriod::month ? 13 : 4)) refuse_as_too_seldom();
    const std::string_view name = period == CadencePeriod::month ? "month" : "quarter";
    if (rest.empty()) {
        throw NoCadence{fmt::format(
            R"(on which day of the {0}? such as "first monday of the {0} 10:00" or "15th of the {0} 10:00")",
            name)};
    }
    if (rest.size() > 1) refuse_as_not_understood();
    const Part& which = rest.front();
    int ordinal_max = 31;
    switch (which.noun) {
        case Noun::none: days.kind = DayOfPeriod::Kind::calendar_day; break;
        case Noun::day: days.kind = DayOfPeriod::Kind::calendar_day; break;
        case Noun::working_day:
            days.kind = DayOfPeriod::Kind::business_day;
            ordinal_max = 10;
            break;
        case Noun::weekday:
            if (which.weekdays.size() != 1) refuse_as_not_understood();
            days.kind = DayOfPeriod::Kind::weekday;
            days.weekday = which.weekdays.front();
            ordinal_max = period == CadencePeriod::month ? 5 : 4;
            break;
        default: refuse_as_not_understood();
    }
    if (!which.number) {
        const std::string_view called = days.kind == DayOfPeriod::Kind::weekday
                                            ? weekday_names.at(days.weekday.c_encoding())
                                            : "working day";
        throw NoCadence{
            fmt::format(R"(which {0} of the {1}? such as "last {0} of the {1} 10:00")", called, name)};
    }
    if (*which.number > ordinal_max) {
        throw NoCadence{fmt::format(
            "a {} has no such day that could be counted on; at most it is number {}", name, ordinal_max)};
    }
    days.ordinal = *which.number;
    return days;
}

CadenceDays of_week(int interval, const std::vector<Part>& rest)
{
    EveryWeek every;
    every.interval = interval;
    for (const Part& part : rest) {
        if (part.noun != Noun::weekday || part.number) refuse_as_not_understood();
        every.weekdays.insert(every.weekdays.end(), part.weekdays.begin(), part.weekdays.end());
    }
    if (every.weekdays.empty())
        throw NoCadence{R"(on which day of the week? such as "every 2 weeks on friday 15:00")"};
    if (interval > 57) refuse_as_too_seldom();
    put_in_order(every.weekdays);
    if (interval == 1 && every.weekdays.size() == 7) return EveryDay{};
    return every;
}

/// "every second friday": the number stands before the first of the weekdays.
CadenceDays of_weekdays(std::vector<Part> parts)
{
    const std::optional<int> number = parts.front().number;
    parts.front().number.reset();
    if (parts.front().noun == Noun::weekday && (number == 1 || number == last)) {
        throw NoCadence{fmt::format(R"(of the month? then it is "{0} {1} of the month 15:00")",
                                    number == 1 ? "first" : "last",
                                    weekday_names.at(parts.front().weekdays.front().c_encoding()))};
    }
    return of_week(number.value_or(1), parts);
}

CadenceDays days_of(std::vector<Part> parts)
{
    const auto has = [&](Noun noun) {
        return std::any_of(parts.begin(), parts.end(), [&](const Part& part) { return part.noun == noun; });
    };
    // "Every second", and nothing behind it.
    const bool is_each_second = parts.size() == 1 && parts.front().noun == Noun::none &&
                                parts.front().number == 2;
    if (has(Noun::too_often) || is_each_second) refuse_as_too_often();
    if (has(Noun::year)) {
        throw NoCadence{
            "a day of the year is written as a rule, such as \"FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15 "
            "10:00\""};
    }
    if (const auto month = taken(parts, Noun::month)) return of_period(CadencePeriod::month, *month, parts);
    if (const auto quarter = taken(parts, Noun::quarter))
        return of_period(CadencePeriod::quarter, *quarter, parts);
    if (const auto week = taken(parts, Noun::week)) return of_week(interval_of(*week), parts);
    if (has(Noun::weekday)) return of_weekdays(std::move(parts));
    if (parts.size() != 1) refuse_as_not_understood();
    const Part& alone = parts.front();
    switch (alone.noun) {
        case Noun::day:
            if (alone.number == last)
                throw NoCadence{"of the month? then it is \"last day of the month 15:00\""};
            if (interval_of(alone) > recurs_within.count()) refuse_as_too_seldom();
            return EveryDay{interval_of(alone)};
        case Noun::working_day:
            if (!alone.number) return EveryWorkingDay{};
            throw NoCadence{R"(of the month? then it is such as "last working day of the month 15:00")"};
        case Noun::none: return of_period(CadencePeriod::month, {}, parts);
        default: refuse_as_not_understood();
    }
}

void require_days(const DaysByRule& by_rule, std::optional<LocalDay> starts)
{
    const RuleReading read = read_rule(by_rule.rule, starts.value_or(LocalDay{std::chrono::days{20'454}}));
    switch (read.flaw) {
        case RuleFlaw::none: return;
        case RuleFlaw::not_plain:
            throw NoCadence{fmt::format("a rule has at most {} plain characters, such as {}",
                                        recurrence_rule_length_max,
                                        "FREQ=MONTHLY;BYDAY=-1FR")};
        case RuleFlaw::not_understood:
        case RuleFlaw::other_calendar:
            throw NoCadence{fmt::format("the rule is not understood; one is written such as {}",
                                        "\"FREQ=MONTHLY;BYDAY=-1FR 15:00\"")};
        case RuleFlaw::too_often: refuse_as_too_often();
        case RuleFlaw::ends:
            throw NoCadence{"a cadence goes on: its rule has neither COUNT nor UNTIL, such as "
                            "\"FREQ=WEEKLY;BYDAY=FR 15:00\""};
        case RuleFlaw::says_the_time:
            throw NoCadence{"the time of day stands behind the rule, which has no BYHOUR, BYMINUTE or "
                            "BYSECOND: \"FREQ=WEEKLY;BYDAY=FR 15:00\""};
        case RuleFlaw::too_seldom:
            throw NoCadence{"the rule has to come round within 400 days, again and again, such as "
                            "\"FREQ=MONTHLY;BYMONTHDAY=15 15:00\""};
    }
}

bool counts_from_start(const CadenceDays& days)
{
    struct Visitor {
        bool operator()(const EveryDay& every) const { return every.interval > 1; }
        bool operator()(const EveryWorkingDay&) const { return false; }
        bool operator()(const EveryWeek& every) const { return every.interval > 1; }
        bool operator()(const DayOfPeriod& day) const { return day.interval > 1; }
        bool operator()(const DaysByRule& by_rule) const
        {
            return shape_of_rule(by_rule.rule).counts_from_start;
        }
    };
    return std::visit(Visitor{}, days);
}

Cadence read_by_rule(std::string_view text, std::optional<LocalDay> starts)
{
    const std::size_t blank = text.find_first_of(" \t");
    const std::string time = lower_case(std::string{trimmed(text.substr(std::min(blank, text.size())))});
    std::string rule{text.substr(0, blank)};
    std::transform(rule.begin(), rule.end(), rule.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    if (rule.starts_with("RRULE:")) rule.erase(0, 6);
    Cadence cadence;
    const DaysByRule by_rule{rule};
    require_days(by_rule, starts);
    cadence.days = by_rule;
    const auto at = parse_spoken_time(time);
    if (!at) throw NoCadence{fmt::format("the time of day stands behind the rule: \"{} 15:00\"", rule)};
    cadence.at = *at;
    return cadence;
}

Cadence read(std::string_view text, std::optional<LocalDay> starts)
{
    Cadence cadence;
    const std::string lower = lower_case(std::string{text.substr(0, 6)});
    if (lower.starts_with("freq=") || lower == "rrule:") {
        cadence = read_by_rule(text, starts);
    } else {
        Reading reading{words_of(text)};
        std::vector<Part> parts = reading.parts(cadence.at);
        if (parts.empty()) refuse_as_not_understood();
        cadence.days = days_of(std::move(parts));
    }
    cadence.starts = starts;
    if (!starts && counts_from_start(cadence.days)) {
        throw NoCadence{"it counts from a day, which has to be said: starts = \"2026-01-05\""};
    }
    return cadence;
}

}  // namespace

std::optional<Cadence> parse_cadence(std::string_view text,
                                     std::optional<LocalDay> starts,
                                     std::string& problem)
{
    text = trimmed(text);
    if (text.empty()) {
        problem = fmt::format("a cadence is written such as {}", examples);
        return std::nullopt;
    }
    if (text.size() > cadence_length_max) {
        problem = fmt::format(
            "a cadence has at most {} characters, such as {}", cadence_length_max, examples);
        return std::nullopt;
    }
    try {
        return read(text, starts);
    } catch (const NoCadence& none) {
        problem = fmt::format("\"{}\": {}", text, none.problem);
        return std::nullopt;
    }
}

}  // namespace ackd
