// The capacity contract of a team: who must answer when it says that it is at capacity, how soon, and who is
// asked when they do not. Part of the policy.
//
// A signal without a contract is a gauge that everybody has learned to ignore. The contract turns it into
// questions: each *function* (engineering and product, say) owes one answer from a closed list (something is
// dropped, moved, somebody is lent, or somebody accepts the risk by name). What is counted is the answer that
// is missing, never the signal.
#pragma once

#include "bot/ids.hpp"
#include "bot/instant.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

/// Some people, any one of whom answers for what they have in common.
struct CapacityFunction {
    std::string name;  ///< "engineering"; unique in its contract
    std::vector<UserId> people;
    /// User groups whose members answer for it as well.
    std::vector<GroupId> groups;
    friend bool operator==(const CapacityFunction&, const CapacityFunction&) = default;
};

struct CapacityContract {
    /// Whose it is; unique.
    std::string team;
    /// In the order of the policy; at least one.
    std::vector<CapacityFunction> functions;
    /// Working time from the question to the answer.
    Duration answer_within = std::chrono::hours{8};
    /// The same when two of its people say within two days that they are at capacity.
    Duration answer_sooner = std::chrono::hours{4};
    /// Whose steps are asked, one after the other, when no answer comes; empty: the default route.
    std::string route;
    friend bool operator==(const CapacityContract&, const CapacityContract&) = default;
};

/// Bounds of what a policy may say.
inline constexpr std::size_t capacity_contracts_max = 200;
inline constexpr std::size_t capacity_functions_max = 5;
inline constexpr Duration capacity_answer_least = std::chrono::minutes{15};
inline constexpr Duration capacity_answer_most = std::chrono::hours{80};

/// Nothing: the team has none.
[[nodiscard]] inline const CapacityContract* find_contract(const std::vector<CapacityContract>& contracts,
                                                           std::string_view team)
{
    for (const CapacityContract& contract : contracts) {
        if (contract.team == team) return &contract;
    }
    return nullptr;
}

}  // namespace ackd
