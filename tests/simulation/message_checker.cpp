#include "tests/simulation/message_checker.hpp"

#include "bot/delivery/obligation.hpp"
#include "tests/simulation/question_checker.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

void add_obligation(std::set<std::int64_t>& ids, const std::string& value)
{
    if (value.size() > 1 && value.front() == 'o') ids.insert(std::stoll(value.substr(1)));
}

bool asks_people(OutboxKind kind)
{
    return kind == OutboxKind::nudge || kind == OutboxKind::escalation || kind == OutboxKind::digest ||
           kind == OutboxKind::read_back_question;
}

/// Whether it is an attempt at getting an answer: not what is listed besides, nor what is asked about one.
bool is_attempt(const OutboxItem& item)
{
    return item.step != listed_step && item.step != need_step && item.step != read_back_step &&
           item.step != said_back_step && item.step != question_step;
}

void check_mentions(const Notice& notice)
{
    for (const Section& section : notice.sections) {
        for (const Line& line : section.lines) {
            for (const Span& span : line.text) {
                const auto* group = std::get_if<GroupMention>(&span);
                if (group != nullptr && !group->group.value.starts_with('S')) {
                    throw Violation{"12: no channel-wide mention", group->group.value};
                }
            }
        }
    }
}

}  // namespace

std::set<std::int64_t> obligations_in(const Notice& notice)
{
    std::set<std::int64_t> ids;
    for (const Section& section : notice.sections) {
        for (const Action& action : section.actions) {
            add_obligation(ids, action.value);
            for (const Choice& choice : action.choices) add_obligation(ids, choice.value);
        }
    }
    return ids;
}

const MessageChecker::Leased* MessageChecker::find(OutboxId id) const
{
    const auto entry = leased_.find(id);
    return entry == leased_.end() ? nullptr : &entry->second;
}

void MessageChecker::check_outcomes(Instant now)
{
    // 2: on its way.
    storage::Statement rows = connection_.prepare("SELECT id, kind, attempts FROM outbox WHERE state = 2");
    while (rows.step()) {
        const Leased* leased = find(OutboxId{rows.column_int(0)});
        if (leased == nullptr || now - leased->at > 30min) {
            throw Violation{"11: everything that is open has an end ahead",
                            fmt::format("outbox {} (kind {}, attempt {}) has been on its way for {}",
                                        rows.column_int(0),
                                        rows.column_int(1),
                                        rows.column_int(2),
                                        leased == nullptr
                                            ? "ever"
                                            : fmt::format("{}", (now - leased->at) / 1min) + " min")};
        }
    }
}

MessageChecker::Leased MessageChecker::read(OutboxId id)
{
    Leased leased;
    storage::Statement row = connection_.prepare(
        "SELECT kind, request_id, conversation FROM outbox WHERE id = $1");
    row.bind(1, id.value);
    if (!row.step())
        throw Violation{"3: only what is in the outbox is sent",
                        fmt::format("outbox {} is not there", id.value)};
    leased.kind = static_cast<OutboxKind>(row.column_int(0));
    leased.request = row.column_int(1);
    leased.conversation = row.column_string(2);
    // A digest shows what is open, also where it has gone on since: then that is no attempt any more.
    storage::Statement items = connection_.prepare(
        R"(SELECT i.obligation_id, i.step, i.attempt
            FROM outbox_items i JOIN obligations o ON o.id = i.obligation_id
            WHERE outbox_id = $1
              AND ($2 != 16 OR i.step < -1
                   OR (i.step = -1 AND i.attempt = o.reminders AND o.state = 2)
                   OR (i.step = o.step AND i.attempt = o.attempt AND o.state IN (1, 6)))
            ORDER BY obligation_id)");
    items.bind_all(id.value, static_cast<int>(leased.kind));
    while (items.step()) {
        leased.items.push_back(OutboxItem{ObligationId{items.column_int(0)},
                                          static_cast<int>(items.column_int(1)),
                                          static_cast<int>(items.column_int(2))});
    }
    return leased;
}

MessageChecker::AskedRequest MessageChecker::read_request(std::int64_t id) const
{
    AskedRequest request;
    storage::Statement row = connection_.prepare(
        "SELECT priority, due_at_us, route, CASE kind WHEN 2 THEN subject_channel ELSE '' END, kind FROM requests "
        "WHERE id = $1");
    row.bind(1, id);
    row.step();
    request.priority = static_cast<Priority>(row.column_int(0));
    if (const auto due = row.column_optional_int(1)) request.due_at = from_microseconds(*due);
    request.route = row.column_string(2);
    request.watched = ChannelId{row.column_string(3)};
    request.off_hours = all_settings_.back().delivery.of(request.priority).off_hours;
    const auto frozen = frozen_route_from_text(request.route);
    if (row.column_int(4) == static_cast<int>(RequestKind::escalation) && frozen.off_hours)
        request.off_hours = *frozen.off_hours;
    return request;
}

bool MessageChecker::is_out(const std::string& person, Instant now) const
{
    storage::Statement row = connection_.prepare(
        "SELECT 1 FROM absences WHERE person = $1 AND from_us <= $2 AND $2 < until_us");
    row.bind_all(person, to_microseconds(now));
    return row.step();
}

void MessageChecker::leased(const Delivery& delivery, Instant now)
{
    Leased leased = read(delivery.id);
    leased.at = now;
    leased_[delivery.id] = leased;
    const auto* post = std::get_if<PostMessage>(&delivery.effect);
    if (post == nullptr) return;
    check_mentions(post->notice);
    if (!asks_people(leased.kind) || delivery.only_look) return;

    const std::set<std::int64_t> spoken_of = obligations_in(post->notice);
    bool passes_off_hours = false;
    std::vector<OffHours> off_hours;
    for (const OutboxItem& item : leased.items) {
        // What a digest lists besides is no attempt, and a dead letter asks nobody.
        if (!is_attempt(item) || item.step == dead_letter_step) continue;
        const FoldedObligation* obligation = fold_.find(item.obligation.value);
        // Also where they have declined meanwhile, and it is only looked for whether it arrived.
        if (obligation != nullptr) {
            const OffHours allowed = read_request(obligation->request).off_hours;
            passes_off_hours = passes_off_hours || allowed.when == OffHours::When::always;
            if (allowed.when == OffHours::When::in_week) off_hours.push_back(allowed);
        }
        if (!spoken_of.contains(item.obligation.value)) continue;
        const bool is_reminder = item.step == reminder_step || item.step == sign_step;
        // Of what was let go of a digest still tells its debtor that it is open.
        const bool is_listed = leased.kind == OutboxKind::digest && item.step == sign_step &&
                               obligation != nullptr && obligation->is_waiting();
        if (is_listed) continue;
        if (obligation == nullptr ||
            (is_reminder ? obligation->state != "received" : !obligation->is_waiting())) {
            throw Violation{"4: no nudge is leased after its ack was committed",
                            fmt::format("outbox {} asks {} about obligation {}, which is {}",
                                        delivery.id.value,
                                        leased.conversation,
                                        item.obligation.value,
                                        obligation == nullptr ? "unknown" : obligation->state)};
        }
        if (is_reminder) continue;
        check_not_too_early(*obligation, item, now);
        if (item.step > 0 && obligation->state == "escalated") check_delay(*obligation, item, now);
        int& last_step = last_step_[{obligation->id, obligation->rounds}];
        if (item.step < last_step) {
            throw Violation{
                "5: the steps of a route come in order",
                fmt::format(
                    "obligation {}: step {} is asked after step {}", obligation->id, item.step, last_step)};
        }
        last_step = item.step;
    }
    if (post->person.empty() || passes_off_hours) return;
    leased_[delivery.id].waits_for_hours = true;
    const std::string& person = post->person.value;
    const CheckedHours& hours = calendars_.hours_of(person, now);
    const bool is_in_hours = std::any_of(off_hours.begin(), off_hours.end(), [&](const OffHours& allowed) {
        return hours.in_week(allowed.week, allowed.on_holidays).is_at_work(now);
    });
    if (!is_in_hours && !hours.is_at_work(now)) {
        throw Violation{"4: no nudge outside working hours",
                        fmt::format("outbox {} to {} at {}{}",
                                    delivery.id.value,
                                    person,
                                    date::format("%a %F %T", now),
                                    delivery.in_doubt ? ", once more" : "")};
    }
    if (is_out(person, now)) {
        throw Violation{"4: no nudge to who is out",
                        fmt::format("outbox {} to {}", delivery.id.value, person)};
    }
}

void MessageChecker::check_not_too_early(const FoldedObligation& obligation,
                                         const OutboxItem& item,
                                         Instant now)
{
    if (item.step != 0 || obligation.is_successor || obligation.is_off_schedule) return;
    // Somebody who was, is or will be out, or does not want to be disturbed, has less time until a date, and
    // is told sooner. Also who called it off again: what had gone into a digest by then is read there.
    storage::Statement absence = connection_.prepare(
        R"(SELECT 1 FROM journal JOIN pseudonyms ON token = detail ->> 'person'
            WHERE fact = 'absence_set' AND original = $1 AND CAST(detail ->> 'until_us' AS INTEGER) > $2 LIMIT 1)");
    absence.bind_all(obligation.debtor, to_microseconds(obligation.started_at));
    if (absence.step()) return;
    const SimulatedPerson* debtor = team_.find(UserId{obligation.debtor});
    if (debtor != nullptr && debtor->undisturbed_until > obligation.started_at) return;
    // What was on its way to a digest when it got more time is read there all the same.
    storage::Statement eased = connection_.prepare(
        R"(SELECT 1 FROM journal WHERE request_id = $1
            AND fact IN ('less_urgent', 'longer_wanted', 'objected', 'reversed', 'decided_by_silence') LIMIT 1)");
    eased.bind(1, obligation.request);
    if (eased.step()) return;
    // Due in the hours that they have, or due already when they had others.
    Duration missing = Duration::max();
    for (const CheckedCalendars::Known& known : calendars_.all_hours_of(obligation.debtor, now)) {
        if (known.until < obligation.started_at) continue;
        missing = std::min(missing, missing_in(known.hours, obligation, item, std::min(known.until, now)));
    }
    if (missing != Duration::max() && missing > 1s) {
        throw Violation{"4: no nudge before it is due",
                        fmt::format("obligation {}, attempt {}: {} s too early",
                                    obligation.id,
                                    item.attempt,
                                    std::chrono::duration_cast<std::chrono::seconds>(missing).count())};
    }
}

/// How much time was still to pass, at `until`, before this attempt. At most: under the mildest of policies.
Duration MessageChecker::missing_in(const CheckedHours& hours,
                                    const FoldedObligation& obligation,
                                    const OutboxItem& item,
                                    Instant until) const
{
    const AskedRequest request = read_request(obligation.request);
    Duration missing = Duration::max();
    for (const Settings& settings : all_settings_) {
        const PriorityPolicy policy = pace_in(settings, request.priority, request.watched);
        const auto index = static_cast<std::size_t>(item.attempt) - 1;
        if (index >= policy.nudges.size()) continue;
        const bool by_the_wall = policy.time_base == TimeBase::wall_clock;
        const auto elapsed = [&](Instant from, Instant to) {
            return by_the_wall ? Duration{to - from} : hours.worked_between(from, to);
        };
        Duration allowed = policy.ack_within;
        if (request.due_at)
            allowed = std::max<Duration>(elapsed(obligation.started_at, *request.due_at), 1min);
        const NudgeOffset& offset = policy.nudges[index];
        const Duration needed = Duration{static_cast<Duration::rep>(offset.share *
                                                                    static_cast<double>(allowed.count()))} +
                                offset.extra;
        missing = std::min<Duration>(missing, needed - elapsed(obligation.started_at, until));
    }
    return missing;
}

void MessageChecker::check_delay(const FoldedObligation& obligation, const OutboxItem& item, Instant now)
{
    const AskedRequest request = read_request(obligation.request);
    const FrozenRoute route = frozen_route_from_text(request.route);
    const auto index = static_cast<std::size_t>(item.step) - 1;
    if (item.step < 1 || index >= route.steps.size()) {
        throw Violation{"5: the steps of a route come in order",
                        fmt::format("obligation {}: step {} does not exist", obligation.id, item.step)};
    }
    // Whoever comes after somebody who is passed over is asked at once.
    storage::Statement skipped = connection_.prepare(
        R"(SELECT 1 FROM journal WHERE request_id = $1
            AND ((fact = 'step_skipped' AND detail ->> 'step' = $2)
                 OR (fact = 'step_taken' AND detail ->> 'step' = $3 AND detail ->> 'reason' = 'nobody_to_ask'))
            LIMIT 1)");
    skipped.bind_all(obligation.request, std::to_string(item.step - 1), std::to_string(item.step));
    if (skipped.step()) return;
    const bool by_the_wall = all_settings_.back().delivery.of(request.priority).time_base ==
                             TimeBase::wall_clock;
    Duration waited{0};
    for (const CheckedCalendars::Known& known : calendars_.all_hours_of(obligation.clock_of, now)) {
        const Duration elapsed = by_the_wall ? Duration{now - obligation.step_taken_at}
                                             : known.hours.worked_between(obligation.step_taken_at, now);
        waited = std::max(waited, elapsed);
    }
    if (waited < route.steps[index].delay - 1s) {
        throw Violation{
            "5: a step comes not before its delay",
            fmt::format(
                "obligation {}, step {}: {} s too early",
                obligation.id,
                item.step,
                std::chrono::duration_cast<std::chrono::seconds>(route.steps[index].delay - waited).count())};
    }
}

void MessageChecker::posted(const SeenMessage& message)
{
    const Leased* leased = find(message.outbox);
    if (leased == nullptr) throw Violation{"3: only what is in the outbox is sent", message.message.stamp};
    if (!posted_.insert(message.outbox).second) {
        throw Violation{"3: at most one visible message for each attempt",
                        fmt::format("outbox {} was posted twice in {}",
                                    message.outbox.value,
                                    message.message.channel.value)};
    }
    if (leased->kind == OutboxKind::card && !card_of_.emplace(leased->request, message.outbox).second) {
        throw Violation{"3: exactly one card for each request",
                        fmt::format("request {} has two", leased->request)};
    }
    if (!asks_people(leased->kind)) return;
    const std::set<std::int64_t> spoken_of = obligations_in(*message.notice);
    for (const OutboxItem& item : leased->items) {
        if (!is_attempt(item)) continue;
        const FoldedObligation* obligation = fold_.find(item.obligation.value);
        if (obligation == nullptr || !spoken_of.contains(item.obligation.value)) continue;
        const int round = obligation->rounds + (item.step == reminder_step ? obligation->promises : 0);
        if (!seen_.emplace(obligation->id, round, leased->conversation, item.step, item.attempt).second) {
            throw Violation{"3: at most one visible message for each attempt",
                            fmt::format("{} sees obligation {}, step {}, attempt {} twice",
                                        leased->conversation,
                                        obligation->id,
                                        item.step,
                                        item.attempt)};
        }
    }
}

void MessageChecker::shown(const SeenEphemeral& ephemeral)
{
    check_mentions(ephemeral.notice);
    if (ephemeral.outbox.exists() && !shown_.insert(ephemeral.outbox).second) {
        throw Violation{"3: an answer is shown at most once",
                        fmt::format("outbox {}", ephemeral.outbox.value)};
    }
}

}  // namespace ackd::simulation
