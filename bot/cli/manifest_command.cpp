#include "bot/cli/manifest_command.hpp"

#include "adapters/slack/manifest_text.hpp"
#include "bot/cli/optional_uses.hpp"
#include "bot/cli/text_file.hpp"
#include "bot/policy/policy_text.hpp"

#include <fmt/format.h>

namespace ackd::cli {

namespace {

constexpr int status_printed = 0;
constexpr int status_refused = 2;

int refuse(const std::string& why)
{
    fmt::print(stderr, "ackd manifest: {}\n", why);
    return status_refused;
}

}  // namespace

int run_manifest(const ManifestCommandOptions& options)
{
    const bool over_http = options.mode == "http";
    if (over_http && options.request_url.empty())
        return refuse("--mode http needs --request-url: the https address at which Slack reaches ackd");
    if (!over_http && !options.request_url.empty())
        return refuse("--request-url is for --mode http; in Socket Mode ackd has no address");
    slack::ManifestOptions manifest;
    manifest.name = options.name;
    manifest.request_url = options.request_url;
    manifest.format = options.format == "json" ? slack::ManifestFormat::json : slack::ManifestFormat::yaml;
    if (!options.policy_path.empty()) {
        const TextFile file = read_text_file(options.policy_path);
        if (!file.problem.empty()) return refuse(fmt::format("{}: {}", options.policy_path, file.problem));
        const PolicyReading reading = read_policy(file.text);
        if (!reading.problems.empty())
            return refuse("the policy has problems:\n" +
                          problems_as_text(options.policy_path, reading.problems));
        manifest.uses = optional_uses(reading.document.policy);
    }
    const auto text = slack::print_manifest(manifest);
    if (!text) return refuse(text.error().detail);
    fmt::print("{}", *text);
    return status_printed;
}

}  // namespace ackd::cli
