#include "sandbox/wire/request_urls.hpp"

#include <charconv>

namespace sandbox {

std::optional<LoopbackUrl> LoopbackUrl::parse(std::string_view text)
{
    constexpr std::string_view scheme = "http://";
    if (text.substr(0, scheme.size()) != scheme) return std::nullopt;
    text.remove_prefix(scheme.size());
    const auto slash = std::min(text.find_first_of("/?#"), text.size());
    const std::string_view authority = text.substr(0, slash);
    const std::string_view rest = text.substr(slash);
    if (rest.find_first_of(" #\r\n") != std::string_view::npos) return std::nullopt;
    LoopbackUrl url;
    const auto colon = std::min(authority.find(':'), authority.size());
    url.host = authority.substr(0, colon);
    if (url.host != "127.0.0.1" && url.host != "localhost") return std::nullopt;
    if (colon < authority.size()) {
        const std::string_view digits = authority.substr(colon + 1);
        const auto [stopped, error] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
        if (error != std::errc{} || stopped != digits.data() + digits.size() || url.port == 0)
            return std::nullopt;
    }
    url.target = rest.empty() || rest.front() != '/' ? "/" + std::string{rest} : std::string{rest};
    return url;
}

std::string LoopbackUrl::text() const
{
    return "http://" + host + ":" + std::to_string(port) + target;
}

RequestUrls RequestUrls::all_to(const LoopbackUrl& url)
{
    return RequestUrls{url, url, {}};
}

const LoopbackUrl& RequestUrls::for_command(const std::string& command) const
{
    const auto found = commands.find(command);
    return found == commands.end() ? events : found->second;
}

}  // namespace sandbox
