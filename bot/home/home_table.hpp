// Who has opened the App Home, and what it shows them. Nobody else's is drawn: it would be for nobody.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <string>

namespace ackd {

class HomeTable {
public:
    explicit HomeTable(storage::Connection& connection) : connection_(connection) {}

    void open(const UserId& person, Instant at);
    /// Whether they have opened it at that instant or after it.
    [[nodiscard]] bool is_open_since(const UserId& person, Instant since) const;

    /// What the chat was last given to show; empty: nothing yet.
    [[nodiscard]] std::string drawn(const UserId& person) const;
    void set_drawn(const UserId& person, const std::string& digest);

private:
    storage::Connection& connection_;
};

}  // namespace ackd
