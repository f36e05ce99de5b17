#include "sandbox/teammates/teammates.hpp"

#include "sandbox/sandbox_core.hpp"
#include "sandbox/teammates/office_hours.hpp"
#include "sandbox/teammates/teammate_lines.hpp"
#include "sandbox/teammates/visible_buttons.hpp"

#include <algorithm>
#include <utility>

namespace sandbox {
namespace {

using namespace std::chrono_literals;

/// What they do at once when somebody comes into the room.
constexpr std::chrono::minutes first_words_within{25};
constexpr std::chrono::minutes tries_again_after{5};
constexpr std::size_t plans_max = 5'000;

struct Role {
    const char* user;
    Temperament temperament;
};

/// Of the built-in workspace.
constexpr Role cast_of_eight[] = {
    {"U0ADA", Temperament::prompt},
    {"U0BEN", Temperament::slow},
    {"U0CHEN", Temperament::prompt},
    {"U0DANA", Temperament::overloaded},
    {"U0ELI", Temperament::on_call},
    {"U0FUMI", Temperament::away},
    {"U0GITA", Temperament::slow},
    {"U0HUGO", Temperament::forgets},
};

}  // namespace

Teammates::Teammates(SandboxCore& core) : core_(core)
{
    for (const Role& role : cast_of_eight) {
        const UserId user{role.user};
        if (core_.workspace.find_user(user) != nullptr) cast_[user].temperament = role.temperament;
    }
}

bool Teammates::is_idle(const UserId& user) const
{
    const auto found = cast_.find(user);
    return !is_active_ || found == cast_.end() || found->second.is_taken_over;
}

void Teammates::set_active(bool is_active)
{
    if (is_active_ == is_active) return;
    is_active_ = is_active;
    plans_.clear();
    if (is_active_) {
        newest_seen_ = core_.workspace.next_ts(core_.now());
        for (const auto& [user, teammate] : cast_) {
            if (teammate.temperament == Temperament::away) {
                const Json status{{"status_text", "Away this week"}, {"status_emoji", ":palm_tree:"}};
                [[maybe_unused]] const auto changed = core_.workspace.change_user(user, status, core_.now());
                continue;
            }
            const auto wait = random_.below(static_cast<std::uint64_t>(first_words_within.count()));
            plan(user, core_.now() + std::chrono::minutes{wait + 1}, false, [this, person = user] {
                talk(person);
            });
        }
    }
    book();
    core_.pages.tell_teammates();
    core_.settle();
}

Outcome<bool> Teammates::take_over(const UserId& user, bool by_visitor)
{
    const auto found = cast_.find(user);
    if (found == cast_.end()) return Refusal{"user: nobody of the cast; there is nothing to take over"};
    if (found->second.is_taken_over == by_visitor) return by_visitor;
    found->second.is_taken_over = by_visitor;
    if (!by_visitor && is_active_) talk_later(user);
    core_.pages.tell_teammates();
    return by_visitor;
}

Json Teammates::to_json() const
{
    Json people = Json::object();
    for (const auto& [user, teammate] : cast_) {
        people[user.value] = {{"temperament", name_of(teammate.temperament)},
                              {"words", words_for(teammate.temperament)},
                              {"is_taken_over", teammate.is_taken_over}};
    }
    return {{"is_active", is_active_}, {"people", std::move(people)}};
}

// --- plans
// -----------------------------------------------------------------------------------------------------------

void Teammates::plan(const UserId& user, Instant at, bool at_any_hour, Deed deed)
{
    if (plans_.size() >= plans_max) return;
    if (!at_any_hour) {
        const User* person = core_.workspace.find_user(user);
        if (person != nullptr) at = next_at_work(person->tz, at);
    }
    plans_.emplace(at, std::pair{user, std::move(deed)});
    book();
}

void Teammates::book()
{
    core_.agenda.cancel(std::exchange(booking_, 0));
    if (plans_.empty() || !is_active_) return;
    const auto due = core_.time.when(plans_.begin()->first);
    if (!due) return;  // time stands still
    booking_ = core_.agenda.at(*due, [this](WallInstant) { do_what_is_due(); });
}

void Teammates::do_what_is_due()
{
    booking_ = 0;
    while (!plans_.empty() && plans_.begin()->first <= core_.now()) {
        auto [user, deed] = std::move(plans_.begin()->second);
        plans_.erase(plans_.begin());
        if (is_idle(user)) continue;
        deed();
        core_.settle();
    }
    book();
}

// --- what reaches them
// -----------------------------------------------------------------------------------------------

void Teammates::see(const std::vector<VisibleChange>& changes)
{
    if (!is_active_) return;
    for (const VisibleChange& change : changes) {
        if (change.what != VisibleChange::What::message || change.ts <= newest_seen_) continue;
        newest_seen_ = change.ts;
        const Channel* channel = core_.workspace.find_channel(change.channel);
        const Message* message = core_.workspace.find_message(change.channel, change.ts);
        if (channel != nullptr && message != nullptr && message->subtype.empty()) notice(*channel, *message);
    }
}

void Teammates::notice(const Channel& channel, const Message& message)
{
    const bool has_buttons = message.from_app && !buttons_of(message.blocks).empty();
    if (message.from_app && !has_buttons) return;
    if (channel.kind == ChannelKind::direct) {
        if (message.from_app) called(channel.direct_with, Call::nudge, channel, message);
        return;
    }
    const std::string shown = message.text + (message.blocks.is_null() ? "" : dump(message.blocks));
    const auto is_named = [&](const UserId& user) {
        if (shown.find(user.value) != std::string::npos) return true;
        return std::any_of(
            core_.workspace.groups().begin(), core_.workspace.groups().end(), [&](const auto& each) {
                const auto& [id, group] = each;
                return shown.find(id.value) != std::string::npos &&
                       std::find(group.users.begin(), group.users.end(), user) != group.users.end();
            });
    };
    for (const auto& [user, teammate] : cast_) {
        if (user == message.user || !channel.has(user) || !is_named(user)) continue;
        called(user, message.from_app ? Call::request : Call::mention, channel, message);
    }
}

void Teammates::called(const UserId& user, Call call, const Channel& channel, const Message& message)
{
    if (is_idle(user)) return;
    const Intention intention = intend(cast_.at(user).temperament, call, random_);
    if (intention.move == Move::leave) return;
    plan(user,
         core_.now() + intention.after,
         intention.at_any_hour,
         [this, user, id = channel.id, ts = message.ts, call, intention] {
             act(user, id, ts, call, intention);
         });
}

// --- what they do
// ----------------------------------------------------------------------------------------------------

void Teammates::react(const UserId& user, const ChannelId& channel, Ts ts, const char* emoji)
{
    [[maybe_unused]] const auto reacted = core_.workspace.react(channel, ts, user, emoji, core_.now());
}

bool Teammates::press(const UserId& user, const Channel& channel, const Message& message, Answer answer)
{
    const auto choice = find_button(message.blocks, answer);
    if (!choice) return false;
    const User* person = core_.workspace.find_user(user);
    core_.interactions.press_message(
        channel,
        message.ts,
        *person,
        *choice,
        [this, user, id = channel.id, ts = message.ts, answer](const Json& result) {
            if (member(result, "ok") == Json(true)) return;
            // As anybody would: the app is not there just now.
            plan(user, core_.now() + tries_again_after, true, [this, user, id, ts, answer] {
                const Channel* again = core_.workspace.find_channel(id);
                const Message* still = core_.workspace.find_message(id, ts);
                if (again != nullptr && still != nullptr) press(user, *again, *still, answer);
            });
        });
    return true;
}

void Teammates::act(const UserId& user, const ChannelId& id, Ts ts, Call call, const Intention& intention)
{
    const Channel* channel = core_.workspace.find_channel(id);
    const Message* message = core_.workspace.find_message(id, ts);
    if (channel == nullptr || message == nullptr || message->subtype == "tombstone") return;
    core_.pages.mark_read(user, *channel);
    if (call == Call::mention) {
        PostDraft reply;
        reply.channel = id;
        reply.user = user;
        reply.text = short_answer(random_);
        reply.thread = message->thread ? *message->thread : ts;
        [[maybe_unused]] const auto posted = core_.workspace.post(std::move(reply), core_.now());
        return;
    }
    if (intention.move == Move::look_at_it) {
        react(user, id, ts, "eyes");
    } else {
        const bool declined = intention.move == Move::decline && press(user, *channel, *message, Answer::no);
        if (!declined && !press(user, *channel, *message, Answer::yes)) return;
        if (declined) return;
    }
    if (intention.done_after) {
        plan(user, core_.now() + *intention.done_after, intention.at_any_hour, [this, user, id, ts] {
            say_done(user, id, ts);
        });
    }
}

void Teammates::say_done(const UserId& user, const ChannelId& id, Ts ts)
{
    const Channel* channel = core_.workspace.find_channel(id);
    const Message* message = core_.workspace.find_message(id, ts);
    if (channel == nullptr || message == nullptr || message->subtype == "tombstone") return;
    if (!press(user, *channel, *message, Answer::done)) react(user, id, ts, "white_check_mark");
}

// --- what they say by themselves
// -------------------------------------------------------------------------------------

void Teammates::talk_later(const UserId& user)
{
    const auto wait = next_own_word(cast_.at(user).temperament, random_);
    if (wait) plan(user, core_.now() + *wait, false, [this, user] { talk(user); });
}

std::string Teammates::asking_command() const
{
    if (!core_.app.commands) return "";
    for (const auto& [name, command] : *core_.app.commands)
        if (command.escapes_names && command.usage_hint.find('@') != std::string::npos) return name;
    return "";
}

std::optional<UserId> Teammates::somebody_else(const UserId& user, const Channel& channel)
{
    std::vector<UserId> others;
    for (const auto& [other, teammate] : cast_)
        if (other != user && channel.has(other)) others.push_back(other);
    if (others.empty()) return std::nullopt;
    return others[random_.below(others.size())];
}

void Teammates::talk(const UserId& user)
{
    talk_later(user);
    std::vector<const Channel*> places;
    for (const auto& [id, channel] : core_.workspace.channels()) {
        const bool is_open = channel.kind == ChannelKind::open && !channel.is_archived && channel.has(user);
        if (!is_open) continue;
        core_.pages.mark_read(user, channel);
        places.push_back(&channel);
    }
    if (places.empty()) return;
    const Channel& place = *places[random_.below(places.size())];
    const auto other = somebody_else(user, place);
    const bool wants_something = other && random_.happens(0.6);
    const std::string command = core_.workspace.bot_is_in(place) ? asking_command() : "";
    if (wants_something && !command.empty() && random_.happens(0.7)) {
        const std::string text = "@" + core_.workspace.find_user(*other)->name + " " +
                                 something_to_ask(random_);
        core_.interactions.command(place,
                                   *core_.workspace.find_user(user),
                                   command,
                                   text,
                                   core_.app.commands->at(command),
                                   [](const Json&) {});
        return;
    }
    PostDraft draft;
    draft.channel = place.id;
    draft.user = user;
    draft.text = wants_something ? "<@" + other->value + "> " + something_to_ask(random_)
                                 : something_to_say(random_);
    [[maybe_unused]] const auto posted = core_.workspace.post(std::move(draft), core_.now());
}

}  // namespace sandbox
