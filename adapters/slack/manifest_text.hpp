// The table of manifest.hpp as text: the app manifest that Slack takes under "Create an app, from a
// manifest", and the tables of docs/scopes.md. Pure.
#pragma once

#include "adapters/slack/manifest.hpp"
#include "bot/fault.hpp"

#include <string>

namespace ackd::slack {

enum class ManifestFormat { yaml, json };

struct ManifestOptions {
    /// The app's name and that of its bot user: 1 to 35 characters in one line.
    std::string name = "ackd";
    /// Where Slack sends events, commands and interactions (HTTP mode); empty: Socket Mode.
    std::string request_url;
    ManifestFormat format = ManifestFormat::yaml;
    /// What of that which is a choice is asked for.
    OptionalUses uses{};
};

/// Ends in a newline. YAML gives the reason for each scope and event as a comment. Faults are
/// `configuration`: a name or an address that Slack would refuse.
[[nodiscard]] Result<std::string> print_manifest(const ManifestOptions& options);

[[nodiscard]] std::string scopes_as_markdown();
[[nodiscard]] std::string events_as_markdown();

}  // namespace ackd::slack
