// RFC 6455 on the server's side, as far as the load driver needs it: the handshake's answer, whole text
// frames out, masked frames in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ackd::bench {

enum class FrameKind : std::uint8_t {
    continuation = 0,
    text = 1,
    binary = 2,
    close = 8,
    ping = 9,
    pong = 10
};

/// The value of Sec-WebSocket-Accept for a client's Sec-WebSocket-Key.
[[nodiscard]] std::string accept_key(std::string_view client_key);

/// What goes before a payload of this size.
void append_frame_header(std::string& bytes, FrameKind kind, std::size_t payload_size);

struct ClientFrame {
    FrameKind kind = FrameKind::text;
    bool is_last = true;       ///< of its message
    std::string_view payload;  ///< unmasked in place
    std::size_t size = 0;      ///< of the whole frame
};

/// The frame at the start of `bytes`, or nothing while it is incomplete.
[[nodiscard]] std::optional<ClientFrame> take_client_frame(char* bytes, std::size_t count);

}  // namespace ackd::bench
