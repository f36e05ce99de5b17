#include "bot/policy/policy_text_retro.hpp"

#include "bot/lower_case.hpp"
#include "bot/policy/policy_text_cadence.hpp"
#include "bot/policy/policy_values.hpp"
#include "bot/retro/retro_phrase.hpp"
#include "bot/retro/retro_rules.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

std::string check_question(const std::string& question)
{
    if (trimmed(question).empty()) return "a question is a text that is not empty";
    if (question.size() > retro_question_length_max)
        return fmt::format("a question has at most {} bytes", retro_question_length_max);
    const bool is_one_line = std::none_of(
        question.begin(), question.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
    return is_one_line ? "" : "a question is one line";
}

/// A question that is there twice would come up twice as often.
bool has_twice(const Retro& retro)
{
    auto all = all_questions(retro);
    std::sort(all.begin(), all.end());
    return std::adjacent_find(all.begin(), all.end()) != all.end();
}

std::string problem_of(const Retro& retro, const std::vector<Retro>& others)
{
    const std::string& name = retro.name;
    if (std::string wrong = problem_of_name("a retro", name); !wrong.empty()) return wrong;
    if (name != lower_case(name))
        return fmt::format("a retro's name is written in lower case, unlike \"{}\"", name);
    if (is_retro_verb(name)) return fmt::format("a retro cannot be named \"{}\": /retro has that word", name);
    const bool is_number = name.find_first_not_of("0123456789") == std::string::npos;
    if (is_number || name.ends_with(':'))
        return fmt::format("a retro cannot be named \"{}\": /retro would take it for something else", name);
    const bool is_there = std::any_of(
        others.begin(), others.end(), [&](const Retro& other) { return other.name == name; });
    if (is_there) return fmt::format("there are two retros named \"{}\"", name);
    if (retro.team.empty()) return fmt::format("retro \"{}\" says whose it is: team = \"platform\"", name);
    if (std::string wrong = problem_of_name("a team", retro.team); !wrong.empty()) return wrong;
    if (retro.questions.size() > retro_own_questions_max)
        return fmt::format(
            "retro \"{}\" has more than {} questions of its own", name, retro_own_questions_max);
    if (has_twice(retro)) return fmt::format("retro \"{}\" has a question twice", name);
    return "";
}

}  // namespace

TomlReader::Key retro_tables(TomlReader& toml, std::vector<Retro>& retros)
{
    return toml.tables("retro", "retro", retros_max, [&toml, &retros](const toml::node& node) {
        Retro retro;
        const std::size_t problems_before = toml.problem_count();
        std::vector<TomlReader::Key> keys{
            toml.text("name", retro.name),
            toml.text("team", retro.team),
            toml.id("channel", "C012AB3CD", retro.channel.value),
            toml.duration(
                "open_for", retro.open_for, retro_open_least, retro_open_most, TimeBase::working_time),
            toml.flag("anonymous", retro.is_anonymous),
            toml.ids("facilitators",
                     "U012AB3CD",
                     [&retro](const std::string& id) { retro.facilitators.emplace_back(id); }),
            toml.names("questions", retro.questions, check_question),
            toml.number("questions_each", retro.questions_each, 1, retro_questions_each_max),
            toml.number("dots", retro.dots, 1, retro_dots_max)};
        add_cadence_keys(toml, node, retro.cadence, keys);
        toml.read(node, "retro", keys);
        if (toml.problem_count() != problems_before) return;
        std::string wrong = problem_of(retro, retros);
        if (wrong.empty()) wrong = problem_of_missing_cadence(node, "retro", retro.name);
        if (!wrong.empty()) return toml.problem(node.source(), wrong);
        retros.push_back(std::move(retro));
    });
}

void write_retros(PolicyLines& lines, const std::vector<Retro>& retros)
{
    lines.line(
        "# Retro: the people of a team write down what they noticed, while its window is open (`open_for` working");
    lines.line(
        "# time); then one of `facilitators`, in turn (left out: the team's leads), finds the themes, the team gives");
    lines.line(
        "# `dots`, and what follows is asked of somebody. Of ackd's five questions and your own `questions`,");
    lines.line(
        "# `questions_each` come up each time, those that were left out next. `anonymous`: nobody can tell whose an");
    lines.line("# answer is.");
    if (retros.empty()) {
        lines.line("#");
        lines.line("#     [[retro]]");
        lines.line("#     name = \"platform\"");
        lines.line("#     team = \"platform\"");
        lines.line("#     every = \"every second thursday 14:00\"");
        lines.line("#     starts = \"2026-01-08\"");
        lines.line("#     open_for = \"3d\"");
        lines.line("#     anonymous = true");
        lines.line("");
    }
    for (const Retro& retro : retros) {
        lines.line("[[retro]]");
        lines.quoted_key("name", retro.name);
        lines.quoted_key("team", retro.team);
        if (!retro.channel.empty()) lines.id("channel", retro.channel);
        write_cadence(lines, retro.cadence);
        lines.quoted_key("open_for", to_text(retro.open_for, TimeBase::working_time));
        lines.key("anonymous", retro.is_anonymous ? "true" : "false");
        if (!retro.facilitators.empty()) lines.ids("", "facilitators", retro.facilitators);
        if (!retro.questions.empty()) lines.key("questions", quoted_list(retro.questions));
        lines.key("questions_each", fmt::to_string(retro.questions_each));
        lines.key("dots", fmt::to_string(retro.dots));
        lines.line("");
    }
}

}  // namespace ackd
