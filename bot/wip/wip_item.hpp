// Work in progress: what a team has begun and not finished, and how much of it there may be at once.
//
//   running ──pause──► paused ──resume──► running
//      └──finish──► done ◄──finish──┘           both ──drop──► dropped
//
// A limit is worth something only when a start can be refused. Whoever is refused sees what is running and
// the ways out: finish something, trade (pause something, and start this), or have a lead let it in, with a
// reason that stands with it. What is paused does not count; what is resumed does.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ackd {

using WipItemId = RowId<struct WipItemTag>;

/// Stored: do not renumber.
enum class WipState { running = 1, paused = 2, done = 3, dropped = 4 };

[[nodiscard]] std::string_view name_of(WipState state);

struct WipItem {
    WipItemId id;
    std::string team;
    /// Empty: nobody's yet; it came from a source.
    UserId person;
    std::string title;
    WipState state = WipState::running;
    /// Nobody had planned it: an incident, something that could not wait.
    bool is_unplanned = false;
    Instant started_at{};
    std::optional<Instant> ended_at;
    /// When whoever has it is asked about it, unless somebody says something of it before; nothing: it does
    /// not run.
    std::optional<Instant> due_at;
    /// Who let it in over the limit, and why; empty: there was room.
    UserId let_in_by;
    std::string let_in_because;
    /// The source that told it, its key there, and its page; empty: somebody typed it. What has begun
    /// elsewhere is not refused here.
    std::string source;
    std::string source_key;
    std::string link;
    friend bool operator==(const WipItem&, const WipItem&) = default;
};

/// How much of it there may be at once, and when what is begun has aged. Part of the policy.
struct WipLimit {
    /// Whose it is; unique.
    std::string team;
    /// Running at once.
    int limit = 0;
    /// Of one person in this team; 0: as many as the team has.
    int per_person = 0;
    /// Working time without a word, after which whoever has it is asked.
    Duration ages_after = std::chrono::hours{40};
    friend bool operator==(const WipLimit&, const WipLimit&) = default;
};

/// Bounds of what a policy may say.
inline constexpr std::size_t wip_limits_max = 200;
inline constexpr int wip_limit_max = 200;
inline constexpr Duration wip_ages_least = std::chrono::hours{4};
inline constexpr Duration wip_ages_most = std::chrono::hours{320};

inline constexpr std::size_t wip_title_max = 200;
inline constexpr int wip_reason_max = 300;
/// Of one team, paused ones included: more is a list that nobody reads.
inline constexpr std::int64_t wip_open_max = 500;

}  // namespace ackd
