// Invariants 4 and 12, of interruptions: nobody gets more of them in a day of theirs than the policy allows,
// nor more than one digest for a slot; nobody is asked during their do-not-disturb, but what is for *now*;
// and what waits for a digest does not wait longer than a working day.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/settings.hpp"
#include "storage/connection.hpp"
#include "tests/simulation/message_checker.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ackd::simulation {

class InterruptionChecker {
public:
    InterruptionChecker(storage::Connection& connection, const SimulatedTeam& team)
        : connection_(connection), team_(team)
    {}

    void use_settings(const Settings& settings) { all_settings_.push_back(settings); }
    /// The bot has confirmed that it knows of somebody's do-not-disturb.
    void told(const DoNotDisturbChanged& changed);
    void leased(OutboxId id, const MessageChecker::Leased& leased);
    /// For a process that has been alive for an hour.
    void check_waiting(Instant now);

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
    const SimulatedTeam& team_;
    std::map<std::string, DoNotDisturbChanged> last_told_;
    std::vector<Settings> all_settings_;
    std::set<OutboxId> known_;
    /// (person, zone, day): whoever moves begins another day.
    std::map<std::tuple<std::string, std::string, std::int64_t>, int> interruptions_;
    struct Made {
        std::string zone;
        Instant at{};
    };
    std::map<std::string, Made> last_digest_;
    /// In which zone each entry of a digest was first seen.
    std::map<std::int64_t, std::string> first_zone_;
};

}  // namespace ackd::simulation
