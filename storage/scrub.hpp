// What a row held before it was changed or deleted can stay behind: in pages that were split or freed, and in
// the write-ahead log. After somebody was forgotten the file is written anew, and the log is emptied.
#pragma once

#include "storage/connection.hpp"

namespace ackd::storage {

/// Remembered with the transaction that makes it necessary, so that a process that ends before the scrub does
/// it later.
void want_scrub(Connection& connection);
[[nodiscard]] bool is_scrub_wanted(Connection& connection);

/// Writes the whole file again: about a second for each 100 MB, during which nobody else can write. Outside a
/// transaction. False: somebody reads an older state of the database at this moment, and the log could not be
/// emptied; call it again later.
[[nodiscard]] bool scrub(Connection& connection);

}  // namespace ackd::storage
