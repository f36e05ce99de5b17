#include "bot/cli/backup_command.hpp"

#include "bot/cli/state_directory.hpp"
#include "storage/migrations.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace ackd::cli {

namespace {

constexpr int exit_not_now = 1;
constexpr int exit_correct = 2;

/// As a literal of SQL.
std::string quoted(const std::string& text)
{
    std::string literal = "'";
    for (const char letter : text) literal += letter == '\'' ? std::string{"''"} : std::string{letter};
    return literal + "'";
}

}  // namespace

int run_backup(const BackupCommandOptions& options)
{
    const std::string path = database_path_in(choose_state_directory(options.state_directory));
    std::error_code hidden;
    if (!std::filesystem::exists(path, hidden) && !hidden) {
        fmt::print(stderr, "There is no database \"{}\": name its folder with --state-dir.\n", path);
        return exit_correct;
    }
    // Made empty first, so that nothing is written over and nobody else can read it; SQLite fills an empty
    // file.
    const int made = open(options.file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) {
        fmt::print(
            stderr, "\"{}\" cannot be made: {}. Nothing was written.\n", options.file, std::strerror(errno));
        return exit_correct;
    }
    close(made);
    try {
        storage::Connection connection{path, storage::OpenMode::existing_only};
        storage::require_known_schema(connection);
        connection.execute("VACUUM INTO " + quoted(options.file));
        fmt::print("{}\n", options.file);
        return 0;
    } catch (const storage::StorageError& error) {
        std::filesystem::remove(options.file, hidden);
        fmt::print(stderr, "No copy was made of {}: {}\n", path, error.what());
        return exit_not_now;
    }
}

}  // namespace ackd::cli
