#include "sandbox/server.hpp"

#include "sandbox/model/workspace_file.hpp"
#include "sandbox/wire/picture_fetching.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace sandbox {
namespace {

constexpr std::size_t workspace_file_bytes_max = 64U << 20U;

std::string read_file(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error("cannot open " + path);
    std::string content{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    if (content.size() > workspace_file_bytes_max) throw std::runtime_error(path + ": larger than 64 MiB");
    return content;
}

Workspace open_workspace(const ServerOptions& options, Instant now)
{
    const bool is_builtin = options.workspace_file.empty();
    const auto description = parse_json(is_builtin ? builtin_workspace_json()
                                                   : read_file(options.workspace_file));
    if (!description) throw std::runtime_error(options.workspace_file + ": not JSON");
    auto workspace = load_workspace(*description, now);
    if (workspace) return *std::move(workspace);
    std::string problems = options.workspace_file + ":";
    for (const std::string& problem : workspace.error().messages) problems += "\n  " + problem;
    throw std::runtime_error(problems);
}

std::function<void(const Json&)> recorder(const std::string& path)
{
    const auto file = std::make_shared<std::ofstream>(path, std::ios::binary | std::ios::trunc);
    if (!*file) throw std::runtime_error("cannot write " + path);
    return [file](const Json& record) { *file << dump(record) << '\n' << std::flush; };
}

RequestUrls urls_of(const ServerOptions& options)
{
    const auto url = LoopbackUrl::parse(options.request_url);
    if (!url)
        throw std::runtime_error("--request-url: " + options.request_url +
                                 " is not of the form http://127.0.0.1:3000/slack/events");
    return RequestUrls::all_to(*url);
}

SandboxClock clock_of(const ServerOptions& options)
{
    return SandboxClock{options.clock_scale, options.clock_origin};
}

SandboxPolicy policy_of(const ServerOptions& options)
{
    SandboxPolicy policy;
    policy.api.app_token = options.app_token;
    policy.api.bot_token = options.bot_token;
    policy.api.page_max = options.page_max;
    policy.app = usual_app();
    for (const std::string& scope : options.without_scopes)
        if (policy.app.scopes.erase(scope) == 0)
            throw std::runtime_error("--without-scope: the app has no " + scope);
    for (const std::string& event : options.without_events)
        if (policy.app.events.erase(event) == 0)
            throw std::runtime_error("--without-event: the app does not subscribe to " + event);
    policy.signing_secret = options.signing_secret;
    if (!options.record_file.empty()) policy.record = recorder(options.record_file);
    policy.hub.redelivery.redelivery_after.clear();
    for (const int wait : options.redelivery_ms) policy.hub.redelivery.redelivery_after.emplace_back(wait);
    policy.hub.redelivery.forever = options.redeliver_forever;
    policy.hub.refresh_every = std::chrono::seconds{options.refresh_seconds};
    policy.rate_limits = options.rate_limits == "off" ? RateLimiter::Mode::off : RateLimiter::Mode::strict;
    policy.clock = clock_of(options);
    policy.fetch_picture = fetch_picture;
    return policy;
}

bool is_any_address(const std::string& address)
{
    return address == "0.0.0.0" || address == "::";
}

/// Others can reach it: only with a password.
const std::string& checked_password(const ServerOptions& options)
{
    const bool is_for_this_machine = options.listen.starts_with("127.") || options.listen == "::1";
    if (is_for_this_machine && options.password.empty()) return options.password;
    if (options.password.empty())
        throw std::runtime_error(
            "--listen " + options.listen +
            ": others can reach this address. Set a password: ACKD_SANDBOX_PASSWORD or --password-file");
    if (options.password.size() < Door::password_size_min)
        throw std::runtime_error("the password is shorter than " + std::to_string(Door::password_size_min) +
                                 " characters");
    return options.password;
}

Host host_of(const Door& door, SandboxCore& core, LoopbackPoster& poster)
{
    return Host{[&door, &core](const HttpRequest& request, const HttpReply& reply) {
                    if (const auto refusal = door.refusal(request)) return reply.send(*refusal);
                    core.handle(request, reply);
                },
                [&door, &core](const HttpRequest& request) {
                    return door.refusal(request) ? nullptr : core.admit_socket(request);
                },
                [&core, &poster] {
                    core.pages.close_all();
                    core.hub.close_all();
                    poster.stop();
                }};
}

}  // namespace

Server::Server(const ServerOptions& options)
    : listen_(options.listen),
      door_(checked_password(options)),
      core_(open_workspace(options, clock_of(options).at(std::chrono::system_clock::now())),
            policy_of(options)),
      port_(core_.agenda, host_of(door_, core_, poster_), options.listen, options.port),
      poster_(port_.io())
{
    core_.set_base_url(address());
    core_.http.set_poster(&poster_);
    if (!options.request_url.empty()) core_.deliver_over_http_once_verified(urls_of(options));
}

std::string Server::address() const
{
    const std::string port = ":" + std::to_string(port_.port());
    if (is_any_address(listen_)) return "http://127.0.0.1" + port;
    const bool is_v6 = listen_.find(':') != std::string::npos;
    return "http://" + (is_v6 ? "[" + listen_ + "]" : listen_) + port;
}

std::string Server::listening_line() const
{
    const std::string base = address();
    return dump({{"listening", base}, {"api", base + "/api/"}});
}

}  // namespace sandbox
