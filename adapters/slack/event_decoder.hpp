// Decodes the inner event of an `events_api` envelope. See envelope_decoder.hpp.
#pragma once

#include "adapters/slack/envelope_decoder.hpp"
#include "adapters/slack/json_reading.hpp"

namespace ackd::slack {

struct DecodedEvent {
    InputBody body = NothingToDo{};
    std::string problem;
    AdapterConcern concern = AdapterConcern::none;
    std::string concerned;
};

[[nodiscard]] DecodedEvent decode_event(JsonValue event, const OwnIdentity& identity);

}  // namespace ackd::slack
