// Where a URL leads, and whether we may go there: encrypted anywhere, in the clear to this machine only.
// Pure.
#pragma once

#include "bot/fault.hpp"

#include <string>
#include <string_view>

namespace ackd::slack {

struct Endpoint {
    bool encrypted = true;
    std::string host;
    std::string port;
    std::string target;  ///< path and query, unchanged

    [[nodiscard]] bool same_peer(const Endpoint& other) const
    {
        return encrypted == other.encrypted && host == other.host && port == other.port;
    }
    /// "host:port", for logs: the target may hold a secret.
    [[nodiscard]] std::string peer() const;
    /// What the Host header says.
    [[nodiscard]] std::string host_header() const;
};

/// http, https, ws and wss. Faults are `configuration` and never quote the target.
[[nodiscard]] Result<Endpoint> parse_endpoint(std::string_view url);

[[nodiscard]] bool is_loopback_host(std::string_view host);

}  // namespace ackd::slack
