// Decodes the inner event of an event's payload. See payload_decoder.hpp.
#pragma once

#include "adapters/json/json_reading.hpp"
#include "adapters/slack/adapter_concern.hpp"
#include "adapters/slack/own_identity.hpp"
#include "bot/input.hpp"

#include <string>

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
