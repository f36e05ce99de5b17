// Who a retro is for: who takes part, who facilitates, and by which hours its window runs.
#pragma once

#include "bot/engine/handler_context.hpp"
#include "bot/people/team.hpp"
#include "bot/retro/retro.hpp"
#include "bot/retro/retro_round.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ackd {

/// As the policy has it; nothing: there is none any more.
[[nodiscard]] const Retro* retro_named(HandlerContext& context, const std::string& name);
/// What the policy says of it, for the team whose round it is: where the retro has become another team's,
/// neither its people nor its channel are for this round.
[[nodiscard]] std::optional<Retro> retro_behind(HandlerContext& context, const RetroRound& round);
/// Those of teams that somebody belongs to or leads, in the order of the policy.
[[nodiscard]] std::vector<const Retro*> retros_of(HandlerContext& context, const UserId& person);
/// "platform · 3": how people know a round.
[[nodiscard]] std::string name_of(const RetroRound& round);

/// Everybody of the team who can answer: who is asked.
[[nodiscard]] std::vector<UserId> participants_of(HandlerContext& context, const Team& team);
/// Whether they may answer and vote: they are of the team, or lead it.
[[nodiscard]] bool takes_part(HandlerContext& context, const std::string& team, const UserId& person);

/// Whose turn it is now, as things stand; empty: nobody's who is there.
[[nodiscard]] UserId next_facilitator(HandlerContext& context, const Retro& retro);
/// Here, and at work by the end of their next day of work.
[[nodiscard]] bool is_in(HandlerContext& context, const UserId& person);
/// Whether a turn that they have stays theirs: they are named to take turns, or of the team, or lead it.
[[nodiscard]] bool may_have_turn(HandlerContext& context, const RetroRound& round, const UserId& person);
/// Whether they may group, close and decide: whose turn it is, those who take turns, leads; with nobody's
/// turn, everybody who takes part.
[[nodiscard]] bool may_facilitate(HandlerContext& context, const RetroRound& round, const UserId& person);

}  // namespace ackd
