// The ground of a simulated month: one clock, one agenda ordered by (instant, sequence number), the faults
// that are switched on, and a trace for the reader. One thread; the same seed gives the same month.
#pragma once

#include "bot/clock.hpp"
#include "bot/courier/backoff.hpp"
#include "tests/simulation/simulated_faults.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace ackd::simulation {

/// An invariant does not hold. Not a std::exception: nothing in the bot may catch it.
struct Violation {
    std::string invariant;
    std::string seen;
};

/// What happens when. Entries of one instant run in the order in which they were added.
class SimulatedAgenda {
public:
    void add(Instant at, std::function<void()> entry)
    {
        entries_.emplace(std::pair{at, ++sequence_}, std::move(entry));
    }
    [[nodiscard]] bool empty() const { return entries_.empty(); }
    [[nodiscard]] Instant next_at() const { return entries_.begin()->first.first; }
    std::function<void()> take_next()
    {
        auto node = entries_.extract(entries_.begin());
        return std::move(node.mapped());
    }

private:
    std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> entries_;
    std::uint64_t sequence_ = 0;
};

struct SimulatedWorld {
    explicit SimulatedWorld(Instant start) : clock(start) {}

    SteppedClock clock;
    SimulatedAgenda agenda;
    Faults faults;
    /// Where a reader follows what happens; nothing: nobody reads.
    std::function<void(const std::string&)> trace;

    [[nodiscard]] Instant now() const { return clock.now(); }
    void after(Duration wait, std::function<void()> entry) { agenda.add(now() + wait, std::move(entry)); }
    /// Runs the next entry of the agenda at its time.
    void step()
    {
        clock.advance_to(agenda.next_at());
        agenda.take_next()();
    }
    [[nodiscard]] bool is_traced() const { return static_cast<bool>(trace); }
    /// Ask is_traced() first where the words cost something.
    void say(std::string_view who, const std::string& what) const;
};

/// Evenly from nothing to `longest`.
[[nodiscard]] inline Duration up_to(Duration longest, Random& random)
{
    return Duration{
        static_cast<Duration::rep>(random.below(static_cast<std::uint64_t>(longest.count()) + 1))};
}

[[nodiscard]] inline Duration between(Duration shortest, Duration longest, Random& random)
{
    return shortest + up_to(longest - shortest, random);
}

/// One of them, evenly. `list` is not empty.
template <class List>
[[nodiscard]] auto& one_of(List& list, Random& random)
{
    return list[static_cast<std::size_t>(random.below(list.size()))];
}

}  // namespace ackd::simulation
