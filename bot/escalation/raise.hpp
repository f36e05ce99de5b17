// Something is raised along a route: by a person (`/escalate`), or by a program (an alert). Whoever is on the
// route's first step is asked at once, the next step when nobody answers in time, and when nobody is left it
// is a dead letter with an owner. The first who takes it stands everybody else down.
//
// It is a request of kind `escalation`: acknowledged, nudged, traced and ended as every other one is.
#pragma once

#include "bot/engine/handler_context.hpp"

#include <string>

namespace ackd {

struct Raised {
    /// Who hears of its outcome; empty: a program raised it, and whoever owns dead letters does.
    UserId raiser;
    /// The name of a route; unknown or empty: the default one.
    std::string route;
    Priority priority = Priority::now;
    /// What is wrong, as plain text: its first line is what people read first.
    std::string text;
    /// The message that shows how it stands, where there is one (an alert's): people are sent there.
    MessageRef shown_at{};
};

/// Asks the first step. Returns the request. A route that has nobody in it is a dead letter at once.
RequestId raise(HandlerContext& context, const Raised& raised);

/// It is over by itself: whoever was asked or has it owes nothing any more, and is told where they look.
/// Nothing happens when it is over already.
void stand_down(HandlerContext& context, RequestId request);

}  // namespace ackd
