// The workspace: who is in it, what was said where, and the events that each change causes.
//
// A pure model without I/O and without a clock: every change takes `now`. It answers with Slack's own error
// codes and keeps Slack's rules about membership, threads and tombstones, whoever asks; what only an app may
// not do is the Web API's business. Each change leaves inner events (the "event" of the Events API) behind,
// for those conversations only that the app's bot is a member of; take_events() hands them over in the order
// of happening.
//
// Stamps are unique and increasing across the whole workspace. Everything is bounded: the oldest messages of
// a channel that is over `messages_per_channel_max` are forgotten together with their place in threads.
// Single-threaded.
#pragma once

#include "sandbox/model/outcome.hpp"
#include "sandbox/model/workspace_types.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sandbox {

/// An inner event and the subscription (message.channels, reaction_added, …) that a manifest asks for it by.
struct InnerEvent {
    std::string subscription;
    Json body;
};

/// Something that people see differently from now on, for those who show it: which message (`channel`, `ts`),
/// channel, person or group. What has gone is told in the same way, and is not to be found then.
struct VisibleChange {
    enum class What { message, ephemeral, channel, person, group };
    What what = What::message;
    ChannelId channel;
    Ts ts;
    UserId user;  ///< of an ephemeral message: who sees it
    GroupId group;

    friend bool operator==(const VisibleChange&, const VisibleChange&) = default;
};

struct PostDraft {
    ChannelId channel;
    UserId user;
    std::string text;
    Json blocks;
    Json attachments;
    Json metadata;
    std::string username;
    std::string subtype;
    UserId inviter;     ///< of a channel_join
    std::string topic;  ///< of a channel_topic
    std::optional<Ts> thread;
    bool broadcast = false;
    bool from_app = false;
};

struct MessageChange {
    std::string text;
    Json blocks;
    Json attachments;
    Json metadata;
    std::optional<UserId> editor;  ///< none leaves no "(edited)" mark, as with an app's own updates
};

enum class Wire { plain, mention_names };  ///< whether "@ada" and "#general" in typed text become mentions

class Workspace {
public:
    static constexpr std::size_t messages_per_channel_max = 200'000;
    static constexpr std::size_t ephemerals_per_channel_max = 5'000;
    static constexpr std::size_t users_max = 20'000;
    static constexpr std::size_t channels_max = 20'000;
    static constexpr std::size_t reactions_per_message_max = 23;

    explicit Workspace(Team team);

    // --- people
    // --------------------------------------------------------------------------------------------------
    /// `fields` as in users.info plus "id", "name", "real_name", …; an empty id is filled. Emits team_join.
    /// Errors: name_taken, too_many_users, invalid_user with the reason as a message.
    Outcome<UserId> add_user(const Json& fields, Instant now);
    /// Changes what `fields` names. Emits user_change, or dnd_updated_user, or both. Errors: user_not_found,
    /// name_taken, invalid_user.
    Outcome<UserId> change_user(const UserId& id, const Json& fields, Instant now);
    [[nodiscard]] const User* find_user(const UserId& id) const;
    /// By id, "@name" or "name".
    [[nodiscard]] const User* find_user_named(std::string_view text) const;
    [[nodiscard]] const std::map<UserId, User>& users() const { return users_; }

    // --- channels
    // ------------------------------------------------------------------------------------------------
    /// Errors: name_taken, invalid_name, too_many_channels.
    Outcome<ChannelId> add_channel(
        ChannelId id, const std::string& name, ChannelKind kind, const UserId& creator, Instant now);
    /// The direct conversation of the app and a person, opened on first use. Errors: user_not_found,
    /// cannot_dm_bot.
    Outcome<ChannelId> open_direct(const UserId& user, Instant now);
    /// False when they were in already. Emits member_joined_channel and the channel_join message.
    Outcome<bool> join(const ChannelId& channel, const UserId& user, const UserId& inviter, Instant now);
    /// False when they were not in. Emits member_left_channel.
    Outcome<bool> leave(const ChannelId& channel, const UserId& user, Instant now);
    Outcome<bool> rename(const ChannelId& channel, const std::string& name, Instant now);
    Outcome<bool> archive(const ChannelId& channel, const UserId& by, Instant now);
    /// For setting a workspace up: without a message.
    void set_topic(const ChannelId& channel, std::string topic, std::string purpose);
    /// What somebody in it makes of its topic, as wire text. Posts who did it as a message; false, and
    /// without one, when it is so already. Errors: channel_not_found, not_in_channel, is_archived, too_long,
    /// method_not_supported_for_channel_type.
    Outcome<bool> change_topic(const ChannelId& channel, const UserId& by, std::string topic, Instant now);
    /// Puts these people in without events and notices: for setting a workspace up.
    void settle_members(const ChannelId& channel, const std::vector<UserId>& users);
    [[nodiscard]] const Channel* find_channel(const ChannelId& id) const;
    /// By id, "#name" or "name".
    [[nodiscard]] const Channel* find_channel_named(std::string_view text) const;
    [[nodiscard]] const std::map<ChannelId, Channel>& channels() const { return channels_; }

    // --- user groups
    // ---------------------------------------------------------------------------------------------
    /// Creates or changes the group with this handle. Emits subteam_created, subteam_updated and
    /// subteam_members_changed. Errors: user_not_found.
    Outcome<GroupId> set_group(GroupId id,
                               const std::string& handle,
                               const std::string& name,
                               const std::optional<std::vector<UserId>>& users,
                               std::optional<bool> disabled,
                               Instant now);
    /// These are in it, and nobody else. Emits subteam_updated and subteam_members_changed. Errors:
    /// no_such_subteam, no_users_provided, invalid_users, invalid_user (a bot, or a guest),
    /// single_channel_guests_cannot_be_added.
    Outcome<GroupId> change_members(const GroupId& id, const std::vector<UserId>& users, Instant now);
    [[nodiscard]] const UserGroup* find_group(const GroupId& id) const;
    [[nodiscard]] const UserGroup* find_group_handle(std::string_view handle) const;
    [[nodiscard]] const std::map<GroupId, UserGroup>& groups() const { return groups_; }

    // --- messages
    // ------------------------------------------------------------------------------------------------
    /// Errors: channel_not_found, is_archived, user_not_found, not_in_channel, thread_not_found,
    /// cannot_reply_to_message (a reply's stamp was given as the thread).
    Outcome<Ts> post(PostDraft draft, Instant now);
    /// Errors: channel_not_found, message_not_found, cant_update_message (a tombstone).
    Outcome<Ts> edit(const ChannelId& channel, Ts ts, MessageChange change, Instant now);
    /// A parent with replies becomes a tombstone. Errors: channel_not_found, message_not_found.
    Outcome<Ts> erase(const ChannelId& channel, Ts ts, Instant now);
    /// Errors: channel_not_found, message_not_found, already_reacted, too_many_emoji, is_archived.
    Outcome<bool> react(
        const ChannelId& channel, Ts ts, const UserId& user, const std::string& name, Instant now);
    /// Errors: channel_not_found, message_not_found, no_reaction.
    Outcome<bool> unreact(
        const ChannelId& channel, Ts ts, const UserId& user, const std::string& name, Instant now);
    /// Errors: channel_not_found, user_not_in_channel, is_archived.
    Outcome<Ts> post_ephemeral(const ChannelId& channel, Ephemeral draft, Instant now);
    Ephemeral* find_ephemeral(const ChannelId& channel, Ts ts);
    void erase_ephemeral(const ChannelId& channel, Ts ts);
    [[nodiscard]] const Message* find_message(const ChannelId& channel, Ts ts) const;

    // --- events
    // --------------------------------------------------------------------------------------------------
    void emit(std::string subscription, Json body);
    [[nodiscard]] std::vector<InnerEvent> take_events();
    /// What has changed since the last call, in the order of happening, each thing once.
    [[nodiscard]] std::vector<VisibleChange> take_changes();
    /// "message.channels", "message.groups" or "message.im".
    [[nodiscard]] static std::string message_subscription(ChannelKind kind);

    [[nodiscard]] const Team& team() const { return team_; }
    [[nodiscard]] bool bot_is_in(const Channel& channel) const { return channel.has(team_.bot_user); }
    /// The next stamp: `now`, or just after the last one given out when that is later.
    Ts next_ts(Instant now);
    /// Grows with everything that people can see change.
    [[nodiscard]] std::uint64_t version() const { return version_; }
    /// What somebody typed as it goes over the wire: escaped, links in brackets, names resolved when asked
    /// for.
    [[nodiscard]] std::string wire_text(std::string_view typed, Wire names) const;
    /// "<@U…>", "<!subteam^S…|@handle>" or "<!here>" for a name without "@"; "" when there is none.
    [[nodiscard]] std::string mention_of(std::string_view name) const;
    /// "<#C…|name>" for a channel's name; "" when there is none.
    [[nodiscard]] std::string link_of(std::string_view channel_name) const;

private:
    Channel* channel(const ChannelId& id);
    Message* message(Channel& channel, Ts ts);
    std::string new_id(char prefix);
    void emit_message_event(const Channel& channel, Json event);
    void forget_oldest(Channel& channel);
    void note_message(const Channel& channel, Ts ts);
    void note_reaction(const char* event,
                       const Channel& channel,
                       const Message& target,
                       const UserId& user,
                       const std::string& name,
                       Instant now);
    void note_channel(const ChannelId& channel);
    void note(VisibleChange change);
    void add_member(Channel& channel, const UserId& user);

    Team team_;
    std::map<UserId, User> users_;
    std::unordered_map<std::string, UserId> user_names_;
    std::map<ChannelId, Channel> channels_;
    std::unordered_map<std::string, ChannelId> channel_names_;
    std::map<UserId, ChannelId> directs_;
    std::map<GroupId, UserGroup> groups_;
    std::vector<InnerEvent> events_;
    std::vector<VisibleChange> changes_;
    Ts last_ts_;
    std::uint64_t ids_given_ = 0;
    std::uint64_t version_ = 0;
};

}  // namespace sandbox
