#include "adapters/web/alert_door.hpp"

#include "adapters/alerts/alert_decoder.hpp"
#include "adapters/web/web_responses.hpp"
#include "bot/sha256.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace ackd::web {

namespace {

constexpr int accepted = 202;

http::Response json_response(unsigned status, const nlohmann::json& json)
{
    http::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return response;
}

/// As the kind's senders expect it.
http::Response refusal_of(SourceKind kind, unsigned status, const std::string& problem)
{
    if (kind != SourceKind::pagerduty) return text_response(status, problem);
    return json_response(status,
                         {{"status", "invalid event"},
                          {"message", "Event object is invalid"},
                          {"errors", nlohmann::json::array({problem})}});
}

http::Response acceptance_of(SourceKind kind, const alerts::DecodedAlerts& decoded)
{
    if (kind == SourceKind::pagerduty) {
        return json_response(
            accepted,
            {{"status", "success"}, {"message", "Event processed"}, {"dedup_key", decoded.dedup_key}});
    }
    const std::size_t count = decoded.reports.size();
    return text_response(accepted,
                         count == 0   ? "Taken as a sign of life: it tells no alert."
                         : count == 1 ? "Taken: 1 alert."
                                      : fmt::format("Taken: {} alerts.", count));
}

/// What tells a request that is sent again from another one.
///
/// GitHub: its body. It has the ids and times of what happened, so no two events have the same; and it is
/// what the signature covers, unlike X-GitHub-Delivery, with which somebody who overheard a request could
/// send it again as a new one. Others: what they themselves name (Idempotency-Key).
///
/// Where nobody names anything, nothing: the same bytes may well be news, a second after the last time
/// ("down", "up", "down"), and an alert that is swallowed is worse than one that is counted twice. That is
/// all that a repeated request does, since what an alert is called (AlertReport::key) is the same.
std::string input_key_of(const AlertSource& source, const http::Request& request)
{
    const bool is_github = source.kind == SourceKind::github;
    const std::string_view named = is_github ? std::string_view{request.body}
                                             : request.field("Idempotency-Key");
    if (named.empty()) return "";
    return fmt::format("alerts {} {}", source.name, hex_of(sha256_of(named)));
}

/// Between the path's beginning and what PagerDuty's libraries put behind an address.
std::string_view key_in(std::string_view path)
{
    if (!path.starts_with(alert_path)) return path;
    path.remove_prefix(alert_path.size());
    constexpr std::string_view pagerduty_suffix = "/v2/enqueue";
    if (path.ends_with(pagerduty_suffix)) path.remove_suffix(pagerduty_suffix.size());
    return path;
}

}  // namespace

AlertDoor::Entry AlertDoor::entry_of(const http::RequestHead& head) const
{
    // Paths that are no address of ours take the same way: they are wrong keys like any other.
    const Sha256 hash = hash_of_web_key(key_in(head.path));
    Entry entry;
    for (const KnownSource& known : sources_) {
        const WebKeyId key = fitting_key(known.keys, hash);
        if (!key.exists()) continue;
        entry.source = &known.source;
        entry.key = key;
    }
    if (!head.path.starts_with(alert_path)) return {};
    return entry;
}

std::optional<http::Response> AlertDoor::refuse(const http::RequestHead& head, SteadyTime now)
{
    const Entry entry = entry_of(head);
    if (entry.source == nullptr) return strangers_->turn_away(head, now);
    if (head.method != "POST") return wrong_method("POST");
    const auto again_in = of_sources_.take(entry.source->name, entry.source->requests_per_minute, now);
    if (again_in.count() > 0) return too_fast(again_in);
    return std::nullopt;
}

AlertDoor::Taken AlertDoor::take(const http::Request& request, Instant now) const
{
    Taken taken;
    const Entry entry = entry_of(request);
    if (entry.source == nullptr) {  // revoked while the body was on its way
        taken.answer = not_found();
        return taken;
    }
    const AlertSource& source = *entry.source;
    taken.source = source.name;
    if (source.kind == SourceKind::github) {
        if (secrets_.current.empty()) {
            taken.answer = text_response(
                503,
                "There is no GITHUB_WEBHOOK_SECRET where ackd runs: nothing can be taken from GitHub without it.");
            return taken;
        }
        if (!alerts::is_signed_by_github(secrets_, request.field("X-Hub-Signature-256"), request.body)) {
            taken.answer = text_response(
                401,
                "The signature does not fit: is the webhook's secret the GITHUB_WEBHOOK_SECRET of where ackd runs?");
            return taken;
        }
    }
    alerts::AlertPost post;
    post.body = request.body;
    post.github_event = request.field("X-GitHub-Event");
    post.status = request.field("X-Alert-Status");
    post.key = request.field("X-Alert-Key");
    alerts::DecodedAlerts decoded = alerts::decode_alerts(source, post);
    if (!decoded.problem.empty()) {
        taken.answer = refusal_of(source.kind, 400, decoded.problem);
        return taken;
    }
    taken.answer = acceptance_of(source.kind, decoded);
    AlertsReceived received;
    received.source = source.name;
    received.reports = std::move(decoded.reports);
    received.key = entry.key;
    Input& input = taken.input.emplace();
    input.key = input_key_of(source, request);
    input.received_at = now;
    input.body = std::move(received);
    return taken;
}

http::Response AlertDoor::come_again()
{
    return web::come_again("It could not be kept yet: send it again.");
}

}  // namespace ackd::web
