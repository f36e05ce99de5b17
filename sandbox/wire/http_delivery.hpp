// The HTTP side of an app: what is POSTed to it instead of sent over a socket, and what its answers mean.
//
// Every POST is signed and has to be answered with 2xx within three seconds; up to two redirects are
// followed. An address is used only after the app has answered its challenge. Which event is tried when is
// not decided here (the SocketHub and its EnvelopeQueue do), nor what an answer shows (Interactions does).
#pragma once

#include "sandbox/model/json.hpp"
#include "sandbox/model/outcome.hpp"
#include "sandbox/model/slack_identifiers.hpp"
#include "sandbox/wire/http_poster.hpp"

#include <optional>

namespace sandbox {

class HttpDelivery {
public:
    struct Answer {
        std::string failure;  ///< "" for 2xx, else as X-Slack-Retry-Reason says it
        bool wants_no_retry = false;
        std::string content_type;
        std::string body;
    };
    using OnAnswer = std::function<void(const Answer&)>;
    /// "" or why the address is not accepted.
    using OnVerified = std::function<void(const std::string& error)>;
    using Headers = std::vector<std::pair<std::string, std::string>>;

    HttpDelivery(std::function<Instant()> now,
                 std::string signing_secret,
                 std::chrono::milliseconds answer_within);

    /// What carries the POSTs; without one, none is answered.
    void set_poster(HttpPoster* poster) { poster_ = poster; }
    void set_signing_secret(std::string secret) { signing_secret_ = std::move(secret); }

    /// Challenges the address for events, if there is one.
    void verify(const RequestUrls& urls, OnVerified done);
    /// From now on the app is reached by HTTP; before it `is_verified`, nothing is POSTed.
    void choose(RequestUrls urls, bool is_verified);
    /// From now on the app is reached by its sockets.
    void choose_sockets() { urls_.reset(); }
    [[nodiscard]] bool is_chosen() const { return urls_.has_value(); }
    [[nodiscard]] bool is_ready() const { return urls_ && is_verified_; }
    [[nodiscard]] const std::optional<RequestUrls>& urls() const { return urls_; }

    /// `attempt` counts from 0; `reason` is why the one before it failed.
    void post_event(const std::string& payload, int attempt, const std::string& reason, OnAnswer done);
    void post_command(const Json& payload, OnAnswer done);
    void post_interaction(const Json& payload, OnAnswer done);

    /// What an answer carries, as a confirmation on a socket would: null, an object, or a text as {"text":
    /// …}. Refuses "invalid_answer".
    static Outcome<Json> payload_of(const Answer& answer);

private:
    struct Content {
        std::string type;
        std::string body;
        Headers headers;
    };
    void post(const LoopbackUrl& url, const Content& content, int redirects_left, OnAnswer done);

    std::function<Instant()> now_;
    std::string signing_secret_;
    std::chrono::milliseconds answer_within_;
    HttpPoster* poster_ = nullptr;
    std::optional<RequestUrls> urls_;
    bool is_verified_ = false;
    std::uint64_t challenges_made_ = 0;
};

}  // namespace sandbox
