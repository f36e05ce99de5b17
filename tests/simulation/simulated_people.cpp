#include "tests/simulation/simulated_people.hpp"

#include "tests/simulation/simulated_hours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

constexpr auto day = 24h;

/// How often each thing that can be pressed is pressed, compared to the others.
int appeal_of(const Action& action)
{
    if (action.name == "got_it") return 10;
    if (action.name.starts_with("send_")) return 20;
    if (action.name == "done" || action.name == "still_needed") return 6;
    if (action.name == "make_room") return 10;
    if (action.name == "say_back" || action.name == "thats_it") return 20;
    if (action.name == "got_it_by" || action.name == "not_quite") return 3;
    if (action.name == "take_alerts" || action.name == "accept_shift") return 6;
    if (action.name == "ask_now" || action.name == "answered_elsewhere" || action.name == "still_stuck")
        return 2;
    if (action.name == "cant" || action.name == "snooze" || action.name == "let_cover" ||
        action.name == "ask_again")
        return 2;
    return 1;  // not me, undo, withdraw, more
}

struct Pressable {
    const Action* action;
    std::string value;
    int appeal;
};

std::vector<Pressable> pressables_of(const Notice& notice)
{
    std::vector<Pressable> list;
    for (const Section& section : notice.sections) {
        for (const Action& action : section.actions) {
            if (action.choices.empty()) list.push_back({&action, action.value, appeal_of(action)});
            for (const Choice& choice : action.choices)
                list.push_back({&action, choice.value, appeal_of(action)});
        }
    }
    return list;
}

const Pressable* choose(const std::vector<Pressable>& list, Random& random)
{
    std::uint64_t total = 0;
    for (const Pressable& entry : list) total += static_cast<std::uint64_t>(entry.appeal);
    if (total == 0) return nullptr;
    auto chosen = static_cast<int>(random.below(total));
    for (const Pressable& entry : list) {
        chosen -= entry.appeal;
        if (chosen < 0) return &entry;
    }
    return nullptr;
}

/// The number of the request that a card's buttons speak of: "r12" gives "12".
std::string request_number_in(const Notice& notice)
{
    for (const Section& section : notice.sections) {
        for (const Action& action : section.actions) {
            const std::string& value = action.choices.empty() ? action.value : action.choices.front().value;
            if (value.starts_with('r')) return value.substr(1, value.find(' ') - 1);
        }
    }
    return "";
}

}  // namespace

void SimulatedPeople::plan_month(Duration length)
{
    const auto sometimes = [&](std::uint64_t count, void (SimulatedPeople::*act)()) {
        for (std::uint64_t index = 0; index < count; ++index) {
            world_.after(up_to(length, random_), [this, act] {
                if (!is_silent_) (this->*act)();
            });
        }
    };
    sometimes(6 + random_.below(7), &SimulatedPeople::ask_by_command);
    sometimes(2 + random_.below(5), &SimulatedPeople::ask_by_reaction);
    sometimes(8 + random_.below(9), &SimulatedPeople::ask_to_be_said_back);
    sometimes(10, &SimulatedPeople::chat_along);
    sometimes(6 + random_.below(6), &SimulatedPeople::ask_in_channel);
    sometimes(4 + random_.below(5), &SimulatedPeople::raise_something);
    sometimes(random_.below(5), &SimulatedPeople::change_shifts);
    sometimes(random_.below(8), &SimulatedPeople::speak_of_capacity);
    sometimes(2 + random_.below(10), &SimulatedPeople::speak_of_work);
    sometimes(2, &SimulatedPeople::mistype);
    sometimes(random_.below(3), &SimulatedPeople::join);
    sometimes(random_.below(3), &SimulatedPeople::leave);
    sometimes(random_.below(5), &SimulatedPeople::move);
    sometimes(random_.below(6), &SimulatedPeople::change_hours);
    sometimes(random_.below(3), &SimulatedPeople::change_group);
    sometimes(random_.below(6), &SimulatedPeople::go_out);
    sometimes(random_.below(6), &SimulatedPeople::want_no_disturbance);
}

// Who and when

bool SimulatedPeople::is_here(const UserId& person) const
{
    const SimulatedPerson* found = team_.find(person);
    return found != nullptr && !found->member.deactivated;
}

void SimulatedPeople::later(const UserId& person, Duration wait, std::function<void()> act)
{
    world_.after(wait, [this, person, act = std::move(act)] {
        if (!is_silent_ && is_here(person)) act();
    });
}

const SimulatedPerson& SimulatedPeople::somebody()
{
    for (;;) {
        const SimulatedPerson& person = one_of(team_.people, random_);
        if (!person.member.deactivated) return person;
    }
}

const SimulatedChannel& SimulatedPeople::some_channel()
{
    return one_of(team_.channels, random_);
}

Duration SimulatedPeople::thinking_time()
{
    switch (random_.below(10)) {
        case 0: return up_to(20s, random_);
        case 1:
        case 2:
        case 3: return up_to(30min, random_);
        case 4:
        case 5:
        case 6: return up_to(5h, random_);
        case 7:
        case 8: return up_to(2 * day, random_);
        default: return up_to(6 * day, random_);
    }
}

// Asking

RichText SimulatedPeople::recipients()
{
    RichText text;
    const auto count = 1 + random_.below(3);
    for (std::uint64_t index = 0; index < count; ++index) {
        const auto kind = random_.below(10);
        if (kind < 6)
            text.push_back(Mention{somebody().member.id});
        else if (kind == 6)
            text.push_back(Words{" @" + somebody().member.name + " "});
        else if (kind == 7)
            text.push_back(GroupMention{one_of(team_.groups, random_).id});
        else if (kind == 8)
            text.push_back(ChannelName{some_channel().id});
        else
            text.push_back(Mention{one_of(team_.bots, random_).id});
    }
    return text;
}

void SimulatedPeople::ask_by_command()
{
    constexpr std::array options{"",
                                 "",
                                 "",
                                 "",
                                 "!now",
                                 "!now",
                                 "!week",
                                 "!fyi",
                                 "!any",
                                 "!2",
                                 "!received",
                                 "!now !any",
                                 "!now !received",
                                 "!week !received",
                                 "!digest",
                                 "!hold",
                                 "!send !2",
                                 "!route=incident",
                                 "!silence=go",
                                 "!silence=stop",
                                 "!week !silence=go",
                                 "!silence=ask",
                                 "!silence=@person1",
                                 "!now !route=incident",
                                 "!readback=2",
                                 "!week !readback"};
    constexpr std::array dates{"", "", "", "by in 2h", "by tomorrow 10:00", "by friday", "by in 20min"};
    ++ask_count_;
    const SimulatedPerson& asker = somebody();
    RichText text = recipients();
    const std::string date = one_of(dates, random_);
    const std::string option = one_of(options, random_);
    text.push_back(Words{fmt::format(" {} {} ask number {} <!channel> @here", option, date, ask_count_)});
    chat_.command(asker.member.id, some_channel().id, "/ack", std::move(text));
}

void SimulatedPeople::ask_to_be_said_back()
{
    constexpr std::array options{"!readback",
                                 "!any !readback",
                                 "!received !readback",
                                 "!any !received !readback",
                                 "!2 !readback=2",
                                 "!now !any !readback"};
    ++ask_count_;
    const SimulatedPerson& asker = somebody();
    RichText text;
    for (int count = 0; count < 3; ++count) text.push_back(Mention{somebody().member.id});
    // Without the question what it costs, which holds up most others of these people.
    text.push_back(Words{fmt::format(" !send {} ask number {}", one_of(options, random_), ask_count_)});
    chat_.command(asker.member.id, some_channel().id, "/ack", std::move(text));
}

void SimulatedPeople::ask_by_reaction()
{
    ++ask_count_;
    const UserId asker = somebody().member.id;
    RichText text{Words{fmt::format("message number {} ", ask_count_)}};
    if (random_.chance(0.8)) {
        RichText mentions = recipients();
        std::erase_if(mentions, [](const Span& span) { return std::holds_alternative<ChannelName>(span); });
        text.insert(text.end(), mentions.begin(), mentions.end());
    }
    const ChannelId channel = some_channel().id;
    std::string thread;
    if (random_.chance(0.2))
        thread = chat_.post(somebody().member.id, channel, "", {Words{"a thread"}}).stamp;
    const MessageRef message = chat_.post(asker, channel, thread, std::move(text));
    // Sometimes by somebody else, who may not.
    const UserId reactor = random_.chance(0.9) ? asker : somebody().member.id;
    later(reactor, up_to(2min, random_), [this, reactor, message] {
        chat_.react(reactor, message, "incoming_envelope", true);
    });
    if (random_.chance(0.08)) {
        later(reactor, thinking_time(), [this, reactor, message] {
            chat_.react(reactor, message, "incoming_envelope", false);
        });
    }
    if (random_.chance(0.2)) {
        later(asker, thinking_time(), [this, message] { chat_.edit(message, {Words{"it has changed"}}); });
    }
    if (random_.chance(0.08)) {
        later(asker, thinking_time(), [this, message] { chat_.remove(message); });
    }
    for (const SimulatedPerson& person : team_.people) {
        if (!random_.chance(person.eagerness * 0.4)) continue;
        const UserId id = person.member.id;
        later(id, thinking_time(), [this, id, message] {
            if (const SeenMessage* seen = chat_.find(message)) react_to(id, *seen);
        });
    }
}

void SimulatedPeople::chat_along()
{
    const UserId author = somebody().member.id;
    const ChannelId channel = some_channel().id;
    const MessageRef message = chat_.post(author, channel, "", {Words{"good morning"}});
    if (random_.chance(0.3)) chat_.react(author, message, "white_check_mark", true);
    if (random_.chance(0.3)) chat_.post(somebody().member.id, channel, message.stamp, {Words{"and to you"}});
}

// Coming and going

void SimulatedPeople::join()
{
    SimulatedPerson person = make_person(++last_person_, MemberKind::person, random_);
    const UserId id = person.member.id;
    const Member member = person.member;
    team_.people.push_back(std::move(person));
    for (SimulatedChannel& channel : team_.channels) channel.members.push_back(id);
    chat_.tell_member(member);
}

void SimulatedPeople::leave()
{
    const auto here = std::count_if(team_.people.begin(),
                                    team_.people.end(),
                                    [](const SimulatedPerson& person) { return !person.member.deactivated; });
    if (here <= 3) return;
    SimulatedPerson& person = *team_.find(somebody().member.id);
    person.member.deactivated = true;
    for (SimulatedChannel& channel : team_.channels) std::erase(channel.members, person.member.id);
    if (world_.is_traced()) world_.say("person", person.member.id.value + " leaves for good");
    chat_.tell_member(person.member);
}

void SimulatedPeople::move()
{
    SimulatedPerson& person = *team_.find(somebody().member.id);
    person.member.time_zone = make_person(0, MemberKind::person, random_).member.time_zone;
    if (world_.is_traced())
        world_.say("person", person.member.id.value + " moves to " + person.member.time_zone);
    chat_.tell_member(person.member);
}

void SimulatedPeople::change_hours()
{
    const UserId person = somebody().member.id;
    chat_.command(person, some_channel().id, "/ackd", {Words{"hours " + some_typed_hours(random_)}});
}

void SimulatedPeople::change_group()
{
    UserGroup& group = one_of(team_.groups, random_);
    const UserId person = somebody().member.id;
    if (std::erase(group.members, person) == 0) group.members.push_back(person);
    chat_.tell_group(group);
}

void SimulatedPeople::go_out()
{
    constexpr std::array phrases{
        "today", "tomorrow", "fri..mon", "until friday", "today to thu", "yesterday", ""};
    const UserId person = somebody().member.id;
    RichText text{Words{one_of(phrases, random_)}};
    if (random_.chance(0.6)) {
        text.push_back(Words{" delegate "});
        text.push_back(Mention{somebody().member.id});
    }
    chat_.command(person, some_channel().id, "/out", std::move(text));
    if (random_.chance(0.4)) {
        later(person, thinking_time(), [this, person] {
            chat_.command(person, some_channel().id, "/out", {Words{"back"}});
        });
    }
}

void SimulatedPeople::want_no_disturbance()
{
    SimulatedPerson& person = *team_.find(somebody().member.id);
    const bool is_daily = random_.chance(0.4);
    // By hand from now on, for the span that somebody may choose in the chat; or at the same time every day.
    const Instant from = is_daily ? world_.now() + up_to(day, random_) : world_.now();
    constexpr std::array by_hand{
        Duration{30min}, Duration{2h}, Duration{4h}, Duration{day}, Duration{7 * day}};
    person.do_not_disturb = {from,
                             from + (is_daily ? up_to(day - 1h, random_) + 1h : one_of(by_hand, random_))};
    person.days_to_come = is_daily ? static_cast<int>(random_.below(8)) : 0;
    person.undisturbed_until = std::max(person.undisturbed_until, person.do_not_disturb.until);
    if (world_.is_traced()) world_.say("person", person.member.id.value + " does not want to be disturbed");
    chat_.tell_do_not_disturb(person);
    want_none_again(person.member.id);
    if (!random_.chance(0.3)) return;
    later(person.member.id, thinking_time(), [this, id = person.member.id] {
        SimulatedPerson& again = *team_.find(id);
        again.do_not_disturb = {};
        again.days_to_come = 0;
        if (world_.is_traced()) world_.say("person", id.value + " may be disturbed again");
        chat_.tell_do_not_disturb(again);
    });
}

/// When a daily one is over, the chat goes on to the next day's without a word.
void SimulatedPeople::want_none_again(const UserId& person)
{
    const Instant until = team_.find(person)->do_not_disturb.until;
    world_.agenda.add(until, [this, person, until] {
        SimulatedPerson& again = *team_.find(person);
        if (again.do_not_disturb.until != until || again.days_to_come == 0) return;
        --again.days_to_come;
        again.do_not_disturb.from += day;
        again.do_not_disturb.until += day;
        again.undisturbed_until = std::max(again.undisturbed_until, again.do_not_disturb.until);
        chat_.list_do_not_disturb(again);
        want_none_again(person);
    });
}

// Answering

void SimulatedPeople::message_posted(const SeenMessage& message)
{
    if (is_silent_ || !message.notice) return;
    std::vector<UserId> readers;
    if (!message.person.empty()) {
        readers.push_back(message.person);
    } else if (const SimulatedChannel* channel = team_.find(message.message.channel)) {
        readers = channel->members;
    }
    for (const UserId& reader : readers) {
        const SimulatedPerson* person = team_.find(reader);
        if (person == nullptr) continue;
        const double interest = message.person.empty() ? 0.5 : 1.0;
        if (!random_.chance(person->eagerness * interest)) continue;
        later(reader, thinking_time(), [this, reader, place = message.message] { read(reader, place, 1); });
    }
}

void SimulatedPeople::ephemeral_shown(const SeenEphemeral& ephemeral)
{
    if (is_silent_ || !random_.chance(0.3)) return;
    later(ephemeral.person, thinking_time(), [this, ephemeral] {
        const auto list = pressables_of(ephemeral.notice);
        if (const Pressable* chosen = choose(list, random_)) {
            chat_.press(ephemeral.person, ephemeral, *chosen->action, chosen->value);
        }
    });
}

void SimulatedPeople::form_opened(const UserId& person, const Form& form, std::int64_t opening)
{
    // Some close it and say nothing.
    if (is_silent_ || !random_.chance(0.8)) return;
    const std::string text = fmt::format("{}{}", said_back_words, ++line_count_);
    const Duration wait = random_.chance(0.7) ? up_to(5min, random_) : thinking_time();
    later(person, wait, [this, person, form, opening, text] {
        chat_.submit(person, form, opening, text);
        if (!random_.chance(0.1)) return;
        // Sent twice: the first answer did not come.
        later(person, up_to(3s, random_), [this, person, form, opening, text] {
            chat_.submit(person, form, opening, text);
        });
    });
}

void SimulatedPeople::read(const UserId& person, const MessageRef& place, int visit)
{
    const SeenMessage* message = chat_.find(place);
    if (message == nullptr || message->deleted || !message->notice) return;
    const auto way = random_.below(10);
    if (way < 6)
        press_something(person, *message);
    else if (way < 8)
        react_to(person, *message);
    else
        type_answer(person, *message);
    if (visit < 3 && random_.chance(0.35)) {
        later(person, thinking_time(), [this, person, place, visit] { read(person, place, visit + 1); });
    }
    if (visit == 1 && message->person.empty() && random_.chance(0.02)) {
        later(person, thinking_time(), [this, place] { chat_.remove(place); });
    }
}

void SimulatedPeople::press_something(const UserId& person, const SeenMessage& message)
{
    const auto list = pressables_of(*message.notice);
    const Pressable* chosen = choose(list, random_);
    if (chosen == nullptr) return;
    chat_.press(person, message.message, *chosen->action, chosen->value);
    if (!random_.chance(0.1)) return;
    // Clicked twice.
    later(person,
          up_to(300ms, random_),
          [this, person, place = message.message, action = *chosen->action, value = chosen->value] {
              chat_.press(person, place, action, value);
          });
}

void SimulatedPeople::react_to(const UserId& person, const SeenMessage& message)
{
    constexpr std::array emoji{"white_check_mark", "eyes", "eyes", "tada"};
    const std::string chosen = one_of(emoji, random_);
    const MessageRef place = message.message;
    chat_.react(person, place, chosen, true);
    if (random_.chance(0.15)) {
        later(person, thinking_time(), [this, person, place, chosen] {
            chat_.react(person, place, chosen, false);
        });
    }
}

void SimulatedPeople::type_answer(const UserId& person, const SeenMessage& message)
{
    constexpr std::array verbs{
        "got", "done", "cant", "undo", "promise", "snooze", "notme", "withdraw", "who"};
    const std::string number = message.person.empty() ? request_number_in(*message.notice) : "";
    if (number.empty() || random_.chance(0.5)) {
        if (!message.person.empty()) return;
        const std::string& thread = message.thread.empty() ? message.message.stamp : message.thread;
        chat_.post(person, message.message.channel, thread, {Words{"I am on it"}});
        return;
    }
    const std::string verb = one_of(verbs, random_);
    const bool has_date = verb == "promise" || verb == "snooze";
    chat_.command(person,
                  message.message.channel,
                  "/ackd",
                  {Words{fmt::format("{} {}{}", verb, number, has_date ? " tomorrow 10:00" : "")}});
}

}  // namespace ackd::simulation
