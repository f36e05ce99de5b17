// Short messages that say something of a question rather than to it: thanks, "found it", "same here".
#pragma once

#include "bot/rich_text.hpp"

#include <cstdint>

namespace ackd {

enum class Closing : std::uint8_t {
    none,
    thanks,      ///< somebody was helped
    settled,     ///< by its asker: solved, found, withdrawn
    understood,  ///< "ah", "oh": soon after a question, by its asker, it is solved
    stuck,       ///< by its asker: what was answered did not help
    joins,       ///< somebody has the same question, and no answer: "same here", "+1"
};

[[nodiscard]] Closing closing_of(const RichText& text);

}  // namespace ackd
