// Who may call Slack next, when more want to than there are connections: those whom a person waits for, and
// of the others never so many that the former find every connection taken. Knows nothing of what is called.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <list>

namespace ackd::slack {

enum class CallUrgency { unhurried, urgent };

class CallTurns {
public:
    /// `unhurried_max` of `all_max` are for unhurried calls at most.
    CallTurns(std::size_t unhurried_max, std::size_t all_max)
        : unhurried_max_(unhurried_max), all_max_(all_max)
    {}

    using Place = std::list<std::function<void()>>::iterator;

    /// Takes a turn, if there is one now.
    [[nodiscard]] bool take(CallUrgency urgency);
    /// Waits for one: `on_turn` is called once, when it has been taken.
    [[nodiscard]] Place wait(CallUrgency urgency, std::function<void()> on_turn);
    /// Waits no longer; only before its turn has come.
    void leave(CallUrgency urgency, Place place);
    /// A turn that was taken has ended.
    void end(CallUrgency urgency);

private:
    [[nodiscard]] std::list<std::function<void()>>& waiting(CallUrgency urgency);
    [[nodiscard]] std::size_t& taken(CallUrgency urgency);

    std::size_t unhurried_max_;
    std::size_t all_max_;
    std::array<std::size_t, 2> taken_{};
    std::array<std::list<std::function<void()>>, 2> waiting_;
};

}  // namespace ackd::slack
