#include "bot/input.hpp"

#include <array>

namespace ackd {

std::string_view name_of(GapReason reason)
{
    switch (reason) {
        case GapReason::started: return "started";
        case GapReason::reconnected: return "reconnected";
        case GapReason::resumed: return "resumed";
        case GapReason::events_lost: return "events_lost";
        case GapReason::periodic: return "periodic";
    }
    return "";
}

Door door_of(const Effect& effect)
{
    return std::holds_alternative<TellOutside>(effect) ? Door::outside : Door::chat;
}

std::string_view name_of(AlertStatus status)
{
    switch (status) {
        case AlertStatus::firing: return "firing";
        case AlertStatus::acknowledged: return "acknowledged";
        case AlertStatus::resolved: return "resolved";
    }
    return "";
}

std::string_view name_of(const InputBody& body)
{
    static constexpr std::array<std::string_view, std::variant_size_v<InputBody>> names{
        "nothing_to_do",         "message_posted",
        "message_edited",        "message_deleted",
        "reaction_changed",      "command_given",
        "action_taken",          "shortcut_used",
        "form_submitted",        "home_opened",
        "member_changed",        "members_listed",
        "group_changed",         "groups_listed",
        "workspace_known",       "conversations_listed",
        "channel_joined",        "channel_left",
        "channel_changed",       "channel_id_changed",
        "catch_up_wanted",       "do_not_disturb_changed",
        "do_not_disturb_listed", "alerts_received",
        "calendar_asked",        "effect_settled"};
    static_assert(names.back() == "effect_settled");
    return names[body.index()];
}

}  // namespace ackd
