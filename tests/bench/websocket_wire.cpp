#include "tests/bench/websocket_wire.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <cstring>

namespace ackd::bench {

std::string accept_key(std::string_view client_key)
{
    const std::string text = std::string{client_key} + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    std::array<unsigned char, 32> encoded{};
    const int length = EVP_EncodeBlock(encoded.data(), digest.data(), SHA_DIGEST_LENGTH);
    return {reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length)};
}

void append_frame_header(std::string& bytes, FrameKind kind, std::size_t payload_size)
{
    constexpr unsigned final_bit = 0x80;
    bytes += static_cast<char>(final_bit | static_cast<unsigned>(kind));
    if (payload_size < 126) {
        bytes += static_cast<char>(payload_size);
        return;
    }
    const int length_bytes = payload_size <= 0xffff ? 2 : 8;
    bytes += static_cast<char>(length_bytes == 2 ? 126 : 127);
    for (int place = length_bytes - 1; place >= 0; --place)
        bytes += static_cast<char>(payload_size >> (8 * place) & 0xff);
}

std::optional<ClientFrame> take_client_frame(char* bytes, std::size_t count)
{
    if (count < 2) return std::nullopt;
    const auto byte_at = [bytes](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
    ClientFrame frame;
    frame.is_last = (byte_at(0) & 0x80) != 0;
    frame.kind = static_cast<FrameKind>(byte_at(0) & 0x0f);
    std::size_t length = byte_at(1) & 0x7f;
    std::size_t at = 2;
    if (length >= 126) {
        const std::size_t length_bytes = length == 126 ? 2 : 8;
        if (count < at + length_bytes) return std::nullopt;
        length = 0;
        for (std::size_t index = 0; index < length_bytes; ++index) length = length << 8 | byte_at(at + index);
        at += length_bytes;
    }
    constexpr std::size_t mask_size = 4;
    if (count < at + mask_size || count - at - mask_size < length) return std::nullopt;
    std::array<char, mask_size> mask{};
    std::memcpy(mask.data(), bytes + at, mask_size);
    at += mask_size;
    for (std::size_t index = 0; index < length; ++index) {
        bytes[at + index] = static_cast<char>(bytes[at + index] ^ mask[index % mask_size]);
    }
    frame.payload = {bytes + at, length};
    frame.size = at + length;
    return frame;
}

}  // namespace ackd::bench
