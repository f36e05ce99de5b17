// What ackd asks of Slack, and why: the scopes, the events, the Web API methods, the commands and the
// shortcuts. One table, from which the app manifest is printed (manifest_text.hpp), the granted scopes are
// checked (missing_scopes) and the documentation is written. Least privilege: what nothing in the code uses
// is not here; the unit tests hold the table against the sources.
#pragma once

#include "adapters/slack/api_outcome.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::slack {

enum class ScopeNeed {
    to_start,    ///< the daemon does not run without it
    in_full,     ///< it runs, and does less
    for_topics,  ///< only where a rotation shows in a channel's topic who is on call
    for_groups,  ///< only where a rotation shows it by a user group
};

/// What of that which is a team's choice it makes use of.
struct OptionalUses {
    bool topics = false;
    bool groups = false;
};

struct ScopeUse {
    std::string_view name;
    ScopeNeed need;
    std::string_view why;  ///< what ackd does with it, as the end of a sentence "it is needed …"
};

struct EventUse {
    std::string_view subscription;  ///< in the manifest
    std::string_view type;          ///< `event.type`, as it arrives
    std::string_view scope;         ///< without which Slack does not send it; empty: none
    std::string_view why;
};

struct MethodUse {
    std::string_view name;
    TokenKind token;
    std::string_view
        scopes;  ///< all of them, separated by spaces: it is called for each kind of conversation
};

struct CommandUse {
    std::string_view command;
    std::string_view description;
    std::string_view usage_hint;
};

enum class ShortcutPlace { message, global };

struct ShortcutUse {
    std::string_view callback_id;
    ShortcutPlace place;
    std::string_view name;  ///< at most 24 characters: Slack's menu
    std::string_view description;
};

[[nodiscard]] std::span<const ScopeUse> scopes_used();
/// Those that are needed with these uses, in the table's order.
[[nodiscard]] std::vector<ScopeUse> scopes_used(const OptionalUses& uses);
[[nodiscard]] std::span<const EventUse> events_used();
[[nodiscard]] std::span<const MethodUse> methods_used();
[[nodiscard]] std::span<const CommandUse> commands_used();
[[nodiscard]] std::span<const ShortcutUse> shortcuts_used();

/// Those of these uses' scopes that are not in a comma-separated list (X-OAuth-Scopes), in the table's order.
/// Nothing is missing from an empty list: a peer that does not tell is believed.
[[nodiscard]] std::vector<ScopeUse> missing_scopes(std::string_view granted, const OptionalUses& uses = {});

}  // namespace ackd::slack
