#include "sandbox/app/app_manifest.hpp"

#include "sandbox/app/json_schema.hpp"
#include "sandbox/app/manifest_schema.hpp"

namespace sandbox {
namespace {

using Problems = std::vector<Refusal::Detail>;

/// The member at the end of a path of names, null where one is missing.
const Json& at(const Json& manifest, std::initializer_list<const char*> names)
{
    const Json* here = &manifest;
    for (const char* name : names) here = &member(*here, name);
    return *here;
}

bool is_on(const Json& manifest, std::initializer_list<const char*> names)
{
    return at(manifest, names) == Json(true);
}

void read_scopes(const Json& manifest, InstalledApp& app, Problems& problems)
{
    const std::string pointer = "/oauth_config/scopes/";
    for (const char* kind : {"bot", "bot_optional"}) {
        std::size_t number = 0;
        for (const Json& scope : at(manifest, {"oauth_config", "scopes", kind})) {
            const auto name = scope.get<std::string>();
            const std::string here = pointer + kind + "/" + std::to_string(number++);
            if (known_scopes().count(name) == 0)
                problems.push_back({"invalid_scope", name + " is not a scope of a bot", here});
            else if (!app.scopes.insert(name).second)
                problems.push_back({"duplicate_scope", name + " is there twice", here});
        }
    }
    if (!app.scopes.empty() && at(manifest, {"features", "bot_user"}).is_null())
        problems.push_back({"missing_bot_user", "Bot scopes need a bot user", "/features/bot_user"});
}

void read_events(const Json& manifest, InstalledApp& app, Problems& problems)
{
    std::size_t number = 0;
    for (const Json& event : at(manifest, {"settings", "event_subscriptions", "bot_events"})) {
        const auto name = event.get<std::string>();
        const std::string here = "/settings/event_subscriptions/bot_events/" + std::to_string(number++);
        const auto known = known_events().find(name);
        if (known == known_events().end()) {
            problems.push_back({"invalid_event", name + " is not an event of a bot", here});
            continue;
        }
        if (!app.has_any_scope(known->second)) {
            std::string needed;
            for (const std::string& scope : known->second) needed += (needed.empty() ? "" : " or ") + scope;
            problems.push_back({"missing_scope", name + " needs the scope " + needed, here});
        }
        app.events.insert(name);
    }
}

void read_commands(const Json& manifest, InstalledApp& app, Problems& problems)
{
    app.commands.emplace();
    std::size_t number = 0;
    for (const Json& command : at(manifest, {"features", "slash_commands"})) {
        const std::string name = text_member(command, "command");
        const std::string here = "/features/slash_commands/" + std::to_string(number++) + "/command";
        if (name.find_first_of(" \t\n") != std::string::npos)
            problems.push_back({"invalid_value", "A command is one word", here});
        CommandDefinition definition;
        definition.escapes_names = is_on(command, {"should_escape"});
        definition.description = text_member(command, "description");
        definition.usage_hint = text_member(command, "usage_hint");
        if (!app.commands->emplace(name, std::move(definition)).second)
            problems.push_back({"duplicate_item", name + " is there twice", here});
    }
    if (number > 0 && !app.has_scope("commands"))
        problems.push_back(
            {"missing_scope", "Slash commands need the scope commands", "/features/slash_commands"});
}

void read_shortcuts(const Json& manifest, InstalledApp& app, Problems& problems)
{
    app.shortcuts.emplace();
    std::size_t number = 0;
    for (const Json& shortcut : at(manifest, {"features", "shortcuts"})) {
        const std::string id = text_member(shortcut, "callback_id");
        const std::string here = "/features/shortcuts/" + std::to_string(number++) + "/callback_id";
        ShortcutDefinition definition;
        definition.is_global = text_member(shortcut, "type") == "global";
        definition.name = text_member(shortcut, "name");
        definition.description = text_member(shortcut, "description");
        if (!app.shortcuts->emplace(id, std::move(definition)).second)
            problems.push_back({"duplicate_item", id + " is there twice", here});
    }
    if (number == 0) return;
    if (!app.has_scope("commands"))
        problems.push_back({"missing_scope", "Shortcuts need the scope commands", "/features/shortcuts"});
    if (!app.has_interactivity)
        problems.push_back(
            {"requires_interactivity", "Shortcuts need interactivity", "/settings/interactivity/is_enabled"});
}

/// The address at `pointer`, or a problem: without Socket Mode there must be one, on this machine.
LoopbackUrl read_url(const Json& value, const char* pointer, Problems& problems)
{
    if (value.is_null()) {
        problems.push_back({"missing_required_field", "Needed without Socket Mode", pointer});
        return {};
    }
    const auto url = LoopbackUrl::parse(value.get<std::string>());
    if (!url) problems.push_back({"invalid_value", "A sandbox reaches http://127.0.0.1 only", pointer});
    return url.value_or(LoopbackUrl{});
}

RequestUrls read_urls(const Json& manifest, const InstalledApp& app, Problems& problems)
{
    RequestUrls urls;
    if (!app.events.empty())
        urls.events = read_url(at(manifest, {"settings", "event_subscriptions", "request_url"}),
                               "/settings/event_subscriptions/request_url",
                               problems);
    if (app.has_interactivity)
        urls.interactivity = read_url(at(manifest, {"settings", "interactivity", "request_url"}),
                                      "/settings/interactivity/request_url",
                                      problems);
    std::size_t number = 0;
    for (const Json& command : at(manifest, {"features", "slash_commands"})) {
        const std::string here = "/features/slash_commands/" + std::to_string(number++) + "/url";
        urls.commands[text_member(command, "command")] = read_url(
            member(command, "url"), here.c_str(), problems);
    }
    return urls;
}

}  // namespace

Outcome<Installation> read_manifest(const Json& manifest)
{
    Refusal refusal{"invalid_manifest"};
    refusal.details = check_schema(manifest_schema(), manifest);
    if (!refusal.details.empty()) return refusal;
    Installation installation;
    InstalledApp& app = installation.app;
    app.has_interactivity = is_on(manifest, {"settings", "interactivity", "is_enabled"});
    app.has_home_tab = is_on(manifest, {"features", "app_home", "home_tab_enabled"});
    app.has_messages_tab = at(manifest, {"features", "app_home", "messages_tab_enabled"}) != Json(false);
    read_scopes(manifest, app, refusal.details);
    read_events(manifest, app, refusal.details);
    read_commands(manifest, app, refusal.details);
    read_shortcuts(manifest, app, refusal.details);
    if (!is_on(manifest, {"settings", "socket_mode_enabled"}))
        installation.urls = read_urls(manifest, app, refusal.details);
    if (!refusal.details.empty()) return refusal;
    return installation;
}

}  // namespace sandbox
