#include "adapters/outside/address_guard.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>

namespace ackd::outside {

namespace {

constexpr int v4_offset_bits = 96;

/// What of IPv4 is not for everybody: IANA's special-purpose registry, multicast and what is reserved.
constexpr std::array special_v4{
    std::string_view{"0.0.0.0/8"},
    std::string_view{"10.0.0.0/8"},
    std::string_view{"100.64.0.0/10"},
    std::string_view{"127.0.0.0/8"},
    std::string_view{"169.254.0.0/16"},
    std::string_view{"172.16.0.0/12"},
    std::string_view{"192.0.0.0/24"},
    std::string_view{"192.0.2.0/24"},
    std::string_view{"192.88.99.0/24"},
    std::string_view{"192.168.0.0/16"},
    std::string_view{"198.18.0.0/15"},
    std::string_view{"198.51.100.0/24"},
    std::string_view{"203.0.113.0/24"},
    std::string_view{"224.0.0.0/4"},
    std::string_view{"240.0.0.0/4"},
};

/// Of IPv6 only this is handed out at all…
constexpr std::string_view global_v6 = "2000::/3";
/// …and of that not these: protocols (Teredo among them), documentation.
constexpr std::array special_v6{
    std::string_view{"2001::/23"},
    std::string_view{"2001:db8::/32"},
    std::string_view{"3fff::/20"},
};

// Forms of IPv6 that lead to an IPv4 address, which is what counts then, as it is in ::ffff:0:0/96.
constexpr std::string_view nat64 = "64:ff9b::/96";
constexpr std::string_view six_to_four = "2002::/16";

bool is_in(std::string_view network, const IpAddress& address)
{
    const auto parsed = parse_network(network);
    return parsed && outside::is_in(*parsed, address);
}

IpAddress v4_of(const std::uint8_t* four_bytes)
{
    IpAddress address;
    address.bytes[10] = address.bytes[11] = 0xff;
    std::copy_n(four_bytes, 4, address.bytes.begin() + 12);
    return address;
}

bool is_public_v4(const IpAddress& address)
{
    return std::none_of(special_v4.begin(), special_v4.end(), [&](std::string_view network) {
        return is_in(network, address);
    });
}

bool is_mapped(const IpAddress& address)
{
    return std::all_of(
               address.bytes.begin(), address.bytes.begin() + 10, [](auto byte) { return byte == 0; }) &&
           address.bytes[10] == 0xff && address.bytes[11] == 0xff;
}

}  // namespace

std::optional<IpAddress> parse_ip_address(std::string_view text)
{
    const std::string terminated{text};
    if (terminated.find('\0') != std::string::npos) return std::nullopt;
    in_addr v4{};
    if (inet_pton(AF_INET, terminated.c_str(), &v4) == 1) {
        std::array<std::uint8_t, 4> bytes{};
        std::memcpy(bytes.data(), &v4, bytes.size());
        return v4_of(bytes.data());
    }
    IpAddress address;
    if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
    return std::nullopt;
}

std::optional<IpAddress> ip_address_of(const sockaddr& address, std::size_t size)
{
    if (address.sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        std::array<std::uint8_t, 4> bytes{};
        std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
        return v4_of(bytes.data());
    }
    if (address.sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        IpAddress parsed;
        std::memcpy(parsed.bytes.data(), &v6.sin6_addr, parsed.bytes.size());
        return parsed;
    }
    return std::nullopt;
}

bool is_public(const IpAddress& address)
{
    if (is_mapped(address)) return is_public_v4(address);
    if (is_in(nat64, address)) return is_public_v4(v4_of(&address.bytes[12]));
    if (is_in(six_to_four, address)) return is_public_v4(v4_of(&address.bytes[2]));
    return is_in(global_v6, address) &&
           std::none_of(special_v6.begin(), special_v6.end(), [&](std::string_view network) {
               return is_in(network, address);
           });
}

std::optional<Network> parse_network(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto base = parse_ip_address(text.substr(0, slash));
    if (!base) return std::nullopt;
    const std::string_view digits = text.substr(slash + 1);
    Network network{*base, 0};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), network.bits);
    const bool is_v4 = text.substr(0, slash).find(':') == std::string_view::npos;
    const int most = is_v4 ? 32 : 128;
    if (error != std::errc{} || end != digits.data() + digits.size() || network.bits < 0 ||
        network.bits > most)
        return std::nullopt;
    if (is_v4) network.bits += v4_offset_bits;
    return network;
}

bool is_in(const Network& network, const IpAddress& address)
{
    // 0 bits of IPv6 are its addresses, not IPv4's in its clothes.
    if (network.bits < v4_offset_bits && is_mapped(address)) return false;
    const auto whole = static_cast<std::size_t>(network.bits / 8);
    if (!std::equal(network.base.bytes.begin(),
                    network.base.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                    address.bytes.begin()))
        return false;
    const int rest = network.bits % 8;
    if (rest == 0) return true;
    const unsigned differing = static_cast<unsigned>(network.base.bytes[whole] ^ address.bytes[whole]);
    return (differing >> (8 - rest)) == 0;
}

bool may_be_reached(const IpAddress& address, const std::optional<Network>& private_network)
{
    return is_public(address) || (private_network && is_in(*private_network, address));
}

}  // namespace ackd::outside
