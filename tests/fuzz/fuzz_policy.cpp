// A policy file: what is read without a problem is written and read back as the same.
#include "bot/policy/policy_text.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <string>

using namespace ackd;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text{fuzz::text_of(data, size)};
    const PolicyReading read = read_policy(text);
    for (const FileProblem& problem : read.problems)
        fuzz::expect(problem.line > 0 && !problem.what.empty(), "a problem has a place and words");
    if (!read.problems.empty()) return 0;
    const std::string written = to_text(read.document);
    const PolicyReading again = read_policy(written);
    fuzz::expect(again.problems.empty(), "what is written has no problems");
    fuzz::expect(again.document.policy == read.document.policy, "what is written is read back as the same");
    fuzz::expect(to_text(again.document) == written, "and is written the same way again");
    return 0;
}
