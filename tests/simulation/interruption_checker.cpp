#include "tests/simulation/interruption_checker.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

/// After it has slept for so long, a process has made every digest whose slot is past.
constexpr Duration longest_sleep = 1h;

}  // namespace

std::string InterruptionChecker::zone_of(const std::string& person) const
{
    storage::Statement row = connection_.prepare("SELECT time_zone FROM members WHERE id = $1");
    row.bind(1, person);
    return row.step() ? row.column_string(0) : "";
}

bool InterruptionChecker::was_out(const std::string& person, Instant since) const
{
    storage::Statement row = connection_.prepare(
        "SELECT 1 FROM absences WHERE person = $1 AND until_us > $2 LIMIT 1");
    row.bind_all(person, to_microseconds(since));
    return row.step();
}

bool InterruptionChecker::was_undisturbed(const std::string& person, Instant since) const
{
    const SimulatedPerson* found = team_.find(UserId{person});
    if (found != nullptr && found->undisturbed_until > since) return true;
    // As far as the bot knows, which may have heard of it late: their hours have been others in between.
    storage::Statement known = connection_.prepare(
        R"(SELECT 1 FROM do_not_disturb WHERE person = $1 AND until_us > $2
            UNION ALL SELECT 1 FROM do_not_disturb_past WHERE person = $1 AND until_us > $2 LIMIT 1)");
    known.bind_all(person, to_microseconds(since));
    return known.step();
}

void InterruptionChecker::told(const DoNotDisturbChanged& changed)
{
    DoNotDisturbChanged& last = last_told_[changed.person.value];
    if (changed.told_at >= last.told_at) last = changed;
}

void InterruptionChecker::check_do_not_disturb(const std::string& person, Instant now)
{
    const auto holds = [&](Instant from, Instant until) { return from <= now && now < until; };
    const SimulatedPerson* found = team_.find(UserId{person});
    if (found == nullptr || !holds(found->do_not_disturb.from, found->do_not_disturb.until)) return;
    const auto last = last_told_.find(person);
    bool is_known = last != last_told_.end() && holds(last->second.from, last->second.until);
    storage::Statement row = connection_.prepare(
        "SELECT from_us, until_us, is_obeyed FROM do_not_disturb WHERE person = $1");
    row.bind(1, person);
    if (row.step()) {
        // Spans that left no working time between them may not hold up everything for ever.
        if (row.column_int(2) == 0) return;
        is_known = is_known ||
                   holds(from_microseconds(row.column_int(0)), from_microseconds(row.column_int(1)));
    }
    if (is_known) throw Violation{"4: no nudge to who does not want to be disturbed", person};
}

bool InterruptionChecker::is_urgent(std::int64_t request) const
{
    storage::Statement row = connection_.prepare("SELECT priority FROM requests WHERE id = $1");
    row.bind(1, request);
    return row.step() && row.column_int(0) == static_cast<int>(Priority::now);
}

void InterruptionChecker::leased(OutboxId id, const MessageChecker::Leased& leased)
{
    const std::string person = person_of(leased.conversation).value;
    if (person.empty()) return;
    if (leased.waits_for_hours) check_do_not_disturb(person, leased.at);
    if (!known_.insert(id).second) return;
    storage::Statement row = connection_.prepare("SELECT created_at_us FROM outbox WHERE id = $1");
    row.bind(1, id.value);
    row.step();
    const Instant made_at = from_microseconds(row.column_int(0));
    if (leased.kind == OutboxKind::digest) return check_slot(person, made_at);
    if (leased.kind != OutboxKind::nudge && leased.kind != OutboxKind::escalation &&
        leased.kind != OutboxKind::need_question && leased.kind != OutboxKind::read_back_question &&
        leased.kind != OutboxKind::said_back)
        return;
    if (!is_urgent(leased.request)) count(person, made_at);
}

void InterruptionChecker::count(const std::string& person, Instant at)
{
    const std::string zone = zone_of(person);
    const int spent = ++interruptions_[{person, zone, calendars_.hours_of(person, at).day_of(at)}];
    int allowed = 0;
    for (const Settings& settings : all_settings_)
        allowed = std::max(allowed, settings.interruptions_per_day);
    if (spent > allowed) {
        throw Violation{"12: the budget is never negative",
                        fmt::format("{} is interrupted for the {}. time that day", person, spent)};
    }
}

void InterruptionChecker::check_slot(const std::string& person, Instant at)
{
    const auto& hours = calendars_.all_hours_of(person, at).back();
    const auto before = last_digest_.find(person);
    // Whoever has other hours since has other slots.
    if (before != last_digest_.end() && before->second >= hours.since &&
        !hours.hours.has_digest_slot(before->second, at))
    {
        throw Violation{"4: one digest for a slot",
                        fmt::format("{} gets another one, made at {}, after {}",
                                    person,
                                    date::format("%a %F %T", at),
                                    date::format("%a %F %T", before->second))};
    }
    last_digest_[person] = at;
}

void InterruptionChecker::check_waiting(Instant now, Instant awake_since)
{
    storage::Statement rows = connection_.prepare(
        R"(SELECT e.id, e.person, e.added_at_us, coalesce(d.due_at_us, 0)
            FROM digest_entries e LEFT JOIN digests d ON d.person = e.person
            ORDER BY e.id)");
    while (rows.step()) {
        const std::string person = rows.column_string(1);
        const Instant added_at = from_microseconds(rows.column_int(2));
        if (was_out(person, added_at) || was_undisturbed(person, added_at)) continue;
        const auto& hours = calendars_.all_hours_of(person, now).back();
        const Instant since = std::max(added_at, hours.since);
        // A digest that was missed comes when they are at work again; at the latest with their next slot.
        const bool was_left_out = hours.hours.has_digest_slot(std::max(since, awake_since),
                                                              now - longest_sleep);
        const Duration longest_wait = 2 * hours.hours.longest_day() + longest_sleep;
        // Where people work for minutes a day, a few restarts in a row may miss two slots.
        if (was_left_out || hours.hours.worked_between(std::max(since, awake_since), now) > longest_wait) {
            throw Violation{
                "12: overflow reaches a digest within a working day",
                fmt::format("entry {} of {}, added at {}, was left out of a digest; the next is due at {}",
                            rows.column_int(0),
                            person,
                            date::format("%F %T", added_at),
                            date::format("%F %T", from_microseconds(rows.column_int(3))))};
        }
    }
}

}  // namespace ackd::simulation
