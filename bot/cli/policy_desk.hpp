// The database as `ackd policy`, `rotations` and `sources` have it open: beside a running ackd or without
// one, to look or to write.
#pragma once

#include "bot/cli/state_directory.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/policy/policy_handlers.hpp"
#include "storage/connection.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace ackd::cli {

/// Something that cannot be done now, in words for whoever asked: exit status 1.
class Refusal : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A file that is wrong: every problem of it, a line each. Exit status 2.
class WrongFile : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

inline constexpr int exit_done = 0;
inline constexpr int exit_refused = 1;
inline constexpr int exit_wrong_file = 2;

/// The work's exit status; what it throws is told on standard error, and is one as well.
int tell_outcome(const std::function<int()>& work);
/// Who sits at the keyboard, also behind sudo.
[[nodiscard]] UserId operator_name();
/// What time it is; scale and origin as for `ackd run`, 1 and 0 being the system's clock.
[[nodiscard]] Instant desk_time(double clock_scale, double clock_origin);

enum class DeskMode {
    look,   ///< nothing is written; where there is no database, everything is as at the beginning
    write,  ///< a database is made or brought up to date when no ackd runs
};

class PolicyDesk {
public:
    /// Throws Refusal, storage::StorageError.
    PolicyDesk(const std::string& state_directory, DeskMode mode);

    /// The policy in force; version 0: the defaults.
    [[nodiscard]] std::int64_t version() const;
    [[nodiscard]] Policy policy_in_force() const;
    /// Of an earlier version; nothing: there is none.
    [[nodiscard]] std::optional<Policy> policy_at(std::int64_t version) const;
    [[nodiscard]] std::vector<PolicyVersion> newest_versions(int count_max) const;
    /// Empty: not known yet.
    [[nodiscard]] std::string workspace() const;
    /// As the database is now: of whoever writes, within the transaction. Nothing: there is no database, so
    /// nothing is open and nobody known.
    [[nodiscard]] std::optional<HandlerContext> context(Instant now);
    /// What `context` refers to.
    [[nodiscard]] Settings& settings() { return settings_; }
    /// What people, groups and channels are called.
    [[nodiscard]] NameOf names();
    /// "Ann", "operator:root".
    [[nodiscard]] std::string name_of_actor(const UserId& actor) const;

    [[nodiscard]] storage::Connection& connection() { return *connection_; }

private:
    std::optional<StateDirectory> lock_;  ///< when no ackd runs, so that none starts meanwhile
    std::unique_ptr<storage::Connection> connection_;
    Settings settings_;
    std::unique_ptr<HandlerState> state_;
    std::optional<HandlerContext> name_context_;
};

}  // namespace ackd::cli
