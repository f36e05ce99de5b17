// What programs post to tell alerts: the first byte is the kind of source, the second whether a mapping looks
// for a list; then a line each for GitHub's event, and the status and key of a text; the rest is the body.
#include "adapters/alerts/alert_decoder.hpp"
#include "adapters/alerts/github_signature.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <simdjson.h>

#include <string>

using namespace ackd;
using namespace ackd::alerts;

namespace {

void expect_fit(const std::string& text, std::size_t bytes_max, const char* what)
{
    fuzz::expect(text.size() <= bytes_max, what);
    fuzz::expect(simdjson::validate_utf8(text), "it is UTF-8");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Choices choices{fuzz::text_of(data, size)};
    AlertSource source;
    source.kind = all_source_kinds[choices.byte() % all_source_kinds.size()];
    if (choices.byte() == 'l') source.mapping.alerts = "/alerts";
    source.mapping.key = "/key";
    source.mapping.title = "/title";
    source.mapping.detail = "/more/0";
    source.mapping.status = "/status";
    source.mapping.link = "/link";
    source.label = "incident";
    AlertPost post;
    post.github_event = choices.line();
    post.status = choices.line();
    post.key = choices.line();
    post.body = choices.rest();
    const DecodedAlerts decoded = decode_alerts(source, post);
    fuzz::expect(decoded.problem.empty() || decoded.reports.empty(), "what is refused tells nothing");
    fuzz::expect(decoded.reports.size() <= reports_max, "a bounded number");
    for (const AlertReport& report : decoded.reports) {
        fuzz::expect(!report.key.empty() && !report.title.empty(), "it has a key and a title");
        expect_fit(report.key, alert_key_max, "the key");
        expect_fit(report.title, alert_title_max, "the title");
        fuzz::expect(report.title.find('\n') == std::string::npos, "the title is one line");
        expect_fit(report.detail, alert_detail_max, "the detail");
        expect_fit(report.severity, alert_label_max, "the severity");
        expect_fit(report.group, alert_key_max, "the group");
        expect_fit(report.link, alert_link_max, "the link");
        expect_fit(report.playbook, alert_link_max, "the playbook");
        fuzz::expect(report.labels.size() <= alert_labels_max, "its labels");
        for (const auto& [name, value] : report.labels) {
            expect_fit(name, alert_label_max, "the name of a label");
            expect_fit(value, alert_label_max, "a label");
        }
    }
    fuzz::expect(!is_signed_by_github({"a secret", "another"}, post.status, post.body),
                 "nobody guesses a signature");
    return 0;
}
