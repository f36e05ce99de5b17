// Everything the bot may do to the outside world, as values. A handler returns them; the outbox keeps them
// with the state that caused them; the courier hands them to an adapter; what came of them returns as an
// EffectSettled input.
#pragma once

#include "bot/destinations/destination.hpp"
#include "bot/fault.hpp"
#include "bot/form.hpp"
#include "bot/instant.hpp"
#include "bot/notice.hpp"
#include "bot/topic_part.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ackd {

/// Post to a channel, a thread of it, or one person (a direct message; the adapter finds the conversation).
struct PostMessage {
    ChannelId channel;   ///< empty when `person` is set
    UserId person;       ///< empty when `channel` is set
    std::string thread;  ///< stamp of the thread's first message, or empty
    Notice notice;
};

/// Replace one of our own messages. Doing it twice is harmless.
struct UpdateMessage {
    MessageRef message;
    Notice notice;
    /// Of an action on that message (see EphemeralReply): a way to replace it that the chat does not limit.
    std::string reply_address{};
};

/// Answer one person alone, where they acted. Cannot be looked up afterwards: sent at most once.
struct EphemeralReply {
    ChannelId channel;
    UserId person;
    std::string thread;
    std::string reply_address;       ///< the interaction's response URL: a secret; may be empty
    bool replaces_original = false;  ///< replace the ephemeral message the person acted on
    Notice notice;
};

/// Read one message: who wrote it, what it says, whom it mentions.
struct FetchMessage {
    MessageRef message;
    std::string thread;  ///< stamp of the thread's first message when `message` is a reply, or empty
};

/// Who is in a channel now.
struct ListChannelMembers {
    ChannelId channel;
};

/// Read what was said: a channel's own messages, or one thread. One page; the newest messages of a channel
/// come first, the oldest of a thread.
struct ReadHistory {
    ChannelId channel;
    std::string thread;  ///< stamp of the thread's first message, which always comes with it; or empty
    Instant since{};
    std::string before;  ///< only what is older than this stamp; empty: no bound
    std::string after;   ///< only what is newer than this stamp; empty: no bound
};

/// What a person's App Home shows from now on. Doing it twice is harmless.
struct PublishHome {
    UserId person;
    Notice notice;
};
/// Something to read, in front of what the person is looking at. Only within seconds of what they did there.
struct OpenDialog {
    std::string trigger;  ///< see ActionTaken
    Notice notice;
};

/// Something to fill in, likewise. Tried once.
struct OpenForm {
    std::string trigger;
    Form form;
};

/// Tell somebody outside the chat. The delivery's id goes with it, the same each time: who hears it twice
/// knows.
struct TellOutside {
    Destination destination;
    OutsideMessage message;
};

/// Of a channel's topic our part says this from now on; what people wrote around it stays. Where it says so
/// already nothing is done: people see each change of a topic. Doing it twice is harmless.
struct SetTopicPart {
    ChannelId channel;
    TopicPart part;
};

/// Who is in a user group from now on: these, at least one, and nobody else. Where it is so already nothing
/// is done. Doing it twice is harmless.
struct SetGroupMembers {
    GroupId group;
    std::vector<UserId> members;
};

using Effect = std::variant<PostMessage,
                            UpdateMessage,
                            EphemeralReply,
                            FetchMessage,
                            ListChannelMembers,
                            ReadHistory,
                            PublishHome,
                            OpenDialog,
                            OpenForm,
                            TellOutside,
                            SetTopicPart,
                            SetGroupMembers>;

/// Which adapter something comes through, or goes out by.
enum class Door {
    chat,     ///< the chat
    web,      ///< what other programs send us over HTTP
    outside,  ///< other programs and machines that we tell something
};

/// Which adapter carries it out.
[[nodiscard]] Door door_of(const Effect& effect);

/// One effect on its way. `id` is its idempotency key: it travels with the message as metadata.
struct Delivery {
    OutboxId id;
    int attempt = 1;
    /// An earlier attempt may have succeeded without our learning of it: before posting, look for a message
    /// with this id in the conversation, no older than `intended_at`, and adopt it when it is there.
    bool in_doubt = false;
    /// What it says has been overtaken: adopt the message if it is there (so that it can be brought up to
    /// date), and otherwise end in Done without posting. Only with `in_doubt`.
    bool only_look = false;
    /// Somebody looks at the screen and waits for it.
    bool is_awaited = false;
    Instant intended_at;
    Effect effect;
};

struct Posted {
    MessageRef message;    ///< the real channel, also for direct messages
    bool adopted = false;  ///< found by a look-up rather than posted now
};
/// Done, with nothing to remember (updates, ephemeral replies).
struct Done {};
struct FetchedMessage {
    UserId author;
    bool by_bot = false;
    std::string thread;  ///< stamp of its thread's first message, or empty when it is in no thread
    RichText text;
    std::string edited{};  ///< stamp of its last edit by a person, or empty
    Instant said_at{};
};
struct ChannelMembers {
    std::vector<UserId> members;
};

/// Everybody who has this reaction on a message now.
struct ReactionState {
    std::string emoji;  ///< as in ReactionChanged
    std::vector<UserId> people;
    bool is_complete = true;  ///< false: the chat named only some of them
};
/// A message as it stands in the chat's history.
struct PastMessage {
    std::string stamp;
    Instant said_at{};
    std::string thread;  ///< as in MessagePosted
    UserId author;
    bool by_bot = false;
    bool is_ours = false;
    bool is_deleted = false;  ///< a thread's first message of which only a trace is left
    std::string edited;       ///< stamp of its last edit by a person, or empty
    RichText text;
    std::vector<ReactionState> reactions;
};
struct HistoryPage {
    std::vector<PastMessage> messages;
    bool has_more = false;
};

using EffectOutcome = std::variant<Posted, Done, FetchedMessage, ChannelMembers, HistoryPage, Fault>;

}  // namespace ackd
