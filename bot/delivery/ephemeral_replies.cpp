#include "bot/delivery/ephemeral_replies.hpp"

#include "bot/notice_json.hpp"

#include <nlohmann/json.hpp>

namespace ackd {

void answer_alone(HandlerContext& context, const EphemeralReply& reply, OutboxLane lane, RequestId about)
{
    OutboxRow row;
    row.kind = OutboxKind::reply;
    row.lane = lane;
    row.conversation = screen_of(reply.person);
    row.request = about;
    row.payload = reply_payload(reply);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

std::string reply_payload(const EphemeralReply& reply)
{
    return nlohmann::json{{"channel", reply.channel.value},
                          {"person", reply.person.value},
                          {"thread", reply.thread},
                          {"reply_address", reply.reply_address},
                          {"replaces_original", reply.replaces_original},
                          {"notice", to_text(reply.notice)}}
        .dump();
}

EphemeralReply reply_from_payload(const std::string& payload)
{
    const auto json = nlohmann::json::parse(payload);
    EphemeralReply reply;
    reply.channel = ChannelId{json.at("channel").get<std::string>()};
    reply.person = UserId{json.at("person").get<std::string>()};
    reply.thread = json.at("thread").get<std::string>();
    reply.reply_address = json.at("reply_address").get<std::string>();
    reply.replaces_original = json.at("replaces_original").get<bool>();
    reply.notice = notice_from_text(json.at("notice").get<std::string>());
    return reply;
}

}  // namespace ackd
