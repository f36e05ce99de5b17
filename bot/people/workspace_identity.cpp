#include "bot/people/workspace_identity.hpp"

namespace ackd {

namespace {

std::string read_setting(storage::Connection& connection, const char* name)
{
    storage::Statement row = connection.prepare("SELECT value FROM settings WHERE name = $1");
    row.bind(1, name);
    return row.step() ? row.column_string(0) : std::string{};
}

void save_setting(storage::Connection& connection, const char* name, const std::string& value)
{
    connection
        .prepare(R"(INSERT INTO settings (name, value)
            VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value)")
        .bind_all(name, value)
        .run();
}

}  // namespace

WorkspaceIdentity read_workspace_identity(storage::Connection& connection)
{
    return WorkspaceIdentity{read_setting(connection, "workspace"),
                             UserId{read_setting(connection, "bot_user")}};
}

void save_workspace_identity(storage::Connection& connection, const WorkspaceIdentity& identity)
{
    save_setting(connection, "workspace", identity.workspace);
    save_setting(connection, "bot_user", identity.bot_user.value);
}

}  // namespace ackd
