// Where and how Slack's requests are taken in HTTP mode.
#pragma once

#include "adapters/http/listen_address.hpp"
#include "adapters/slack/request_signature.hpp"

#include <string>

namespace ackd::slack {

struct HttpListening {
    http::ListenAddress address;
    std::string path = "/slack/events";
    SigningSecrets secrets;
};

}  // namespace ackd::slack
