// Traffic for where no recorded conversation is at hand: small talk in conversations over half a year.
#pragma once

#include "chat_logs/chat_log.hpp"

#include <cstdint>

namespace ackd::replay {

/// Some fifty people, a few of whom write most of it; one message in five mentions somebody.
[[nodiscard]] chat_logs::ChatLog made_up_log(int message_count, std::uint64_t seed);

}  // namespace ackd::replay
