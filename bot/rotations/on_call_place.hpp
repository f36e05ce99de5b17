// A place in the chat that shows who is on call now: a channel's topic that says their names, or a user group
// whose members they are, so that writing to @ops-oncall reaches the right person. A rotation names its
// places in the policy.
//
// What a place shows is worked out on its way there, like everything about being on call. What is kept is
// which places there are, so that a new one is filled and one that is no longer named is cleared, and whether
// the chat refused the last time, so that this is told once (on_call_place_handlers.hpp).
//
// A topic says names, not mentions: a mention would call people each time it is set, and again from every
// message that the chat posts about a topic's change.
#pragma once

#include "bot/rotations/rotation.hpp"
#include "bot/topic_part.hpp"

#include <string>
#include <vector>

namespace ackd {

/// Stored: do not renumber.
enum class OnCallPlaceKind { topic = 1, group = 2 };

struct OnCallPlace {
    std::string rotation;
    OnCallPlaceKind kind = OnCallPlaceKind::topic;
    std::string id;  ///< of the channel, or of the group
    friend bool operator==(const OnCallPlace&, const OnCallPlace&) = default;
};

/// Those that it names.
[[nodiscard]] std::vector<OnCallPlace> places_of(const Rotation& rotation);

/// "On call (ops): Bo, Cy"; nobody: "On call (ops): nobody now".
[[nodiscard]] TopicPart on_call_part(const std::string& rotation, const std::vector<std::string>& names);
/// The rotation does not show itself there any more.
[[nodiscard]] TopicPart no_on_call_part(const std::string& rotation);

}  // namespace ackd
