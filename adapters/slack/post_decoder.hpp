// Decodes what Slack posts to us in HTTP mode: the body of one request, whose signature has been checked, in;
// Inputs out. Total, as envelope_decoder.hpp is; what is inside is payload_decoder.hpp's.
//
//   application/json                     an event, or Slack asking whether this address is ours
//   application/x-www-form-urlencoded    payload=<JSON>: an interaction; command=…: a slash command;
//                                        ssl_check=1: nothing but a test of the way
#pragma once

#include "adapters/slack/adapter_concern.hpp"
#include "adapters/slack/own_identity.hpp"
#include "bot/input.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::slack {

enum class PostKind {
    payload,    ///< something to be confirmed; its Inputs were appended
    challenge,  ///< Slack verifies the address: `challenge` must be sent back
    tls_check,
    malformed,  ///< signed by Slack, and yet unreadable; `problem` says why
};

struct DecodedPost {
    PostKind kind = PostKind::malformed;
    std::string problem;  ///< why something in it could not be understood; else empty
    std::string challenge;
    AdapterConcern concern = AdapterConcern::none;
    std::string concerned;
};

/// How a request came.
struct PostArrival {
    std::uint64_t waiting = 0;   ///< names the request that waits to be answered
    std::string_view signature;  ///< tells it from every other; the same for a request that is repeated
    Instant at{};
};

/// Keeps nothing from one request to the next but its buffers. One thread at a time.
class PostDecoder {
public:
    explicit PostDecoder(OwnIdentity identity);
    ~PostDecoder();
    PostDecoder(const PostDecoder&) = delete;
    PostDecoder& operator=(const PostDecoder&) = delete;

    DecodedPost decode(std::string_view content_type,
                       std::string_view body,
                       const PostArrival& arrival,
                       std::vector<Input>& inputs);

private:
    struct Buffers;
    [[nodiscard]] DecodedPost decode_json(std::string_view body,
                                          const PostArrival& arrival,
                                          std::vector<Input>& inputs);
    [[nodiscard]] DecodedPost decode_form_body(std::string_view body,
                                               const PostArrival& arrival,
                                               std::vector<Input>& inputs);

    OwnIdentity identity_;
    std::unique_ptr<Buffers> buffers_;
};

/// Slack may test the way without a signature; such a request may say nothing else.
[[nodiscard]] bool is_tls_check(std::string_view content_type, std::string_view body);

}  // namespace ackd::slack
