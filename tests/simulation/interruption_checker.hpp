// Invariants 4 and 12, of interruptions: nobody gets more of them in a day of theirs than the policy allows,
// nor more than one digest for a slot; nobody is asked during their do-not-disturb, but what is for *now*;
// and what waits for a digest does not wait longer than a working day.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/settings.hpp"
#include "storage/connection.hpp"
#include "tests/simulation/checked_calendars.hpp"
#include "tests/simulation/message_checker.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ackd::simulation {

class InterruptionChecker {
public:
    InterruptionChecker(storage::Connection& connection,
                        CheckedCalendars& calendars,
                        const SimulatedTeam& team)
        : connection_(connection), calendars_(calendars), team_(team)
    {}

    void use_settings(const Settings& settings) { all_settings_.push_back(settings); }
    /// The bot has confirmed that it knows of somebody's do-not-disturb.
    void told(const DoNotDisturbChanged& changed);
    void leased(OutboxId id, const MessageChecker::Leased& leased);
    /// For a process that has been awake for an hour and more.
    void check_waiting(Instant now, Instant awake_since);

private:
    [[nodiscard]] std::string zone_of(const std::string& person) const;
    [[nodiscard]] bool is_urgent(std::int64_t request) const;
    /// Whether they have been out at any time since, or plan to be.
    [[nodiscard]] bool was_out(const std::string& person, Instant since) const;
    /// What somebody wants, when the bot knows it.
    void check_do_not_disturb(const std::string& person, Instant now);
    [[nodiscard]] bool was_undisturbed(const std::string& person, Instant since) const;
    void count(const std::string& person, Instant at);
    void check_slot(const std::string& person, Instant at);

    storage::Connection& connection_;
    CheckedCalendars& calendars_;
    const SimulatedTeam& team_;
    std::map<std::string, DoNotDisturbChanged> last_told_;
    std::vector<Settings> all_settings_;
    std::set<OutboxId> known_;
    /// (person, zone, day): whoever moves begins another day.
    std::map<std::tuple<std::string, std::string, std::int64_t>, int> interruptions_;
    std::map<std::string, Instant> last_digest_;
};

}  // namespace ackd::simulation
