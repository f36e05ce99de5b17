// What other programs send, and the calendars and pictures that they read: a listener of its own, in a thread
// of its own, off unless the configuration says where it listens. It knows no chat.
//
// Nothing is answered with 202 before the engine has committed it; what the engine does not confirm in time
// is answered with 503, and the sender sends it again.
#pragma once

#include "adapters/alerts/github_signature.hpp"
#include "adapters/http/http_server.hpp"
#include "bot/clock.hpp"
#include "bot/courier/chat_port.hpp"
#include "bot/web/web_roster.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace ackd::web {

struct WebSettings {
    http::ListenAddress address;
    alerts::GithubSecrets github_secrets;
    /// What the addresses of pictures are signed with; empty: there are none.
    std::string picture_key;
    /// How long the engine may take to confirm. GitHub waits for 10 s.
    std::chrono::milliseconds answer_within{5'000};
    http::ServerLimits server;
};

class WebAdapter final : public ChatPort {
public:
    /// `sink` and `clock` outlive it.
    WebAdapter(WebSettings settings, InputSink& sink, const Clock& clock);
    ~WebAdapter() override;
    WebAdapter(const WebAdapter&) = delete;
    WebAdapter& operator=(const WebAdapter&) = delete;

    /// Serves until `stop`. Once. Returns why it ended by itself (the address is taken, say), or "".
    [[nodiscard]] std::string run();
    /// Asks `run` to end: what waits for the engine is answered with 503. From any thread.
    void stop();

    /// From now on these may come in. From any thread.
    void know(WebRoster roster);

    void confirm(std::vector<Confirmation> confirmations) override;
    void deliver(std::vector<Delivery> deliveries) override;
    /// Nobody waits for it: what found no room was answered with 503.
    void on_room() override {}

private:
    class Service;
    std::unique_ptr<Service> service_;
};

}  // namespace ackd::web
