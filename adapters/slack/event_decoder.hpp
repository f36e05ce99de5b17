// Decodes the inner event of an `events_api` envelope. See envelope_decoder.hpp.
#pragma once

#include "adapters/slack/envelope_decoder.hpp"
#include "adapters/slack/json_reading.hpp"

namespace ackd::slack {

struct DecodedEvent {
    InputBody body = NothingToDo{};
    std::string key;  ///< of the thing itself (bot/message_keys.hpp); empty: the event's id
    std::string problem;
    AdapterConcern concern = AdapterConcern::none;
    std::string concerned;
};

/// Posted by ourselves.
[[nodiscard]] bool is_ours(JsonValue message, const OwnIdentity& identity);
/// Whether a subtype is a message of somebody; all others are bookkeeping.
[[nodiscard]] bool is_said(std::string_view subtype);

[[nodiscard]] DecodedEvent decode_event(JsonValue event, const OwnIdentity& identity);

}  // namespace ackd::slack
