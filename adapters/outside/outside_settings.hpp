// What the outside adapter is given at its start.
#pragma once

#include "adapters/outside/destination_secrets.hpp"
#include "adapters/outside/outside_request.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace ackd::outside {

struct OutsideSettings {
    DestinationSecrets secrets;
    /// Nothing: there is none, so no mail.
    std::optional<MailServer> mail;
    std::string user_agent = "ackd";

    std::chrono::milliseconds connect_within{5'000};
    /// From the first look-up of its name to the end of the answer.
    std::chrono::milliseconds answer_within{10'000};
    /// The same of mail: its servers let strangers wait on purpose.
    std::chrono::milliseconds mail_within{60'000};
    std::size_t at_once = 16;
};

}  // namespace ackd::outside
