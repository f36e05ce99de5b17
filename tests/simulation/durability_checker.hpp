// Invariant 1: an input acknowledged to the chat is durable. And what it says has been taken in: whoever
// pressed "Got it", or reacted to a nudge, is not waited for any more.
#pragma once

#include "bot/input.hpp"
#include "storage/connection.hpp"
#include "tests/simulation/journal_fold.hpp"

#include <string>
#include <vector>

namespace ackd::simulation {

class DurabilityChecker {
public:
    DurabilityChecker(storage::Connection& connection, const JournalFold& fold)
        : connection_(connection), fold_(fold)
    {}

    /// `body`: null when what it tells was taken back since, so that nothing need have come of it.
    void confirmed(const std::string& key, const InputBody* body, Instant now);
    /// After each step and each crash: what was confirmed meanwhile must be in the database.
    void check();
    /// What was confirmed lately is still there.
    void check_recent(Instant now);

private:
    struct Confirmed {
        std::string key;
        Instant at{};
    };
    struct Ack {
        std::int64_t obligation;
        std::string person;
    };
    /// ✅ or 👀 on a message that the bot knows as its own.
    void note_reaction(const ReactionChanged& reaction);
    bool is_durable(const std::string& key) const;

    storage::Connection& connection_;
    const JournalFold& fold_;
    std::vector<Confirmed> unchecked_;
    std::vector<Confirmed> recent_;
    std::vector<Ack> acks_;
};

}  // namespace ackd::simulation
