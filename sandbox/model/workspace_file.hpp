// A workspace as JSON: what `--workspace FILE` reads, and the built-in one, which has the same format.
//
//     {"team":  {"id": "T1", "name": "Acme", "domain": "acme"},
//      "app":   {"id": "A1", "name": "ackd", "bot_user": "U0ACKD", "bot_id": "B0ACKD"},
//      "users": [{"id": "U0ADA", "name": "ada", "real_name": "Ada Okafor", "tz": "Europe/Berlin"}],
//      "channels": [{"id": "C1", "name": "general", "private": false, "members": ["ada", "ackd"], "topic":
//      "…"}], "groups":   [{"id": "S1", "handle": "platform", "name": "Platform", "users": ["ada"]}]}
//
// Everything but names is optional. The app's bot user and Slackbot exist always. Loading leaves no events
// behind.
#pragma once

#include "sandbox/model/workspace.hpp"

namespace sandbox {

/// Refuses "invalid_workspace" with one message a problem.
Outcome<Workspace> load_workspace(const Json& description, Instant now);

/// Eight people in eight time zones, a guest, a deactivated account; #general, #platform, #random (without
/// the app), the private #platform-leads; the groups @platform-team and @oncall.
const char* builtin_workspace_json();

}  // namespace sandbox
