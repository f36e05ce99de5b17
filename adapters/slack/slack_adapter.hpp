// Slack as the bot's chat: Socket Mode or HTTP requests for what happens, the Web API for what we do.
//
// One thread: the one that calls `run`. ChatPort's functions, `stop` and `stats` may be called from any
// thread; they queue and wake. Deliveries handed over before Slack was reached wait for it; those handed over
// after `run` has returned, and those that could not be finished before, are settled as `temporary` (not
// begun) or `unknown`.
#pragma once

#include "adapters/pictures/chart_link.hpp"
#include "adapters/slack/adapter_stats.hpp"
#include "adapters/slack/http_listening.hpp"
#include "bot/clock.hpp"
#include "bot/courier/chat_port.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace ackd::slack {

struct SlackSettings {
    std::string app_token;  ///< xapp-…; not needed in HTTP mode
    std::string bot_token;  ///< xoxb-…
    /// The workspace that the database belongs to, by Slack's id; empty: none yet. Tokens of another one end
    /// the service before anything else is asked of Slack.
    std::string workspace;
    /// https anywhere, http to this machine only.
    std::string api_url = "https://slack.com/api/";
    /// HTTP mode. Nothing: Socket Mode.
    std::optional<HttpListening> http;
    /// Where Slack fetches pictures of charts; nothing: charts are told in words.
    std::optional<pictures::ChartLinks> charts;
    int connections = 2;
    /// At most this many sockets are opened a minute, whatever happens.
    int opens_per_minute = 20;
    std::chrono::milliseconds connect_limit{10'000};
    std::chrono::milliseconds answer_limit{15'000};
    /// How often members and groups are read again.
    std::chrono::minutes refresh_every{360};
    /// How long Slack goes on dropping events after it said so.
    std::chrono::milliseconds events_lost_for{60'000};
};

enum class EndKind {
    stopped,            ///< as asked
    fix_configuration,  ///< a person must do something; a restart cannot help
    failed,             ///< a bug, or an address that is taken; a restart may help
};

struct AdapterEnd {
    EndKind kind = EndKind::stopped;
    std::string reason;  ///< one sentence that says what to do; never a secret

    [[nodiscard]] bool restart_can_help() const { return kind == EndKind::failed; }
};

class SlackAdapter final : public ChatPort {
public:
    /// `sink` and `clock` must outlive the adapter.
    SlackAdapter(SlackSettings settings, InputSink& sink, const Clock& clock);
    ~SlackAdapter() override;
    SlackAdapter(const SlackAdapter&) = delete;
    SlackAdapter& operator=(const SlackAdapter&) = delete;

    /// Serves until `stop` or until only a person can help. Once.
    [[nodiscard]] AdapterEnd run();
    /// Asks `run` to end: closing handshakes, 1 s each at most, and what is being delivered within 1.5 s.
    void stop();

    void confirm(std::vector<Confirmation> confirmations) override;
    void deliver(std::vector<Delivery> deliveries) override;
    void on_room() override;

    [[nodiscard]] AdapterStats stats() const;

private:
    class Service;
    std::unique_ptr<Service> service_;
};

}  // namespace ackd::slack
