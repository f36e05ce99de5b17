// `/drift stop`: a question that is open is called off.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/drift/drift_handlers.hpp"
#include "bot/drift/drift_notices.hpp"
#include "bot/drift/drift_outcome.hpp"
#include "bot/drift/drift_table.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/people/roles.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// "stop", "stop platform". A question may begin with the same word: "stop the line, or not?"
struct Stop {
    /// Empty: none is named.
    std::string team;
};

std::optional<Stop> stop_in(HandlerContext& context,
                            const std::string& typed,
                            const std::vector<DriftProbe>& open)
{
    constexpr std::string_view verb = "stop";
    const std::string words = lower_case(typed);
    if (words == verb) return Stop{};
    if (!words.starts_with(std::string{verb} + " ")) return std::nullopt;
    const std::string team{trimmed(std::string_view{words}.substr(verb.size()))};
    const bool is_asked = std::any_of(
        open.begin(), open.end(), [&](const DriftProbe& probe) { return probe.team == team; });
    if (!is_asked && team_named(context, team) == nullptr) return std::nullopt;
    return Stop{team};
}

bool may_stop(HandlerContext& context, const UserId& person, const DriftProbe& probe)
{
    return probe.asker == person || may(context.settings,
                                        context.directory,
                                        person,
                                        Permission::change_team,
                                        team_named(context, probe.team));
}

}  // namespace

std::optional<Notice> stop_probe(HandlerContext& context, const UserId& person, const std::string& typed)
{
    std::vector<DriftProbe> open = DriftTable{context.connection}.open();
    const auto stop = stop_in(context, typed, open);
    if (!stop) return std::nullopt;
    std::erase_if(open, [&](const DriftProbe& probe) {
        const bool is_meant = stop->team.empty() || probe.team == stop->team;
        // What is over is told by itself in a moment.
        return !is_meant || probe.closes_at <= context.now || !may_stop(context, person, probe);
    });
    if (open.empty()) {
        return plain_reply(fmt::format(
            "Nothing is open{} that you can call off. Who asked can, and leads of the team and admins.",
            stop->team.empty() ? "" : fmt::format(" in {}", stop->team)));
    }
    if (open.size() > 1) {
        std::vector<std::string> teams;
        teams.reserve(open.size());
        for (const DriftProbe& probe : open) teams.push_back(probe.team);
        return absence_mistake_reply(fmt::format("Which one? Asked are {}.", fmt::join(teams, ", ")),
                                     fmt::format("/drift stop {}", teams.front()));
    }
    call_off_probe(context, open.front(), person);
    return drift_stopped_reply(context, open.front(), person);
}

}  // namespace ackd
