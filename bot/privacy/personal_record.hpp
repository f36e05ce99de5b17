// What ackd has of one person, for that person alone: a summary, and all of it as JSON. The schema is in
// docs/privacy.md.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <string>
#include <vector>

namespace ackd {

/// One record a line, each a JSON object whose "what" says which kind it is. Everything that has their id is
/// in one of them.
[[nodiscard]] std::vector<std::string> personal_record(HandlerContext& context, const UserId& person);

/// Counts by kind, since when, and what goes when.
[[nodiscard]] Notice me_reply(HandlerContext& context, const UserId& person);

/// Sends the record as direct messages, in order; says how many.
[[nodiscard]] Notice export_record(HandlerContext& context, const UserId& person);

}  // namespace ackd
