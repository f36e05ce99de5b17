#include "adapters/slack/endpoint.hpp"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <fmt/format.h>

namespace ackd::slack {
namespace {

std::string_view view_of(boost::core::string_view text)
{
    return std::string_view{text.data(), text.size()};
}

}  // namespace

std::string Endpoint::peer() const
{
    return fmt::format("{}:{}", host, port);
}

std::string Endpoint::host_header() const
{
    const std::string shown = host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
    return port == (encrypted ? "443" : "80") ? shown : fmt::format("{}:{}", shown, port);
}

bool is_loopback_host(std::string_view host)
{
    if (host == "localhost" || host == "::1") return true;
    const auto address = boost::urls::parse_ipv4_address(host);
    return address && address->is_loopback();
}

Result<Endpoint> parse_endpoint(std::string_view url)
{
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed) return Fault{FaultKind::configuration, "not a URL"};
    const std::string_view scheme = view_of(parsed->scheme());
    Endpoint endpoint;
    endpoint.encrypted = scheme == "https" || scheme == "wss";
    if (!endpoint.encrypted && scheme != "http" && scheme != "ws") {
        return Fault{FaultKind::configuration, "not an http, https, ws or wss URL"};
    }
    std::string_view host = view_of(parsed->encoded_host());
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty() || host.find('%') != std::string_view::npos || parsed->has_userinfo()) {
        return Fault{FaultKind::configuration, "a URL needs a host and no user name"};
    }
    endpoint.host = host;
    endpoint.port = parsed->has_port()   ? std::string{view_of(parsed->port())}
                    : endpoint.encrypted ? "443"
                                         : "80";
    endpoint.target = view_of(parsed->encoded_target());
    const bool host_was_split = !endpoint.target.empty() && endpoint.target.front() != '/' &&
                                endpoint.target.front() != '?';
    if (host_was_split) {
        // Boost.URL 1.81 takes "127.0.0.1.example.com" for the address and a path.
        return Fault{FaultKind::configuration, "a host name must not begin with an IP address"};
    }
    if (endpoint.target.empty() || endpoint.target.front() != '/') endpoint.target.insert(0, "/");
    if (!endpoint.encrypted && !is_loopback_host(endpoint.host)) {
        return Fault{
            FaultKind::configuration,
            fmt::format("{} is not this machine: only https and wss are allowed there", endpoint.host)};
    }
    return endpoint;
}

}  // namespace ackd::slack
