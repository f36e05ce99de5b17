// What a workspace consists of: people, channels, user groups, messages. Plain values; workspace.hpp holds
// the rules.
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/model/slack_identifiers.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sandbox {

struct User {
    UserId id;
    std::string name;  ///< the handle, without "@"
    std::string real_name;
    std::string display_name;
    std::string email;
    std::string title;
    std::string status_text;
    std::string status_emoji;
    std::string tz = "Etc/UTC";
    std::string tz_label = "Coordinated Universal Time";
    int tz_offset_seconds = 0;
    std::string locale = "en-US";
    std::string bot_id;  ///< bots only
    bool is_bot = false;
    bool is_admin = false;
    bool is_owner = false;
    bool is_restricted = false;        ///< a guest
    bool is_ultra_restricted = false;  ///< a guest in one channel
    bool is_stranger = false;          ///< somebody of another company, seen through Slack Connect
    bool deleted = false;              ///< deactivated
    bool dnd_enabled = false;          ///< every day, from one time to another
    std::int64_t next_dnd_start = 0;   ///< Unix seconds, of one of these days
    std::int64_t next_dnd_end = 0;     ///< Unix seconds
    std::int64_t snoozed_at = 0;       ///< Unix seconds: paused by hand, once
    std::int64_t snooze_until = 0;     ///< Unix seconds
    std::string team_id;               ///< another company's for a stranger, else the workspace's
    Instant updated_at;
};

enum class ChannelKind { open, restricted, direct };  ///< Slack's public, private and im

struct Reaction {
    std::string name;
    std::vector<UserId> users;  ///< in the order of reacting
};

struct Edit {
    UserId by;
    Ts at;
};

struct Message {
    Ts ts;
    UserId user;
    std::string text;       ///< as on the wire: mentions as <@U…>, the three characters escaped
    Json blocks;            ///< an app's; null for a person's message, whose rich text is derived from `text`
    Json attachments;       ///< null or an array
    Json metadata;          ///< null or {event_type, event_payload}
    std::string subtype;    ///< channel_join, tombstone, …; a broadcast reply is told by `is_broadcast`
    UserId inviter;         ///< of a channel_join; none when somebody came on their own
    std::string topic;      ///< of a channel_topic: the new one
    std::string username;   ///< a customised name of an app's message
    std::string client_id;  ///< a person's client gives each message a UUID
    std::optional<Ts> thread;  ///< the parent, for replies only
    std::optional<Edit> edited;
    std::vector<Reaction> reactions;
    std::vector<Ts> replies;  ///< of a parent, oldest first
    bool from_app = false;
    bool is_broadcast = false;  ///< a reply that the channel shows too
};

/// Seen by one person only, kept apart from messages: the Web API cannot read it back.
struct Ephemeral {
    Ts ts;
    UserId to;
    std::string text;
    Json blocks;
    std::optional<Ts> thread;
    bool from_app = true;
};

struct Channel {
    ChannelId id;
    std::string name;
    ChannelKind kind = ChannelKind::open;
    std::string topic;
    std::string purpose;
    UserId creator;
    UserId direct_with;  ///< the person of a direct conversation with the app
    Instant created_at;
    Instant updated_at;
    bool is_general = false;
    bool is_archived = false;
    std::vector<UserId> members;  ///< in the order of joining
    std::set<UserId> member_set;
    std::map<Ts, Message> messages;
    std::map<Ts, Ephemeral> ephemerals;

    [[nodiscard]] bool has(const UserId& user) const { return member_set.count(user) > 0; }
};

struct UserGroup {
    GroupId id;
    std::string handle;
    std::string name;
    std::string description;
    std::vector<UserId> users;
    Instant created_at;
    Instant updated_at;
    std::optional<Instant> disabled_at;
};

/// Who the workspace and the app in it are.
struct Team {
    std::string id = "T0SANDBOX";
    std::string name = "Sandbox";
    std::string domain = "sandbox";
    std::string app_id = "A0ACKD";
    std::string app_name = "ackd";
    UserId bot_user{"U0ACKD"};
    std::string bot_id = "B0ACKD";
};

}  // namespace sandbox
