// What people read about capacity. It speaks of teams and of answers: what is shown as missing is an answer,
// never that somebody said that there is no room.
#pragma once

#include "bot/capacity/capacity_signal.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <string>
#include <vector>

namespace ackd {

/// "platform", or the name of who speaks of themselves.
[[nodiscard]] std::string subject_of(HandlerContext& context, const CapacitySignal& signal);
/// "drops the importer rewrite"
[[nodiscard]] std::string relief_words(const CapacityQuestion& question);
/// "Drop something", as a form is called.
[[nodiscard]] std::string relief_title(Relief relief);

// To whoever is asked

/// What a function is asked, as plain text: its first line is what people read first.
[[nodiscard]] std::string question_text(HandlerContext& context,
                                        const CapacitySignal& signal,
                                        const std::string& function);
/// In place of what is raised otherwise; empty: the request is something else.
[[nodiscard]] std::vector<Line> question_lines(HandlerContext& context, const Request& request);
/// The closed list; `value` is of the obligation.
void add_relief_actions(const std::string& value, Section& section);

// The message of a signal

[[nodiscard]] Notice capacity_notice(HandlerContext& context, const CapacitySignal& signal);

// To who gave it

/// `person`: who said it just now.
[[nodiscard]] Notice said_reply(HandlerContext& context, const CapacitySignal& signal, const UserId& person);
[[nodiscard]] Notice nothing_said_reply(const std::string& team);
[[nodiscard]] Notice room_again_reply(const CapacitySignal& signal);
[[nodiscard]] Notice help_question_notice(const CapacitySignal& signal);
[[nodiscard]] Notice helped_reply(const CapacitySignal& signal);

// To who looks

/// How it stands with somebody and with their teams, what waits for them, and the ways to say something else.
[[nodiscard]] Notice own_capacity_reply(HandlerContext& context, const UserId& person);
/// How it stands with a team, and how long it took until there was relief before.
[[nodiscard]] Notice team_capacity_reply(HandlerContext& context,
                                         const UserId& reader,
                                         const std::string& team);
/// For the App Home; no lines: there is nothing to say.
[[nodiscard]] Section capacity_section(HandlerContext& context, const UserId& person);

// To others

/// For whom an ask waits, at which place in the order, and until when.
struct QueuedPerson {
    UserId person;
    int place = 1;
    Instant until{};
};
/// To who asked.
[[nodiscard]] Notice queued_notice(HandlerContext& context,
                                   const Request& request,
                                   const std::vector<QueuedPerson>& people);
/// "platform has said four times in thirty days that it has no room."
[[nodiscard]] std::string often_full_words(const std::string& team);
/// To the leads of a team that has said it often. `resync`: which has begun because of it; empty: none.
[[nodiscard]] Notice many_signals_notice(const std::string& team, int count, const std::string& resync);

}  // namespace ackd
