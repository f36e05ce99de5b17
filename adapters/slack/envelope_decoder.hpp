// Decodes Socket Mode: the bytes of one text frame in, Inputs out. Total: any bytes give a DecodedFrame, no
// exception leaves, and what Slack may add tomorrow is confirmed and forgotten.
//
// One envelope gives no Input (hello, disconnect, unreadable bytes), one, or several (a payload with several
// actions). Of several, only the last carries the receipt, so that the envelope is confirmed once, after all
// of them are durable.
//
// Plain messages come with their place and author only: the text is not kept, and who needs it fetches the
// message.
#pragma once

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

/// What an envelope tells the adapter itself, beside its Inputs.
enum class AdapterConcern {
    none,
    group_members_stale,  ///< `concerned` is a user group that must be read again
    own_groups_stale,     ///< read all groups again
    token_revoked,
    app_uninstalled,
    events_rate_limited,  ///< Slack drops events of the current minute
};

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
