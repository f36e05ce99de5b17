#include "sandbox/teammates/teammate_lines.hpp"

#include <iterator>

namespace sandbox {
namespace {

constexpr const char* remarks[] = {
    "The staging database is back after its upgrade.",
    "I moved the notes of this morning's review to the wiki.",
    "Deploying the search fix now; it should be invisible.",
    "The flaky checkout test is gone. It was the clock, as always.",
    "Lunch at the noodle place in a quarter of an hour, whoever likes.",
    "Is anybody else seeing slow builds today?",
    "The customer from yesterday is happy again.",
    "I am in the workshop until four and read this afterwards.",
    "Reminder to myself, in public: write the postmortem.",
    "Does somebody know where the old API keys are documented?",
    "New icons are in the design folder.",
    "The load test went well: twice last month's peak, and nothing fell over.",
    "I closed eleven old tickets. It felt good.",
    "The printer on the second floor works again, for those who still print.",
};

constexpr const char* wishes[] = {
    "please read the plan for the database migration before we start",
    "can you review the change to the payment retries",
    "please check the wording of the release notes",
    "the quota of the build machines needs your decision",
    "please confirm that the new firewall rules are fine for you",
    "could you look at the numbers of last week before the meeting",
    "please say whether the design of the settings page is final",
    "the contract with the mail provider waits for your word",
    "please update the runbook for the queue",
    "can you take over the onboarding of the new colleague on Thursday",
};

constexpr const char* answers[] = {
    "Will do.",
    "On it.",
    "Looking at it now.",
    "Give me until this afternoon.",
    "Yes, that is right.",
    "Good question. I will find out.",
};

template <std::size_t count>
std::string one_of(const char* const (&lines)[count], SeededRandom& random)
{
    return lines[random.below(count)];
}

}  // namespace

std::string something_to_say(SeededRandom& random)
{
    return one_of(remarks, random);
}

std::string something_to_ask(SeededRandom& random)
{
    return one_of(wishes, random);
}

std::string short_answer(SeededRandom& random)
{
    return one_of(answers, random);
}

}  // namespace sandbox
