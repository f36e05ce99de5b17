// A recorded conversation in XML: one channel, its messages in the order they were said. A room of its own,
// which knows no other: the sandbox replays such logs, `ackd questions` reads them.
//
//     <slack>
//       <team_domain>acme</team_domain>
//       <channel_name>general</channel_name>
//       <message conversation_id="1">
//         <ts>2017-05-11T15:46:08.512661</ts>
//         <user>Jacob</user>
//         <text>does anyone know &lt;@Ann&gt;?</text>
//       </message>
//     </slack>
//
// Only this much of XML is read: elements, attributes (skipped, but for that one), the five named entities
// and numeric ones, comments, CDATA and a declaration. Elements with other names are skipped with all that is
// in them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chat_logs {

struct ChatLogMessage {
    std::string conversation;  ///< what was said in it belongs together; may be empty
    std::string said_at;       ///< "2017-05-11T15:46:08.512661"
    std::string user;
    std::string text;
};

struct ChatLog {
    std::string team_domain;
    std::string channel_name;
    std::vector<ChatLogMessage> messages;

    static constexpr std::size_t messages_max = 200'000;
    static constexpr std::size_t text_bytes_max = 64U << 10U;
};

struct ReadChatLog {
    std::optional<ChatLog> log;
    std::string problem;  ///< where and why there is none: "line 12: </text> does not close <user>"
};

[[nodiscard]] ReadChatLog read_chat_log(std::string_view xml);

/// Nothing when it is no such time.
[[nodiscard]] std::optional<std::chrono::sys_time<std::chrono::microseconds>> said_at_of(
    const ChatLogMessage& message);

/// Names in the text as <@Name>, in their order, each once.
[[nodiscard]] std::vector<std::string> mentioned_names(std::string_view text);

}  // namespace chat_logs
