// ackd-sandbox: a workspace that speaks Slack's protocol, on this machine only.
#include "sandbox/replay/replay.hpp"
#include "sandbox/server.hpp"

#include <CLI/CLI.hpp>
#include <arpa/inet.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace {

/// "" or what is wrong.
std::string is_address(const std::string& text)
{
    std::array<unsigned char, sizeof(in6_addr)> binary{};
    const bool is_one = inet_pton(AF_INET, text.c_str(), binary.data()) == 1 ||
                        inet_pton(AF_INET6, text.c_str(), binary.data()) == 1;
    return is_one ? "" : text + " is no IP address";
}

std::string first_line_of(const std::string& path)
{
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    return line;
}

void add_server_options(CLI::App& command, sandbox::ServerOptions& options)
{
    command
        .add_option("--listen",
                    options.listen,
                    "Address of this machine; one that others can reach needs a password, from "
                    "--password-file or ACKD_SANDBOX_PASSWORD")
        ->check(CLI::Validator{is_address, "ADDRESS"})
        ->capture_default_str();
    command.add_option("--port", options.port, "Port; 0 takes a free one")->capture_default_str();
    command
        .add_option_function<std::string>(
            "--password-file",
            [&options](const std::string& path) { options.password = first_line_of(path); },
            "Its first line is the password")
        ->check(CLI::ExistingFile);
    command
        .add_option(
            "--clock-scale", options.clock_scale, "How many times as fast as the machine's the clock runs")
        ->check(CLI::Range(0.001, 1e6))
        ->capture_default_str();
    command.add_option("--clock-origin",
                       options.clock_origin,
                       "Unix seconds at which both clocks agree; goes with --clock-scale");
    command.add_option("--app-token", options.app_token, "Accepted by apps.connections.open")
        ->capture_default_str();
    command.add_option("--bot-token", options.bot_token, "Accepted by every other method")
        ->capture_default_str();
    command.add_option("--workspace", options.workspace_file, "People and channels as JSON")
        ->check(CLI::ExistingFile);
    command.add_option("--rate-limits", options.rate_limits, "strict or off")
        ->check(CLI::IsMember({"strict", "off"}))
        ->capture_default_str();
    command
        .add_option(
            "--refresh-seconds", options.refresh_seconds, "Recycle every socket at this age; 0 never does")
        ->check(CLI::Range(0, 86'400))
        ->capture_default_str();
    command
        .add_option(
            "--redelivery-ms", options.redelivery_ms, "Waits before each redelivery of an unconfirmed event")
        ->delimiter(',')
        ->check(CLI::Range(1, 86'400'000))
        ->capture_default_str();
    command.add_flag(
        "--redeliver-forever", options.redeliver_forever, "Repeat the last wait instead of dropping events");
    command.add_option("--without-scope", options.without_scopes, "A scope that the app was not granted");
    command.add_option(
        "--without-event", options.without_events, "An event that the app does not subscribe to");
    command.add_option("--request-url",
                       options.request_url,
                       "POST events, commands and interactions there instead of using sockets");
    command.add_option("--signing-secret", options.signing_secret, "Signs what is POSTed")
        ->capture_default_str();
    command.add_option("--record", options.record_file, "Write every request of the app there, a line each");
    command
        .add_option("--page-max", options.page_max, "Longest page of any listing; 15 is what some apps get")
        ->check(CLI::Range(1, 999))
        ->capture_default_str();
}

int serve(const sandbox::ServerOptions& options)
{
    sandbox::Server server{options};
    std::printf("%s\n", server.listening_line().c_str());
    std::fflush(stdout);
    server.run();
    return 0;
}

chat_logs::ChatLog open_chat_log(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error("cannot open " + path);
    const std::string xml{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    auto [log, problem] = chat_logs::read_chat_log(xml);
    if (!log) throw std::runtime_error(path + ": " + problem);
    if (log->messages.empty()) throw std::runtime_error(path + ": no messages in it");
    return *std::move(log);
}

int replay(const sandbox::ServerOptions& options,
           const std::string& path,
           const sandbox::ReplayOptions& replay_options,
           bool as_json)
{
    chat_logs::ChatLog log = open_chat_log(path);
    sandbox::Server server{options};
    bool is_finished = false;
    sandbox::Replay run{server.core(), std::move(log), replay_options, [&] {
                            is_finished = true;
                            server.stop();
                        }};
    run.start();
    std::printf("%s\n", server.listening_line().c_str());
    std::fflush(stdout);
    server.run();
    const sandbox::ReplayReport report = run.report();
    std::printf("%s", as_json ? (sandbox::dump(report.to_json()) + "\n").c_str() : report.to_text().c_str());
    return is_finished && report.passed() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv)
{
    CLI::App program{
        "A workspace that speaks Slack's protocol: Web API, Socket Mode, and a control API for tests"};
    program.require_subcommand(1);
    sandbox::ServerOptions options;
    if (const char* password = std::getenv("ACKD_SANDBOX_PASSWORD")) options.password = password;
    CLI::App* serving = program.add_subcommand("serve", "Serve a workspace until SIGTERM or SIGINT");
    add_server_options(*serving, options);
    CLI::App* replaying = program.add_subcommand("replay",
                                                 "Serve, and replay a recorded conversation at the app");
    add_server_options(*replaying, options);
    std::string log_file;
    sandbox::ReplayOptions replay_options;
    std::int64_t timeout_seconds = replay_options.give_up_after.count();
    bool as_json = false;
    replaying->add_option("FILE", log_file, "The conversation, in XML")->required()->check(CLI::ExistingFile);
    replaying->add_option("--rate", replay_options.messages_per_second, "Messages a second")
        ->check(CLI::Range(0.1, 1e6))
        ->capture_default_str();
    replaying
        ->add_option("--requests", replay_options.requests, "How many requests for acknowledgement are made")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    replaying->add_option("--seed", replay_options.seed, "Chooses who asks and who acknowledges")
        ->capture_default_str();
    replaying->add_option("--timeout", timeout_seconds, "Seconds to wait after the last message")
        ->check(CLI::Range(1, 86'400))
        ->capture_default_str();
    replaying->add_flag("--json", as_json, "Report as JSON");
    try {
        program.parse(argc, argv);
        const CLI::App& chosen = *program.get_subcommands().front();
        if (options.clock_scale != 1 && chosen.count("--clock-origin") == 0)
            throw CLI::ValidationError("--clock-scale",
                                       "needs --clock-origin, so that the app can use the same");
        replay_options.give_up_after = std::chrono::seconds{timeout_seconds};
        return &chosen == serving ? serve(options) : replay(options, log_file, replay_options, as_json);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "ackd-sandbox: %s\n", error.what());
        return 1;
    }
}
