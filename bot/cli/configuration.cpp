#include "bot/cli/configuration.hpp"

#include "bot/commands/due_phrase.hpp"
#include "bot/people/availability.hpp"

#include <fmt/format.h>

// toml++ asserts what a malformed file can break ("[[[["), and tells clang to assume it in a release build.
// It goes on safely without, and reports the place: so neither.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include <algorithm>
#include <charconv>
#include <fstream>
#include <functional>
#include <iterator>

namespace ackd::cli {

namespace {

constexpr std::size_t file_size_max = 1'000'000;

/// "5m", "2h", "90 min", "3d" (working days where working time is meant).
std::optional<Duration> parse_duration(std::string_view text)
{
    std::int64_t amount = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (error != std::errc{} || amount < 0 || amount > 100'000) return std::nullopt;
    std::string_view unit{end, static_cast<std::size_t>(text.data() + text.size() - end)};
    while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
    if (unit == "s") return std::chrono::seconds{amount};
    if (unit == "m" || unit == "min") return std::chrono::minutes{amount};
    if (unit == "h") return std::chrono::hours{amount};
    if (unit == "d") return amount * working_day;
    return std::nullopt;
}

/// "75%", "10m", "100%+8h".
std::optional<NudgeOffset> parse_offset(std::string_view text)
{
    NudgeOffset offset;
    const auto percent = text.find('%');
    if (percent != std::string_view::npos) {
        int share = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + percent, share);
        if (error != std::errc{} || end != text.data() + percent || share < 0 || share > 10'000)
            return std::nullopt;
        offset.share = share / 100.0;
        text.remove_prefix(percent + 1);
        if (text.empty()) return offset;
        if (text.front() != '+') return std::nullopt;
        text.remove_prefix(1);
    }
    const auto extra = parse_duration(text);
    if (!extra) return std::nullopt;
    offset.extra = *extra;
    return offset;
}

class Reader {
public:
    explicit Reader(Configuration& configuration) : configuration_(configuration) {}

    using Take = std::function<void(const toml::node&)>;
    struct Key {
        std::string name;
        Take take;
    };

    void problem(const toml::source_region& where, std::string what)
    {
        configuration_.problems.push_back(ConfigurationProblem{
            static_cast<int>(where.begin.line), static_cast<int>(where.begin.column), std::move(what)});
    }

    /// Each key of the table goes to the one of that name; others are problems.
    void read(const toml::node& node, const std::string& path, const std::vector<Key>& keys)
    {
        const toml::table* table = node.as_table();
        if (table == nullptr) {
            problem(node.source(), fmt::format("{} is a table, written [{}]", path, path));
            return;
        }
        for (const auto& [key, value] : *table) {
            const std::string name{key.str()};
            const auto known = std::find_if(
                keys.begin(), keys.end(), [&](const Key& candidate) { return candidate.name == name; });
            if (known != keys.end()) {
                known->take(value);
                continue;
            }
            std::vector<std::string> names;
            for (const Key& candidate : keys) names.push_back(candidate.name);
            const auto near = nearest_word(name, names);
            const std::string where = path.empty() ? "" : fmt::format(" in [{}]", path);
            problem(key.source(),
                    near ? fmt::format("unknown key \"{}\"{}; did you mean \"{}\"?", name, where, *near)
                         : fmt::format(
                               "unknown key \"{}\"{}; known are: {}", name, where, fmt::join(names, ", ")));
        }
    }

    Key text(std::string name,
             std::string& target,
             std::function<std::string(const std::string&)> check = nullptr)
    {
        return {name, [this, name, &target, check](const toml::node& node) {
                    const auto value = node.value_exact<std::string>();
                    if (!value) return problem(node.source(), fmt::format("{} is a text in quotes", name));
                    if (check) {
                        const std::string wrong = check(*value);
                        if (!wrong.empty()) return problem(node.source(), wrong);
                    }
                    target = *value;
                }};
    }

    /// A text that stands for a value; `parse` gives the value or a problem's words.
    template <class Target, class Parse>
    Key parsed_text(std::string name, Target& target, Parse parse)
    {
        return {name, [this, name, &target, parse](const toml::node& node) {
                    const auto value = node.value_exact<std::string>();
                    if (!value) return problem(node.source(), fmt::format("{} is a text in quotes", name));
                    std::string wrong;
                    const auto parsed = parse(*value, wrong);
                    if (!parsed) return problem(node.source(), wrong);
                    target = *parsed;
                }};
    }

    Key number(std::string name, int& target, int least, int most)
    {
        return {name, [this, name, &target, least, most](const toml::node& node) {
                    const auto value = node.value_exact<std::int64_t>();
                    if (!value || *value < least || *value > most) {
                        return problem(node.source(),
                                       fmt::format("{} is a whole number from {} to {}", name, least, most));
                    }
                    target = static_cast<int>(*value);
                }};
    }

    Key flag(std::string name, bool& target)
    {
        return {name, [this, name, &target](const toml::node& node) {
                    const auto value = node.value_exact<bool>();
                    if (!value) return problem(node.source(), fmt::format("{} is true or false", name));
                    target = *value;
                }};
    }

    template <class Target>
    Key duration(std::string name, Target& target)
    {
        return {name, [this, name, &target](const toml::node& node) {
                    const auto value = node.value_exact<std::string>();
                    const auto parsed = value ? parse_duration(*value) : std::nullopt;
                    if (!parsed) {
                        return problem(
                            node.source(),
                            fmt::format("{} is a duration such as \"30m\", \"2h\" or \"3d\"", name));
                    }
                    target = *parsed;
                }};
    }

    Key offset(std::string name, NudgeOffset& target)
    {
        return {name, [this, name, &target](const toml::node& node) {
                    if (const auto parsed = offset_of(node, name)) target = *parsed;
                }};
    }

    Key offsets(std::string name, std::vector<NudgeOffset>& target)
    {
        return {name, [this, name, &target](const toml::node& node) {
                    const toml::array* list = node.as_array();
                    if (list == nullptr || list->size() > 20) {
                        return problem(node.source(),
                                       fmt::format("{} is a list of at most 20 offsets", name));
                    }
                    target.clear();
                    for (const toml::node& element : *list) {
                        if (const auto parsed = offset_of(element, name)) target.push_back(*parsed);
                    }
                }};
    }

    /// A list of ids, each handed to `take`.
    Key ids(std::string name, const char* example, std::function<void(const std::string&)> take)
    {
        return {name, [this, name, example, take](const toml::node& node) {
                    const toml::array* list = node.as_array();
                    if (list == nullptr) {
                        return problem(node.source(),
                                       fmt::format("{} is a list of ids such as [\"{}\"]", name, example));
                    }
                    for (const toml::node& element : *list) {
                        const auto id = element.value_exact<std::string>();
                        if (!id || id->empty() || id->front() == '@' || id->front() == '#') {
                            problem(element.source(),
                                    fmt::format(
                                        "{} takes ids such as \"{}\", not names: copy it from the profile or "
                                        "the channel's details in Slack",
                                        name,
                                        example));
                            continue;
                        }
                        take(*id);
                    }
                }};
    }

private:
    std::optional<NudgeOffset> offset_of(const toml::node& node, const std::string& name)
    {
        const auto value = node.value_exact<std::string>();
        auto parsed = value ? parse_offset(*value) : std::nullopt;
        if (!parsed) {
            problem(
                node.source(),
                fmt::format("{} takes offsets such as \"75%\", \"10m\" or \"100%+8h\" of the time allowed",
                            name));
        }
        return parsed;
    }

    Configuration& configuration_;
};

void read_step(Reader& reader, const toml::node& node, Route& route)
{
    RouteStep step;
    reader.read(
        node,
        "route.step",
        {reader.duration("delay", step.delay),
         reader.ids(
             "people", "U012AB3CD", [&](const std::string& id) { step.targets.emplace_back(UserId{id}); }),
         reader.ids(
             "groups", "S012AB3CD", [&](const std::string& id) { step.targets.emplace_back(GroupId{id}); }),
         reader.ids("channels", "C012AB3CD", [&](const std::string& id) {
             step.targets.emplace_back(ChannelId{id});
         })});
    route.steps.push_back(std::move(step));
}

void read_route(Reader& reader, const toml::node& node, Settings& settings)
{
    constexpr std::size_t steps_max = 10;
    Route route;
    reader.read(node,
                "route",
                {reader.text("name", route.name),
                 {"step", [&](const toml::node& steps) {
                      const toml::array* list = steps.as_array();
                      if (list == nullptr || list->size() > steps_max) {
                          return reader.problem(steps.source(),
                                                "a route has at most 10 steps, each written [[route.step]]");
                      }
                      for (const toml::node& step : *list) read_step(reader, step, route);
                  }}});
    if (route.name.empty() || route.name.find(' ') != std::string::npos) {
        reader.problem(node.source(), "a route has a name without spaces: name = \"default\"");
        return;
    }
    if (settings.routes.contains(route.name)) {
        reader.problem(node.source(), fmt::format("there are two routes named \"{}\"", route.name));
        return;
    }
    settings.routes.emplace(route.name, std::move(route));
}

void read_priority(Reader& reader, const toml::node& node, const std::string& name, PriorityPolicy& policy)
{
    const std::size_t problems_of_nudges = policy.nudges.size();
    reader.read(node,
                "priority." + name,
                {reader.duration("ack_within", policy.ack_within),
                 reader.offsets("nudges", policy.nudges),
                 reader.offset("step_ends", policy.step_ends),
                 reader.flag("off_hours", policy.off_hours),
                 reader.duration("integrate_within", policy.integrate_within)});
    if (policy.nudges.empty() && problems_of_nudges > 0) {
        reader.problem(node.source(), fmt::format("priority {} needs at least one nudge", name));
    }
}

std::string check_zone(const std::string& zone)
{
    return is_time_zone(zone)
               ? ""
               : fmt::format("there is no time zone \"{}\"; a name such as \"Europe/Berlin\" is meant", zone);
}

std::string check_level(const std::string& level)
{
    static const std::vector<std::string> levels{"debug", "info", "warning", "error"};
    if (std::find(levels.begin(), levels.end(), level) != levels.end()) return "";
    const auto near = nearest_word(level, levels);
    return fmt::format("there is no log level \"{}\"; {}",
                       level,
                       near ? fmt::format("did you mean \"{}\"?", *near) : "debug, info, warning or error");
}

std::optional<SlackMode> parse_mode(const std::string& mode, std::string& wrong)
{
    if (mode == "socket") return SlackMode::socket;
    if (mode == "http") return SlackMode::http;
    const auto near = nearest_word(mode, {"socket", "http"});
    wrong = fmt::format("there is no mode \"{}\"; {}",
                        mode,
                        near ? fmt::format("did you mean \"{}\"?", *near) : "socket or http");
    return std::nullopt;
}

std::optional<http::ListenAddress> parse_listen(const std::string& text, std::string& wrong)
{
    auto address = http::parse_listen_address(text);
    if (!address) {
        wrong = fmt::format("\"{}\" is no address to listen on: write \"127.0.0.1:8090\", or \"[::1]:8090\"",
                            text);
    }
    return address;
}

std::string check_path(const std::string& path)
{
    const bool plain = std::all_of(
        path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7f && c != '?' && c != '#'; });
    return path.starts_with('/') && plain
               ? ""
               : "path begins with a slash and has neither spaces, ? nor #: \"/slack/events\"";
}

std::string check_emoji(const std::string& name)
{
    return name.empty() || name.front() == ':' ? "an emoji is named without colons: \"white_check_mark\""
                                               : "";
}

}  // namespace

Configuration parse_configuration(const std::string& text)
{
    Configuration configuration;
    Settings& settings = configuration.settings;
    Reader reader{configuration};

    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
        reader.problem(parsed.error().source(), std::string{parsed.error().description()});
        return configuration;
    }
    const auto section = [&reader](std::string name, std::vector<Reader::Key> keys) -> Reader::Key {
        return {name, [&reader, name, keys = std::move(keys)](const toml::node& node) {
                    reader.read(node, name, keys);
                }};
    };
    std::string owner;
    std::vector<Reader::Key> priorities;
    for (const Priority priority : {Priority::now, Priority::today, Priority::week}) {
        const std::string name{name_of(priority)};
        priorities.push_back({name, [&reader, &settings, priority, name](const toml::node& node) {
                                  read_priority(reader, node, name, settings.delivery.of(priority));
                              }});
    }
    reader.read(parsed.table(),
                "",
                {section("workspace",
                         {reader.text("default_zone", settings.default_zone, check_zone),
                          reader.text("default_route", settings.default_route),
                          reader.text("dead_letter_owner", owner),
                          reader.number("recipients_max", settings.recipients_max, 1, 2'000),
                          reader.number("snoozes_max", settings.delivery.snoozes_max, 0, 20)}),
                 section("slack",
                         {reader.parsed_text("mode", configuration.slack_mode, parse_mode),
                          reader.number("connections", configuration.connections, 1, 4)}),
                 section("http",
                         {reader.parsed_text("listen", configuration.http_listen, parse_listen),
                          reader.text("path", configuration.http_path, check_path)}),
                 section("catch_up", {reader.duration("every", settings.sweep_every)}),
                 section("log", {reader.text("level", configuration.log_level, check_level)}),
                 section("emoji",
                         {reader.text("received", settings.received_emoji, check_emoji),
                          reader.text("done", settings.done_emoji, check_emoji),
                          reader.text("request", settings.request_emoji, check_emoji)}),
                 section("priority", priorities),
                 {"route", [&](const toml::node& node) {
                      const toml::array* routes = node.as_array();
                      if (routes == nullptr)
                          return reader.problem(node.source(), "routes are written [[route]]");
                      for (const toml::node& route : *routes) read_route(reader, route, settings);
                  }}});
    settings.dead_letter_owner = UserId{owner};
    if (settings.sweep_every < std::chrono::minutes{1}) {
        reader.problem(parsed.table().source(), "catch_up.every is at least one minute: \"1m\"");
    }
    if (settings.default_route != "default" && !settings.routes.contains(settings.default_route)) {
        reader.problem(
            parsed.table().source(),
            fmt::format("default_route names \"{}\", and there is no such route", settings.default_route));
    }
    std::stable_sort(configuration.problems.begin(),
                     configuration.problems.end(),
                     [](const ConfigurationProblem& a, const ConfigurationProblem& b) {
                         return std::pair{a.line, a.column} < std::pair{b.line, b.column};
                     });
    return configuration;
}

Configuration read_configuration(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    std::string text;
    if (file) {
        text.resize(file_size_max + 1);
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        text.resize(static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad() || (!file.eof() && !file) || text.size() > file_size_max) {
        Configuration configuration;
        configuration.problems.push_back(
            {0,
             0,
             text.size() > file_size_max ? "is larger than 1 MB" : "cannot be read: is the path right?"});
        return configuration;
    }
    return parse_configuration(text);
}

std::string problems_as_text(const std::string& path, const Configuration& configuration)
{
    std::string text;
    for (const ConfigurationProblem& problem : configuration.problems) {
        text += problem.line == 0
                    ? fmt::format("{}: {}\n", path, problem.what)
                    : fmt::format("{}:{}:{}: {}\n", path, problem.line, problem.column, problem.what);
    }
    return text;
}

}  // namespace ackd::cli
