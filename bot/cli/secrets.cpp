#include "bot/cli/secrets.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

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
    const bool printable = std::all_of(
        token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return printable ? "" : std::string{variable} + " has characters that no token has: copy it again.\n";
}

}  // namespace

SecretsOutcome read_secrets()
{
    Secrets secrets;
    secrets.app_token = read_one("slack-app-token", "SLACK_APP_TOKEN");
    secrets.bot_token = read_one("slack-bot-token", "SLACK_BOT_TOKEN");
    SecretsOutcome outcome;
    outcome.problem = check(secrets.app_token,
                            "xapp-",
                            "SLACK_APP_TOKEN",
                            "slack-app-token",
                            "It is under Basic Information, App-Level Tokens, of your Slack app.") +
                      check(secrets.bot_token,
                            "xoxb-",
                            "SLACK_BOT_TOKEN",
                            "slack-bot-token",
                            "It is under OAuth & Permissions of your Slack app, once installed.");
    if (outcome.problem.empty()) outcome.secrets = std::move(secrets);
    return outcome;
}

void protect_memory()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace ackd::cli
