#include "bot/engine/input_router.hpp"

#include "bot/delivery/ackd_command.hpp"
#include "bot/delivery/answer_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/people/member_handlers.hpp"

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
        return given.command == "/ack" ? start_from_command(context, given)
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
        context.connection
            .prepare(R"(INSERT INTO settings (name, value)
                VALUES ('workspace', $1)
                ON CONFLICT (name) DO UPDATE
                SET value = excluded.value)")
            .bind(1, known.workspace)
            .run();
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
