#include "sandbox/control/control_api.hpp"

#include "sandbox/sandbox_core.hpp"
#include "sandbox/web_api/api_arguments.hpp"

#include <charconv>

namespace sandbox {

Json control_failure(const Refusal& refusal)
{
    std::string text = refusal.error;
    for (const std::string& message : refusal.messages) text += ": " + message;
    return {{"ok", false}, {"error", text}};
}

const ControlApi::Route* ControlApi::find_route(const std::string& path)
{
    using enum Verb;
    static constexpr Route routes[] = {
        {"/sandbox/post", post, "channel user text thread_ts broadcast raw messages", &ControlApi::post},
        {"/sandbox/edit", post, "channel ts text raw", &ControlApi::edit},
        {"/sandbox/delete", post, "channel ts", &ControlApi::erase},
        {"/sandbox/react", post, "channel ts user name remove", &ControlApi::react},
        {"/sandbox/press",
         post,
         "channel ts user action_id block_id value selected view",
         &ControlApi::press},
        {"/sandbox/command", post, "channel user command text", &ControlApi::command},
        {"/sandbox/submit", post, "user values", &ControlApi::submit},
        {"/sandbox/close_form", post, "user", &ControlApi::close_form},
        {"/sandbox/shortcut", post, "user callback_id channel ts", &ControlApi::shortcut},
        {"/sandbox/open_home", post, "user tab", &ControlApi::open_home},
        {"/sandbox/user", post, "*", &ControlApi::user},
        {"/sandbox/channel",
         post,
         "channel id name private members topic purpose rename archive by",
         &ControlApi::channel},
        {"/sandbox/member", post, "channel user leave inviter", &ControlApi::member},
        {"/sandbox/group", post, "id handle name users disabled", &ControlApi::group},
        {"/sandbox/view", look, "channel user limit", &ControlApi::view},
        {"/sandbox/inbox", look, "user limit", &ControlApi::inbox},
        {"/sandbox/home", look, "user", &ControlApi::home},
        {"/sandbox/form", look, "user", &ControlApi::form},
        {"/sandbox/workspace", look, "", &ControlApi::workspace},
        {"/sandbox/stats", look, "", &ControlApi::stats},
        {"/sandbox/clock", look, "after timeout_ms seen", &ControlApi::clock},
        {"/sandbox/time", post, "scale to to_local user to_next", &ControlApi::time},
        {"/sandbox/history", look, "channel user before limit thread", &ControlApi::history},
        {"/sandbox/forms", look, "user", &ControlApi::forms},
        {"/sandbox/read", post, "user channel", &ControlApi::read},
        {"/sandbox/offline", post, "on", &ControlApi::offline},
        {"/sandbox/teammates", post, "active user take_over", &ControlApi::teammates},
        {"/sandbox/manifest", post, "*", &ControlApi::manifest},
        {"/sandbox/app", look, "", &ControlApi::app},
        {"/sandbox/delivery", post, "request_url signing_secret sockets", &ControlApi::delivery},
        {"/sandbox/faults", post, "*", &ControlApi::faults},
        {"/sandbox/rate_limits", post, "mode", &ControlApi::rate_limits},
        {"/sandbox/disconnect", post, "reason cut", &ControlApi::disconnect},
        {"/sandbox/revoke", post, "token error uninstall", &ControlApi::revoke},
        {"/sandbox/wait", post, "unconfirmed sockets verified idle_ms timeout_ms", &ControlApi::wait},
        {"/sandbox/expect",
         post,
         "channel user contains count from since ts timeout_ms",
         &ControlApi::expect},
    };
    for (const Route& route : routes)
        if (path == route.path) return &route;
    return nullptr;
}

Outcome<Json> ControlApi::read_body(const Route& route, const HttpRequest& request)
{
    if (request.verb == "GET" && route.verb == Verb::post)
        return Refusal{std::string{route.path} + " changes things: use POST with a JSON object"};
    Json body = Json::object();
    if (!request.body.empty()) {
        const auto parsed = parse_json(request.body);
        if (!parsed || !parsed->is_object()) return Refusal{"the body is not a JSON object"};
        body = *parsed;
    }
    std::string_view query = request.query;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        std::string name;
        std::string value;
        if (!decode_form_text(pair.substr(0, equals), name) ||
            !decode_form_text(equals < pair.size() ? pair.substr(equals + 1) : std::string_view{}, value))
            return Refusal{"the query is not percent-encoded"};
        if (!name.empty()) body[name] = value;
    }
    if (auto refusal = wrong_member(route.members, body)) return *std::move(refusal);
    return body;
}

std::optional<Refusal> ControlApi::wrong_member(const char* members, const Json& body)
{
    // A name means the same everywhere; what is in neither list is looked at where it is used.
    constexpr std::string_view flags =
        " active archive broadcast cut disabled leave on private raw remove take_over uninstall verified ";
    constexpr std::string_view texts =
        " action_id before block_id by callback_id channel command contains error from handle id inviter mode name "
        "purpose reason rename request_url signing_secret since tab text thread thread_ts to_local token "
        "topic ts user view ";
    const std::string known = " " + std::string{members} + " ";
    if (known == " * ") return std::nullopt;
    for (const auto& [name, value] : body.items()) {
        const std::string word = " " + name + " ";
        if (known.find(word) == std::string::npos)
            return Refusal{"\"" + name + "\" is not known here; there is: " + members};
        if (value.is_null()) continue;
        if (flags.find(word) != std::string_view::npos && !value.is_boolean())
            return Refusal{name + ": true or false"};
        if (texts.find(word) != std::string_view::npos && !value.is_string())
            return Refusal{name + " must be text"};
    }
    return std::nullopt;
}

void ControlApi::handle(const HttpRequest& request, const HttpReply& reply)
{
    const Done done = [reply](const Json& result) {
        HttpAnswer answer;
        answer.body = dump(result);
        reply.send(answer);
    };
    const Route* route = find_route(request.path);
    if (route == nullptr)
        return done(
            control_failure(Refusal{"there is no " + request.path + "; the README lists what there is"}));
    const auto body = read_body(*route, request);
    if (!body) return done(control_failure(body.error()));
    (this->*route->run)(*body, done);
    core_.settle();
}

Outcome<std::string> ControlApi::text_in(const Json& body, const char* key)
{
    const Json& value = sandbox::member(body, key);
    if (!value.is_string())
        return Refusal{std::string{key} + (value.is_null() ? " is missing" : " must be text")};
    return value.get<std::string>();
}

Outcome<Ts> ControlApi::ts_in(const Json& body, const char* key)
{
    const auto text = text_in(body, key);
    if (!text) return text.error();
    const auto ts = Ts::parse(*text);
    if (!ts) return Refusal{std::string{key} + ": \"" + *text + "\" is not of the form 1700000000.000100"};
    return *ts;
}

Outcome<std::int64_t> ControlApi::number_in(const Json& body,
                                            const char* key,
                                            std::int64_t fallback,
                                            std::int64_t max)
{
    const Json& value = sandbox::member(body, key);
    if (value.is_null()) return fallback;
    std::int64_t number = -1;
    if (value.is_number_integer()) number = value.get<std::int64_t>();
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || stopped != text.data() + text.size()) number = -1;
    }
    if (number < 0 || number > max)
        return Refusal{std::string{key} + " must be a whole number from 0 to " + std::to_string(max)};
    return number;
}

Outcome<const User*> ControlApi::user_in(const Json& body, const char* key) const
{
    const auto name = text_in(body, key);
    if (!name) return name.error();
    const User* found = core_.workspace.find_user_named(*name);
    if (found == nullptr) return Refusal{std::string{key} + ": there is no user \"" + *name + "\""};
    return found;
}

Outcome<const User*> ControlApi::optional_user_in(const Json& body, const char* key) const
{
    if (sandbox::member(body, key).is_null()) return nullptr;
    return user_in(body, key);
}

Outcome<std::vector<UserId>> ControlApi::users_in(const Json& body, const char* key) const
{
    std::vector<UserId> users;
    const Json& names = sandbox::member(body, key);
    if (names.is_null()) return users;
    if (!names.is_array()) return Refusal{std::string{key} + " must be a list of users"};
    for (const Json& name : names) {
        const User* found = name.is_string() ? core_.workspace.find_user_named(name.get<std::string>())
                                             : nullptr;
        if (found == nullptr) return Refusal{std::string{key} + ": there is no user " + dump(name)};
        users.push_back(found->id);
    }
    return users;
}

Outcome<const Channel*> ControlApi::channel_in(const Json& body) const
{
    const auto name = text_in(body, "channel");
    if (!name) return name.error();
    if (*name == "dm") {
        const auto person = user_in(body);
        if (!person) return person.error();
        const auto direct = core_.workspace.open_direct((*person)->id, core_.now());
        if (!direct) return direct.error();
        return core_.workspace.find_channel(*direct);
    }
    const Channel* found = core_.workspace.find_channel_named(*name);
    if (found == nullptr) return Refusal{"channel: there is no channel \"" + *name + "\""};
    return found;
}

}  // namespace sandbox
