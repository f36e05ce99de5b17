#include "adapters/slack/envelope_decoder.hpp"

#include "adapters/slack/payload_decoder.hpp"

#include <optional>
#include <utility>

namespace ackd::slack {
namespace {

DisconnectReason reason_of(std::string_view text)
{
    if (text == "warning") return DisconnectReason::warning;
    if (text == "refresh_requested") return DisconnectReason::refresh_requested;
    if (text == "too_many_websockets") return DisconnectReason::too_many_websockets;
    if (text == "link_disabled") return DisconnectReason::link_disabled;
    return DisconnectReason::other;
}

DecodedFrame decode_hello(JsonValue frame)
{
    DecodedFrame decoded;
    decoded.kind = FrameKind::hello;
    constexpr std::int64_t connections_max = 1'000'000;
    const std::int64_t connections = number_of(frame, "num_connections");
    if (connections > 0 && connections < connections_max) decoded.connections = static_cast<int>(connections);
    if (const auto debug_info = member_of(frame, "debug_info")) {
        constexpr std::int64_t week = 7 * 24 * 3600;
        const std::int64_t lifetime = number_of(*debug_info, "approximate_connection_time");
        if (lifetime > 0 && lifetime < week) decoded.lifetime = std::chrono::seconds{lifetime};
    }
    return decoded;
}

std::optional<PayloadKind> payload_kind_of(std::string_view type)
{
    if (type == "events_api") return PayloadKind::event;
    if (type == "slash_commands") return PayloadKind::command;
    if (type == "interactive") return PayloadKind::interaction;
    return std::nullopt;
}

DecodedFrame decode_envelope(JsonValue frame,
                             std::string_view envelope,
                             const Arrival& arrival,
                             const OwnIdentity& identity,
                             std::vector<Input>& inputs)
{
    PayloadSource source;
    source.way = 'e';
    source.id = envelope;
    source.at = arrival.at;
    source.receipt.connection = arrival.connection;
    source.receipt.envelope = envelope;
    source.receipt.wants_answer = truth_of(frame, "accepts_response_payload");

    DecodedFrame decoded;
    decoded.kind = FrameKind::envelope;
    const auto payload = member_of(frame, "payload");
    const auto kind = payload_kind_of(text_of(frame, "type"));
    if (!payload || !kind) {
        if (!payload) decoded.problem = "an envelope without payload";
        confirm_only(std::move(source), inputs);
        return decoded;
    }
    DecodedPayload within = decode_payload(*kind, *payload, std::move(source), identity, inputs);
    decoded.problem = std::move(within.problem);
    decoded.concern = within.concern;
    decoded.concerned = std::move(within.concerned);
    return decoded;
}

DecodedFrame malformed(std::string_view why)
{
    DecodedFrame decoded;
    decoded.kind = FrameKind::malformed;
    decoded.problem = std::string{why};
    return decoded;
}

}  // namespace

struct EnvelopeDecoder::Buffers {
    JsonDocument document;
};

EnvelopeDecoder::EnvelopeDecoder(OwnIdentity identity)
    : identity_(std::move(identity)), buffers_(std::make_unique<Buffers>())
{}

EnvelopeDecoder::~EnvelopeDecoder() = default;

DecodedFrame EnvelopeDecoder::decode(std::string_view frame,
                                     const Arrival& arrival,
                                     std::vector<Input>& inputs)
{
    const auto root = buffers_->document.parse(frame);
    if (!root) return malformed("not JSON");
    if (!root->is_object()) return malformed("not a JSON object");

    const std::string_view envelope = text_of(*root, "envelope_id");
    if (envelope.size() > id_length_max) return malformed("an envelope_id of more than 255 bytes");
    if (!envelope.empty()) return decode_envelope(*root, envelope, arrival, identity_, inputs);

    const std::string_view type = text_of(*root, "type");
    if (type == "hello") return decode_hello(*root);
    DecodedFrame decoded;
    if (type == "disconnect") {
        decoded.kind = FrameKind::disconnect;
        decoded.reason = reason_of(text_of(*root, "reason"));
    } else if (payload_kind_of(type)) {
        return malformed("an envelope without envelope_id");
    } else {
        decoded.kind = FrameKind::unknown;
    }
    return decoded;
}

}  // namespace ackd::slack
