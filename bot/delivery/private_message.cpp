#include "bot/delivery/private_message.hpp"

#include "bot/notice_json.hpp"

namespace ackd {

OutboxRow private_message(const HandlerContext& context, const UserId& person, const Notice& notice)
{
    OutboxRow row;
    row.kind = OutboxKind::for_asker;
    row.conversation = conversation_of(person);
    row.payload = to_text(notice);
    row.created_at = row.not_before = context.now;
    return row;
}

OutboxRow private_message_at_work(const HandlerContext& context, const UserId& person, const Notice& notice)
{
    OutboxRow row = private_message(context, person, notice);
    row.not_before = context.directory.working_hours_of(person).next_working_instant(context.now);
    return row;
}

}  // namespace ackd
