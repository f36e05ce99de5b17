// Decodes what people do with commands, controls, shortcuts and forms: the payloads of slash commands and
// interactions. See payload_decoder.hpp.
#pragma once

#include "adapters/json/json_reading.hpp"
#include "adapters/slack/own_identity.hpp"
#include "bot/input.hpp"

#include <string>
#include <vector>

namespace ackd::slack {

struct DecodedInteraction {
    std::vector<InputBody> bodies;  ///< empty: nothing for the bot to do
    std::string problem;
};

[[nodiscard]] DecodedInteraction decode_command(JsonValue payload, const OwnIdentity& identity);
[[nodiscard]] DecodedInteraction decode_interaction(JsonValue payload, const OwnIdentity& identity);

}  // namespace ackd::slack
