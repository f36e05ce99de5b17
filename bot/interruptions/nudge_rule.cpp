#include "bot/interruptions/nudge_rule.hpp"

#include "bot/courier/backoff.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/policy/policy_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ackd {

namespace {

constexpr std::array all_kinds{
    NudgeKind::nudge, NudgeKind::call, NudgeKind::reminder, NudgeKind::second_reminder};

std::string_view name_of(NudgeKind kind)
{
    switch (kind) {
        case NudgeKind::nudge: return "nudge";
        case NudgeKind::call: return "call";
        case NudgeKind::reminder: return "reminder";
        case NudgeKind::second_reminder: return "second_reminder";
    }
    return "?";
}

bool has_rules(Priority priority)
{
    if (priority == Priority::now) return is_mutated(Mutation::retire_now);
    return priority != Priority::fyi;
}

/// "75%" as people say it: "at 75 %"; "10m" is "after 10m".
std::string when_words(const std::string& at)
{
    const auto percent = at.find('%');
    if (percent == std::string::npos) return "after " + at;
    std::string words = "at " + at.substr(0, percent) + " %";
    if (percent + 1 < at.size()) words += " and " + at.substr(percent + 2);
    return words;
}

std::string priority_name(Priority priority)
{
    return priority == Priority::week ? "this week" : std::string{name_of(priority)};
}

/// Everything that the policy says the rules of this priority are.
std::vector<NudgeRule> rules_of(const DeliveryPolicy& policy, Priority priority)
{
    std::vector<NudgeRule> rules;
    if (!has_rules(priority)) return rules;
    const PriorityPolicy& values = policy.of(priority);
    for (const NudgeOffset& nudge : values.nudges) {
        const std::string at = to_text(nudge, values.time_base);
        rules.push_back({priority, NudgeKind::nudge, at});
        if (&nudge != &values.nudges.back()) rules.push_back({priority, NudgeKind::call, at});
    }
    if (!values.integrate_within) return rules;
    rules.push_back(
        {priority, NudgeKind::reminder, to_text(*values.integrate_within, TimeBase::working_time)});
    rules.push_back({priority,
                     NudgeKind::second_reminder,
                     to_text(policy.second_reminder_after, TimeBase::working_time)});
    return rules;
}

}  // namespace

std::string to_text(const NudgeRule& rule)
{
    return fmt::format("{} {} {}", name_of(rule.priority), name_of(rule.kind), rule.at);
}

std::optional<NudgeRule> nudge_rule_from_text(std::string_view text)
{
    const auto first = text.find(' ');
    const auto second = first == std::string_view::npos ? first : text.find(' ', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto priority = priority_named(text.substr(0, first));
    const std::string_view kind = text.substr(first + 1, second - first - 1);
    const auto* known = std::find_if(
        all_kinds.begin(), all_kinds.end(), [&](NudgeKind each) { return name_of(each) == kind; });
    if (!priority || known == all_kinds.end() || second + 1 == text.size()) return std::nullopt;
    return NudgeRule{*priority, *known, std::string{text.substr(second + 1)}};
}

std::string words_of(const NudgeRule& rule)
{
    const std::string priority = priority_name(rule.priority);
    switch (rule.kind) {
        case NudgeKind::nudge: return fmt::format("The reminder {} for {}", when_words(rule.at), priority);
        case NudgeKind::call:
            return fmt::format("The repeated call {} for {}", when_words(rule.at), priority);
        case NudgeKind::reminder: return fmt::format("The question whether it is done, for {}", priority);
        case NudgeKind::second_reminder:
            return fmt::format("The second question whether it is done, for {}", priority);
    }
    return "?";
}

std::optional<NudgeRule> nudge_rule_of(const OutboxItem& attempt,
                                       const Request& request,
                                       const Obligation& obligation,
                                       const DeliveryPolicy& policy)
{
    if (request.kind != RequestKind::ack_request || !has_rules(request.priority)) return std::nullopt;
    const PriorityPolicy& values = policy.of(request.priority);
    if (attempt.step == reminder_step) {
        if (!values.integrate_within) return std::nullopt;
        if (attempt.attempt == 1) {
            return NudgeRule{request.priority,
                             NudgeKind::reminder,
                             to_text(*values.integrate_within, TimeBase::working_time)};
        }
        if (attempt.attempt != 2) return std::nullopt;
        return NudgeRule{request.priority,
                         NudgeKind::second_reminder,
                         to_text(policy.second_reminder_after, TimeBase::working_time)};
    }
    if (attempt.step < 0 || attempt.attempt < 1) return std::nullopt;
    const bool is_first_word = attempt.attempt == 1 && (attempt.step > 0 || obligation.predecessor.exists());
    if (is_first_word) return std::nullopt;
    // The call of a step comes first and takes the place of the last nudge.
    const auto index = static_cast<std::size_t>(attempt.step > 0 ? attempt.attempt - 2 : attempt.attempt - 1);
    const std::size_t count = values.nudges.size() - (attempt.step > 0 && !values.nudges.empty() ? 1 : 0);
    if (index >= count) return std::nullopt;
    return NudgeRule{request.priority,
                     attempt.step > 0 ? NudgeKind::call : NudgeKind::nudge,
                     to_text(values.nudges[index], values.time_base)};
}

OutboxItem next_attempt(const Obligation& obligation)
{
    if (obligation.state == ObligationState::received)
        return {obligation.id, reminder_step, obligation.reminders + 1};
    return {obligation.id, obligation.step, obligation.attempt + 1};
}

bool has_rule(const DeliveryPolicy& policy, const NudgeRule& rule)
{
    const std::vector<NudgeRule> rules = rules_of(policy, rule.priority);
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

bool asks_if_useful(const OutboxItem& attempt)
{
    // By a hash, because people are often asked in the same order: the ids' own last digits would ask the
    // same person each time. By this factor, a new workspace's first ten obligations are not asked about.
    Random random{static_cast<std::uint64_t>(attempt.obligation.value) * 983 +
                  static_cast<std::uint64_t>(attempt.step + 8) * 8 +
                  static_cast<std::uint64_t>(attempt.attempt)};
    return random.below(one_nudge_in) == 0;
}

}  // namespace ackd
