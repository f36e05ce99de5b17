// Ask the asker first: before somebody hears of a request a second time, or somebody else is called in, who
// asked says whether they still need it.
//
//   assumed ──a second nudge or a step is due──► asked ──"still needed", "less urgent"──► confirmed (for a
//   while)
//                                                  │                                        ▲
//                                                  └──no answer within a working day──► asleep ──"still
//                                                  needed"
//                                                                                          │
//                                                                  long enough ──► it ends, and who asked is
//                                                                  told
//
// The state is the request's (Request::need); what is held back or sleeps is due when that state ends
// (Request::need_until), which is also how it is known. Whether it has come to that is a rule (decide_due).
#pragma once

#include "bot/delivery/nudge_rules.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <optional>
#include <vector>

namespace ackd {

/// Asked or asleep: what who asked says makes a difference.
[[nodiscard]] bool is_need_in_question(const Request& request);

/// Who asked, where they can be asked at all: not when they owe the answer themselves, are no longer there,
/// or are away for days. Then all goes on as if they had said yes.
[[nodiscard]] std::optional<Asker> asker_of(HandlerContext& context,
                                            const Request& request,
                                            const Obligation& obligation);

/// A deadline has decided that who asked is to be asked, or that it sleeps.
void take_need(HandlerContext& context, Request& request, const DueDecision& decision);

/// "Still needed": what was held back or slept is due.
Notice say_still_needed(HandlerContext& context, std::optional<Request> request, const UserId& person);
/// "Less urgent": from today to this week.
Notice make_less_urgent(HandlerContext& context, std::optional<Request> request, const UserId& person);
/// The question could not be delivered: that is no reason to let it sleep.
void need_not_answerable(HandlerContext& context, RequestId id);
/// It has slept long enough and ended: who asked reads so in their digest.
void tell_not_woken(HandlerContext& context, const Request& request);

/// The question of one request, with its answers; when it sleeps, how to wake it.
[[nodiscard]] Section need_section(HandlerContext& context, const Request& request);
/// The message to who asked; when it is answered, what became of it.
[[nodiscard]] Notice need_notice(HandlerContext& context, const std::vector<ObligationId>& ids);

}  // namespace ackd
