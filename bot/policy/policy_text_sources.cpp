#include "bot/policy/policy_text_sources.hpp"

#include "bot/policy/policy_values.hpp"

#include <algorithm>

namespace ackd {

namespace {

using Key = TomlReader::Key;

/// A label, a branch, a status: as another program writes it.
std::string check_word(const std::string& word)
{
    const bool is_word = !word.empty() && word.size() <= 200 &&
                         std::none_of(word.begin(), word.end(), [](char c) {
                             return static_cast<unsigned char>(c) < ' ' || c == 0x7f;
                         });
    return is_word ? "" : "a word in one line is meant, of at most 200 bytes";
}

/// RFC 6901: "~" stands only before 0 or 1.
std::string check_pointer(const std::string& pointer)
{
    bool is_pointer = pointer.starts_with('/') && pointer.size() <= 200;
    for (std::size_t at = pointer.find('~'); at != std::string::npos; at = pointer.find('~', at + 1))
        is_pointer = is_pointer && at + 1 < pointer.size() &&
                     (pointer[at + 1] == '0' || pointer[at + 1] == '1');
    return is_pointer ? ""
                      : fmt::format("\"{}\" is no JSON Pointer: a place in the body is meant, such as "
                                    "\"/check/name\" or \"/items/0/id\"",
                                    pointer);
}

/// What its values say of each other.
std::string problem_of(const AlertSource& source)
{
    if (!source.work_of.empty()) {
        if (source.kind != SourceKind::github)
            return fmt::format("only a source of kind \"github\" tells work in progress, unlike \"{}\"",
                               source.name);
        return source.label.empty()
                   ? fmt::format("source \"{}\" says which issues are in progress: label = \"in progress\"",
                                 source.name)
                   : "";
    }
    if (source.channel.empty()) {
        return fmt::format("source \"{}\" shows its alerts in a channel: channel = \"C012AB3CD\"",
                           source.name);
    }
    if (source.kind == SourceKind::json && source.mapping.title.empty()) {
        return fmt::format(
            "source \"{}\" says where the title of an alert is: [source.mapping] under it, and title = \"/summary\"",
            source.name);
    }
    if (source.kind != SourceKind::json && source.mapping != AlertMapping{})
        return fmt::format("only a source of kind \"json\" has a mapping, unlike \"{}\"", source.name);
    const bool is_of_github = !source.label.empty() || !source.branches.empty();
    if (source.kind != SourceKind::github && is_of_github) {
        return fmt::format("only a source of kind \"github\" has a label or branches, unlike \"{}\"",
                           source.name);
    }
    return "";
}

std::vector<Key> mapping_keys(TomlReader& toml, AlertMapping& mapping)
{
    std::vector<Key> keys{toml.names("firing", mapping.firing, check_word),
                          toml.names("resolved", mapping.resolved, check_word)};
    for (const MappingPointer& each : mapping_pointers)
        keys.push_back(toml.text(std::string{each.key}, mapping.*each.pointer, check_pointer));
    return keys;
}

void read_source(TomlReader& toml, const toml::node& node, std::vector<AlertSource>& sources)
{
    AlertSource source;
    Duration expect_every{0};
    Duration resolve_after{0};
    const std::size_t problems_before = toml.problem_count();
    toml.read(node,
              "source",
              {toml.text("name", source.name),
               toml.parsed_text("kind", source.kind, parser_of(words_for(all_source_kinds))),
               toml.id("channel", "C012AB3CD", source.channel.value),
               toml.text("route",
                         source.route,
                         [](const std::string& name) { return problem_of_name("a route", name); }),
               toml.parsed_text("priority", source.priority, parser_of(words_for(all_priorities))),
               toml.duration("expect_every", expect_every, expect_every_least, expect_every_most),
               toml.duration("resolve_after", resolve_after, resolve_after_least, resolve_after_most),
               toml.number("requests_per_minute", source.requests_per_minute, 1, requests_per_minute_max),
               toml.text("label", source.label, check_word),
               toml.names("branches", source.branches, check_word),
               toml.text("answers_to",
                         source.answers_to,
                         [](const std::string& name) { return problem_of_name("a destination", name); }),
               toml.text("work_of",
                         source.work_of,
                         [](const std::string& name) { return problem_of_name("a team", name); }),
               toml.section("mapping", mapping_keys(toml, source.mapping))});
    if (expect_every > Duration{0}) source.expect_every = expect_every;
    if (resolve_after > Duration{0}) source.resolve_after = resolve_after;
    std::string wrong = problem_of_name("a source", source.name);
    if (wrong.empty() && find_source(sources, source.name) != nullptr)
        wrong = fmt::format("there are two sources named \"{}\"", source.name);
    // What a wrong value leaves behind says nothing of the rest.
    if (wrong.empty() && toml.problem_count() == problems_before) wrong = problem_of(source);
    if (!wrong.empty()) return toml.problem(node.source(), wrong);
    sources.push_back(std::move(source));
}

void write_mapping(PolicyLines& lines, const AlertMapping& mapping)
{
    lines.line("  [source.mapping]");
    for (const MappingPointer& each : mapping_pointers) {
        const std::string& pointer = mapping.*each.pointer;
        if (!pointer.empty()) lines.line(fmt::format("  {} = {}", each.key, quoted(pointer)));
    }
    if (!mapping.firing.empty()) lines.line(fmt::format("  firing = {}", quoted_list(mapping.firing)));
    lines.line(fmt::format("  resolved = {}", quoted_list(mapping.resolved)));
}

}  // namespace

Key source_tables(TomlReader& toml, std::vector<AlertSource>& sources)
{
    return toml.tables("source", "source", sources_max, [&toml, &sources](const toml::node& node) {
        read_source(toml, node, sources);
    });
}

void write_sources(PolicyLines& lines, const std::vector<AlertSource>& sources)
{
    lines.line(
        "# Sources: programs that may tell what is wrong. What they tell is shown in `channel` and raised along");
    lines.line(
        "# `route` (left out: the default one), at `priority`; at \"fyi\" nobody is asked. `kind` is what they");
    lines.line(
        "# speak: \"alertmanager\", \"grafana\", \"github\", \"pagerduty\", \"json\" (with a mapping) or \"text\".");
    lines.line(
        "# A source with `expect_every` is one whose silence is bad news. Its address: `ackd sources add-key`.");
    lines.line("# With `resolve_after`, an alert is over when nothing was heard of it for so long.");
    lines.line(
        "# The destination `answers_to` hears what people do with its alerts. Of kind \"github\", `work_of` makes");
    lines.line("# issues with its `label` work in progress of that team, in place of alerts.");
    if (sources.empty()) {
        lines.line("#");
        lines.line("#     [[source]]");
        lines.line("#     name = \"production\"");
        lines.line("#     kind = \"alertmanager\"");
        lines.line("#     channel = \"C012AB3CD\"");
        lines.line("#     route = \"default\"");
        lines.line("#     priority = \"now\"");
        lines.line("");
    }
    for (const AlertSource& source : sources) {
        lines.line("[[source]]");
        lines.quoted_key("name", source.name);
        lines.quoted_key("kind", name_of(source.kind));
        if (!source.channel.empty()) lines.id("channel", source.channel);
        if (!source.route.empty()) lines.quoted_key("route", source.route);
        lines.quoted_key("priority", name_of(source.priority));
        if (source.expect_every)
            lines.quoted_key("expect_every", to_text(*source.expect_every, TimeBase::wall_clock));
        if (source.resolve_after)
            lines.quoted_key("resolve_after", to_text(*source.resolve_after, TimeBase::wall_clock));
        lines.key("requests_per_minute", fmt::to_string(source.requests_per_minute));
        if (!source.label.empty()) lines.quoted_key("label", source.label);
        if (!source.branches.empty()) lines.key("branches", quoted_list(source.branches));
        if (!source.work_of.empty()) lines.quoted_key("work_of", source.work_of);
        if (!source.answers_to.empty()) lines.quoted_key("answers_to", source.answers_to);
        if (source.kind == SourceKind::json) write_mapping(lines, source.mapping);
        lines.line("");
    }
}

}  // namespace ackd
