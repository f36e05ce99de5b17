// Frames as Slack sends them, decoded.
#pragma once

#include "adapters/slack/envelope_decoder.hpp"
#include "tests/slack_identity.hpp"

#include <string>
#include <variant>
#include <vector>

namespace ackd::slack {

struct Decoded {
    DecodedFrame frame;
    std::vector<Input> inputs;

    template <class Body>
    [[nodiscard]] const Body* only() const
    {
        return inputs.size() == 1 ? std::get_if<Body>(&inputs.front().body) : nullptr;
    }
};

inline Decoded decode(const std::string& frame)
{
    EnvelopeDecoder decoder{identity()};
    Arrival arrival;
    arrival.connection = 7;
    arrival.at = from_microseconds(1'700'000'000'000'000);
    Decoded decoded;
    decoded.frame = decoder.decode(frame, arrival, decoded.inputs);
    return decoded;
}

inline Decoded decode_event(const std::string& event)
{
    return decode(R"({"type":"events_api","envelope_id":"env-1","accepts_response_payload":false,"payload":)"
                  R"({"type":"event_callback","event_id":"Ev1","event":)" +
                  event + "}}");
}

inline Decoded decode_action(const std::string& actions, const std::string& container)
{
    return decode(
        R"({"type":"interactive","envelope_id":"env-1","accepts_response_payload":true,"payload":)"
        R"({"type":"block_actions","user":{"id":"U1"},"response_url":"https://hooks.test/x","actions":)" +
        actions + R"(,"container":)" + container + "}}");
}

inline bool is_nothing(const Decoded& decoded)
{
    return decoded.only<NothingToDo>() != nullptr && decoded.frame.problem.empty();
}

}  // namespace ackd::slack
