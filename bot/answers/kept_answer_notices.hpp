// What people read about kept answers. What comes with a digest links to an answer and never quotes it: a
// digest stays where it is when the answer is gone.
#pragma once

#include "bot/answers/kept_answer.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <string>
#include <vector>

namespace ackd {

/// To its author, in a message that is drawn again: may it be kept, and what came of that.
[[nodiscard]] Notice keep_question_notice(HandlerContext& context, const KeptAnswer& answer);
/// The same when nothing of the answer is left here.
[[nodiscard]] Notice keep_question_over_notice();
/// The question, for the author's digest.
[[nodiscard]] Notice keep_question_in_digest(HandlerContext& context, const KeptAnswer& answer);

/// To who wanted it kept, with their digest: what came of it.
[[nodiscard]] Notice keep_outcome_notice(HandlerContext& context, const KeptAnswer& answer, KeptEvent event);

/// To its author, with their digest: does it still hold?
[[nodiscard]] Notice recheck_notice(HandlerContext& context, const KeptAnswer& answer);

/// What was found, for who looked for it.
[[nodiscard]] Notice found_notice(HandlerContext& context,
                                  const UserId& reader,
                                  const std::string& typed,
                                  const std::vector<KeptAnswer>& found);
/// To who asked a question, alone: it may have been answered before.
[[nodiscard]] Notice offer_notice(HandlerContext& context, const UserId& reader, const KeptAnswer& answer);

}  // namespace ackd
