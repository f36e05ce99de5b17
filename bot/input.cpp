#include "bot/input.hpp"

#include <array>

namespace ackd {

std::string_view name_of(const InputBody& body)
{
    static constexpr std::array<std::string_view, std::variant_size_v<InputBody>> names{"nothing_to_do",
                                                                                        "message_posted",
                                                                                        "message_edited",
                                                                                        "message_deleted",
                                                                                        "reaction_changed",
                                                                                        "command_given",
                                                                                        "action_taken",
                                                                                        "member_changed",
                                                                                        "members_listed",
                                                                                        "group_changed",
                                                                                        "groups_listed",
                                                                                        "workspace_known",
                                                                                        "effect_settled"};
    return names[body.index()];
}

}  // namespace ackd
