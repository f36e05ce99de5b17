// Slack's Web API as those see it who use it: a method and its arguments in, an answer or a classified Fault
// out.
#pragma once

#include "adapters/asio/task.hpp"
#include "adapters/slack/api_outcome.hpp"
#include "adapters/slack/call_turns.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace ackd::slack {

/// A method with its arguments. Complex arguments are JSON text.
class ApiCall {
public:
    explicit ApiCall(std::string method, TokenKind token = TokenKind::bot)
        : method_(std::move(method)), token_(token)
    {}
    /// Leaves out an empty value.
    ApiCall& with(std::string_view name, std::string_view value);
    /// An empty value as well: it is what the thing is set to.
    ApiCall& set(std::string_view name, std::string_view value);
    ApiCall& at(CallUrgency urgency)
    {
        urgency_ = urgency;
        return *this;
    }

    [[nodiscard]] const std::string& method() const { return method_; }
    [[nodiscard]] TokenKind token() const { return token_; }
    [[nodiscard]] const std::string& form() const { return form_; }
    [[nodiscard]] CallUrgency urgency() const { return urgency_; }

private:
    std::string method_;
    TokenKind token_;
    std::string form_;  ///< application/x-www-form-urlencoded
    CallUrgency urgency_ = CallUrgency::unhurried;
};

class SlackApi {
public:
    virtual ~SlackApi() = default;

    [[nodiscard]] virtual Task<Result<ApiAnswer>> call(ApiCall call) = 0;

    /// POSTs JSON to a URL that Slack gave us for an answer: urgent. The answer's status is 2xx; else a
    /// Fault: `permanent` for a refusal, otherwise as for calls.
    [[nodiscard]] virtual Task<Result<HttpAnswer>> post_json(std::string url, std::string body) = 0;
};

}  // namespace ackd::slack
