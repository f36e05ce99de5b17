#include "adapters/slack/envelope_decoder.hpp"

#include "adapters/slack/event_decoder.hpp"
#include "adapters/slack/interaction_decoder.hpp"

#include <fmt/format.h>

#include <utility>

namespace ackd::slack {
namespace {

constexpr std::size_t id_length_max = 255;
constexpr std::size_t actions_max = 25;

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

/// Collects the Inputs of one envelope.
class EnvelopeReader {
public:
    EnvelopeReader(JsonValue frame,
                   std::string_view envelope,
                   const Arrival& arrival,
                   const OwnIdentity& identity,
                   std::vector<Input>& inputs)
        : frame_(frame), envelope_(envelope), arrival_(arrival), identity_(identity), inputs_(inputs)
    {
        decoded_.kind = FrameKind::envelope;
    }

    DecodedFrame read()
    {
        const std::string_view type = text_of(frame_, "type");
        const auto payload = member_of(frame_, "payload");
        if (!payload) {
            decoded_.problem = "an envelope without payload";
            add(fmt::format("e:{}", envelope_), NothingToDo{});
        } else if (type == "events_api") {
            read_event(*payload);
        } else if (type == "slash_commands") {
            answerable_ = truth_of(frame_, "accepts_response_payload");
            read_interaction(decode_command(*payload, identity_));
        } else if (type == "interactive") {
            read_interaction(decode_interaction(*payload));
        } else {
            add(fmt::format("e:{}", envelope_), NothingToDo{});
        }
        // The envelope is confirmed when its last input is durable.
        InputReceipt& receipt = inputs_.back().receipt;
        receipt.connection = arrival_.connection;
        receipt.envelope = envelope_;
        receipt.wants_answer = answerable_;
        return std::move(decoded_);
    }

private:
    void read_event(JsonValue payload)
    {
        if (text_of(payload, "type") == "app_rate_limited") {
            decoded_.concern = AdapterConcern::events_rate_limited;
            add(fmt::format("e:{}", envelope_), NothingToDo{});
            return;
        }
        const std::string_view id = text_of(payload, "event_id");
        std::string key = id.empty() || id.size() > id_length_max ? fmt::format("e:{}", envelope_)
                                                                  : std::string{id};
        // Some payloads are the bare event.
        DecodedEvent event = decode_event(member_of(payload, "event").value_or(payload), identity_);
        decoded_.problem = std::move(event.problem);
        decoded_.concern = event.concern;
        decoded_.concerned = std::move(event.concerned);
        add(event.key.empty() ? std::move(key) : std::move(event.key), std::move(event.body));
    }

    void read_interaction(DecodedInteraction interaction)
    {
        decoded_.problem = std::move(interaction.problem);
        if (interaction.bodies.empty()) interaction.bodies.emplace_back(NothingToDo{});
        if (interaction.bodies.size() > actions_max) interaction.bodies.resize(actions_max);
        for (std::size_t at = 0; at < interaction.bodies.size(); ++at) {
            std::string key = at == 0 ? fmt::format("e:{}", envelope_)
                                      : fmt::format("e:{}:{}", envelope_, at);
            add(std::move(key), std::move(interaction.bodies[at]));
        }
    }

    void add(std::string key, InputBody body)
    {
        Input& input = inputs_.emplace_back();
        input.key = std::move(key);
        input.received_at = arrival_.at;
        input.body = std::move(body);
    }

    JsonValue frame_;
    std::string_view envelope_;
    const Arrival& arrival_;
    const OwnIdentity& identity_;
    std::vector<Input>& inputs_;
    DecodedFrame decoded_;
    bool answerable_ = false;
};

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
    if (!envelope.empty()) return EnvelopeReader{*root, envelope, arrival, identity_, inputs}.read();

    const std::string_view type = text_of(*root, "type");
    if (type == "hello") return decode_hello(*root);
    DecodedFrame decoded;
    if (type == "disconnect") {
        decoded.kind = FrameKind::disconnect;
        decoded.reason = reason_of(text_of(*root, "reason"));
    } else if (type == "events_api" || type == "slash_commands" || type == "interactive") {
        return malformed("an envelope without envelope_id");
    } else {
        decoded.kind = FrameKind::unknown;
    }
    return decoded;
}

}  // namespace ackd::slack
