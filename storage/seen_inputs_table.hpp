// Which inputs were taken already, by idempotency key, for at least 24 hours.
//
// Two generations of 36 hours: a new key goes into the current one and is looked for in both. When the
// current generation is 36 hours old, the other one is emptied (one cheap truncation, whatever its size) and
// becomes current. A key is thus remembered for 36 to 72 hours after it last came; Slack's retries end after
// five minutes, or 24 hours when its delayed events are switched on.
#pragma once

#include "storage/connection.hpp"

#include <string_view>

namespace ackd::storage {

class SeenInputsTable {
public:
    explicit SeenInputsTable(Connection& connection);

    /// Notes the key. False: it was there before.
    bool insert(std::string_view key);

    /// Whether it has been noted, without noting it.
    [[nodiscard]] bool contains(std::string_view key) const;

    /// Starts the next generation when it is time. Cheap to call often. True: a generation was emptied.
    bool rotate(std::int64_t now_us);

    /// Reads which generation is current again: after a rollback, the memory of a rotation may be wrong.
    void reload();

private:
    Connection& connection_;
    bool odd_is_current_ = false;
    std::int64_t started_at_us_ = 0;
    bool other_is_empty_ = true;
};

}  // namespace ackd::storage
