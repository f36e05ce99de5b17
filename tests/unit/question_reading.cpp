// How the talk around a question is read again, page by page, where much was said since.
#include "bot/threads/question_handlers.hpp"
#include "tests/unit/help_channel.hpp"

#include <doctest/doctest.h>
using namespace ackd;
using namespace std::chrono_literals;

namespace {

/// Somebody else's talk, a few seconds apart.
void chatter(HelpChannel& help, int count, const MessageRef& thread = {})
{
    for (int number = 0; number < count; ++number) {
        help.advance(10s);
        help.say("Uann", "The build is green, number " + std::to_string(number) + ".", thread);
    }
}

/// A question with so much said before and after it, of which the message at `answer_after` answers it;
/// 0: none does.
QuestionOutcome outcome_between(int before, int after, int answer_after, std::size_t page_max)
{
    HelpChannel help;
    help.page_max = page_max;
    chatter(help, before);
    help.say("Udi", to_the_room);
    for (int number = 1; number <= after; ++number) {
        help.advance(10s);
        help.say("Ucy",
                 number == answer_after ? "@Udi make restart-staging does it" : "@Uann lunch is at noon.");
    }
    help.advance_to(utc("2026-03-02 15:00"));
    REQUIRE(help.reads > 0);
    REQUIRE(help.reads < 50);
    return help.question().outcome;
}

}  // namespace

TEST_CASE("reading: wherever in a busy channel a question stands, at least half a page after it is looked at")
{
    for (int after = 0; after <= 45; ++after) {
        CAPTURE(after);
        CHECK(outcome_between(12, after, 0, 10) == QuestionOutcome::none);
        if (after > 0) CHECK(outcome_between(12, after, std::min(after, 4), 10) == QuestionOutcome::answered);
    }
}

TEST_CASE("reading: a question far down a long thread is found, with what was said after it")
{
    for (const int before : {3, 8, 9, 10, 11, 17, 26}) {
        CAPTURE(before);
        HelpChannel help;
        help.page_max = 10;
        const MessageRef first = help.say("Uann", "The release is out.");
        chatter(help, before, first);
        help.say("Udi", "@Ubo does it run on Linux?", first);
        REQUIRE(help.question().state == QuestionState::watched);
        help.advance_to(utc("2026-03-02 15:00"));
        CHECK(help.question().state == QuestionState::pursued);
    }
}

TEST_CASE("reading: a chat that sends the same page again and again is not asked for ever")
{
    HelpChannel help;
    int reads = 0;
    help.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        if (std::get_if<ReadHistory>(&delivery.effect) == nullptr) return std::nullopt;
        ++reads;
        HistoryPage page;
        page.has_more = true;
        for (const char* stamp : {"1772440000.000100", "1772440001.000100"}) {
            PastMessage past;
            past.stamp = stamp;
            past.author = UserId{"Uann"};
            past.said_at = utc("2026-03-02 09:00");
            past.text = Workspace::rich("The build is green.");
            page.messages.push_back(past);
        }
        return page;
    };
    help.say("Udi", to_the_room);
    help.advance_to(utc("2026-03-02 15:00"));
    CHECK(help.question().outcome == QuestionOutcome::deleted);
    CHECK(reads < 5);
}
