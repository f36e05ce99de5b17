// One keep-alive HTTP/1.1 connection, in TLS or (to this machine) in the clear. Beast's HTTP is instantiated
// in http_connection.cpp only.
#pragma once

#include "adapters/slack/api_outcome.hpp"
#include "adapters/slack/byte_stream.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace ackd::slack {

struct HttpRequest {
    std::string target;
    std::string content_type;
    std::string bearer;  ///< the token, or empty
    std::string body;
};

class HttpConnection {
public:
    virtual ~HttpConnection() = default;

    /// Sends a POST and waits for the answer. A Fault of kind `unknown` says why there is none; the
    /// connection is not usable then.
    [[nodiscard]] virtual Task<Result<HttpAnswer>> post(const HttpRequest& request,
                                                        std::chrono::milliseconds limit) = 0;
    /// Another request can be sent: the peer keeps it open.
    [[nodiscard]] virtual bool is_usable() const = 0;
    [[nodiscard]] virtual const Endpoint& endpoint() const = 0;
};

/// Faults: those of open_byte_stream.
[[nodiscard]] Task<Result<std::unique_ptr<HttpConnection>>> open_http(Endpoint endpoint,
                                                                      TlsSettings& tls,
                                                                      Interrupts& interrupts,
                                                                      std::chrono::milliseconds limit);

}  // namespace ackd::slack
