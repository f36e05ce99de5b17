#include "bot/policy/policy_text_wip.hpp"

#include "bot/policy/policy_values.hpp"

#include <algorithm>

namespace ackd {

namespace {

std::string problem_of(const WipLimit& limit, const std::vector<WipLimit>& others)
{
    if (std::string wrong = problem_of_name("a team", limit.team); !wrong.empty()) return wrong;
    const bool is_there = std::any_of(
        others.begin(), others.end(), [&](const WipLimit& other) { return other.team == limit.team; });
    if (is_there) return fmt::format("there are two limits of \"{}\"", limit.team);
    if (limit.limit == 0)
        return fmt::format("wip of \"{}\" says how much may run at once: limit = 6", limit.team);
    if (limit.per_person > limit.limit)
        return fmt::format("per_person of \"{}\" is more than its limit", limit.team);
    return "";
}

}  // namespace

TomlReader::Key wip_tables(TomlReader& toml, std::vector<WipLimit>& limits)
{
    return toml.tables("wip", "wip", wip_limits_max, [&toml, &limits](const toml::node& node) {
        WipLimit limit;
        const std::size_t problems_before = toml.problem_count();
        toml.read(
            node,
            "wip",
            {toml.text("team", limit.team),
             toml.number("limit", limit.limit, 1, wip_limit_max),
             toml.number("per_person", limit.per_person, 0, wip_limit_max),
             toml.duration(
                 "ages_after", limit.ages_after, wip_ages_least, wip_ages_most, TimeBase::working_time)});
        if (toml.problem_count() != problems_before) return;
        const std::string wrong = problem_of(limit, limits);
        if (!wrong.empty()) return toml.problem(node.source(), wrong);
        limits.push_back(std::move(limit));
    });
}

void write_wip(PolicyLines& lines, const std::vector<WipLimit>& limits)
{
    lines.line(
        "# Work in progress: how much a team has running at once (`/wip`), and one person of it (0: as much as");
    lines.line(
        "# the team). Whoever has something of which nothing was said for `ages_after` is asked in their digest.");
    if (limits.empty()) {
        lines.line("#");
        lines.line("#     [[wip]]");
        lines.line("#     team = \"platform\"");
        lines.line("#     limit = 6");
        lines.line("#     per_person = 2");
        lines.line("#     ages_after = \"5d\"");
        lines.line("");
    }
    for (const WipLimit& limit : limits) {
        lines.line("[[wip]]");
        lines.quoted_key("team", limit.team);
        lines.key("limit", fmt::to_string(limit.limit));
        lines.key("per_person", fmt::to_string(limit.per_person));
        lines.quoted_key("ages_after", to_text(limit.ages_after, TimeBase::working_time));
        lines.line("");
    }
}

}  // namespace ackd
