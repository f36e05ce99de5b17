#include "adapters/slack/api_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ackd::slack {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view code, const std::array<std::string_view, N>& codes)
{
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

constexpr std::array<std::string_view, 9> token_refusals{"invalid_auth",
                                                         "not_authed",
                                                         "account_inactive",
                                                         "token_revoked",
                                                         "token_expired",
                                                         "team_disabled",
                                                         "forbidden_team",
                                                         "user_removed_from_team",
                                                         "not_allowed_token_type"};

constexpr std::array<std::string_view, 4> outcomes_unknown{
    "fatal_error", "internal_error", "request_timeout", "service_unavailable"};

constexpr std::array<std::string_view, 2> rate_limits{"ratelimited", "rate_limited"};

/// The workspace is being moved (to an Enterprise Grid, or within Slack): not done, and possible again
/// when that is over.
constexpr std::array<std::string_view, 3> migrations{
    "team_added_to_org", "org_login_required", "migration_in_progress"};

constexpr std::array<std::string_view, 7> permissions{"no_permission",
                                                      "permission_denied",
                                                      "access_denied",
                                                      "accesslimited",
                                                      "team_access_not_granted",
                                                      "ekm_access_denied",
                                                      "enterprise_is_restricted"};

constexpr std::array<std::string_view, 2> missing_things{"message_not_found", "thread_not_found"};

constexpr std::array<std::string_view, 2> closed_doors{"channel_not_found", "not_in_channel"};

std::string secret_of(TokenKind token)
{
    return token == TokenKind::app ? "app-level token (SLACK_APP_TOKEN, xapp-…)"
                                   : "bot token (SLACK_BOT_TOKEN, xoxb-…)";
}

std::string what_to_do(std::string_view method, TokenKind token, std::string_view code, JsonValue root)
{
    const std::string secret = secret_of(token);
    if (code == "missing_scope") {
        return fmt::format(
            "missing_scope: {} needs the scope {}. Add it under OAuth & Permissions in the app's "
            "settings and reinstall the app to the workspace",
            method,
            text_of(root, "needed"));
    }
    if (code == "not_allowed_token_type") {
        return fmt::format(
            "{}: Slack wants another kind of token for {} than the {} given. Look whether the two "
            "tokens were mixed up",
            code,
            method,
            secret);
    }
    if (is_token_refusal(code)) {
        return fmt::format(
            "{}: Slack does not accept the {}. Copy it again from the app's settings; if the app was "
            "removed from the workspace, reinstall it first",
            code,
            secret);
    }
    return fmt::format(
        "{}: the workspace does not allow {}. An administrator must permit it for this app", code, method);
}

std::string warnings_in(JsonValue root)
{
    std::string warnings{text_of(root, "warning")};
    const auto metadata = member_of(root, "response_metadata");
    for (const JsonValue item : metadata ? items_of(*metadata, "messages") : std::vector<JsonValue>{}) {
        std::string_view message;
        if (item.get(message) != simdjson::SUCCESS) continue;
        if (!warnings.empty()) warnings += "; ";
        warnings += message;
    }
    return warnings;
}

Fault refusal(std::string_view method,
              TokenKind token,
              std::string_view code,
              JsonValue root,
              std::chrono::milliseconds retry_after)
{
    if (is_one_of(code, rate_limits))
        return {FaultKind::rate_limited, fmt::format("{}: {}", method, code), retry_after};
    if (is_one_of(code, migrations)) {
        return {FaultKind::temporary, fmt::format("{}: {}: the workspace is being moved", method, code)};
    }
    if (is_one_of(code, outcomes_unknown)) return {FaultKind::unknown, fmt::format("{}: {}", method, code)};
    if (is_token_refusal(code) || is_one_of(code, permissions) || code == "missing_scope") {
        return {FaultKind::configuration, what_to_do(method, token, code, root)};
    }
    if (is_one_of(code, missing_things)) return {FaultKind::not_found, std::string{code}};
    if (is_one_of(code, closed_doors)) return {FaultKind::not_a_member, std::string{code}};
    return {FaultKind::permanent, std::string{code}};
}

}  // namespace

bool is_token_refusal(std::string_view code)
{
    return is_one_of(code, token_refusals);
}

Fault lost_answer(std::string_view method, std::string_view why)
{
    return Fault{FaultKind::unknown, fmt::format("{}: no answer: {}", method, why)};
}

ApiVerdict classify_answer(std::string_view method, TokenKind token, HttpAnswer answer)
{
    // Without a Retry-After, a pause that Slack's own clients make.
    constexpr std::chrono::seconds usual_pause{30};
    const std::chrono::milliseconds retry_after = answer.retry_after.value_or(usual_pause);
    const auto http_status = [&] { return fmt::format("{}: HTTP status {}", method, answer.status); };

    if (answer.status == 429)
        return {Fault{FaultKind::rate_limited, http_status(), retry_after}, "ratelimited", {}};
    if (answer.status >= 500 || answer.status == 408)
        return {Fault{FaultKind::unknown, http_status()}, {}, {}};

    auto document = std::make_unique<JsonDocument>();
    const auto root = document->parse(answer.body);
    const bool readable = root && root->is_object() && member_of(*root, "ok");
    if (!readable && answer.status >= 300) {
        // No Slack: a proxy, or another server at this address. It has not done anything.
        return {Fault{FaultKind::temporary, http_status() + "; is the API address right?"}, {}, {}};
    }
    if (!readable) return {lost_answer(method, "the body is not Slack's JSON"), {}, {}};

    std::string warnings = warnings_in(*root);
    if (truth_of(*root, "ok")) {
        return {ApiAnswer{std::move(document), *root, std::move(answer.granted_scopes), answer.date},
                {},
                std::move(warnings)};
    }
    std::string code{text_of(*root, "error")};
    if (code.empty()) code = "an error without a code";
    Fault fault = refusal(method, token, code, *root, retry_after);
    return {std::move(fault), std::move(code), std::move(warnings)};
}

}  // namespace ackd::slack
