// The rules of nudging as stored: how each stands, what became of its nudges, and the nudges of which that is
// not known yet.
//
// What is kept of judgements is a count for a rule and a day; nobody's is kept, not even under a token. That
// at least five people are behind a figure is known all the same: everybody falls into one of 16 bins, by a
// salt, the rule and the figure, and what is kept is which bins were hit. As many bins, at least as many
// people; two people in one bin count as one, so there are never fewer than it says. With 50 people a bin
// stands for three of them, and the salt lives for 30 days: then it is thrown away, and the bins with it.
#pragma once

#include "bot/ids.hpp"
#include "bot/interruptions/nudge_rule.hpp"
#include "bot/interruptions/rule_verdict.hpp"
#include "storage/connection.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ackd {

/// A nudge that somebody was sent.
struct NudgeSample {
    std::int64_t sent_id = 0;  ///< SentMessage::id
    ObligationId obligation;
    std::string rule;
    Instant sent_at{};
    /// What moves by then was moved by it.
    Instant ends_at{};
    bool is_watched = false;
    /// Its message asks whether it was useful, and nobody has answered.
    bool is_asked = false;
};

enum class Judgement { useful, not_now, never_useful };

class NudgeRuleTable {
public:
    /// `random` gives evenly distributed bits.
    NudgeRuleTable(storage::Connection& connection, std::function<std::uint64_t()> random)
        : connection_(connection), random_(std::move(random))
    {}

    // How rules stand

    [[nodiscard]] RuleStanding standing_of(const NudgeRule& rule) const;
    void save(const NudgeRule& rule, const RuleStanding& standing);
    /// It is simply on.
    void remove_standing(const std::string& rule);
    /// All that are not simply on, by name.
    [[nodiscard]] std::vector<std::pair<std::string, RuleStanding>> standings() const;

    // Figures

    void count_sent(const NudgeRule& rule, Instant now);
    void count_case(const std::string& rule, bool has_moved, const UserId& person, Instant now);
    void count_judgement(const std::string& rule, Judgement judgement, const UserId& person, Instant now);
    [[nodiscard]] RuleFigures figures_of(const NudgeRule& rule, Instant now) const;
    /// Rules with figures, by name.
    [[nodiscard]] std::vector<std::string> rules_with_figures() const;
    /// Messages that were sent by it in the last seven days.
    [[nodiscard]] int sent_lately(const NudgeRule& rule, Instant now) const;
    /// Lets go of what is older than the window, and of the salt.
    void let_go_of_figures(Instant now);

    // Samples

    void add(const NudgeSample& sample);
    /// Those of an obligation whose end has not come.
    [[nodiscard]] std::vector<NudgeSample> watched(ObligationId obligation, Instant now) const;
    /// Those whose end has come, earliest first.
    [[nodiscard]] std::vector<NudgeSample> ended(Instant now, int count_max) const;
    void stop_watching(const NudgeSample& sample);
    /// The one whose message asks.
    [[nodiscard]] std::optional<NudgeSample> asked_by(std::int64_t sent_id) const;
    void stop_asking(const NudgeSample& sample);
    void stop_asking_before(Instant sent_at);

private:
    enum class Figure { cases = 1, judgements = 2 };
    void add_person(const std::string& rule, Figure figure, const UserId& person, Instant now);
    [[nodiscard]] int bins_of(const std::string& rule, Figure figure) const;
    [[nodiscard]] std::uint64_t salt(Instant now);

    storage::Connection& connection_;
    std::function<std::uint64_t()> random_;
};

}  // namespace ackd
