#include "bot/retro/retro_people.hpp"

#include "bot/capacity/capacity_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/retro/retro_rules.hpp"
#include "bot/retro/retro_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Who comes back later than that after everybody else is out.
constexpr Duration out_from = std::chrono::hours{24};

bool contains(const std::vector<UserId>& people, const UserId& person)
{
    return std::find(people.begin(), people.end(), person) != people.end();
}

}  // namespace

const Retro* retro_named(HandlerContext& context, const std::string& name)
{
    const auto& retros = context.settings.retros;
    const auto found = std::find_if(
        retros.begin(), retros.end(), [&](const Retro& retro) { return retro.name == name; });
    return found == retros.end() ? nullptr : &*found;
}

std::optional<Retro> retro_behind(HandlerContext& context, const RetroRound& round)
{
    const Retro* known = retro_named(context, round.retro);
    if (known == nullptr) return std::nullopt;
    Retro retro = *known;
    if (retro.team != round.team) {
        retro.team = round.team;
        retro.channel = ChannelId{};
        retro.facilitators.clear();
    }
    return retro;
}

std::vector<const Retro*> retros_of(HandlerContext& context, const UserId& person)
{
    std::vector<const Retro*> theirs;
    for (const Retro& retro : context.settings.retros) {
        if (takes_part(context, retro.team, person)) theirs.push_back(&retro);
    }
    return theirs;
}

std::string name_of(const RetroRound& round)
{
    return fmt::format("{} · {}", round.retro, round.number);
}

std::vector<UserId> participants_of(HandlerContext& context, const Team& team)
{
    std::vector<UserId> people = context.directory.people_behind(team.members, team.groups);
    std::erase_if(people, [&](const UserId& person) {
        return !may_be_asked(context.directory.find(person), Addressed::by_name);
    });
    return people;
}

bool takes_part(HandlerContext& context, const std::string& team, const UserId& person)
{
    const Team* known = team_named(context, team);
    if (known == nullptr || !may_answer(context.directory.find(person))) return false;
    return context.directory.is_in(*known, person) || contains(known->leads, person);
}

bool is_in(HandlerContext& context, const UserId& person)
{
    if (!is_present(context.directory.find(person))) return false;
    const Instant back = context.directory.working_hours_of(person).next_working_instant(context.now);
    const Instant usual = context.directory.working_hours_when_here(person).next_working_instant(context.now);
    return back <= usual + out_from;
}

UserId next_facilitator(HandlerContext& context, const Retro& retro)
{
    const auto last = RetroTable{context.connection}.last_facilitated(retro);
    const auto candidates = [&](const std::vector<UserId>& people) {
        std::vector<RetroCandidate> list;
        for (const UserId& person : people) {
            const auto round = last.find(person);
            list.push_back({person,
                            may_be_asked(context.directory.find(person), Addressed::by_name),
                            !is_in(context, person),
                            round == last.end() ? 0 : round->second});
        }
        return list;
    };
    const Team* team = team_named(context, retro.team);
    if (team == nullptr) return facilitator_of({candidates(retro.facilitators)});
    return facilitator_of({candidates(retro.facilitators),
                           candidates(team->leads),
                           candidates(participants_of(context, *team))});
}

bool may_have_turn(HandlerContext& context, const RetroRound& round, const UserId& person)
{
    const auto retro = retro_behind(context, round);
    return (retro && contains(retro->facilitators, person)) || takes_part(context, round.team, person);
}

bool may_facilitate(HandlerContext& context, const RetroRound& round, const UserId& person)
{
    if (round.facilitator.empty()) return takes_part(context, round.team, person);
    if (round.facilitator == person) return may_have_turn(context, round, person);
    const auto retro = retro_behind(context, round);
    if (retro && contains(retro->facilitators, person)) return true;
    const Team* team = team_named(context, round.team);
    return team != nullptr && contains(team->leads, person);
}

}  // namespace ackd
