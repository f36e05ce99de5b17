#include "bot/resync/resync_rules.hpp"

#include "bot/answers/answer_similarity.hpp"
#include "bot/calendar_text.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/wall_clock.hpp"
#include "bot/resync/resync.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace ackd {

namespace {

constexpr std::string_view dependency_example = "platform: the importer by friday";

bool is_letter(char letter)
{
    // Every byte of a letter that is not of ASCII belongs to a word.
    return (static_cast<unsigned char>(letter) & 0x80U) != 0 ||
           std::isalnum(static_cast<unsigned char>(letter)) != 0;
}

/// In small letters; "importers" as "importer".
std::vector<std::string> words_in(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (word.size() > 3 && word.back() == 's') word.pop_back();
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (const char letter : text) {
        if (is_letter(letter))
            word += lower_case(letter);
        else
            end_word();
    }
    end_word();
    return words;
}

/// What it is about; of a text of common words alone, all of them.
std::vector<std::string> substance_of(std::string_view text)
{
    const std::vector<std::string> all = words_in(text);
    std::vector<std::string> words = words_of_substance(all);
    if (words.empty()) words = all;
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

std::size_t character_count(std::string_view text)
{
    // Each but the first byte of a character in UTF-8 begins with 10.
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

std::string_view without_bullet(std::string_view line)
{
    line = trimmed(line);
    for (const std::string_view bullet : {"- ", "* ", "•", "–", "—"}) {
        if (line.starts_with(bullet)) return trimmed(line.substr(bullet.size()));
    }
    const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    if (digits > 0 && digits <= 2 && digits + 1 < line.size() &&
        (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ')
    {
        return trimmed(line.substr(digits + 1));
    }
    return line;
}

/// "the importer by friday", without the date when it ends with one.
Dependency dependency_of(std::string team, std::string_view rest, const WorkingHours& hours, Instant now)
{
    Dependency dependency;
    dependency.team = std::move(team);
    dependency.what = std::string{rest};
    const std::size_t place = lower_case(std::string{rest}).rfind(" by ");
    if (place == std::string::npos) return dependency;
    std::vector<std::string> words;
    std::string_view left = trimmed(rest.substr(place + 4));
    while (!left.empty()) {
        const std::size_t length = std::min(left.find(' '), left.size());
        words.emplace_back(left.substr(0, length));
        left = trimmed(left.substr(length));
    }
    // As the form writes it, also when it has passed: that it was missed is what the resync is about.
    if (words.size() == 1) dependency.by = parse_date(words.front());
    if (!dependency.by) {
        const DuePhraseOutcome outcome = parse_due_phrase(words, hours, now);
        const auto* due = std::get_if<DuePhrase>(&outcome);
        if (due == nullptr || due->words_used != words.size()) return dependency;
        dependency.by = WallClock{hours.zone()}.day(due->at);
    }
    dependency.what = std::string{trimmed(rest.substr(0, place))};
    return dependency;
}

std::optional<std::string> team_called(std::string_view typed, const std::vector<std::string>& teams)
{
    std::string wanted = lower_case(std::string{typed});
    if (wanted.starts_with('@')) wanted.erase(0, 1);
    for (const std::string& team : teams) {
        if (lower_case(team) == wanted) return team;
    }
    return std::nullopt;
}

/// What `of` says that it does for `team`.
std::vector<Dependency> owed_to(const TeamAnswer& of, const std::string& team)
{
    std::vector<Dependency> owed;
    std::copy_if(of.owes.begin(), of.owes.end(), std::back_inserter(owed), [&](const Dependency& each) {
        return each.team == team;
    });
    return owed;
}

/// The other side's line about the same thing. Where there is one of each between the two, it is this one,
/// however it is called.
const Dependency* counterpart(const Dependency& waited_for,
                              const std::vector<Dependency>& owed,
                              std::size_t waited_for_count)
{
    for (const Dependency& each : owed) {
        if (is_same_work(waited_for.what, each.what)) return &each;
    }
    return owed.size() == 1 && waited_for_count == 1 ? &owed.front() : nullptr;
}

void add_dependency_differences(const TeamAnswer& answer,
                                const TeamAnswer& other,
                                std::vector<Difference>& differences)
{
    const std::vector<Dependency> owed = owed_to(other, answer.team);
    const auto is_of_other = [&](const Dependency& each) { return each.team == other.team; };
    const auto count = static_cast<std::size_t>(
        std::count_if(answer.waits_for.begin(), answer.waits_for.end(), is_of_other));
    for (const Dependency& waited_for : answer.waits_for) {
        if (!is_of_other(waited_for)) continue;
        Difference difference;
        difference.team = answer.team;
        difference.other = other.team;
        difference.what = waited_for.what;
        difference.by = waited_for.by;
        if (const Dependency* same = counterpart(waited_for, owed, count)) {
            if (!waited_for.by || !same->by || waited_for.by == same->by) continue;
            difference.kind = DivergenceKind::dates_differ;
            difference.other_what = same->what;
            difference.other_by = same->by;
        }
        differences.push_back(std::move(difference));
    }
}

void add_same_work(const TeamAnswer& one, const TeamAnswer& other, std::vector<Difference>& differences)
{
    for (const std::string& priority : one.priorities) {
        for (const std::string& theirs : other.priorities) {
            // A single word in common is a topic, not the same work.
            if (substance_of(priority).size() < 2 || substance_of(theirs).size() < 2 ||
                !is_same_work(priority, theirs))
                continue;
            differences.push_back({DivergenceKind::same_work,
                                   one.team,
                                   other.team,
                                   priority,
                                   theirs,
                                   std::nullopt,
                                   std::nullopt});
        }
    }
}

}  // namespace

std::string_view name_of(DivergenceKind kind)
{
    switch (kind) {
        case DivergenceKind::not_listed: return "not_listed";
        case DivergenceKind::dates_differ: return "dates_differ";
        case DivergenceKind::same_work: return "same_work";
    }
    return "?";
}

std::string_view name_of(DivergenceState state)
{
    switch (state) {
        case DivergenceState::open: return "open";
        case DivergenceState::reconciled: return "reconciled";
        case DivergenceState::accepted: return "accepted";
        case DivergenceState::given_up: return "given_up";
        case DivergenceState::agreed: return "agreed";
        case DivergenceState::dropped: return "dropped";
    }
    return "?";
}

ReadLines read_lines(std::string_view text)
{
    ReadLines read;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find('\n'), text.size());
        const std::string_view line = without_bullet(text.substr(0, length));
        text.remove_prefix(std::min(length + 1, text.size()));
        if (line.empty()) continue;
        if (character_count(line) > resync_line_length_max) {
            read.problem = fmt::format("A line has at most {} characters; line {} is longer.",
                                       resync_line_length_max,
                                       read.lines.size() + 1);
            return read;
        }
        if (read.lines.size() == resync_lines_max) {
            read.problem = fmt::format("At most {} lines: those that matter most.", resync_lines_max);
            return read;
        }
        read.lines.emplace_back(line);
    }
    return read;
}

ReadDependencies read_dependencies(std::string_view text,
                                   const std::vector<std::string>& teams,
                                   const WorkingHours& hours,
                                   Instant now)
{
    const ReadLines lines = read_lines(text);
    ReadDependencies read;
    read.problem = lines.problem;
    if (!read.problem.empty()) return read;
    for (const std::string& line : lines.lines) {
        const std::size_t colon = line.find(':');
        const std::string typed{trimmed(std::string_view{line}.substr(0, std::min(colon, line.size())))};
        const std::string_view rest = colon == std::string::npos
                                          ? std::string_view{}
                                          : trimmed(std::string_view{line}.substr(colon + 1));
        const auto team = team_called(typed, teams);
        if (rest.empty()) {
            read.problem = fmt::format(
                "\"{}\": name the team first, as in \"{}\".", line, dependency_example);
            return read;
        }
        if (!team) {
            const auto nearest = nearest_word(lower_case(typed), teams);
            read.problem = nearest ? fmt::format("There is no team \"{}\". Did you mean {}?", typed, *nearest)
                                   : fmt::format(
                                         "There is no team \"{}\" here: {}.", typed, fmt::join(teams, ", "));
            return read;
        }
        read.dependencies.push_back(dependency_of(*team, rest, hours, now));
    }
    return read;
}

std::string line_of(const Dependency& dependency)
{
    std::string line = fmt::format("{}: {}", dependency.team, dependency.what);
    if (dependency.by) line += " by " + date_text(*dependency.by);
    return line;
}

bool is_same_work(std::string_view one, std::string_view other)
{
    const auto left = substance_of(one);
    const auto right = substance_of(other);
    const std::size_t fewer = std::min(left.size(), right.size());
    if (fewer == 0) return false;
    std::vector<std::string> shared;
    std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(shared));
    return shared.size() >= std::min<std::size_t>(2, fewer) && shared.size() * 5 >= fewer * 3;
}

std::vector<Difference> differences_between(const std::vector<TeamAnswer>& answers)
{
    std::vector<Difference> differences;
    for (const TeamAnswer& answer : answers) {
        for (const TeamAnswer& other : answers) {
            if (answer.team != other.team) add_dependency_differences(answer, other, differences);
        }
    }
    for (auto one = answers.begin(); one != answers.end(); ++one) {
        for (auto other = std::next(one); other != answers.end(); ++other)
            add_same_work(*one, *other, differences);
    }
    return differences;
}

bool is_same_matter(const Difference& one, const Difference& other)
{
    const bool is_work = one.kind == DivergenceKind::same_work;
    if (is_work != (other.kind == DivergenceKind::same_work)) return false;
    if (one.team != other.team || one.other != other.other || !is_same_work(one.what, other.what))
        return false;
    return !is_work || is_same_work(one.other_what, other.other_what);
}

bool is_same_difference(const Difference& one, const Difference& other)
{
    return is_same_matter(one, other) && one.kind == other.kind && one.by == other.by &&
           one.other_by == other.other_by;
}

std::vector<ChangedPriority> changed_priorities(const std::vector<std::string>& before,
                                                const std::vector<std::string>& now)
{
    const auto has = [](const std::vector<std::string>& all, const std::string& wanted) {
        return std::any_of(all.begin(), all.end(), [&](const std::string& each) {
            return each == wanted || is_same_work(each, wanted);
        });
    };
    std::vector<ChangedPriority> changed;
    changed.reserve(now.size());
    for (const std::string& each : now)
        changed.push_back({has(before, each) ? PriorityChange::kept : PriorityChange::added, each});
    for (const std::string& each : before) {
        if (!has(now, each)) changed.push_back({PriorityChange::gone, each});
    }
    return changed;
}

std::vector<int> surprises_per_week(const std::vector<Surprise>& surprises, Instant now)
{
    std::vector<int> counts(surprise_weeks, 0);
    for (const Surprise& surprise : surprises) {
        const auto weeks = (now - surprise.said_at) / std::chrono::weeks{1};
        if (surprise.said_at > now || weeks >= surprise_weeks) continue;
        ++counts[static_cast<std::size_t>(surprise_weeks - 1 - weeks)];
    }
    return counts;
}

bool have_surprises_risen(const std::vector<int>& per_week)
{
    int before = 0;
    int now = 0;
    for (std::size_t week = 0; week < per_week.size(); ++week)
        (week < per_week.size() / 2 ? before : now) += per_week[week];
    return now >= 4 && now * 2 >= before * 3;
}

std::optional<Cadence> shorter_cadence(const Cadence& cadence)
{
    Cadence shorter = cadence;
    if (auto* weeks = std::get_if<EveryWeek>(&shorter.days); weeks != nullptr && weeks->interval > 1) {
        weeks->interval /= 2;
        return shorter;
    }
    if (auto* days = std::get_if<EveryDay>(&shorter.days); days != nullptr && days->interval > 1) {
        days->interval /= 2;
        return shorter;
    }
    if (auto* period = std::get_if<DayOfPeriod>(&shorter.days)) {
        if (period->interval > 1) {
            period->interval /= 2;
        } else if (period->period == CadencePeriod::quarter) {
            period->period = CadencePeriod::month;
        } else {
            const auto weekday = period->kind == DayOfPeriod::Kind::weekday ? period->weekday
                                                                            : std::chrono::Friday;
            shorter.days = EveryWeek{2, {weekday}};
        }
        return shorter;
    }
    return std::nullopt;
}

RoundTimes times_of(const Resync& resync, const WorkingHours& hours, Instant asked_at)
{
    RoundTimes times;
    times.remind_at = hours.add_working_time(asked_at, resync.answers_within / 2);
    times.closes_at = hours.add_working_time(asked_at, resync.answers_within);
    return times;
}

std::optional<Instant> due_of(const ResyncRound& round)
{
    if (round.state != ResyncState::asking) return std::nullopt;
    return round.remind_at ? std::min(*round.remind_at, round.closes_at) : round.closes_at;
}

}  // namespace ackd
