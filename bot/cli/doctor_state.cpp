#include "bot/cli/doctor_state.hpp"

#include "bot/cli/state_directory.hpp"
#include "bot/people/workspace_identity.hpp"
#include "bot/policy/policy_lint.hpp"
#include "bot/policy/policy_table.hpp"
#include "storage/connection.hpp"
#include "storage/journal_table.hpp"
#include "storage/migrations.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

namespace ackd::cli {

namespace {

constexpr std::array names_of_database_checks{"database", "integrity", "journal", "policy"};

std::string name_of_user(uid_t id)
{
    const passwd* user = getpwuid(id);
    return user == nullptr ? fmt::format("user {}", id) : std::string{user->pw_name};
}

/// The folder itself, or the nearest one above it that is there.
std::string nearest_existing(const std::string& path)
{
    std::error_code ignored;
    std::filesystem::path folder = std::filesystem::absolute(path, ignored);
    while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path())
        folder = folder.parent_path();
    return folder;
}

Finding check_folder_to_make(const std::string& path)
{
    const std::string above = nearest_existing(path);
    if (access(above.c_str(), W_OK | X_OK) == 0)
        return not_applicable("state directory",
                              fmt::format("{} is not there yet; `ackd run` makes it", path));
    return found_wrong(
        "state directory",
        fmt::format("{} cannot be made in {}: {}", path, above, std::strerror(errno)),
        "make it as root and give it to the user that runs ackd, or name another one with --state-dir");
}

Finding fault_of_database(const char* name, const storage::StorageError& error)
{
    switch (error.trouble()) {
        case storage::StorageTrouble::out_of_time:
            return not_applicable(name, "too large to be looked through here; what was seen is right");
        case storage::StorageTrouble::busy:
            return found_wrong(
                name, fmt::format("locked: {}", error.what()), "close the program that has it open");
        case storage::StorageTrouble::newer:
            return found_wrong(name, error.what(), "install the newer ackd again");
        case storage::StorageTrouble::read_only:
            return found_wrong(name,
                               fmt::format("cannot be read: {}", error.what()),
                               "run the doctor as the user that runs ackd");
        case storage::StorageTrouble::corrupt:
            return found_wrong(name,
                               fmt::format("damaged, or none: {}", error.what()),
                               "restore a backup, or name another folder with --state-dir");
        case storage::StorageTrouble::full:
        case storage::StorageTrouble::io:
        case storage::StorageTrouble::other: break;
    }
    return found_wrong(name, error.what(), "look at the disk, then restore a backup");
}

Finding check_schema(storage::Connection& connection)
{
    storage::require_known_schema(connection);
    const int present = storage::schema_version(connection);
    const auto newest = storage::all_migrations().size();
    const std::string text = fmt::format("schema {} of {}", present, newest);
    if (present == static_cast<int>(newest)) return found_right("database", text);
    return found_right("database", text + "; the next start brings it up to date");
}

Finding check_integrity(storage::Connection& connection)
{
    storage::Statement rows = connection.prepare("PRAGMA quick_check(1)");
    const std::string verdict = rows.step() ? rows.column_string(0) : "no answer";
    if (verdict == "ok") return found_right("integrity", "SQLite finds nothing wrong");
    return found_wrong("integrity", verdict, "stop ackd and restore a backup");
}

Finding check_journal(storage::Connection& connection)
{
    if (storage::schema_version(connection) == 0) return not_applicable("journal", "there is none yet");
    storage::JournalTable journal{connection};
    const std::int64_t broken_at = journal.find_break();
    if (broken_at == 0)
        return found_right("journal", fmt::format("the chain of {} facts is whole", journal.length()));
    return found_wrong("journal",
                       fmt::format("the chain is broken at fact {}: a row was changed or removed", broken_at),
                       "keep the file as evidence, and restore a backup");
}

Finding check_policy_in_force(storage::Connection& connection)
{
    const std::string name = "policy";
    if (storage::schema_version(connection) < static_cast<int>(storage::all_migrations().size()))
        return not_applicable(name, "not known before the next start");
    const auto stored = PolicyTable{connection}.newest();
    const Policy policy = stored ? policy_of(*stored) : Policy{};
    const Directory directory{connection, policy.default_zone};
    const auto findings = lint_policy(policy, ground_of(policy, directory, connection));
    const std::string version = stored ? fmt::format("version {}", stored->version)
                                       : std::string{"the defaults"};
    if (findings.empty()) return found_right(name, version + ", without holes");
    // A hole is for the team to judge: one of one person has routes that hang on one.
    return found_right(
        name,
        fmt::format("{}; {}{} (`ackd policy export | ackd policy check -`)",
                    version,
                    to_text(findings.front()),
                    findings.size() == 1 ? "" : fmt::format("; and {} more", findings.size() - 1)));
}

}  // namespace

Finding check_state_directory(const std::string& path)
{
    const std::string name = "state directory";
    if (path.empty())
        return found_wrong(name, "there is no home directory", "name a folder with --state-dir");
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT) return check_folder_to_make(path);
        return found_wrong(name,
                           fmt::format("{} cannot be looked at: {}", path, std::strerror(errno)),
                           "run the doctor as the user that runs ackd, or as root");
    }
    if (!S_ISDIR(status.st_mode))
        return found_wrong(name, path + " is no folder", "name another one with --state-dir");
    const uid_t ours = geteuid();
    if (status.st_uid != ours && ours != 0) {
        return found_wrong(name,
                           fmt::format("{} belongs to {}", path, name_of_user(status.st_uid)),
                           "run the doctor as that user or as root, or name another one with --state-dir");
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return found_wrong(name,
                           fmt::format("{} is open to others (mode {:o})", path, status.st_mode & 07777U),
                           fmt::format("chmod 700 {}", path));
    }
    return found_right(name, fmt::format("{}, for {} alone", path, name_of_user(status.st_uid)));
}

Finding judge_free_space(std::uint64_t free_bytes, const std::string& path)
{
    const std::string text = fmt::format("{} MB free where {} is", free_bytes / 1'000'000, path);
    if (free_bytes >= free_bytes_min) return found_right("disk", text);
    return found_wrong(
        "disk",
        text,
        fmt::format("make room: ackd confirms nothing to Slack that it cannot write; it needs {} MB",
                    free_bytes_min / 1'000'000));
}

Finding check_free_space(const std::string& path)
{
    struct statvfs space {};
    const std::string folder = nearest_existing(path);
    if (path.empty() || statvfs(folder.c_str(), &space) != 0)
        return not_applicable("disk", "not known without a state directory");
    return judge_free_space(std::uint64_t{space.f_bavail} * space.f_frsize, folder);
}

Finding check_running(const std::string& state_directory)
{
    const std::optional<bool> in_use = is_state_directory_in_use(state_directory);
    if (!in_use) return not_applicable("daemon", "not known; first the state directory");
    if (*in_use) return found_right("daemon", "an ackd is running on this state directory");
    return not_applicable("daemon", "none is running on this state directory");
}

namespace {

/// What a database says of itself; `otherwise` when there is none, it is of an earlier version or cannot be
/// read: check_database says what is wrong with it.
template <class Answer, class Ask>
Answer asked_of_database(const std::string& path, Answer otherwise, Ask ask)
{
    std::error_code hidden;
    if (!std::filesystem::exists(path, hidden)) return otherwise;
    try {
        storage::Connection connection{path, storage::OpenMode::read_only};
        storage::require_known_schema(connection);
        return storage::schema_version(connection) == 0 ? otherwise : ask(connection);
    } catch (const storage::StorageError&) {
        return otherwise;
    }
}

}  // namespace

std::string workspace_of_database(const std::string& path)
{
    return asked_of_database(path, std::string{}, [](storage::Connection& connection) {
        return read_workspace_identity(connection).workspace;
    });
}

Policy policy_of_database(const std::string& path)
{
    return asked_of_database(path, Policy{}, [](storage::Connection& connection) {
        const auto stored = PolicyTable{connection}.newest();
        return stored ? policy_of(*stored) : Policy{};
    });
}

std::vector<Finding> check_database(const std::string& path, std::chrono::steady_clock::time_point ends_at)
{
    std::vector<Finding> findings;
    std::error_code hidden;
    if (!std::filesystem::exists(path, hidden)) {
        const char* why = hidden ? "not known; first the state directory"
                                 : "there is none yet; `ackd run` makes it";
        for (const char* name : names_of_database_checks) findings.push_back(not_applicable(name, why));
        return findings;
    }
    // What one check finds wrong leaves the later ones without ground to stand on.
    const char* current = "database";
    try {
        storage::Connection connection{path, storage::OpenMode::read_only};
        connection.end_by(ends_at);
        findings.push_back(check_schema(connection));
        current = "integrity";
        findings.push_back(check_integrity(connection));
        current = "journal";
        findings.push_back(check_journal(connection));
        current = "policy";
        findings.push_back(check_policy_in_force(connection));
    } catch (const storage::StorageError& error) {
        findings.push_back(fault_of_database(current, error));
    }
    for (std::size_t done = findings.size(); done < names_of_database_checks.size(); ++done)
        findings.push_back(not_applicable(names_of_database_checks[done], "not known; first the database"));
    return findings;
}

}  // namespace ackd::cli
