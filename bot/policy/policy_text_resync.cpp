#include "bot/policy/policy_text_resync.hpp"

#include "bot/lower_case.hpp"
#include "bot/policy/policy_text_cadence.hpp"
#include "bot/policy/policy_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

std::string check_team(const std::string& name)
{
    return problem_of_name("a team", name);
}

std::string problem_of(const Resync& resync, const std::vector<Resync>& others)
{
    const std::string& name = resync.name;
    if (std::string wrong = problem_of_name("a resync", name); !wrong.empty()) return wrong;
    if (name != lower_case(name))
        return fmt::format("a resync's name is written in lower case, unlike \"{}\"", name);
    for (const char* verb : {"pause", "resume", "skip", "now", "until", "for"}) {
        if (name == verb) return fmt::format("a resync cannot be named \"{}\": /resync has that word", verb);
    }
    const bool is_there = std::any_of(
        others.begin(), others.end(), [&](const Resync& other) { return other.name == name; });
    if (is_there) return fmt::format("there are two resyncs named \"{}\"", name);
    if (resync.teams.size() < 2)
        return fmt::format("resync \"{}\" is between two teams at least: teams = [\"platform\", \"mobile\"]",
                           name);
    if (resync.teams.size() > resync_teams_max)
        return fmt::format("resync \"{}\" has more than {} teams: two smaller ones are read by more people",
                           name,
                           resync_teams_max);
    if (resync.channel.empty())
        return fmt::format("resync \"{}\" says where its outcome is posted: channel = \"C012AB3CD\"", name);
    return "";
}

}  // namespace

TomlReader::Key resync_tables(TomlReader& toml, std::vector<Resync>& resyncs)
{
    return toml.tables("resync", "resync", resyncs_max, [&toml, &resyncs](const toml::node& node) {
        Resync resync;
        const std::size_t problems_before = toml.problem_count();
        std::vector<TomlReader::Key> keys{toml.text("name", resync.name),
                                          toml.names("teams", resync.teams, check_team),
                                          toml.id("channel", "C012AB3CD", resync.channel.value),
                                          toml.duration("answers_within",
                                                        resync.answers_within,
                                                        resync_answers_least,
                                                        resync_answers_most,
                                                        TimeBase::working_time),
                                          toml.text("route", resync.route)};
        add_cadence_keys(toml, node, resync.cadence, keys);
        toml.read(node, "resync", keys);
        if (toml.problem_count() != problems_before) return;
        std::string wrong = problem_of(resync, resyncs);
        if (wrong.empty()) wrong = problem_of_missing_cadence(node, "resync", resync.name);
        if (!wrong.empty()) return toml.problem(node.source(), wrong);
        resyncs.push_back(std::move(resync));
    });
}

void write_resyncs(PolicyLines& lines, const std::vector<Resync>& resyncs)
{
    lines.line(
        "# Resync: the leads of these teams say where they stand, in private; what all say is posted in the");
    lines.line(
        "# channel when `answers_within` is over, and where teams differ is settled by their leads. `every`: a");
    lines.line(
        "# day in plain words or an iCalendar rule, and a time; on_holiday: skip, before, after or keep.");
    if (resyncs.empty()) {
        lines.line("#");
        lines.line("#     [[resync]]");
        lines.line("#     name = \"product\"");
        lines.line("#     teams = [\"platform\", \"mobile\"]");
        lines.line("#     channel = \"C012AB3CD\"");
        lines.line("#     every = \"every second monday 10:00\"");
        lines.line("#     starts = \"2026-01-05\"");
        lines.line("#     answers_within = \"8h\"");
        lines.line("");
    }
    for (const Resync& resync : resyncs) {
        lines.line("[[resync]]");
        lines.quoted_key("name", resync.name);
        lines.key("teams", quoted_list(resync.teams));
        lines.id("channel", resync.channel);
        write_cadence(lines, resync.cadence);
        lines.quoted_key("answers_within", to_text(resync.answers_within, TimeBase::working_time));
        if (!resync.route.empty()) lines.quoted_key("route", resync.route);
        lines.line("");
    }
}

}  // namespace ackd
