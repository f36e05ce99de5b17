// An obligation that nobody answers, walked from deadline to deadline by the pure rules alone.
#pragma once

#include "bot/delivery/nudge_rules.hpp"
#include "bot/people/local_time.hpp"
#include "tests/unit/test_time.hpp"

#include <string>
#include <vector>

namespace ackd {

/// One step of a route: the zones of its people, whether it speaks to a channel as well, and how long it
/// waits.
struct WalkStep {
    std::vector<std::string> zones;
    bool has_channel = false;
    Duration delay{0};
};

struct Walk {
    Priority priority = Priority::today;
    Instant asked_at{};
    std::optional<Instant> by{};
    std::vector<WalkStep> steps{};
    std::string debtor_zone = "Etc/UTC";
    AckLevel level = AckLevel::integrated;
    DeliveryPolicy policy = default_delivery_policy();
    /// Whether anybody's budget of interruptions has something left.
    bool may_interrupt = true;

    [[nodiscard]] Situation situation(const Obligation& obligation) const
    {
        Situation situation{policy, priority, level, by, WorkingHours{debtor_zone}, {}, {}, {}, false};
        for (const WalkStep& step : steps) {
            situation.step_has_targets.push_back(!step.zones.empty() || step.has_channel);
            situation.step_delays.push_back(step.delay);
        }
        if (obligation.state == ObligationState::escalated) {
            const WalkStep& step = steps[static_cast<std::size_t>(obligation.step) - 1];
            for (const std::string& zone : step.zones) {
                const std::string name = "s" + std::to_string(obligation.step) + "." +
                                         std::to_string(situation.audience.size() + 1);
                situation.audience.push_back(Reachable{UserId{name}, WorkingHours{zone}, may_interrupt});
            }
            situation.tells_others = step.has_channel;
        } else {
            situation.audience.push_back(
                Reachable{UserId{"debtor"}, WorkingHours{debtor_zone}, may_interrupt});
        }
        return situation;
    }

    [[nodiscard]] Obligation asked() const
    {
        Obligation obligation;
        obligation.debtor = UserId{"debtor"};
        obligation.started_at = asked_at;
        obligation.due_at = first_due(situation(obligation), asked_at, 0);
        return obligation;
    }

    /// "Mon 10:05 nudged debtor | …", in UTC, until it is over (or `rows_max` deadlines have passed).
    [[nodiscard]] std::string in_silence(std::optional<Obligation> start = std::nullopt,
                                         int rows_max = 60) const
    {
        const WorkingHours utc_hours{"Etc/UTC"};
        Obligation obligation = start ? *start : asked();
        std::string text;
        for (int row = 0; row < rows_max && obligation.due_at; ++row) {
            const Instant now = *obligation.due_at;
            const DueDecision decision = decide_due(obligation, situation(obligation), now);
            if (!text.empty()) text += " | ";
            text += local_time_text(utc_hours, now, now) + " ";
            text += decision.event ? name_of(*decision.event) : name_of(decision.reason);
            for (const int skipped : decision.skipped_steps) text += " skipped " + std::to_string(skipped);
            for (const UserId& person : decision.recipients) text += " " + person.value;
            for (const DigestReader& reader : decision.digest_readers) {
                text += " " + reader.person.value + " in digest";
                if (reader.at != now) text += " of " + local_time_text(utc_hours, reader.at, now);
            }
            const bool moved = decision.next.step != obligation.step;
            if (moved) text += " to step " + std::to_string(decision.next.step);
            obligation = decision.next;
        }
        return text + (obligation.due_at ? " | …" : "");
    }
};

}  // namespace ackd
