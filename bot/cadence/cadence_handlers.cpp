#include "bot/cadence/cadence_handlers.hpp"

#include "bot/cadence/policy_eras.hpp"
#include "bot/calendar_text.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/people/wall_clock.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/resync/resync_people.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/retro/retro_people.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

using namespace std::chrono_literals;

/// Until the chat has told of its people, nobody can be asked anything.
constexpr Duration looked_again_after = 1min;

/// What a plan refers to.
struct PlanGround {
    WorkingDays working_days;
    std::string default_zone;
    [[nodiscard]] CadencePlan plan(const Cadence& cadence) const
    {
        return {cadence, working_days, default_zone};
    }
};

PlanGround ground_of(HandlerContext& context)
{
    return {working_days_of(context), context.settings.default_zone};
}

std::string zone_words(const Policy& policy, const Cadence& cadence)
{
    return cadence.zone.empty() ? policy.default_zone : cadence.zone;
}

/// All that says when it takes place, but the working days.
std::string rule_words(const Policy& policy, const Cadence& cadence)
{
    return fmt::format("{} · {} · {} · {}",
                       to_text(cadence),
                       zone_words(policy, cadence),
                       cadence.starts ? date_text(*cadence.starts) : "",
                       name_of(cadence.on_holiday));
}

/// `called_by`: the team for which it comes out of turn; empty: it does not.
void begin(HandlerContext& context,
           const CadenceKey& key,
           const Occurrence& occurrence,
           const std::string& called_by = {})
{
    switch (key.use) {
        case CadenceUse::resync:
            if (const Resync* resync = find_resync(context.settings, key.name))
                begin_resync(context, *resync, occurrence, called_by);
            return;
        case CadenceUse::retro:
            if (const Retro* retro = retro_named(context, key.name)) begin_retro(context, *retro, occurrence);
            return;
    }
}

void record_end(HandlerContext& context,
                const CadenceKey& key,
                const Occurrence& occurrence,
                OccurrenceEnd end,
                const UserId& actor)
{
    record(context,
           actor,
           RequestId{},
           ObligationId{},
           "occurrence",
           {{"of", std::string{name_of(key.use)}},
            {"name", key.name},
            {"end", std::string{name_of(end)}},
            {"due_us", std::to_string(to_microseconds(occurrence.at))}});
}

void end_occurrence(HandlerContext& context,
                    const CadenceKey& key,
                    const Occurrence& occurrence,
                    OccurrenceEnd end,
                    const UserId& actor = bot_actor)
{
    CadenceTable{context.connection}.insert(key, {occurrence, end, context.now});
    record_end(context, key, occurrence, end, actor);
}

const CadenceInPolicy* find_cadence(const std::vector<CadenceInPolicy>& all, const CadenceKey& key)
{
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const CadenceInPolicy& each) { return each.key == key; });
    return found == all.end() ? nullptr : &*found;
}

/// What comes round by a policy that held for a time.
struct CadencesOfEra {
    const PolicyEra* era = nullptr;
    std::vector<CadenceInPolicy> all;
};

CadenceEra era_of(const CadencesOfEra& cadences, const CadenceKey& key)
{
    const PolicyEra& era = *cadences.era;
    const CadenceInPolicy* it = find_cadence(cadences.all, key);
    if (it == nullptr) return {"", std::nullopt, era.until};
    return {rule_words(era.policy, *it->cadence),
            CadencePlan{*it->cadence, era.working_days, era.policy.default_zone},
            era.until};
}

/// Everything that comes round or did until its schedule was looked at last; what is gone first.
std::vector<CadenceKey> keys_to_look_at(HandlerContext& context, const std::vector<CadencesOfEra>& eras)
{
    std::vector<CadenceKey> keys;
    const auto add = [&](const CadenceKey& key) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    };
    const auto& present = eras.back().all;
    for (const CadenceKey& key : CadenceTable{context.connection}.keys()) {
        if (find_cadence(present, key) == nullptr) add(key);
    }
    for (const CadencesOfEra& era : eras) {
        for (const CadenceInPolicy& each : era.all) {
            if (find_cadence(present, each.key) == nullptr) add(each.key);
        }
    }
    for (const CadenceInPolicy& each : present) add(each.key);
    return keys;
}

/// What has come due of this one; gives when there is something to look at again.
std::optional<Instant> look_after(HandlerContext& context,
                                  const CadenceKey& key,
                                  const std::vector<CadencesOfEra>& policy_eras)
{
    const CadenceTable table{context.connection};
    std::vector<CadenceEra> eras;
    eras.reserve(policy_eras.size());
    for (const CadencesOfEra& each : policy_eras) eras.push_back(era_of(each, key));
    std::optional<KeptSchedule> kept;
    if (const auto schedule = table.find(key)) kept = KeptSchedule{*schedule, table.rule_of(key)};
    // Where it was in the policy before: no day runs twice.
    const auto last = table.newest(key, 1);
    const CadenceEraLook look = look_through(
        eras, kept, last.empty() ? std::nullopt : std::optional{last.front().occurrence.nominal});
    if (look.after) {
        table.save(key, look.after->rule, look.after->schedule);
    } else if (kept) {
        table.remove(key);
        if (key.use == CadenceUse::resync) end_resync(context, key.name);
    }
    for (const PassedOver& each : look.passed_over)
        end_occurrence(context, key, each.occurrence, end_of(each.reason));
    if (look.runs) {
        const bool late = is_late(*look.runs, context.now);
        end_occurrence(context, key, *look.runs, late ? OccurrenceEnd::ran_late : OccurrenceEnd::ran);
        if (!is_mutated(Mutation::forget_occurrence)) begin(context, key, *look.runs);
    }
    const CadenceEra& present = eras.back();
    return present.plan ? next_look(*present.plan, context.now) : std::nullopt;
}

/// That of a change whose occurrence is there: it has its run, now.
void run_changed(HandlerContext& context,
                 const CadenceInPolicy& it,
                 const CadenceChange& change,
                 const UserId& actor,
                 const std::string& called_by = {})
{
    CadenceTable{context.connection}.save(it.key, rule_words(context.settings, *it.cadence), change.after);
    end_occurrence(context, it.key, *change.occurrence, OccurrenceEnd::ran, actor);
    begin(context, it.key, *change.occurrence, called_by);
}

/// One more, for today, or the one of today that was passed over. False: today had its run.
bool begin_now(HandlerContext& context,
               const CadenceInPolicy& it,
               const CadencePlan& plan,
               const CadenceSchedule& schedule,
               const UserId& person)
{
    const CadenceChange change = run_now(plan, schedule, context.now);
    if (change.occurrence) {
        run_changed(context, it, change, person);
        return true;
    }
    const auto today = WallClock{WorkingHours{it.cadence->zone, context.settings.default_zone}.zone()}.day(
        context.now);
    if (!CadenceTable{context.connection}.run_after_all(it.key, today, context.now)) return false;
    record_end(context, it.key, {today, today, context.now}, OccurrenceEnd::ran, person);
    begin(context, it.key, {today, today, context.now});
    return true;
}

/// "until friday", "for 2 weeks"; nothing after "pause": until somebody resumes it.
struct PauseEnd {
    std::optional<Instant> until;
    std::string problem;
};

PauseEnd pause_end(HandlerContext& context, const UserId& person, std::vector<std::string> words)
{
    if (words.empty()) return {};
    if (words.front() == "for")
        words.front() = "in";
    else if (words.front() == "until")
        words.erase(words.begin());
    const DuePhraseOutcome outcome = parse_due_phrase(
        words, context.directory.working_hours_of(person), context.now);
    const auto* due = std::get_if<DuePhrase>(&outcome);
    if (due != nullptr && due->words_used == words.size() && due->at > context.now) return {due->at, ""};
    return {std::nullopt, fmt::format("I did not understand until when: \"{}\".", fmt::join(words, " "))};
}

}  // namespace

std::vector<CadenceInPolicy> cadences_of(const Policy& policy)
{
    std::vector<CadenceInPolicy> all;
    for (const Resync& resync : policy.resyncs)
        all.push_back({{CadenceUse::resync, resync.name}, &resync.cadence, resync.teams});
    for (const Retro& retro : policy.retros)
        all.push_back({{CadenceUse::retro, retro.name}, &retro.cadence, {retro.team}});
    return all;
}

WorkingDays working_days_of(HandlerContext& context)
{
    return working_days_of(context.settings.hours, context.settings.holidays, context.settings.calendars);
}

WorkingHours common_hours(HandlerContext& context, const Cadence& cadence)
{
    WorkCalendar calendar;
    calendar.week = context.settings.hours;
    calendar.holidays = working_days_of(context).holidays;
    return WorkingHours{cadence.zone, context.settings.default_zone, calendar};
}

void look_after_cadences(HandlerContext& context)
{
    const std::vector<PolicyEra> policies = policy_eras(context);
    std::vector<CadencesOfEra> eras;
    eras.reserve(policies.size());
    for (const PolicyEra& era : policies) eras.push_back({&era, cadences_of(era.policy)});
    if (!eras.back().all.empty() && context.directory.is_empty()) {
        context.upkeep.cadences_at = context.now + looked_again_after;
        return;
    }
    std::optional<Instant> earliest;
    for (const CadenceKey& key : keys_to_look_at(context, eras)) {
        const auto next = look_after(context, key, eras);
        if (next) earliest = earliest ? std::min(*earliest, *next) : next;
    }
    note_look(context);
    context.upkeep.cadences_at = earliest;
}

std::optional<Occurrence> next_run(HandlerContext& context, const CadenceInPolicy& it)
{
    const PlanGround ground = ground_of(context);
    const auto schedule = CadenceTable{context.connection}.find(it.key);
    return next_run(ground.plan(*it.cadence), schedule.value_or(begin_schedule(context.now)), context.now);
}

std::string next_words(HandlerContext& context, const CadenceInPolicy& it, const UserId& reader)
{
    const std::string rule = fmt::format(
        "{} ({})", to_text(*it.cadence), zone_words(context.settings, *it.cadence));
    const auto schedule = CadenceTable{context.connection}.find(it.key);
    const bool is_paused = schedule && schedule->pause && schedule->pause->holds_at(context.now);
    if (is_paused && !schedule->pause->until) return fmt::format("Paused · {}", rule);
    const auto next = next_run(context, it);
    std::string words = is_paused ? fmt::format("Paused until {}. ",
                                                your_time(context, reader, *schedule->pause->until))
                                  : std::string{};
    words += next ? fmt::format("Next: {} · {}", your_time(context, reader, next->at), rule)
                  : fmt::format("Does not take place within three years · {}", rule);
    if (schedule && schedule->skipped) words += " · one is left out before";
    return words;
}

bool run_out_of_turn(HandlerContext& context, const CadenceInPolicy& it, const std::string& called_by)
{
    const auto present = CadenceTable{context.connection}.find(it.key);
    if (!present || (present->pause && present->pause->holds_at(context.now))) return false;
    const PlanGround ground = ground_of(context);
    const CadenceChange change = run_now(ground.plan(*it.cadence), *present, context.now);
    // Of a day that a lead has left out nobody but a person has one after all.
    if (!change.occurrence || change.occurrence->nominal == present->skipped) return false;
    run_changed(context, it, change, bot_actor, called_by);
    return true;
}

std::optional<Notice> change_cadence(HandlerContext& context,
                                     const CadenceInPolicy& it,
                                     const UserId& person,
                                     const std::vector<std::string>& words)
{
    if (words.empty()) return std::nullopt;
    const std::string& verb = words.front();
    if (verb != "pause" && verb != "resume" && verb != "skip" && verb != "now") return std::nullopt;
    const std::string command = fmt::format("/{} {}", name_of(it.key.use), verb);
    if (verb != "pause" && words.size() > 1)
        return absence_mistake_reply(fmt::format("\"{}\" is more than I understand.", words[1]),
                                     fmt::format("{} {}", command, it.key.name));
    const CadenceTable table{context.connection};
    // What is due by now has its run first: a pause is for what comes.
    look_after_cadences(context);
    const auto present = table.find(it.key);
    if (!present) return plain_reply("It has not begun yet. Please try again in a minute.");
    const PlanGround ground = ground_of(context);
    const CadencePlan plan = ground.plan(*it.cadence);
    const auto note = [&](std::string_view fact, const CadenceSchedule& schedule) {
        table.save(it.key, rule_words(context.settings, *it.cadence), schedule);
        record(context,
               person,
               RequestId{},
               ObligationId{},
               fact,
               {{"of", std::string{name_of(it.key.use)}}, {"name", it.key.name}});
    };
    if (verb == "pause") {
        const PauseEnd end = pause_end(context, person, {words.begin() + 1, words.end()});
        if (!end.problem.empty())
            return absence_mistake_reply(end.problem,
                                         fmt::format("{} {} until monday", command, it.key.name));
        note("cadence_paused", paused(*present, context.now, end.until));
    } else if (verb == "resume") {
        if (!present->pause && !present->skipped)
            return plain_reply(
                fmt::format("{} is not paused. {}.", it.key.name, next_words(context, it, person)));
        CadenceSchedule schedule = resumed(*present);
        schedule.skipped.reset();
        note("cadence_resumed", schedule);
    } else if (verb == "skip") {
        const CadenceChange change = skip_next(plan, *present, context.now);
        if (!change.occurrence)
            return plain_reply(
                fmt::format("There is none to leave out. {}.", next_words(context, it, person)));
        note("cadence_skipped", change.after);
        return plain_reply(fmt::format("{}: the one of {} is left out. {}.",
                                       it.key.name,
                                       your_time(context, person, change.occurrence->at),
                                       next_words(context, it, person)));
    } else {
        if (!begin_now(context, it, plan, *present, person))
            return plain_reply(fmt::format(
                "{} had its run of today already. {}.", it.key.name, next_words(context, it, person)));
        return plain_reply(fmt::format("{} has begun. {}.", it.key.name, next_words(context, it, person)));
    }
    return plain_reply(fmt::format("{}: {}.", it.key.name, next_words(context, it, person)));
}

}  // namespace ackd
