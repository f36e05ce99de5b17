// What became of a Web API call, classified once, here: into an answer or a Fault that says what may be done
// next. Pure; pinned by a table of tests.
//
//   nothing reached Slack (refused, no address, TLS)          temporary      detail: what, where
//   sent, and then no readable answer (reset, time-out, 5xx)  unknown
//   429, ratelimited                                          rate_limited   retry_after
//   fatal_error, internal_error, request_timeout, …           unknown        Slack may have done it
//   team_added_to_org, org_login_required, …                  temporary      the workspace is being moved
//   token or scope                                            configuration  detail: what a person must do
//   message_not_found, thread_not_found                       not_found      detail: Slack's code
//   everything else                                           permanent      detail: Slack's code
#pragma once

#include "adapters/json/json_reading.hpp"
#include "bot/fault.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ackd::slack {

/// An HTTP response, as far as it matters here.
struct HttpAnswer {
    unsigned status = 0;
    std::optional<std::chrono::seconds> retry_after;
    std::string granted_scopes;                    ///< X-OAuth-Scopes
    std::optional<std::chrono::sys_seconds> date;  ///< the peer's clock
    std::string body;
};

/// `ok:true`, with its fields.
class ApiAnswer {
public:
    ApiAnswer(std::unique_ptr<JsonDocument> document,
              JsonValue root,
              std::string granted_scopes,
              std::optional<std::chrono::sys_seconds> date)
        : document_(std::move(document)), root_(root), granted_scopes_(std::move(granted_scopes)), date_(date)
    {}
    /// Valid as long as this answer lives.
    [[nodiscard]] JsonValue root() const { return root_; }
    [[nodiscard]] const std::string& granted_scopes() const { return granted_scopes_; }
    [[nodiscard]] std::optional<std::chrono::sys_seconds> date() const { return date_; }

private:
    std::unique_ptr<JsonDocument> document_;
    JsonValue root_;
    std::string granted_scopes_;
    std::optional<std::chrono::sys_seconds> date_;
};

/// Which secret a call is made with; its name is in the message when Slack does not accept it.
enum class TokenKind { app, bot };

struct ApiVerdict {
    Result<ApiAnswer> result;
    std::string code;      ///< Slack's error code, or empty
    std::string warnings;  ///< of an answer or a refusal: for the log
};

[[nodiscard]] ApiVerdict classify_answer(std::string_view method, TokenKind token, HttpAnswer answer);

/// The connection failed after the request had been sent, at least in part.
[[nodiscard]] Fault lost_answer(std::string_view method, std::string_view why);

/// The token itself is not accepted: no call with it can succeed any more.
[[nodiscard]] bool is_token_refusal(std::string_view code);

}  // namespace ackd::slack
