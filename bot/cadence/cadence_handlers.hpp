// Everything in the policy that comes round takes place here, whatever it is: look_after_cadences asks the
// pure schedule (cadence_schedule.hpp) what has come due, writes down how each occurrence ended, and begins
// what runs.
#pragma once

#include "bot/cadence/cadence_table.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// Lets take place what has come due, and says when that is to be looked at again (Upkeep::cadences_at). What
/// is new in the policy begins with the version that has it, and what is no longer there ends. Where the
/// policy says other times than before, they count from when it did: what was due by then was due by the old
/// ones, and nothing is late for having been due by a rule that was not there yet. Each occurrence ends once,
/// in the table and in the journal.
void look_after_cadences(HandlerContext& context);

/// One thing that comes round, with what says when.
struct CadenceInPolicy {
    CadenceKey key;
    const Cadence* cadence = nullptr;
    /// Whose it is.
    std::vector<std::string> teams{};
};
[[nodiscard]] std::vector<CadenceInPolicy> cadences_of(const Policy& policy);

/// The working days that a cadence goes by: those that everybody has.
[[nodiscard]] WorkingDays working_days_of(HandlerContext& context);
/// The hours that everybody has, by its clock.
[[nodiscard]] WorkingHours common_hours(HandlerContext& context, const Cadence& cadence);
/// The next run as it looks now. Nothing: none comes, or it is paused.
[[nodiscard]] std::optional<Occurrence> next_run(HandlerContext& context, const CadenceInPolicy& it);
/// "Next: Mon 5 Jan 10:00 (your time) · every second monday 10:00 (Europe/Berlin)", "Paused until …"
[[nodiscard]] std::string next_words(HandlerContext& context,
                                     const CadenceInPolicy& it,
                                     const UserId& reader);

/// One more, now, for today, because a team needs it: not while it is paused, nor where today had its run.
/// False: it does not begin. On a schedule that was looked at now.
[[nodiscard]] bool run_out_of_turn(HandlerContext& context,
                                   const CadenceInPolicy& it,
                                   const std::string& called_by);

/// `words` say what is done with it: "pause until friday", "resume", "skip", "now". Nothing: they say
/// something else.
[[nodiscard]] std::optional<Notice> change_cadence(HandlerContext& context,
                                                   const CadenceInPolicy& it,
                                                   const UserId& person,
                                                   const std::vector<std::string>& words);

}  // namespace ackd
