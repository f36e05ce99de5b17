// The outbox: effects committed in the transaction that caused them, waiting to be carried out.
//
// A row says what to speak of, not what to say: cards and nudges are composed from the state at the moment
// they are leased, so that a card is never old and a nudge whose ack has been committed never leaves. Only
// answers to what a person just did carry their text. A row's id is its idempotency key and travels with the
// message.
//
// Rows that would do the same thing are one: of what a destination is told of a request, of all the redraws
// of a card, of a group of alerts, of a signal of capacity, of a resync, of a retro or of a drift probe,
// refreshes of a message, redraws of a home, reads of a conversation and places that show who is on call at
// most one waits, since what it does is found out only when it is leased. One on its way does not count: it
// may not have seen what the newer one is for. When it comes back, the newer one gives way to it, because the
// chat may know its id.
//
//   waiting ──leased──► on its way ──settled──► gone
//      ▲                    │ try again (later; in doubt when it may have been done)
//      └────────────────────┘ restart: in doubt
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class OutboxKind {
    card = 1,         ///< post or redraw the card of `request`
    nudge = 2,        ///< to the person of the conversation, about the items
    escalation = 3,   ///< to the person or channel of the conversation, about the items
    dead_letter = 4,  ///< to its owner, about the items
    for_asker = 5,    ///< payload: a notice
    reply = 6,        ///< payload: an ephemeral answer
    refresh = 7,      ///< payload: the id of a sent message to be brought up to date
    fetch_subject = 8,
    list_members = 9,   ///< payload: the channel
    read_history = 10,  ///< payload: see catch_up_handlers.cpp
    read_more = 11,     ///< a further page of it
    dialog = 12,        ///< payload: see home_handlers.cpp
    home = 13,          ///< payload: whose App Home is drawn again
    form = 14,          ///< payload: see ask_handlers.cpp
    replace = 15,       ///< a refresh where somebody pressed; payload: see effect_composer.cpp
    digest =
        16,  ///< to the person of the conversation, about the items; payload: news, see digest_handlers.cpp
    welcome_back = 17,        ///< payload: the absence that is over
    need_question = 18,       ///< to who asked, about the items: is it still needed?
    read_back_question = 20,  ///< to who received it, about the items: to be said back
    said_back = 21,           ///< to who asked, about the items: how somebody says it back
    question_offer = 22,      ///< to who asked a question that nobody has answered, about the items
    read_question = 25,       ///< payload: see question_handlers.cpp
    raised = 26,              ///< to who raised something, about the item: how it stands
    keep_fetch =
        23,  ///< read an answer that is to be kept, and its question; payload: see kept_answer_handlers.cpp
    kept_question = 24,  ///< to who gave an answer: may it be kept? Payload: its number
    on_call = 30,        ///< to who comes on; payload: see rotation_watch.cpp
    swap_offer = 31,     ///< to who is asked to take a shift; payload: the offer's number
    swap_form = 32,      ///< payload: see swap_handlers.cpp
    alert_message = 35,  ///< post or redraw the message of a group of alerts; payload: its number
    alert_line = 36,     ///< one line about alerts, in their channel; payload: see alert_handlers.hpp
    outside = 40,        ///< to a destination; payload: see outside_handlers.hpp
    triage = 41,         ///< to who looks through dead letters this week; payload: see triage_handlers.hpp
    on_call_topic = 42,  ///< who is on, in a channel's topic; payload: see on_call_place_handlers.hpp
    on_call_group = 43,  ///< who is on, as a user group's members; likewise
    capacity = 44,       ///< post or redraw the message of a signal; payload: its number
    resync = 48,         ///< post or redraw the message of a resync's round; payload: its number
    divergence = 49,     ///< one line below it; payload: the divergence's number
    drift = 54,          ///< post or redraw the outcome of a drift probe; payload: its number
    retro = 52,          ///< post or redraw the message of a retro's round; payload: its number
};

/// Whether the row is for a place that shows who is on call (bot/rotations/on_call_place.hpp).
[[nodiscard]] inline bool shows_on_call(OutboxKind kind)
{
    return kind == OutboxKind::on_call_topic || kind == OutboxKind::on_call_group;
}

/// Stored: do not renumber. A person is looking at the screen, or not.
enum class OutboxLane { interactive = 1, ordinary = 2 };

struct OutboxItem {
    ObligationId obligation;
    int step = 0;
    int attempt = 0;
    friend bool operator==(const OutboxItem&, const OutboxItem&) = default;
};

/// OutboxItem::step of a reminder to somebody who has it already; `attempt` counts the reminders then.
inline constexpr int reminder_step = -1;
/// OutboxItem::step of a dead letter, for its owner.
inline constexpr int dead_letter_step = -2;
/// OutboxItem::step of what a digest lists besides what it was made for.
inline constexpr int listed_step = -3;
/// OutboxItem::step of the question to who asked, whether it is still needed.
inline constexpr int need_step = -4;
/// OutboxItem::step of the question to whoever has it, whether it is still with them.
inline constexpr int sign_step = -5;
/// OutboxItem::step of the question to say it back; `attempt` is the turn's number (read_back.hpp).
inline constexpr int read_back_step = -8;
/// OutboxItem::step of what somebody said back, for who asked; likewise.
inline constexpr int said_back_step = -9;
/// OutboxItem::step of the offer to who asked a question: shall somebody be asked?
inline constexpr int question_step = -10;
/// OutboxItem::step of what tells who raised it how it stands.
inline constexpr int raised_step = -13;

/// Where a message goes: a channel, a person's direct messages, or a destination. Order is kept per
/// conversation and lane.
[[nodiscard]] std::string conversation_of(const UserId& person);
[[nodiscard]] std::string conversation_of(const ChannelId& channel);
/// Of what is told there.
[[nodiscard]] std::string conversation_of_destination(const std::string& name);
/// Of a place that shows who is on call: what waits for it holds up nothing that is said there.
[[nodiscard]] std::string conversation_of_place(const std::string& place);
/// What a person has in front of them, wherever that is: forms, and answers for them alone.
[[nodiscard]] std::string screen_of(const UserId& person);
/// The person of a conversation_of(UserId); empty for all others.
[[nodiscard]] UserId person_of(const std::string& conversation);

struct OutboxRow {
    OutboxId id;
    OutboxKind kind = OutboxKind::card;
    OutboxLane lane = OutboxLane::ordinary;
    std::string conversation;
    RequestId request;
    std::string payload;
    Instant created_at{};
    Instant not_before{};
    int attempts = 0;
    bool in_doubt = false;
    /// When it was given to the adapter: of rows that come back from there.
    Instant leased_at{};
    std::vector<OutboxItem> items;
};

class Outbox {
public:
    explicit Outbox(storage::Connection& connection) : connection_(connection) {}

    /// `row.id`, `attempts` and `in_doubt` are given by the outbox. Left out when one that does the same
    /// thing waits.
    void add(const OutboxRow& row);

    [[nodiscard]] std::optional<OutboxRow> find(OutboxId id) const;
    /// The waiting row of a conversation and lane that may go first: in order of their being added, but for
    /// those that have to wait (for a backoff, or for a person's working hours).
    [[nodiscard]] std::optional<OutboxRow> head_of(OutboxLane lane, const std::string& conversation) const;

    void mark_leased(OutboxId id);
    /// Back to waiting.
    void mark_waiting(const OutboxRow& row, Instant not_before, bool in_doubt);
    /// What waits until later goes now, where it may: why it had to wait has changed.
    void look_again(const std::string& conversation, Instant now);
    void remove(OutboxId id);
    /// All of this kind that wait.
    void remove_waiting(OutboxKind kind);

    /// What waits and would do the same thing as `row` is not needed: something better comes.
    void drop_like(const OutboxRow& row);

    /// After a restart: whatever was on its way may or may not have arrived.
    void put_leased_in_doubt();

    /// Every (lane, conversation) with something waiting, and when its first row may go.
    void for_each_waiting_head(
        const std::function<void(OutboxLane, const std::string&, OutboxId, Instant)>& visit) const;

    /// Whether a message to this conversation may be there without our knowing its stamp yet.
    [[nodiscard]] bool may_have_posted(const std::string& conversation) const;

    [[nodiscard]] std::int64_t count() const;

    /// Told of every row added: the courier's memory of where something waits.
    void on_added(std::function<void(OutboxLane, const std::string&, OutboxId, Instant)> listener)
    {
        listener_ = std::move(listener);
    }

    /// Rows have been given to another conversation: the courier reads again where something waits.
    void moved() const
    {
        if (moved_listener_) moved_listener_();
    }
    void on_moved(std::function<void()> listener) { moved_listener_ = std::move(listener); }

private:
    std::vector<OutboxItem> items_of(OutboxId id) const;

    storage::Connection& connection_;
    std::function<void(OutboxLane, const std::string&, OutboxId, Instant)> listener_;
    std::function<void()> moved_listener_;
};

}  // namespace ackd
