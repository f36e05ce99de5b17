// A message to one person alone that asks nothing of them, as a row for the outbox.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

namespace ackd {

/// As soon as it can be sent: they have just acted, or it is counted as an interruption.
[[nodiscard]] OutboxRow private_message(const HandlerContext& context,
                                        const UserId& person,
                                        const Notice& notice);
/// When they are at work next.
[[nodiscard]] OutboxRow private_message_at_work(const HandlerContext& context,
                                                const UserId& person,
                                                const Notice& notice);

}  // namespace ackd
