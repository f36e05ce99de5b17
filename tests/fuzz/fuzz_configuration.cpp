// A configuration file.
#include "bot/cli/configuration.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <string>

using namespace ackd;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text{fuzz::text_of(data, size)};
    const cli::Configuration read = cli::parse_configuration(text);
    for (const FileProblem& problem : read.problems)
        fuzz::expect(problem.line > 0 && !problem.what.empty(), "a problem has a place and words");
    (void)problems_as_text("ackd.toml", read.problems);
    return 0;
}
