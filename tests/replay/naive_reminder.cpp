#include "tests/replay/naive_reminder.hpp"

#include <algorithm>

namespace ackd::replay {

namespace {

Duration length_of(const NudgeOffset& offset, Duration allowed)
{
    return Duration{static_cast<Duration::rep>(offset.share * static_cast<double>(allowed.count()))} +
           offset.extra;
}

/// From the request to this attempt of this step. A later step begins when the one before has used up its
/// time, with a message at once.
Duration wait_of(const PriorityPolicy& policy, int step, int attempt)
{
    const auto nth = [&](int index) {
        const auto last = static_cast<int>(policy.nudges.size()) - 1;
        return length_of(policy.nudges[static_cast<std::size_t>(std::clamp(index, 0, last))],
                         policy.ack_within);
    };
    if (step == 0) return nth(attempt - 1);
    const Duration begins = length_of(policy.step_ends, policy.ack_within) +
                            (step - 1) * length_of(policy.nudges.back(), policy.ack_within);
    return attempt <= 1 ? begins : begins + nth(attempt - 2);
}

}  // namespace

void NaiveReminder::heard(const simulation::JournalFact& fact,
                          const simulation::FoldedObligation& before,
                          const simulation::FoldedObligation& after)
{
    if (before.is_waiting() && after.state == "received")
        acks_[after.id] = Message{UserId{fact.actor}, fact.recorded_at};
    if (fact.fact != "nudged" && fact.fact != "reminded") return;
    const PriorityPolicy* policy = policy_of(after.request);
    if (policy == nullptr) return;
    if (fact.fact == "reminded") {
        const auto ack = acks_.find(after.id);
        if (ack != acks_.end() && policy->integrate_within)
            messages_.push_back({ack->second.person, ack->second.at + *policy->integrate_within});
        return;
    }
    const int step = fact.number("step");
    const Instant at = after.started_at + wait_of(*policy, step, fact.number("attempt"));
    for (const UserId& person : people_asked(after, step)) messages_.push_back({person, at});
}

/// Nothing: at priority now.
const PriorityPolicy* NaiveReminder::policy_of(std::int64_t request) const
{
    storage::Statement row = connection_.prepare("SELECT priority FROM requests WHERE id = $1");
    row.bind(1, request);
    row.step();
    const auto priority = static_cast<Priority>(row.column_int(0));
    return priority == Priority::now ? nullptr : &settings_.delivery.of(priority);
}

std::vector<UserId> NaiveReminder::people_asked(const simulation::FoldedObligation& obligation,
                                                int step) const
{
    if (step == 0) return {UserId{obligation.debtor}};
    std::vector<UserId> people;
    storage::Statement calls = connection_.prepare(
        "SELECT target FROM calls WHERE obligation_id = $1 AND step = $2 AND is_channel = 0");
    calls.bind_all(obligation.id, step);
    while (calls.step()) people.emplace_back(calls.column_string(0));
    return people;
}

}  // namespace ackd::replay
