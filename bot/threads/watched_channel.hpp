// A channel in which questions are looked for: which ones, who answers them, and how soon somebody is asked.
// Part of the policy.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "bot/people/work_week.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// Which messages of the channel count as questions that somebody waits for.
enum class WatchMode {
    off,
    mentions,   ///< what asks somebody by name, or a group
    questions,  ///< that, and what asks the room
    all,        ///< whatever somebody begins: the channel is for requests
};

inline constexpr std::array all_watch_modes{
    WatchMode::off, WatchMode::mentions, WatchMode::questions, WatchMode::all};

/// As the policy writes it: "mentions".
[[nodiscard]] std::string_view name_of(WatchMode mode);
[[nodiscard]] std::optional<WatchMode> watch_mode_named(std::string_view word);

struct WatchedChannel {
    ChannelId channel;
    WatchMode mode = WatchMode::questions;
    /// Who answers what asks nobody in particular: one of them at a time, in turn.
    std::vector<UserId> people;
    /// User groups whose members do so as well.
    std::vector<GroupId> groups;
    /// Working time from the question to the offer that who asked it gets, alone: shall somebody be asked?
    Duration offer_after = std::chrono::hours{4};
    /// From the question until somebody is asked.
    Duration ask_after = std::chrono::hours{6};
    /// From the question until somebody else is.
    Duration pass_on_after = std::chrono::hours{8};
    /// When the channel answers; outside of these the question does not wait. Unset: the hours of who asked.
    std::optional<WorkWeek> hours;
    /// Of these hours (a tz database name); empty: the workspace's.
    std::string zone;

    friend bool operator==(const WatchedChannel&, const WatchedChannel&) = default;
};

/// What the channel has in this policy; null: it is not watched.
[[nodiscard]] const WatchedChannel* find_watched(const std::vector<WatchedChannel>& channels,
                                                 const ChannelId& channel);

}  // namespace ackd
