// Text as people write and read it in chat, without any chat's markup: plain words and references to people,
// groups, channels, messages and moments. Adapters translate it from and to their markup, and escape what is
// foreign.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <string>
#include <variant>
#include <vector>

namespace ackd {

/// Words. Never interpreted as markup.
struct Words {
    std::string text;
    friend bool operator==(const Words&, const Words&) = default;
};
/// A person, pinged by it when posted.
struct Mention {
    UserId user;
    friend bool operator==(const Mention&, const Mention&) = default;
};
/// A user group, pinged by it when posted.
struct GroupMention {
    GroupId group;
    friend bool operator==(const GroupMention&, const GroupMention&) = default;
};
/// A channel, shown as a link to it.
struct ChannelName {
    ChannelId channel;
    friend bool operator==(const ChannelName&, const ChannelName&) = default;
};
/// A link to one message, shown as `label`.
struct MessageLink {
    MessageRef message;
    std::string label;
    friend bool operator==(const MessageLink&, const MessageLink&) = default;
};
/// A link to somewhere else. What it is called is not what somebody says.
struct Link {
    std::string address;
    std::string label{};  ///< empty: it is shown as its address
    [[nodiscard]] const std::string& shown() const { return label.empty() ? address : label; }
    friend bool operator==(const Link&, const Link&) = default;
};
/// An instant that every reader sees in their own time zone. `fallback` is for clients that cannot.
struct Moment {
    Instant at;
    std::string fallback;
    friend bool operator==(const Moment&, const Moment&) = default;
};
/// Words set apart as the important ones.
struct Strong {
    std::string text;
    friend bool operator==(const Strong&, const Strong&) = default;
};
/// Something to type, shown in a fixed-width face.
struct Code {
    std::string text;
    friend bool operator==(const Code&, const Code&) = default;
};

using Span = std::variant<Words, Mention, GroupMention, ChannelName, MessageLink, Moment, Strong, Code, Link>;
using RichText = std::vector<Span>;

}  // namespace ackd
