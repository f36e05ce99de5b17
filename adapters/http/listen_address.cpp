#include "adapters/http/listen_address.hpp"

#include <arpa/inet.h>

#include <charconv>

namespace ackd::http {
namespace {

bool is_address(const std::string& host, int family)
{
    in6_addr room{};  // large enough for either
    return inet_pton(family, host.c_str(), &room) == 1;
}

}  // namespace

std::optional<ListenAddress> parse_listen_address(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    ListenAddress address;
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;

    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    address.host = host;
    if (address.host.find('\0') != std::string::npos) return std::nullopt;
    if (!is_address(address.host, bracketed ? AF_INET6 : AF_INET)) return std::nullopt;
    return address;
}

}  // namespace ackd::http
