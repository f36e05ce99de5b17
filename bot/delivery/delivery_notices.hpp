// The words of reliable delivery: cards, nudges, escalations, dead letters and the answers to what people do.
// Composed from the state at the moment of sending. The tone: the thing asked for first, the reason after it,
// the way out last; of the system, never of the person.
#pragma once

#include "bot/delivery/obligation.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// The longest excerpt of somebody's message that we show.
inline constexpr std::size_t excerpt_max = 140;
/// The first `length_max` characters, never cutting one in half, with "…" where something is missing.
[[nodiscard]] std::string shortened(const std::string& text, std::size_t length_max);
/// Rich text as plain text, with names for people, groups and channels.
[[nodiscard]] std::string plain_text(HandlerContext& context, const RichText& text);

[[nodiscard]] Notice card_notice(HandlerContext& context, const Request& request);

/// One or several obligations, for the person who is waited for. Each item is worded by how it stands now:
/// asked, reminded, or over.
[[nodiscard]] Notice nudge_notice(HandlerContext& context,
                                  const UserId& person,
                                  const std::vector<ObligationId>& items);

/// For those called in by a step; `person` is empty for a channel.
[[nodiscard]] Notice escalation_notice(HandlerContext& context,
                                       const UserId& person,
                                       const std::vector<ObligationId>& items);

[[nodiscard]] Notice dead_letter_notice(HandlerContext& context,
                                        const UserId& owner,
                                        const std::vector<ObligationId>& items);

/// To the creditor: somebody can't, and there is no backup to ask.
[[nodiscard]] Notice declined_notice(HandlerContext& context,
                                     const Request& request,
                                     const Obligation& declined);
/// To the creditor: a step of the route has nobody in it.
[[nodiscard]] Notice empty_step_notice(HandlerContext& context,
                                       const Request& request,
                                       const std::vector<int>& steps);
/// To the creditor: there was nobody to ask, or the ask could not be posted.
[[nodiscard]] Notice not_asked_notice(HandlerContext& context,
                                      const Request& request,
                                      const std::string& reason);
/// To the creditor, before anybody is asked: what it costs, and the ways that cost less.
[[nodiscard]] Notice price_notice(HandlerContext& context, const Request& request);
/// To the creditor: the message changed after people acked it.
[[nodiscard]] Notice edited_notice(HandlerContext& context, const Request& request, int acks);

/// "Recorded", with how the request stands and the way back.
[[nodiscard]] Notice recorded_reply(HandlerContext& context,
                                    const Request& request,
                                    const Obligation& obligation,
                                    const UserId& person);
[[nodiscard]] Notice cover_reply(HandlerContext& context, const Request& request);
/// A plain answer of one or a few lines.
[[nodiscard]] Notice plain_reply(const std::string& text);
/// Who has answered and who is waited for, without figures on anybody.
[[nodiscard]] Notice who_reply(HandlerContext& context, const Request& request);
/// Why this came to this person.
[[nodiscard]] Notice why_reply(HandlerContext& context,
                               const Request& request,
                               const Obligation& obligation,
                               const UserId& person);
/// The time line of a request, from the journal.
[[nodiscard]] Notice trace_reply(HandlerContext& context, const Request& request, const UserId& reader);
/// What is waiting for me, what I am waiting for, and the short help.
[[nodiscard]] Notice overview_reply(HandlerContext& context, const UserId& person);

/// A request as people name it: "#12".
[[nodiscard]] std::string number_of(RequestId id);

}  // namespace ackd
