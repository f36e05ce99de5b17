#include "bot/engine/engine.hpp"

#include "bot/alerts/alert_handlers.hpp"
#include "bot/alerts/alert_table.hpp"
#include "bot/answers/kept_answer_handlers.hpp"
#include "bot/cadence/cadence_handlers.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/catch_up/catch_up_handlers.hpp"
#include "bot/catch_up/outage.hpp"
#include "bot/delivery/due_handlers.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/delivery/silence_handlers.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/drift/drift_handlers.hpp"
#include "bot/drift/drift_table.hpp"
#include "bot/engine/input_router.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/escalation/triage_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/rule_review.hpp"
#include "bot/people/absence_handlers.hpp"
#include "bot/policy/policy_handlers.hpp"
#include "bot/policy/policy_watch.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/privacy/retention.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/resync/resync_table.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/retro/retro_table.hpp"
#include "bot/rotations/rotation_watch.hpp"
#include "bot/threads/channel_summary.hpp"
#include "bot/threads/question_handlers.hpp"
#include "bot/web/web_key_table.hpp"
#include "bot/wip/wip_handlers.hpp"
#include "bot/wip/wip_table.hpp"
#include "storage/scrub.hpp"

#include <exception>
#include <utility>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// Bounds on one cycle, so that a backlog of one kind never keeps the others waiting.
constexpr int due_max = 1'000;
constexpr std::size_t lease_max = 64;
/// An obligation whose handler fails is looked at again after this long; the rest go on.
constexpr Duration poisoned_pause = 1h;
constexpr Duration sleep_max = 1h;
constexpr Duration scrub_pause = 1s;
/// What is written anew between two cycles; a larger file at the next start, where nobody waits for an
/// answer.
constexpr std::int64_t scrub_bytes_max = 1'000'000'000;

/// Nothing in the database can depend on it: most of what is said in a workspace.
bool concerns_nobody(const Settings& settings, const InputBody& body)
{
    if (std::holds_alternative<NothingToDo>(body)) return true;
    const auto* posted = std::get_if<MessagePosted>(&body);
    return posted != nullptr && posted->thread.empty() &&
           find_watched(settings.channels, posted->message.channel) == nullptr;
}

void answer_later(HandlerContext& context, const InputBody& body, const Notice& notice)
{
    EphemeralReply reply;
    reply.notice = notice;
    if (const auto* taken = std::get_if<ActionTaken>(&body)) {
        if (taken->in_home) return show_dialog(context, taken->person, taken->trigger, notice);
        reply.channel = taken->message.channel;
        reply.person = taken->person;
        reply.thread = taken->thread;
        reply.reply_address = taken->reply_address;
        reply.replaces_original = taken->on_ephemeral;
    } else if (const auto* given = std::get_if<CommandGiven>(&body)) {
        reply.channel = given->channel;
        reply.person = given->person;
        reply.reply_address = given->reply_address;
    } else {
        return;
    }
    answer_alone(context, reply);
}

/// A form that was not understood stays open: what somebody typed into it is not lost.
InputAnswer answer_to_poison(const InputBody& body)
{
    const auto* submitted = std::get_if<FormSubmitted>(&body);
    if (submitted == nullptr || submitted->values.fields.empty()) return {};
    return FormProblems{{submitted->values.fields.front().field,
                         "Something went wrong here, and nothing was asked. Please copy your text, and tell "
                         "whoever runs ackd."}};
}

/// Errors that belong to the whole transaction, not to one input.
bool concerns_the_database(const storage::StorageError& error)
{
    return error.trouble() != storage::StorageTrouble::other;
}

}  // namespace

Engine::Engine(storage::Connection& connection,
               Settings settings,
               const Clock& clock,
               ChatPort& port,
               std::uint64_t seed)
    : connection_(connection),
      given_(settings),
      settings_(std::move(settings)),
      clock_(clock),
      port_(port),
      state_(connection, settings_.default_zone, seed),
      courier_(state_.outbox, seed)
{
    state_.directory.use(settings_);
}

void Engine::start()
{
    storage::Transaction transaction{connection_};
    courier_.recover();
    data_version_ = connection_.data_version();
    read_policy_in_force();
    note_start(connection_, clock_.now());
    policy_look_at_ = next_policy_look(connection_, clock_.now());
    state_.upkeep = load_upkeep(connection_, settings_.retention, clock_.now());
    if (!settings_.rotations.empty()) state_.upkeep.rotations_at = clock_.now();
    state_.upkeep.heartbeats_at = next_heartbeat(connection_, settings_, clock_.now());
    state_.upkeep.triage_at = clock_.now();
    state_.upkeep.cadences_at = clock_.now();
    transaction.commit();
    courier_.reload();
    tell_web_roster_when_changed();
}

bool Engine::has_work(const std::vector<Input>& inputs,
                      const std::vector<EffectSettled>& settled,
                      Instant now) const
{
    return !inputs.empty() || !settled.empty() || next_wake() <= now || is_changed_by_others();
}

Engine::CycleOutcome Engine::cycle(std::vector<Input>& inputs, std::vector<EffectSettled>& settled)
{
    const Instant now = clock_.now();
    if (!has_work(inputs, settled, now)) {
        scrub_when_wanted();
        return CycleOutcome::idle;
    }

    HandlerContext context = state_.at(now, settings_);
    std::vector<Confirmation> confirmations;
    confirmations.reserve(inputs.size());
    std::vector<Delivery> deliveries;
    const EngineCounters before = counters_;
    const CatchUpProgress catch_up_before = state_.catch_up;
    const Upkeep upkeep_before = state_.upkeep;
    try {
        courier_.begin_transaction();
        storage::Transaction transaction{connection_};
        if (is_changed_by_others()) notice_others(context);
        // Before what people do: a policy that they change holds from then on.
        look_after_cadences_when_due(context);
        state_.seen.rotate(to_microseconds(now));
        note_alive(context);
        for (const EffectSettled& outcome : settled) take_settled(context, outcome);
        for (Input& input : inputs) take(context, input, confirmations);
        turn_absences(context);
        if (const auto at = context.upkeep.rotations_at; at && *at <= context.now) {
            context.upkeep.rotations_at = context.now + poisoned_pause;
            alone(context, "", "rotations", [&] { look_after_rotations(context); });
        }
        if (const auto end = state_.obligations.earliest_undecided(); end && *end <= context.now) {
            if (!alone(context, "", "undecided", [&] { close_undecided(context); }))
                state_.obligations.postpone_undecided(context.now, context.now + poisoned_pause);
        }
        if (const auto end = state_.silences.earliest_final(); end && *end <= context.now) {
            if (!alone(context, "", "reversals", [&] { end_reversals(context); }))
                state_.silences.end_reversals(context.now);
        }
        sweep_when_due(context);
        continue_catch_up(context);
        take_due(context);
        take_each_due(context, state_.read_backs, "read_back", handle_read_back_due);
        take_each_due(context, state_.questions, "question", look_at_question);
        take_each_due(context, state_.kept_answers, "kept_answer", handle_kept_answer_due);
        take_each_due(context, CapacityTable{connection_}, "capacity", handle_capacity_due);
        take_each_due(context, WipTable{connection_}, "wip", handle_wip_due);
        take_each_due(context, ResyncTable{connection_}, "resync", handle_resync_due);
        take_each_due(context, RetroTable{connection_}, "retro", handle_retro_due);
        take_each_due(context, DriftTable{connection_}, "drift", handle_drift_due);
        take_alerts_due(context);
        take_digests(context);
        if (const auto at = context.upkeep.heartbeats_at; at && *at <= context.now) {
            context.upkeep.heartbeats_at = context.now + poisoned_pause;
            alone(context, "", "heartbeats", [&] { send_heartbeats(context); });
        }
        if (const auto at = context.upkeep.triage_at; at && *at <= context.now) {
            context.upkeep.triage_at = context.now + poisoned_pause;
            alone(context, "", "triage", [&] { look_after_triage(context); });
        }
        look_through_policy_when_due(context);
        review_rules_when_due(context);
        continue_forgetting(context);
        if (std::exchange(state_.has_new_policy, false)) {
            // Who was forgotten is not called what they were in it any more.
            policy_version_ = -1;
            read_policy_in_force();
        }
        sweep_what_is_kept(context);
        context.kept_answers.index().make_anew_when_outdated();
        if (leases_) lease(context, deliveries);
        if (is_mutated(Mutation::confirm_before_commit)) port_.confirm(std::move(confirmations));
        pass(EnginePoint::before_commit);
        transaction.commit();
    } catch (const storage::StorageError& error) {
        if (is_mutated(Mutation::confirm_refused)) port_.confirm(std::move(confirmations));
        if (is_mutated(Mutation::forget_outcome)) settled.clear();
        if (!error.may_pass()) throw;
        last_trouble_ = error.what();
        counters_ = before;
        state_.catch_up = catch_up_before;
        state_.upkeep = upkeep_before;
        ++counters_.failed_commits;
        forget_transaction();
        inputs.clear();
        return CycleOutcome::refused;
    }
    ++counters_.cycles;
    scrub_when_wanted();
    tell_web_roster_when_changed();
    for (const std::string& remark : state_.remarks) {
        if (on_remark_) on_remark_(remark);
    }
    state_.remarks.clear();
    inputs.clear();
    settled.clear();
    pass(EnginePoint::after_commit);
    if (!confirmations.empty()) port_.confirm(std::move(confirmations));
    pass(EnginePoint::after_confirm);
    if (!deliveries.empty()) port_.deliver(std::move(deliveries));
    pass(EnginePoint::after_deliver);
    return CycleOutcome::committed;
}

void Engine::take(HandlerContext& context, Input& input, std::vector<Confirmation>& confirmations)
{
    ++counters_.inputs;
    InputAnswer answer;
    const bool is_new = input.key.empty() || state_.seen.insert(input.key) ||
                        is_mutated(Mutation::skip_deduplication);
    if (!is_new) {
        ++counters_.duplicates;
    } else if (!concerns_nobody(settings_, input.body)) {
        try {
            storage::Savepoint savepoint{connection_};
            if (concerns_the_known(context, input.body)) answer = route_input(context, input.body);
            if (std::exchange(state_.has_new_policy, false)) {
                policy_version_ = take_up_policy(context, settings_).version;
                context.upkeep.cadences_at = context.now;
                is_web_roster_stale_ = true;
            }
            // A confirmation is said once: a chat that could not fetch a picture of it would show nothing at
            // all.
            if (const auto* notice = std::get_if<Notice>(&answer);
                notice && (!input.receipt.wants_answer || has_chart(*notice)))
            {
                answer_later(context, input.body, *notice);
                answer = {};
            }
            savepoint.release();
        } catch (const storage::StorageError& error) {
            if (concerns_the_database(error)) throw;
            poison(context, input.key, name_of(input.body), error.what());
            answer = answer_to_poison(input.body);
        } catch (const std::exception& error) {
            poison(context, input.key, name_of(input.body), error.what());
            answer = answer_to_poison(input.body);
        }
    }
    if (input.receipt.connection == 0) return;
    Confirmation& confirmation = confirmations.emplace_back();
    confirmation.receipt = std::move(input.receipt);
    confirmation.answer = std::move(answer);
}

template <class Work>
bool Engine::alone(HandlerContext& context, const std::string& key, std::string_view kind, Work work)
{
    try {
        storage::Savepoint savepoint{connection_};
        work();
        savepoint.release();
        return true;
    } catch (const storage::StorageError& error) {
        if (concerns_the_database(error)) throw;
        poison(context, key, kind, error.what());
    } catch (const std::exception& error) {
        poison(context, key, kind, error.what());
    }
    return false;
}

void Engine::take_settled(HandlerContext& context, const EffectSettled& settled)
{
    if (!alone(context, "", "effect_settled", [&] { courier_.settle(context, settled); }))
        courier_.drop(context, settled.id);
}

void Engine::look_after_cadences_when_due(HandlerContext& context)
{
    if (!context.upkeep.cadences_at || *context.upkeep.cadences_at > context.now) return;
    context.upkeep.cadences_at = context.now + poisoned_pause;
    alone(context, "", "cadences", [&] { look_after_cadences(context); });
}

void Engine::sweep_when_due(HandlerContext& context)
{
    if (state_.catch_up.sweep_at && *state_.catch_up.sweep_at <= context.now)
        begin_catch_up(context, GapReason::periodic);
}

void Engine::turn_absences(HandlerContext& context)
{
    for (const AbsenceId id : state_.absences.turning(context.now, due_max)) {
        const std::string key = "absence " + std::to_string(id.value);
        if (!alone(context, key, "absence", [&] { turn_absence(context, id); }))
            state_.absences.postpone(id, context.now + poisoned_pause);
    }
}

void Engine::take_due(HandlerContext& context)
{
    const auto earliest = next_due();
    if (!earliest || *earliest > context.now) return;
    if (alone(context, "", "due", [&] { counters_.due += handle_due(context, due_max); })) return;
    // One of them is poisonous: one at a time, and the culprit waits.
    for (const ObligationId id : state_.obligations.due(context.now, due_max)) {
        const std::string key = "obligation " + std::to_string(id.value);
        if (!alone(context, key, "due", [&] { counters_.due += handle_due(context, id); }))
            state_.obligations.postpone(id, context.now + poisoned_pause);
    }
}

template <class Table, class Handle>
void Engine::take_each_due(HandlerContext& context, Table&& table, std::string_view name, Handle handle)
{
    if (state_.catch_up.holds_until && *state_.catch_up.holds_until > context.now) return;
    for (const auto id : table.due(context.now, due_max)) {
        const std::string key = std::string{name} + " " + std::to_string(id.value);
        if (!alone(context, key, "due", [&] { handle(context, id); }))
            table.postpone(id, context.now + poisoned_pause);
    }
}

void Engine::take_alerts_due(HandlerContext& context)
{
    if (listened_to_ != settings_.sources) {
        alone(context, "", "listen", [&] { listen_to_sources(context, listened_to_); });
        listened_to_ = settings_.sources;
    }
    const AlertTable alerts{connection_};
    const auto due = alerts.earliest_due();
    if (!due || *due > context.now) return;
    if (!alone(context, "", "alerts_due", [&] { handle_alerts_due(context, due_max); }))
        alerts.postpone_due(context.now, context.now + poisoned_pause);
}

void Engine::look_through_policy_when_due(HandlerContext& context)
{
    if (policy_look_at_ > context.now) return;
    policy_look_at_ = context.now + 24h;
    alone(context, "", "policy_look", [&] {
        look_through_policy(context);
        policy_look_at_ = next_policy_look(connection_, context.now);
    });
}

void Engine::review_rules_when_due(HandlerContext& context)
{
    if (!context.upkeep.rules_at || *context.upkeep.rules_at > context.now) return;
    context.upkeep.rules_at = context.now + 24h;
    alone(context, "", "rule_review", [&] { review_nudge_rules(context); });
    alone(context, "", "channel_summary", [&] { summarise_channels(context); });
}

void Engine::lease(HandlerContext& context, std::vector<Delivery>& deliveries)
{
    // Each failure removes a row, so this ends; bounded all the same.
    for (std::size_t failures = 0; failures < lease_max; ++failures) {
        try {
            courier_.lease(context, lease_max, deliveries);
            return;
        } catch (const storage::StorageError& error) {
            if (concerns_the_database(error)) throw;
            poison(context, "", "effect", error.what());
        } catch (const std::exception& error) {
            poison(context, "", "effect", error.what());
        }
        courier_.drop(context, courier_.composing());
    }
}

void Engine::poison(HandlerContext& context,
                    const std::string& key,
                    std::string_view kind,
                    const std::string& error)
{
    ++counters_.poisoned;
    state_.journal.reload();
    state_.directory.forget_all_hours();
    state_.has_new_policy = false;
    read_policy_in_force();
    connection_
        .prepare(
            "INSERT INTO poisoned_inputs (received_at_us, input_key, kind, error) VALUES ($1, $2, $3, $4)")
        .bind_all(to_microseconds(context.now), key, kind, error)
        .run();
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "input_poisoned",
           {{"kind", std::string{kind}}, {"poisoned", std::to_string(connection_.last_insert_id())}});
}

void Engine::forget_transaction()
{
    courier_.forget_transaction();
    state_.remarks.clear();
    state_.journal.reload();
    state_.directory.forget_all_hours();
    state_.seen.reload();
    state_.has_new_policy = false;
    listened_to_.clear();
    read_policy_in_force();
    policy_look_at_ = next_policy_look(connection_, clock_.now());
}

bool Engine::is_changed_by_others() const
{
    return connection_.data_version() != data_version_;
}

void Engine::notice_others(HandlerContext& context)
{
    if (is_mutated(Mutation::ignore_other_writers)) return;
    data_version_ = connection_.data_version();
    courier_.reload();
    state_.journal.reload();
    state_.seen.reload();
    state_.directory.forget_all_hours();
    // What is due by now is due by the policy that held until now.
    look_after_cadences_when_due(context);
    read_policy_in_force();
    state_.upkeep.rotations_at = clock_.now();
    state_.upkeep.heartbeats_at = next_heartbeat(connection_, settings_, clock_.now());
    state_.upkeep.triage_at = clock_.now();
    is_web_roster_stale_ = true;
}

void Engine::read_policy_in_force()
{
    const PolicyTable policies{connection_};
    const std::int64_t version = policies.newest_version();
    if (version == policy_version_) return;
    settings_ = given_;
    if (auto stored = policies.find(version)) static_cast<Policy&>(settings_) = policy_of(*stored);
    state_.directory.use(settings_);
    policy_version_ = version;
    is_web_roster_stale_ = true;
    state_.upkeep.cadences_at = clock_.now();
}

void Engine::tell_web_roster_when_changed()
{
    if (!on_web_roster_ || !std::exchange(is_web_roster_stale_, false)) return;
    on_web_roster_(WebKeyTable{connection_}.roster_of(settings_));
}

void Engine::take_digests(HandlerContext& context)
{
    if (state_.catch_up.holds_until && *state_.catch_up.holds_until > context.now) return;
    for (const UserId& person : state_.interruptions.due_digests(context.now, due_max)) {
        if (alone(context, "digest " + person.value, "due", [&] { handle_digest(context, person); }))
            continue;
        DigestState digest = state_.interruptions.digest_of(person);
        digest.due_at = context.now + poisoned_pause;
        state_.interruptions.save(person, digest);
    }
}

std::optional<Instant> Engine::next_due() const
{
    auto due = state_.obligations.earliest_deadline();
    if (const auto digest = state_.interruptions.earliest_digest())
        due = due ? std::min(*due, *digest) : digest;
    if (const auto read_back = state_.read_backs.earliest_due())
        due = due ? std::min(*due, *read_back) : read_back;
    if (const auto question = state_.questions.earliest_due())
        due = due ? std::min(*due, *question) : question;
    if (const auto capacity = CapacityTable{connection_}.earliest_due())
        due = due ? std::min(*due, *capacity) : capacity;
    if (const auto aged = WipTable{connection_}.earliest_due()) due = due ? std::min(*due, *aged) : aged;
    if (const auto round = ResyncTable{connection_}.earliest_due())
        due = due ? std::min(*due, *round) : round;
    if (const auto round = RetroTable{connection_}.earliest_due()) due = due ? std::min(*due, *round) : round;
    if (const auto probe = DriftTable{connection_}.earliest_due()) due = due ? std::min(*due, *probe) : probe;
    if (const auto kept_answer = state_.kept_answers.earliest_due())
        due = due ? std::min(*due, *kept_answer) : kept_answer;
    if (!due || !state_.catch_up.holds_until) return due;
    return std::max(*due, *state_.catch_up.holds_until);
}

void Engine::expect_catch_up(Duration at_most)
{
    state_.catch_up.holds_until = clock_.now() + at_most;
}

Instant Engine::next_wake() const
{
    Instant wake = std::min(clock_.now() + sleep_max, policy_look_at_);
    if (const auto due = next_due()) wake = std::min(wake, *due);
    if (const auto turn = state_.absences.next_turn()) wake = std::min(wake, *turn);
    if (const auto end = state_.obligations.earliest_undecided()) wake = std::min(wake, *end);
    if (const auto end = state_.silences.earliest_final()) wake = std::min(wake, *end);
    if (const auto due = AlertTable{connection_}.earliest_due()) wake = std::min(wake, *due);
    if (listened_to_ != settings_.sources) return clock_.now();
    if (state_.catch_up.searches_on) return clock_.now();
    const Upkeep& upkeep = state_.upkeep;
    if (upkeep.is_scrub_wanted || upkeep.is_log_stale) wake = std::min(wake, clock_.now() + scrub_pause);
    for (const auto& at : {upkeep.forget_by,
                           upkeep.sweep_at,
                           upkeep.rules_at,
                           upkeep.rotations_at,
                           upkeep.heartbeats_at,
                           upkeep.triage_at,
                           upkeep.cadences_at})
    {
        if (at) wake = std::min(wake, *at);
    }
    if (state_.catch_up.sweep_at) wake = std::min(wake, *state_.catch_up.sweep_at);
    if (const auto waiting = courier_.next_wake()) wake = std::min(wake, *waiting);
    return wake;
}

void Engine::scrub_when_wanted()
{
    if (state_.upkeep.is_log_stale) state_.upkeep.is_log_stale = !storage::empty_log(connection_);
    if (!state_.upkeep.is_scrub_wanted) return;
    const storage::ScrubOutcome outcome = storage::scrub(connection_, scrub_bytes_max);
    // Somebody reads the database: the next cycle tries again, within a second.
    state_.upkeep.is_scrub_wanted = outcome == storage::ScrubOutcome::busy;
    if (outcome == storage::ScrubOutcome::too_large)
        state_.remarks.emplace_back(
            "event=scrub_postponed until=next_start reason=\"the database is large\"");
}

void Engine::replace_settings(Settings settings)
{
    given_ = std::move(settings);
    settings_ = given_;
    state_.directory.use(settings_);
    policy_version_ = 0;
    read_policy_in_force();
    is_web_roster_stale_ = true;
    tell_web_roster_when_changed();
}

void Engine::pass(EnginePoint point)
{
    if (probe_) probe_(point);
}

}  // namespace ackd
