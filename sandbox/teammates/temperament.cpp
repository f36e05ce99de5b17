#include "sandbox/teammates/temperament.hpp"

#include <array>

namespace sandbox {
namespace {

using std::chrono::minutes;

struct Habit {
    std::string_view name;
    std::string_view words;
    minutes soonest;
    minutes latest;
    double answers;        ///< to a mention or a request
    double answers_nudge;  ///< when asked again
    double declines;       ///< of those who answer
    double finishes;       ///< and says so
    bool at_any_hour;
    minutes talks_every;  ///< 0: never by themselves
};

const Habit& habit_of(Temperament temperament)
{
    static constexpr std::array<Habit, 6> habits{{
        {"prompt",
         "Answers within minutes.",
         minutes{2},
         minutes{12},
         0.97,
         1.0,
         0.05,
         0.9,
         false,
         minutes{150}},
        {"slow",
         "Answers in the end.",
         minutes{80},
         minutes{280},
         0.95,
         0.95,
         0.05,
         0.8,
         false,
         minutes{300}},
        {"forgets",
         "Reads, means to answer, and forgets.",
         minutes{10},
         minutes{60},
         0.2,
         0.6,
         0.05,
         0.4,
         false,
         minutes{240}},
        {"overloaded",
         "Has too much to do, and says so now and then.",
         minutes{100},
         minutes{360},
         0.45,
         0.7,
         0.4,
         0.5,
         false,
         minutes{200}},
        {"away", "Is away this week.", minutes{0}, minutes{0}, 0, 0, 0, 0, false, minutes{0}},
        {"on_call",
         "On call: answers at any hour.",
         minutes{1},
         minutes{6},
         0.95,
         1.0,
         0,
         0.9,
         true,
         minutes{220}},
    }};
    return habits[static_cast<std::size_t>(temperament)];
}

minutes between(minutes soonest, minutes latest, SeededRandom& random)
{
    const auto span = static_cast<std::uint64_t>((latest - soonest).count()) + 1;
    return soonest + minutes{static_cast<std::int64_t>(random.below(span))};
}

}  // namespace

std::string_view name_of(Temperament temperament)
{
    return habit_of(temperament).name;
}

std::string_view words_for(Temperament temperament)
{
    return habit_of(temperament).words;
}

Intention intend(Temperament temperament, Call call, SeededRandom& random)
{
    const Habit& habit = habit_of(temperament);
    Intention intention;
    intention.at_any_hour = habit.at_any_hour && call != Call::mention;
    // Drawn in every case, so that one person's answer does not change everybody's later ones.
    const bool answers = random.happens(call == Call::nudge ? habit.answers_nudge : habit.answers);
    const bool declines = random.happens(habit.declines);
    const bool only_looks = random.happens(0.3);
    const bool finishes = random.happens(habit.finishes);
    intention.after = between(habit.soonest, habit.latest, random);
    const minutes work = between(minutes{15}, minutes{120}, random);
    if (!answers) return intention;
    intention.move = declines                              ? Move::decline
                     : only_looks && call == Call::request ? Move::look_at_it
                                                           : Move::answer;
    if (finishes && intention.move != Move::decline) intention.done_after = work;
    return intention;
}

std::optional<minutes> next_own_word(Temperament temperament, SeededRandom& random)
{
    const Habit& habit = habit_of(temperament);
    if (habit.talks_every.count() == 0) return std::nullopt;
    return between(habit.talks_every / 2, habit.talks_every * 3 / 2, random);
}

}  // namespace sandbox
