// What is sent, for each kind of destination: addresses, headers and bodies as texts. Whatever people wrote
// into a message, it cannot become a header of its own. Pure.
#pragma once

#include "adapters/outside/destination_secrets.hpp"
#include "adapters/outside/mail_server.hpp"
#include "bot/effect.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd::outside {

struct HttpRequest {
    std::string url;
    std::vector<std::string> headers;  ///< "Name: value"
    std::optional<std::string> body;   ///< of a POST; nothing: a GET
};

/// "ackd-17-1700000000", with when it was to be told, since a restored backup counts on from an earlier
/// number: the same each time that the same thing is told.
[[nodiscard]] std::string id_of(const Delivery& delivery);

/// Of a webhook, a push or a heartbeat; FaultKind::configuration with what to set, when a secret is missing.
[[nodiscard]] Result<HttpRequest> build_request(const Delivery& delivery,
                                                const TellOutside& told,
                                                const DestinationSecret& secret,
                                                Instant now);

struct MailRequest {
    std::string url;  ///< "smtp://mail.example.com:587/example.com": the last is what we call ourselves
    std::string from;
    std::string to;
    std::string text;
};

/// FaultKind::configuration with what to set, when there is no server or its password is missing.
[[nodiscard]] Result<MailRequest> build_mail(const Delivery& delivery,
                                             const TellOutside& told,
                                             const std::optional<MailServer>& server);

}  // namespace ackd::outside
