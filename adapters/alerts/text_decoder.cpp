// A few lines, as a shell script writes them: the first is the title, the rest the detail.
//
//     curl -H 'X-Alert-Key: backup' -d 'Backup of db-1 did not run' https://ackd.example.com/in/ackd_…
//     curl -H 'X-Alert-Key: backup' -d 'resolved: it ran at 03:12' https://ackd.example.com/in/ackd_…
//
// Without a key its title is its key, so that "resolved: Backup of db-1 did not run" ends it. An empty body
// is a sign of life.
#include "adapters/alerts/posted_json.hpp"
#include "adapters/alerts/report_text.hpp"
#include "bot/lower_case.hpp"

#include <simdjson.h>

namespace ackd::alerts {

namespace {

constexpr std::string_view resolved_word = "resolved";

/// Takes the word "resolved" off the beginning of a title.
bool take_resolved(std::string& title)
{
    if (!lower_case(title.substr(0, resolved_word.size())).starts_with(resolved_word)) return false;
    std::string rest = title.substr(resolved_word.size());
    if (!rest.empty() && rest.front() != ':' && rest.front() != ' ') return false;
    rest.erase(0, std::min(rest.find_first_not_of(": "), rest.size()));
    title = std::move(rest);
    return true;
}

}  // namespace

DecodedAlerts decode_text(const AlertPost& post)
{
    if (!simdjson::validate_utf8(post.body.data(), post.body.size()) ||
        !simdjson::validate_utf8(post.key.data(), post.key.size()))
        return refused("The body is no text in UTF-8.");
    const std::string status = lower_case(one_line(post.status, alert_label_max));
    if (!status.empty() && status != "firing" && status != "acknowledged" && status != resolved_word)
        return refused("X-Alert-Status is \"firing\", \"acknowledged\" or \"resolved\".");

    const std::string_view body = post.body.substr(
        std::min(post.body.find_first_not_of(" \t\r\n"), post.body.size()));
    // Cut last: "resolved: …" must be the same title, however long it is.
    std::string title = one_line(body.substr(0, body.find('\n')), body.size());
    DecodedAlerts decoded;
    if (title.empty() && post.key.empty() && status.empty()) return decoded;
    AlertReport& report = decoded.reports.emplace_back();
    const bool begins_resolved = take_resolved(title);
    if (begins_resolved || status == resolved_word)
        report.status = AlertStatus::resolved;
    else if (status == "acknowledged")
        report.status = AlertStatus::acknowledged;
    const std::string key = one_line(post.key, post.key.size());
    report.key = key_of(key.empty() ? title : key);
    report.title = one_line(title.empty() ? key : title, alert_title_max);
    if (report.key.empty() || report.title.empty())
        return refused("The first line is the title, and there is none; nor is there a header X-Alert-Key.");
    if (const auto end = body.find('\n'); end != std::string_view::npos)
        report.detail = some_lines(body.substr(end + 1), alert_detail_max);
    return decoded;
}

}  // namespace ackd::alerts
