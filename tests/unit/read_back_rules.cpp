// Read-back, the pure part: who has a turn, who is picked, how it ends, and how often an author may ask for
// it.
#include "bot/delivery/read_back.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const Instant now = utc("2026-03-02 10:00");

ReadBackTurn turn_in(TurnState state, const char* person = "Ubo")
{
    ReadBackTurn turn;
    turn.id = 1;
    turn.person = UserId{person};
    turn.state = state;
    if (state != TurnState::over) turn.until = now + 8h;
    return turn;
}

ReadBack running_for(int wanted)
{
    ReadBack read_back;
    read_back.state = ReadBackState::running;
    read_back.wanted = wanted;
    read_back.pick_at = now + 30min;
    return read_back;
}

ReadBackCandidate candidate(const char* person,
                            bool was_picked,
                            bool may_be_asked_now,
                            Instant again = now + 1h)
{
    return {UserId{person}, was_picked, may_be_asked_now, again};
}

}  // namespace

TEST_CASE("read-back: nothing leads out of a final state, and every other one can be called off")
{
    for (const ReadBackTransition& row : read_back_transitions()) {
        CAPTURE(row.meaning);
        CHECK_FALSE(is_final(row.from));
    }
    CHECK(next_state(ReadBackState::waiting, ReadBackEvent::called_off) == ReadBackState::called_off);
    CHECK(next_state(ReadBackState::running, ReadBackEvent::called_off) == ReadBackState::called_off);
    CHECK_FALSE(next_state(ReadBackState::waiting, ReadBackEvent::given));
    CHECK_FALSE(next_state(ReadBackState::right, ReadBackEvent::not_quite));
}

TEST_CASE("read-back: a turn is free until somebody has it, and used up when it is judged or ran out of time")
{
    ReadBack read_back = running_for(2);
    CHECK(free_turns(read_back) == 2);
    read_back.turns.push_back(turn_in(TurnState::asked));
    CHECK(free_turns(read_back) == 1);
    CHECK(running_turn_of(read_back, UserId{"Ubo"}) != nullptr);
    CHECK(running_turn_of(read_back, UserId{"Ucy"}) == nullptr);
    read_back.turns.front() = turn_in(TurnState::over);
    CHECK(free_turns(read_back) == 2);  // passed on
    read_back.right_count = 1;
    CHECK(free_turns(read_back) == 1);
    read_back.lapsed_count = 1;
    CHECK(free_turns(read_back) == 0);
}

TEST_CASE("read-back: the next thing due is a pick for a free turn, or the end of one")
{
    ReadBack read_back = running_for(2);
    CHECK(due_at(read_back) == now + 30min);
    read_back.turns.push_back(turn_in(TurnState::given));
    read_back.turns.front().until = now + 10min;
    CHECK(due_at(read_back) == now + 10min);
    read_back.wanted = 1;
    CHECK(due_at(read_back) == now + 10min);
    read_back.turns.front() = turn_in(TurnState::asked);
    CHECK(due_at(read_back) == now + 8h);  // no turn is free: nobody is picked
    read_back.state = ReadBackState::waiting;
    CHECK_FALSE(due_at(read_back));
}

TEST_CASE("read-back: it ends when no turn is free and none goes on, and one \"That's it\" is enough")
{
    ReadBack read_back = running_for(2);
    CHECK_FALSE(outcome_of(read_back));
    read_back.lapsed_count = 1;
    read_back.turns.push_back(turn_in(TurnState::given));
    CHECK_FALSE(outcome_of(read_back));
    read_back.turns.front() = turn_in(TurnState::over);
    read_back.lapsed_count = 2;
    CHECK(outcome_of(read_back) == ReadBackEvent::not_given);
    read_back.unjudged_count = 1;
    CHECK(outcome_of(read_back) == ReadBackEvent::not_judged);
    read_back.lapsed_count = 1;
    read_back.right_count = 1;
    CHECK(outcome_of(read_back) == ReadBackEvent::right);
}

TEST_CASE("read-back: of those who may be asked now each is picked, and nobody who was picked before")
{
    const std::vector<ReadBackCandidate> candidates{candidate("Ubo", false, true),
                                                    candidate("Ucy", true, true),
                                                    candidate("Udi", false, false),
                                                    candidate("Ued", false, true)};
    std::set<std::string> picked;
    for (std::uint64_t random = 0; random < 10; ++random)
        picked.insert(pick(candidates, random, now + 24h).person.value);
    CHECK(picked == std::set<std::string>{"Ubo", "Ued"});
}

TEST_CASE("read-back: when nobody may be asked now, the first who may later is waited for, but not for ever")
{
    const std::vector<ReadBackCandidate> candidates{candidate("Ubo", false, false, now + 5h),
                                                    candidate("Ucy", false, false, now + 3h),
                                                    candidate("Udi", true, false, now + 1h)};
    const ReadBackPick waits = pick(candidates, 0, now + 3h);
    CHECK(waits.person.empty());
    CHECK(waits.again_at == now + 3h);
    CHECK_FALSE(pick(candidates, 0, now + 2h).again_at);
    CHECK_FALSE(pick({candidate("Ubo", true, true)}, 0, now + 24h).again_at);
    CHECK_FALSE(pick({}, 0, now + 24h).again_at);
}

TEST_CASE("read-back: an author has so many a week, and is told when the next is possible")
{
    struct Row {
        const char* what;
        std::vector<WantedReadBack> earlier;
        int wanted;
        int a_week;
        std::optional<Instant> possible_at;
    };
    const Instant first = now - 6 * 24h;
    const Instant second = now - 2 * 24h;
    const Row rows[] = {
        {"the first one", {}, 1, 5, now},
        {"the fifth", {{first, 2}, {second, 2}}, 1, 5, now},
        {"the sixth waits for the first to be a week ago", {{first, 2}, {second, 3}}, 1, 5, first + 7 * 24h},
        {"two at once wait for as many", {{first, 1}, {second, 4}}, 2, 5, second + 7 * 24h},
        {"more than a week has", {}, 2, 1, std::nullopt},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        CHECK(next_possible(row.earlier, row.wanted, row.a_week, now) == row.possible_at);
    }
}
