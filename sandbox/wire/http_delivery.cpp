#include "sandbox/wire/http_delivery.hpp"

#include "sandbox/web_api/api_arguments.hpp"
#include "sandbox/wire/request_signature.hpp"

namespace sandbox {
namespace {

constexpr int redirects_max = 2;
constexpr const char* form_type = "application/x-www-form-urlencoded";
constexpr const char* json_type = "application/json";

bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 307 || status == 308;
}

bool is_json(const std::string& content_type)
{
    return content_type.compare(0, std::string_view{json_type}.size(), json_type) == 0;
}

/// The challenge comes back as plain text, as JSON or as a form.
bool repeats_challenge(const HttpDelivery::Answer& answer, const std::string& challenge)
{
    if (is_json(answer.content_type)) {
        const auto body = parse_json(answer.body);
        return body && text_member(*body, "challenge") == challenge;
    }
    if (answer.content_type.rfind(form_type, 0) == 0) return answer.body == "challenge=" + challenge;
    return answer.body == challenge;
}

}  // namespace

HttpDelivery::HttpDelivery(std::function<Instant()> now,
                           std::string signing_secret,
                           std::chrono::milliseconds answer_within)
    : now_(std::move(now)), signing_secret_(std::move(signing_secret)), answer_within_(answer_within)
{}

void HttpDelivery::post(const LoopbackUrl& url, const Content& content, int redirects_left, OnAnswer done)
{
    if (poster_ == nullptr) return done(Answer{"connection_failed", false, "", ""});
    const std::int64_t timestamp = unix_seconds(now_());
    OutgoingPost outgoing{url, content.type, content.headers, content.body};
    outgoing.headers.emplace_back("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
    outgoing.headers.emplace_back("X-Slack-Request-Timestamp", std::to_string(timestamp));
    outgoing.headers.emplace_back("X-Slack-Signature",
                                  sign_request(signing_secret_, timestamp, content.body));
    poster_->post(outgoing, answer_within_, [=, this](const PostOutcome& outcome) {
        Answer answer{outcome.failure, outcome.no_retry, outcome.content_type, outcome.body};
        if (!answer.failure.empty()) return done(answer);
        if (is_redirect(outcome.status) && !outcome.location.empty()) {
            answer.failure = "too_many_redirects";
            if (redirects_left == 0) return done(answer);
            auto next = LoopbackUrl::parse(outcome.location);
            if (!next && outcome.location.front() == '/')
                next = LoopbackUrl{url.host, url.port, outcome.location};
            if (next) return post(*next, content, redirects_left - 1, done);
            answer.failure = "connection_failed";
        } else if (outcome.status < 200 || outcome.status > 299) {
            answer.failure = "http_error";
        }
        done(answer);
    });
}

void HttpDelivery::verify(const RequestUrls& urls, OnVerified done)
{
    if (urls.events.host.empty()) return done("");
    const std::string challenge = "challenge-" + std::to_string(++challenges_made_) + "-of-this-sandbox";
    const Json question{
        {"type", "url_verification"}, {"token", "verification-token"}, {"challenge", challenge}};
    const Content content{json_type, dump(question), {}};
    post(urls.events, content, redirects_max, [challenge, done = std::move(done)](const Answer& answer) {
        if (!answer.failure.empty()) return done(answer.failure);
        done(repeats_challenge(answer, challenge) ? "" : "the answer is not the challenge");
    });
}

void HttpDelivery::choose(RequestUrls urls, bool is_verified)
{
    urls_ = std::move(urls);
    is_verified_ = is_verified;
}

void HttpDelivery::post_event(const std::string& payload,
                              int attempt,
                              const std::string& reason,
                              OnAnswer done)
{
    Content content{json_type, payload, {}};
    if (attempt > 0) {
        content.headers.emplace_back("X-Slack-Retry-Num", std::to_string(attempt));
        content.headers.emplace_back("X-Slack-Retry-Reason", reason);
    }
    post(urls_->events, content, redirects_max, std::move(done));
}

void HttpDelivery::post_command(const Json& payload, OnAnswer done)
{
    Content content{form_type, "", {}};
    for (const auto& [name, value] : payload.items())
        content.body += (content.body.empty() ? "" : "&") + name + "=" +
                        encode_form_text(value.get<std::string>());
    post(urls_->for_command(text_member(payload, "command")), content, redirects_max, std::move(done));
}

void HttpDelivery::post_interaction(const Json& payload, OnAnswer done)
{
    const Content content{form_type, "payload=" + encode_form_text(dump(payload)), {}};
    post(urls_->interactivity, content, redirects_max, std::move(done));
}

Outcome<Json> HttpDelivery::payload_of(const Answer& answer)
{
    if (answer.body.empty()) return Json{};
    if (!is_json(answer.content_type)) return Json{{"text", answer.body}};
    auto payload = parse_json(answer.body);
    if (!payload || !payload->is_object())
        return Refusal{"invalid_answer", {"the body is not a JSON object"}};
    return *std::move(payload);
}

}  // namespace sandbox
