// The engine: the transaction loop. Everything that changes state goes through one cycle:
//
//   BEGIN; outcomes of effects; inputs (deduplicate → handler → state, journal, outbox); what is due; lease;
//   COMMIT; only then: confirm the inputs to the chat, hand the leased deliveries to the adapter.
//
// One thread owns it. It neither waits nor sleeps: bot/engine/engine_thread.hpp does that around it, and the
// simulation calls it directly.
#pragma once

#include "bot/clock.hpp"
#include "bot/courier/chat_port.hpp"
#include "bot/courier/courier.hpp"
#include "bot/delivery/obligation_table.hpp"
#include "bot/people/directory.hpp"
#include "bot/settings.hpp"
#include "bot/web/web_roster.hpp"
#include "storage/connection.hpp"
#include "storage/journal_table.hpp"
#include "storage/seen_inputs_table.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

struct EngineCounters {
    std::int64_t cycles = 0;
    std::int64_t inputs = 0;
    std::int64_t duplicates = 0;
    std::int64_t poisoned = 0;
    std::int64_t due = 0;
    std::int64_t failed_commits = 0;
};

/// Points at which a process can die. The simulation throws from them.
enum class EnginePoint { before_commit, after_commit, after_confirm, after_deliver };

class Engine {
public:
    /// The database is migrated. `port` and `clock` outlive the engine.
    Engine(storage::Connection& connection,
           Settings settings,
           const Clock& clock,
           ChatPort& port,
           std::uint64_t seed);

    /// What was on its way when the last process ended is put in doubt. Once, before the first cycle.
    void start();

    enum class CycleOutcome {
        idle,  ///< nothing was to be done
        committed,
        /// The database could not take it (a full disk, say): nothing of it is confirmed, the chat sends it
        /// again; the outcomes of effects are kept for the next cycle.
        refused,
    };
    /// Takes all inputs (left empty). Throws storage::StorageError when the database is beyond waiting.
    CycleOutcome cycle(std::vector<Input>& inputs, std::vector<EffectSettled>& settled);

    /// When a cycle is needed without any input. At the latest an hour from now.
    [[nodiscard]] Instant next_wake() const;

    /// A configuration read again. Applies to what is open from its next deadline on. Its policy counts only
    /// where the database has none.
    void replace_settings(Settings settings);

    /// From now on nothing is handed to the adapter: the process is about to end.
    void stop_leasing() { leases_ = false; }

    [[nodiscard]] const EngineCounters& counters() const { return counters_; }
    [[nodiscard]] const Courier& courier() const { return courier_; }
    /// Why the last cycle was refused.
    [[nodiscard]] const std::string& last_trouble() const { return last_trouble_; }

    /// Told, after the commit, what is worth a line in the log.
    void on_remark(std::function<void(const std::string&)> listener) { on_remark_ = std::move(listener); }

    /// Told what may come in over HTTP, at the start and whenever the policy or the keys have changed: by us,
    /// or by another program. From the engine's thread. Before start.
    void on_web_roster(std::function<void(WebRoster)> listener) { on_web_roster_ = std::move(listener); }

    /// For a daemon that starts: what is due waits for the catch-up that is about to be wanted, at most so
    /// long.
    void expect_catch_up(Duration at_most);

    void set_probe(std::function<void(EnginePoint)> probe) { probe_ = std::move(probe); }

private:
    bool has_work(const std::vector<Input>& inputs,
                  const std::vector<EffectSettled>& settled,
                  Instant now) const;
    void take(HandlerContext& context, Input& input, std::vector<Confirmation>& confirmations);
    /// Does it in a savepoint. When it fails it is undone by itself and set aside, and the cycle goes on:
    /// false.
    template <class Work>
    bool alone(HandlerContext& context, const std::string& key, std::string_view kind, Work work);
    void take_settled(HandlerContext& context, const EffectSettled& settled);
    void look_after_cadences_when_due(HandlerContext& context);
    void sweep_when_due(HandlerContext& context);
    /// Absences that begin or end now.
    void turn_absences(HandlerContext& context);
    void take_due(HandlerContext& context);
    /// What is due of a table: each by itself, so that one that fails waits alone.
    template <class Table, class Handle>
    void take_each_due(HandlerContext& context, Table&& table, std::string_view name, Handle handle);
    /// What is due of alerts, and of the sources that are expected to be heard.
    void take_alerts_due(HandlerContext& context);
    void take_digests(HandlerContext& context);
    void look_through_policy_when_due(HandlerContext& context);
    void review_rules_when_due(HandlerContext& context);
    /// When the first deadline or digest is to be handled.
    [[nodiscard]] std::optional<Instant> next_due() const;
    void lease(HandlerContext& context, std::vector<Delivery>& deliveries);
    /// Undoes what memory holds of the transaction that was just rolled back.
    void forget_transaction();
    /// Whether another program has changed the database since we last looked: `ackd policy apply`, say.
    [[nodiscard]] bool is_changed_by_others() const;
    /// Reads again what memory holds of the database. At the beginning of a transaction.
    void notice_others(HandlerContext& context);
    /// Where the database has another policy than the one that counts, that one counts from now on.
    void read_policy_in_force();
    void poison(HandlerContext& context,
                const std::string& key,
                std::string_view kind,
                const std::string& error);
    void tell_web_roster_when_changed();
    /// After a commit that forgot somebody: nothing of them stays in the file.
    void scrub_when_wanted();
    void pass(EnginePoint point);

    storage::Connection& connection_;
    /// What the daemon was given. The policy in the database takes the place of its policy.
    Settings given_;
    Settings settings_;
    /// Of the policy in `settings_`; 0: the one that was given.
    std::int64_t policy_version_ = 0;
    std::int64_t data_version_ = 0;
    /// Whose silence is measured, since this process listens to them.
    std::vector<AlertSource> listened_to_;
    /// When the policy is looked through next.
    Instant policy_look_at_ = Instant::max();
    const Clock& clock_;
    ChatPort& port_;
    HandlerState state_;
    Courier courier_;
    EngineCounters counters_;
    std::string last_trouble_;
    bool leases_ = true;
    std::function<void(EnginePoint)> probe_;
    std::function<void(const std::string&)> on_remark_;
    std::function<void(WebRoster)> on_web_roster_;
    /// What `on_web_roster_` was told may not be so any more.
    bool is_web_roster_stale_ = true;
};

}  // namespace ackd
