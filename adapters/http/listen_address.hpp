// Where a server listens: an address of this machine and a port, as it stands in the configuration. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ackd::http {

struct ListenAddress {
    std::string host;        ///< an address, never a name: "127.0.0.1", "::1"
    std::uint16_t port = 0;  ///< 0: any free one
    friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

/// "127.0.0.1:8090", "[::1]:8090", "0.0.0.0:8090". Nothing for everything else.
[[nodiscard]] std::optional<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace ackd::http
