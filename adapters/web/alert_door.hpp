// The door for alerts, without its socket: who may come in, how often, and what becomes of what they say.
//
//   POST /in/<key> ─► key ─► allowance ─► body ─► signature (GitHub's) ─► decode ─► Input ─► … ─► 202
//                      │         │                    │                      │
//                     404       429                  401                    400
//
// A wrong key is answered exactly as any path that is not there, before the body is read, and is compared in
// constant time: nothing tells how near it is. Single-threaded.
#pragma once

#include "adapters/alerts/github_signature.hpp"
#include "adapters/web/strangers.hpp"
#include "bot/input.hpp"
#include "bot/web/web_roster.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd::web {

inline constexpr std::string_view alert_path = "/in/";

class AlertDoor {
public:
    AlertDoor(alerts::GithubSecrets secrets, std::shared_ptr<Strangers> strangers)
        : secrets_(std::move(secrets)), strangers_(std::move(strangers))
    {}

    /// From now on these may come in.
    void know(std::vector<KnownSource> sources) { sources_ = std::move(sources); }

    /// What the request is refused with before its body is read; nothing: it may be read.
    [[nodiscard]] std::optional<http::Response> refuse(const http::RequestHead& head, SteadyTime now);

    /// What was not refused.
    struct Taken {
        /// Without a receipt. Nothing: it is refused with `answer`.
        std::optional<Input> input;
        /// What the sender is told, once the input is durable.
        http::Response answer;
        /// Of the source, for the log; never its key.
        std::string source;
    };
    [[nodiscard]] Taken take(const http::Request& request, Instant now) const;

    /// Neither taken nor refused: it is to be sent again.
    [[nodiscard]] static http::Response come_again();

private:
    struct Entry {
        const AlertSource* source = nullptr;
        WebKeyId key{};
    };
    [[nodiscard]] Entry entry_of(const http::RequestHead& head) const;

    alerts::GithubSecrets secrets_;
    std::shared_ptr<Strangers> strangers_;
    std::vector<KnownSource> sources_;
    RequestAllowance of_sources_{sources_max};
};

}  // namespace ackd::web
