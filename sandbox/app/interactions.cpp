#include "sandbox/app/interactions.hpp"

#include "sandbox/model/slack_objects.hpp"

namespace sandbox {
namespace {

Json failure(std::string text)
{
    return {{"ok", false}, {"error", std::move(text)}};
}

Json failure(const Refusal& refusal)
{
    return failure(refusal.error + (refusal.messages.empty() ? "" : ": " + refusal.messages.front()));
}

/// How payloads name a conversation.
Json channel_reference(const Channel& channel)
{
    const char* direct = "directmessage";
    const char* hidden = "privategroup";
    return {{"id", channel.id.value},
            {"name",
             channel.kind == ChannelKind::direct       ? Json(direct)
             : channel.kind == ChannelKind::restricted ? Json(hidden)
                                                       : Json(channel.name)}};
}

}  // namespace

Interactions::Interactions(Workspace& workspace,
                           ViewBook& views,
                           TriggerBook& triggers,
                           ResponseUrls& urls,
                           AppMessages& messages,
                           SocketHub& hub,
                           Statistics& statistics,
                           Clocks clocks)
    : workspace_(workspace),
      views_(views),
      triggers_(triggers),
      urls_(urls),
      messages_(messages),
      hub_(hub),
      statistics_(statistics),
      clocks_(std::move(clocks))
{}

std::string Interactions::response_url(ResponsePlace place)
{
    return base_url_ + "/response/" + urls_.issue(std::move(place), clocks_.now());
}

Json Interactions::common(const char* type, const User& user)
{
    const Team& team = workspace_.team();
    return {
        {"type", type},
        {"user",
         {{"id", user.id.value}, {"username", user.name}, {"name", user.name}, {"team_id", user.team_id}}},
        {"team", {{"id", team.id}, {"domain", team.domain}}},
        {"enterprise", nullptr},
        {"is_enterprise_install", false},
        {"api_app_id", team.app_id},
        {"token", "verification-token"},
        {"trigger_id", triggers_.issue(user.id, clocks_.wall())}};
}

void Interactions::send_interactive(bool accepts_payload,
                                    const Json& payload,
                                    std::function<void(SocketHub::Answer)> then)
{
    hub_.request("interactive", accepts_payload, payload, clocks_.wall(), std::move(then));
}

void Interactions::command(const Channel& channel,
                           const User& user,
                           const std::string& command,
                           const std::string& text,
                           const CommandDefinition& definition,
                           const Done& done)
{
    const Team& team = workspace_.team();
    const bool is_direct = channel.kind == ChannelKind::direct;
    const Json payload{
        {"command", command},
        {"text", definition.escapes_names ? workspace_.wire_text(text, Wire::mention_names) : text},
        {"user_id", user.id.value},
        {"user_name", user.name},
        {"channel_id", channel.id.value},
        {"channel_name",
         is_direct                                 ? "directmessage"
         : channel.kind == ChannelKind::restricted ? "privategroup"
                                                   : channel.name},
        {"team_id", team.id},
        {"team_domain", team.domain},
        {"api_app_id", team.app_id},
        {"is_enterprise_install", "false"},
        {"response_url", response_url(ResponsePlace{channel.id, user.id, std::nullopt, std::nullopt, false})},
        {"trigger_id", triggers_.issue(user.id, clocks_.wall())},
        {"token", "verification-token"}};
    hub_.request("slash_commands",
                 true,
                 payload,
                 clocks_.wall(),
                 [this, channel_id = channel.id, user_id = user.id, done](const SocketHub::Answer& answer) {
                     if (!answer.error.empty()) return done(failure(answer.error));
                     show_command_answer(channel_id, user_id, answer.payload, done);
                 });
}

void Interactions::show_command_answer(const ChannelId& channel,
                                       const UserId& user,
                                       const Json& payload,
                                       const Done& done)
{
    if (payload.is_null() || (payload.is_object() && payload.empty()))
        return done({{"ok", true}, {"answer", nullptr}});
    const Arguments arguments{payload};
    const auto content = messages_.read(arguments, AppMessages::DefaultParse::urls);
    if (!content) {
        ++statistics_.answers_invalid;
        return done(failure(content.error()));
    }
    const bool in_channel = arguments.text("response_type") == "in_channel";
    const Instant now = clocks_.now();
    const auto shown = in_channel ? messages_.post(channel, *content, std::nullopt, false, now)
                                  : messages_.post_ephemeral(channel, user, *content, std::nullopt, now);
    if (!shown) return done(failure(shown.error()));
    if (answered_) answered_();
    done({{"ok", true}, {"answer", payload}, {"ts", shown->text()}, {"ephemeral", !in_channel}});
}

void Interactions::press_message(
    const Channel& channel, Ts ts, const User& user, const ControlChoice& choice, const Done& done)
{
    const Message* message = workspace_.find_message(channel.id, ts);
    const Ephemeral* ephemeral = message == nullptr ? workspace_.find_ephemeral(channel.id, ts) : nullptr;
    if (ephemeral != nullptr && ephemeral->to != user.id) ephemeral = nullptr;
    if (message == nullptr && ephemeral == nullptr) return done(failure("message_not_found"));
    const Json& blocks = message != nullptr ? message->blocks : ephemeral->blocks;
    const std::string action_ts = workspace_.next_ts(clocks_.now()).text();
    const auto action = press_control(blocks, choice, action_ts);
    if (!action) return done(failure(action.error()));
    Json entered = Json::object();
    if (!choice.selected.is_null()) entered[choice.action_id] = choice.selected;
    const auto state = state_values(blocks, entered);

    const std::optional<Ts> thread = message != nullptr ? message->thread : ephemeral->thread;
    Json payload = common("block_actions", user);
    payload["container"] = {{"type", "message"},
                            {"message_ts", ts.text()},
                            {"channel_id", channel.id.value},
                            {"is_ephemeral", ephemeral != nullptr}};
    if (thread) payload["container"]["thread_ts"] = thread->text();
    payload["channel"] = channel_reference(channel);
    // The content of an ephemeral message is not sent along.
    if (message != nullptr)
        payload["message"] = message_object(channel, *message, workspace_.team(), MetadataShown::no);
    payload["state"] = {{"values", state ? *state : Json::object()}};
    payload["actions"] = Json::array({*action});
    payload["response_url"] = response_url(
        ResponsePlace{channel.id, user.id, ts, thread, ephemeral != nullptr});
    send_interactive(true, payload, [done](const SocketHub::Answer& answer) {
        done(answer.error.empty() ? Json{{"ok", true}} : failure(answer.error));
    });
}

void Interactions::press_view(const Json& view,
                              const User& user,
                              const ControlChoice& choice,
                              const Done& done)
{
    const Json& blocks = member(view, "blocks");
    const auto action = press_control(blocks, choice, workspace_.next_ts(clocks_.now()).text());
    if (!action) return done(failure(action.error()));
    Json entered = Json::object();
    if (!choice.selected.is_null()) entered[choice.action_id] = choice.selected;
    const auto state = state_values(blocks, entered);
    Json payload = common("block_actions", user);
    payload["container"] = {{"type", "view"}, {"view_id", view["id"]}};
    payload["view"] = view;
    payload["view"]["state"] = {{"values", state ? *state : Json::object()}};
    payload["actions"] = Json::array({*action});
    send_interactive(true, payload, [done](const SocketHub::Answer& answer) {
        done(answer.error.empty() ? Json{{"ok", true}} : failure(answer.error));
    });
}

void Interactions::submit(const User& user, const Json& values, const Done& done)
{
    const auto stack = views_.stack(user.id);
    if (stack.empty()) return done(failure("no_form_open"));
    const auto state = state_values(member(stack.back(), "blocks"), values);
    if (!state) return done(failure(state.error()));
    Json payload = common("view_submission", user);
    payload["view"] = stack.back();
    payload["view"]["state"] = {{"values", *state}};
    payload["response_urls"] = Json::array();
    send_interactive(true, payload, [this, user_id = user.id, done](const SocketHub::Answer& answer) {
        if (!answer.error.empty()) return done(failure(answer.error));
        take_form_answer(user_id, answer.payload, done);
    });
}

void Interactions::take_form_answer(const UserId& user, const Json& payload, const Done& done)
{
    const std::string action = text_member(payload, "response_action");
    Json result{{"ok", true}, {"response_action", action.empty() ? Json{} : Json(action)}};
    const auto stack = views_.stack(user);
    const std::string view_id = stack.empty() ? std::string{} : text_member(stack.back(), "id");
    if (action.empty()) {
        views_.pop(user);
    } else if (action == "clear") {
        views_.clear(user);
    } else if (action == "errors") {
        const Json& errors = member(payload, "errors");
        if (!errors.is_object() || errors.empty()) {
            ++statistics_.answers_invalid;
            return done(failure("invalid_form_answer: errors needs at least one block id with its text"));
        }
        result["errors"] = errors;
    } else if (action == "update" || action == "push") {
        const auto shown = action == "update" ? views_.update(view_id, "", member(payload, "view"), "")
                                              : views_.push(user, member(payload, "view"));
        if (!shown) {
            ++statistics_.answers_invalid;
            return done(failure(shown.error()));
        }
        result["view"] = *shown;
    } else {
        ++statistics_.answers_invalid;
        return done(failure("invalid_form_answer: response_action is " + action));
    }
    if (answered_) answered_();
    done(std::move(result));
}

void Interactions::close_form(const User& user, const Done& done)
{
    const auto stack = views_.stack(user.id);
    if (stack.empty()) return done(failure("no_form_open"));
    const Json view = stack.back();
    views_.pop(user.id);
    if (member(view, "notify_on_close") != Json(true)) return done({{"ok", true}, {"notified", false}});
    Json payload = common("view_closed", user);
    payload.erase("trigger_id");
    payload["view"] = view;
    payload["is_cleared"] = false;
    send_interactive(false, payload, [done](const SocketHub::Answer& answer) {
        done(answer.error.empty() ? Json{{"ok", true}, {"notified", true}} : failure(answer.error));
    });
}

void Interactions::message_shortcut(
    const Channel& channel, Ts ts, const User& user, const std::string& callback_id, const Done& done)
{
    const Message* message = workspace_.find_message(channel.id, ts);
    if (message == nullptr) return done(failure("message_not_found"));
    Json payload = common("message_action", user);
    payload["callback_id"] = callback_id;
    payload["action_ts"] = workspace_.next_ts(clocks_.now()).text();
    payload["channel"] = channel_reference(channel);
    payload["message_ts"] = ts.text();
    payload["message"] = message_object(channel, *message, workspace_.team(), MetadataShown::no);
    payload["response_url"] = response_url(
        ResponsePlace{channel.id, user.id, std::nullopt, message->thread, false});
    send_interactive(false, payload, [done](const SocketHub::Answer& answer) {
        done(answer.error.empty() ? Json{{"ok", true}} : failure(answer.error));
    });
}

void Interactions::global_shortcut(const User& user, const std::string& callback_id, const Done& done)
{
    Json payload = common("shortcut", user);
    payload["callback_id"] = callback_id;
    payload["action_ts"] = workspace_.next_ts(clocks_.now()).text();
    send_interactive(false, payload, [done](const SocketHub::Answer& answer) {
        done(answer.error.empty() ? Json{{"ok", true}} : failure(answer.error));
    });
}

HttpAnswer Interactions::respond(const std::string& token, const HttpRequest& request)
{
    HttpAnswer answer;
    answer.content_type = "text/plain; charset=utf-8";
    const auto refuse = [&](int status, const std::string& why) {
        ++statistics_.errors["response_url"][why];
        answer.status = status;
        answer.body = why;
        return answer;
    };
    ++statistics_.calls["response_url"];
    const auto body = parse_json(request.body);
    if (!body || !body->is_object()) return refuse(400, "invalid_payload");
    const Instant now = clocks_.now();
    const auto place = urls_.use(token, now);
    if (!place) return refuse(404, place.error().error);
    const Arguments arguments{*body};
    answer.body = "ok";
    if (arguments.flag("delete_original")) {
        if (!place->source) return refuse(404, "no_original");
        if (place->source_is_ephemeral) {
            workspace_.erase_ephemeral(place->channel, *place->source);
            return answer;
        }
        const auto erased = workspace_.erase(place->channel, *place->source, now);
        return erased ? answer : refuse(404, erased.error().error);
    }
    auto content = messages_.read(arguments, AppMessages::DefaultParse::urls);
    if (!content) return refuse(400, content.error().error);
    ++statistics_.bot_messages_by_response_url;
    if (arguments.flag("replace_original") && place->source) {
        if (place->source_is_ephemeral) {
            Ephemeral* source = workspace_.find_ephemeral(place->channel, *place->source);
            if (source == nullptr) return refuse(404, "message_not_found");
            messages_.replace_ephemeral(*source, std::move(*content));
            return answer;
        }
        const auto updated = messages_.update(place->channel, *place->source, std::move(*content), now);
        return updated ? answer : refuse(404, updated.error().error);
    }
    const std::optional<Ts> thread = arguments.has("thread_ts") ? Ts::parse(arguments.text("thread_ts"))
                                                                : std::optional<Ts>{};
    const bool in_channel = arguments.text("response_type") == "in_channel";
    const auto posted = in_channel ? messages_.post(place->channel, std::move(*content), thread, false, now)
                                   : messages_.post_ephemeral(
                                         place->channel, place->user, std::move(*content), thread, now);
    return posted ? answer : refuse(404, posted.error().error);
}

}  // namespace sandbox
