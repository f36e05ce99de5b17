// All the checkers together: told of every step of a month, they throw a Violation as soon as an invariant of
// the specification does not hold.
#pragma once

#include "tests/simulation/durability_checker.hpp"
#include "tests/simulation/interruption_checker.hpp"
#include "tests/simulation/journal_fold.hpp"
#include "tests/simulation/message_checker.hpp"
#include "tests/simulation/need_checker.hpp"
#include "tests/simulation/route_checker.hpp"
#include "tests/simulation/simulated_process.hpp"

#include <optional>
#include <set>
#include <string>

namespace ackd::simulation {

class InvariantCheckers final : public ChatWatcher, public ProcessWatcher {
public:
    InvariantCheckers(SimulatedWorld& world, storage::Connection& connection, const SimulatedTeam& team);

    // What happens in the chat
    void event_confirmed(const std::string& key, const InputBody& body, bool still_holds) override;
    void taken_back(const UserId& person) override;
    void delivery_leased(const Delivery& delivery) override;
    void message_posted(const SeenMessage& message) override;
    void message_updated(const SeenMessage& message) override;
    void ephemeral_shown(const SeenEphemeral& ephemeral) override;

    // What the process makes durable
    void committed() override;
    void crashed() override;
    void settings_replaced(const Settings& settings) override;

    /// Everything that can be checked between two cycles. `awake_since`: the process has lived and has had
    /// room on its disk for an hour and more; nothing: it has not.
    void check_all(const SimulatedChat& chat, std::optional<Instant> awake_since);
    /// When everything is over.
    void check_end(const SimulatedChat& chat);

    /// Nothing of them is left, and the journal still explains every state.
    void check_forgotten(const UserId& person);

    [[nodiscard]] const JournalFold& fold() const { return fold_; }
    /// Told, like the checkers, of every fact about an obligation.
    void listen(JournalFold::Listener listener) { fold_.listen(std::move(listener)); }

private:
    void trace_fact(const JournalFact& fact) const;
    void check_nothing_poisoned();
    void check_each_ask_once();
    void check_undone_by_themselves(const JournalFact& fact) const;

    SimulatedWorld& world_;
    storage::Connection& connection_;
    const SimulatedTeam& team_;
    JournalFold fold_;
    CheckedCalendars calendars_;
    DurabilityChecker durability_;
    MessageChecker messages_;
    RouteChecker routes_;
    InterruptionChecker interruptions_;
    NeedChecker needs_;
    std::set<std::string> queries_;    ///< alive as long as the connection, which knows them by their address
    std::set<std::string> took_back_;  ///< people who ever took an answer back
};

}  // namespace ackd::simulation
