// Where a connection may go. What a team writes into its policy must not reach what only this machine can
// reach: the services on it, the network that it stands in, the address where a cloud hands out its keys
// (server-side request forgery). Asked of the address that is about to be connected to, after every name has
// been resolved: a name can be made to lead anywhere, and elsewhere the next time. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

struct sockaddr;

namespace ackd::outside {

/// Either family: an IPv4 address is the last four bytes of ::ffff:0:0/96.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};
    friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// "192.0.2.1", "2001:db8::1"; nothing else.
[[nodiscard]] std::optional<IpAddress> parse_ip_address(std::string_view text);
/// Nothing: it is of another family. `size` is how many bytes of it there are.
[[nodiscard]] std::optional<IpAddress> ip_address_of(const sockaddr& address, std::size_t size);

/// Everybody on the internet means the same machine by it.
[[nodiscard]] bool is_public(const IpAddress& address);

/// One network, as a destination's private_network names it.
struct Network {
    IpAddress base;
    int bits = 128;  ///< of the sixteen bytes: 96 more than "10.0.0.0/8" says
};

/// "10.1.2.0/24", "fd00::/8". Nothing: it is none.
[[nodiscard]] std::optional<Network> parse_network(std::string_view text);
[[nodiscard]] bool is_in(const Network& network, const IpAddress& address);

/// Public, or in the one network that is allowed besides.
[[nodiscard]] bool may_be_reached(const IpAddress& address, const std::optional<Network>& private_network);

}  // namespace ackd::outside
