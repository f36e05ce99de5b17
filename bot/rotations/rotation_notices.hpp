// What people read about rotations, each in their own time.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/fault.hpp"
#include "bot/notice.hpp"
#include "bot/rotations/on_call_place.hpp"
#include "bot/rotations/rotation_finding.hpp"
#include "bot/rotations/rotation_table.hpp"

#include <string>
#include <vector>

namespace ackd {

/// "Fri 09:00 until Sat 09:00 (your time)"; "now until …" for what has begun.
[[nodiscard]] std::string shift_words(HandlerContext& context, const UserId& reader, const TimeSpan& span);

/// Who is on in these rotations, until when, and who is next, with what one may do about it.
[[nodiscard]] Notice on_call_reply(HandlerContext& context,
                                   const UserId& reader,
                                   const std::vector<const Rotation*>& rotations);
[[nodiscard]] Notice not_of_rotation_reply(HandlerContext& context, const Rotation& rotation);

/// To who took it.
[[nodiscard]] Notice taken_reply(HandlerContext& context,
                                 const ShiftOverride& made,
                                 const std::vector<UserId>& relieved);
/// To whose shift it is.
[[nodiscard]] Notice relieved_notice(HandlerContext& context,
                                     const ShiftOverride& made,
                                     const UserId& reader);
/// It was undone by `person`, and `on` are on now.
[[nodiscard]] Notice given_back_notice(HandlerContext& context,
                                       const ShiftOverride& made,
                                       const UserId& person,
                                       const std::vector<UserId>& on);

/// To who comes on.
[[nodiscard]] Notice on_call_notice(HandlerContext& context,
                                    const std::string& rotation,
                                    const OnCallShift& shift);
/// Whose turn it was when the message was on its way.
[[nodiscard]] Notice on_call_over_notice(const std::string& rotation);

/// To who is asked, in a message that is drawn again: the offer, and what came of it.
[[nodiscard]] Notice swap_notice(HandlerContext& context, const ShiftSwap& swap);
/// To who offered it, as the answer to that.
[[nodiscard]] Notice swap_offered_reply(HandlerContext& context, const ShiftSwap& swap);
/// To who offered it: what came of it.
[[nodiscard]] Notice swap_outcome_notice(HandlerContext& context, const ShiftSwap& swap);

/// To the person it concerns, or to a lead.
[[nodiscard]] Notice finding_notice(HandlerContext& context,
                                    const RotationFinding& finding,
                                    const UserId& reader);

/// To a lead: the chat does not let us show there who is on, and what may be done about it.
[[nodiscard]] Notice place_refused_notice(HandlerContext& context,
                                          const OnCallPlace& place,
                                          FaultKind refusal);

}  // namespace ackd
