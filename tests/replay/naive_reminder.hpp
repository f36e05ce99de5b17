// What a reminder without manners would have sent in place of ackd: for each of ackd's nudges, to each person
// it was for, a message of its own, so long after the request (or the ack) as the policy says, by the clock
// on the wall. At priority now there is no difference, so nothing is counted.
#pragma once

#include "bot/settings.hpp"
#include "storage/connection.hpp"
#include "tests/simulation/journal_fold.hpp"

#include <map>
#include <string>
#include <vector>

namespace ackd::replay {

class NaiveReminder {
public:
    NaiveReminder(storage::Connection& connection, const Settings& settings)
        : connection_(connection), settings_(settings)
    {}

    /// Of every fact about an obligation, as it is committed.
    void heard(const simulation::JournalFact& fact,
               const simulation::FoldedObligation& before,
               const simulation::FoldedObligation& after);

    struct Message {
        UserId person;
        Instant at;
    };
    [[nodiscard]] const std::vector<Message>& messages() const { return messages_; }

private:
    [[nodiscard]] const PriorityPolicy* policy_of(std::int64_t request) const;
    [[nodiscard]] std::vector<UserId> people_asked(const simulation::FoldedObligation& obligation,
                                                   int step) const;

    storage::Connection& connection_;
    const Settings& settings_;
    /// Who has an obligation, and since when.
    std::map<std::int64_t, Message> acks_;
    std::vector<Message> messages_;
};

}  // namespace ackd::replay
