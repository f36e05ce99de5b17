// The folder that holds the database, and the lock that keeps a second ackd out of it.
#pragma once

#include <string>

namespace ackd::cli {

/// `given`, else $STATE_DIRECTORY, else ~/.local/state/ackd. Empty: none of them is there.
[[nodiscard]] std::string choose_state_directory(const std::string& given);

/// The folder, made if need be (readable by its owner alone) and locked for as long as this lives. Throws
/// std::runtime_error with what to do when it cannot be made or another ackd holds it.
class StateDirectory {
public:
    explicit StateDirectory(const std::string& path);
    ~StateDirectory();
    StateDirectory(const StateDirectory&) = delete;
    StateDirectory& operator=(const StateDirectory&) = delete;

    [[nodiscard]] std::string database_path() const { return path_ + "/ackd.db"; }

private:
    std::string path_;
    int lock_ = -1;
};

}  // namespace ackd::cli
