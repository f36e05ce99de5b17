// Slack's Web API over a few keep-alive connections. Every call that has begun ends in an answer or a
// classified Fault (see api_outcome.hpp) within the settings' limits; nothing is tried twice here. Calls for
// which there is no connection wait for their turn (see call_turns.hpp).
//
// Tokens go into the Authorization header and nowhere else; no log line and no Fault holds one, or a response
// URL.
#pragma once

#include "adapters/slack/adapter_stats.hpp"
#include "adapters/slack/http_connection.hpp"
#include "adapters/slack/slack_api.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ackd::slack {

struct WebApiSettings {
    std::string app_token;
    std::string bot_token;
    Endpoint api;  ///< its target ends in "/"
    std::chrono::milliseconds connect_limit{10'000};
    std::chrono::milliseconds answer_limit{15'000};
};

class WebApiClient final : public SlackApi {
public:
    WebApiClient(IoExecutor executor,
                 WebApiSettings settings,
                 TlsSettings& tls,
                 Interrupts& interrupts,
                 AdapterCounters& counters);

    [[nodiscard]] Task<Result<ApiAnswer>> call(ApiCall call) override;
    [[nodiscard]] Task<Result<HttpAnswer>> post_json(std::string url, std::string body) override;

    /// Told when Slack does not accept one of the tokens.
    void on_token_refused(std::function<void(const Fault&)> listener)
    {
        token_refused_ = std::move(listener);
    }

private:
    /// Given back when its holder ends.
    class Turn;

    [[nodiscard]] Task<bool> wait_for_turn(CallUrgency urgency);
    [[nodiscard]] Task<Result<HttpAnswer>> post(Endpoint endpoint,
                                                std::string what,
                                                CallUrgency urgency,
                                                HttpRequest request);
    [[nodiscard]] std::unique_ptr<HttpConnection> take_idle(const Endpoint& endpoint);
    [[nodiscard]] const std::string& secret(TokenKind token) const;

    IoExecutor executor_;
    WebApiSettings settings_;
    TlsSettings& tls_;
    Interrupts& interrupts_;
    AdapterCounters& counters_;
    std::function<void(const Fault&)> token_refused_;
    std::vector<std::unique_ptr<HttpConnection>> idle_;
    CallTurns turns_;
};

}  // namespace ackd::slack
