// Decodes what people do with commands and controls: `slash_commands` and `interactive` payloads. See
// envelope_decoder.hpp.
#pragma once

#include "adapters/slack/envelope_decoder.hpp"
#include "adapters/slack/json_reading.hpp"

#include <vector>

namespace ackd::slack {

struct DecodedInteraction {
    std::vector<InputBody> bodies;  ///< empty: nothing for the bot to do
    std::string problem;
};

[[nodiscard]] DecodedInteraction decode_command(JsonValue payload, const OwnIdentity& identity);
[[nodiscard]] DecodedInteraction decode_interaction(JsonValue payload);

}  // namespace ackd::slack
