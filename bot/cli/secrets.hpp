// Where tokens come from: systemd credentials, or the environment. Never the command line, never a file of
// ours.
#pragma once

#include "adapters/outside/destination_secrets.hpp"

#include <optional>
#include <string>

namespace ackd::cli {

/// Which way what happens in Slack comes, and so which secrets there must be.
enum class SecretsFor { socket_mode, http_mode };

struct Secrets {
    std::string app_token;  ///< Socket Mode only
    std::string bot_token;
    std::string signing_secret;           ///< HTTP mode only
    std::string previous_signing_secret;  ///< HTTP mode, while Slack changes from one to the other; or empty
};

struct SecretsOutcome {
    std::optional<Secrets> secrets;
    /// What is missing or misplaced, and what to do about it. Never holds a token.
    std::string problem;
};

/// Reads `$CREDENTIALS_DIRECTORY/slack-app-token`, `slack-bot-token`, `slack-signing-secret` and
/// `slack-signing-secret-previous`, else SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET and
/// SLACK_SIGNING_SECRET_PREVIOUS, and takes the latter out of the environment. What the mode does not need
/// may be missing, and is not kept.
[[nodiscard]] SecretsOutcome read_secrets(SecretsFor mode = SecretsFor::socket_mode);

/// What signs GitHub's webhooks, of those who have some.
struct GithubWebhookSecrets {
    std::string current;   ///< empty: there is none
    std::string previous;  ///< while one takes the other's place
};

/// Reads `$CREDENTIALS_DIRECTORY/github-webhook-secret` and `github-webhook-secret-previous`, else
/// GITHUB_WEBHOOK_SECRET and GITHUB_WEBHOOK_SECRET_PREVIOUS, and takes the latter out of the environment.
[[nodiscard]] GithubWebhookSecrets read_github_webhook_secrets();

/// Reads every `$CREDENTIALS_DIRECTORY/destination-<name>` and every ACKD_DESTINATION_<NAME>, and takes the
/// latter out of the environment. Which of them are needed is the policy's to say, which may change.
[[nodiscard]] outside::DestinationSecrets read_destination_secrets();

/// Of the mail server's user: `$CREDENTIALS_DIRECTORY/smtp-password`, else SMTP_PASSWORD, which is taken out
/// of the environment. Empty: there is none.
[[nodiscard]] std::string read_smtp_password();

/// No core dumps and no debugger for other processes of this user: memory holds the tokens.
void protect_memory();

}  // namespace ackd::cli
