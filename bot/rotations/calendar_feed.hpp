// A rotation's calendar, as programs subscribe to it: what is asked, and what is answered. Where there is no
// such rotation, the answer is none.
#pragma once

#include "bot/ids.hpp"

#include <string>

namespace ackd {

/// Somebody's calendar reads the feed of a rotation.
struct CalendarAsked {
    /// Its name in the policy.
    std::string rotation;
    /// Which of its keys let the calendar in.
    WebKeyId key{};
};

struct CalendarFeed {
    /// iCalendar (rotation_calendar.hpp).
    std::string text;
    /// The same as long as the shifts and what people are called are the same. The text is not: each has the
    /// time at which it was made. Letters and digits.
    std::string version;
    friend bool operator==(const CalendarFeed&, const CalendarFeed&) = default;
};

}  // namespace ackd
