// Something is raised along a route: by a person (`/escalate`), or by a program (an alert). Whoever is on the
// route's first step is asked at once, the next step when nobody answers in time, and when nobody is left it
// is a dead letter with an owner. The first who takes it stands everybody else down.
//
// Where a step says that more than one of its people are needed, the others on it go on being asked after the
// first, and after them the steps that follow, until as many have it; whoever says that it is done ends that.
//
// It is a request of kind `escalation`, with an obligation that is escalated from the start: acknowledged,
// nudged, traced and ended as every other one is. Each further taker who is needed is one more obligation,
// linked to the one before it. It has no card: whoever raised it has a message that shows
// how it stands, and so has the alert it came from.
#pragma once

#include "bot/delivery/part.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ackd {

struct Raised {
    /// Who hears of its outcome; empty: a program raised it, and whoever owns dead letters does.
    UserId raiser;
    /// The name of a route; unknown or empty: the default one.
    std::string route;
    Priority priority = Priority::now;
    /// What is wrong, as plain text: its first line is what people read first.
    std::string text;
    /// The message that shows how it stands, where there is one (an alert's): people are sent there. Without
    /// a stamp: where it was raised.
    MessageRef shown_at{};
    /// Who is asked before the route's first step. Nobody asked here is asked again by the route.
    std::vector<UserId> asked_first{};
    /// Told of the request before anybody is asked: what its clocks go by is kept then. May be empty.
    std::function<void(RequestId)> before_asking{};
};

/// Asks the first step. Returns the request. A route that has nobody in it is a dead letter at once.
RequestId raise(HandlerContext& context, const Raised& raised);

/// A dead letter of it is tried once more, from the first step on.
void raise_again(HandlerContext& context, const Request& request, const Obligation& dead_letter);

/// Nobody on the step that was asked can take it: the next one is asked.
void pass_on_raised(HandlerContext& context, const Request& request, const Obligation& declined);

// Where one who takes it is not enough

/// An obligation of it was taken or done: how many the request waits for from now on. Whoever says that it is
/// done ends it for those who have it, too.
void count_needed(HandlerContext& context,
                  Request& request,
                  const Obligation& before,
                  const Obligation& after);
/// Somebody has taken it, or does not have it any more: whether others are asked.
void follow_takers(HandlerContext& context,
                   const Request& request,
                   const Obligation& before,
                   const Obligation& after);
/// Who has it, or has done it, each once, by the order in which they took it; without the one who has that
/// obligation.
[[nodiscard]] std::vector<UserId> takers_of(HandlerContext& context,
                                            const Request& request,
                                            ObligationId but_of = {});
/// Whether they have one that is beside this obligation: nobody counts twice.
[[nodiscard]] bool has_taken_another(HandlerContext& context,
                                     const Request& request,
                                     const Obligation& obligation,
                                     const UserId& person);

// Where a choice ends it, said in a form

/// Whether it is theirs to end: they were asked, may be yet, or decide about what nobody answered.
[[nodiscard]] bool may_end_raised(HandlerContext& context, const Part& part, const UserId& person);
/// What is still owed of it is done; what was given up on has an answer after all.
void end_raised(HandlerContext& context, const Part& part, const UserId& person);

/// It is over by itself: whoever was asked or has it owes nothing any more, and is told where they look.
/// Nothing happens when it is over already.
void stand_down(HandlerContext& context, RequestId request);

/// The obligation has changed: who raised it hears that somebody has it, that it is done, or that nobody
/// could be reached.
void follow_raised(HandlerContext& context,
                   const Request& request,
                   const Obligation& before,
                   const Obligation& after);
/// Who raised it sees how it stands, in place.
void redraw_raised(HandlerContext& context, const Request& request);

// What people read (raised_notice.cpp)

/// To who raised it: who is asked, what follows, and how it went on.
[[nodiscard]] Section raised_section(HandlerContext& context, const Request& request);
[[nodiscard]] Notice raised_notice(HandlerContext& context, const std::vector<ObligationId>& items);
/// ", 1 of 2", where more than one is needed; else nothing.
[[nodiscard]] std::string count_words(HandlerContext& context, const Request& request);
/// The route is used up, and who decides now.
[[nodiscard]] std::string nobody_left_words(HandlerContext& context, const Request& request);
/// To whoever is asked: what was raised, by whom, and what helps.
[[nodiscard]] std::vector<Line> raised_lines(HandlerContext& context, const Request& request);

}  // namespace ackd
