#include "adapters/slack/endpoint.hpp"

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
    return host == "localhost" || host == "::1" || host.starts_with("127.");
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
    endpoint.host = parsed->host_type() == boost::urls::host_type::ipv6 ? parsed->host_address()
                                                                         : parsed->host_name();
    if (endpoint.host.empty()) endpoint.host = parsed->host_address();
    if (endpoint.host.empty() || parsed->has_userinfo()) {
        return Fault{FaultKind::configuration, "a URL needs a host and no user name"};
    }
    endpoint.port = parsed->has_port() ? std::string{view_of(parsed->port())} : endpoint.encrypted ? "443" : "80";
    endpoint.target = view_of(parsed->encoded_target());
    if (endpoint.target.empty() || endpoint.target.front() != '/') endpoint.target.insert(0, "/");
    if (!endpoint.encrypted && !is_loopback_host(endpoint.host)) {
        return Fault{FaultKind::configuration,
                     fmt::format("{} is not this machine: only https and wss are allowed there", endpoint.host)};
    }
    return endpoint;
}

}  // namespace ackd::slack
