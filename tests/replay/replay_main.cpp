// ackd-replay: a quarter of forty people's work with ackd, from a recorded conversation (quarter_plan.hpp
// says how), in simulated time. Ends with 1 where an invariant does not hold, or somebody is disturbed
// outside their hours.
#include "tests/replay/made_up_log.hpp"
#include "tests/replay/quarter_report.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

int main(int argc, char** argv)
{
    using namespace ackd::replay;
    CLI::App program{"Replays a recorded conversation as a quarter of forty people's work with ackd."};
    std::string file;
    std::uint64_t seed = 1;
    bool json = false;
    if (const char* traffic = std::getenv("ACKD_TRAFFIC")) file = traffic;
    program.add_option(
        "FILE", file, "XML as in chat_logs/chat_log.hpp ($ACKD_TRAFFIC; none: made-up traffic)");
    program.add_option("--seed", seed, "of what the log leaves to chance");
    program.add_flag("--json", json, "one JSON object instead of text");
    CLI11_PARSE(program, argc, argv);

    chat_logs::ChatLog log;
    if (file.empty()) {
        log = made_up_log(4'000, seed);
    } else {
        std::ifstream stream{file, std::ios::binary};
        if (!stream) {
            std::cerr << fmt::format("{}: it cannot be read\n", file);
            return 2;
        }
        const std::string xml{std::istreambuf_iterator<char>{stream}, {}};
        auto read = chat_logs::read_chat_log(xml);
        if (!read.log) {
            std::cerr << fmt::format("{}: {}\n", file, read.problem);
            return 2;
        }
        log = std::move(*read.log);
    }
    const QuarterReport report = replay_quarter(plan_quarter(log, seed));
    std::cout << (json ? report.to_json() + "\n" : report.to_text());
    return report.failures().empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}
