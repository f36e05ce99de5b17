#include "bot/delivery/action_target.hpp"

#include "bot/commands/whole_number.hpp"

#include <string_view>

namespace ackd {

ActionTarget target_of(const std::string& value)
{
    ActionTarget target;
    const auto space = value.find(' ');
    const std::string_view head = std::string_view{value}.substr(0, space);
    if (space != std::string::npos) target.choice = value.substr(space + 1);
    if (head.size() < 2) return target;
    const auto id = parse_whole_number(head.substr(1));
    if (!id) return target;
    if (head.front() == 'r') target.request = RequestId{*id};
    if (head.front() == 'o') target.obligation = ObligationId{*id};
    return target;
}

}  // namespace ackd
