// Idempotency keys of what is said in a chat. An event may be sent twice under two ids, and what was never
// sent is found in the chat's history, which knows no event ids: so the key is the thing itself.
#pragma once

#include "bot/ids.hpp"

#include <string>
#include <string_view>

namespace ackd {

[[nodiscard]] std::string key_of_message(const MessageRef& message);
/// `edited`: the stamp of the edit.
[[nodiscard]] std::string key_of_edit(const MessageRef& message, std::string_view edited);
[[nodiscard]] std::string key_of_deletion(const MessageRef& message);

}  // namespace ackd
