#include "bot/cli/policy_command.hpp"

#include "bot/cli/policy_desk.hpp"
#include "bot/cli/text_file.hpp"
#include "bot/people/local_time.hpp"
#include "bot/policy/policy_changes.hpp"
#include "bot/policy/policy_lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ackd::cli {

namespace {

constexpr std::size_t moves_shown_max = 10;
constexpr int history_in_export_max = 10;
constexpr int history_shown_max = 1'000;

Instant now_of(const PolicyCommandOptions& options)
{
    return desk_time(options.clock_scale, options.clock_origin);
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

PolicyDocument read_file(const std::string& path)
{
    const TextFile file = read_text_file(path);
    if (!file.problem.empty()) throw WrongFile{fmt::format("{}: {}\n", path, file.problem)};
    PolicyReading reading = read_policy(file.text);
    if (reading.problems.empty()) return std::move(reading.document);
    throw WrongFile{problems_as_text(path, reading.problems) +
                    counted(reading.problems.size(), "problem", "problems") + "\n"};
}

/// Holes are told; what names nobody is a wrong file.
void require_known_names(PolicyDesk& desk, const std::string& path, const Policy& policy)
{
    const auto context = desk.context(Instant{});
    if (!context) return;
    std::string unknown;
    std::string holes;
    for (const PolicyFinding& finding :
         lint_policy(policy, ground_of(policy, context->directory, desk.connection())))
    {
        std::string& text = finding.flaw == PolicyFlaw::unknown ? unknown : holes;
        text += fmt::format("{}: {}\n", path, to_text(finding));
    }
    if (!unknown.empty()) throw WrongFile{unknown};
    if (!holes.empty()) fmt::print("Worth a look:\n{}\n", holes);
}

std::string changes_text(const std::vector<PolicyChange>& changes)
{
    std::string text;
    for (const PolicyChange& change : changes) text += fmt::format("  {}\n", change.words);
    return text;
}

/// The text of `then` in words of time, or that it is past.
std::string time_words(Instant at, Instant now)
{
    return at <= now ? "at once" : utc_text(at);
}

std::string effects_text(PolicyDesk& desk,
                         const PolicyEffects& effects,
                         const std::vector<PolicyChange>& changes,
                         Instant now)
{
    std::string text;
    if (effects.moved.empty()) {
        text += "Nothing that is open gets another time.\n";
    } else {
        std::set<UserId> people;
        for (const MovedDeadline& moved : effects.moved)
            people.insert(moved.people.begin(), moved.people.end());
        text += fmt::format("{} of {} {} another time.\n",
                            counted(effects.moved.size(), "open item", "open items"),
                            counted(people.size(), "person", "people"),
                            effects.moved.size() == 1 ? "gets" : "get");
        const std::size_t shown = std::min(effects.moved.size(), moves_shown_max);
        for (std::size_t index = 0; index < shown; ++index) {
            const MovedDeadline& moved = effects.moved[index];
            std::string names;
            for (const UserId& person : moved.people)
                names += (names.empty() ? "" : ", ") + desk.name_of_actor(person);
            text += fmt::format("  #{} {}: {} → {}\n",
                                moved.request.value,
                                names.empty() ? "nobody" : names,
                                time_words(moved.from, now),
                                time_words(moved.to, now));
        }
        if (shown < effects.moved.size())
            text += fmt::format("  … and {} more\n", effects.moved.size() - shown);
    }
    for (const auto& [name, count] : effects.on_route) {
        const std::string subject = "route " + name;
        const bool is_changed = std::any_of(changes.begin(), changes.end(), [&](const PolicyChange& change) {
            return change.subject == subject || change.subject.starts_with(subject + " · ");
        });
        if (!is_changed) continue;
        text += fmt::format("{} on {} {} the steps it had when they were asked.\n",
                            counted(static_cast<std::size_t>(count), "open item", "open items"),
                            subject,
                            count == 1 ? "keeps" : "keep");
    }
    return text;
}

std::string author_words(PolicyDesk& desk, const PolicyVersion& version)
{
    return fmt::format("{}{}",
                       desk.name_of_actor(version.actor),
                       version.source == PolicySource::chat     ? ", in the chat"
                       : version.source == PolicySource::revert ? ", taking it back"
                                                                : "");
}

std::vector<PolicyChange> changes_of(PolicyDesk& desk, const PolicyVersion& version)
{
    const auto before = desk.policy_at(version.version - 1);
    return changes_between(before.value_or(Policy{}), policy_of(version), desk.names());
}

/// That the file is for this workspace, and from the version in force.
void require_current(PolicyDesk& desk, const PolicyDocument& document)
{
    const std::string workspace = desk.workspace();
    if (!workspace.empty() && !document.workspace.empty() && workspace != document.workspace) {
        throw Refusal{
            fmt::format("The file is the policy of workspace {}, and this is {}: nothing was changed. "
                        "`ackd policy export` writes this one's.\n",
                        document.workspace,
                        workspace)};
    }
    const std::int64_t current = desk.version();
    if (document.version.value_or(0) == current) return;
    if (!document.version) {
        throw Refusal{
            fmt::format("The file does not say which version it was written from, and version {} is in "
                        "force: nothing was changed. `ackd policy export` writes it down: version = {}.\n",
                        current,
                        current)};
    }
    const auto base = desk.policy_at(*document.version);
    if (!base) {
        throw Refusal{
            fmt::format("The file was written from version {}, and there is none; version {} is in force: "
                        "nothing was changed. `ackd policy export` writes the one in force.\n",
                        *document.version,
                        current)};
    }
    throw Refusal{fmt::format(
        "The file was written from version {}, and version {} is in force: nothing was changed.\n{}"
        "`ackd policy export` writes the one in force: make your changes there.\n",
        *document.version,
        current,
        to_text(divergence_of(*base, desk.policy_in_force(), document.policy, desk.names())))};
}

/// In the transaction that is open.
int put_in_force(PolicyDesk& desk,
                 const PolicyCommandOptions& options,
                 const Policy& policy,
                 PolicySource source,
                 storage::Transaction& transaction)
{
    const auto changes = changes_between(desk.policy_in_force(), policy, desk.names());
    if (changes.empty()) {
        fmt::print("Nothing to change: version {} says the same.\n", desk.version());
        return exit_done;
    }
    const Instant now = now_of(options);
    HandlerContext context = desk.context(now).value();
    keep_policy(context, policy, {operator_name(), source, options.note});
    const PolicyEffects effects = take_up_policy(context, desk.settings());
    transaction.commit();
    fmt::print("Version {} is in force.\n{}{}",
               effects.version,
               changes_text(changes),
               effects_text(desk, effects, changes, now));
    return exit_done;
}

}  // namespace

int export_policy(const PolicyCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::look};
        PolicyAnnotations annotations;
        annotations.name_of = desk.names();
        for (const PolicyVersion& version : desk.newest_versions(history_in_export_max)) {
            const auto changes = changes_of(desk, version);
            annotations.history.push_back(
                fmt::format("{}, version {}, {}: {}{}",
                            utc_text(version.applied_at),
                            version.version,
                            author_words(desk, version),
                            changes.empty() ? "as before" : changes.front().words,
                            changes.size() > 1 ? fmt::format("; and {} more", changes.size() - 1) : ""));
        }
        fmt::print(
            "{}",
            to_text(PolicyDocument{desk.workspace(), desk.version(), desk.policy_in_force()}, annotations));
        return exit_done;
    });
}

int check_policy(const PolicyCommandOptions& options)
{
    return tell_outcome([&] {
        const PolicyDocument document = read_file(options.path);
        PolicyDesk desk{options.state_directory, DeskMode::look};
        require_known_names(desk, options.path, document.policy);
        fmt::print("{}: right\n", options.path);
        return exit_done;
    });
}

int plan_policy(const PolicyCommandOptions& options)
{
    return tell_outcome([&] {
        const PolicyDocument document = read_file(options.path);
        PolicyDesk desk{options.state_directory, DeskMode::look};
        require_current(desk, document);
        require_known_names(desk, options.path, document.policy);
        const auto changes = changes_between(desk.policy_in_force(), document.policy, desk.names());
        if (changes.empty()) {
            fmt::print("Nothing would change: version {} says the same.\n", desk.version());
            return exit_done;
        }
        fmt::print("This would change:\n{}", changes_text(changes));
        const Instant now = now_of(options);
        if (auto context = desk.context(now)) {
            const PolicyEffects effects = foresee_policy(*context, desk.settings(), document.policy);
            fmt::print("{}", effects_text(desk, effects, changes, now));
        }
        return exit_done;
    });
}

int apply_policy(const PolicyCommandOptions& options)
{
    return tell_outcome([&] {
        const PolicyDocument document = read_file(options.path);
        PolicyDesk desk{options.state_directory, DeskMode::write};
        storage::Transaction transaction{desk.connection()};
        require_current(desk, document);
        require_known_names(desk, options.path, document.policy);
        return put_in_force(desk, options, document.policy, PolicySource::file, transaction);
    });
}

int show_policy_history(const PolicyCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::look};
        const auto versions = desk.newest_versions(history_shown_max);
        if (versions.empty()) fmt::print("The defaults are in force: version 0. Nothing was changed yet.\n");
        for (const PolicyVersion& version : versions) {
            fmt::print("version {} · {} · {}{}\n{}",
                       version.version,
                       utc_text(version.applied_at),
                       author_words(desk, version),
                       version.note.empty() ? "" : " · " + version.note,
                       changes_text(changes_of(desk, version)));
        }
        return exit_done;
    });
}

int revert_policy(const PolicyCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::write};
        storage::Transaction transaction{desk.connection()};
        const auto policy = desk.policy_at(options.version);
        if (!policy) {
            throw Refusal{fmt::format("There is no version {}: `ackd policy history` lists them. 0 are the "
                                      "defaults.\n",
                                      options.version)};
        }
        PolicyCommandOptions with_note = options;
        if (with_note.note.empty()) with_note.note = fmt::format("as in version {}", options.version);
        return put_in_force(desk, with_note, *policy, PolicySource::revert, transaction);
    });
}

}  // namespace ackd::cli
