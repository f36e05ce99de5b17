#include "adapters/slack/manifest_text.hpp"

#include "adapters/slack/endpoint.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace ackd::slack {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t name_characters_max = 35;
constexpr std::size_t url_bytes_max = 3'000;

std::size_t characters_in(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_control_characters(std::string_view text)
{
    return std::any_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string problem_of_name(const std::string& name)
{
    const std::size_t length = characters_in(name);
    if (length == 0 || length > name_characters_max || has_control_characters(name))
        return fmt::format("an app's name has 1 to {} characters in one line", name_characters_max);
    return "";
}

std::string problem_of_url(const std::string& url)
{
    if (url.empty()) return "";
    const auto endpoint = parse_endpoint(url);
    if (!endpoint) return "the request URL: " + endpoint.error().detail;
    if (!url.starts_with("https://"))
        return "the request URL begins with https://: Slack sends nothing in the clear";
    if (is_loopback_host(endpoint->host)) return "the request URL must be one that Slack can reach";
    return url.size() > url_bytes_max ? "the request URL is too long" : "";
}

Json manifest_of(const ManifestOptions& options)
{
    const bool over_http = !options.request_url.empty();
    const auto with_url = [&](Json object, const char* key) {
        if (over_http) object[key] = options.request_url;
        return object;
    };
    Json commands = Json::array();
    for (const CommandUse& use : commands_used()) {
        Json command{
            {"command", use.command}, {"description", use.description}, {"usage_hint", use.usage_hint}};
        command["should_escape"] = true;
        commands.push_back(with_url(std::move(command), "url"));
    }
    Json shortcuts = Json::array();
    for (const ShortcutUse& use : shortcuts_used()) {
        shortcuts.push_back(Json{{"name", use.name},
                                 {"type", use.place == ShortcutPlace::message ? "message" : "global"},
                                 {"callback_id", use.callback_id},
                                 {"description", use.description}});
    }
    Json scopes = Json::array();
    for (const ScopeUse& use : scopes_used(options.uses)) scopes.push_back(use.name);
    Json events = Json::array();
    for (const EventUse& use : events_used()) events.push_back(use.subscription);

    Json manifest;
    manifest["_metadata"] = Json{{"major_version", 1}, {"minor_version", 1}};
    manifest["display_information"] = Json{
        {"name", options.name},
        {"description", "Makes the messages that matter arrive: acknowledged, asked again, escalated"}};
    manifest["features"] = Json{{"app_home",
                                 Json{{"home_tab_enabled", true},
                                      {"messages_tab_enabled", true},
                                      {"messages_tab_read_only_enabled", false}}},
                                {"bot_user", Json{{"display_name", options.name}, {"always_online", true}}},
                                {"shortcuts", std::move(shortcuts)},
                                {"slash_commands", std::move(commands)}};
    manifest["oauth_config"] = Json{{"scopes", Json{{"bot", std::move(scopes)}}}};
    manifest["settings"] = Json{{"event_subscriptions", with_url(Json::object(), "request_url")},
                                {"interactivity", with_url(Json{{"is_enabled", true}}, "request_url")},
                                {"org_deploy_enabled", false},
                                {"socket_mode_enabled", !over_http},
                                {"token_rotation_enabled", false}};
    manifest["settings"]["event_subscriptions"]["bot_events"] = std::move(events);
    return manifest;
}

/// Why a scope or an event is there; empty for every other word.
std::string_view reason_for(const std::string& word)
{
    for (const ScopeUse& use : scopes_used()) {
        if (use.name == word) return use.why;
    }
    for (const EventUse& use : events_used()) {
        if (use.subscription == word) return use.why;
    }
    return "";
}

std::string as_json(const Json& value, int indent = -1)
{
    // What is no UTF-8 is replaced.
    return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

/// Names of scopes and events stay as they are; everything else is quoted, in the way that YAML shares with
/// JSON.
std::string yaml_scalar(const Json& value)
{
    const bool is_plain = value.is_string() && !reason_for(value.get_ref<const std::string&>()).empty();
    return is_plain ? value.get<std::string>() : as_json(value);
}

void append_yaml(std::string& text, const Json& value, std::size_t indent);

void append_yaml_member(std::string& text, const std::string& key, const Json& value, std::size_t indent)
{
    if (!value.is_structured()) {
        text += fmt::format("{}: {}\n", key, yaml_scalar(value));
        return;
    }
    text += key + ":\n";
    append_yaml(text, value, indent + 2);
}

void append_yaml(std::string& text, const Json& value, std::size_t indent)
{
    const std::string margin(indent, ' ');
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            text += margin;
            append_yaml_member(text, key, member, indent);
        }
        return;
    }
    for (const Json& item : value) {
        if (item.is_object()) {
            // The first member stands behind the dash, the others below it.
            std::string members;
            append_yaml(members, item, indent + 2);
            text += margin + "- " + members.substr(indent + 2);
            continue;
        }
        const std::string word = yaml_scalar(item);
        const std::string_view reason = reason_for(item.get<std::string>());
        text += margin + "- " + word;
        if (!reason.empty()) text += fmt::format("    # {}", reason);
        text += '\n';
    }
}

std::string_view what_is_missing(ScopeNeed need)
{
    switch (need) {
        case ScopeNeed::to_start: return "does not start";
        case ScopeNeed::in_full: return "does less";
        case ScopeNeed::for_topics: return "shows it in no topic; asked for only where the policy wants it";
        case ScopeNeed::for_groups: return "fills no @group; asked for only where the policy wants it";
    }
    return "";
}

}  // namespace

Result<std::string> print_manifest(const ManifestOptions& options)
{
    for (const std::string& problem : {problem_of_name(options.name), problem_of_url(options.request_url)}) {
        if (!problem.empty()) return Fault{FaultKind::configuration, problem};
    }
    const Json manifest = manifest_of(options);
    if (options.format == ManifestFormat::json) return as_json(manifest, 2) + "\n";
    std::string text;
    append_yaml(text, manifest, 0);
    return text;
}

std::string scopes_as_markdown()
{
    std::string text = "| scope | without it | it is needed |\n|---|---|---|\n";
    for (const ScopeUse& use : scopes_used()) {
        text += fmt::format("| `{}` | {} | {} |\n", use.name, what_is_missing(use.need), use.why);
    }
    return text;
}

std::string events_as_markdown()
{
    std::string text = "| event | scope | why |\n|---|---|---|\n";
    for (const EventUse& use : events_used()) {
        const std::string scope = use.scope.empty() ? "none" : fmt::format("`{}`", use.scope);
        text += fmt::format("| `{}` | {} | {} |\n", use.subscription, scope, use.why);
    }
    return text;
}

}  // namespace ackd::slack
