// Read-back (read_back.hpp), carried out: who is asked to say it back, what they said, and what who asked
// says to that.
//
// Nothing that is sent carries its text through the outbox: what somebody said is read from the table when
// the message is composed, so that it is gone from there, from the message in the chat (drawn again) and from
// the database's log as soon as its turn is over.
#pragma once

#include "bot/commands/ask.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"

#include <optional>

namespace ackd {

/// Why this cannot be said back, as far as it is known before anything begins. `people`: how many are asked
/// besides the author; nothing: that is not known yet.
[[nodiscard]] std::optional<RefusedAsk> read_back_refusal(HandlerContext& context,
                                                          const UserId& author,
                                                          const Ask& ask,
                                                          std::optional<int> people);

/// It was asked for, with a request that begins.
void want_read_back(HandlerContext& context, const Request& request, int wanted);
/// Those asked are known: no more say it back than can.
void fit_read_back(HandlerContext& context, const Request& request, const std::vector<UserId>& debtors);
/// Nobody was asked: it counts for nothing.
void drop_read_back(HandlerContext& context, const Request& request);

/// The request, or an ack of it, has changed.
void follow_read_back(HandlerContext& context, const Request& request);
/// Its subject is gone, or it is over in another way that its state does not tell.
void call_off_read_back(HandlerContext& context, const Request& request);
/// Somebody is no longer there: what they asked for ends, and others have their turns.
void leave_read_backs(HandlerContext& context, const UserId& person);

/// A turn's time is over, or somebody is to be picked.
void handle_read_back_due(HandlerContext& context, RequestId request);

/// The question could not be delivered: somebody else has the turn.
void read_back_not_deliverable(HandlerContext& context, const OutboxItem& item);
/// Whether a message about a turn is still to be sent.
[[nodiscard]] bool read_back_stands(HandlerContext& context, const OutboxItem& item);

// What people do (read_back_answers.cpp)

/// A button of it was pressed. Nothing: what was pressed says the rest.
[[nodiscard]] bool is_read_back_action(const ActionTaken& taken);
[[nodiscard]] std::optional<Notice> take_read_back_action(HandlerContext& context, const ActionTaken& taken);

/// What a form brings. Empty: taken; else why not.
[[nodiscard]] std::string say_back(HandlerContext& context,
                                   const Request& request,
                                   const UserId& person,
                                   std::string words);
[[nodiscard]] std::string correct(HandlerContext& context,
                                  Request& request,
                                  std::int64_t turn,
                                  std::string correction);

// The forms (read_back_forms.cpp)

inline constexpr std::string_view say_back_form_name = "say_back";
inline constexpr std::string_view correction_form_name = "correction";

[[nodiscard]] bool is_read_back_row(const OutboxRow& row);
/// Nothing: it is over, and nothing is opened.
[[nodiscard]] std::optional<OpenForm> read_back_form_in(HandlerContext& context, const OutboxRow& row);
void open_say_back_form(HandlerContext& context, const ActionTaken& taken, const Request& request);
void open_correction_form(HandlerContext& context,
                          const ActionTaken& taken,
                          const Request& request,
                          std::int64_t turn);
/// Either of them was sent.
[[nodiscard]] FormProblems take_read_back_form(HandlerContext& context, const FormSubmitted& submitted);

// What people read (read_back_notice.cpp)

/// How it stands, on the card, with the button for those who may say it back.
void add_read_back(HandlerContext& context, const Request& request, Section& section);
/// "Correction by Ana: …", where there is one; and then the quoted subject.
void add_correction(HandlerContext& context, const Request& request, Section& section);
void add_quote(HandlerContext& context, const Request& request, Section& section);
/// To whom is asked to say it back.
[[nodiscard]] Notice read_back_question_notice(HandlerContext& context,
                                               const UserId& person,
                                               const std::vector<ObligationId>& items);
/// To who asked: what was said, to be judged; afterwards, that it is deleted.
[[nodiscard]] Notice said_back_notice(HandlerContext& context, const std::vector<ObligationId>& items);
/// What waits for a judgement of who asked, received by this obligation; nothing: nothing does.
[[nodiscard]] std::optional<Section> said_back_section(HandlerContext& context, const Obligation& obligation);
/// To who asked, with their digest: nobody said it back, or they did not judge it.
[[nodiscard]] Notice read_back_ended_notice(const Request& request, const ReadBack& read_back);

}  // namespace ackd
