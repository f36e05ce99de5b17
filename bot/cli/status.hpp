// `ackd status`: how ackd stands, read from its database while it runs or not. Nothing is written, Slack is
// not asked, and a running ackd is not held up. Counts of things, never of what one person does or owes.
#pragma once

#include "bot/input.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ackd::cli {

struct StatusOptions {
    std::string state_directory;
    bool as_json = false;
};

/// A catch-up that has ended, as the journal has it.
struct CaughtUp {
    Instant at{};
    std::string reason;  ///< name_of(GapReason)
    std::int64_t pages = 0;
    std::int64_t recovered = 0;
};
/// One that runs, or that ran when ackd was ended.
struct CatchingUp {
    Instant since{};
    std::int64_t pages = 0;
};

struct Status {
    std::optional<bool> is_running;  ///< nothing: it may not be looked at
    std::int64_t open_requests = 0;
    std::int64_t open_obligations = 0;  ///< those that something is still awaited of
    std::int64_t dead_letters = 0;      ///< those that no answer came to after all
    std::int64_t waiting = 0;           ///< in the outbox, those on their way as well
    std::int64_t in_doubt = 0;
    std::optional<Instant> oldest_waiting;
    std::optional<CaughtUp> caught_up;
    std::optional<CatchingUp> catching_up;
    std::int64_t conversations = 0;
    std::optional<Instant> oldest_read_mark;  ///< of the conversations that are not archived
};

/// All but `is_running`, as it stood at one moment. Throws StorageError. The schema is the newest one.
[[nodiscard]] Status read_status(storage::Connection& connection);

/// One thought a line.
[[nodiscard]] std::string status_as_text(const Status& status, Instant now);
/// {"running":…,"open_requests":…,"open_obligations":…,"dead_letters":…,"outbox":{…},"caught_up":{…},
/// "catching_up":{…},"conversations":{…}}; null is what there is none of, or what is not known.
[[nodiscard]] std::string status_as_json(const Status& status, Instant now);

/// Prints it. 0, or 1 when it cannot be told, with the reason on standard error.
[[nodiscard]] int run_status(const StatusOptions& options);

}  // namespace ackd::cli
