// Slack's message markup ("mrkdwn") to and from RichText. Pure; total on any bytes.
//
//   <@U1> <@U1|label>        a Mention            <!subteam^S1|@handle>      a GroupMention
//   <#C1> <#C1|name>         a ChannelName        <!date^SECONDS^…|text>     a Moment
//   <https://team.slack.com/archives/C1/p1700000000000100|label>             a MessageLink
//   <https://x|label> <https://x> <mailto:a@b|label>                         a Link
//   <!here> and everything else                                              Words
//   &amp; &lt; &gt;          the only three escapes
//
// What people's clients write as styles (`*bold*`, backticks, `>`) stays in the Words as it is: Slack offers
// no escape for it, and it decides nothing.
#pragma once

#include "bot/rich_text.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::slack {

/// `workspace_url` tells links to messages of this workspace from other links; empty: there are none.
[[nodiscard]] RichText parse_mrkdwn(std::string_view text, std::string_view workspace_url);

/// A MessageLink when it leads to a message of this workspace, else a Link.
[[nodiscard]] Span link_to(std::string_view address, std::string_view label, std::string_view workspace_url);
/// Nothing for what is no time of this world: before the epoch, or thousands of years ahead.
[[nodiscard]] std::optional<Moment> moment_at(std::int64_t unix_seconds, std::string_view fallback);
/// To the words at its end, where there are some.
void append_words(RichText& out, std::string words);

/// For everything that is not a Strong or a Code, and with neighbouring Words joined:
/// parse_mrkdwn(to_mrkdwn(x)) == x.
[[nodiscard]] std::string to_mrkdwn(const RichText& text, std::string_view workspace_url);

/// Escapes `&`, `<` and `>`, and replaces what is not UTF-8, so that foreign text cannot mention anybody.
[[nodiscard]] std::string escape_mrkdwn(std::string_view text);

/// The same words without any markup, for texts that Slack shows as plain.
[[nodiscard]] std::string to_plain_words(const RichText& text);

/// The markup in pieces of at most `limit` characters, for texts that Slack bounds. Breaks between words
/// where it can, never inside a reference or an escape. Empty for empty text.
[[nodiscard]] std::vector<std::string> to_mrkdwn_pieces(const RichText& text,
                                                        std::string_view workspace_url,
                                                        std::size_t limit);

/// How long Slack takes a text to be: UTF-16 units, the most careful of the countings that are about
/// characters.
[[nodiscard]] std::size_t length_of(std::string_view utf8);

/// The text itself when it has at most `limit` characters, else its beginning with "…" as its last.
[[nodiscard]] std::string cut_to(std::string_view utf8, std::size_t limit);

/// The same bytes with everything that is not valid UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view bytes);

/// The web address of a message: `https://team.slack.com/archives/C1/p1700000000000100`.
[[nodiscard]] std::string permalink(const MessageRef& message, std::string_view workspace_url);

}  // namespace ackd::slack
