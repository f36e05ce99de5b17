// What is wrong with a policy in the workspace that it is for: people who are gone, steps that ask nobody,
// routes that hang on one person, channels that we are not in, and what each such hole would cost.
//
// A pure function of the policy and of what the directory says of those it names.
#pragma once

#include "bot/input.hpp"
#include "bot/people/directory.hpp"
#include "bot/settings.hpp"

#include <map>
#include <string>
#include <vector>

namespace ackd {

/// What is known of everybody whom a policy names.
struct PolicyGround {
    /// Nothing was ever listed by the chat: then nobody can be said to be missing.
    bool knows_people = false;
    bool knows_groups = false;
    bool knows_channels = false;
    std::map<UserId, Member> members;
    std::map<GroupId, UserGroup> groups;
    /// Those that we are in.
    std::map<ChannelId, Conversation> channels;
    /// Ids of members and groups, for the nearest one to a slip of the finger.
    std::vector<std::string> known_ids;
};

[[nodiscard]] PolicyGround ground_of(const Policy& policy,
                                     const Directory& directory,
                                     storage::Connection& connection);

enum class PolicyFlaw {
    unknown,  ///< names what is not there: such a file is refused
    hole,     ///< works, but not as somebody meant it
};

struct PolicyFinding {
    PolicyFlaw flaw = PolicyFlaw::hole;
    /// "route incident · step 2"
    std::string subject;
    std::string what;
    /// What it would cost; may be empty.
    std::string cost;
    /// Of the policy, whatever it is called in the chat: "route incident", "channel C012AB3CD".
    std::string part{};
    friend bool operator==(const PolicyFinding&, const PolicyFinding&) = default;
};

/// In the order of the policy.
[[nodiscard]] std::vector<PolicyFinding> lint_policy(const Policy& policy, const PolicyGround& ground);

/// "route incident · step 2: …: …", one line.
[[nodiscard]] std::string to_text(const PolicyFinding& finding);

}  // namespace ackd
