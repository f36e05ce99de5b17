// Which workspace a database belongs to, and who we are there. A database belongs to one workspace for good:
// its ids mean nothing in another one, so whoever connects to the chat compares first and refuses.
#pragma once

#include "bot/ids.hpp"
#include "storage/connection.hpp"

#include <string>

namespace ackd {

struct WorkspaceIdentity {
    std::string workspace;  ///< empty: no workspace has been seen yet
    UserId bot_user;
};

/// Of a database that has been migrated.
[[nodiscard]] WorkspaceIdentity read_workspace_identity(storage::Connection& connection);
void save_workspace_identity(storage::Connection& connection, const WorkspaceIdentity& identity);

}  // namespace ackd
