// What programs post to tell alerts, and what becomes of it. The samples are ours, after the documentation of
// each form.
#include "adapters/alerts/alert_decoder.hpp"
#include "bot/sha256.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace ackd;
using namespace ackd::alerts;
using namespace std::chrono_literals;

namespace {

/// One report, a line for each thing that is said.
std::string words_of(const AlertReport& report)
{
    std::string words = std::string{name_of(report.status)} + " " + report.key + "\n" + report.title + "\n";
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) words += std::string{name} + ": " + value + "\n";
    };
    add("detail", report.detail);
    add("severity", report.severity);
    add("group", report.group);
    add("link", report.link);
    add("playbook", report.playbook);
    for (const auto& [name, value] : report.labels) words += name + "=" + value + "\n";
    if (report.began_at != Instant{})
        words += "began " + std::to_string(to_microseconds(report.began_at)) + "\n";
    return words;
}

std::string words_of(const DecodedAlerts& decoded)
{
    if (!decoded.problem.empty()) return "refused: " + decoded.problem + "\n";
    std::string words;
    for (const AlertReport& report : decoded.reports) words += (words.empty() ? "" : "\n") + words_of(report);
    return words.empty() ? "a sign of life\n" : words;
}

AlertSource source_of(SourceKind kind)
{
    AlertSource source;
    source.name = "ops";
    source.kind = kind;
    source.channel = ChannelId{"C1"};
    return source;
}

std::string decoded(SourceKind kind, std::string_view body)
{
    AlertPost post;
    post.body = body;
    return words_of(decode_alerts(source_of(kind), post));
}

std::string github(const AlertSource& source, const char* event, std::string_view body)
{
    AlertPost post;
    post.body = body;
    post.github_event = event;
    return words_of(decode_alerts(source, post));
}

std::string text(std::string_view body, std::string_view key = "", std::string_view status = "")
{
    AlertPost post;
    post.body = body;
    post.key = key;
    post.status = status;
    return words_of(decode_alerts(source_of(SourceKind::text), post));
}

}  // namespace

TEST_CASE("alertmanager: each alert is a report of its own, by its fingerprint")
{
    CHECK(decoded(SourceKind::alertmanager, R"({
        "version": "4", "groupKey": "{}:{alertname=\"SlowCheckout\"}", "status": "firing", "receiver": "ackd",
        "groupLabels": {"alertname": "SlowCheckout"}, "externalURL": "http://am.example:9093",
        "alerts": [
            {"status": "firing", "fingerprint": "00ab", "startsAt": "2026-03-02T09:30:00.25+01:00",
             "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "https://prom.example/graph?g0.expr=x",
             "labels": {"alertname": "SlowCheckout", "instance": "shop-3", "severity": "Critical"},
             "annotations": {"summary": "Checkout is slow\n on shop-3", "description": "p99 is 4 s.\n\n\n\nSince 9:30.",
                             "runbook_url": "https://wiki.example/slow"}},
            {"status": "resolved", "fingerprint": "00ac", "startsAt": "nonsense",
             "labels": {"alertname": "SlowCheckout", "instance": "shop-4"}}]})") ==
          "firing 00ab\n"
          "Checkout is slow on shop-3\n"
          "detail: p99 is 4 s.\n\nSince 9:30.\n"
          "severity: critical\n"
          "group: {}:{alertname=\"SlowCheckout\"}\n"
          "link: https://prom.example/graph?g0.expr=x\n"
          "playbook: https://wiki.example/slow\n"
          "alertname=SlowCheckout\ninstance=shop-3\nseverity=Critical\n"
          "began 1772440200250000\n"
          "\n"
          "resolved 00ac\n"
          "SlowCheckout on shop-4\n"
          "group: {}:{alertname=\"SlowCheckout\"}\n"
          "link: http://am.example:9093\n"
          "alertname=SlowCheckout\ninstance=shop-4\n");
}

TEST_CASE("alertmanager: the alert that always fires says only that its source is alive")
{
    CHECK(decoded(SourceKind::alertmanager,
                  R"({"alerts": [{"status": "firing", "labels": {"alertname": "Watchdog"}}]})") ==
          "a sign of life\n");
    CHECK(decoded(SourceKind::alertmanager, R"({"alerts": []})") == "a sign of life\n");
}

TEST_CASE("alertmanager: what is not understood is refused as a whole, with a reason")
{
    struct Row {
        const char* body;
        const char* told;
    };
    const Row rows[] = {
        {"", "refused: The body is no JSON in UTF-8, nested at most 64 deep.\n"},
        {"[]", "refused: The body is no JSON in UTF-8, nested at most 64 deep.\n"},
        {"{\"alerts\": \"\xff\"}", "refused: The body is no JSON in UTF-8, nested at most 64 deep.\n"},
        {"{}", "refused: The body has no list \"alerts\": is this the address of another kind of source?\n"},
        {R"({"alerts": {}})",
         "refused: The body has no list \"alerts\": is this the address of another kind of source?\n"},
        {R"({"alerts": [1]})", "refused: One of the \"alerts\" has no \"labels\".\n"},
        {R"({"alerts": [{"status": "firing", "labels": {}}, {"status": "odd", "labels": {}}]})",
         "refused: An alert has the status \"odd\", and \"firing\" or \"resolved\" is known.\n"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.body);
        CHECK(decoded(SourceKind::alertmanager, row.body) == row.told);
    }
    CHECK(decoded(SourceKind::alertmanager, std::string(100, '[') + std::string(100, ']')) == rows[0].told);
}

TEST_CASE("alertmanager: without a fingerprint the labels tell alerts apart, and nothing is without a name")
{
    AlertPost post;
    const std::string body = R"({"alerts": [
        {"status": "firing", "labels": {"a": "1 b=2"}}, {"status": "firing", "labels": {"a": "1", "b": "2"}},
        {"status": "firing", "labels": {}}]})";
    post.body = body;
    const auto reports = decode_alerts(source_of(SourceKind::alertmanager), post).reports;
    REQUIRE(reports.size() == 3);
    CHECK(reports[0].key != reports[1].key);
    CHECK(reports[2].key == "An alert without a name");
    CHECK(reports[2].title == "An alert without a name");
}

TEST_CASE("one request tells a bounded number of alerts")
{
    std::string body = R"({"alerts": [)";
    for (std::size_t count = 0; count <= reports_max; ++count)
        body += std::string{count == 0 ? "" : ","} + R"({"status":"firing","labels":{"a":"b"}})";
    CHECK(decoded(SourceKind::alertmanager, body + "]}") ==
          "refused: One request tells at most 5000 alerts, and this one 5001: send them in parts.\n");
}

TEST_CASE("grafana: the panel is where to look, and the values are told")
{
    CHECK(decoded(SourceKind::grafana, R"({
        "receiver": "ackd", "status": "firing", "orgId": 1, "version": "1", "groupKey": "{}/{}:{}",
        "externalURL": "https://grafana.example/", "title": "[FIRING:1] Disk", "state": "alerting",
        "alerts": [{"status": "firing", "fingerprint": "57c6", "startsAt": "2026-03-02T08:30:00Z",
            "labels": {"alertname": "Disk full", "grafana_folder": "db"}, "annotations": {"summary": "db-1 is full"},
            "valueString": "[ var='A' labels={} value=97 ]", "generatorURL": "https://grafana.example/alerting/1",
            "dashboardURL": "https://grafana.example/d/1", "panelURL": "https://grafana.example/d/1?viewPanel=2"}]})") ==
          "firing 57c6\ndb-1 is full\ndetail: [ var='A' labels={} value=97 ]\ngroup: {}/{}:{}\n"
          "link: https://grafana.example/d/1?viewPanel=2\nalertname=Disk full\ngrafana_folder=db\n"
          "began 1772440200000000\n");
}

TEST_CASE("github: a failed run of the watched branch is an alert, and its next success the end of it")
{
    const auto run = [](const char* conclusion, const char* branch) {
        return std::string{R"({"action": "completed", "workflow_run": {"name": "build", "conclusion": ")"} +
               conclusion + R"(", "head_branch": ")" + branch +
               R"(", "head_sha": "0123456789abcdef", "html_url": "https://github.com/o/r/actions/runs/1",
                "display_title": "Mend it", "updated_at": "2026-03-02T08:30:00Z"},
                "repository": {"full_name": "o/r", "default_branch": "main"}})";
    };
    AlertSource source = source_of(SourceKind::github);
    const std::string said =
        "group: o/r\nlink: https://github.com/o/r/actions/runs/1\nrepository=o/r\nbranch=main\n"
        "commit=0123456789ab\nbegan 1772440200000000\n";
    CHECK(github(source, "workflow_run", run("failure", "main")) ==
          "firing o/r workflow_run build main\nbuild: failure on main of o/r\ndetail: Mend it\n" + said);
    CHECK(github(source, "workflow_run", run("success", "main")) ==
          "resolved o/r workflow_run build main\nbuild: success on main of o/r\ndetail: Mend it\n" + said);
    CHECK(github(source, "workflow_run", run("cancelled", "main")) == "a sign of life\n");
    CHECK(github(source, "workflow_run", run("failure", "somebodys-work")) == "a sign of life\n");
    source.branches = {"release"};
    CHECK(github(source, "workflow_run", run("failure", "main")) == "a sign of life\n");
    CHECK(github(source, "workflow_run", run("timed_out", "release")).starts_with("firing "));
}

TEST_CASE("github: checks, suites and deployments have their names")
{
    const AlertSource source = source_of(SourceKind::github);
    const std::string repository = R"("repository": {"full_name": "o/r", "default_branch": "main"}})";
    CHECK(github(source,
                 "check_run",
                 R"({"action": "completed", "check_run": {"name": "lint", "conclusion": "failure",
                     "check_suite": {"head_branch": "main"}, "output": {"title": "3 warnings"}}, )" +
                     repository)
              .starts_with(
                  "firing o/r check_run lint main\nlint: failure on main of o/r\ndetail: 3 warnings\n"));
    CHECK(github(source,
                 "check_suite",
                 R"({"action": "completed", "check_suite": {"head_branch": "main", "conclusion": "success",
                     "app": {"name": "CI"}}, )" +
                     repository)
              .starts_with("resolved o/r check_suite CI main\nCI: success on main of o/r\n"));
    CHECK(
        github(source,
               "deployment_status",
               R"({"action": "created", "deployment_status": {"state": "error", "environment": "production",
                     "description": "No room"}, "deployment": {"ref": "v7"}, )" +
                   repository) ==
        "firing o/r deployment production\nDeployment of o/r to production: error\ndetail: No room\ngroup: o/r\n"
        "repository=o/r\nenvironment=production\nref=v7\n");
    CHECK(github(source,
                 "deployment_status",
                 R"({"deployment_status": {"state": "pending"}, )" + repository) == "a sign of life\n");
}

TEST_CASE("github: an issue is an alert for as long as it is open and has the label")
{
    AlertSource source = source_of(SourceKind::github);
    source.label = "incident";
    const auto issue = [](const std::string& action, const char* label, const char* labels) {
        return R"({"action": ")" + action + R"(", "label": {"name": ")" + label +
               R"("}, "issue": {"number": 7, "title": "It burns", "state": "open",
                   "html_url": "https://github.com/o/r/issues/7", "labels": [{"name": ")" +
               labels + R"("}]}, "repository": {"full_name": "o/r"}})";
    };
    const auto status = [&](const std::string& body) {
        const std::string words = github(source, "issues", body);
        return words.substr(0, words.find('\n'));
    };
    CHECK(status(issue("opened", "", "incident")) == "firing o/r issue 7");
    CHECK(status(issue("opened", "", "question")) == "a sign of life");
    CHECK(status(issue("labeled", "incident", "incident")) == "firing o/r issue 7");
    CHECK(status(issue("labeled", "other", "incident")) == "a sign of life");
    CHECK(status(issue("closed", "", "incident")) == "resolved o/r issue 7");
    CHECK(status(issue("unlabeled", "incident", "other")) == "resolved o/r issue 7");
    source.label = "";
    CHECK(status(issue("opened", "", "")) == "a sign of life");
}

TEST_CASE("github: a ping is a sign of life, and what is not GitHub's is told how it would be")
{
    const AlertSource source = source_of(SourceKind::github);
    CHECK(github(source, "ping", R"({"zen": "Keep it simple.", "hook_id": 1})") == "a sign of life\n");
    CHECK(github(source, "", "{}") ==
          "refused: The header X-GitHub-Event is missing: only GitHub's webhooks are taken here.\n");
    CHECK(github(source, "ping", "payload=%7B%7D") ==
          "refused: The body is a form: choose application/json as the webhook's content type.\n");
}

TEST_CASE("pagerduty: trigger, acknowledge and resolve, by the key that the sender chose")
{
    CHECK(decoded(SourceKind::pagerduty,
                  R"({"routing_key": "x", "event_action": "trigger", "dedup_key": "disk-1",
        "payload": {"summary": "Disk is full", "source": "db-1", "severity": "critical", "component": "disk",
                    "group": "db", "class": "space", "timestamp": "2026-03-02T08:30:00Z",
                    "custom_details": {"free": 3, "path": "/var"}},
        "links": [{"href": "javascript:alert"}, {"href": "https://x.example/1", "text": "Graph"}]
})") == "firing disk-1\nDisk is full\nseverity: critical\ngroup: db\nlink: https://x.example/1\nsource=db-1\n"
        "component=disk\ngroup=db\nclass=space\nfree=3\npath=/var\nbegan 1772440200000000\n");
    CHECK(decoded(SourceKind::pagerduty, R"({"event_action": "acknowledge", "dedup_key": "disk-1"})") ==
          "acknowledged disk-1\ndisk-1\n");
    CHECK(decoded(SourceKind::pagerduty, R"({"event_action": "resolve", "dedup_key": "disk-1"})") ==
          "resolved disk-1\ndisk-1\n");
    CHECK(decoded(SourceKind::pagerduty, R"({"event_action": "resolve"})") ==
          "refused: \"dedup_key\" is missing: it says which alert to resolve.\n");
    CHECK(decoded(SourceKind::pagerduty, R"({"event_action": "trigger", "payload": {}})") ==
          "refused: \"payload.summary\" is missing: it is what people read first.\n");
    CHECK(
        decoded(SourceKind::pagerduty, R"({"event_action": "change"})") ==
        "refused: \"event_action\" is \"change\", and \"trigger\", \"acknowledge\" or \"resolve\" is known.\n");
}

TEST_CASE("pagerduty: an event without a key is given one, the same when it is sent again")
{
    const std::string body = R"({"event_action": "trigger", "payload": {"summary": "Disk is full"}})";
    const std::string other = R"({"event_action": "trigger", "payload": {"summary": "Disk is full!"}})";
    const DecodedAlerts first = decode_pagerduty(body);
    CHECK(first.dedup_key.size() == 32);
    CHECK(first.reports.front().key == first.dedup_key);
    CHECK(decode_pagerduty(body).dedup_key == first.dedup_key);
    CHECK(decode_pagerduty(other).dedup_key != first.dedup_key);
}

TEST_CASE("json: the mapping says what is where")
{
    AlertMapping mapping;
    mapping.alerts = "/checks";
    mapping.key = "/id";
    mapping.title = "/text";
    mapping.detail = "/more/0";
    mapping.severity = "/level";
    mapping.status = "/state";
    mapping.group = "/of";
    mapping.link = "/see";
    mapping.firing = {"down"};
    mapping.resolved = {"up", "true"};
    CHECK(
        words_of(decode_mapped_json(mapping, R"({"checks": [
        {"id": 7, "text": "shop is down", "more": ["since 9:30"], "level": "HIGH", "state": "Down", "of": "shop",
         "see": "https://x.example"},
        {"id": 8, "text": "pay is up", "state": "UP", "see": "ftp://x.example"},
        {"id": 9, "text": "mail is up", "state": true},
        {"id": 10, "text": "cart is odd", "state": "odd"}]})")) ==
        "firing 7\nshop is down\ndetail: since 9:30\nseverity: high\ngroup: shop\nlink: https://x.example\n\n"
        "resolved 8\npay is up\n\nresolved 9\nmail is up\n");
    CHECK(words_of(decode_mapped_json(mapping, "[]")) == "refused: There is no list at \"/checks\".\n");
    CHECK(words_of(decode_mapped_json(mapping, R"({"checks": [{"state": "down"}]})")) ==
          "refused: There is no title at \"/text\".\n");
}

TEST_CASE("json: with nothing but a title, the body is an alert that fires, by its title")
{
    AlertMapping mapping;
    mapping.title = "/0/a~1b";
    CHECK(words_of(decode_mapped_json(mapping, R"([{"a/b": "It rains"}])")) == "firing It rains\nIt rains\n");
    mapping.status = "/1";
    CHECK(
        words_of(decode_mapped_json(mapping, R"([{"a/b": "It rains"}, "anything"])")).starts_with("firing "));
    CHECK(words_of(decode_mapped_json(mapping, R"([{"a/b": "It rains"}, "OK"])")).starts_with("resolved "));
    CHECK(words_of(decode_mapped_json(mapping, R"([{"a/b": "It rains"}, {}])")).starts_with("firing "));
}

TEST_CASE("text: the first line is the title, and \"resolved\" ends it")
{
    CHECK(text("Backup did not run\r\nLast: Sunday.\nHost: db-1\n") ==
          "firing Backup did not run\nBackup did not run\ndetail: Last: Sunday.\nHost: db-1\n");
    CHECK(text("Resolved: Backup did not run") == "resolved Backup did not run\nBackup did not run\n");
    CHECK(text("resolvedly odd") == "firing resolvedly odd\nresolvedly odd\n");
    CHECK(text("It ran at 03:12", "backup", "resolved") == "resolved backup\nIt ran at 03:12\n");
    CHECK(text("", "backup", "resolved") == "resolved backup\nbackup\n");
    CHECK(text("Ann looks", "backup", "Acknowledged") == "acknowledged backup\nAnn looks\n");
    CHECK(text(" \n") == "a sign of life\n");
    CHECK(text("resolved") ==
          "refused: The first line is the title, and there is none; nor is there a header X-Alert-Key.\n");
    CHECK(text("x", "", "over") ==
          "refused: X-Alert-Status is \"firing\", \"acknowledged\" or \"resolved\".\n");
    CHECK(text("\xff") == "refused: The body is no text in UTF-8.\n");
    const std::string title(400, 'x');
    AlertPost fires;
    fires.body = title;
    AlertPost ends;
    const std::string over = "resolved: " + title;
    ends.body = over;
    CHECK(decode_text(fires).reports.front().key == decode_text(ends).reports.front().key);
}

TEST_CASE("what is too long is cut at a character, and a key that is too long is told apart all the same")
{
    std::string title(299, 'a');
    title += "é and more";
    AlertPost post;
    post.body = title;
    const AlertReport report = decode_text(post).reports.front();
    CHECK(report.title == std::string(299, 'a'));
    CHECK(report.key == hex_of(sha256_of(title)));
}
