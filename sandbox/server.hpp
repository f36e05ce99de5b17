// A sandbox on a port: what `ackd-sandbox serve` runs, and what a replay drives from inside.
#pragma once

#include "sandbox/sandbox_core.hpp"
#include "sandbox/wire/door.hpp"
#include "sandbox/wire/http_port.hpp"
#include "sandbox/wire/loopback_poster.hpp"

#include <string>

namespace sandbox {

struct ServerOptions {
    std::string listen = "127.0.0.1";  ///< an address of this machine
    std::uint16_t port = 0;
    std::string password;  ///< needed when others can reach that address
    double clock_scale = 1;
    double clock_origin = 0;
    std::string app_token = "xapp-sandbox";
    std::string bot_token = "xoxb-sandbox";
    std::string workspace_file;  ///< "" for the built-in workspace
    std::string rate_limits = "strict";
    int refresh_seconds = 0;
    std::vector<int> redelivery_ms{3000, 60'000, 300'000};
    bool redeliver_forever = false;
    std::vector<std::string> without_scopes;
    std::vector<std::string> without_events;
    std::size_t page_max = 999;
    std::string request_url;  ///< "" for Socket Mode
    std::string signing_secret = "sandbox-signing-secret";
    std::string record_file;  ///< "" records nothing
};

class Server {
public:
    /// Throws std::runtime_error with a text for the person when the options make no sense (the workspace
    /// file is no workspace, the request URL not on this machine, …), and std::system_error when the port is
    /// taken.
    explicit Server(const ServerOptions& options);

    /// "http://127.0.0.1:8080", as this machine reaches it.
    [[nodiscard]] std::string address() const;
    /// The line that tells a waiting test where to find this sandbox.
    [[nodiscard]] std::string listening_line() const;
    void run() { port_.run(); }
    void stop() { port_.stop(); }
    [[nodiscard]] SandboxCore& core() { return core_; }

private:
    std::string listen_;
    Door door_;
    SandboxCore core_;
    HttpPort port_;
    LoopbackPoster poster_;
};

}  // namespace sandbox
