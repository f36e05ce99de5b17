// Decodes what Slack tells, however it came: the payload of a Socket Mode envelope, or what was posted to us
// in HTTP mode. JSON in, Inputs out. Total: no exception leaves, and what Slack may add tomorrow is confirmed
// and forgotten.
//
// One payload gives one Input, or several (several actions). Of several, only the last carries the receipt,
// so that the payload is confirmed once, after all of them are durable.
//
// Plain messages come with their place and author only: the text is not kept, and who needs it fetches the
// message.
#pragma once

#include "adapters/json/json_reading.hpp"
#include "adapters/slack/adapter_concern.hpp"
#include "adapters/slack/own_identity.hpp"
#include "bot/input.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ackd::slack {

enum class PayloadKind { event, command, interaction };

/// How a payload came.
struct PayloadSource {
    /// With `id`, makes the second arrival of the same thing harmless where no event id does: "e:<envelope>",
    /// "h:<signature>".
    char way = 'e';
    std::string_view id;
    Instant at{};
    /// Its `wants_answer` says whether an answer can travel in the confirmation at all.
    InputReceipt receipt;
};

struct DecodedPayload {
    std::string problem;  ///< why something in it could not be understood; else empty
    AdapterConcern concern = AdapterConcern::none;
    std::string concerned;
};

/// Appends the payload's Inputs, at least one.
[[nodiscard]] DecodedPayload decode_payload(PayloadKind kind,
                                            JsonValue payload,
                                            PayloadSource source,
                                            const OwnIdentity& identity,
                                            std::vector<Input>& inputs);

/// For what has no payload, or one that we know nothing of: confirmed, and nothing else.
void confirm_only(PayloadSource source, std::vector<Input>& inputs);

/// Longer ids are not taken for ids.
inline constexpr std::size_t id_length_max = 255;

}  // namespace ackd::slack
