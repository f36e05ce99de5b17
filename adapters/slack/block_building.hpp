// The pieces of Block Kit that messages, views and forms share, within Slack's limits. Only for .cpp files:
// nlohmann/json is large.
#pragma once

#include "adapters/slack/chat_place.hpp"
#include "bot/notice.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::slack {

/// Members keep their order, so that the same notice gives the same bytes.
using BlockJson = nlohmann::ordered_json;

inline constexpr std::size_t view_title_max = 24;
inline constexpr std::size_t placeholder_max = 150;

/// What is not UTF-8 is replaced.
[[nodiscard]] std::string text_of_json(const BlockJson& json);

/// Cut to `limit` characters; Slack refuses an empty one, so that becomes "…".
[[nodiscard]] BlockJson plain_object(std::string_view text, std::size_t limit);

[[nodiscard]] BlockJson section_block(std::string_view text);
[[nodiscard]] BlockJson context_block(std::string_view text);

/// As few blocks as their limits allow.
void append_lines(BlockJson& blocks, const std::vector<Line>& lines, const ChatPlace& place);

/// A cut value would mean something else, so a choice whose value is too long is left out.
[[nodiscard]] BlockJson options_of(const std::vector<Choice>& choices);

}  // namespace ackd::slack
