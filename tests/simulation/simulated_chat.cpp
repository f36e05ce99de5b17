#include "tests/simulation/simulated_chat.hpp"

#include "bot/message_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

ChannelId direct_channel(const UserId& person)
{
    return ChannelId{"D" + person.value};
}

/// When an event that was not confirmed is sent again: soon, and then ever more rarely.
Duration redelivery_after(int sent)
{
    if (sent <= 1) return 3s;
    if (sent == 2) return 1min;
    if (sent == 3) return 5min;
    return 30min;
}

}  // namespace

// Events: from people to the bot

void SimulatedChat::emit(InputBody body, std::string key)
{
    const std::uint64_t id = ++last_event_;
    ++counters_.events;
    // What happens to people and groups is listed again by the adapter; here, it always arrives.
    const bool is_in_history = std::holds_alternative<MessagePosted>(body) ||
                               std::holds_alternative<MessageEdited>(body) ||
                               std::holds_alternative<MessageDeleted>(body) ||
                               std::holds_alternative<ReactionChanged>(body);
    if (is_in_history && random_.chance(world_.faults.event_dropped)) {
        ++counters_.dropped;
        if (world_.is_traced()) world_.say("event", fmt::format("{} is never told", name_of(body)));
        return;
    }
    Event& event = unconfirmed_[id];
    event.input.key = key.empty() ? fmt::format("Ev{}", id) : std::move(key);
    event.input.body = std::move(body);
    if (world_.is_traced())
        world_.say("event", fmt::format("{} {}", event.input.key, name_of(event.input.body)));
    send(id);
}

std::string SimulatedChat::tell_alerts(const AlertsReceived& received)
{
    std::string key = fmt::format("alerts:{}", last_event_ + 1);
    emit(received, key);
    return key;
}

void SimulatedChat::interact(InputBody body,
                             const UserId& person,
                             const ChannelId& channel,
                             bool wants_answer)
{
    const std::uint64_t id = ++last_event_;
    Event& event = unconfirmed_[id];
    event.input.key = fmt::format("In{}", id);
    event.input.body = std::move(body);
    event.input.receipt.wants_answer = wants_answer;
    event.person = person;
    event.channel = channel;
    event.is_interaction = true;
    ++counters_.events;
    if (world_.is_traced()) {
        world_.say("event",
                   fmt::format("{} {} by {}", event.input.key, name_of(event.input.body), person.value));
    }
    send(id);
}

void SimulatedChat::send(std::uint64_t id)
{
    const auto entry = unconfirmed_.find(id);
    if (entry == unconfirmed_.end()) return;
    Event& event = entry->second;
    // A button is pressed once: when nobody is there the person is told so, and presses it again or not.
    if (event.is_interaction &&
        (event.sent > 0 || process_->life() == 0 || random_.chance(world_.faults.interaction_lost)))
    {
        unconfirmed_.erase(entry);
        return;
    }
    ++event.sent;
    if (event.sent > 1) ++counters_.redeliveries;

    const Faults& faults = world_.faults;
    int copies = random_.chance(faults.event_lost) ? 0 : 1;
    if (random_.chance(faults.event_doubled)) ++copies;
    const bool late = random_.chance(faults.event_late);
    for (int copy = 0; copy < copies; ++copy) {
        const Duration wait = up_to(
            late && !event.is_interaction ? faults.event_late_max : faults.event_latency_max, random_);
        Input input = event.input;
        input.receipt.envelope = std::to_string(id);
        world_.after(wait, [this, input = std::move(input)]() mutable {
            if (process_->life() == 0) return;
            input.receipt.connection = process_->life();
            input.received_at = world_.now();
            process_->arrive(std::move(input));
        });
    }
    world_.after(redelivery_after(event.sent), [this, id] { send(id); });
}

void SimulatedChat::confirm(std::vector<Confirmation> confirmations)
{
    for (Confirmation& confirmation : confirmations) {
        process_->pass("confirming", world_.faults.crash_when_confirming);
        if (random_.chance(world_.faults.confirmation_lost)) continue;
        std::uint64_t id = 0;
        const std::string& text = confirmation.receipt.envelope;
        std::from_chars(text.data(), text.data() + text.size(), id);
        const auto entry = unconfirmed_.find(id);
        if (entry == unconfirmed_.end()) continue;
        const Event event = std::move(entry->second);
        unconfirmed_.erase(entry);
        const bool holds = still_holds(event.input.body);
        for (ChatWatcher* watcher : watchers_)
            watcher->event_confirmed(event.input.key, event.input.body, holds);
        auto* notice = std::get_if<Notice>(&confirmation.answer);
        if (notice == nullptr) continue;
        SeenEphemeral ephemeral{event.person, event.channel, std::move(*notice), OutboxId{}};
        ++counters_.ephemerals;
        for (ChatWatcher* watcher : watchers_) watcher->ephemeral_shown(ephemeral);
    }
}

// Calls: from the bot to the chat

void SimulatedChat::deliver(std::vector<Delivery> deliveries)
{
    // The lease of all of them is committed, even of those that a crash keeps from being sent.
    for (const Delivery& delivery : deliveries) {
        for (ChatWatcher* watcher : watchers_) watcher->delivery_leased(delivery);
    }
    for (const Delivery& delivery : deliveries) {
        process_->pass("sending", world_.faults.crash_when_sending);
        carry_out(delivery);
    }
}

SimulatedChat::Landing SimulatedChat::fate()
{
    const Faults& faults = world_.faults;
    if (is_away()) return random_.chance(0.5) ? Landing::refused : Landing::lost;
    if (random_.chance(faults.call_limited)) return Landing::limited;
    if (random_.chance(faults.call_refused)) return Landing::refused;
    if (random_.chance(faults.call_broken)) return Landing::broken;
    if (random_.chance(faults.call_answer_lost)) return Landing::answer_lost;
    if (random_.chance(faults.call_lost)) return Landing::lost;
    return Landing::done;
}

void SimulatedChat::carry_out(const Delivery& delivery)
{
    ++counters_.calls;
    const std::uint64_t life = process_->life();
    const Landing landing = fate();
    if (landing != Landing::done) ++counters_.failed_calls;
    world_.after(latency(), [this, delivery, life, landing] { land(delivery, life, landing); });
}

void SimulatedChat::land(const Delivery& delivery, std::uint64_t life, Landing landing)
{
    // Whoever sent it is dead: it was on the wire already, or it was not.
    const bool orphaned = process_->life() != life;
    if (orphaned && !random_.chance(world_.faults.call_landed_when_broken)) return;
    switch (landing) {
        case Landing::done: answer(delivery.id, life, perform(delivery)); return;
        case Landing::answer_lost: static_cast<void>(perform(delivery)); break;
        case Landing::broken:
            if (random_.chance(world_.faults.call_landed_when_broken)) static_cast<void>(perform(delivery));
            answer(delivery.id, life, Fault{FaultKind::unknown, "503"});
            return;
        case Landing::limited: {
            const auto wait = std::chrono::ceil<std::chrono::seconds>(
                1s + up_to(world_.faults.retry_after_max, random_));
            answer(delivery.id, life, Fault{FaultKind::rate_limited, "429", wait});
            return;
        }
        case Landing::refused: answer(delivery.id, life, Fault{FaultKind::temporary, "502"}); return;
        case Landing::lost: break;
    }
    world_.after(world_.faults.call_timeout, [this, id = delivery.id, life] {
        process_->settle(life, EffectSettled{id, Fault{FaultKind::unknown, "time-out"}});
    });
}

void SimulatedChat::answer(OutboxId id, std::uint64_t life, EffectOutcome outcome)
{
    const Duration wait = random_.chance(world_.faults.call_slow) ? up_to(world_.faults.call_timeout, random_)
                                                                  : latency();
    world_.after(wait, [this, life, settled = EffectSettled{id, std::move(outcome)}] {
        process_->settle(life, settled);
    });
}

EffectOutcome SimulatedChat::perform(const Delivery& delivery)
{
    struct Visitor {
        SimulatedChat& chat;
        const Delivery& delivery;
        EffectOutcome operator()(const PostMessage& post) const { return chat.post_ours(delivery, post); }
        EffectOutcome operator()(const UpdateMessage& update) const { return chat.update_ours(update); }
        EffectOutcome operator()(const EphemeralReply& reply) const { return chat.show(delivery, reply); }
        EffectOutcome operator()(const FetchMessage& message) const { return chat.fetch(message); }
        EffectOutcome operator()(const ListChannelMembers& channel) const { return chat.list(channel); }
        EffectOutcome operator()(const ReadHistory& history) const { return chat.record_.read(history); }
        EffectOutcome operator()(const PublishHome&) const { return Done{}; }
        EffectOutcome operator()(const OpenDialog&) const { return Done{}; }
        EffectOutcome operator()(const OpenForm& opened) const { return chat.open(opened); }
        EffectOutcome operator()(const TellOutside& /*told*/) const { return Done{}; }
        EffectOutcome operator()(const SetTopicPart& /*set*/) const { return Done{}; }
        EffectOutcome operator()(const SetGroupMembers& /*set*/) const { return Done{}; }
    };
    return std::visit(Visitor{*this, delivery}, delivery.effect);
}

EffectOutcome SimulatedChat::post_ours(const Delivery& delivery, const PostMessage& post)
{
    const ChannelId channel = post.person.empty() ? post.channel : direct_channel(post.person);
    if (delivery.in_doubt) {
        if (random_.chance(world_.faults.look_up_failed))
            return Fault{FaultKind::temporary, "the look-up failed"};
        const auto known = ours_.find(delivery.id);
        if (known != ours_.end() && find(known->second)->posted_at >= delivery.intended_at) {
            ++counters_.adopted;
            if (world_.is_traced()) world_.say("chat", fmt::format("found outbox {}", delivery.id.value));
            return Posted{known->second, true};
        }
        if (delivery.only_look) return Done{};
    }
    if (!post.person.empty()) {
        const SimulatedPerson* person = team_.find(post.person);
        if (person == nullptr || person->member.deactivated)
            return Fault{FaultKind::permanent, "account_inactive"};
    } else {
        const SimulatedChannel* place = team_.find(channel);
        if (place == nullptr || !place->has_bot) return Fault{FaultKind::not_a_member, "not_in_channel"};
    }
    SeenMessage message;
    message.message = MessageRef{channel, record_.new_stamp(world_.now())};
    message.thread = post.thread;
    message.notice = post.notice;
    message.outbox = delivery.id;
    message.person = post.person;
    message.posted_at = world_.now();
    ours_.emplace(delivery.id, message.message);
    ++counters_.posts;
    if (world_.is_traced()) {
        world_.say("chat",
                   fmt::format("post {} outbox {} in {}: {} | {}",
                               name_of(post.notice.kind),
                               delivery.id.value,
                               channel.value,
                               message.message.stamp,
                               post.notice.summary));
    }
    const SeenMessage copy = record_.add(std::move(message));
    for (ChatWatcher* watcher : watchers_) watcher->message_posted(copy);
    return Posted{copy.message, false};
}

EffectOutcome SimulatedChat::update_ours(const UpdateMessage& update)
{
    SeenMessage* message = record_.find(update.message);
    if (message == nullptr || message->deleted) return Fault{FaultKind::not_found, "message_not_found"};
    message->notice = update.notice;
    if (world_.is_traced()) {
        world_.say("chat",
                   fmt::format("update {} {}: {}",
                               name_of(update.notice.kind),
                               update.message.stamp,
                               update.notice.summary));
    }
    const SeenMessage copy = *message;
    for (ChatWatcher* watcher : watchers_) watcher->message_updated(copy);
    return Done{};
}

EffectOutcome SimulatedChat::show(const Delivery& delivery, const EphemeralReply& reply)
{
    const SimulatedPerson* person = team_.find(reply.person);
    if (person == nullptr || person->member.deactivated)
        return Fault{FaultKind::permanent, "user_not_in_channel"};
    ++counters_.ephemerals;
    const SeenEphemeral ephemeral{reply.person, reply.channel, reply.notice, delivery.id};
    for (ChatWatcher* watcher : watchers_) watcher->ephemeral_shown(ephemeral);
    return Done{};
}

EffectOutcome SimulatedChat::open(const OpenForm& opened)
{
    // What opens it names who pressed.
    for (ChatWatcher* watcher : watchers_)
        watcher->form_opened(UserId{opened.trigger}, opened.form, openings_ + 1);
    ++openings_;
    return Done{};
}

EffectOutcome SimulatedChat::fetch(const FetchMessage& fetch) const
{
    const SeenMessage* message = find(fetch.message);
    if (message == nullptr || message->deleted) return Fault{FaultKind::not_found, "message_not_found"};
    return FetchedMessage{message->author, message->author.empty(), message->thread, message->text};
}

EffectOutcome SimulatedChat::list(const ListChannelMembers& list)
{
    const SimulatedChannel* channel = team_.find(list.channel);
    if (channel == nullptr || !channel->has_bot) return Fault{FaultKind::not_a_member, "channel_not_found"};
    ChannelMembers members{channel->members};
    members.members.push_back(team_.bots.front().id);
    return members;
}

// What people do

MessageRef SimulatedChat::post(const UserId& author,
                               const ChannelId& channel,
                               const std::string& thread,
                               RichText text)
{
    SeenMessage message;
    message.message = MessageRef{channel, record_.new_stamp(world_.now())};
    message.thread = thread;
    message.author = author;
    message.text = text;
    message.posted_at = world_.now();
    const MessageRef reference = record_.add(std::move(message)).message;
    if (is_heard(channel)) {
        emit(MessagePosted{reference, thread, author, false, std::move(text), world_.now()},
             key_of_message(reference));
    }
    return reference;
}

void SimulatedChat::edit(const MessageRef& reference, RichText text)
{
    SeenMessage* message = record_.find(reference);
    if (message == nullptr || message->deleted) return;
    message->text = text;
    message->edited = record_.new_stamp(world_.now());
    if (is_heard(reference.channel)) {
        emit(MessageEdited{reference, message->author, std::move(text), message->edited},
             key_of_edit(reference, message->edited));
    }
}

void SimulatedChat::remove(const MessageRef& reference)
{
    SeenMessage* message = record_.find(reference);
    if (message == nullptr || message->deleted) return;
    message->deleted = true;
    if (is_heard(reference.channel)) emit(MessageDeleted{reference}, key_of_deletion(reference));
}

void SimulatedChat::react(const UserId& person,
                          const MessageRef& reference,
                          const std::string& emoji,
                          bool added)
{
    SeenMessage* message = record_.find(reference);
    if (message == nullptr || message->deleted) return;
    const bool changed = added ? message->reactions.emplace(person, emoji).second
                               : message->reactions.erase({person, emoji}) > 0;
    if (changed && !added) {
        for (ChatWatcher* watcher : watchers_) watcher->taken_back(person);
    }
    if (!changed || !is_heard(reference.channel)) return;
    if (world_.is_traced()) {
        world_.say(
            "person",
            fmt::format(
                "{} {} {} on {}", person.value, added ? "reacts" : "takes back", emoji, reference.stamp));
    }
    emit(ReactionChanged{reference,
                         person,
                         message->author.empty() ? team_.bots.front().id : message->author,
                         emoji,
                         added,
                         record_.new_stamp(world_.now())});
}

void SimulatedChat::press(const UserId& person,
                          const MessageRef& message,
                          const Action& action,
                          const std::string& value)
{
    const SeenMessage* seen = find(message);
    if (seen == nullptr || seen->deleted) return;
    if (world_.is_traced())
        world_.say("person", fmt::format("{} presses {} \"{}\"", person.value, action.name, value));
    note_if_taken_back(person, action.name);
    interact(
        ActionTaken{
            action.name, value, person, message, seen->thread, false, "reply-here", false, person.value},
        person,
        message.channel,
        false);
}

void SimulatedChat::press(const UserId& person,
                          const SeenEphemeral& ephemeral,
                          const Action& action,
                          const std::string& value)
{
    if (world_.is_traced())
        world_.say("person",
                   fmt::format("{} presses {} \"{}\" on an answer", person.value, action.name, value));
    note_if_taken_back(person, action.name);
    interact(ActionTaken{action.name,
                         value,
                         person,
                         MessageRef{ephemeral.channel, record_.new_stamp(world_.now())},
                         "",
                         true,
                         "reply-here",
                         false,
                         person.value},
             person,
             ephemeral.channel,
             false);
}

void SimulatedChat::command(const UserId& person,
                            const ChannelId& channel,
                            const std::string& command,
                            RichText text)
{
    if (world_.is_traced()) {
        std::string words;
        for (const Span& span : text) {
            if (const auto* piece = std::get_if<Words>(&span))
                words += piece->text;
            else if (const auto* mention = std::get_if<Mention>(&span))
                words += "<@" + mention->user.value + ">";
            else if (const auto* group = std::get_if<GroupMention>(&span))
                words += "<!" + group->group.value + ">";
            else if (const auto* place = std::get_if<ChannelName>(&span))
                words += "<#" + place->channel.value + ">";
        }
        world_.say("person",
                   fmt::format("{} types {} {} in {}", person.value, command, words, channel.value));
    }
    for (const Span& span : text) {
        const auto* words = std::get_if<Words>(&span);
        if (words != nullptr && words->text.starts_with("undo")) note_if_taken_back(person, "undo");
    }
    interact(CommandGiven{command, std::move(text), person, channel, "reply-here"}, person, channel, true);
}

void SimulatedChat::submit(const UserId& person,
                           const Form& form,
                           std::int64_t opening,
                           const std::string& text)
{
    FormSubmitted submitted;
    submitted.name = form.name;
    submitted.instance = "V" + std::to_string(opening);
    submitted.context = form.context;
    submitted.person = person;
    submitted.values.fields = {FieldValue{form.fields.front().name, {}, text, std::nullopt}};
    if (world_.is_traced()) world_.say("person", fmt::format("{} sends \"{}\"", person.value, text));
    interact(std::move(submitted), person, ChannelId{}, true);
}

void SimulatedChat::tell_member(const Member& member)
{
    emit(MemberChanged{member});
}

void SimulatedChat::tell_group(const UserGroup& group)
{
    emit(GroupChanged{group});
}

void SimulatedChat::tell_do_not_disturb(const SimulatedPerson& person)
{
    emit(do_not_disturb_of(person, world_.now()));
}

void SimulatedChat::list_do_not_disturb(const SimulatedPerson& person)
{
    if (process_->life() == 0) return;
    Input input;
    input.received_at = world_.now();
    DoNotDisturbListed listed;
    listed.people.push_back(do_not_disturb_of(person, world_.now()));
    input.body = std::move(listed);
    process_->arrive(std::move(input));
}

// What is there

void SimulatedChat::note_if_taken_back(const UserId& person, const std::string& action)
{
    if (action != "undo") return;
    for (ChatWatcher* watcher : watchers_) watcher->taken_back(person);
}

bool SimulatedChat::still_holds(const InputBody& body) const
{
    const auto* reaction = std::get_if<ReactionChanged>(&body);
    if (reaction == nullptr) return true;
    const SeenMessage* message = find(reaction->message);
    return message != nullptr &&
           message->reactions.contains({reaction->person, reaction->emoji}) == reaction->added;
}

bool SimulatedChat::is_heard(const ChannelId& channel)
{
    const SimulatedChannel* place = team_.find(channel);
    return place == nullptr || place->has_bot;
}

}  // namespace ackd::simulation
