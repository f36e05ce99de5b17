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
#include "adapters/http/http_server.hpp"
#include "adapters/web/request_allowance.hpp"
#include "bot/alerts/alert_key.hpp"
#include "bot/input.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ackd::web {

inline constexpr std::string_view alert_path = "/in/";
/// Requests that no key lets in, from one address.
inline constexpr int refused_per_minute_max = 60;

class AlertDoor {
public:
    explicit AlertDoor(alerts::GithubSecrets secrets) : secrets_(std::move(secrets)) {}

    /// From now on these may come in.
    void know(SourceRoster roster) { roster_ = std::move(roster); }

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
        AlertKeyId key{};
    };
    [[nodiscard]] Entry entry_of(const http::RequestHead& head) const;

    alerts::GithubSecrets secrets_;
    SourceRoster roster_;
    RequestAllowance of_sources_{sources_max};
    RequestAllowance of_peers_{4'096};
};

}  // namespace ackd::web
