#include "bot/web/picture_key.hpp"

namespace ackd {

std::string picture_key_of(storage::Connection& connection, const std::string& offered)
{
    connection.prepare("INSERT OR IGNORE INTO settings (name, value) VALUES ('picture_key', $1)")
        .bind_all(offered)
        .run();
    storage::Statement row = connection.prepare("SELECT value FROM settings WHERE name = 'picture_key'");
    static_cast<void>(row.step());
    return row.column_string(0);
}

}  // namespace ackd
