// What becomes of each occurrence of something that comes round: pure, and shared by whatever has a cadence.
//
// Every occurrence since the schedule began ends in one way, once: it runs, or it is passed over with a
// reason. Of those that came while nobody looked (ackd was down) the last one runs, late, and those before it
// are passed over: never a burst. An occurrence is known by its nominal day, and none runs for a day that has
// had its run, whatever becomes of the cadence and of the holidays meanwhile; nor does a month whose last
// working day has, when a calendar makes another day the last one.
//
// Nor is one lost by a change. Where another calendar of holidays moves the one that comes next to before the
// last look, it is due at once. Where the policy was changed while nobody looked, what had come due until
// then is due by what the policy said until then (look_through): the new rule counts from the change on.
//
//   occurrence ──its time has come──► runs
//        ├──another one came before anybody looked──► missed
//        ├──within a pause──► paused
//        └──somebody said so──► skipped
#pragma once

#include "bot/cadence/occurrences.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

enum class PassedOverBecause { missed, paused, skipped };
/// "missed": in the journal.
[[nodiscard]] std::string_view name_of(PassedOverBecause reason);

struct CadencePause {
    Instant from;
    /// Unset: until somebody resumes it.
    std::optional<Instant> until;
    [[nodiscard]] bool holds_at(Instant at) const { return from <= at && (!until || at < *until); }
    friend bool operator==(const CadencePause&, const CadencePause&) = default;
};

/// What is remembered between two looks.
struct CadenceSchedule {
    /// What was due by then has been dealt with: when it began, or was last looked at.
    Instant looked_until{};
    /// The latest nominal day that has been dealt with.
    std::optional<std::chrono::local_days> last_nominal;
    /// The latest that came by the rule, and not because somebody wanted one more.
    std::optional<std::chrono::local_days> last_by_rule;
    std::optional<CadencePause> pause;
    /// The nominal day of the one that is left out.
    std::optional<std::chrono::local_days> skipped;
    /// The nominal day of the one that came next, as it looked then.
    std::optional<std::chrono::local_days> expected;
    friend bool operator==(const CadenceSchedule&, const CadenceSchedule&) = default;
};

/// Nothing of before counts.
[[nodiscard]] CadenceSchedule begin_schedule(Instant now);

struct PassedOver {
    Occurrence occurrence;
    PassedOverBecause reason = PassedOverBecause::missed;
    friend bool operator==(const PassedOver&, const PassedOver&) = default;
};

struct CadenceLook {
    /// In order, all of them before `runs`, or with no run.
    std::vector<PassedOver> passed_over;
    std::optional<Occurrence> runs;
    CadenceSchedule after;
};

/// What has come due by now. Looking again at the same instant gives nothing.
[[nodiscard]] CadenceLook look_at_schedule(const CadencePlan& plan,
                                           const CadenceSchedule& schedule,
                                           Instant now);

/// How something that comes round stood in the policy for a time: up to an instant, from the end of the era
/// before it.
struct CadenceEra {
    /// All that says when it takes place but the working days, as text.
    std::string rule;
    /// Unset: it was not in the policy.
    std::optional<CadencePlan> plan;
    Instant until{};
};

/// A schedule, and the rule by which it was looked at.
struct KeptSchedule {
    CadenceSchedule schedule;
    std::string rule;
    friend bool operator==(const KeptSchedule&, const KeptSchedule&) = default;
};

struct CadenceEraLook {
    /// In order.
    std::vector<PassedOver> passed_over;
    std::optional<Occurrence> runs;
    /// Nothing: it is not in the policy any more.
    std::optional<KeptSchedule> after;
};

/// What has come due by the end of the last era, each by what held at its time; of all of it one runs, and
/// nothing where the last era has none. `eras`: one at least, in order. `kept`: nothing, when it has not
/// begun: then it begins with its era, or where that is the first one, of which nobody knows since when it
/// held, at its end. By another rule than the kept one the first era counts from its end on, likewise.
/// `last_nominal`: the latest day that has been dealt with, by whatever schedule.
[[nodiscard]] CadenceEraLook look_through(const std::vector<CadenceEra>& eras,
                                          std::optional<KeptSchedule> kept,
                                          std::optional<std::chrono::local_days> last_nominal);

/// An occurrence that runs so long after its time is said to be late.
inline constexpr std::chrono::minutes late_after{10};
[[nodiscard]] bool is_late(const Occurrence& occurrence, Instant now);

/// The next one that runs, as it looks now: after a pause that ends, and after one that is left out. Nothing:
/// it is paused until somebody resumes it, or none comes within three years.
[[nodiscard]] std::optional<Occurrence> next_run(const CadencePlan& plan,
                                                 const CadenceSchedule& schedule,
                                                 Instant now);
/// When there is something to look at again, be it only to pass it over.
[[nodiscard]] std::optional<Instant> next_look(const CadencePlan& plan, Instant now);

// What people do with it, on a schedule that was looked at now

struct CadenceChange {
    /// Which one it is about; nothing: there is none, and nothing changes.
    std::optional<Occurrence> occurrence;
    CadenceSchedule after;
};

/// `until` lies ahead, or is left open. A pause in the place of another one.
[[nodiscard]] CadenceSchedule paused(CadenceSchedule schedule, Instant now, std::optional<Instant> until);
[[nodiscard]] CadenceSchedule resumed(CadenceSchedule schedule);
/// The next one is left out. Said twice it is the same one.
[[nodiscard]] CadenceChange skip_next(const CadencePlan& plan, const CadenceSchedule& schedule, Instant now);
/// One more, now, for today; where today has one still to come, it is this one. Nothing: today had its run.
[[nodiscard]] CadenceChange run_now(const CadencePlan& plan, const CadenceSchedule& schedule, Instant now);

}  // namespace ackd
