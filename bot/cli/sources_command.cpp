#include "bot/cli/sources_command.hpp"

#include "bot/cli/policy_desk.hpp"
#include "bot/cli/web_key_desk.hpp"
#include "bot/commands/due_phrase.hpp"

#include <fmt/format.h>

namespace ackd::cli {

namespace {

AlertSource source_named(const PolicyDesk& desk, const std::string& name)
{
    const Policy policy = desk.policy_in_force();
    if (const AlertSource* source = find_source(policy.sources, name)) return *source;
    std::vector<std::string> names;
    for (const AlertSource& each : policy.sources) names.push_back(each.name);
    const auto near = nearest_word(name, names);
    throw Refusal{fmt::format("The policy has no source \"{}\"{}\n",
                              name,
                              near ? fmt::format("; did you mean \"{}\"?", *near)
                              : names.empty()
                                  ? ": write [[source]] into it (docs/alerts.md), and `ackd policy apply` it."
                                  : fmt::format("; there is {}.", fmt::join(names, ", ")))};
}

}  // namespace

int list_sources(const SourcesCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::look};
        const Policy policy = desk.policy_in_force();
        if (policy.sources.empty())
            fmt::print(
                "The policy has no sources: no program may tell alerts. docs/alerts.md says how one may.\n");
        std::vector<KeyHolder> holders;
        for (const AlertSource& source : policy.sources)
            holders.push_back({source.name, fmt::format("{} ({})", source.name, name_of(source.kind))});
        fmt::print("{}", web_key_list(desk, WebKeyUse::source, holders));
        return exit_done;
    });
}

int add_source_key(const SourcesCommandOptions& options)
{
    return tell_outcome([&] {
        const WebPlace place = web_place(options.configuration_path);
        PolicyDesk desk{options.state_directory, DeskMode::write};
        storage::Transaction transaction{desk.connection()};
        const AlertSource source = source_named(desk, options.source);
        const MadeWebKey made = make_web_key(desk, WebKeyUse::source, source.name);
        transaction.commit();
        fmt::print("Key {} of {}. It is shown this once: only a hash of it is kept.\n\n    {}\n\n"
                   "The whole address, which {} posts to:\n\n    {}/in/{}\n{}",
                   made.id.value,
                   source.name,
                   made.key,
                   source.kind == SourceKind::github ? "GitHub" : "the program",
                   place.url,
                   made.key,
                   place.remark);
        if (source.kind == SourceKind::github) {
            fmt::print(
                "\nThe webhook's content type is application/json, and its secret the GITHUB_WEBHOOK_SECRET of "
                "where ackd runs.\n");
        }
        return exit_done;
    });
}

int revoke_source_key(const SourcesCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::write};
        revoke_web_key(desk, WebKeyUse::source, options.source, options.key);
        return exit_done;
    });
}

}  // namespace ackd::cli
