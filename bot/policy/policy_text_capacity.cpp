#include "bot/policy/policy_text_capacity.hpp"

#include "bot/policy/policy_values.hpp"

#include <algorithm>

namespace ackd {

namespace {

void read_function(TomlReader& toml, const toml::node& node, CapacityContract& contract)
{
    CapacityFunction function;
    const std::size_t problems_before = toml.problem_count();
    toml.read(node,
              "capacity.function",
              {toml.text("name", function.name),
               toml.ids("people",
                        "U012AB3CD",
                        [&function](const std::string& id) { function.people.emplace_back(id); }),
               toml.ids("groups", "S012AB3CD", [&function](const std::string& id) {
                   function.groups.emplace_back(id);
               })});
    if (toml.problem_count() != problems_before) return;
    std::string wrong = problem_of_name("a function", function.name);
    const bool is_there = std::any_of(
        contract.functions.begin(), contract.functions.end(), [&](const CapacityFunction& other) {
            return other.name == function.name;
        });
    if (wrong.empty() && is_there) wrong = fmt::format("there are two functions named \"{}\"", function.name);
    if (wrong.empty() && function.people.empty() && function.groups.empty())
        wrong = fmt::format("function \"{}\" has nobody in it: people = [\"U012AB3CD\"]", function.name);
    if (!wrong.empty()) return toml.problem(node.source(), wrong);
    contract.functions.push_back(std::move(function));
}

void read_contract(TomlReader& toml, const toml::node& node, std::vector<CapacityContract>& contracts)
{
    CapacityContract contract;
    const std::size_t problems_before = toml.problem_count();
    toml.read(
        node,
        "capacity",
        {toml.text("team", contract.team),
         toml.duration("answer_within",
                       contract.answer_within,
                       capacity_answer_least,
                       capacity_answer_most,
                       TimeBase::working_time),
         toml.duration("answer_sooner",
                       contract.answer_sooner,
                       capacity_answer_least,
                       capacity_answer_most,
                       TimeBase::working_time),
         toml.text("route",
                   contract.route,
                   [](const std::string& name) { return problem_of_name("a route", name); }),
         toml.tables("function",
                     "capacity.function",
                     capacity_functions_max,
                     [&toml, &contract](const toml::node& each) { read_function(toml, each, contract); })});
    if (toml.problem_count() != problems_before) return;
    std::string wrong = problem_of_name("a team", contract.team);
    if (wrong.empty() && find_contract(contracts, contract.team) != nullptr)
        wrong = fmt::format("there are two capacity contracts of \"{}\"", contract.team);
    if (wrong.empty() && contract.functions.empty())
        wrong = fmt::format(
            "nobody has to answer \"{}\": [[capacity.function]] under it, with a name and people",
            contract.team);
    if (wrong.empty() && contract.answer_sooner > contract.answer_within)
        wrong = fmt::format("answer_sooner of \"{}\" is longer than answer_within", contract.team);
    if (!wrong.empty()) return toml.problem(node.source(), wrong);
    contracts.push_back(std::move(contract));
}

}  // namespace

TomlReader::Key capacity_tables(TomlReader& toml, std::vector<CapacityContract>& contracts)
{
    return toml.tables("capacity",
                       "capacity",
                       capacity_contracts_max,
                       [&toml, &contracts](const toml::node& node) { read_contract(toml, node, contracts); });
}

void write_capacity(PolicyLines& lines, const std::vector<CapacityContract>& contracts)
{
    lines.line(
        "# Capacity: who must answer when a team says that it is at capacity (`/capacity at platform`): each");
    lines.line(
        "# function, within `answer_within`, or `answer_sooner` when two of the team say so within two days.");
    lines.line(
        "# Without an answer the steps of `route` are asked (left out: the default one). A team that is not here");
    lines.line("# has its leads answer.");
    if (contracts.empty()) {
        lines.line("#");
        lines.line("#     [[capacity]]");
        lines.line("#     team = \"platform\"");
        lines.line("#     answer_within = \"1d\"");
        lines.line("#     answer_sooner = \"4h\"");
        lines.line("#       [[capacity.function]]");
        lines.line("#       name = \"engineering\"");
        lines.line("#       people = [\"U012AB3CD\"]");
        lines.line("");
    }
    for (const CapacityContract& contract : contracts) {
        lines.line("[[capacity]]");
        lines.quoted_key("team", contract.team);
        lines.quoted_key("answer_within", to_text(contract.answer_within, TimeBase::working_time));
        lines.quoted_key("answer_sooner", to_text(contract.answer_sooner, TimeBase::working_time));
        if (!contract.route.empty()) lines.quoted_key("route", contract.route);
        for (const CapacityFunction& function : contract.functions) {
            lines.line("  [[capacity.function]]");
            lines.line("  name = " + quoted(function.name));
            if (!function.people.empty()) lines.ids("  ", "people", function.people);
            if (!function.groups.empty()) lines.ids("  ", "groups", function.groups);
        }
        lines.line("");
    }
}

}  // namespace ackd
