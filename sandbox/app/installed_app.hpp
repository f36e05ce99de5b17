// What the app is allowed and set up to do in the workspace: granted scopes, subscribed events, commands,
// shortcuts, tabs. What a manifest asked for, or the usual of an app like ackd when there was none.
#pragma once

#include "sandbox/model/json.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sandbox {

struct CommandDefinition {
    bool escapes_names = true;  ///< "should_escape": typed names arrive as ids
    std::string description{};
    std::string usage_hint{};
};

struct ShortcutDefinition {
    bool is_global = false;  ///< false: on a message
    std::string name{};
    std::string description{};
};

struct InstalledApp {
    std::set<std::string> scopes;
    std::set<std::string> events;
    /// By name with the slash. Nothing: there was no manifest, and every command is the app's.
    std::optional<std::map<std::string, CommandDefinition>> commands;
    /// By callback id. Nothing: there was no manifest, and every shortcut is the app's.
    std::optional<std::map<std::string, ShortcutDefinition>> shortcuts;
    bool has_interactivity = true;
    bool has_home_tab = true;
    bool has_messages_tab = true;

    [[nodiscard]] bool has_scope(const std::string& scope) const { return scopes.count(scope) > 0; }
    [[nodiscard]] bool has_any_scope(const std::vector<std::string>& alternatives) const;
    [[nodiscard]] Json to_json() const;
};

/// The scopes and events that the manifest of an app like ackd asks for.
InstalledApp usual_app();

/// Every bot scope that there is here.
const std::set<std::string>& known_scopes();

/// By event: the scopes any one of which an app needs to receive it; none when it needs none.
const std::map<std::string, std::vector<std::string>>& known_events();

}  // namespace sandbox
