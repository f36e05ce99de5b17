#include "bot/drift/drift_rules.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/lower_case.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr std::string_view not_sure_text = "Not sure";
/// From here on it is seen alike: of so many answers as percent.
constexpr int alike_from = 60;

bool is_longer(const std::string& text, std::size_t length_max)
{
    return shortened(text, length_max) != text;
}

std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = trimmed(text.substr(begin, end - begin));
        if (!line.empty()) lines.emplace_back(line);
        begin = end + 1;
    }
    return lines;
}

/// In small letters and with single spaces, without what ends a sentence.
std::string plain_words(std::string_view text)
{
    std::string words;
    for (const char letter : text) {
        if (letter == '?' || letter == '.' || letter == '!' || letter == ',') continue;
        const bool is_space = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
        if (is_space && (words.empty() || words.back() == ' ')) continue;
        words += is_space ? ' ' : lower_case(letter);
    }
    return std::string{trimmed(words)};
}

std::string problem_of_view(const std::string& view, const std::vector<std::string>& before)
{
    if (is_longer(view, drift_view_max))
        return fmt::format(
            "\"{}\" is too long for a button: {} characters at most.", shortened(view, 30), drift_view_max);
    if (plain_words(view) == plain_words(not_sure_text))
        return fmt::format("\"{}\" is always there. Leave it out.", view);
    const bool is_there = std::any_of(before.begin(), before.end(), [&](const std::string& other) {
        return plain_words(other) == plain_words(view);
    });
    return is_there ? fmt::format("\"{}\" is there twice.", view) : std::string{};
}

/// Random order, each with the same probability (Fisher and Yates).
template <class Value>
void shuffle(std::vector<Value>& values, const RandomBits& random)
{
    for (std::size_t left = values.size(); left > 1; --left)
        std::swap(values[left - 1], values[static_cast<std::size_t>(random() % left)]);
}

std::vector<std::string> agenda_of(const std::vector<DriftView>& most_frequent_first)
{
    std::vector<std::string> agenda;
    const auto add = [&](const DriftView& view) {
        if (agenda.size() < 2) agenda.push_back(view.text);
    };
    for (const DriftView& view : most_frequent_first) {
        if (view.place != not_sure_place && view.count > 0) add(view);
    }
    for (const DriftView& view : most_frequent_first) {
        if (view.holds && view.count == 0) add(view);
    }
    return agenda;
}

}  // namespace

std::string_view name_of(DriftState state)
{
    switch (state) {
        case DriftState::open: return "open";
        case DriftState::shown: return "shown";
        case DriftState::too_few: return "too_few";
        case DriftState::called_off: return "called_off";
    }
    return "?";
}

ReadProbe read_probe(const EnteredProbe& entered, const WorkingHours& hours, Instant now)
{
    ReadProbe read;
    const auto problem = [&](const char* field, std::string explanation) {
        read.problems.push_back({field, std::move(explanation)});
    };
    const auto question = lines_of(entered.question);
    read.question = fmt::format("{}", fmt::join(question, " "));
    if (question.empty())
        problem(drift_field::question, "What do you want to know? One question, in a line.");
    else if (is_longer(read.question, drift_question_max))
        problem(drift_field::question,
                fmt::format("Make it shorter: {} characters at most.", drift_question_max));

    const auto holds = lines_of(entered.holds);
    if (holds.empty())
        problem(drift_field::holds, "Say what holds: the answers are compared with it.");
    else if (holds.size() > 1)
        problem(drift_field::holds, "One line: only one of them holds.");
    else if (std::string wrong = problem_of_view(holds.front(), {}); !wrong.empty())
        problem(drift_field::holds, std::move(wrong));
    read.views = holds;

    const auto others = lines_of(entered.others);
    if (others.empty())
        problem(drift_field::others, "Name at least one more: with one answer there is nothing to find out.");
    else if (others.size() > drift_other_views_max)
        problem(drift_field::others,
                fmt::format("These are {}. At most {}: it is answered with one tap.",
                            others.size(),
                            drift_other_views_max));
    for (const std::string& other : others) {
        if (std::string wrong = problem_of_view(other, read.views); !wrong.empty())
            problem(drift_field::others, std::move(wrong));
        read.views.push_back(other);
    }

    read.closes_at = entered.until.value_or(hours.add_working_time(now, drift_lasts));
    if (read.closes_at <= now)
        problem(drift_field::until, "This is past.");
    else if (read.closes_at > now + drift_lasts_max && entered.until)
        problem(drift_field::until, "At most two weeks from now.");
    else if (hours.working_time_between(now, read.closes_at) < drift_lasts_min)
        problem(drift_field::until, "Too soon: leave the team at least a working hour.");
    return read;
}

std::vector<UserId> pick_people(std::vector<UserId> candidates, const RandomBits& random)
{
    shuffle(candidates, random);
    if (candidates.size() > drift_people_max) candidates.resize(drift_people_max);
    return candidates;
}

std::vector<DriftView> views_of(const std::vector<std::string>& texts, const RandomBits& random)
{
    std::vector<DriftView> views;
    for (const std::string& text : texts) {
        DriftView& view = views.emplace_back();
        view.text = text;
        view.holds = views.size() == 1;
    }
    shuffle(views, random);
    for (std::size_t index = 0; index < views.size(); ++index)
        views[index].place = static_cast<int>(index) + 1;
    DriftView& not_sure = views.emplace_back();
    not_sure.place = not_sure_place;
    not_sure.text = not_sure_text;
    return views;
}

std::optional<DriftOutcome> outcome_of(const std::vector<DriftView>& views)
{
    int answers = 0;
    int holding = 0;
    for (const DriftView& view : views) {
        answers += view.count;
        if (view.holds) holding = view.count;
    }
    const auto agreement = TeamFigure::of(answers == 0 ? 0.0 : static_cast<double>(holding) / answers,
                                          static_cast<std::size_t>(answers));
    if (!agreement) return std::nullopt;
    DriftOutcome outcome{
        .answers = answers, .holding = holding, .agreement = *agreement, .views = views, .agenda = {}};
    std::stable_sort(
        outcome.views.begin(), outcome.views.end(), [](const DriftView& one, const DriftView& other) {
            if (one.count != other.count) return one.count > other.count;
            return one.holds && !other.holds;
        });
    if (100 * holding < alike_from * answers) outcome.agenda = agenda_of(outcome.views);
    return outcome;
}

std::string_view agreement_words(const DriftOutcome& outcome)
{
    const int percent = 100 * outcome.holding / outcome.answers;
    if (outcome.holding == outcome.answers) return "All see it alike";
    if (percent >= 80) return "Nearly all see it alike";
    if (percent >= alike_from) return "Most see it alike";
    if (percent >= 40) return "It is seen in different ways";
    return outcome.holding > 0 ? "Few see it so" : "Nobody sees it so";
}

std::string drift_bar(int count, int answers)
{
    std::string bar;
    for (int place = 0; place < answers; ++place) bar += place < count ? "■" : "□";
    return bar;
}

std::string share_words(const TeamFigure& share)
{
    return fmt::format("{:.0f} %", 100 * share.value());
}

bool is_same_question(std::string_view one, std::string_view other)
{
    return plain_words(one) == plain_words(other);
}

}  // namespace ackd
