// Slack's Web API: what a call is worth before its method runs (token, scopes, rate limits, body), and the
// methods.
//
// Speaks neither HTTP nor sockets: a request value in, an answer value out, the time of both clocks passed
// in. Methods live in web_api_*.cpp by what they are about and are found in the table of web_api.cpp.
#pragma once

#include "sandbox/app/app_messages.hpp"
#include "sandbox/app/installed_app.hpp"
#include "sandbox/app/passes.hpp"
#include "sandbox/model/view_book.hpp"
#include "sandbox/model/workspace.hpp"
#include "sandbox/web_api/api_arguments.hpp"
#include "sandbox/web_api/rate_limiter.hpp"
#include "sandbox/wire/http_message.hpp"

#include <functional>
#include <set>
#include <string>

namespace sandbox {

struct ApiPolicy {
    std::string app_token = "xapp-sandbox";
    std::string bot_token = "xoxb-sandbox";
    std::string configuration_token = "xoxe.xoxp-sandbox";  ///< for apps.manifest.*
    std::size_t page_max = 999;                             ///< Slack gives some apps pages of 15
};

class WebApi {
public:
    /// Gives out the address of a new socket; nothing while the app is reached over HTTP.
    using OpenConnection = std::function<std::optional<std::string>(WallInstant)>;

    WebApi(Workspace& workspace,
           ViewBook& views,
           TriggerBook& triggers,
           AppMessages& messages,
           RateLimiter& limiter,
           Statistics& statistics,
           OpenConnection open_connection,
           const InstalledApp& app,
           ApiPolicy policy);

    /// `request.path` names the method after "/api/".
    HttpAnswer handle(const HttpRequest& request, Instant now, WallInstant wall);

    /// From now on the token is refused with `error`. False when it is neither of the two.
    bool revoke(const std::string& token, const std::string& error);
    [[nodiscard]] const ApiPolicy& policy() const { return policy_; }

    /// One call on its way through.
    struct Call {
        const Arguments& arguments;
        Instant now;
        WallInstant wall;
        std::vector<std::string> warnings;
    };
    enum class Token { bot, app, configuration };
    enum class Body { form_or_json, form_only };
    using Run = Outcome<Json> (WebApi::*)(Call&);
    struct Method {
        const char* name;
        Tier tier;
        const char* scope;  ///< "" for none; "*:read" and "*:history" depend on the conversation
        Body body;
        bool by_get;
        Token token;
        Run run;
    };

private:
    static const Method* find_method(const std::string& name);
    /// The kind of a token that is one of ours. Errors: not_authed, invalid_auth, and what revoke() said.
    [[nodiscard]] Outcome<Token> token_of(const std::string& authorization) const;
    [[nodiscard]] bool has_scope(const std::string& scope) const { return app_.has_scope(scope); }
    [[nodiscard]] std::string scopes_of(Token token) const;
    [[nodiscard]] Outcome<bool> check_scope(const std::string& needed) const;
    [[nodiscard]] Outcome<Arguments> read_arguments(const Method& method,
                                                    const HttpRequest& request,
                                                    std::vector<std::string>& warnings) const;
    Outcome<Json> run(
        const Method& method, const HttpRequest& request, Instant now, WallInstant wall, int& retry_after);

    // What many methods need.
    Outcome<const Channel*> visible_channel(const Call& call, const char* scope_of_kind) const;
    Outcome<const Channel*> joined_channel(const Call& call, const char* scope_of_kind) const;
    [[nodiscard]] Outcome<bool> check_kind_scope(ChannelKind kind, const std::string& access) const;
    static Outcome<Ts> required_ts(const Call& call, const char* name, const char* error);
    [[nodiscard]] Outcome<std::size_t> page_limit(const Call& call, std::size_t usual) const;
    [[nodiscard]] Outcome<Json> page(const Call& call, const char* name, const std::vector<Json>& all) const;
    Outcome<std::vector<const Channel*>> listed_channels(const Call& call) const;

    // chat
    Outcome<Json> chat_post_message(Call& call);
    Outcome<Json> chat_update(Call& call);
    Outcome<Json> chat_delete(Call& call);
    Outcome<Json> chat_post_ephemeral(Call& call);
    Outcome<Json> chat_get_permalink(Call& call);
    // conversations
    Outcome<Json> conversations_list(Call& call);
    Outcome<Json> conversations_info(Call& call);
    Outcome<Json> conversations_members(Call& call);
    Outcome<Json> conversations_history(Call& call);
    Outcome<Json> conversations_replies(Call& call);
    Outcome<Json> conversations_open(Call& call);
    Outcome<Json> conversations_join(Call& call);
    Outcome<Json> conversations_set_topic(Call& call);
    Outcome<Json> users_conversations(Call& call);
    // people
    Outcome<Json> auth_test(Call& call);
    Outcome<Json> apps_connections_open(Call& call);
    Outcome<Json> apps_manifest_validate(Call& call);
    Outcome<Json> users_info(Call& call);
    Outcome<Json> users_list(Call& call);
    Outcome<Json> usergroups_list(Call& call);
    Outcome<Json> usergroups_users_list(Call& call);
    Outcome<Json> usergroups_users_update(Call& call);
    Outcome<Json> team_info(Call& call);
    Outcome<Json> dnd_info(Call& call);
    Outcome<Json> dnd_team_info(Call& call);
    // reactions and views
    enum class ReactionChange { add, remove };
    Outcome<Json> change_reaction(Call& call, ReactionChange change);
    Outcome<Json> reactions_add(Call& call);
    Outcome<Json> reactions_remove(Call& call);
    Outcome<Json> reactions_get(Call& call);
    Outcome<Json> views_open(Call& call);
    Outcome<Json> views_push(Call& call);
    Outcome<Json> views_update(Call& call);
    Outcome<Json> views_publish(Call& call);

    Workspace& workspace_;
    ViewBook& views_;
    TriggerBook& triggers_;
    AppMessages& messages_;
    RateLimiter& limiter_;
    Statistics& statistics_;
    OpenConnection open_connection_;
    const InstalledApp& app_;
    ApiPolicy policy_;
    std::map<std::string, std::string> revoked_;
    std::uint64_t requests_ = 0;
};

}  // namespace sandbox
