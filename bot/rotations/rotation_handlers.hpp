// Being on call, as the rest of the bot asks about it: who is on, who comes next, and who takes it over for a
// while. Whatever is asked, it is answered from `shifts_between` (rotation_rules.hpp).
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"
#include "bot/rotations/calendar_feed.hpp"
#include "bot/rotations/rotation_rules.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// Who is on at an instant, each once; nobody: there is no such rotation, or nothing is covered then. Also
/// those who have left since the policy was written: whoever asks them looks at that, as for anybody else.
[[nodiscard]] std::vector<UserId> people_on_call(HandlerContext& context,
                                                 const std::string& rotation,
                                                 Instant at);

/// With what was agreed besides; see `shifts_between`.
[[nodiscard]] std::vector<OnCallShift> shifts_of(HandlerContext& context,
                                                 const Rotation& rotation,
                                                 const TimeSpan& span);

/// What calendars subscribe to: a month back and a year ahead (rotation_calendar.hpp), with everything that
/// was agreed.
[[nodiscard]] CalendarFeed calendar_feed(HandlerContext& context, const Rotation& rotation);

/// Somebody's shift, and of which rotation.
struct ShiftOfPerson {
    const Rotation* rotation = nullptr;
    OnCallShift shift;
};
/// Those that this person has, or will have within `ahead`, in order.
[[nodiscard]] std::vector<ShiftOfPerson> shifts_ahead_of(HandlerContext& context,
                                                         const UserId& person,
                                                         Duration ahead);

/// Somebody takes it over from now until then: nobody is asked, whose shift it is hears of it, and either can
/// undo it. Gives the answer. `until` empty: as one tap would have it (taken_until).
[[nodiscard]] Notice take_shift(HandlerContext& context,
                                const Rotation& rotation,
                                const UserId& person,
                                std::optional<Instant> until);
/// It is undone: by who took it, by who is on again, or by a lead.
[[nodiscard]] Notice give_back_shift(HandlerContext& context, OverrideId id, const UserId& person);

/// For who comes on next.
[[nodiscard]] Notice leave_note(HandlerContext& context,
                                const Rotation& rotation,
                                const UserId& person,
                                const std::string& text);

/// Who hears of gaps: the leads who are there, else the admins.
[[nodiscard]] std::vector<UserId> leads_of(HandlerContext& context, const Rotation& rotation);

/// Who is on has changed, or may have: what follows from it is looked at in this cycle of the engine, and
/// whose App Home shows it sees it, and so do the places that show it.
void rotation_changed(HandlerContext& context, const Rotation& rotation);

/// The longest that a hand-over note may be, and how long it is kept.
inline constexpr std::size_t hand_over_note_max = 1'000;
inline constexpr std::chrono::days hand_over_note_for{14};
/// Overrides of one rotation that have not ended.
inline constexpr std::int64_t overrides_ahead_max = 2'000;

}  // namespace ackd
