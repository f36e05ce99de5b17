#include "sandbox/web_api/web_api.hpp"

#include "sandbox/model/message_markup.hpp"

#include <algorithm>
#include <array>

namespace sandbox {
namespace {

constexpr std::string_view path_prefix = "/api/";
constexpr std::size_t ignored_names_max = 100;  // names are the client's to choose

std::string lower(std::string_view text)
{
    std::string small{text};
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return small;
}

std::string joined(const std::set<std::string>& names)
{
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
    return text;
}

/// "*:read" stands for the four kinds of conversation.
std::string spelled_out(const std::string& scope)
{
    if (scope.empty() || scope[0] != '*') return scope;
    const std::string access = scope.substr(1);
    return "channels" + access + ",groups" + access + ",mpim" + access + ",im" + access;
}

void add_warnings(Json& body, const std::vector<std::string>& warnings)
{
    if (warnings.empty()) return;
    std::string all;
    for (const std::string& warning : warnings) all += (all.empty() ? "" : ",") + warning;
    body["warning"] = all;
    body["response_metadata"]["warnings"] = warnings;
}

}  // namespace

WebApi::WebApi(Workspace& workspace,
               ViewBook& views,
               TriggerBook& triggers,
               AppMessages& messages,
               RateLimiter& limiter,
               Statistics& statistics,
               OpenConnection open_connection,
               const InstalledApp& app,
               ApiPolicy policy)
    : workspace_(workspace),
      views_(views),
      triggers_(triggers),
      messages_(messages),
      limiter_(limiter),
      statistics_(statistics),
      open_connection_(std::move(open_connection)),
      app_(app),
      policy_(std::move(policy))
{}

const WebApi::Method* WebApi::find_method(const std::string& name)
{
    using enum Tier;
    using enum Body;
    constexpr auto bot = Token::bot;
    static constexpr Method methods[] = {
        {"apps.connections.open", three, "", form_or_json, false, Token::app, &WebApi::apps_connections_open},
        {"apps.manifest.validate",
         three,
         "",
         form_or_json,
         false,
         Token::configuration,
         &WebApi::apps_manifest_validate},
        {"auth.test", generous, "", form_or_json, false, bot, &WebApi::auth_test},
        {"chat.delete", three, "chat:write", form_or_json, false, bot, &WebApi::chat_delete},
        {"chat.getPermalink", generous, "", form_only, true, bot, &WebApi::chat_get_permalink},
        {"chat.postEphemeral", four, "chat:write", form_or_json, false, bot, &WebApi::chat_post_ephemeral},
        {"chat.postMessage", posting, "chat:write", form_or_json, false, bot, &WebApi::chat_post_message},
        {"chat.update", three, "chat:write", form_or_json, false, bot, &WebApi::chat_update},
        {"conversations.history",
         three,
         "*:history",
         form_or_json,
         true,
         bot,
         &WebApi::conversations_history},
        {"conversations.info", three, "*:read", form_only, true, bot, &WebApi::conversations_info},
        {"conversations.join", three, "channels:join", form_or_json, false, bot, &WebApi::conversations_join},
        {"conversations.list", two, "*:read", form_only, true, bot, &WebApi::conversations_list},
        {"conversations.members", four, "*:read", form_only, true, bot, &WebApi::conversations_members},
        {"conversations.open", three, "im:write", form_or_json, false, bot, &WebApi::conversations_open},
        {"conversations.replies", three, "*:history", form_only, true, bot, &WebApi::conversations_replies},
        {"conversations.setTopic",
         two,
         "*:write.topic",
         form_or_json,
         false,
         bot,
         &WebApi::conversations_set_topic},
        {"dnd.info", three, "dnd:read", form_only, true, bot, &WebApi::dnd_info},
        {"dnd.teamInfo", two, "dnd:read", form_only, true, bot, &WebApi::dnd_team_info},
        {"reactions.add", three, "reactions:write", form_or_json, false, bot, &WebApi::reactions_add},
        {"reactions.get", three, "reactions:read", form_only, true, bot, &WebApi::reactions_get},
        {"reactions.remove", two, "reactions:write", form_or_json, false, bot, &WebApi::reactions_remove},
        {"team.info", three, "team:read", form_or_json, true, bot, &WebApi::team_info},
        {"usergroups.list", two, "usergroups:read", form_only, true, bot, &WebApi::usergroups_list},
        {"usergroups.users.list",
         two,
         "usergroups:read",
         form_only,
         true,
         bot,
         &WebApi::usergroups_users_list},
        {"usergroups.users.update",
         two,
         "usergroups:write",
         form_or_json,
         false,
         bot,
         &WebApi::usergroups_users_update},
        {"users.conversations", three, "*:read", form_only, true, bot, &WebApi::users_conversations},
        {"users.info", four, "users:read", form_only, true, bot, &WebApi::users_info},
        {"users.list", two, "users:read", form_only, true, bot, &WebApi::users_list},
        {"views.open", four, "", form_or_json, false, bot, &WebApi::views_open},
        {"views.publish", four, "", form_or_json, false, bot, &WebApi::views_publish},
        {"views.push", four, "", form_or_json, false, bot, &WebApi::views_push},
        {"views.update", four, "", form_or_json, false, bot, &WebApi::views_update},
    };
    const auto found = std::find_if(
        std::begin(methods), std::end(methods), [&](const Method& method) { return name == method.name; });
    return found == std::end(methods) ? nullptr : found;
}

bool WebApi::revoke(const std::string& token, const std::string& error)
{
    if (token != policy_.app_token && token != policy_.bot_token) return false;
    revoked_[token] = error;
    return true;
}

Outcome<WebApi::Token> WebApi::token_of(const std::string& authorization) const
{
    constexpr std::string_view scheme = "Bearer ";
    if (authorization.empty()) return Refusal{"not_authed"};
    if (lower(authorization.substr(0, scheme.size())) != lower(scheme)) return Refusal{"invalid_auth"};
    const std::string token = authorization.substr(scheme.size());
    if (const auto revoked = revoked_.find(token); revoked != revoked_.end()) return Refusal{revoked->second};
    if (token == policy_.bot_token) return Token::bot;
    if (token == policy_.app_token) return Token::app;
    if (token == policy_.configuration_token) return Token::configuration;
    return Refusal{"invalid_auth"};
}

std::string WebApi::scopes_of(Token token) const
{
    switch (token) {
        case Token::bot: return joined(app_.scopes);
        case Token::app: return "connections:write";
        case Token::configuration: return "app_configurations:read,app_configurations:write";
    }
    return "";
}

Outcome<bool> WebApi::check_scope(const std::string& needed) const
{
    if (needed.empty() || has_scope(needed)) return true;
    // Which of the four kinds is needed depends on the conversation, but none at all is never enough.
    if (needed[0] == '*') {
        for (const char* kind : {"channels", "groups", "im", "mpim"})
            if (has_scope(kind + needed.substr(1))) return true;
    }
    Refusal refusal{"missing_scope"};
    refusal.needed = spelled_out(needed);
    return refusal;
}

Outcome<bool> WebApi::check_kind_scope(ChannelKind kind, const std::string& access) const
{
    const char* prefix = kind == ChannelKind::open         ? "channels"
                         : kind == ChannelKind::restricted ? "groups"
                                                           : "im";
    const std::string needed = prefix + access;
    if (has_scope(needed)) return true;
    Refusal refusal{"missing_scope"};
    refusal.needed = needed;
    return refusal;
}

Outcome<Arguments> WebApi::read_arguments(const Method& method,
                                          const HttpRequest& request,
                                          std::vector<std::string>& warnings) const
{
    Arguments arguments;
    if (request.verb == "GET" && !method.by_get) return Refusal{"invalid_post_type"};
    const std::string type = lower(request.content_type.substr(0, request.content_type.find(';')));
    const bool names_charset = lower(request.content_type).find("charset") != std::string::npos;
    if (!request.body.empty() && type == "application/json") {
        // Slack ignores a JSON body where a method takes forms only; refusing shows the mistake at once.
        if (method.body == Body::form_only)
            return Refusal{"invalid_post_type", {"[ERROR] this method does not take JSON"}};
        auto object = parse_json(request.body);
        if (!object) return Refusal{"invalid_json"};
        if (!object->is_object()) return Refusal{"json_not_object"};
        arguments = Arguments{*std::move(object)};
        if (!names_charset) warnings.push_back("missing_charset");
    } else if (!request.body.empty()) {
        if (type.empty()) return Refusal{"missing_post_type"};
        if (type != "application/x-www-form-urlencoded") return Refusal{"invalid_post_type"};
        if (!arguments.add_form(request.body)) return Refusal{"invalid_form_data"};
        if (names_charset) warnings.push_back("superfluous_charset");
    }
    if (!arguments.add_form(request.query)) return Refusal{"invalid_form_data"};
    return arguments;
}

Outcome<Json> WebApi::run(
    const Method& method, const HttpRequest& request, Instant now, WallInstant wall, int& retry_after)
{
    const auto token = token_of(request.authorization);
    if (!token) return token.error();
    if (*token != method.token) return Refusal{"not_allowed_token_type"};
    if (const auto checked = check_scope(method.scope); !checked) return checked.error();
    std::vector<std::string> warnings;
    auto arguments = read_arguments(method, request, warnings);
    if (!arguments) return arguments.error();
    const bool posts = std::string_view{method.name}.substr(0, 9) == "chat.post";
    retry_after = limiter_.admit(method.name, method.tier, posts ? arguments->text("channel") : "", now);
    if (retry_after > 0) return Refusal{"ratelimited"};
    Call call{*arguments, now, wall, std::move(warnings)};
    auto result = (this->*method.run)(call);
    if (!result) return result;
    auto& ignored = statistics_.ignored_arguments[method.name];
    for (const std::string& name : arguments->unread())
        if (ignored.size() < ignored_names_max) ++ignored[name];
    (*result)["ok"] = true;
    add_warnings(*result, call.warnings);
    return result;
}

HttpAnswer WebApi::handle(const HttpRequest& request, Instant now, WallInstant wall)
{
    const std::string name = request.path.substr(std::min(path_prefix.size(), request.path.size()));
    const Method* method = find_method(name);
    HttpAnswer answer;
    int retry_after = 0;
    const auto result = method == nullptr ? Outcome<Json>{Refusal{"unknown_method"}}
                                          : run(*method, request, now, wall, retry_after);
    // A hostile client must not fill the table with names of its own.
    const std::string counted = method == nullptr ? "(unknown)" : name;
    ++statistics_.calls[counted];
    answer.headers.emplace_back("X-Slack-Req-Id", "sandbox-" + std::to_string(++requests_));
    if (const auto token = token_of(request.authorization))
        answer.headers.emplace_back("X-OAuth-Scopes", scopes_of(*token));
    if (method != nullptr && *method->scope != '\0')
        answer.headers.emplace_back("X-Accepted-OAuth-Scopes", spelled_out(method->scope));
    if (result) {
        answer.body = dump(*result);
        return answer;
    }
    const Refusal& refusal = result.error();
    ++statistics_.errors[counted][refusal.error];
    Json body{{"ok", false}, {"error", refusal.error}};
    if (!refusal.messages.empty()) body["response_metadata"]["messages"] = refusal.messages;
    if (!refusal.needed.empty()) {
        body["needed"] = refusal.needed;
        body["provided"] = joined(app_.scopes);
    }
    for (const Refusal::Detail& detail : refusal.details)
        body["errors"].push_back(
            {{"code", detail.code}, {"message", detail.message}, {"pointer", detail.pointer}});
    if (retry_after > 0) {
        ++statistics_.rate_limited;
        answer.status = 429;
        answer.headers.emplace_back("Retry-After", std::to_string(retry_after));
    }
    answer.body = dump(body);
    return answer;
}

}  // namespace sandbox
