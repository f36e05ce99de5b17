// ackd-load: puts the real daemon under load over the real protocol, on this machine only, and measures.
#include "tests/bench/load_modes.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <filesystem>

namespace {

using ackd::bench::LoadFigures;
using ackd::bench::LoadOptions;

void add_options(CLI::App& program, LoadOptions& options)
{
    program.add_option("--daemon", options.program, "the ackd program (else the one beside this)")
        ->check(CLI::ExistingFile);
    program.add_option("--window", options.window, "events on their way at once")
        ->check(CLI::Range(1, 32'768));
    program.add_option("--connections", options.connections, "sockets of the daemon")
        ->check(CLI::Range(1, 8));
    program.add_option("--seconds", options.seconds, "how long is measured")->check(CLI::Range(0.1, 600.0));
    program.add_option("--warm-up", options.warm_up_seconds, "seconds before that")
        ->check(CLI::Range(0.0, 60.0));
    program.add_flag_callback(
        "--random-ids",
        [&options] { options.ids = ackd::bench::EventIds::random; },
        "event ids in no order at all, instead of nearly counting up");
}

}  // namespace

int main(int argc, char** argv)
{
    CLI::App program{"Puts the ackd daemon under load over Slack's protocol, on loopback, and measures it."};
    program.require_subcommand(1);
    program.fallthrough();
    LoadOptions options;
    bool json = false;
    add_options(program, options);
    program.add_flag("--json", json, "one JSON object instead of a line");

    CLI::App* throughput = program.add_subcommand("throughput",
                                                  "events that concern nobody, as fast as they go");
    CLI::App* mix = program.add_subcommand("mix", "of three events one acks an open obligation");
    mix->add_option("--requests", options.requests, "how many are open")->check(CLI::Range(20, 100'000));
    mix->add_option("--debtors", options.debtors, "of each request")->check(CLI::Range(1, 500));
    CLI::App* latency = program.add_subcommand("latency", "events at a steady rate");
    latency->add_option("--rate", options.rate, "events a second")->check(CLI::Range(1, 100'000));
    CLI::App* buttons = program.add_subcommand("buttons",
                                               "buttons pressed at a steady rate, until the answers");
    int presses_per_second = 100;
    buttons->add_option("--rate", presses_per_second, "presses a second")->check(CLI::Range(1, 1'000));
    int answer_delay = 0;
    buttons
        ->add_option("--call-delay", answer_delay, "milliseconds that each call of the daemon is on its way")
        ->check(CLI::Range(0, 2'000));
    CLI::App* steps = program.add_subcommand(
        "steps", "steps of open escalations: how far from its instant each is taken");
    int events_per_second = 200;
    steps->add_option("--open", options.escalations, "open escalations")->check(CLI::Range(1'000, 1'000'000));
    steps->add_option("--due", options.due_rate, "how many fall due a second")->check(CLI::Range(1, 1'000));
    steps->add_option("--burst", options.burst, "how many fall due at one instant")
        ->check(CLI::Range(1, 5'000));
    steps->add_option("--rate", events_per_second, "other events a second")->check(CLI::Range(1, 10'000));
    CLI::App* memory = program.add_subcommand("memory",
                                              "resident memory: at rest, with open obligations, under load");
    memory->add_option("--open", options.open, "open obligations, besides none and 100,000");
    CLI::App* start = program.add_subcommand("start",
                                             "from exec to the first socket and the first confirmed event");
    start->add_option("--open", options.open, "open obligations, besides none");
    start->add_option("--repeat", options.repeat, "starts of each kind")->check(CLI::Range(1, 100));
    CLI11_PARSE(program, argc, argv);

    if (options.program.empty()) {
        options.program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "ackd";
    }
    std::signal(SIGPIPE, SIG_IGN);
    try {
        LoadFigures figures;
        if (throughput->parsed())
            figures = run_throughput(options);
        else if (mix->parsed())
            figures = run_mix(options);
        else if (latency->parsed())
            figures = run_latency(options);
        else if (buttons->parsed()) {
            options.rate = presses_per_second;
            options.answer_delay = std::chrono::milliseconds{answer_delay};
            figures = run_buttons(options);
        } else if (steps->parsed()) {
            options.rate = events_per_second;
            figures = run_steps(options);
        } else if (memory->parsed())
            figures = run_memory(options);
        else if (start->parsed())
            figures = run_start(options);
        fmt::print("{}\n", json ? as_json(figures) : as_text(figures));
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "ackd-load: {}\n", error.what());
        return 1;
    }
}
