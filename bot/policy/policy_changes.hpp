// What is different between two policies, in words: "team platform · hours: Mon-Fri 09:00-17:00 → Mon-Thu
// 08:00-16:00". And between three: the version a file was exported from, the policy in force, and the file.
#pragma once

#include "bot/policy/policy_text.hpp"

#include <string>
#include <vector>

namespace ackd {

struct PolicyChange {
    /// What it is about: "team platform · hours". Unique within a list of changes.
    std::string subject;
    /// As they are written, ids and all; empty: not there.
    std::string before;
    std::string after;
    /// The whole of it, for people.
    std::string words;
    friend bool operator==(const PolicyChange&, const PolicyChange&) = default;
};

/// In the order of the file. Empty exactly when the policies are equal.
[[nodiscard]] std::vector<PolicyChange> changes_between(const Policy& before,
                                                        const Policy& after,
                                                        const NameOf& name_of);

/// What two sides made of the same policy.
struct PolicyDivergence {
    std::vector<PolicyChange> theirs;  ///< made by them alone
    std::vector<PolicyChange> mine;    ///< made by me alone
    /// Made by both, differently: their change and mine, of the same subject.
    struct Collision {
        PolicyChange theirs;
        PolicyChange mine;
    };
    std::vector<Collision> collisions;
};

[[nodiscard]] PolicyDivergence divergence_of(const Policy& base,
                                             const Policy& theirs,
                                             const Policy& mine,
                                             const NameOf& name_of);

/// One line for each, in three parts; parts with nothing in them are left out.
[[nodiscard]] std::string to_text(const PolicyDivergence& divergence);

}  // namespace ackd
