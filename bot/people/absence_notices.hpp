// The words about absences.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <string>
#include <vector>

namespace ackd {

/// "Fri 00:00 until Tue 00:00", in the reader's time; "now until …" for what has begun.
[[nodiscard]] std::string span_words(HandlerContext& context, const UserId& reader, const TimeSpan& span);

/// What was not understood, and the line that would be.
[[nodiscard]] Notice absence_mistake_reply(const std::string& problem, const std::string& corrected);
/// The answer to a new absence.
[[nodiscard]] Notice absence_set_reply(HandlerContext& context, const Absence& absence);
/// The answer to /out alone.
[[nodiscard]] Notice absences_reply(HandlerContext& context, const std::vector<Absence>& absences);
/// To the delegate, when they are named.
[[nodiscard]] Notice named_as_delegate_notice(HandlerContext& context, const Absence& absence);
/// To who asked somebody who is away.
[[nodiscard]] Notice answered_meanwhile_notice(HandlerContext& context,
                                               const Request& request,
                                               const Absence& absence);
/// To who is back: what waits, and what was done in their name. Nothing: neither.
[[nodiscard]] std::optional<Notice> welcome_back_notice(HandlerContext& context, const Absence& absence);

}  // namespace ackd
