#include "bot/cli/forget_command.hpp"

#include "bot/cli/state_directory.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/privacy/erasure.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "storage/migrations.hpp"
#include "storage/scrub.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <random>
#include <stdexcept>

namespace ackd::cli {

namespace {

constexpr int exit_not_now = 1;
constexpr int exit_correct = 2;

/// Also of those who have left the workspace: Directory::find_by_name knows only who can be asked.
std::optional<UserId> person_named(storage::Connection& connection, std::string typed)
{
    if (typed.starts_with('@')) typed.erase(0, 1);
    storage::Statement rows = connection.prepare(
        R"(SELECT id FROM members WHERE id = $1 OR lower(name) = lower($1)
            UNION SELECT debtor FROM obligations WHERE debtor = $1
            UNION SELECT creditor FROM requests WHERE creditor = $1
            UNION SELECT original FROM pseudonyms WHERE original = $1 LIMIT 2)");
    rows.bind(1, typed);
    if (!rows.step()) return std::nullopt;
    UserId person{rows.column_string(0)};
    if (rows.step())
        throw std::runtime_error(fmt::format("more than one person is called \"{}\": give the id", typed));
    return person;
}

int forget(storage::Connection& connection, const ForgetCommandOptions& options)
{
    const auto person = person_named(connection, options.person);
    if (!person) {
        fmt::print(
            stderr,
            "ackd knows nobody called \"{}\". Give the name or the id that Slack has, such as:  ackd forget "
            "U012AB3CD\n",
            options.person);
        return exit_correct;
    }
    if (!options.confirmed) {
        fmt::print(
            "This would erase {0}: id, name, what they asked in their own words, and every link to what was asked "
            "or answered. Counts and the journal stay, without saying who. What ackd sent them stays as it is in "
            "Slack; /ackd forget, by themselves, brings it to a neutral line first. It cannot be undone.\n"
            "To do it:  ackd forget --yes {0}\n",
            options.person);
        return exit_correct;
    }
    const Settings settings;
    storage::Transaction transaction{connection};
    HandlerState state{connection, settings.default_zone, std::random_device{}()};
    HandlerContext context = state.at(std::chrono::floor<Duration>(std::chrono::system_clock::now()),
                                      settings);
    end_what_concerns(context, *person);
    erase_person(context, *person);
    transaction.commit();
    if (storage::scrub(connection) != storage::ScrubOutcome::done) {
        fmt::print(
            stderr,
            "They are forgotten, but another program reads the database at this moment, and its file still holds "
            "older pages. `ackd run` clears them when it starts.\n");
        return exit_not_now;
    }
    fmt::print("Forgotten. Backups made before still hold what they held.\n");
    return 0;
}

}  // namespace

int run_forget(const ForgetCommandOptions& options)
{
    const std::string folder = choose_state_directory(options.state_directory);
    const std::string path = database_path_in(folder);
    std::error_code hidden;
    if (folder.empty() || (!std::filesystem::exists(path, hidden) && !hidden)) {
        fmt::print(stderr, "There is no database in \"{}\": name its folder with --state-dir.\n", folder);
        return exit_correct;
    }
    try {
        // Held for as long as this runs: what a running ackd holds in memory would be written again.
        const StateDirectory held{folder};
        storage::Connection connection{path, storage::OpenMode::existing_only};
        storage::migrate(connection);
        return forget(connection, options);
    } catch (const storage::StorageError& error) {
        fmt::print(stderr, "{} cannot be changed: {}. `ackd doctor` says what to do.\n", path, error.what());
        return exit_not_now;
    } catch (const std::runtime_error& error) {
        fmt::print(stderr, "Nobody was forgotten: {}\n", error.what());
        return exit_not_now;
    }
}

}  // namespace ackd::cli
