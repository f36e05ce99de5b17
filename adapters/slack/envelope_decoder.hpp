// Decodes Socket Mode: the bytes of one text frame in, Inputs out. Total: any bytes give a DecodedFrame, no
// exception leaves, and what Slack may add tomorrow is confirmed and forgotten.
//
// What is inside an envelope is payload_decoder.hpp's.
#pragma once

#include "adapters/slack/adapter_concern.hpp"
#include "adapters/slack/own_identity.hpp"
#include "bot/input.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::slack {

enum class FrameKind {
    envelope,  ///< something to be confirmed; its Inputs were appended
    hello,
    disconnect,
    unknown,    ///< readable, but neither an envelope nor a frame we know
    malformed,  ///< unreadable; `problem` says why
};

enum class DisconnectReason { warning, refresh_requested, too_many_websockets, link_disabled, other };

struct DecodedFrame {
    FrameKind kind = FrameKind::malformed;
    std::string problem;               ///< why something in it could not be understood; else empty
    int connections = 0;               ///< hello: live sockets of this app
    std::chrono::seconds lifetime{0};  ///< hello: about how long this socket will live; 0: not said
    DisconnectReason reason = DisconnectReason::other;  ///< disconnect
    AdapterConcern concern = AdapterConcern::none;
    std::string concerned;
};

/// Where and when a frame arrived.
struct Arrival {
    std::uint64_t connection = 0;
    Instant at{};
};

/// Keeps nothing from one frame to the next but its buffers. One thread at a time.
class EnvelopeDecoder {
public:
    explicit EnvelopeDecoder(OwnIdentity identity);
    ~EnvelopeDecoder();
    EnvelopeDecoder(const EnvelopeDecoder&) = delete;
    EnvelopeDecoder& operator=(const EnvelopeDecoder&) = delete;

    DecodedFrame decode(std::string_view frame, const Arrival& arrival, std::vector<Input>& inputs);

private:
    struct Buffers;
    OwnIdentity identity_;
    std::unique_ptr<Buffers> buffers_;
};

}  // namespace ackd::slack
