// What people read about work in progress.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/notice.hpp"
#include "bot/wip/wip_item.hpp"
#include "bot/wip/wip_phrase.hpp"
#include "bot/wip/wip_rules.hpp"

#include <string>
#include <vector>

namespace ackd {

/// New work as a button and a form carry it: "p platform move the importer", "u" for what is unplanned; and
/// back. Nothing: it is none of ours.
[[nodiscard]] std::string wip_value(const NewWork& work);
[[nodiscard]] std::optional<NewWork> new_work_in(std::string_view value);

/// How it stands with a team: what runs, and what the last weeks say. `said`: what just happened; may be
/// empty.
[[nodiscard]] Notice team_wip_reply(HandlerContext& context,
                                    const UserId& reader,
                                    const std::string& team,
                                    const std::string& said = "");
/// Of several teams, a line each.
[[nodiscard]] Notice wip_overview_reply(HandlerContext& context, const std::vector<Team>& teams);

/// There is no room: what runs, and the ways out.
[[nodiscard]] Notice wip_refused_reply(HandlerContext& context,
                                       const UserId& person,
                                       const NewWork& work,
                                       WipStart why);

/// To whoever has it, in their digest.
[[nodiscard]] Notice wip_aged_notice(HandlerContext& context, const UserId& reader, const WipItem& item);

/// "platform: ▮▮▮▮▯▯ 4 of 6 running"
[[nodiscard]] std::string wip_standing(HandlerContext& context, const std::string& team);
/// "▮▮▮▮▯▯ 4 of 6 running": readable at any width.
[[nodiscard]] std::string wip_bar(std::int64_t running, int limit);
/// What runs, in a line, for whoever is to make room; empty: nothing.
[[nodiscard]] std::string wip_in_a_line(HandlerContext& context, const std::string& team);

}  // namespace ackd
