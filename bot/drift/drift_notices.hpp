// What people read of a drift probe.
#pragma once

#include "bot/drift/drift_probe.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"

#include <string>
#include <vector>

namespace ackd {

/// Why the team cannot be asked now, and from when on it can; empty: it can.
[[nodiscard]] std::string drift_obstacle(HandlerContext& context,
                                         const std::string& team,
                                         const UserId& reader);

/// To somebody who was picked.
[[nodiscard]] Notice drift_question_notice(HandlerContext& context,
                                           const DriftProbe& probe,
                                           const UserId& person);
/// To who asked: it is on its way.
[[nodiscard]] Notice drift_asked_notice(HandlerContext& context, const DriftProbe& probe);
/// How it was seen. Of one that is shown.
[[nodiscard]] Notice drift_notice(HandlerContext& context, const DriftProbe& probe);
/// To who asked: nothing is shown.
[[nodiscard]] Notice drift_too_few_notice(HandlerContext& context, const DriftProbe& probe);
/// In the place of what asked somebody.
[[nodiscard]] Notice drift_called_off_notice(const DriftProbe& probe);
/// To who asked: this person has called it off.
[[nodiscard]] Notice drift_stopped_notice(HandlerContext& context,
                                          const DriftProbe& probe,
                                          const UserId& person);
/// To who has called it off.
[[nodiscard]] Notice drift_stopped_reply(HandlerContext& context,
                                         const DriftProbe& probe,
                                         const UserId& reader);

/// To somebody who has just answered.
[[nodiscard]] Notice drift_counted_reply(HandlerContext& context, const DriftProbe& probe);
/// To somebody who answers one that has ended.
[[nodiscard]] Notice drift_over_reply(const DriftProbe& probe);
struct TeamToAsk {
    std::string team;
    /// Why not now; empty: now.
    std::string obstacle;
};
/// Whether these teams can be asked, and what became of the last ones.
[[nodiscard]] Notice drift_standing_reply(HandlerContext& context,
                                          const std::vector<TeamToAsk>& teams,
                                          const UserId& reader);

}  // namespace ackd
