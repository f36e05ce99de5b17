// Work in progress: begun, refused, traded, finished.
//
// What happens when somebody begins something: handle_wip_command reads the line → may_start_work (wip_rules)
// says whether there is room → it runs, or who wanted to begin it reads what runs, with the ways out, each of
// which carries the new work with it (`wip_value`), so that nothing of a refused start is kept.
#pragma once

#include "bot/alerts/alert_report.hpp"
#include "bot/alerts/alert_source.hpp"
#include "bot/effect.hpp"
#include "bot/engine/handler_context.hpp"
#include "bot/form.hpp"
#include "bot/input.hpp"
#include "bot/wip/wip_item.hpp"
#include "bot/wip/wip_phrase.hpp"

#include <optional>
#include <string>

namespace ackd {

[[nodiscard]] Notice handle_wip_command(HandlerContext& context, const CommandGiven& given);
[[nodiscard]] bool is_wip_action(const ActionTaken& taken);
/// Nothing: a form opens.
[[nodiscard]] std::optional<Notice> take_wip_action(HandlerContext& context, const ActionTaken& taken);

/// A lead says why it is let in.
[[nodiscard]] bool is_let_in_row(const OutboxRow& row);
[[nodiscard]] OpenForm let_in_form_in(HandlerContext& context, const OutboxRow& row);
inline constexpr const char* let_in_form_name = "let_in";
[[nodiscard]] FormProblems take_let_in_form(HandlerContext& context, const FormSubmitted& submitted);

/// What a source of the team's work tells: an issue that is in progress begins, one that is not any more is
/// done. Whoever says "still" first has it.
void take_reported_work(HandlerContext& context,
                        const AlertSource& source,
                        const std::vector<AlertReport>& reports);

/// Nobody has said anything of it for a while: whoever has it is asked, in their digest.
void handle_wip_due(HandlerContext& context, WipItemId id);

/// What the policy says of a team; nothing: there is no limit.
[[nodiscard]] WipLimit wip_limit_of(HandlerContext& context, const std::string& team);

}  // namespace ackd
