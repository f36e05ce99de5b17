// What a row held before it was changed or deleted can stay behind: in pages that were split or freed, and in
// the write-ahead log. After somebody was forgotten the file is written anew, and the log is emptied.
#pragma once

#include "storage/connection.hpp"

#include <limits>

namespace ackd::storage {

/// Remembered with the transaction that makes it necessary, so that a process that ends before the scrub does
/// it later.
void want_scrub(Connection& connection);
[[nodiscard]] bool is_scrub_wanted(Connection& connection);

enum class ScrubOutcome {
    done,
    busy,       ///< somebody reads an older state of the database at this moment: call it again later
    too_large,  ///< still wanted: for whoever has the time
};

/// Writes the whole file again: about a second for each 100 MB, during which nobody else can write. Outside a
/// transaction. Of a file larger than `bytes_max` only the log is emptied.
[[nodiscard]] ScrubOutcome scrub(Connection& connection,
                                 std::int64_t bytes_max = std::numeric_limits<std::int64_t>::max());

/// Words were deleted where they stood (secure_delete), and the log still has them: it is emptied soon.
/// Remembered as with a scrub.
void want_empty_log(Connection& connection);
[[nodiscard]] bool is_empty_log_wanted(Connection& connection);
/// False: somebody reads an older state of the database at this moment, so call it again later. Outside a
/// transaction.
[[nodiscard]] bool empty_log(Connection& connection);

}  // namespace ackd::storage
