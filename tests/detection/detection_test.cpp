// The measures, on a conversation made up for it; and on the labelled one where it is there.
#include "tests/detection/detection_evaluation.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

using namespace ackd::detection;

namespace {

const char* const conversation = R"(<slack>
<message><ts>2026-01-05T09:00:00.000000</ts><user>Ann</user><text>where is the key?</text></message>
<message><ts>2026-01-05T09:01:00.000000</ts><user>Bo</user><text>in the drawer</text></message>
<message><ts>2026-01-07T09:00:00.000000</ts><user>Cy</user><text>does anyone have a ladder</text></message>
<message><ts>2026-01-09T09:00:00.000000</ts><user>Dee</user><text>you have it as well?</text></message>
<message><ts>2026-01-09T09:01:00.000000</ts><user>Ann</user><text>yes</text></message>
</slack>)";

std::string row(const char* stamp, const char* user, const char* stratum, const char* judgements)
{
    return std::string{"2026-01-"} + stamp + ":00.000000\t" + user + "\t" + stratum + "\treport\t" +
           judgements + "\n";
}

}  // namespace

TEST_CASE("detection: measures are weighted by stratum, and stand beside the baseline")
{
    const Labels labels = read_labels(
        "# a comment\npopulation\tA\treport\t20\npopulation\tB\treport\t2\n" +
        row("05T09:00", "Ann", "B", "1\t0\t1\t0\t1\t0") + row("05T09:01", "Bo", "A", "0\t0\t0\t0\t0\t0") +
        row("07T09:00", "Cy", "A", "1\t1\t0\t0\t1\t1") + row("09T09:00", "Dee", "B", "0\t0\t0\t0\t0\t0"));
    const Evaluation evaluation = evaluate(conversation, labels);
    const HalfMeasures& half = evaluation.reported;
    CHECK(half.asks.positives == 2);
    CHECK(half.asks.precision == doctest::Approx(11.0 / 12));  // "you have it as well?" is labelled otherwise
    CHECK(half.asks.recall == 1);
    CHECK(half.asks_baseline.precision == doctest::Approx(0.5));
    CHECK(half.asks_baseline.recall == doctest::Approx(1.0 / 11));
    CHECK(half.unanswered.precision == 1);
    CHECK(half.unanswered.recall == 1);
    CHECK(half.share_asking == doctest::Approx(0.5));
    CHECK(evaluation.kappa_asks == doctest::Approx(0.5));
    CHECK(evaluation.kappa_unanswered == doctest::Approx(0));
    CHECK(half.errors.size() == 1);
    CHECK(evaluation.alarms.labelled == 1);
    CHECK(evaluation.alarms.false_alarms == 0);
    CHECK(evaluation.alarms.false_alarms_a_week() == 0);
    const Alarms alarms{.count = 12, .weeks = 4, .labelled = 6, .false_alarms = 2};
    CHECK(alarms.false_alarms_a_week() == doctest::Approx(1));
    CHECK(evaluation.to_text(true).find("false alarm, asks: question_mark +1.00") != std::string::npos);
}

TEST_CASE("detection: labels that cannot be right are refused")
{
    CHECK_THROWS_WITH(static_cast<void>(read_labels("a\tb\n")), "line 1: ten fields are needed");
    CHECK_THROWS_WITH(static_cast<void>(read_labels("population\tA\tthird\t3\n")),
                      "line 1: \"third\" is no half");
    const Labels labels = read_labels("population\tA\treport\t1\n" +
                                      row("05T09:07", "Ann", "A", "1\t0\t1\t0\t1\t0"));
    CHECK_THROWS_WITH(static_cast<void>(evaluate(conversation, labels)),
                      "2026-01-05T09:07:00.000000 is not in this conversation");
}

TEST_CASE("detection: what is recorded in docs/detection.md still holds")
{
    const char* traffic = std::getenv("ACKD_TRAFFIC");
    if (traffic == nullptr) {
        MESSAGE("skipped: ACKD_TRAFFIC names no recorded conversation");
        return;
    }
    const auto contents_of = [](const std::string& path) {
        std::ifstream stream{path, std::ios::binary};
        REQUIRE(stream);
        return std::string{std::istreambuf_iterator<char>{stream}, {}};
    };
    const Labels labels = read_labels(contents_of(ACKD_SOURCE_DIR "/tests/detection/labels.tsv"));
    REQUIRE(labels.labels.size() >= 400);
    const Evaluation evaluation = evaluate(contents_of(traffic), labels);
    CAPTURE(evaluation.to_text(false));
    CHECK(evaluation.tuning.asks.precision >= 0.90);
    CHECK(evaluation.tuning.asks.recall >= 0.85);
    CHECK(evaluation.reported.asks.precision >= 0.90);
    CHECK(evaluation.reported.asks.recall >= 0.85);
    CHECK(evaluation.tuning.unanswered.precision >= 0.70);
    CHECK(evaluation.tuning.unanswered.recall >= 0.60);
}
