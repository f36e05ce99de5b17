// The chat of a simulated workspace: what people see in channels, threads, direct messages and alone; what
// the bot is told of it, and what it can ask for. It keeps two promises that the real one keeps: an event
// that is not confirmed is sent again under its key, and a message that arrived can be found by the outbox id
// that travelled with it.
#pragma once

#include "bot/courier/chat_port.hpp"
#include "tests/simulation/chat_record.hpp"
#include "tests/simulation/simulated_team.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ackd::simulation {

/// One message for one person alone.
struct SeenEphemeral {
    UserId person;
    ChannelId channel;
    Notice notice;
    OutboxId outbox;  ///< none: it came with the confirmation of what the person did
};

/// Told of what happens in the chat. All of it happens on the simulation's one thread.
class ChatWatcher {
public:
    virtual ~ChatWatcher() = default;
    /// `still_holds`: a reaction that it tells of has not been taken back, or given again, since.
    virtual void event_confirmed(const std::string& key, const InputBody& body, bool still_holds) = 0;
    /// Somebody takes an answer back: a reaction, or by a button or command.
    virtual void taken_back(const UserId&) {}
    /// A delivery was handed to the chat: its lease is committed.
    virtual void delivery_leased(const Delivery& delivery) = 0;
    virtual void message_posted(const SeenMessage& message) = 0;
    virtual void message_updated(const SeenMessage& message) = 0;
    virtual void ephemeral_shown(const SeenEphemeral& ephemeral) = 0;
    /// Somebody has a form in front of them, opened for the `opening`th time.
    virtual void form_opened(const UserId&, const Form&, std::int64_t) {}
};

/// The process at the other end of the line, which may die at any time.
class ProcessDoor {
public:
    virtual ~ProcessDoor() = default;
    /// Counts the lives of the process; 0 while it is dead.
    [[nodiscard]] virtual std::uint64_t life() const = 0;
    virtual void arrive(Input input) = 0;
    virtual void settle(std::uint64_t life, EffectSettled settled) = 0;
    /// Throws ProcessCrash with this probability.
    virtual void pass(const char* point, double probability) = 0;
};

struct ChatCounters {
    std::int64_t events = 0;
    std::int64_t redeliveries = 0;
    std::int64_t dropped = 0;
    std::int64_t calls = 0;
    std::int64_t failed_calls = 0;
    std::int64_t adopted = 0;
    std::int64_t posts = 0;
    std::int64_t ephemerals = 0;
};

class SimulatedChat final : public ChatPort {
public:
    SimulatedChat(SimulatedWorld& world, SimulatedTeam& team, std::uint64_t seed)
        : world_(world), team_(team), random_(seed), record_(team.bots.front().id)
    {}
    void connect(ProcessDoor& process) { process_ = &process; }
    void add_watcher(ChatWatcher& watcher) { watchers_.push_back(&watcher); }

    // The bot's side

    void confirm(std::vector<Confirmation> confirmations) override;
    void deliver(std::vector<Delivery> deliveries) override;
    void on_room() override {}

    // People's side

    MessageRef post(const UserId& author, const ChannelId& channel, const std::string& thread, RichText text);
    void edit(const MessageRef& message, RichText text);
    void remove(const MessageRef& message);
    void react(const UserId& person, const MessageRef& message, const std::string& emoji, bool added);
    /// `value`: of the button, or of the menu's choice.
    void press(const UserId& person,
               const MessageRef& message,
               const Action& action,
               const std::string& value);
    void press(const UserId& person,
               const SeenEphemeral& ephemeral,
               const Action& action,
               const std::string& value);
    void command(const UserId& person, const ChannelId& channel, const std::string& command, RichText text);
    /// Sends a form, with this text in its one field.
    void submit(const UserId& person, const Form& form, std::int64_t opening, const std::string& text);
    /// A program tells something, again until it is taken. Its key.
    std::string tell_alerts(const AlertsReceived& received);
    void tell_member(const Member& member);
    void tell_group(const UserGroup& group);
    /// As an event: somebody has changed theirs.
    void tell_do_not_disturb(const SimulatedPerson& person);
    /// As the adapter finds it out by asking, if the process lives: the next day's has taken the place of one
    /// that is over.
    void list_do_not_disturb(const SimulatedPerson& person);

    [[nodiscard]] const SeenMessage* find(const MessageRef& message) const { return record_.find(message); }
    [[nodiscard]] const std::deque<SeenMessage>& messages() const { return record_.messages(); }
    [[nodiscard]] const ChatCounters& counters() const { return counters_; }
    /// Events that the bot has not confirmed yet.
    [[nodiscard]] std::size_t unconfirmed_count() const { return unconfirmed_.size(); }

    void begin_outage(Duration length) { outage_until_ = world_.now() + length; }
    void end_outage() { outage_until_ = world_.now(); }

private:
    struct Event {
        Input input;
        UserId person;  ///< who acted, for an interaction
        ChannelId channel;
        int sent = 0;
        bool is_interaction = false;
    };
    enum class Landing { done, limited, refused, broken, answer_lost, lost };

    void emit(InputBody body, std::string key = {});
    void interact(InputBody body, const UserId& person, const ChannelId& channel, bool wants_answer);
    void send(std::uint64_t id);
    void carry_out(const Delivery& delivery);
    Landing fate();
    void land(const Delivery& delivery, std::uint64_t life, Landing landing);
    EffectOutcome perform(const Delivery& delivery);
    EffectOutcome post_ours(const Delivery& delivery, const PostMessage& post);
    EffectOutcome update_ours(const UpdateMessage& update);
    EffectOutcome show(const Delivery& delivery, const EphemeralReply& reply);
    EffectOutcome open(const OpenForm& open);
    EffectOutcome fetch(const FetchMessage& fetch) const;
    EffectOutcome list(const ListChannelMembers& list);
    void answer(OutboxId id, std::uint64_t life, EffectOutcome outcome);
    bool is_away() const { return world_.now() < outage_until_; }
    bool is_heard(const ChannelId& channel);
    void note_if_taken_back(const UserId& person, const std::string& action);
    [[nodiscard]] bool still_holds(const InputBody& body) const;
    Duration latency()
    {
        return between(std::chrono::milliseconds{20}, world_.faults.call_latency_max, random_);
    }

    SimulatedWorld& world_;
    SimulatedTeam& team_;
    Random random_;
    ProcessDoor* process_ = nullptr;
    std::vector<ChatWatcher*> watchers_;
    ChatRecord record_;
    std::map<OutboxId, MessageRef> ours_;
    std::map<std::uint64_t, Event> unconfirmed_;
    std::uint64_t last_event_ = 0;
    std::int64_t openings_ = 0;
    Instant outage_until_{};
    ChatCounters counters_;
};

}  // namespace ackd::simulation
