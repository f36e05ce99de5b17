// A notice as plain text, to be compared whole:
//
//   Ann needs an answer from Bo          a plain line
//   > the subject, in its own words      a quote
//   ~ context                            a small line
//   [Got it] [Snooze ▾: 1 hour | …]      buttons and menus; "⋯" for what is tucked away
//
// Inside a line: <@U1> pings, *strong*, `code`, {a moment}, (open→) a link. A bundle's sections are parted by
// "----".
#pragma once

#include "bot/notice.hpp"
#include "bot/people/local_time.hpp"

#include <string>

namespace ackd {

[[nodiscard]] std::string text_of(const RichText& text);
[[nodiscard]] std::string text_of(const Action& action);
[[nodiscard]] std::string text_of(const Notice& notice);
/// The value that goes with a button, or with a menu's choice: what comes back when somebody uses it.
[[nodiscard]] std::string value_behind(const Notice& notice,
                                       const std::string& name,
                                       const std::string& choice = "");

}  // namespace ackd
