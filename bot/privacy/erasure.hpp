// Forgetting somebody: their id, their name and what they wrote go from every table, and what is left (that
// somebody asked, that somebody answered) belongs to their token. See docs/privacy.md.
#pragma once

#include "bot/engine/handler_context.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// Shown where a forgotten person's name was.
inline constexpr const char* nobodys_name = "somebody who left no trace here";
/// Shown where what they wrote was.
inline constexpr const char* erased_text = "(The text was erased: whoever wrote it asked to be forgotten.)";

/// Columns in which people's own words are kept, where somebody may be called by name.
struct TextColumn {
    std::string_view table;
    std::string_view column;
};
[[nodiscard]] const std::vector<TextColumn>& columns_of_words();

/// `id` becomes `other` wherever it stands as a whole: not within a longer id.
[[nodiscard]] std::string with_id_replaced(std::string_view text,
                                           std::string_view id,
                                           std::string_view other);
/// The name becomes "somebody" wherever it stands as a word, however it is capitalised.
[[nodiscard]] std::string with_name_replaced(std::string_view text, std::string_view name);

/// All of it, in the running transaction. What they owe must have ended before; cards and messages of others
/// that spoke of them are drawn again. The file needs a scrub afterwards, which `context.upkeep` then wants.
void erase_person(HandlerContext& context, const UserId& person);

}  // namespace ackd
