// When somebody is at work: Monday to Friday, 9:00 to 17:30 where they are. Pure.
#pragma once

#include "sandbox/model/slack_identifiers.hpp"

#include <string>

namespace sandbox {

/// `from` when they are at work then, else when they next begin. UTC for a zone that is not known.
Instant next_at_work(const std::string& zone, Instant from);

}  // namespace sandbox
