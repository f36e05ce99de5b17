// Where tokens come from: systemd credentials, or the environment. Never the command line, never a file of
// ours.
#pragma once

#include <optional>
#include <string>

namespace ackd::cli {

struct Secrets {
    std::string app_token;
    std::string bot_token;
};

struct SecretsOutcome {
    std::optional<Secrets> secrets;
    /// What is missing or misplaced, and what to do about it. Never holds a token.
    std::string problem;
};

/// Reads `$CREDENTIALS_DIRECTORY/slack-app-token` and `slack-bot-token`, else SLACK_APP_TOKEN and
/// SLACK_BOT_TOKEN, and takes the latter out of the environment.
[[nodiscard]] SecretsOutcome read_secrets();

/// No core dumps and no debugger for other processes of this user: memory holds the tokens.
void protect_memory();

}  // namespace ackd::cli
