#include "bot/destinations/destination.hpp"

#include "bot/commands/whole_number.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ackd {

namespace {

bool is_plain(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

/// What SMTP takes in an envelope without quoting (RFC 5321, 4.1.2): nothing that could end a command.
bool is_mail_address(const std::string& text)
{
    const std::size_t at = text.rfind('@');
    if (at == std::string::npos || at == 0 || at > 64 || at + 1 == text.size()) return false;
    const auto may_be_in = [](std::string_view part, std::string_view more) {
        return std::all_of(part.begin(), part.end(), [more](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   more.find(c) != std::string_view::npos;
        });
    };
    const std::string_view whole{text};
    return may_be_in(whole.substr(0, at), "!#$%&'*+-/=?^_`{|}~.") && may_be_in(whole.substr(at + 1), "-.");
}

std::string problem_of_url(const std::string& address)
{
    const auto url = boost::urls::parse_uri(address);
    const bool is_web = url.has_value() && (url->scheme() == "https" || url->scheme() == "http");
    if (!is_plain(address) || !is_web || url->host().empty())
        return fmt::format("\"{}\" is no address of the web: address = \"https://…\"", address);
    // It would stand in the policy, which everybody may read.
    if (url->has_userinfo()) return "an address holds no password: that is a secret of its own";
    return "";
}

/// A network that somebody means has at least so many bits: 10.0.0.0/8 and fd00::/8 do.
constexpr int network_bits_least = 8;

/// "10.1.2.0/24": an address, and how many of its bits name the network. Among the IPv6 addresses that begin
/// with zeros are all of IPv4: of these it is one host's, or a small one.
bool is_network(const std::string& text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) return false;
    const std::string address = text.substr(0, slash);
    const auto bits = parse_whole_number<int>(std::string_view{text}.substr(slash + 1), network_bits_least);
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) return bits && *bits <= 32;
    return inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1 && bits && *bits <= 128 &&
           (bytes[0] != 0 || *bits >= 96 + network_bits_least);
}

}  // namespace

std::string_view name_of(DestinationKind kind)
{
    switch (kind) {
        case DestinationKind::webhook: return "webhook";
        case DestinationKind::mail: return "mail";
        case DestinationKind::push: return "push";
        case DestinationKind::heartbeat: return "heartbeat";
    }
    return "";
}

std::string problem_of(const Destination& destination)
{
    if (destination.address.empty()) {
        return fmt::format("destination \"{}\" says where it is: address = \"{}\"",
                           destination.name,
                           destination.kind == DestinationKind::mail ? "oncall@example.com" : "https://…");
    }
    if (destination.address.size() > destination_address_max)
        return fmt::format("an address has at most {} bytes", destination_address_max);
    if (destination.kind == DestinationKind::mail) {
        if (!is_mail_address(destination.address))
            return fmt::format("\"{}\" is no mail address, such as \"oncall@example.com\"",
                               destination.address);
        if (!destination.private_network.empty())
            return "mail goes to the server of the configuration: private_network says nothing there";
    } else if (std::string wrong = problem_of_url(destination.address); !wrong.empty()) {
        return wrong;
    }
    if (!destination.private_network.empty() && !is_network(destination.private_network)) {
        return fmt::format("\"{}\" is no network, such as \"10.1.2.0/24\" or \"fd00::/8\"",
                           destination.private_network);
    }
    if (destination.kind != DestinationKind::heartbeat && destination.every != Destination{}.every)
        return fmt::format("only a heartbeat has `every`, unlike \"{}\"", destination.name);
    return "";
}

const Destination* find_destination(const std::vector<Destination>& destinations, std::string_view name)
{
    const auto found = std::find_if(destinations.begin(), destinations.end(), [name](const Destination& one) {
        return one.name == name;
    });
    return found == destinations.end() ? nullptr : &*found;
}

}  // namespace ackd
