#include "bot/engine/input_router.hpp"

#include "bot/catch_up/catch_up_handlers.hpp"
#include "bot/catch_up/conversation_handlers.hpp"
#include "bot/commands/entry_points.hpp"
#include "bot/delivery/ackd_command.hpp"
#include "bot/delivery/answer_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/people/member_handlers.hpp"
#include "bot/people/workspace_identity.hpp"

namespace ackd {

namespace {

struct Router {
    HandlerContext& context;
    using Answer = std::optional<Notice>;

    Answer operator()(const NothingToDo&) const { return std::nullopt; }
    Answer operator()(const MessagePosted& posted) const
    {
        handle_reply(context, posted);
        return std::nullopt;
    }
    Answer operator()(const MessageEdited& edited) const
    {
        subject_edited(context, edited);
        return std::nullopt;
    }
    Answer operator()(const MessageDeleted& deleted) const
    {
        subject_deleted(context, deleted);
        return std::nullopt;
    }
    Answer operator()(const ReactionChanged& reaction) const
    {
        handle_reaction(context, reaction);
        return std::nullopt;
    }
    Answer operator()(const CommandGiven& given) const
    {
        return given.command == ask_command ? start_from_command(context, given)
                                            : handle_ackd_command(context, given);
    }
    Answer operator()(const ActionTaken& taken) const { return handle_action(context, taken); }
    Answer operator()(const MemberChanged& changed) const
    {
        handle_member(context, changed.member);
        return std::nullopt;
    }
    Answer operator()(const MembersListed& listed) const
    {
        for (const Member& member : listed.members) handle_member(context, member);
        return std::nullopt;
    }
    Answer operator()(const GroupChanged& changed) const
    {
        context.directory.save(changed.group);
        return std::nullopt;
    }
    Answer operator()(const GroupsListed& listed) const
    {
        for (const UserGroup& group : listed.groups) context.directory.save(group);
        return std::nullopt;
    }
    Answer operator()(const WorkspaceKnown& known) const
    {
        save_workspace_identity(context.connection, {known.workspace, known.bot_user});
        return std::nullopt;
    }
    Answer operator()(const HomeOpened& opened) const
    {
        home_opened(context, opened.person);
        return std::nullopt;
    }
    Answer operator()(const ConversationsListed& listed) const
    {
        handle_conversations(context, listed);
        return std::nullopt;
    }
    Answer operator()(const ChannelJoined& joined) const
    {
        handle_joined(context, joined);
        return std::nullopt;
    }
    Answer operator()(const ChannelLeft& left) const
    {
        handle_left(context, left);
        return std::nullopt;
    }
    Answer operator()(const ChannelChanged& changed) const
    {
        handle_channel_changed(context, changed);
        return std::nullopt;
    }
    Answer operator()(const ChannelIdChanged& changed) const
    {
        handle_channel_id(context, changed);
        return std::nullopt;
    }
    Answer operator()(const CatchUpWanted& wanted) const
    {
        begin_catch_up(context, wanted.reason);
        return std::nullopt;
    }
    Answer operator()(const EffectSettled&) const { return std::nullopt; }
};

}  // namespace

std::optional<Notice> route_input(HandlerContext& context, const InputBody& body)
{
    return std::visit(Router{context}, body);
}

}  // namespace ackd
