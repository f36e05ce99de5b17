// How well questions are found in a recorded conversation, against labels given by hand: precision, recall
// and F1, weighted so that the labelled messages stand for all. README.md beside it says what the labels mean
// and how the messages were drawn.
#pragma once

#include "bot/threads/answer_rules.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ackd::detection {

struct Judgement {
    bool asks = false;
    bool unanswered = false;
};

struct Label {
    std::string stamp;
    std::string user;
    char stratum = ' ';
    bool is_for_tuning = false;
    Judgement first_pass;
    Judgement second_pass;
    Judgement agreed;
};

struct Labels {
    std::vector<Label> labels;
    /// How many messages of the conversation are in a stratum and half (true: for tuning).
    std::map<std::pair<char, bool>, std::size_t> population;
};

/// Throws std::runtime_error with the line that is wrong.
[[nodiscard]] Labels read_labels(std::string_view tsv);

/// How far two passes agree beyond chance: 1 is always, 0 as dice would.
[[nodiscard]] double cohens_kappa(const std::vector<Label>& labels, bool Judgement::*what);

struct Measure {
    double precision = 0;
    double recall = 0;
    std::size_t positives = 0;  ///< labelled so, without weights

    [[nodiscard]] double f1() const;
};

struct HalfMeasures {
    Measure asks;
    Measure unanswered;
    /// "Contains a question mark"; and that, with nobody else speaking within the hour.
    Measure asks_baseline;
    Measure unanswered_baseline;
    double share_asking = 0;
    double share_unanswered = 0;  ///< of what asks
    /// Which labelled messages were judged otherwise: "2017-… Ann: false alarm, asks: signals".
    std::vector<std::string> errors;
};

/// What a watched channel with this conversation would come to, without its threads and before anybody looks.
struct Alarms {
    std::size_t count = 0;  ///< found left unanswered
    double weeks = 0;
    std::size_t labelled = 0;      ///< of these
    std::size_t false_alarms = 0;  ///< of those labelled

    [[nodiscard]] double false_alarms_a_week() const;
};

struct Evaluation {
    HalfMeasures tuning;
    HalfMeasures reported;
    double kappa_asks = 0;
    double kappa_unanswered = 0;
    std::size_t labelled = 0;
    Alarms alarms;

    [[nodiscard]] std::string to_text(bool with_errors) const;
};

/// `xml`: the conversation that the labels are of. Throws std::runtime_error when it is another one.
[[nodiscard]] Evaluation evaluate(std::string_view xml, const Labels& labels);

}  // namespace ackd::detection
