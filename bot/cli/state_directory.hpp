// The folder that holds the database, and the lock that keeps a second ackd out of it.
#pragma once

#include <optional>
#include <string>

namespace ackd::cli {

/// `given`, else $STATE_DIRECTORY, else ~/.local/state/ackd. Empty: none of them is there.
[[nodiscard]] std::string choose_state_directory(const std::string& given);

/// Whether an ackd runs on that folder; nothing: it may not be looked at. Makes and changes nothing; for the
/// moment of looking, a starting ackd would take us for another one.
[[nodiscard]] std::optional<bool> is_state_directory_in_use(const std::string& path);

[[nodiscard]] std::string database_path_in(const std::string& state_directory);

/// The folder, made if need be (readable by its owner alone) and locked for as long as this lives. Throws
/// std::runtime_error with what to do when it cannot be made or another ackd holds it.
class StateDirectory {
public:
    explicit StateDirectory(const std::string& path);
    ~StateDirectory();
    StateDirectory(const StateDirectory&) = delete;
    StateDirectory& operator=(const StateDirectory&) = delete;

    [[nodiscard]] std::string database_path() const { return database_path_in(path_); }

private:
    std::string path_;
    int lock_ = -1;
};

}  // namespace ackd::cli
