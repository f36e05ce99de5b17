#include "bot/cli/state_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace ackd::cli {

std::string choose_state_directory(const std::string& given)
{
    if (!given.empty()) return given;
    if (const char* state = std::getenv("STATE_DIRECTORY"); state != nullptr && *state != '\0') {
        // systemd may list several, separated by colons; the first is ours.
        return std::string{state}.substr(0, std::string{state}.find(':'));
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
        return std::string{home} + "/.local/state/ackd";
    }
    return "";
}

namespace {

std::string lock_path_in(const std::string& state_directory)
{
    return state_directory + "/ackd.lock";
}

}  // namespace

std::string database_path_in(const std::string& state_directory)
{
    return state_directory + "/ackd.db";
}

std::optional<bool> is_state_directory_in_use(const std::string& path)
{
    const int lock = open(lock_path_in(path).c_str(), O_RDONLY | O_CLOEXEC);
    if (lock < 0) return errno == ENOENT || errno == ENOTDIR ? std::optional{false} : std::nullopt;
    const bool in_use = flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(lock);
    return in_use;
}

StateDirectory::StateDirectory(const std::string& path) : path_(path)
{
    umask(0077);
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) {
        throw std::runtime_error("the state directory " + path + " cannot be made: " + error.message() +
                                 ". Choose another one with --state-dir.");
    }
    const std::string lock_path = lock_path_in(path);
    lock_ = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0) {
        throw std::runtime_error("the state directory " + path +
                                 " cannot be written: " + std::strerror(errno) + ".");
    }
    if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        close(lock_);
        throw std::runtime_error("another ackd is running with the state directory " + path +
                                 ": stop it first, or choose another one with --state-dir.");
    }
}

StateDirectory::~StateDirectory()
{
    if (lock_ >= 0) close(lock_);
}

}  // namespace ackd::cli
