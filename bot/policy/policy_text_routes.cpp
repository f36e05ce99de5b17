#include "bot/policy/policy_text_routes.hpp"

#include "bot/policy/policy_values.hpp"

namespace ackd {

namespace {

std::string check_rotation(const std::string& name)
{
    return problem_of_name("a rotation", name);
}

std::string check_destination(const std::string& name)
{
    return problem_of_name("a destination", name);
}

class RouteReading {
public:
    RouteReading(TomlReader& toml, std::map<std::string, Route>& routes, NamesOnRoutes& names)
        : toml_(toml), routes_(routes), names_(names)
    {}

    void read(const toml::node& node)
    {
        Route route;
        // The name first, wherever it stands: what is said of the steps names the route.
        if (const toml::table* table = node.as_table())
            route.name = (*table)["name"].value_exact<std::string>().value_or("");
        toml_.read(node,
                   "route",
                   {toml_.text("name", route.name),
                    toml_.text("about", route.about, problem_of_about),
                    toml_.parsed_text("priority", route.priority, parser_of(words_for(all_priorities))),
                    toml_.text("playbook", route.playbook, problem_of_playbook),
                    toml_.off_hours("off_hours", [&](const OffHours& value) { route.off_hours = value; }),
                    toml_.number("repeats", route.repeats, 0, route_repeats_max),
                    toml_.tables("step", "route.step", route_steps_max, [&](const toml::node& step) {
                        read_step(step, route);
                    })});
        const std::string wrong = problem_of_name("a route", route.name);
        if (!wrong.empty()) return toml_.problem(node.source(), wrong);
        if (route.steps.empty()) {
            return toml_.problem(
                node.source(),
                fmt::format("route \"{}\" has nobody on it: write [[route.step]] under it, and "
                            "people = [\"U012AB3CD\"]",
                            route.name));
        }
        if (routes_.contains(route.name))
            return toml_.problem(node.source(), fmt::format("there are two routes named \"{}\"", route.name));
        routes_.emplace(route.name, std::move(route));
    }

private:
    void read_step(const toml::node& node, Route& route)
    {
        RouteStep step;
        std::vector<RouteTarget> groups;
        std::vector<RouteTarget> channels;
        toml_.read(node,
                   "route.step",
                   {toml_.duration("delay", step.delay, Duration{0}, policy_time_max),
                    toml_.ids("people",
                              "U012AB3CD",
                              [&](const std::string& id) { step.targets.emplace_back(UserId{id}); }),
                    toml_.ids("groups",
                              "S012AB3CD",
                              [&](const std::string& id) { groups.emplace_back(GroupId{id}); }),
                    toml_.ids("channels",
                              "C012AB3CD",
                              [&](const std::string& id) { channels.emplace_back(ChannelId{id}); }),
                    toml_.names("rotations", step.rotations, check_rotation),
                    toml_.names("destinations", step.destinations, check_destination),
                    {"needed", [&](const toml::node& value) { read_needed(value, step); }}});
        for (const std::string& rotation : step.rotations)
            names_.rotations.push_back({node.source(), route.name, rotation});
        for (const std::string& destination : step.destinations)
            names_.destinations.push_back({node.source(), route.name, destination});
        step.targets.insert(step.targets.end(), groups.begin(), groups.end());
        step.targets.insert(step.targets.end(), channels.begin(), channels.end());
        if (step.targets.empty() && step.rotations.empty() && step.destinations.empty()) {
            toml_.problem(node.source(),
                          fmt::format("step {} of route \"{}\" has nobody on it: people = [\"U012AB3CD\"]",
                                      route.steps.size() + 1,
                                      route.name));
        }
        route.steps.push_back(std::move(step));
    }

    void read_needed(const toml::node& node, RouteStep& step)
    {
        const auto number = node.value_exact<std::int64_t>();
        const std::string text = number ? fmt::to_string(*number)
                                        : node.value_exact<std::string>().value_or("");
        const auto needed = parse_needed(text);
        if (!needed) {
            return toml_.problem(
                node.source(),
                fmt::format("needed is \"any\", \"all\", or a number up to {}", route_needed_max));
        }
        step.needed = *needed;
    }

    TomlReader& toml_;
    std::map<std::string, Route>& routes_;
    NamesOnRoutes& names_;
};

void write_step(PolicyLines& lines, const RouteStep& step)
{
    std::vector<UserId> people;
    std::vector<GroupId> groups;
    std::vector<ChannelId> channels;
    for (const RouteTarget& target : step.targets) {
        if (const auto* person = std::get_if<UserId>(&target))
            people.push_back(*person);
        else if (const auto* group = std::get_if<GroupId>(&target))
            groups.push_back(*group);
        else
            channels.push_back(std::get<ChannelId>(target));
    }
    lines.line("  [[route.step]]");
    if (step.delay > Duration{0})
        lines.line(fmt::format("  delay = {}", quoted(to_text(step.delay, TimeBase::wall_clock))));
    if (!people.empty()) lines.ids("  ", "people", people);
    if (!groups.empty()) lines.ids("  ", "groups", groups);
    if (!channels.empty()) lines.ids("  ", "channels", channels);
    if (!step.rotations.empty()) lines.line(fmt::format("  rotations = {}", quoted_list(step.rotations)));
    if (!step.destinations.empty())
        lines.line(fmt::format("  destinations = {}", quoted_list(step.destinations)));
    if (step.needed > 1)
        lines.line(fmt::format("  needed = {}", step.needed));
    else if (step.needed == needed_all)
        lines.line(fmt::format("  needed = {}", quoted(needed_text(step.needed))));
}

}  // namespace

TomlReader::Key route_tables(TomlReader& toml, std::map<std::string, Route>& routes, NamesOnRoutes& names)
{
    return toml.tables("route", "route", routes_max, [&](const toml::node& node) {
        RouteReading{toml, routes, names}.read(node);
    });
}

void write_routes(PolicyLines& lines, const std::map<std::string, Route>& routes)
{
    lines.line(
        "# Routes: who is asked, step by step, when the debtor does not answer. A step may wait before it");
    lines.line(
        "# starts. What is on its way keeps the route it began with. With `about`, which says what it is for,");
    lines.line(
        "# it is a category that whoever raises something can choose (/escalate); what is raised has its");
    lines.line(
        "# `priority`, shows its `playbook`, and reaches people off hours as `off_hours` says. When the last");
    lines.line(
        "# step was in vain, all are taken again, `repeats` times. One person who takes it is enough, unless a");
    lines.line("# step says how many are `needed`: a number, or \"all\" who are on it.");
    if (routes.empty()) {
        lines.line("#");
        lines.line("#     [[route]]");
        lines.line("#     name = \"default\"");
        lines.line("#     about = \"Customers cannot work: the site is down, data is lost\"");
        lines.line("#     priority = \"now\"");
        lines.line("#     playbook = \"https://wiki.example.org/incident\"");
        lines.line("#     off_hours = \"Mon-Sun 07:00-22:00; not on holidays\"");
        lines.line("#     repeats = 1");
        lines.line("#       [[route.step]]");
        lines.line("#       people = [\"U012AB3CD\"]");
        lines.line("#       [[route.step]]");
        lines.line("#       delay = \"1h\"");
        lines.line("#       groups = [\"S012AB3CD\"]");
        lines.line("#       channels = [\"C012AB3CD\"]");
        lines.line("#       rotations = [\"ops\"]");
        lines.line("#       needed = 2");
        lines.line("#       destinations = [\"pager\"]");
    }
    for (const auto& [name, route] : routes) {
        lines.line("[[route]]");
        lines.quoted_key("name", name);
        if (!route.about.empty()) lines.quoted_key("about", route.about);
        if (route.priority != Route{}.priority) lines.quoted_key("priority", name_of(route.priority));
        if (!route.playbook.empty()) lines.quoted_key("playbook", route.playbook);
        if (route.off_hours) lines.quoted_key("off_hours", to_text(*route.off_hours));
        if (route.repeats > 0) lines.key("repeats", fmt::to_string(route.repeats));
        for (const RouteStep& step : route.steps) write_step(lines, step);
        if (name != routes.rbegin()->first) lines.line("");
    }
}

}  // namespace ackd
