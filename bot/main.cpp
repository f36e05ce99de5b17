// The ackd program: its subcommands. What `run` does is in bot/cli/daemon.cpp.
#include "bot/cli/configuration.hpp"
#include "bot/cli/daemon.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace {

int check(const std::string& path)
{
    const auto configuration = ackd::cli::read_configuration(path);
    if (configuration.problems.empty()) {
        fmt::print("{}: right\n", path);
        return ackd::cli::exit_stopped;
    }
    fmt::print(stderr, "{}", ackd::cli::problems_as_text(path, configuration));
    const std::size_t count = configuration.problems.size();
    fmt::print(stderr, "{} problem{}\n", count, count == 1 ? "" : "s");
    return ackd::cli::exit_repair;
}

}  // namespace

int main(int argc, char** argv)
{
    CLI::App program{
        "ackd: messages that matter are acknowledged, resent, escalated or dead-lettered.\n"
        "Tokens come from SLACK_APP_TOKEN and SLACK_BOT_TOKEN (in HTTP mode SLACK_SIGNING_SECRET "
        "and SLACK_BOT_TOKEN), or from systemd credentials."};
    program.require_subcommand(1);

    ackd::cli::RunOptions options;
    CLI::App* run = program.add_subcommand("run", "run the daemon in the foreground");
    run->add_option(
        "--config", options.configuration_path, "the configuration file (without it: all defaults)");
    run->add_option("--state-dir",
                    options.state_directory,
                    "where the database lives (else $STATE_DIRECTORY, else ~/.local/state/ackd)");
    run->add_option(
           "--clock-scale", options.clock_scale, "against a sandbox: simulated seconds for each second")
        ->check(CLI::Range(0.001, 1'000'000.0));
    run->add_option("--clock-origin",
                    options.clock_origin,
                    "against a sandbox: the Unix time at which simulated and real time agree");

    std::string configuration_path = "/etc/ackd/ackd.toml";
    CLI::App* check_command = program.add_subcommand("check", "list every problem of a configuration file");
    check_command->add_option("--config,config", configuration_path, "the configuration file");
    program.add_subcommand("version", "print the version");

    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = program.exit(error);
        return status == 0 ? 0 : ackd::cli::exit_repair;
    }
    if (run->parsed()) return ackd::cli::run_daemon(options);
    if (check_command->parsed()) return check(configuration_path);
    fmt::print("ackd {}\n", ACKD_VERSION);
    return 0;
}
