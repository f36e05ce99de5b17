// A notice as text, for the outbox rows of answers that are composed when a person acts.
#pragma once

#include "bot/notice.hpp"

#include <string>

namespace ackd {

[[nodiscard]] std::string to_text(const Notice& notice);
/// Text that to_text wrote. Anything else is a broken database: throws std::runtime_error.
[[nodiscard]] Notice notice_from_text(const std::string& text);

}  // namespace ackd
