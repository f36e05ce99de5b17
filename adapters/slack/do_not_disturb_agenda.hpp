// Whose do-not-disturb Slack is to be asked for, and when. It tells of changes by events, but not that a span
// has passed and the next day's has taken its place: whoever's has ended is asked for again. So is everybody
// who is listed anew, and somebody of whom an event told, a while later. No I/O and no clock.
#pragma once

#include "bot/input.hpp"
#include "bot/instant.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace ackd::slack {

class DoNotDisturbAgenda {
public:
    /// As many people as Slack answers for in one call.
    static constexpr std::size_t batch_max = 50;
    /// An event says when a span ends, but the next one is asked for; many events are one call.
    static constexpr std::chrono::minutes after_event{15};
    /// Slack still told a span that is over.
    static constexpr std::chrono::minutes after_old_news{5};

    /// Members as they were listed: those who can have a do-not-disturb are to be asked for now.
    void members_listed(const std::vector<Member>& members, Instant now);
    /// Events may have been missed.
    void ask_everybody_again(Instant now);
    void changed_by_event(const UserId& person, Instant now);

    /// Those to be asked for now, the longest waiting first; they wait for nothing until something is told of
    /// them again.
    [[nodiscard]] std::vector<UserId> take_due(Instant now);
    void told(const DoNotDisturbChanged& told, Instant now);
    /// There was no answer for these: once more.
    void put_back(const std::vector<UserId>& people, Instant now);
    /// Nobody is asked for before members are listed again.
    void clear() { waiting_.clear(); }

    /// When somebody is to be asked for next.
    [[nodiscard]] std::optional<Instant> next_at() const;

private:
    void ask_at(const UserId& person, Instant at);
    void leave_out(const UserId& person);

    std::map<UserId, Instant> at_;  ///< of everybody known; in `waiting_` or not
    std::set<std::pair<Instant, UserId>> waiting_;
};

}  // namespace ackd::slack
