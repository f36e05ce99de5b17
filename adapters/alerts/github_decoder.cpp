// GitHub's webhooks: checks, workflow runs, deployments, and issues with the source's label.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads
//
// What came to a good end resolves what came to a bad one under the same name. A run that was cancelled or
// skipped says neither.
#include "adapters/alerts/posted_json.hpp"
#include "adapters/alerts/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace ackd::alerts {

namespace {

/// Nothing: it says neither that something is wrong nor that it is over.
std::optional<AlertStatus> status_of(std::string_view conclusion)
{
    for (const std::string_view bad : {"failure", "timed_out", "startup_failure", "error"}) {
        if (conclusion == bad) return AlertStatus::firing;
    }
    return conclusion == "success" ? std::optional{AlertStatus::resolved} : std::nullopt;
}

class GithubEvent {
public:
    GithubEvent(const AlertSource& source, JsonValue body) : source_(source), body_(body) {}

    DecodedAlerts decode(std::string_view event)
    {
        if (event == "check_run")
            run("check_run", text_at(body_, "check_run", "check_suite", "head_branch"));
        else if (event == "check_suite")
            run("check_suite", text_at(body_, "check_suite", "head_branch"));
        else if (event == "workflow_run")
            run("workflow_run", text_at(body_, "workflow_run", "head_branch"));
        else if (event == "deployment_status")
            deployment();
        else if (event == "issues")
            issue();
        return std::move(decoded_);
    }

private:
    [[nodiscard]] std::string_view repository() const { return text_at(body_, "repository", "full_name"); }
    [[nodiscard]] bool is_watched(std::string_view branch) const
    {
        if (source_.branches.empty()) return branch == text_at(body_, "repository", "default_branch");
        return std::find(source_.branches.begin(), source_.branches.end(), branch) != source_.branches.end();
    }

    /// What all of them have; `key` tells it from others of its repository.
    AlertReport& report(AlertStatus status, std::vector<std::string_view> key)
    {
        key.insert(key.begin(), repository());
        AlertReport& report = decoded_.reports.emplace_back();
        report.key = key_of(key);
        report.status = status;
        report.group = key_of(repository());
        add_label(report, "repository", repository());
        return report;
    }

    /// A check, a suite of them, or a workflow, which are told alike.
    void run(std::string_view kind, std::string_view branch)
    {
        const auto status = status_of(text_at(body_, kind, "conclusion"));
        if (text_of(body_, "action") != "completed" || !status || !is_watched(branch)) return;
        const std::string_view name = first_of(
            {text_at(body_, kind, "name"), text_at(body_, kind, "app", "name"), kind});
        const std::string_view conclusion = text_at(body_, kind, "conclusion");
        AlertReport& alert = report(*status, {kind, name, branch});
        alert.title = one_line(fmt::format("{}: {} on {} of {}", name, conclusion, branch, repository()),
                               alert_title_max);
        alert.detail = some_lines(first_of({text_at(body_, kind, "output", "title"),
                                            text_at(body_, kind, "display_title"),
                                            text_at(body_, kind, "head_commit", "message")}),
                                  alert_detail_max);
        alert.link = link_of(
            first_of({text_at(body_, kind, "html_url"), text_at(body_, "repository", "html_url")}));
        alert.began_at = instant_of(
            first_of({text_at(body_, kind, "completed_at"), text_at(body_, kind, "updated_at")}));
        add_label(alert, "branch", branch);
        add_label(alert, "commit", text_at(body_, kind, "head_sha").substr(0, 12));
    }

    void deployment()
    {
        const auto status = status_of(text_at(body_, "deployment_status", "state"));
        if (!status) return;
        const std::string_view place = first_of({text_at(body_, "deployment_status", "environment"),
                                                 text_at(body_, "deployment", "environment"),
                                                 "an environment"});
        AlertReport& alert = report(*status, {"deployment", place});
        alert.title = one_line(fmt::format("Deployment of {} to {}: {}",
                                           repository(),
                                           place,
                                           text_at(body_, "deployment_status", "state")),
                               alert_title_max);
        alert.detail = some_lines(text_at(body_, "deployment_status", "description"), alert_detail_max);
        alert.link = link_of(first_of({text_at(body_, "deployment_status", "log_url"),
                                       text_at(body_, "deployment_status", "environment_url"),
                                       text_at(body_, "repository", "html_url")}));
        alert.began_at = instant_of(text_at(body_, "deployment_status", "created_at"));
        add_label(alert, "environment", place);
        add_label(alert, "ref", text_at(body_, "deployment", "ref"));
    }

    [[nodiscard]] bool has_label(JsonValue issue) const
    {
        const auto labels = items_of(issue, "labels");
        return std::any_of(labels.begin(), labels.end(), [&](JsonValue each) {
            return text_of(each, "name") == source_.label;
        });
    }

    void issue()
    {
        const auto posted = member_of(body_, "issue");
        if (source_.label.empty() || !posted) return;
        const std::string_view action = text_of(body_, "action");
        const bool is_about_label = text_at(body_, "label", "name") == source_.label;
        const bool begins = (action == "opened" || action == "reopened") && has_label(*posted);
        const bool is_marked = action == "labeled" && is_about_label && text_of(*posted, "state") != "closed";
        const bool ends = (action == "closed" || action == "deleted" || action == "transferred") &&
                          has_label(*posted);
        const bool is_unmarked = action == "unlabeled" && is_about_label;
        if (!begins && !is_marked && !ends && !is_unmarked) return;
        const std::string number = std::to_string(number_of(*posted, "number"));
        AlertReport& alert = report(ends || is_unmarked ? AlertStatus::resolved : AlertStatus::firing,
                                    {"issue", number});
        alert.title = one_line(text_of(*posted, "title"), alert_title_max);
        if (alert.title.empty())
            alert.title = one_line(fmt::format("Issue {} of {}", number, repository()), alert_title_max);
        alert.detail = some_lines(text_of(*posted, "body"), alert_detail_max);
        alert.link = link_of(text_of(*posted, "html_url"));
        alert.began_at = instant_of(text_of(*posted, "created_at"));
        add_label(alert, "issue", number);
    }

    const AlertSource& source_;
    JsonValue body_;
    DecodedAlerts decoded_;
};

}  // namespace

DecodedAlerts decode_github(const AlertSource& source, std::string_view event, std::string_view body)
{
    if (event.empty())
        return refused("The header X-GitHub-Event is missing: only GitHub's webhooks are taken here.");
    const auto root = posted_object(body);
    if (!root) {
        return refused(body.starts_with("payload=")
                           ? "The body is a form: choose application/json as the webhook's content type."
                           : refused_as_no_json().problem);
    }
    return GithubEvent{source, *root}.decode(event);
}

}  // namespace ackd::alerts
