#include "sandbox/control/control_api.hpp"
#include "sandbox/model/message_markup.hpp"
#include "sandbox/sandbox_core.hpp"

#include <algorithm>

namespace sandbox {
namespace {

constexpr std::size_t batch_max = 20'000;
constexpr std::size_t text_characters_max = 40'000;
constexpr const char* message_members = "channel user text thread_ts broadcast raw";

bool is_emoji_name(const std::string& name)
{
    constexpr std::size_t bytes_max = 100;
    return !name.empty() && name.size() <= bytes_max && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-' ||
               c == '\'' || c == ':';
    });
}

Wire wire_of(const Json& body)
{
    return member(body, "raw") == Json(true) ? Wire::plain : Wire::mention_names;
}

}  // namespace

Outcome<const Message*> ControlApi::message_in(const Json& body, const Channel& channel) const
{
    const auto ts = ts_in(body);
    if (!ts) return ts.error();
    const Message* message = core_.workspace.find_message(channel.id, *ts);
    if (message == nullptr) return Refusal{"ts: there is no message " + ts->text() + " in that channel"};
    return message;
}

Outcome<Ts> ControlApi::post_one(const Json& body, const Json& defaults)
{
    Json merged = defaults;
    merged.update(body);
    const auto target = channel_in(merged);
    if (!target) return target.error();
    const auto author = user_in(merged);
    if (!author) return author.error();
    const auto text = text_in(merged, "text");
    if (!text) return text.error();
    if (text->empty()) return Refusal{"text is empty"};
    if (count_characters(*text) > text_characters_max) return Refusal{"text has more than 40000 characters"};
    PostDraft draft;
    draft.channel = (*target)->id;
    draft.user = (*author)->id;
    if (draft.user == core_.workspace.team().bot_user)
        return Refusal{"user: the app speaks for itself, through chat.postMessage"};
    draft.text = core_.workspace.wire_text(*text, wire_of(merged));
    draft.broadcast = sandbox::member(merged, "broadcast") == Json(true);
    if (!sandbox::member(merged, "thread_ts").is_null()) {
        const auto thread = ts_in(merged, "thread_ts");
        if (!thread) return thread.error();
        const Message* parent = core_.workspace.find_message(draft.channel, *thread);
        if (parent == nullptr || parent->thread)
            return Refusal{"thread_ts: " + thread->text() + " begins no thread in that channel"};
        draft.thread = *thread;
    }
    return core_.workspace.post(std::move(draft), core_.now());
}

void ControlApi::post(const Json& body, const Done& done)
{
    const Json& messages = sandbox::member(body, "messages");
    if (messages.is_null()) {
        const auto posted = post_one(body, Json::object());
        if (!posted) return done(control_failure(posted.error()));
        return done({{"ok", true}, {"ts", posted->text()}});
    }
    if (!messages.is_array() || messages.size() > batch_max)
        return done(control_failure(Refusal{"messages must be a list of at most 20000"}));
    Json defaults = body;
    defaults.erase("messages");
    Json stamps = Json::array();
    for (const Json& message : messages) {
        auto refusal = message.is_object() ? wrong_member(message_members, message)
                                           : Refusal{"every message is an object"};
        const auto posted = refusal ? Outcome<Ts>{*std::move(refusal)} : post_one(message, defaults);
        if (!posted) {
            Json failure = control_failure(posted.error());
            failure["at"] = stamps.size();
            failure["ts"] = stamps;
            return done(std::move(failure));
        }
        stamps.push_back(posted->text());
    }
    done({{"ok", true}, {"ts", std::move(stamps)}});
}

void ControlApi::edit(const Json& body, const Done& done)
{
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    const auto message = message_in(body, **target);
    if (!message) return done(control_failure(message.error()));
    const auto text = text_in(body, "text");
    if (!text) return done(control_failure(text.error()));
    if (count_characters(*text) > text_characters_max)
        return done(control_failure(Refusal{"text has more than 40000 characters"}));
    if ((*message)->from_app)
        return done(control_failure(Refusal{"ts: that message is the app's: only it can change it"}));
    MessageChange change;
    change.text = core_.workspace.wire_text(*text, wire_of(body));
    change.editor = (*message)->user;
    const Ts ts = (*message)->ts;
    const auto edited = core_.workspace.edit((*target)->id, ts, std::move(change), core_.now());
    if (!edited) return done(control_failure(edited.error()));
    done({{"ok", true}, {"ts", ts.text()}});
}

void ControlApi::erase(const Json& body, const Done& done)
{
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    const auto message = message_in(body, **target);
    if (!message) return done(control_failure(message.error()));
    const Ts ts = (*message)->ts;
    const auto erased = core_.workspace.erase((*target)->id, ts, core_.now());
    if (!erased) return done(control_failure(erased.error()));
    done({{"ok", true}, {"ts", ts.text()}});
}

void ControlApi::react(const Json& body, const Done& done)
{
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    const auto message = message_in(body, **target);
    if (!message) return done(control_failure(message.error()));
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto name = text_in(body, "name");
    if (!name) return done(control_failure(name.error()));
    if (!is_emoji_name(*name))
        return done(control_failure(Refusal{"name: \"" + *name + "\" names no emoji"}));
    if (!(*target)->has((*person)->id))
        return done(control_failure(Refusal{"user: that person is not in this channel"}));
    const Ts ts = (*message)->ts;
    const bool removes = sandbox::member(body, "remove") == Json(true);
    const auto reacted = removes
                             ? core_.workspace.unreact((*target)->id, ts, (*person)->id, *name, core_.now())
                             : core_.workspace.react((*target)->id, ts, (*person)->id, *name, core_.now());
    if (!reacted) return done(control_failure(reacted.error()));
    done({{"ok", true}});
}

void ControlApi::press(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto action_id = text_in(body, "action_id");
    if (!action_id) return done(control_failure(action_id.error()));
    const ControlChoice choice{*action_id,
                               text_member(body, "block_id"),
                               sandbox::member(body, "value"),
                               sandbox::member(body, "selected")};
    if (!core_.app.has_interactivity)
        return done(control_failure(Refusal{"the app is not set up for interactivity"}));
    const std::string view_id = text_member(body, "view");
    if (!view_id.empty()) {
        const Json* shown = view_id == "home" ? core_.views.home((*person)->id) : core_.views.find(view_id);
        if (shown == nullptr) return done(control_failure(Refusal{"view: nothing is shown there"}));
        return core_.interactions.press_view(*shown, **person, choice, done);
    }
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    const auto ts = ts_in(body);
    if (!ts) return done(control_failure(ts.error()));
    if ((*target)->kind != ChannelKind::open && !(*target)->has((*person)->id))
        return done(control_failure(Refusal{"user: that person does not see this channel"}));
    core_.interactions.press_message(**target, *ts, **person, choice, done);
}

void ControlApi::command(const Json& body, const Done& done)
{
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto name = text_in(body, "command");
    if (!name) return done(control_failure(name.error()));
    if (name->size() < 2 || name->front() != '/')
        return done(control_failure(Refusal{"command: must begin with a slash, as in /ack"}));
    if (!(*target)->has((*person)->id))
        return done(control_failure(Refusal{"user: that person is not in this channel"}));
    CommandDefinition definition;
    if (const auto& commands = core_.app.commands) {
        const auto found = commands->find(*name);
        if (found == commands->end())
            return done(control_failure(Refusal{"command: the app's manifest defines no " + *name}));
        definition = found->second;
    }
    core_.interactions.command(**target, **person, *name, text_member(body, "text"), definition, done);
}

void ControlApi::submit(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const Json& values = sandbox::member(body, "values");
    if (!values.is_null() && !values.is_object())
        return done(control_failure(Refusal{"values: an object of action_id and value"}));
    core_.interactions.submit(**person, values.is_null() ? Json::object() : values, done);
}

void ControlApi::close_form(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    core_.interactions.close_form(**person, done);
}

void ControlApi::shortcut(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const auto callback_id = text_in(body, "callback_id");
    if (!callback_id) return done(control_failure(callback_id.error()));
    const bool is_global = sandbox::member(body, "channel").is_null();
    if (const auto& shortcuts = core_.app.shortcuts) {
        const auto found = shortcuts->find(*callback_id);
        if (found == shortcuts->end() || is_global != found->second.is_global)
            return done(
                control_failure(Refusal{"callback_id: the app's manifest defines no such " +
                                        std::string{is_global ? "global" : "message"} + " shortcut"}));
    }
    if (is_global) return core_.interactions.global_shortcut(**person, *callback_id, done);
    const auto target = channel_in(body);
    if (!target) return done(control_failure(target.error()));
    const auto ts = ts_in(body);
    if (!ts) return done(control_failure(ts.error()));
    core_.interactions.message_shortcut(**target, *ts, **person, *callback_id, done);
}

void ControlApi::open_home(const Json& body, const Done& done)
{
    const auto person = user_in(body);
    if (!person) return done(control_failure(person.error()));
    const std::string tab = sandbox::member(body, "tab").is_null() ? "home" : text_member(body, "tab");
    if (tab != "home" && tab != "messages") return done(control_failure(Refusal{"tab: home or messages"}));
    if (!(tab == "home" ? core_.app.has_home_tab : core_.app.has_messages_tab))
        return done(control_failure(Refusal{"tab: the app has no " + tab + " tab"}));
    const UserId id = (*person)->id;
    const auto direct = core_.workspace.open_direct(id, core_.now());
    if (!direct) return done(control_failure(direct.error()));
    Json event{{"type", "app_home_opened"},
               {"user", id.value},
               {"channel", direct->value},
               {"tab", tab},
               {"event_ts", core_.workspace.next_ts(core_.now()).text()}};
    if (const Json* published = core_.views.home(id)) event["view"] = *published;
    core_.workspace.emit("app_home_opened", std::move(event));
    done({{"ok", true}, {"channel", direct->value}});
}

}  // namespace sandbox
