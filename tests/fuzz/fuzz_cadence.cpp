// What people type about what comes round: a cadence, a line of a resync's form, a `/retro`.
#include "bot/cadence/cadence.hpp"
#include "bot/resync/resync_rules.hpp"
#include "bot/retro/retro_phrase.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <string>

using namespace ackd;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const WorkingHours hours{"Europe/Berlin"};
    static const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};
    static const std::chrono::local_days starts{std::chrono::year{2026} / 1 / 5};
    const std::string_view typed = fuzz::text_of(data, size);

    std::string problem;
    if (const auto cadence = parse_cadence(typed, starts, problem)) {
        const auto again = parse_cadence(to_text(*cadence), starts, problem);
        fuzz::expect(again && again->days == cadence->days && again->at == cadence->at,
                     "what is written is read back as the same");
    } else {
        fuzz::expect(!problem.empty(), "what is no cadence is told");
    }

    const ReadDependencies read = read_dependencies(typed, {"platform", "mobile"}, hours, now);
    fuzz::expect(read.dependencies.size() <= resync_lines_max, "so many lines, and no more");
    for (const Dependency& each : read.dependencies) {
        const ReadDependencies again = read_dependencies(line_of(each), {"platform", "mobile"}, hours, now);
        fuzz::expect(!again.problem.empty() || again.dependencies.front().team == each.team,
                     "a line that is written names the same team");
    }
    (void)parse_retro_phrase(typed, {"platform", "mobile"});
    return 0;
}
