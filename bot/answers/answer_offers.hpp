// Looking for kept answers: because somebody types `/ackd find …`, or because a question was asked that one
// of them may answer. Both tell one person alone.
#pragma once

#include "bot/answers/kept_answer.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"
#include "bot/rich_text.hpp"

#include <optional>
#include <string>

namespace ackd {

/// What is kept and fits these words best, of what this person may see here.
[[nodiscard]] Notice find_answers(HandlerContext& context,
                                  const UserId& person,
                                  const ChannelId& channel,
                                  const std::string& typed);

/// The answer that surely enough answers this question, of those that may be shown in the channel.
[[nodiscard]] std::optional<KeptAnswer> similar_answer(HandlerContext& context,
                                                       const ChannelId& channel,
                                                       const RichText& question);

/// A question was asked: where there is such an answer, its asker is offered it, alone. Nobody is offered the
/// same answer twice, and no question gets two offers.
void offer_kept_answer(HandlerContext& context,
                       const MessageRef& question,
                       const UserId& asker,
                       const RichText& text);

/// "It helped", or "It did not": counted once, and not who said so.
[[nodiscard]] Notice judge_offer(HandlerContext& context,
                                 const KeptAnswer& answer,
                                 const UserId& person,
                                 bool has_helped);

}  // namespace ackd
