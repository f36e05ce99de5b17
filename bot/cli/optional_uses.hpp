// What a policy makes use of that not every team does, and that the chat has to allow.
#pragma once

#include "adapters/slack/manifest.hpp"
#include "bot/settings.hpp"

#include <algorithm>

namespace ackd::cli {

[[nodiscard]] inline slack::OptionalUses optional_uses(const Policy& policy)
{
    const auto& rotations = policy.rotations;
    slack::OptionalUses uses;
    uses.topics = std::any_of(
        rotations.begin(), rotations.end(), [](const Rotation& each) { return !each.topic.empty(); });
    uses.groups = std::any_of(
        rotations.begin(), rotations.end(), [](const Rotation& each) { return !each.group.empty(); });
    return uses;
}

}  // namespace ackd::cli
