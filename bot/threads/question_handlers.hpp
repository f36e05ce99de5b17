// Questions in watched channels: heard, looked at again, pursued, ended.
//
// What happens when a question stays unanswered: hear_message keeps where it is → the engine wakes at its
// deadline → look_at_question reads the talk around it from the chat → question_read judges it
// (question_rules) → pursue tells who asked, alone, and begins an obligation of kind `question` → from there
// it goes on as every obligation does (bot/delivery/nudge_rules).
#pragma once

#include "bot/delivery/nudge_rules.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/threads/question.hpp"
#include "bot/threads/question_rules.hpp"

namespace ackd {

// What the chat tells (question_handlers.cpp)

/// Somebody said something: perhaps a question, perhaps an answer to one.
void hear_message(HandlerContext& context, const MessagePosted& posted);
/// What was a question may be none any more.
void question_edited(HandlerContext& context, const MessageEdited& edited);
void question_deleted(HandlerContext& context, const MessageRef& message);
/// ✅ on a question, by anybody, is an answer.
void question_marked(HandlerContext& context, const MessageRef& message, const UserId& person);
/// Somebody took the ✅ back.
void question_unmarked(HandlerContext& context, const MessageRef& message, const UserId& person);
/// Its asker says that what was answered did not help.
void still_stuck(HandlerContext& context, Question& question);
/// Its asker asks it of people by name now: that is followed up, and nobody else is asked about it.
void question_asked_by_name(HandlerContext& context, const MessageRef& message, const UserId& asker);
/// Whoever asked is no longer there, or does not want to be known.
void leave_questions(HandlerContext& context, const UserId& asker);

/// It waits since `offer_after`: what was said since is read.
void look_at_question(HandlerContext& context, QuestionId id);
/// What an outbox row of kind `read_question` reads; nothing: the question is over.
[[nodiscard]] std::optional<ReadHistory> question_reading(HandlerContext& context, const OutboxRow& row);
void question_read(HandlerContext& context, const OutboxRow& row, const HistoryPage& page);
void question_unreadable(HandlerContext& context, const OutboxRow& row, const Fault& fault);

/// How an ended question ended; the obligations that follow from it end with it.
struct QuestionEnd {
    QuestionOutcome outcome = QuestionOutcome::answered;
    /// Who did it: whoever answered, marked, edited.
    UserId actor = bot_actor;
    AnswerSign sign = AnswerSign::none;
    std::optional<Instant> answered_at{};
};
void end_question(HandlerContext& context, Question& question, const QuestionEnd& end);

// What follows when nobody answered (question_pursuit.cpp)

void pursue(HandlerContext& context, Question& question, const QuestionJudgement& judgement);
/// The request's own course has ended it (done by a button, given up on, withdrawn) or begun it again.
void follow_question(HandlerContext& context, const Request& request);
/// Who asked sees how it stands, in place.
void redraw_question(HandlerContext& context, const Request& request);
/// The question is over: so is what its people owe.
void end_pursuit(HandlerContext& context, const Question& question, const QuestionEnd& end);
/// The clocks of its obligations; nothing: it is no question.
[[nodiscard]] std::optional<PriorityPolicy> pace_of_question(HandlerContext& context, const Request& request);
/// Before anybody is asked: the question ends where its channel is not watched any more. True: it has.
bool let_go_if_unwatched(HandlerContext& context, const Request& request);
/// Whether the offer to who asked still has something to say.
[[nodiscard]] bool is_offer_open(const Request& request);

// What people do about it (question_answers.cpp)

[[nodiscard]] bool is_question_action(const ActionTaken& taken);
/// Nothing: what was pressed says the rest.
[[nodiscard]] std::optional<Notice> take_question_action(HandlerContext& context, const ActionTaken& taken);

// What people read (question_notice.cpp)

/// To who asked: nobody has answered yet, what follows, and how it went on.
[[nodiscard]] Section question_offer_section(HandlerContext& context, const Request& request);
[[nodiscard]] Notice question_offer_notice(HandlerContext& context, const std::vector<ObligationId>& items);
/// To who asked, where there is nobody to be asked.
[[nodiscard]] Notice nobody_to_ask_notice(HandlerContext& context,
                                          const Question& question,
                                          const std::string& text);
/// To whoever is asked.
[[nodiscard]] RichText question_words(HandlerContext& context, const Request& request, const UserId& reader);
void add_question_actions(const Obligation& obligation, Section& section);
/// "You are mentioned in it", …
[[nodiscard]] std::string why_asked(HandlerContext& context,
                                    const Request& request,
                                    const Obligation& obligation);

}  // namespace ackd
