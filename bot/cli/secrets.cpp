#include "bot/cli/secrets.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

namespace ackd::cli {

namespace {

constexpr std::size_t token_size_max = 1'000;

std::string trimmed(std::string text)
{
    const auto is_space = [](unsigned char c) { return c <= ' '; };
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_space));
    while (!text.empty() && is_space(static_cast<unsigned char>(text.back()))) text.pop_back();
    return text;
}

std::string from_credentials(const char* name)
{
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr) return "";
    std::ifstream file{std::string{folder} + "/" + name, std::ios::binary};
    std::string text(token_size_max, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return trimmed(text);
}

std::string from_environment(const char* name)
{
    const char* value = std::getenv(name);
    std::string text = value == nullptr ? "" : trimmed(value);
    unsetenv(name);
    return text;
}

std::string read_one(const char* credential, const char* variable)
{
    const std::string stored = from_environment(variable);
    const std::string credential_text = from_credentials(credential);
    return credential_text.empty() ? stored : credential_text;
}

bool is_printable(const std::string& secret)
{
    return std::all_of(secret.begin(), secret.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

std::string check(const std::string& token,
                  const char* prefix,
                  const char* variable,
                  const char* credential,
                  const char* where)
{
    if (token.empty()) {
        return std::string{variable} + " is not set (nor the systemd credential " + credential + "). " +
               where + "\n";
    }
    if (!token.starts_with(prefix)) {
        return std::string{variable} + " does not begin with " + prefix +
               ": it looks like another kind of token. " + where + "\n";
    }
    return is_printable(token)
               ? ""
               : std::string{variable} + " has characters that no token has: copy it again.\n";
}

std::string check_signing_secret(const std::string& secret, const char* variable)
{
    const std::string where = " It is under Basic Information, App Credentials, of your Slack app.\n";
    if (secret.empty())
        return std::string{variable} + " is not set (nor the systemd credential slack-signing-secret)." +
               where;
    constexpr std::size_t length_min = 16;  // Slack's have 32; whoever guesses it may speak for everybody
    if (secret.starts_with("xox") || secret.starts_with("xapp-") || secret.size() < length_min ||
        !is_printable(secret))
        return std::string{variable} + " does not look like a signing secret." + where;
    return "";
}

}  // namespace

SecretsOutcome read_secrets(SecretsFor mode)
{
    Secrets secrets;
    secrets.app_token = read_one("slack-app-token", "SLACK_APP_TOKEN");
    secrets.bot_token = read_one("slack-bot-token", "SLACK_BOT_TOKEN");
    secrets.signing_secret = read_one("slack-signing-secret", "SLACK_SIGNING_SECRET");
    secrets.previous_signing_secret = read_one("slack-signing-secret-previous",
                                               "SLACK_SIGNING_SECRET_PREVIOUS");
    SecretsOutcome outcome;
    if (mode == SecretsFor::http_mode) {
        secrets.app_token.clear();
        outcome.problem = check_signing_secret(secrets.signing_secret, "SLACK_SIGNING_SECRET");
        if (!secrets.previous_signing_secret.empty()) {
            outcome.problem += check_signing_secret(secrets.previous_signing_secret,
                                                    "SLACK_SIGNING_SECRET_PREVIOUS");
        }
    } else {
        secrets.signing_secret.clear();
        secrets.previous_signing_secret.clear();
        outcome.problem = check(secrets.app_token,
                                "xapp-",
                                "SLACK_APP_TOKEN",
                                "slack-app-token",
                                "It is under Basic Information, App-Level Tokens, of your Slack app.");
    }
    outcome.problem += check(secrets.bot_token,
                             "xoxb-",
                             "SLACK_BOT_TOKEN",
                             "slack-bot-token",
                             "It is under OAuth & Permissions of your Slack app, once installed.");
    if (outcome.problem.empty()) outcome.secrets = std::move(secrets);
    return outcome;
}

GithubWebhookSecrets read_github_webhook_secrets()
{
    GithubWebhookSecrets secrets;
    secrets.current = read_one("github-webhook-secret", "GITHUB_WEBHOOK_SECRET");
    secrets.previous = read_one("github-webhook-secret-previous", "GITHUB_WEBHOOK_SECRET_PREVIOUS");
    return secrets;
}

outside::DestinationSecrets read_destination_secrets()
{
    const std::string variable_prefix = outside::variable_of("");
    const std::string credential_prefix = outside::credential_of("");
    std::vector<std::string> variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text{*entry};
        if (text.starts_with(variable_prefix)) variables.emplace_back(text.substr(0, text.find('=')));
    }
    outside::DestinationSecrets secrets;
    for (const std::string& variable : variables) secrets.add(variable, from_environment(variable.c_str()));
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr) return secrets;
    std::error_code unreadable;
    for (const auto& file : std::filesystem::directory_iterator{folder, unreadable}) {
        const std::string name = file.path().filename().string();
        if (name.starts_with(credential_prefix)) secrets.add(name, from_credentials(name.c_str()));
    }
    return secrets;
}

std::string read_smtp_password()
{
    return read_one("smtp-password", "SMTP_PASSWORD");
}

void protect_memory()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace ackd::cli
