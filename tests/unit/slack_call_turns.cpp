// Who calls Slack next, when there are not connections enough.
#include "adapters/slack/call_turns.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd::slack;

namespace {

/// Calls by name; who has got a turn, in that order.
struct Queue {
    CallTurns turns{2, 3};
    std::string begun;

    void want(CallUrgency urgency, char name)
    {
        if (turns.take(urgency))
            begun += name;
        else
            (void)turns.wait(urgency, [this, name] { begun += name; });
    }
};

}  // namespace

TEST_CASE("call turns: calls that nobody waits for leave a connection to those that somebody does")
{
    Queue queue;
    queue.want(CallUrgency::unhurried, 'a');
    queue.want(CallUrgency::unhurried, 'b');
    queue.want(CallUrgency::unhurried, 'c');
    CHECK(queue.begun == "ab");
    queue.want(CallUrgency::urgent, 'X');
    CHECK(queue.begun == "abX");
    queue.turns.end(CallUrgency::urgent);
    CHECK(queue.begun == "abX");  // what became free is theirs
    queue.turns.end(CallUrgency::unhurried);
    CHECK(queue.begun == "abXc");
}

TEST_CASE("call turns: the urgent go first, each kind in the order in which it came")
{
    Queue queue;
    for (const char name : {'a', 'b'}) queue.want(CallUrgency::unhurried, name);
    queue.want(CallUrgency::urgent, 'X');
    queue.want(CallUrgency::unhurried, 'c');
    queue.want(CallUrgency::unhurried, 'd');
    queue.want(CallUrgency::urgent, 'Y');
    queue.want(CallUrgency::urgent, 'Z');
    REQUIRE(queue.begun == "abX");
    queue.turns.end(CallUrgency::unhurried);
    queue.turns.end(CallUrgency::unhurried);
    CHECK(queue.begun == "abXYZ");
    queue.turns.end(CallUrgency::urgent);
    queue.turns.end(CallUrgency::urgent);
    CHECK(queue.begun == "abXYZcd");
}

TEST_CASE("call turns: the urgent may use every connection")
{
    Queue queue;
    for (const char name : {'X', 'Y', 'Z'}) queue.want(CallUrgency::urgent, name);
    CHECK(queue.begun == "XYZ");
    queue.want(CallUrgency::unhurried, 'a');
    queue.turns.end(CallUrgency::urgent);
    CHECK(queue.begun == "XYZa");
}

TEST_CASE("call turns: who leaves is not given a turn")
{
    CallTurns turns{1, 1};
    REQUIRE(turns.take(CallUrgency::urgent));
    bool left_has_turn = false;
    bool next_has_turn = false;
    const auto place = turns.wait(CallUrgency::urgent, [&] { left_has_turn = true; });
    (void)turns.wait(CallUrgency::urgent, [&] { next_has_turn = true; });
    turns.leave(CallUrgency::urgent, place);
    turns.end(CallUrgency::urgent);
    CHECK_FALSE(left_has_turn);
    CHECK(next_has_turn);
}
