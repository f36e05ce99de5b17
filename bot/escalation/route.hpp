// A route: the pre-decided path of a problem (what the field also calls an escalation policy). Steps are
// taken in order; each has a delay and targets. It is frozen with the names behind it when a request starts,
// so that a later change of a group or of the configuration does not rewrite what was promised.
//
// A request follows the default route, or the one it names, when nobody answers. What a route is for can be
// said in a sentence: then it is a category of problems, offered to whoever raises one (`/escalate`).
#pragma once

#include "bot/delivery/priority_policy.hpp"
#include "bot/ids.hpp"
#include "bot/instant.hpp"
#include "bot/people/off_hours.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ackd {

class Directory;

/// What a configuration names: a person, a user group or a channel.
using RouteTarget = std::variant<UserId, GroupId, ChannelId>;

struct RouteStep {
    /// Waited before the step, on top of the time the step before it took. Counted like the priority's other
    /// times.
    Duration delay{0};
    std::vector<RouteTarget> targets;
    /// Names of rotations: whoever is on call in them.
    std::vector<std::string> rotations{};
    /// Names of destinations, which are told, too.
    std::vector<std::string> destinations{};
    /// How many of its people have to take what is raised before nobody else is asked, or `needed_all`.
    int needed = 1;
    friend bool operator==(const RouteStep&, const RouteStep&) = default;
};

/// As RouteStep::needed: each of the people on the step.
inline constexpr int needed_all = 0;

/// Bounds of what a policy may say.
inline constexpr int route_needed_max = 100;
inline constexpr std::size_t route_about_max = 200;
inline constexpr std::size_t route_playbook_max = 500;
inline constexpr int route_repeats_max = 5;

struct Route {
    std::string name;
    /// What it is for, with examples: "Customers cannot work: the site is down, data is lost". Empty: it is
    /// not offered to whoever raises something.
    std::string about{};
    /// Of what is raised.
    Priority priority = Priority::today;
    /// Where it says what to do: http or https; may be empty.
    std::string playbook{};
    /// When what is raised on it may reach people outside their working hours; unset: as its priority has it.
    std::optional<OffHours> off_hours{};
    /// How often its steps are taken again when the last one was in vain.
    int repeats = 0;
    std::vector<RouteStep> steps{};
    friend bool operator==(const Route&, const Route&) = default;
};

/// A step with the names behind it, as they were at the start.
struct FrozenStep {
    Duration delay{0};
    std::vector<UserId> people;
    std::vector<ChannelId> channels;
    std::vector<std::string> destinations{};
    /// How many of its people have to take it; at most as many as there are, at least one.
    int needed = 1;

    [[nodiscard]] bool empty() const { return people.empty() && channels.empty() && destinations.empty(); }
    friend bool operator==(const FrozenStep&, const FrozenStep&) = default;
};

/// Step 0 is the debtor and is not listed: `steps[0]` is step 1.
struct FrozenRoute {
    std::string name;
    std::vector<FrozenStep> steps;
    /// Of what is raised on it.
    std::optional<OffHours> off_hours{};
    friend bool operator==(const FrozenRoute&, const FrozenRoute&) = default;
};

/// Who is on call in a rotation now.
using OnCall = std::function<std::vector<UserId>(const std::string& rotation)>;

/// Resolves groups to their members and rotations to who is on call now; leaves out bots and deactivated
/// people, and anybody named in an earlier step. Steps may come out empty: they are skipped and reported when
/// their turn comes. Steps that are taken again follow once more.
[[nodiscard]] FrozenRoute freeze(const Route& route, const Directory& directory, const OnCall& on_call);

/// "any", "all", or a number: how many of a step have to take it. What needed_text writes is read back as the
/// same value.
[[nodiscard]] std::string needed_text(int needed);
[[nodiscard]] std::optional<int> parse_needed(std::string_view text);

/// Why a text cannot say what a route is for, or be the address of its playbook; empty: it can.
[[nodiscard]] std::string problem_of_about(const std::string& text);
[[nodiscard]] std::string problem_of_playbook(const std::string& address);

/// As stored with the request: JSON.
[[nodiscard]] std::string to_text(const FrozenRoute& route);
/// Text that to_text wrote. Anything else is a broken database: throws std::runtime_error.
[[nodiscard]] FrozenRoute frozen_route_from_text(const std::string& text);

}  // namespace ackd
