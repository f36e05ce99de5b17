// Answers that one person alone sees, where they acted: on their way through the outbox, with their text.
#pragma once

#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"

#include <string>

namespace ackd {

/// Sends it. `about`: when it cannot be delivered and was for who asked, they are told in another way.
void answer_alone(HandlerContext& context,
                  const EphemeralReply& reply,
                  OutboxLane lane = OutboxLane::interactive,
                  RequestId about = {});

/// As the outbox keeps it.
[[nodiscard]] std::string reply_payload(const EphemeralReply& reply);
[[nodiscard]] EphemeralReply reply_from_payload(const std::string& payload);

}  // namespace ackd
