// What may be begun, and what the work in progress says of how a team works: pure.
#pragma once

#include "bot/wip/wip_item.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace ackd {

/// Whether something more may run.
enum class WipStart {
    has_room,
    team_is_full,
    person_is_full,
    /// So many are open that the list is of no use any more.
    too_many_open,
};

/// `running`: of the team and of the person in it; `open`: of the team, paused ones included.
[[nodiscard]] WipStart may_start_work(const WipLimit& limit,
                                      std::int64_t running_in_team,
                                      std::int64_t running_of_person,
                                      std::int64_t open_in_team);

enum class WipEvent { finish, pause, resume, drop };

/// Nothing: it changes nothing in this state.
[[nodiscard]] std::optional<WipState> next_state(WipState state, WipEvent event);

/// What the last weeks say. Rates are counted over `wip_looked_back`, or since the first start if that is
/// later, but at least a week.
struct WipFigures {
    std::int64_t running = 0;
    std::int64_t paused = 0;
    /// Finished in a week.
    double throughput = 0;
    /// From start to finish: half of what was finished took no longer. Nothing: nothing was finished.
    std::optional<Duration> cycle_time;
    /// Of what was begun; nothing: nothing was.
    std::optional<double> unplanned_share;
};

inline constexpr std::chrono::weeks wip_looked_back{4};

/// `items`: those that are open, and those that began or ended within `wip_looked_back`.
[[nodiscard]] WipFigures figures_of(const std::vector<WipItem>& items, Instant now);

/// How long something that is begun now takes at this pace, by Little's law (J. D. C. Little, "A Proof for
/// the Queuing Formula: L = λW", Operations Research 9, 1961): what is in progress, itself included, divided
/// by what is finished in a week. Nothing: nothing was finished.
[[nodiscard]] std::optional<Duration> expected_time(const WipFigures& figures);

/// How much ran at once on a day that something changed.
struct WipLevel {
    std::chrono::local_days day;
    int most = 0;
    /// And on the days after it, until something changes again.
    int at_end = 0;
};

/// The most that ran at once, a day, until and with `last`: at most `days_max` days, from the first one that
/// is known. `known`: in the order of their days.
struct WipDays {
    std::chrono::local_days first;
    std::vector<int> most;
};

[[nodiscard]] WipDays most_by_day(const std::vector<WipLevel>& known,
                                  std::chrono::local_days last,
                                  int days_max);

}  // namespace ackd
