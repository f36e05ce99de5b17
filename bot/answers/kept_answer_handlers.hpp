// Kept answers (kept_answer.hpp), carried out: who wants one kept, what its author says to that, what happens
// to its message, and how it ends.
#pragma once

#include "bot/answers/kept_answer.hpp"
#include "bot/courier/outbox.hpp"
#include "bot/delivery/sent_message_table.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"

#include <optional>

namespace ackd {

/// 📌 was put on a message, or taken back. False: that is no news, or it means nothing here.
bool handle_pin(HandlerContext& context, const ReactionChanged& reaction);
/// The shortcut on a message.
void keep_by_shortcut(HandlerContext& context, const ShortcutUsed& used);

/// One of the buttons was pressed. Nothing: what was pressed says the rest.
[[nodiscard]] bool is_kept_answer_action(const ActionTaken& taken);
[[nodiscard]] std::optional<Notice> take_kept_answer_action(HandlerContext& context,
                                                            const ActionTaken& taken);

/// The message may be an answer that is kept, or its question: the excerpt follows, or it all ends.
void kept_text_edited(HandlerContext& context, const MessageEdited& edited);
void kept_text_deleted(HandlerContext& context, const MessageDeleted& deleted);

/// Its time has come.
void handle_kept_answer_due(HandlerContext& context, KeptAnswerId id);

// Rows of the outbox

/// What is to be read; nothing: it is over.
[[nodiscard]] std::optional<Effect> kept_text_wanted(HandlerContext& context, const OutboxRow& row);
void kept_text_fetched(HandlerContext& context, const OutboxRow& row, const FetchedMessage& fetched);
void kept_text_unreadable(HandlerContext& context, const OutboxRow& row, const Fault& fault);

/// The answer that its author is to be asked about; nothing: that is settled.
[[nodiscard]] std::optional<KeptAnswer> answer_asked_about(HandlerContext& context, const OutboxRow& row);
void keep_question_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted);
/// Its author cannot be asked.
void keep_question_undeliverable(HandlerContext& context, const OutboxRow& row);
/// The message as it stands now.
[[nodiscard]] Notice refreshed_keep_question(HandlerContext& context, const SentMessage& sent);

}  // namespace ackd
