#include "bot/policy/toml_reader.hpp"

#include "bot/commands/due_phrase.hpp"
#include "bot/people/availability.hpp"
#include "bot/policy/policy_values.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace ackd {

namespace {

constexpr std::size_t problems_max = 100;
constexpr std::size_t list_length_max = 1'000;
constexpr std::size_t id_length_max = 64;

bool looks_like_an_id(const std::string& id)
{
    return !id.empty() && id.size() <= id_length_max &&
           std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < 0x7f; }) &&
           id.front() != '@' && id.front() != '#' && id.find_first_of("\"\\<>") == std::string::npos;
}

}  // namespace

std::string problems_as_text(const std::string& path, const std::vector<FileProblem>& problems)
{
    std::string text;
    for (const FileProblem& problem : problems) {
        text += problem.line == 0
                    ? fmt::format("{}: {}\n", path, problem.what)
                    : fmt::format("{}:{}:{}: {}\n", path, problem.line, problem.column, problem.what);
    }
    return text;
}

std::string problem_of_word(const std::string& text, const std::vector<std::string>& known)
{
    const auto near = nearest_word(text, known);
    return fmt::format("\"{}\" is not one of them; {}",
                       text,
                       near ? fmt::format("did you mean \"{}\"?", *near)
                            : fmt::format("known are: {}", fmt::join(known, ", ")));
}

void TomlReader::problem(const toml::source_region& where, std::string what)
{
    if (problems_.size() > problems_max) return;
    if (problems_.size() == problems_max) what = "there are more problems from here on";
    problems_.push_back(FileProblem{
        static_cast<int>(where.begin.line), static_cast<int>(where.begin.column), std::move(what)});
}

void TomlReader::sort_problems()
{
    std::stable_sort(problems_.begin(), problems_.end(), [](const FileProblem& a, const FileProblem& b) {
        return std::pair{a.line, a.column} < std::pair{b.line, b.column};
    });
}

void TomlReader::read_file(const std::string& text, const std::vector<Key>& keys)
{
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) return problem(parsed.error().source(), std::string{parsed.error().description()});
    read(parsed.table(), "", keys);
}

void TomlReader::read(const toml::node& node, const std::string& path, const std::vector<Key>& keys)
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
        problem(
            key.source(),
            near ? fmt::format("unknown key \"{}\"{}; did you mean \"{}\"?", name, where, *near)
                 : fmt::format("unknown key \"{}\"{}; known are: {}", name, where, fmt::join(names, ", ")));
    }
}

TomlReader::Key TomlReader::section(std::string name, std::vector<Key> keys)
{
    return {name, [this, name, keys = std::move(keys)](const toml::node& node) { read(node, name, keys); }};
}

TomlReader::Key TomlReader::tables(std::string name, std::string path, std::size_t count_max, Take take)
{
    return {std::move(name),
            [this, path = std::move(path), count_max, take = std::move(take)](const toml::node& node) {
                const toml::array* list = node.as_array();
                if (list == nullptr || list->size() > count_max) {
                    return problem(node.source(),
                                   fmt::format("each of them is written [[{}]], and there are at most {}",
                                               path,
                                               count_max));
                }
                for (const toml::node& element : *list) take(element);
            }};
}

TomlReader::Key TomlReader::text(std::string name, std::string& target, Check check)
{
    return {name, [this, name, &target, check = std::move(check)](const toml::node& node) {
                const auto value = node.value_exact<std::string>();
                if (!value) return problem(node.source(), fmt::format("{} is a text in quotes", name));
                if (check) {
                    const std::string wrong = check(*value);
                    if (!wrong.empty()) return problem(node.source(), wrong);
                }
                target = *value;
            }};
}

TomlReader::Key TomlReader::id(std::string name, const char* example, std::string& target)
{
    return text(name, target, [name, example](const std::string& id) {
        return looks_like_an_id(id) ? ""
                                    : fmt::format("{} takes an id such as \"{}\", not a name", name, example);
    });
}

TomlReader::Key TomlReader::number(std::string name,
                                   std::int64_t& target,
                                   std::int64_t least,
                                   std::int64_t most)
{
    return {name, [this, name, &target, least, most](const toml::node& node) {
                const auto value = node.value_exact<std::int64_t>();
                if (!value || *value < least || *value > most) {
                    return problem(node.source(),
                                   fmt::format("{} is a whole number from {} to {}", name, least, most));
                }
                target = *value;
            }};
}

TomlReader::Key TomlReader::number(std::string name, int& target, int least, int most)
{
    return {name, [this, name, &target, least, most](const toml::node& node) {
                std::int64_t value = target;
                number(name, value, least, most).take(node);
                target = static_cast<int>(value);
            }};
}

TomlReader::Key TomlReader::flag(std::string name, bool& target)
{
    return {name, [this, name, &target](const toml::node& node) {
                const auto value = node.value_exact<bool>();
                if (!value) return problem(node.source(), fmt::format("{} is true or false", name));
                target = *value;
            }};
}

TomlReader::Key TomlReader::off_hours(std::string name, std::function<void(const OffHours&)> take)
{
    return {name, [this, name, take = std::move(take)](const toml::node& node) {
                if (const auto flag = node.value_exact<bool>())
                    return take(*flag ? OffHours::always() : OffHours{});
                const auto text = node.value_exact<std::string>();
                std::string wrong = fmt::format(
                    "{} is \"never\", \"always\", or hours such as \"Mon-Fri 7:00-22:00\"", name);
                const auto parsed = text ? parse_off_hours(*text, wrong) : std::nullopt;
                if (!parsed) return problem(node.source(), wrong);
                take(*parsed);
            }};
}

std::optional<Duration> TomlReader::duration_of(const toml::node& node, Duration least, Duration most)
{
    const auto value = node.value_exact<std::string>();
    const auto parsed = value ? parse_duration(*value) : std::nullopt;
    return parsed && *parsed >= least && *parsed <= most ? parsed : std::nullopt;
}

TomlReader::Key TomlReader::duration(
    std::string name, Duration& target, Duration least, Duration most, TimeBase base)
{
    return {name, [this, name, &target, least, most, base](const toml::node& node) {
                if (const auto parsed = duration_of(node, least, most)) {
                    target = *parsed;
                    return;
                }
                problem(node.source(),
                        fmt::format("{} is a duration such as \"30m\", \"2h\" or \"3d\", from {} to {}",
                                    name,
                                    to_text(least, base),
                                    to_text(most, base)));
            }};
}

TomlReader::Key TomlReader::duration(std::string name,
                                     std::optional<Duration>& target,
                                     Duration least,
                                     Duration most)
{
    return {name, [this, name, &target, least, most](const toml::node& node) {
                if (node.value_exact<std::string>() == "never") {
                    target.reset();
                } else if (const auto parsed = duration_of(node, least, most)) {
                    target = *parsed;
                } else {
                    problem(node.source(),
                            fmt::format("{} is a duration such as \"2h\" or \"3d\", or \"never\"", name));
                }
            }};
}

TomlReader::Key TomlReader::offset(std::string name, NudgeOffset& target)
{
    return {name, [this, name, &target](const toml::node& node) {
                if (const auto parsed = offset_of(node, name)) target = *parsed;
            }};
}

TomlReader::Key TomlReader::offsets(std::string name, std::vector<NudgeOffset>& target)
{
    return {name, [this, name, &target](const toml::node& node) {
                const toml::array* list = node.as_array();
                if (list == nullptr || list->empty() || list->size() > 20) {
                    return problem(node.source(), fmt::format("{} is a list of 1 to 20 offsets", name));
                }
                target.clear();
                for (const toml::node& element : *list) {
                    if (const auto parsed = offset_of(element, name)) target.push_back(*parsed);
                }
            }};
}

TomlReader::Key TomlReader::ids(std::string name,
                                const char* example,
                                std::function<void(const std::string&)> take)
{
    return {
        name, [this, name, example, take = std::move(take)](const toml::node& node) {
            const toml::array* list = node.as_array();
            if (list == nullptr || list->size() > list_length_max) {
                return problem(
                    node.source(),
                    fmt::format(
                        "{} is a list of ids such as [\"{}\"], at most {}", name, example, list_length_max));
            }
            std::set<std::string> seen;
            for (const toml::node& element : *list) {
                const auto id = element.value_exact<std::string>();
                if (!id || !looks_like_an_id(*id)) {
                    problem(element.source(),
                            fmt::format("{} takes ids such as \"{}\", not names: copy it from the profile or "
                                        "the channel's details in Slack",
                                        name,
                                        example));
                } else if (!seen.insert(*id).second) {
                    problem(element.source(), fmt::format("\"{}\" is listed twice in {}", *id, name));
                } else {
                    take(*id);
                }
            }
        }};
}

TomlReader::Key TomlReader::names(std::string name, std::vector<std::string>& target, Check check)
{
    return {name, [this, name, &target, check = std::move(check)](const toml::node& node) {
                const toml::array* list = node.as_array();
                if (list == nullptr || list->size() > list_length_max) {
                    return problem(node.source(),
                                   fmt::format("{} is a list of at most {} names", name, list_length_max));
                }
                target.clear();
                for (const toml::node& element : *list) {
                    const auto value = element.value_exact<std::string>();
                    const std::string wrong = value ? check(*value)
                                                    : fmt::format("{} takes texts in quotes", name);
                    if (!wrong.empty()) {
                        problem(element.source(), wrong);
                    } else if (std::find(target.begin(), target.end(), *value) != target.end()) {
                        problem(element.source(), fmt::format("\"{}\" is listed twice in {}", *value, name));
                    } else {
                        target.push_back(*value);
                    }
                }
            }};
}

std::optional<NudgeOffset> TomlReader::offset_of(const toml::node& node, const std::string& name)
{
    constexpr double share_max = 10;
    constexpr Duration extra_max = std::chrono::hours{2'000};
    const auto value = node.value_exact<std::string>();
    auto parsed = value ? parse_offset(*value) : std::nullopt;
    if (!parsed || parsed->share > share_max || parsed->extra > extra_max) {
        problem(node.source(),
                fmt::format("{} takes offsets such as \"75%\", \"10m\" or \"100%+8h\" of the time allowed",
                            name));
        return std::nullopt;
    }
    return parsed;
}

}  // namespace ackd
