#include "bot/rotations/on_call_place.hpp"

#include <fmt/format.h>

namespace ackd {

std::vector<OnCallPlace> places_of(const Rotation& rotation)
{
    std::vector<OnCallPlace> places;
    if (!rotation.topic.empty())
        places.push_back({rotation.name, OnCallPlaceKind::topic, rotation.topic.value});
    if (!rotation.group.empty())
        places.push_back({rotation.name, OnCallPlaceKind::group, rotation.group.value});
    return places;
}

TopicPart on_call_part(const std::string& rotation, const std::vector<std::string>& names)
{
    TopicPart part = no_on_call_part(rotation);
    for (const std::string& name : names) part.says += (part.says.empty() ? "" : ", ") + plain_in_topic(name);
    if (names.empty()) part.says = "nobody now";
    return part;
}

TopicPart no_on_call_part(const std::string& rotation)
{
    return {fmt::format("On call ({}): ", plain_in_topic(rotation)), ""};
}

}  // namespace ackd
