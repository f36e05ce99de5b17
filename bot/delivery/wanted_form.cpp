#include "bot/delivery/wanted_form.hpp"

#include <nlohmann/json.hpp>

namespace ackd {

void want_form(HandlerContext& context, const ActionTaken& taken, std::string_view what, OutboxKind kind)
{
    if (taken.trigger.empty()) return;
    OutboxRow row;
    row.kind = kind;
    row.lane = OutboxLane::interactive;
    row.conversation = screen_of(taken.person);
    row.payload = nlohmann::json{{std::string{what}, taken.value},
                                 {"trigger", taken.trigger},
                                 {"person", taken.person.value},
                                 {"channel", taken.message.channel.value},
                                 {"reply_address", taken.reply_address}}
                      .dump();
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

bool is_wanted(std::string_view what, const OutboxRow& row)
{
    return nlohmann::json::parse(row.payload).contains(std::string{what});
}

WantedForm wanted_form_in(std::string_view what, const OutboxRow& row)
{
    const auto payload = nlohmann::json::parse(row.payload);
    return {payload.at(std::string{what}).get<std::string>(),
            UserId{payload.at("person").get<std::string>()},
            payload.at("trigger").get<std::string>()};
}

}  // namespace ackd
