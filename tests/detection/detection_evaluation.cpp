#include "tests/detection/detection_evaluation.hpp"

#include "adapters/slack/mrkdwn.hpp"
#include "chat_logs/chat_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace ackd::detection {
namespace {

std::vector<std::string> fields_of(std::string_view line)
{
    std::vector<std::string> fields;
    while (true) {
        const auto tab = line.find('\t');
        fields.emplace_back(line.substr(0, tab));
        if (tab == std::string_view::npos) return fields;
        line.remove_prefix(tab + 1);
    }
}

/// Sums of weights: of what is found rightly, wrongly, and not.
struct Tally {
    double right = 0, wrong = 0, missed = 0;
    std::size_t positives = 0;

    void count(bool found, bool is_so, double weight)
    {
        positives += is_so ? 1 : 0;
        (found ? (is_so ? right : wrong) : (is_so ? missed : right)) += found || is_so ? weight : 0;
    }
    [[nodiscard]] Measure measure() const
    {
        const auto share = [](double part, double rest) {
            return part + rest > 0 ? part / (part + rest) : 0;
        };
        return Measure{share(right, wrong), share(right, missed), positives};
    }
};

struct Conversation {
    std::vector<LoggedMessage> messages;
    std::vector<bool> has_question_mark;
    std::vector<ReadMessage> read;
};

Conversation conversation_of(std::string_view xml)
{
    const auto [log, problem] = chat_logs::read_chat_log(xml);
    if (!log) throw std::runtime_error(problem);
    Conversation talk;
    for (const chat_logs::ChatLogMessage& said : log->messages) {
        LoggedMessage message;
        message.stamp = said.said_at;
        message.at = chat_logs::said_at_of(said).value();
        message.author = UserId{said.user};
        message.text = slack::parse_mrkdwn(said.text, {});
        talk.messages.push_back(std::move(message));
        talk.has_question_mark.push_back(said.text.find('?') != std::string::npos);
    }
    talk.read = read_talk(talk.messages, TalkRules{}, default_signal_weights());
    return talk;
}

bool somebody_speaks_soon(const Conversation& talk, std::size_t at)
{
    for (std::size_t next = at + 1; next < talk.messages.size(); ++next) {
        if (talk.messages[next].at - talk.messages[at].at > std::chrono::hours{1}) return false;
        if (talk.messages[next].author != talk.messages[at].author) return true;
    }
    return false;
}

HalfMeasures measures_of(const Conversation& talk, const Labels& labels, bool for_tuning)
{
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> places;
    for (std::size_t at = 0; at < talk.messages.size(); ++at)
        places.emplace(std::pair{std::string_view{talk.messages[at].stamp},
                                 std::string_view{talk.messages[at].author.value}},
                       at);
    std::map<char, std::size_t> sampled;
    for (const Label& label : labels.labels)
        if (label.is_for_tuning == for_tuning) ++sampled[label.stratum];

    HalfMeasures measures;
    Tally asks, unanswered, asks_baseline, unanswered_baseline;
    double all = 0, asking = 0, waiting = 0;
    for (const Label& label : labels.labels) {
        if (label.is_for_tuning != for_tuning) continue;
        const auto place = places.find({label.stamp, label.user});
        if (place == places.end()) throw std::runtime_error(label.stamp + " is not in this conversation");
        const std::size_t at = place->second;
        const double weight = static_cast<double>(labels.population.at({label.stratum, for_tuning})) /
                              static_cast<double>(sampled.at(label.stratum));
        const ReadMessage& read = talk.read[at];
        const bool has_mark = talk.has_question_mark[at];
        asks.count(read.asks, label.agreed.asks, weight);
        unanswered.count(read.left_unanswered, label.agreed.unanswered, weight);
        asks_baseline.count(has_mark, label.agreed.asks, weight);
        unanswered_baseline.count(
            has_mark && !somebody_speaks_soon(talk, at), label.agreed.unanswered, weight);
        all += weight;
        asking += label.agreed.asks ? weight : 0;
        waiting += label.agreed.unanswered ? weight : 0;
        const auto note = [&](bool found, bool is_so, const char* what) {
            if (found == is_so) return;
            measures.errors.push_back(fmt::format("{} {} (weight {:.0f}): {}, {}: {}; answer: {}",
                                                  label.stamp,
                                                  label.user,
                                                  weight,
                                                  found ? "false alarm" : "missed",
                                                  what,
                                                  explain(read.question, default_signal_weights()),
                                                  name_of(read.answer)));
        };
        note(read.asks, label.agreed.asks, "asks");
        note(read.left_unanswered, label.agreed.unanswered, "unanswered");
    }
    measures.asks = asks.measure();
    measures.unanswered = unanswered.measure();
    measures.asks_baseline = asks_baseline.measure();
    measures.unanswered_baseline = unanswered_baseline.measure();
    measures.share_asking = asking / all;
    measures.share_unanswered = waiting / asking;
    return measures;
}

std::string line_of(const char* what, const Measure& measure)
{
    return fmt::format("  {:<34}{:>9.2f}{:>9.2f}{:>9.2f}{:>11}\n",
                       what,
                       measure.precision,
                       measure.recall,
                       measure.f1(),
                       measure.positives);
}

std::string text_of(const char* title, const HalfMeasures& half, bool with_errors)
{
    std::string text = fmt::format(
        "{:<36}{:>9}{:>9}{:>9}{:>11}\n", title, "precision", "recall", "F1", "labelled");
    text += line_of("asks", half.asks);
    text += line_of("  baseline: a question mark", half.asks_baseline);
    text += line_of("left unanswered after 24 hours", half.unanswered);
    text += line_of("  baseline: a mark, and an hour", half.unanswered_baseline);
    text += fmt::format("  {:.0f} % of the messages ask, {:.0f} % of those are left unanswered\n",
                        100 * half.share_asking,
                        100 * half.share_unanswered);
    if (with_errors)
        for (const std::string& error : half.errors) text += "    " + error + "\n";
    return text;
}

}  // namespace

Labels read_labels(std::string_view tsv)
{
    Labels labels;
    std::size_t number = 0;
    while (!tsv.empty()) {
        const std::string_view line = tsv.substr(0, tsv.find('\n'));
        tsv.remove_prefix(std::min(tsv.size(), line.size() + 1));
        ++number;
        if (line.empty() || line.front() == '#') continue;
        const std::vector<std::string> fields = fields_of(line);
        const auto is_tuning = [&](const std::string& half) {
            if (half != "tune" && half != "report")
                throw std::runtime_error(fmt::format("line {}: \"{}\" is no half", number, half));
            return half == "tune";
        };
        if (fields.front() == "population" && fields.size() == 4) {
            labels.population[{fields[1].at(0), is_tuning(fields[2])}] = std::stoul(fields[3]);
        } else if (fields.size() == 10) {
            const auto judgement = [&](std::size_t at) {
                return Judgement{fields[at] == "1", fields[at + 1] == "1"};
            };
            labels.labels.push_back({fields[0],
                                     fields[1],
                                     fields[2].at(0),
                                     is_tuning(fields[3]),
                                     judgement(4),
                                     judgement(6),
                                     judgement(8)});
        } else {
            throw std::runtime_error(fmt::format("line {}: ten fields are needed", number));
        }
    }
    return labels;
}

double cohens_kappa(const std::vector<Label>& labels, bool Judgement::*what)
{
    double same = 0, first = 0, second = 0;
    for (const Label& label : labels) {
        same += label.first_pass.*what == label.second_pass.*what ? 1 : 0;
        first += label.first_pass.*what ? 1 : 0;
        second += label.second_pass.*what ? 1 : 0;
    }
    const auto count = static_cast<double>(labels.size());
    const double chance = (first * second + (count - first) * (count - second)) / (count * count);
    return chance < 1 ? (same / count - chance) / (1 - chance) : 1;
}

double Measure::f1() const
{
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

namespace {

Alarms alarms_in(const Conversation& talk, const Labels& labels)
{
    std::map<std::pair<std::string, std::string>, bool> waits;
    for (const Label& label : labels.labels)
        waits.emplace(std::pair{label.stamp, label.user}, label.agreed.unanswered);
    Alarms alarms;
    for (std::size_t at = 0; at < talk.messages.size(); ++at) {
        if (!talk.read[at].left_unanswered) continue;
        ++alarms.count;
        const auto label = waits.find({talk.messages[at].stamp, talk.messages[at].author.value});
        if (label == waits.end()) continue;
        ++alarms.labelled;
        alarms.false_alarms += label->second ? 0 : 1;
    }
    if (!talk.messages.empty()) {
        const auto lasted = talk.messages.back().at - talk.messages.front().at;
        alarms.weeks = std::chrono::duration<double, std::ratio<7 * 24 * 3600>>(lasted).count();
    }
    return alarms;
}

}  // namespace

double Alarms::false_alarms_a_week() const
{
    if (labelled == 0 || weeks <= 0) return 0;
    return static_cast<double>(count) / weeks * static_cast<double>(false_alarms) /
           static_cast<double>(labelled);
}

Evaluation evaluate(std::string_view xml, const Labels& labels)
{
    const Conversation talk = conversation_of(xml);
    Evaluation evaluation;
    evaluation.tuning = measures_of(talk, labels, true);
    evaluation.reported = measures_of(talk, labels, false);
    evaluation.kappa_asks = cohens_kappa(labels.labels, &Judgement::asks);
    evaluation.kappa_unanswered = cohens_kappa(labels.labels, &Judgement::unanswered);
    evaluation.labelled = labels.labels.size();
    evaluation.alarms = alarms_in(talk, labels);
    return evaluation;
}

std::string Evaluation::to_text(bool with_errors) const
{
    return fmt::format(
               "{} messages labelled in two passes; agreement (kappa): asks {:.2f}, unanswered {:.2f}\n\n",
               labelled,
               kappa_asks,
               kappa_unanswered) +
           text_of("the half it was tuned on", tuning, with_errors) + "\n" +
           text_of("the half that is reported", reported, with_errors) +
           fmt::format(
               "\nas a watched channel: {} left unanswered in {:.0f} weeks, {:.1f} a week; of the {} of them that are "
               "labelled,\n{} are false alarms: {:.1f} a week\n",
               alarms.count,
               alarms.weeks,
               alarms.weeks > 0 ? static_cast<double>(alarms.count) / alarms.weeks : 0.0,
               alarms.labelled,
               alarms.false_alarms,
               alarms.false_alarms_a_week());
}

}  // namespace ackd::detection
