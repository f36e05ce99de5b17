// Months that once broke an invariant, with what was wrong in the bot. They stay clean.
#include "tests/simulation/simulated_month.hpp"

#include <doctest/doctest.h>

#include <cstdint>

TEST_CASE("simulation: months that once found a mistake stay clean")
{
    struct Row {
        std::uint64_t seed;
        const char* mistake;
    };
    const Row rows[] = {
        {3,
         "a transaction that the disk refused freed the conversations of what was on its way, so that a card "
         "was leased "
         "twice, and no process could start on that database any more"},
        {5, "the journal did not say at which step of the route somebody was asked as a backup"},
        {8, "a request for \"received\" stayed open for ever when one of those asked had never answered"},
        {11,
         "one reaction to a message about two obligations of one request: the first ack ended the second, "
         "and the second "
         "was then acked all the same"},
        {26, "somebody left: the next step of a route was asked at once instead of after its delay"},
        {60, "a route's step that names a channel twice could not be asked at all"},
        {508,
         "a nudge that waited for a digest was told there although a message of its own had told it since"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.mistake);
        const auto report = ackd::simulation::simulate_month(row.seed);
        CAPTURE(row.seed);
        CHECK_FALSE(report.violation);
    }
}
