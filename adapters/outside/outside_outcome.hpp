// What an answer means, or that there was none. Nothing ends in doubt: the receiver knows by the id what it
// has already heard, so what may have arrived is simply told again. Details are in our own words, since an
// answer may repeat what was sent to it. Pure.
#pragma once

#include "bot/effect.hpp"

#include <chrono>
#include <string>

namespace ackd::outside {

/// However far off a receiver wants the next attempt.
inline constexpr std::chrono::hours retry_after_max{1};

/// Of a final status, 200 and more.
[[nodiscard]] EffectOutcome outcome_of_http(int status, std::chrono::seconds retry_after);

/// Of a refusal by the mail server: its last reply's code, and its lines (what they say is told, in short).
[[nodiscard]] Fault fault_of_smtp(int code, const std::string& reply);

}  // namespace ackd::outside
