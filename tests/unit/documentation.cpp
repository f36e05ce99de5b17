// What the pages in docs/ say about the rules is what the rules are.
#include "bot/delivery/obligation_transitions.hpp"
#include "bot/delivery/priority_policy.hpp"
#include "tests/unit/golden.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>

using namespace ackd;

namespace {

/// The words in quotes that follow each `opening` in the sources of bot/: the facts that handlers record.
std::set<std::string> facts_in_the_sources()
{
    std::set<std::string> facts;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator{std::string{ACKD_SOURCE_DIR} + "/bot"}) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = bytes_of(entry.path().string());
        for (const char* call : {"record(context,", "save_and_record("}) {
            for (auto at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
                // The fact is the first quoted word that stands before the details' brace, or the last
                // arguments.
                const auto end = std::min(text.find('{', text.find('"', at)), text.find(';', at));
                const std::string arguments = text.substr(at, end - at);
                for (auto quote = arguments.find('"'); quote != std::string::npos;) {
                    const auto close = arguments.find('"', quote + 1);
                    if (close == std::string::npos) break;
                    facts.insert(arguments.substr(quote + 1, close - quote - 1));
                    quote = arguments.find('"', close + 1);
                }
            }
        }
    }
    return facts;
}

}  // namespace

TEST_CASE("documentation: docs/obligations.md prints the table of transitions")
{
    check_golden("docs/obligations.md", "transitions", transitions_as_markdown());
}

TEST_CASE("documentation: docs/priorities.md prints the default policy")
{
    check_golden("docs/priorities.md", "priorities", priorities_as_markdown());
}

TEST_CASE("documentation: docs/journal.md explains every fact that is ever recorded")
{
    const std::string page = bytes_of(std::string{ACKD_SOURCE_DIR} + "/docs/journal.md");
    std::set<std::string> facts = facts_in_the_sources();
    for (const ObligationEvent event : all_obligation_events) facts.insert(std::string{name_of(event)});
    CHECK(facts.size() > 30);
    for (const std::string& fact : facts) {
        CAPTURE(fact);
        CHECK(page.find("| `" + fact + "` |") != std::string::npos);
    }
}
