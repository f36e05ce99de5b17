// The journal read as it grows, and folded: what the facts alone say about every obligation. The checkers
// trust this, not the tables, and then compare the two.
#pragma once

#include "bot/instant.hpp"
#include "storage/connection.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ackd::simulation {

struct JournalFact {
    std::int64_t sequence = 0;
    Instant recorded_at{};
    std::string actor;
    std::int64_t request = 0;
    std::int64_t obligation = 0;
    std::string fact;
    std::map<std::string, std::string> detail;

    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] int number(const std::string& name) const;
};

struct FoldedObligation {
    std::int64_t id = 0;
    std::int64_t request = 0;
    std::string debtor;
    std::string state;
    int step = 0;
    /// When the clock of the first step started, and how often it was started.
    Instant started_at{};
    int rounds = 0;
    /// How often the reminders started anew: with every promise.
    int promises = 0;
    Instant step_taken_at{};
    /// In whose hours the step's clock runs.
    std::string clock_of;
    /// Somebody in place of somebody else: the first message goes out at once.
    bool is_successor = false;
    /// Deadlines were moved by hand (snoozed), or by something that cannot wait (not deliverable, debtor
    /// gone).
    bool is_off_schedule = false;

    [[nodiscard]] bool is_waiting() const { return state == "open" || state == "escalated"; }
    [[nodiscard]] bool is_final() const { return !is_waiting() && state != "received"; }
};

class JournalFold {
public:
    explicit JournalFold(storage::Connection& connection) : connection_(connection) {}

    /// Reads what was committed since.
    void catch_up();

    [[nodiscard]] const FoldedObligation* find(std::int64_t id) const;
    [[nodiscard]] const std::map<std::int64_t, FoldedObligation>& obligations() const { return obligations_; }
    [[nodiscard]] std::int64_t length() const { return last_sequence_; }

    using Listener = std::function<void(
        const JournalFact&, const FoldedObligation& before, const FoldedObligation& after)>;
    /// Told of every fact about an obligation.
    void listen(Listener listener) { listeners_.push_back(std::move(listener)); }

    /// Invariant 9: the chain is whole, and the facts explain every state.
    void check_against_tables();

private:
    /// What the token stands for; anything else as it is.
    [[nodiscard]] std::string behind(const std::string& token) const;
    void fold(const JournalFact& fact);
    Instant clock_begins_at(const JournalFact& fact);

    storage::Connection& connection_;
    std::map<std::int64_t, FoldedObligation> obligations_;
    std::vector<Listener> listeners_;
    std::int64_t last_sequence_ = 0;
};

}  // namespace ackd::simulation
