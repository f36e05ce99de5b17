// Everything that can happen. Adapters turn bytes into Inputs; the engine hands them, one transaction a
// batch, to the handlers. Chat-neutral: nothing here knows Slack's JSON.
#pragma once

#include "bot/alerts/alert_report.hpp"
#include "bot/effect.hpp"
#include "bot/form.hpp"
#include "bot/people/member.hpp"
#include "bot/rotations/calendar_feed.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ackd {

/// A message by a person (or a bot other than ourselves) was posted.
struct MessagePosted {
    MessageRef message;
    std::string thread;  ///< stamp of the thread's first message when it is a reply, else empty
    UserId author;
    bool by_bot = false;
    RichText text;
    /// By the chat's clock; none: now.
    Instant said_at{};
};
struct MessageEdited {
    MessageRef message;
    UserId author;
    RichText text;
    std::string edited{};  ///< stamp of the edit
};
struct MessageDeleted {
    MessageRef message;
};
struct ReactionChanged {
    MessageRef message;
    UserId person;
    UserId message_author;  ///< may be empty: the chat does not always say
    std::string emoji;      ///< the chat-neutral name without colons or skin tone: "white_check_mark", "eyes"
    bool added = true;
    /// The chat's stamp of this change; empty for what was found in the history, which does not tell.
    std::string changed_stamp{};
};
/// A slash command. It is answered in the acknowledgement (InputReceipt::wants_answer).
struct CommandGiven {
    std::string command;  ///< with its slash: "/ack"
    RichText text;
    UserId person;
    ChannelId channel;
    std::string reply_address;  ///< see EphemeralReply
    std::string trigger{};      ///< see ActionTaken
};
/// A button was pressed or a menu's choice made on one of our messages.
struct ActionTaken {
    std::string name;
    std::string value;
    UserId person;
    MessageRef message;
    std::string thread;
    bool on_ephemeral = false;
    std::string reply_address;
    bool in_home = false;   ///< on the App Home: there is no message, and no channel to answer in
    std::string trigger{};  ///< lets a dialog or a form be opened, once, within three seconds
};
/// A shortcut was picked from the chat's menus (see bot/commands/entry_points.hpp): anywhere, or on a
/// message.
struct ShortcutUsed {
    std::string name;
    UserId person;
    std::string trigger;    ///< see ActionTaken
    MessageRef message;     ///< only on a message, as what follows
    std::string thread;     ///< as in MessagePosted
    UserId message_author;  ///< may be empty
    RichText text;
    std::string reply_address;  ///< see EphemeralReply
};
/// A form was filled in and sent. Its answer is what keeps the form open: problems, or nothing.
struct FormSubmitted {
    std::string name;      ///< which form, see Form
    std::string instance;  ///< the same for every submission of one opened form
    std::string context;   ///< see Form
    UserId person;
    FormValues values;
};
/// Somebody looks at our App Home.
struct HomeOpened {
    UserId person;
};
/// A member joined, changed or left the workspace.
struct MemberChanged {
    Member member;
};
/// All members, as read at start and by the periodic refresh. Those missing are not touched.
struct MembersListed {
    std::vector<Member> members;
};
/// Somebody does not want to be disturbed by the chat, now or next; an empty span: nothing is set. The chat
/// tells only one span: of a daily one, the next day's is told when it is asked again after the end.
struct DoNotDisturbChanged {
    UserId person;
    Instant from{};
    Instant until{};
    /// When the chat said so: what it said before is old news. None: now.
    Instant told_at{};
};
/// The same of many people, as read at start and from time to time. Those missing are not touched.
struct DoNotDisturbListed {
    std::vector<DoNotDisturbChanged> people;
};
struct GroupChanged {
    UserGroup group;
};
struct GroupsListed {
    std::vector<UserGroup> groups;
};
/// Who we are in this workspace, as learnt at start.
struct WorkspaceKnown {
    std::string workspace;
    UserId bot_user;
    std::string bot;  ///< the bot's integration id
};
/// A channel, private channel or conversation that we are a member of.
struct Conversation {
    ChannelId id;
    std::string name;  ///< without "#"; empty for direct messages
    bool is_archived = false;
    /// What the chat does not call public is for its members.
    bool is_private = true;
    friend bool operator==(const Conversation&, const Conversation&) = default;
};
/// All of them, complete: those missing are not ours any more.
struct ConversationsListed {
    std::vector<Conversation> conversations;
};
/// Somebody (we, too) joined a channel.
struct ChannelJoined {
    ChannelId channel;
    UserId person;
    UserId inviter;  ///< may be empty
};
struct ChannelLeft {
    ChannelId channel;
    UserId person;  ///< empty: we ourselves
};
/// Renamed, archived or opened again.
struct ChannelChanged {
    ChannelId channel;
    std::optional<std::string> name;
    std::optional<bool> is_archived;
};
/// The chat gave a channel another id.
struct ChannelIdChanged {
    ChannelId before;
    ChannelId after;
};
/// Events may have been missed: what was said since must be read. Stored: do not renumber.
enum class GapReason {
    started = 0,
    reconnected = 1,  ///< there was no connection for a while
    resumed = 2,      ///< the machine slept
    events_lost = 3,  ///< the chat says that it dropped some
    periodic = 4,     ///< none that we know of; a slow sweep finds what was never delivered
};
[[nodiscard]] std::string_view name_of(GapReason reason);
struct CatchUpWanted {
    GapReason reason = GapReason::started;
};
/// What became of a Delivery.
struct EffectSettled {
    OutboxId id;
    EffectOutcome outcome;
};

/// Anything that must be confirmed and deduplicated but that no handler needs.
struct NothingToDo {};

using InputBody = std::variant<NothingToDo,
                               MessagePosted,
                               MessageEdited,
                               MessageDeleted,
                               ReactionChanged,
                               CommandGiven,
                               ActionTaken,
                               ShortcutUsed,
                               FormSubmitted,
                               HomeOpened,
                               MemberChanged,
                               MembersListed,
                               GroupChanged,
                               GroupsListed,
                               WorkspaceKnown,
                               ConversationsListed,
                               ChannelJoined,
                               ChannelLeft,
                               ChannelChanged,
                               ChannelIdChanged,
                               CatchUpWanted,
                               DoNotDisturbChanged,
                               DoNotDisturbListed,
                               AlertsReceived,
                               CalendarAsked,
                               EffectSettled>;

/// What the adapter needs back after the commit to confirm what it received. Opaque to the bot.
struct InputReceipt {
    Door door = Door::chat;        ///< whose receipt it is
    std::uint64_t connection = 0;  ///< 0: nobody waits for a confirmation
    std::string envelope;
    bool wants_answer = false;  ///< the confirmation may carry an answer for the person who acted
};

struct Input {
    /// Makes the second arrival of the same thing harmless, whichever way it comes: what was said and when
    /// for messages (see message_keys.hpp), else the chat's event id, the envelope's id for interactions.
    /// Empty: idempotent by itself (settled effects, listings, submitted forms, calendars).
    std::string key;
    Instant received_at{};
    InputReceipt receipt;
    InputBody body;

    /// Interactions go ahead of messages: a person is looking at the screen.
    [[nodiscard]] bool is_interactive() const
    {
        return std::holds_alternative<CommandGiven>(body) || std::holds_alternative<ActionTaken>(body) ||
               std::holds_alternative<ShortcutUsed>(body) || std::holds_alternative<FormSubmitted>(body);
    }
    /// What is known of people overtakes messages, too: at the first start, whoever types something right
    /// away must find themselves and their colleagues known.
    [[nodiscard]] bool goes_first() const
    {
        return is_interactive() || std::holds_alternative<MembersListed>(body) ||
               std::holds_alternative<GroupsListed>(body) || std::holds_alternative<WorkspaceKnown>(body) ||
               std::holds_alternative<ConversationsListed>(body) ||
               std::holds_alternative<DoNotDisturbListed>(body);
    }
};

/// The kind of input, for logs, counters and the dead-letter table.
[[nodiscard]] std::string_view name_of(const InputBody& body);

/// What who acted is told in the confirmation itself: nothing, something to read, what is to be corrected in
/// the form they sent, or what their calendar asked for.
using InputAnswer = std::variant<std::monostate, Notice, FormProblems, CalendarFeed>;

/// One thing the adapter may now confirm: it is durable.
struct Confirmation {
    InputReceipt receipt;
    InputAnswer answer;  ///< only where the receipt wanted one
};

}  // namespace ackd
