// What becomes of a request with a silence clause (silence_clause.hpp): when it begins, what people do about
// it, and what its deadline means. That the deadline has come is decided by the rules of nudging, obligation
// by obligation; the clause follows when the request is over.
#pragma once

#include "bot/delivery/part.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// Everybody is about to be asked: when silence is the answer. What stands in its way, for who asked;
/// nothing: it runs, or there is no clause.
[[nodiscard]] std::optional<std::string> begin_silence(HandlerContext& context,
                                                       Request& request,
                                                       const std::vector<UserId>& debtors,
                                                       const std::vector<Instant>& heard_at);
/// "Object": it is not decided by silence, or no longer.
Notice object_to(HandlerContext& context, std::optional<Part> part, const UserId& person);
/// "Need longer".
Notice need_longer(HandlerContext& context, std::optional<Part> part, const UserId& person);

/// Somebody asked can't: while silence would decide, that is an objection. False: there is no clause running.
bool take_objection(HandlerContext& context, Request& request, const Obligation& objection);
/// The request may be over: then so is its clause.
void settle_silence(HandlerContext& context, Request& request);

/// What can no longer be reversed is final, and its cards say so.
void end_reversals(HandlerContext& context);

// Words. `clause` is the request's, found once by whoever draws; nothing: it was asked without one.

/// "Unless somebody objects by Thu 15:00, it goes ahead."; when it is over, what holds. For a card when
/// `reader` is empty. Nothing: there is no clause.
[[nodiscard]] std::vector<Line> silence_lines(HandlerContext& context,
                                              const Request& request,
                                              const std::optional<SilenceClause>& clause,
                                              const UserId& reader);
/// Whether somebody may still object: while it runs, and while it can be reversed.
[[nodiscard]] bool is_open_to_objection(const Request& request,
                                        const std::optional<SilenceClause>& clause,
                                        Instant now);
/// *Object* and *Need longer*, as far as they apply.
void add_silence_actions(HandlerContext& context,
                         const Request& request,
                         const std::optional<SilenceClause>& clause,
                         const std::string& value,
                         Section& section);
/// Nobody else is waited for: somebody decides, since somebody objected or silence made it theirs.
[[nodiscard]] bool is_decision_pending(const Request& request, const std::optional<SilenceClause>& clause);
/// The obligation of whoever decides, since somebody objected or silence made it theirs; nothing: any other.
[[nodiscard]] std::optional<std::string> decision_words(HandlerContext& context,
                                                        const std::optional<SilenceClause>& clause,
                                                        const Obligation& obligation);

}  // namespace ackd
