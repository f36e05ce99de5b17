#include "tests/simulation/interruption_checker.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;

/// A working day, and the hour that a process may sleep.
constexpr Duration longest_wait = 9h;

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
    return found != nullptr && found->undisturbed_until > since;
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
    if (leased.kind != OutboxKind::nudge && leased.kind != OutboxKind::escalation) return;
    if (!is_urgent(leased.request)) count(person, made_at);
}

void InterruptionChecker::count(const std::string& person, Instant at)
{
    const std::string zone = zone_of(person);
    const CheckedHours hours{zone, all_settings_.back().default_zone};
    const int spent = ++interruptions_[{person, zone, hours.day_of(at)}];
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
    const std::string zone = zone_of(person);
    const auto before = last_digest_.find(person);
    if (before != last_digest_.end() && before->second.zone == zone) {
        const CheckedHours hours{zone, all_settings_.back().default_zone};
        if (!hours.has_digest_slot(before->second.at, at)) {
            throw Violation{"4: one digest for a slot", fmt::format("{} gets another one", person)};
        }
    }
    last_digest_[person] = Made{zone, at};
}

void InterruptionChecker::check_waiting(Instant now)
{
    storage::Statement rows = connection_.prepare(
        "SELECT id, person, added_at_us FROM digest_entries ORDER BY id");
    while (rows.step()) {
        const std::string person = rows.column_string(1);
        const std::string zone = zone_of(person);
        // Whoever moved has other hours from then on.
        if (first_zone_.emplace(rows.column_int(0), zone).first->second != zone) continue;
        const Instant added_at = from_microseconds(rows.column_int(2));
        if (was_out(person, added_at) || was_undisturbed(person, added_at)) continue;
        const CheckedHours hours{zone, all_settings_.back().default_zone};
        const Duration waited = hours.worked_between(added_at, now);
        if (waited > longest_wait) {
            throw Violation{"12: overflow reaches a digest within a working day",
                            fmt::format("entry {} of {} has waited for {} working hours",
                                        rows.column_int(0),
                                        person,
                                        waited / 1h)};
        }
    }
}

}  // namespace ackd::simulation
