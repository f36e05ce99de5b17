// What people read about what ackd knows of them.
#pragma once

#include "bot/notice.hpp"

namespace ackd {

/// What goes and what stays, and the button that begins it.
[[nodiscard]] Notice forget_question();
[[nodiscard]] Notice forgetting_begun_reply();
[[nodiscard]] Notice forgotten_already_reply();
/// In place of a message, or of the App Home, of somebody who is being forgotten.
[[nodiscard]] Notice forgotten_line();

}  // namespace ackd
