#include "bot/privacy/retention.hpp"

#include "bot/alerts/alert_rules.hpp"
#include "bot/alerts/alert_table.hpp"
#include "bot/answers/kept_answer_rules.hpp"
#include "bot/cadence/cadence_table.hpp"
#include "bot/delivery/chart_lines.hpp"
#include "bot/delivery/read_back.hpp"
#include "bot/drift/drift_rules.hpp"
#include "bot/drift/drift_table.hpp"
#include "bot/escalation/triage_rules.hpp"
#include "bot/escalation/triage_table.hpp"
#include "bot/resync/resync_table.hpp"
#include "bot/retro/retro_table.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/wip/wip_table.hpp"

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

constexpr int requests_max = 200;
/// A storm may have been 10,000 of them in a minute.
constexpr int alerts_max = 2'000;
/// After that, the times of answers are days.
constexpr Duration exact_for = 24h;
/// Of past do-not-disturb: what is open for longer has all of its nudges behind it.
constexpr Duration past_hours_for = 31 * 24h;
/// Of questions that have ended.
constexpr Duration questions_for = 90 * 24h;
/// Of what was agreed about shifts, after their end.
constexpr Duration shifts_for = 62 * 24h;
/// Of signals of capacity, after their end: who gave them, and all of them.
constexpr Duration capacity_people_for = 92 * 24h;
constexpr Duration capacity_for = 365 * 24h;
/// Of work that has ended: whose it was and what it was; and all of it.
constexpr Duration work_people_for = 92 * 24h;
constexpr Duration work_for = 365 * 24h;
/// What a destination did not take, and nobody sent again.
constexpr Duration undelivered_for = 30 * 24h;
/// Of rounds of resyncs with all that was said in them, of surprises, and of drift probes.
constexpr Duration rounds_for = 365 * 24h;
/// When nothing falls due earlier.
constexpr Duration look_again_after = 24h;
/// More is left than one sweep takes.
constexpr Duration go_on_after = 1s;

constexpr int time_exact = 0;
constexpr int time_days = 1;
constexpr int time_none = 2;

std::int64_t closed_before(HandlerContext& context, Duration kept_for)
{
    return to_microseconds(context.now - kept_for);
}

std::int64_t let_go_of_texts(HandlerContext& context)
{
    context.connection
        .prepare(R"(UPDATE requests SET text = '' WHERE id IN (
            SELECT id FROM requests
            WHERE closed_at_us IS NOT NULL AND closed_at_us <= $1 AND text != ''
            ORDER BY closed_at_us LIMIT $2))")
        .bind_all(closed_before(context, context.settings.retention.texts), requests_max)
        .run();
    const std::int64_t count = context.connection.changed_rows();
    // What was added to them goes with them.
    context.connection
        .prepare(R"(UPDATE read_backs SET correction = ''
            WHERE correction != '' AND request_id IN (SELECT id FROM requests WHERE text = ''))")
        .run();
    return count;
}

std::vector<std::int64_t> with_times(HandlerContext& context, int detail, Duration kept_for)
{
    storage::Statement rows = context.connection.prepare(
        R"(SELECT id FROM requests
            WHERE time_detail = $1 AND closed_at_us IS NOT NULL AND time_detail < 2 AND closed_at_us <= $2
            ORDER BY closed_at_us LIMIT $3)");
    rows.bind_all(detail, closed_before(context, kept_for), requests_max);
    std::vector<std::int64_t> ids;
    while (rows.step()) ids.push_back(rows.column_int(0));
    return ids;
}

void set_detail(HandlerContext& context, std::int64_t request, int detail)
{
    context.connection.prepare("UPDATE requests SET time_detail = $1, active_at_us = NULL WHERE id = $2")
        .bind_all(detail, request)
        .run();
}

std::int64_t round_to_days(HandlerContext& context)
{
    const auto ids = with_times(context, time_exact, exact_for);
    for (const std::int64_t id : ids) {
        context.connection
            .prepare(R"(UPDATE obligations
                SET received_at_us = received_at_us - received_at_us % 86400000000,
                    integrated_at_us = integrated_at_us - integrated_at_us % 86400000000,
                    promised_at_us = promised_at_us - promised_at_us % 86400000000
                WHERE request_id = $1)")
            .bind(1, id)
            .run();
        context.connection
            .prepare("UPDATE covers SET offered_at_us = offered_at_us - offered_at_us % 86400000000 "
                     "WHERE request_id = $1")
            .bind(1, id)
            .run();
        set_detail(context, id, time_days);
    }
    return static_cast<std::int64_t>(ids.size());
}

std::int64_t let_go_of_days(HandlerContext& context)
{
    const auto ids = with_times(context, time_days, context.settings.retention.days_of_answers);
    for (const std::int64_t id : ids) {
        context.connection
            .prepare(R"(UPDATE obligations
                SET received_at_us = NULL, integrated_at_us = NULL, promised_at_us = NULL
                WHERE request_id = $1)")
            .bind(1, id)
            .run();
        set_detail(context, id, time_none);
    }
    return static_cast<std::int64_t>(ids.size());
}

void let_go_of_past_hours(HandlerContext& context)
{
    context.connection.prepare("DELETE FROM do_not_disturb_past WHERE until_us <= $1")
        .bind(1, closed_before(context, past_hours_for))
        .run();
}

/// Questions that are over are kept for the figures of their channel, and for whose turn it is.
void let_go_of_questions(HandlerContext& context)
{
    context.connection.prepare("DELETE FROM questions WHERE state = 3 AND ended_at_us <= $1")
        .bind(1, closed_before(context, questions_for))
        .run();
}

/// Who said something back may be picked again: that is all it was kept for.
void let_go_of_turns(HandlerContext& context)
{
    context.connection.prepare("DELETE FROM read_back_turns WHERE state = 3 AND asked_at_us <= $1")
        .bind(1, closed_before(context, picked_again_after))
        .run();
}

/// Its author said no: remembered for so long that nobody asks again.
void let_go_of_refusals(HandlerContext& context)
{
    context.connection.prepare("DELETE FROM kept_answers WHERE ended_at_us IS NOT NULL AND ended_at_us <= $1")
        .bind(1, closed_before(context, refusal_kept_for))
        .run();
}

/// What was agreed about shifts goes two months after it is over: until then a feed shows it. A note is for
/// who comes on next.
void let_go_of_shifts(HandlerContext& context)
{
    const auto drop = [&](const char* sql, Duration kept_for) {
        context.connection.prepare(sql).bind(1, closed_before(context, kept_for)).run();
    };
    drop("DELETE FROM shift_overrides WHERE until_us <= $1", shifts_for);
    drop("DELETE FROM shift_swaps WHERE lapses_at_us <= $1 AND due_at_us IS NULL", shifts_for);
    drop("DELETE FROM told_rotation_findings WHERE seen_at_us <= $1", shifts_for);
    drop("DELETE FROM hand_over_notes WHERE written_at_us <= $1", hand_over_note_for);
}

/// Who said that there was no room is soon nobody's business; what was answered is a team's history.
void let_go_of_capacity(HandlerContext& context)
{
    const auto run = [&](const char* sql, Duration kept_for) {
        context.connection.prepare(sql).bind(1, closed_before(context, kept_for)).run();
    };
    run("DELETE FROM capacity_signals WHERE team = '' AND state != 2 AND ended_at_us <= $1",
        capacity_people_for);
    run("DELETE FROM capacity_voices WHERE said_at_us <= $1", capacity_people_for);
    run("UPDATE capacity_signals SET person = '', reason = '' WHERE state != 2 AND ended_at_us <= $1 "
        "AND person != ''",
        capacity_people_for);
    run("DELETE FROM capacity_signals WHERE state != 2 AND ended_at_us <= $1", capacity_for);
}

/// Whose it was is soon nobody's business either; how long it took is a team's history.
void let_go_of_work(HandlerContext& context)
{
    const auto run = [&](const char* sql, Duration kept_for) {
        context.connection.prepare(sql).bind(1, closed_before(context, kept_for)).run();
    };
    run("UPDATE wip_items SET person = '', title = '', let_in_by = '', let_in_because = '' "
        "WHERE ended_at_us <= $1 AND person != ''",
        work_people_for);
    run("DELETE FROM wip_items WHERE ended_at_us <= $1", work_for);
    WipTable{context.connection}.let_go_of_levels(
        workspace_clock(context).day(context.now - work_people_for));
}

/// What teams said in a round is their history for a year; how it was answered ends earlier than who said it.
void let_go_of_rounds(HandlerContext& context)
{
    ResyncTable{context.connection}.let_go(context.now - rounds_for);
    CadenceTable{context.connection}.let_go(context.now - rounds_for);
    DriftTable{context.connection}.let_go(context.now - rounds_for, context.now - drift_person_pause);
    const RetroTable retros{context.connection};
    retros.let_go(context.now - rounds_for);
    // A note has no day on it. It waits for the next round, as long as there can be one.
    retros.drop_notes_but_of(context.settings.retros);
}

void let_go_of_undelivered(HandlerContext& context)
{
    context.connection.prepare("DELETE FROM undelivered WHERE given_up_at_us <= $1")
        .bind(1, closed_before(context, undelivered_for))
        .run();
}

}  // namespace

Instant next_sweep(storage::Connection& connection, const RetentionPolicy& kept, Instant now)
{
    Instant next = now + look_again_after;
    const auto consider = [&](storage::Statement& row, Duration kept_for) {
        if (row.step() && !row.column_is_null(0))
            next = std::min(next, from_microseconds(row.column_int(0)) + kept_for);
    };
    storage::Statement texts = connection.prepare(
        "SELECT min(closed_at_us) FROM requests WHERE closed_at_us IS NOT NULL AND text != ''");
    consider(texts, kept.texts);
    for (const auto& [detail, kept_for] :
         {std::pair<int, Duration>{time_exact, exact_for}, {time_days, kept.days_of_answers}})
    {
        storage::Statement times = connection.prepare(
            R"(SELECT min(closed_at_us) FROM requests
                WHERE time_detail = $1 AND closed_at_us IS NOT NULL AND time_detail < 2)");
        times.bind(1, detail);
        consider(times, kept_for);
    }
    storage::Statement turns = connection.prepare(
        "SELECT min(asked_at_us) FROM read_back_turns WHERE state = 3");
    consider(turns, picked_again_after);
    storage::Statement refusals = connection.prepare(
        "SELECT min(ended_at_us) FROM kept_answers WHERE ended_at_us IS NOT NULL");
    consider(refusals, refusal_kept_for);
    storage::Statement alerts = connection.prepare("SELECT min(resolved_at_us) FROM alerts WHERE status = 3");
    consider(alerts, alerts_kept_for);
    return std::max(next, now + go_on_after);
}

void sweep_what_is_kept(HandlerContext& context)
{
    if (!context.upkeep.sweep_at || *context.upkeep.sweep_at > context.now) return;
    const std::int64_t texts = let_go_of_texts(context);
    const std::int64_t rounded = round_to_days(context);
    const std::int64_t times = let_go_of_days(context);
    let_go_of_past_hours(context);
    let_go_of_turns(context);
    let_go_of_questions(context);
    let_go_of_refusals(context);
    let_go_of_shifts(context);
    let_go_of_undelivered(context);
    let_go_of_capacity(context);
    let_go_of_work(context);
    let_go_of_rounds(context);
    TriageTable{context.connection}.let_go(context.now - causes_kept_for);
    AlertTable{context.connection}.let_go(context.now - alerts_kept_for, alerts_max);
    if (texts + rounded + times > 0) {
        record(context,
               bot_actor,
               RequestId{},
               ObligationId{},
               "let_go",
               {{"texts", texts > 0 ? std::to_string(texts) : ""},
                {"times_of_day", rounded > 0 ? std::to_string(rounded) : ""},
                {"days", times > 0 ? std::to_string(times) : ""}});
    }
    context.upkeep.sweep_at = next_sweep(context.connection, context.settings.retention, context.now);
}

}  // namespace ackd
