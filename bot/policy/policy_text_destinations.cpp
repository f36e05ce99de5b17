#include "bot/policy/policy_text_destinations.hpp"

#include "bot/policy/policy_values.hpp"

namespace ackd {

namespace {

/// A secret is found by it, in a file's name and in a variable's.
std::string problem_of_destination_name(const std::string& name)
{
    std::string wrong = problem_of_name("a destination", name);
    const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (wrong.empty() && !is_plain)
        wrong = fmt::format("a destination's name is of a to z, 0 to 9 and -, unlike \"{}\"", name);
    return wrong;
}

void read_destination(TomlReader& toml, const toml::node& node, std::vector<Destination>& destinations)
{
    Destination destination;
    const std::size_t problems_before = toml.problem_count();
    toml.read(node,
              "destination",
              {toml.text("name", destination.name),
               toml.parsed_text("kind", destination.kind, parser_of(words_for(all_destination_kinds))),
               toml.text("address", destination.address),
               toml.text("private_network", destination.private_network),
               toml.duration("every", destination.every, heartbeat_every_least, heartbeat_every_most)});
    std::string wrong = problem_of_destination_name(destination.name);
    if (wrong.empty() && find_destination(destinations, destination.name) != nullptr)
        wrong = fmt::format("there are two destinations named \"{}\"", destination.name);
    // What a wrong value leaves behind says nothing of the rest.
    if (wrong.empty() && toml.problem_count() == problems_before) wrong = problem_of(destination);
    if (!wrong.empty()) return toml.problem(node.source(), wrong);
    destinations.push_back(std::move(destination));
}

}  // namespace

TomlReader::Key destination_tables(TomlReader& toml, std::vector<Destination>& destinations)
{
    return toml.tables("destination", "destination", destinations_max, [&](const toml::node& node) {
        read_destination(toml, node, destinations);
    });
}

void write_destinations(PolicyLines& lines, const std::vector<Destination>& destinations)
{
    lines.line(
        "# Destinations: who is told outside the chat, where a step of a route or a source names them. `kind` is");
    lines.line(
        "# \"webhook\" (a program, signed JSON), \"mail\", \"push\" (a topic of ntfy) or \"heartbeat\" (an address");
    lines.line(
        "# that is fetched as long as all is well). An address in a private network is refused, unless it lies in");
    lines.line("# `private_network`. Their secrets do not stand here: docs/destinations.md.");
    if (destinations.empty()) {
        lines.line("#");
        lines.line("#     [[destination]]");
        lines.line("#     name = \"pager\"");
        lines.line("#     kind = \"webhook\"");
        lines.line("#     address = \"https://pager.example.com/in\"");
        lines.line("");
    }
    for (const Destination& destination : destinations) {
        lines.line("[[destination]]");
        lines.quoted_key("name", destination.name);
        lines.quoted_key("kind", name_of(destination.kind));
        lines.quoted_key("address", destination.address);
        if (!destination.private_network.empty())
            lines.quoted_key("private_network", destination.private_network);
        if (destination.kind == DestinationKind::heartbeat)
            lines.quoted_key("every", to_text(destination.every, TimeBase::wall_clock));
        lines.line("");
    }
}

}  // namespace ackd
