// Where an app without Socket Mode wants to be POSTed to. On this machine only, and not encrypted: a sandbox
// must not be able to reach anybody else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

struct LoopbackUrl {
    std::string host;  ///< 127.0.0.1 or localhost
    std::uint16_t port = 80;
    std::string target;  ///< path and query: "/slack/events"

    /// Nothing for whatever is not http on this machine.
    static std::optional<LoopbackUrl> parse(std::string_view text);
    [[nodiscard]] std::string text() const;

    friend bool operator==(const LoopbackUrl&, const LoopbackUrl&) = default;
};

struct RequestUrls {
    LoopbackUrl events;
    LoopbackUrl interactivity;
    std::map<std::string, LoopbackUrl> commands;  ///< by name; what is not in it goes to `events`

    /// One address for everything, as most apps have it.
    static RequestUrls all_to(const LoopbackUrl& url);
    [[nodiscard]] const LoopbackUrl& for_command(const std::string& command) const;
};

}  // namespace sandbox
