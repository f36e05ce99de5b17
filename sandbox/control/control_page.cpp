// What the page needs besides what every test does: the history in pieces, what somebody has read, the line
// to the app.
#include "sandbox/control/control_api.hpp"
#include "sandbox/page/page_objects.hpp"
#include "sandbox/sandbox_core.hpp"

namespace sandbox {
namespace {

constexpr std::int64_t history_limit_usual = 100;
constexpr std::int64_t history_limit_max = 500;

struct Piece {
    Json messages = Json::array();
    std::size_t older = 0;
};

/// The last `limit` messages of the conversation itself before `before`, with that person's ephemerals.
Piece last_messages(
    const Channel& channel, const UserId& user, std::optional<Ts> before, std::size_t limit, const Team& team)
{
    std::map<Ts, Json> shown;
    std::size_t older = 0;
    auto at = before ? std::make_reverse_iterator(channel.messages.lower_bound(*before))
                     : channel.messages.rbegin();
    for (; at != channel.messages.rend(); ++at) {
        if (at->second.thread && !at->second.is_broadcast) continue;
        if (shown.size() < limit)
            shown.emplace(at->first, message_for_page(channel, at->second, team));
        else
            ++older;
    }
    const Ts first = older > 0 && !shown.empty() ? shown.begin()->first : Ts{};
    for (auto own = channel.ephemerals.lower_bound(first); own != channel.ephemerals.end(); ++own) {
        if (before && own->first >= *before) break;
        if (own->second.to == user && !own->second.thread)
            shown.emplace(own->first, ephemeral_for_page(own->second, team));
    }
    Piece piece;
    piece.older = older;
    for (auto& [ts, message] : shown) piece.messages.push_back(std::move(message));
    return piece;
}

/// A thread's first message and all of its replies.
Piece whole_thread(const Channel& channel, const UserId& user, const Message& parent, const Team& team)
{
    std::map<Ts, Json> shown;
    shown.emplace(parent.ts, message_for_page(channel, parent, team));
    for (const Ts ts : parent.replies) {
        const auto reply = channel.messages.find(ts);
        if (reply != channel.messages.end())
            shown.emplace(ts, message_for_page(channel, reply->second, team));
    }
    for (const auto& [ts, own] : channel.ephemerals)
        if (own.to == user && own.thread == parent.ts) shown.emplace(ts, ephemeral_for_page(own, team));
    Piece piece;
    for (auto& [ts, message] : shown) piece.messages.push_back(std::move(message));
    return piece;
}

}  // namespace

void ControlApi::history(const Json& body, const Done& done)
{
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto limit = number_in(body, "limit", history_limit_usual, history_limit_max);
    if (!limit) return done(control_failure(limit.error()));
    std::optional<Ts> before;
    if (!sandbox::member(body, "before").is_null()) {
        const auto given = ts_in(body, "before");
        if (!given) return done(control_failure(given.error()));
        before = *given;
    }
    const Channel& channel = **target;
    const UserId& user = (*person)->id;
    if (channel.kind != ChannelKind::open && !channel.has(user))
        return done(control_failure(Refusal{"user: that person does not see this channel"}));
    const Team& team = core_.workspace.team();
    Piece piece;
    if (sandbox::member(body, "thread").is_null()) {
        piece = last_messages(channel, user, before, static_cast<std::size_t>(*limit), team);
    } else {
        const auto thread = ts_in(body, "thread");
        if (!thread) return done(control_failure(thread.error()));
        const Message* parent = core_.workspace.find_message(channel.id, *thread);
        if (parent == nullptr)
            return done(control_failure(Refusal{"thread: there is no message " + thread->text()}));
        piece = whole_thread(channel, user, *parent, team);
    }
    done({{"ok", true}, {"messages", std::move(piece.messages)}, {"older", piece.older}});
}

void ControlApi::forms(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    done({{"ok", true}, {"stack", core_.views.stack((*person)->id)}});
}

void ControlApi::read(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    core_.pages.mark_read((*person)->id, **target);
    done({{"ok", true}});
}

void ControlApi::offline(const Json& body, const Done& done)
{
    const Json& on = sandbox::member(body, "on");
    if (!on.is_boolean()) return done(control_failure(Refusal{"on: true or false"}));
    core_.set_offline(on.get<bool>());
    done({{"ok", true}, {"offline", core_.is_offline()}});
}

void ControlApi::teammates(const Json& body, const Done& done)
{
    const Json& active = sandbox::member(body, "active");
    if (!active.is_null()) {
        if (!active.is_boolean()) return done(control_failure(Refusal{"active: true or false"}));
        core_.teammates.set_active(active.get<bool>());
    } else {
        const auto person = user_in(body);
        if (!person) return done(control_failure(person.error()));
        const Json& by_visitor = sandbox::member(body, "take_over");
        if (!by_visitor.is_boolean()) return done(control_failure(Refusal{"take_over: true or false"}));
        const auto taken = core_.teammates.take_over((*person)->id, by_visitor.get<bool>());
        if (!taken) return done(control_failure(taken.error()));
    }
    done({{"ok", true}, {"teammates", core_.teammates.to_json()}});
}

}  // namespace sandbox
