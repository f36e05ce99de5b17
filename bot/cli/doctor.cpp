#include "bot/cli/doctor.hpp"

#include "adapters/slack/endpoint.hpp"
#include "adapters/slack/workspace_probe.hpp"
#include "bot/cli/configuration.hpp"
#include "bot/cli/doctor_http.hpp"
#include "bot/cli/doctor_service.hpp"
#include "bot/cli/doctor_slack.hpp"
#include "bot/cli/doctor_state.hpp"
#include "bot/cli/finding.hpp"
#include "bot/cli/holiday_files.hpp"
#include "bot/cli/optional_uses.hpp"
#include "bot/cli/secrets.hpp"
#include "bot/cli/state_directory.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <future>
#include <iterator>

namespace ackd::cli {

namespace {

constexpr std::chrono::milliseconds call_limit_max{4'000};
constexpr std::chrono::milliseconds hello_limit_max{10'000};
constexpr std::chrono::milliseconds whole_limit{17'000};

void append(std::vector<Finding>& findings, std::vector<Finding> more)
{
    findings.insert(
        findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Finding check_configuration(const std::string& path, const Configuration& configuration)
{
    const std::string name = "configuration";
    if (path.empty()) return not_applicable(name, "no file given: all defaults; --config names one");
    if (configuration.problems.empty()) return found_right(name, path);
    const FileProblem& first = configuration.problems.front();
    const std::size_t others = configuration.problems.size() - 1;
    const std::string where = first.line == 0 ? path
                                              : fmt::format("{}:{}:{}", path, first.line, first.column);
    return found_wrong(
        name,
        fmt::format("{}: {}{}", where, first.what, others == 0 ? "" : fmt::format(", and {} more", others)),
        fmt::format("`ackd check {}` lists every problem", path));
}

Finding check_tokens(const SecretsOutcome& outcome, SlackMode mode)
{
    const std::string name = "tokens";
    if (outcome.secrets) {
        return found_right(name,
                           mode == SlackMode::http ? "the bot token and the signing secret are there"
                                                   : "both are there and of the right kind");
    }
    // One problem a line; the findings have one line each.
    std::string problems = outcome.problem.substr(0, outcome.problem.find_last_not_of('\n') + 1);
    std::replace(problems.begin(), problems.end(), '\n', ' ');
    return found_wrong(name,
                       std::move(problems),
                       "set both in the environment, or name the folder of the service's credentials: "
                       "CREDENTIALS_DIRECTORY=/etc/ackd/credentials ackd doctor");
}

Finding check_holidays(const std::string& path, const Configuration& configuration, const Policy& policy)
{
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::chrono::local_days today{now.time_since_epoch()};
    return judge_holidays(
        read_holiday_files(holiday_folder(configuration.holiday_folder, path), today), policy, today);
}

/// What Slack says; `of_database` is the id of the workspace that the database belongs to.
std::vector<Finding> check_slack(const std::optional<Secrets>& secrets,
                                 std::chrono::milliseconds timeout,
                                 SlackMode mode,
                                 const std::string& of_database,
                                 const slack::OptionalUses& uses)
{
    const char* url = std::getenv("SLACK_API_URL");
    auto api = slack::parse_endpoint(url != nullptr && *url != '\0' ? url : "https://slack.com/api/");
    if (!api) {
        return {
            found_wrong("TLS",
                        fmt::format("SLACK_API_URL: {}", api.error().detail),
                        "leave SLACK_API_URL unset, or set it to the address of a sandbox on this machine")};
    }
    if (!secrets) return {not_applicable("Slack", "not asked; first the tokens")};
    if (!api->target.ends_with('/')) api->target += '/';
    slack::ProbeSettings settings;
    settings.app_token = secrets->app_token;
    settings.bot_token = secrets->bot_token;
    settings.api = std::move(*api);
    settings.call_limit = std::min(timeout, call_limit_max);
    settings.hello_limit = std::min(timeout, hello_limit_max);
    settings.whole_limit = whole_limit;
    const slack::WorkspaceLook look = slack::look_at_workspace(settings);
    std::vector<Finding> findings = judge_workspace(
        look,
        settings.api,
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()),
        mode,
        uses);
    findings.push_back(judge_workspace_of_database(look.bot, of_database));
    return findings;
}

std::vector<Finding> check_state(const std::string& path, std::chrono::steady_clock::time_point ends_at)
{
    std::vector<Finding> findings{check_state_directory(path)};
    if (path.empty()) return findings;
    findings.push_back(check_free_space(path));
    findings.push_back(check_running(path));
    append(findings, check_database(database_path_in(path), ends_at));
    return findings;
}

}  // namespace

int run_doctor(const DoctorOptions& options)
{
    const auto begun_at = std::chrono::steady_clock::now();
    std::signal(SIGPIPE, SIG_IGN);
    protect_memory();
    spdlog::set_level(spdlog::level::off);  // what goes wrong is a finding
    // A name service that does not answer is not waited for as long as it usually is, which nothing can
    // shorten later.
    setenv("RES_OPTIONS", "timeout:2 attempts:1", 0);

    // Which secrets there must be, and what is looked at, is a matter of the mode. A file with mistakes in it
    // has a mode as well, or the default.
    const std::string& path = options.configuration_path;
    const Configuration configuration = path.empty() ? Configuration{} : read_configuration(path);
    const SlackMode mode = configuration.slack_mode;
    const SecretsOutcome secrets = read_secrets(mode == SlackMode::http ? SecretsFor::http_mode
                                                                        : SecretsFor::socket_mode);
    const std::string state_directory = choose_state_directory(options.state_directory);
    const std::string database = state_directory.empty() ? "" : database_path_in(state_directory);
    const std::string of_database = workspace_of_database(database);
    // The database may be large, and Slack far away: one does not wait for the other.
    auto state = std::async(std::launch::async,
                            [&] { return check_state(state_directory, begun_at + whole_limit); });
    const Policy policy = policy_of_database(database);
    std::vector<Finding> findings{check_configuration(path, configuration),
                                  check_holidays(path, configuration, policy),
                                  check_tokens(secrets, mode)};
    const std::chrono::milliseconds timeout{static_cast<std::int64_t>(options.timeout_seconds * 1'000)};
    append(findings, check_slack(secrets.secrets, timeout, mode, of_database, optional_uses(policy)));
    if (mode == SlackMode::http)
        append(findings, check_http(configuration, state_directory, std::min(timeout, call_limit_max)));
    append(findings, state.get());
    append(findings, check_service(mode));

    fmt::print("{}", options.as_json ? findings_as_json(findings) : findings_as_text(findings));
    return something_is_wrong(findings) ? 1 : 0;
}

}  // namespace ackd::cli
