// Invariants 3 and 4, from what people see: at most one visible message for each (obligation, person, step,
// attempt); no nudge before it is due, outside working hours, or leased after its ack was committed. And of
// 5: an escalation comes not before its step's delay, steps come in order.
#pragma once

#include "bot/courier/outbox.hpp"
#include "bot/settings.hpp"
#include "tests/simulation/checked_calendars.hpp"
#include "tests/simulation/journal_fold.hpp"
#include "tests/simulation/simulated_chat.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ackd::simulation {

/// The obligations that a notice's buttons speak of.
[[nodiscard]] std::set<std::int64_t> obligations_in(const Notice& notice);

class MessageChecker {
public:
    MessageChecker(storage::Connection& connection,
                   const JournalFold& fold,
                   CheckedCalendars& calendars,
                   const SimulatedTeam& team)
        : connection_(connection), fold_(fold), calendars_(calendars), team_(team)
    {}

    void use_settings(const Settings& settings) { all_settings_.push_back(settings); }
    /// The fold is caught up.
    void leased(const Delivery& delivery, Instant now);
    void posted(const SeenMessage& message);
    void shown(const SeenEphemeral& ephemeral);

    /// What was handed to the chat comes back, whatever became of it: nothing is on its way for long. For a
    /// process that has been alive for an hour.
    void check_outcomes(Instant now);

    struct Leased {
        Instant at{};
        OutboxKind kind = OutboxKind::card;
        std::int64_t request = 0;
        std::string conversation;
        std::vector<OutboxItem> items;
        bool waits_for_hours = false;  ///< asks a person something that is not worth their evening
    };
    /// What was known of an outbox row when it was last leased; nothing: it never was.
    [[nodiscard]] const Leased* find(OutboxId id) const;

private:
    struct AskedRequest {
        Priority priority = Priority::today;
        std::optional<Instant> due_at;
        std::string route;
        /// Of a question; empty otherwise.
        ChannelId watched;
        OffHours off_hours;
    };
    Leased read(OutboxId id);
    AskedRequest read_request(std::int64_t id) const;
    bool is_out(const std::string& person, Instant now) const;
    void check_not_too_early(const FoldedObligation& obligation, const OutboxItem& item, Instant now);
    [[nodiscard]] Duration missing_in(const CheckedHours& hours,
                                      const FoldedObligation& obligation,
                                      const OutboxItem& item,
                                      Instant until) const;
    void check_delay(const FoldedObligation& obligation, const OutboxItem& item, Instant now);

    storage::Connection& connection_;
    const JournalFold& fold_;
    CheckedCalendars& calendars_;
    const SimulatedTeam& team_;
    /// In order; a deadline that was set under earlier ones still counts.
    std::vector<Settings> all_settings_;
    std::map<OutboxId, Leased> leased_;
    std::set<OutboxId> posted_;
    std::set<OutboxId> shown_;
    /// (obligation, round, person or channel, step, attempt)
    std::set<std::tuple<std::int64_t, int, std::string, int, int>> seen_;
    std::map<std::int64_t, OutboxId> card_of_;
    std::map<std::pair<std::int64_t, int>, int> last_step_;
};

}  // namespace ackd::simulation
