// What the pages in docs/ say about the rules is what the rules are.
#include "bot/alerts/alert_transitions.hpp"
#include "bot/delivery/obligation_transitions.hpp"
#include "bot/delivery/priority_policy.hpp"
#include "bot/delivery/read_back.hpp"
#include "tests/unit/golden.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <sstream>
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
                // The fact is the quoted word that stands before the details' braces, or the last argument.
                const auto end = std::min(text.find("{{", at), text.find(';', at));
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

/// All that is quoted in the tests of a folder, adjacent quotes joined, and the names of Python's tests.
std::string tests_in(const char* folder, const char* extension)
{
    std::string names;
    for (const auto& entry : std::filesystem::directory_iterator{std::string{ACKD_SOURCE_DIR} + folder}) {
        if (entry.path().extension() == extension) names += bytes_of(entry.path().string()) + "\n";
    }
    return names;
}

/// A long name is broken into two quotes in the sources.
std::string with_quotes_joined(std::string text)
{
    for (auto at = text.find("\"\n"); at != std::string::npos; at = text.find("\"\n", at)) {
        const auto next = text.find_first_not_of(' ', at + 2);
        if (next != std::string::npos && text[next] == '"')
            text.erase(at, next + 1 - at);
        else
            ++at;
    }
    return text;
}

/// What stands between backquotes in the last cell of each row of a page's tables.
std::set<std::string> named_in_last_cells(const std::string& page)
{
    std::set<std::string> names;
    std::istringstream lines{page};
    for (std::string line; std::getline(lines, line);) {
        if (!line.ends_with("` |")) continue;
        const auto begin = line.rfind('`', line.size() - 4) + 1;
        names.insert(line.substr(begin, line.size() - 3 - begin));
    }
    return names;
}

}  // namespace

TEST_CASE("documentation: every test that docs/workspace-life.md names is there")
{
    const std::string page = bytes_of(std::string{ACKD_SOURCE_DIR} + "/docs/workspace-life.md");
    const std::string unit_tests = with_quotes_joined(tests_in("/tests/unit", ".cpp"));
    const std::string end_to_end_tests = tests_in("/tests/e2e", ".py");
    const std::set<std::string> names = named_in_last_cells(page);
    CHECK(names.size() > 25);
    for (const std::string& name : names) {
        CAPTURE(name);
        const bool is_there = name.starts_with("test_")
                                  ? end_to_end_tests.find("def " + name + "(") != std::string::npos
                                  : unit_tests.find("(\"" + name + "\")") != std::string::npos ||
                                        unit_tests.find("(\n    \"" + name + "\")") != std::string::npos;
        CHECK(is_there);
    }
    // No row without a test.
    std::size_t rows = 0;
    std::size_t with_test = 0;
    std::istringstream lines{page};
    for (std::string line; std::getline(lines, line);) {
        rows += line.starts_with("| ") && !line.starts_with("| what happens") ? 1 : 0;
        with_test += line.ends_with("` |") ? 1 : 0;
    }
    CHECK(rows == with_test);
}

TEST_CASE("documentation: docs/obligations.md prints the table of transitions")
{
    check_golden("docs/obligations.md", "transitions", transitions_as_markdown());
}

TEST_CASE("documentation: docs/obligations.md prints the transitions of a read-back")
{
    check_golden("docs/obligations.md", "read-back", read_back_transitions_as_markdown());
}

TEST_CASE("documentation: docs/alerts-in-chat.md prints the transitions of alerts and of their groups")
{
    check_golden("docs/alerts-in-chat.md", "alerts", alert_transitions_as_markdown());
    check_golden("docs/alerts-in-chat.md", "alert groups", alert_group_transitions_as_markdown());
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
