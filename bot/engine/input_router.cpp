#include "bot/engine/input_router.hpp"

#include "bot/alerts/alert_handlers.hpp"
#include "bot/alerts/alerts_command.hpp"
#include "bot/answers/kept_answer_handlers.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/catch_up/catch_up_handlers.hpp"
#include "bot/catch_up/conversation_handlers.hpp"
#include "bot/commands/ask_form.hpp"
#include "bot/commands/entry_points.hpp"
#include "bot/delivery/ackd_command.hpp"
#include "bot/delivery/answer_handlers.hpp"
#include "bot/delivery/ask_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/drift/drift_handlers.hpp"
#include "bot/escalation/escalate_command.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/people/absence_handlers.hpp"
#include "bot/people/hours_handlers.hpp"
#include "bot/people/member_handlers.hpp"
#include "bot/people/workspace_identity.hpp"
#include "bot/policy/setup_form.hpp"
#include "bot/policy/setup_handlers.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/rotations/oncall_command.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/rotations/swap_handlers.hpp"
#include "bot/threads/threads_command.hpp"
#include "bot/web/web_key_table.hpp"
#include "bot/wip/wip_handlers.hpp"

#include <utility>

namespace ackd {

namespace {

InputAnswer answer_of(std::optional<Notice> notice)
{
    return notice ? InputAnswer{std::move(*notice)} : InputAnswer{};
}

struct Router {
    HandlerContext& context;

    InputAnswer operator()(const NothingToDo&) const { return {}; }
    InputAnswer operator()(const MessagePosted& posted) const
    {
        take_posted(context, posted);
        return {};
    }
    InputAnswer operator()(const MessageEdited& edited) const
    {
        take_edited(context, edited);
        return {};
    }
    InputAnswer operator()(const MessageDeleted& deleted) const
    {
        take_deleted(context, deleted);
        return {};
    }
    InputAnswer operator()(const ReactionChanged& reaction) const
    {
        handle_reaction(context, reaction);
        return {};
    }
    InputAnswer operator()(const CommandGiven& given) const
    {
        if (given.command == ask_command) return answer_of(ask_by_command(context, given));
        if (given.command == escalate_command) return answer_of(escalate_by_command(context, given));
        if (is_setup_command(given)) return answer_of(setup_by_command(context, given));
        if (given.command == threads_command) return handle_threads_command(context, given);
        if (given.command == alerts_command) return handle_alerts_command(context, given);
        if (given.command == out_command) return handle_out_command(context, given);
        if (given.command == capacity_command) return handle_capacity_command(context, given);
        if (given.command == wip_command) return handle_wip_command(context, given);
        if (given.command == resync_command) return handle_resync_command(context, given);
        if (given.command == surprise_command) return handle_surprise_command(context, given);
        if (given.command == retro_command) return handle_retro_command(context, given);
        if (given.command == drift_command) return answer_of(handle_drift_command(context, given));
        if (given.command == on_call_command) return handle_oncall_command(context, given);
        return handle_ackd_command(context, given);
    }
    InputAnswer operator()(const ActionTaken& taken) const
    {
        return answer_of(handle_action(context, taken));
    }
    InputAnswer operator()(const ShortcutUsed& used) const
    {
        if (used.name == keep_answer_shortcut)
            keep_by_shortcut(context, used);
        else
            ask_by_shortcut(context, used);
        return {};
    }
    InputAnswer operator()(const FormSubmitted& submitted) const
    {
        if (submitted.name == setup_form_name) return take_setup_form(context, submitted);
        if (submitted.name == say_back_form_name || submitted.name == correction_form_name)
            return take_read_back_form(context, submitted);
        if (submitted.name == escalate_form_name) return take_escalate_form(context, submitted);
        if (submitted.name == make_room_form_name) return take_make_room_form(context, submitted);
        if (submitted.name == let_in_form_name) return take_let_in_form(context, submitted);
        if (submitted.name == resync_form_name) return take_resync_form(context, submitted);
        if (submitted.name == difference_form_name) return take_difference_form(context, submitted);
        if (is_retro_form(submitted.name)) return take_retro_form(context, submitted);
        if (submitted.name == drift_form_name) return take_drift_form(context, submitted);
        if (submitted.name == swap_form_name) return take_swap_form(context, submitted);
        if (submitted.name != ask_form_name) return {};
        return take_ask_form(context, submitted);
    }
    InputAnswer operator()(const MemberChanged& changed) const
    {
        handle_member(context, changed.member);
        return {};
    }
    InputAnswer operator()(const MembersListed& listed) const
    {
        for (const Member& member : listed.members) handle_member(context, member);
        return {};
    }
    InputAnswer operator()(const GroupChanged& changed) const
    {
        handle_group(context, changed.group);
        return {};
    }
    InputAnswer operator()(const GroupsListed& listed) const
    {
        for (const UserGroup& group : listed.groups) handle_group(context, group);
        return {};
    }
    InputAnswer operator()(const WorkspaceKnown& known) const
    {
        save_workspace_identity(context.connection, {known.workspace, known.bot_user});
        return {};
    }
    InputAnswer operator()(const HomeOpened& opened) const
    {
        home_opened(context, opened.person);
        return {};
    }
    InputAnswer operator()(const ConversationsListed& listed) const
    {
        const bool is_first = context.conversations.all().empty();
        handle_conversations(context, listed);
        if (is_first) raise_waiting(context);
        return {};
    }
    InputAnswer operator()(const ChannelJoined& joined) const
    {
        handle_joined(context, joined);
        return {};
    }
    InputAnswer operator()(const ChannelLeft& left) const
    {
        handle_left(context, left);
        return {};
    }
    InputAnswer operator()(const ChannelChanged& changed) const
    {
        handle_channel_changed(context, changed);
        return {};
    }
    InputAnswer operator()(const ChannelIdChanged& changed) const
    {
        handle_channel_id(context, changed);
        return {};
    }
    InputAnswer operator()(const CatchUpWanted& wanted) const
    {
        begin_catch_up(context, wanted.reason);
        if (wanted.reason == GapReason::resumed) listen_again(context);
        return {};
    }
    InputAnswer operator()(const DoNotDisturbChanged& changed) const
    {
        handle_do_not_disturb(context, changed);
        return {};
    }
    InputAnswer operator()(const DoNotDisturbListed& listed) const
    {
        for (const DoNotDisturbChanged& one : listed.people) handle_do_not_disturb(context, one);
        return {};
    }
    InputAnswer operator()(const AlertsReceived& received) const
    {
        WebKeyTable{context.connection}.note_use(received.key, context.now);
        take_alerts(context, received);
        return {};
    }
    InputAnswer operator()(const CalendarAsked& asked) const
    {
        const Rotation* rotation = find_rotation(context.settings.rotations, asked.rotation);
        if (rotation == nullptr) return {};
        WebKeyTable{context.connection}.note_use(asked.key, context.now);
        return calendar_feed(context, *rotation);
    }
    InputAnswer operator()(const EffectSettled&) const { return {}; }
};

}  // namespace

InputAnswer route_input(HandlerContext& context, const InputBody& body)
{
    return std::visit(Router{context}, body);
}

}  // namespace ackd
