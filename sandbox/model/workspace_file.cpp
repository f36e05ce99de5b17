#include "sandbox/model/workspace_file.hpp"

namespace sandbox {
namespace {

/// Reads one part after another and collects what is wrong instead of stopping at the first problem.
class Loader {
public:
    Loader(const Json& description, Instant now)
        : description_(description), now_(now), workspace_(read_team())
    {}

    Outcome<Workspace> load()
    {
        add_users();
        add_channels();
        add_groups();
        if (!problems_.empty()) return Refusal{"invalid_workspace", std::move(problems_)};
        [[maybe_unused]] const auto set_up = workspace_.take_events();
        return std::move(workspace_);
    }

private:
    Team read_team()
    {
        Team team;
        const auto take = [&](const char* part, const char* key, std::string& into) {
            const std::string text = text_member(member(description_, part), key);
            if (!text.empty()) into = text;
        };
        take("team", "id", team.id);
        take("team", "name", team.name);
        take("team", "domain", team.domain);
        take("app", "id", team.app_id);
        take("app", "name", team.app_name);
        take("app", "bot_user", team.bot_user.value);
        take("app", "bot_id", team.bot_id);
        return team;
    }

    void add_users()
    {
        const Team& team = workspace_.team();
        add_user({{"id", "USLACKBOT"}, {"name", "slackbot"}, {"real_name", "Slackbot"}});
        add_user({{"id", team.bot_user.value},
                  {"name", team.app_name},
                  {"real_name", team.app_name},
                  {"is_bot", true},
                  {"bot_id", team.bot_id}});
        for (const Json& user : list("users")) add_user(user);
    }

    void add_user(const Json& fields)
    {
        const auto added = workspace_.add_user(fields, now_);
        if (!added) report("user " + dump(fields), added.error());
    }

    void add_channels()
    {
        for (const Json& fields : list("channels")) {
            const std::string name = text_member(fields, "name");
            const bool is_private = member(fields, "private") == Json(true);
            const auto members = people(fields, "members", "channel " + name);
            const auto added = workspace_.add_channel(ChannelId{text_member(fields, "id")},
                                                      name,
                                                      is_private ? ChannelKind::restricted
                                                                 : ChannelKind::open,
                                                      members.empty() ? UserId{"USLACKBOT"} : members.front(),
                                                      now_);
            if (!added) {
                report("channel " + dump(fields), added.error());
                continue;
            }
            workspace_.set_topic(*added, text_member(fields, "topic"), text_member(fields, "purpose"));
            workspace_.settle_members(*added, members);
        }
    }

    void add_groups()
    {
        for (const Json& fields : list("groups")) {
            const std::string handle = text_member(fields, "handle");
            if (handle.empty()) {
                problems_.push_back("group " + dump(fields) + ": handle is missing");
                continue;
            }
            const auto added = workspace_.set_group(GroupId{text_member(fields, "id")},
                                                    handle,
                                                    text_member(fields, "name"),
                                                    people(fields, "users", "group " + handle),
                                                    std::nullopt,
                                                    now_);
            if (!added) report("group " + handle, added.error());
        }
    }

    const Json& list(const char* key)
    {
        static const Json empty = Json::array();
        const Json& value = member(description_, key);
        if (!value.is_array() && !value.is_null()) problems_.push_back(std::string{key} + ": must be a list");
        return value.is_array() ? value : empty;
    }

    std::vector<UserId> people(const Json& fields, const char* key, const std::string& where)
    {
        std::vector<UserId> found;
        const Json& names = member(fields, key);
        if (!names.is_array()) return found;
        for (const Json& name : names) {
            const User* user = name.is_string() ? workspace_.find_user_named(name.get<std::string>())
                                                : nullptr;
            if (user == nullptr) {
                problems_.push_back(where + ": " + key + ": there is no user " + dump(name));
                continue;
            }
            found.push_back(user->id);
        }
        return found;
    }

    void report(const std::string& what, const Refusal& refusal)
    {
        std::string problem = what + ": " + refusal.error;
        for (const std::string& message : refusal.messages) problem += ", " + message;
        problems_.push_back(std::move(problem));
    }

    const Json& description_;
    Instant now_;
    Workspace workspace_;
    std::vector<std::string> problems_;
};

}  // namespace

Outcome<Workspace> load_workspace(const Json& description, Instant now)
{
    if (!description.is_object()) return Refusal{"invalid_workspace", {"a workspace is an object"}};
    return Loader{description, now}.load();
}

const char* builtin_workspace_json()
{
    return R"json({
  "team": {"id": "T0SANDBOX", "name": "Sandbox", "domain": "sandbox"},
  "app": {"id": "A0ACKD", "name": "ackd", "bot_user": "U0ACKD", "bot_id": "B0ACKD"},
  "users": [
    {"id": "U0ADA",  "name": "ada",  "real_name": "Ada Okafor",     "display_name": "ada",  "email": "ada@sandbox.example",
     "title": "Platform lead", "tz": "Europe/Berlin", "is_admin": true, "is_owner": true},
    {"id": "U0BEN",  "name": "ben",  "real_name": "Ben Whitlock",   "display_name": "ben",  "email": "ben@sandbox.example",
     "title": "Platform engineer", "tz": "America/New_York"},
    {"id": "U0CHEN", "name": "chen", "real_name": "Chen Wei",       "display_name": "chen", "email": "chen@sandbox.example",
     "title": "Platform engineer", "tz": "Asia/Shanghai"},
    {"id": "U0DANA", "name": "dana", "real_name": "Dana Petrova",   "display_name": "dana", "email": "dana@sandbox.example",
     "title": "Product", "tz": "Europe/London"},
    {"id": "U0ELI",  "name": "eli",  "real_name": "Eli Navarro",    "display_name": "eli",  "email": "eli@sandbox.example",
     "title": "Mobile engineer", "tz": "America/Los_Angeles"},
    {"id": "U0FUMI", "name": "fumi", "real_name": "Fumi Tanaka",    "display_name": "fumi", "email": "fumi@sandbox.example",
     "title": "Data engineer", "tz": "Asia/Tokyo"},
    {"id": "U0GITA", "name": "gita", "real_name": "Gita Rao",       "display_name": "gita", "email": "gita@sandbox.example",
     "title": "Support", "tz": "Asia/Kolkata"},
    {"id": "U0HUGO", "name": "hugo", "real_name": "Hugo Silva",     "display_name": "hugo", "email": "hugo@sandbox.example",
     "title": "Designer", "tz": "America/Sao_Paulo"},
    {"id": "U0INES", "name": "ines", "real_name": "Ines Martin",    "display_name": "ines", "email": "ines@partner.example",
     "title": "Contractor", "tz": "Europe/Paris", "is_restricted": true},
    {"id": "U0OLAF", "name": "olaf", "real_name": "Olaf Berg",      "display_name": "olaf", "deleted": true}
  ],
  "channels": [
    {"id": "C0GENERAL",  "name": "general", "topic": "Everybody", "purpose": "For announcements and the whole team",
     "members": ["ada", "ben", "chen", "dana", "eli", "fumi", "gita", "hugo", "ines", "ackd"]},
    {"id": "C0PLATFORM", "name": "platform", "topic": "Build, release, run",
     "members": ["ada", "ben", "chen", "fumi", "ackd"]},
    {"id": "C0RANDOM",   "name": "random", "topic": "Anything",
     "members": ["ada", "ben", "chen", "dana", "eli", "fumi", "gita", "hugo"]},
    {"id": "C0LEADS",    "name": "platform-leads", "private": true,
     "members": ["ada", "ben", "ackd"]}
  ],
  "groups": [
    {"id": "S0PLATFORM", "handle": "platform-team", "name": "Platform", "users": ["ada", "ben", "chen", "fumi"]},
    {"id": "S0ONCALL",   "handle": "oncall", "name": "On call", "users": ["ben", "eli"]}
  ]
})json";
}

}  // namespace sandbox
