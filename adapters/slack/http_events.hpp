// HTTP mode: Slack posts what happens to an address of ours, behind a reverse proxy that ends TLS.
//
//   request ─► signature ─► decode ─► inbox ─► the engine commits ─► confirm ─► the answer (200, with its
//   words)
//                 │            │        │               │
//                401          400      503: full       503: not durable within 2.5 s
//
// Nothing is answered with 200 before it is durable; what is not, Slack sends again (events) or shows as
// failed (commands and buttons). A repeated request is an ordinary delivery: its event id or signature
// decides.
#pragma once

#include "adapters/asio/interrupts.hpp"
#include "adapters/asio/task_group.hpp"
#include "adapters/http/http_server.hpp"
#include "adapters/slack/adapter_stats.hpp"
#include "adapters/slack/event_source.hpp"
#include "adapters/slack/http_listening.hpp"
#include "adapters/slack/post_decoder.hpp"
#include "bot/clock.hpp"
#include "bot/courier/chat_port.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <string>

namespace ackd::slack {

struct HttpEventsLimits {
    /// Slack waits for 3 s; the rest is for the way.
    std::chrono::milliseconds answer_within{2'500};
    http::ServerLimits server;
};

/// What it uses. Outlives it.
struct HttpSurroundings {
    IoExecutor executor;
    Interrupts& interrupts;
    TaskGroup& tasks;
    AdapterCounters& counters;
    InputSink& sink;
    const Clock& clock;
    const OwnIdentity& identity;
};

class HttpEvents final : public EventSource {
public:
    struct Listeners {
        /// From now on Slack is heard.
        std::function<void()> on_listening;
        /// Nothing is served, for this reason.
        std::function<void(const std::string& reason)> on_cannot_listen;
        std::function<void(AdapterConcern, const std::string& concerned)> on_concern;
    };

    HttpEvents(const HttpSurroundings& surroundings,
               HttpListening listening,
               HttpEventsLimits limits,
               Listeners listeners);

    void start() override;
    void stop() override;
    void confirm(const std::vector<Confirmation>& confirmations) override;
    /// Nobody waits for it: what found no room was refused.
    void on_room() override {}

private:
    /// A request between its offer to the inbox and its answer. Lives in the task that answers it.
    struct Waiting;

    [[nodiscard]] Task<http::Response> receive(const http::Request& request);
    [[nodiscard]] Task<http::Response> hand_over(std::uint64_t serial, std::vector<Input> inputs);
    [[nodiscard]] SignatureVerdict verdict_on(const http::Request& request) const;
    void note_refusal(SignatureVerdict verdict);

    HttpSurroundings surroundings_;
    HttpListening listening_;
    HttpEventsLimits limits_;
    Listeners listeners_;
    PostDecoder decoder_;
    http::Server server_;
    std::map<std::uint64_t, Waiting*> waiting_;
    std::uint64_t last_serial_ = 0;
    std::uint64_t refusals_unlogged_ = 0;
    std::chrono::steady_clock::time_point refusal_logged_at_{};
};

}  // namespace ackd::slack
