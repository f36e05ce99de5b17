// What notices of many kinds are made of, and the words of a command as plain text.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/input.hpp"
#include "bot/notice.hpp"

#include <string>
#include <vector>

namespace ackd {

/// With one section, which is empty.
[[nodiscard]] Notice notice_of(NoticeKind kind, std::string summary);
/// Words around an instant that every reader sees in their own time zone.
[[nodiscard]] RichText with_moment(std::string before, Instant at, std::string after = "");
/// What was typed behind a command, with names in place of people, groups and channels.
[[nodiscard]] std::vector<std::string> typed_words(HandlerContext& context, const CommandGiven& given);

}  // namespace ackd
