// What the addresses of pictures are signed with: random bytes that are made once and stay with the database.
// Whoever had them could have pictures of figures of their own drawn, and nothing else.
#pragma once

#include "storage/connection.hpp"

#include <string>

namespace ackd {

/// `offered`: becomes the key where there is none yet.
[[nodiscard]] std::string picture_key_of(storage::Connection& connection, const std::string& offered);

}  // namespace ackd
