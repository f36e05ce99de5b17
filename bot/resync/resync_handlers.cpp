#include "bot/resync/resync_handlers.hpp"

#include "bot/cadence/cadence_handlers.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/commands/entry_points.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/notice_parts.hpp"
#include "bot/delivery/wanted_form.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"
#include "bot/resync/resync_notices.hpp"
#include "bot/resync/resync_people.hpp"
#include "bot/resync/resync_rules.hpp"
#include "bot/resync/resync_table.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Of one team within a week; what is more tells nothing more.
constexpr std::size_t surprises_a_week_max = 50;

void close_round(HandlerContext& context, const Resync& resync, ResyncRound round)
{
    const ResyncTable table{context.connection};
    round.state = ResyncState::posted;
    round.remind_at.reset();
    table.save(round);
    const auto answers = table.answers_of(round.id);
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "resync_posted",
           {{"round", std::to_string(round.id.value)},
            {"answers", std::to_string(answers.size())},
            {"teams", std::to_string(resync.teams.size())}});
    follow_answers(context, round, resync);
    redraw_resync(context, round);
}

/// Leads of a team that takes part, and whoever may change the whole policy.
bool may_steer(HandlerContext& context, const Resync& resync, const UserId& person)
{
    return !teams_led(context, resync, person).empty() ||
           may(context.settings, context.directory, person, Permission::change_policy);
}

std::string names_of(const std::vector<Resync>& resyncs)
{
    std::vector<std::string> names;
    names.reserve(resyncs.size());
    for (const Resync& resync : resyncs) names.push_back(resync.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Which resync the words are about: the one they name, which is taken out of them, or the only one.
const Resync* meant_resync(HandlerContext& context, std::vector<std::string>& words)
{
    const auto& all = context.settings.resyncs;
    for (auto word = words.begin(); word != words.end(); ++word) {
        if (const Resync* named = find_resync(context.settings, lower_case(*word))) {
            words.erase(word);
            return named;
        }
    }
    return all.size() == 1 ? &all.front() : nullptr;
}

/// "platform: the cluster was full" names the team; without a name it is the one they are in.
struct SaidSurprise {
    std::string team;
    std::string text;
    std::string problem;
};

SaidSurprise surprise_in(HandlerContext& context, const UserId& person, const std::string& typed)
{
    SaidSurprise said;
    said.text = std::string{trimmed(typed)};
    const std::vector<Team> teams = context.directory.teams_of(person);
    std::vector<std::string> names;
    names.reserve(teams.size());
    for (const Team& team : teams) names.push_back(team.name);
    if (names.empty()) {
        said.problem = "A surprise is a team's, and you are in none that I know of.";
        return said;
    }
    const std::size_t colon = said.text.find(':');
    if (colon != std::string::npos) {
        const std::string before = lower_case(
            std::string{trimmed(std::string_view{said.text}.substr(0, colon))});
        const auto named = std::find(names.begin(), names.end(), before);
        if (named != names.end()) {
            said.team = *named;
            said.text = std::string{trimmed(std::string_view{said.text}.substr(colon + 1))};
        } else if (team_named(context, before) != nullptr) {
            said.problem = fmt::format("People of {} say what surprised them.", before);
            return said;
        }
    }
    if (said.team.empty() && names.size() == 1) said.team = names.front();
    if (said.text.empty())
        said.problem = "What was it? A line is enough.";
    else if (said.team.empty())
        said.problem = fmt::format("Whose surprise is it? You are in {}.", fmt::join(names, ", "));
    return said;
}

}  // namespace

const Resync* find_resync(const Policy& policy, const std::string& name)
{
    const auto found = std::find_if(policy.resyncs.begin(), policy.resyncs.end(), [&](const Resync& resync) {
        return resync.name == name;
    });
    return found == policy.resyncs.end() ? nullptr : &*found;
}

std::vector<UserId> leads_of(HandlerContext& context, const std::string& team)
{
    const Team* named = team_named(context, team);
    return named == nullptr ? std::vector<UserId>{}
                            : people_with(Role::lead, context.settings, context.directory, named);
}

std::vector<std::string> teams_led(HandlerContext& context, const Resync& resync, const UserId& person)
{
    std::vector<std::string> led;
    for (const std::string& team : resync.teams) {
        const auto leads = leads_of(context, team);
        if (std::find(leads.begin(), leads.end(), person) != leads.end()) led.push_back(team);
    }
    return led;
}

std::map<UserId, std::vector<std::string>> leads_without_answer(HandlerContext& context,
                                                                const Resync& resync,
                                                                const ResyncRound& round)
{
    const auto answers = ResyncTable{context.connection}.answers_of(round.id);
    std::map<UserId, std::vector<std::string>> wanted;
    for (const std::string& team : resync.teams) {
        const bool has_answered = std::any_of(
            answers.begin(), answers.end(), [&](const TeamAnswer& each) { return each.team == team; });
        if (has_answered) continue;
        for (const UserId& lead : leads_of(context, team)) wanted[lead].push_back(team);
    }
    return wanted;
}

void begin_resync(HandlerContext& context,
                  const Resync& resync,
                  const Occurrence& occurrence,
                  const std::string& called_by)
{
    const ResyncTable table{context.connection};
    if (auto last = table.newest(resync.name); last && last->state != ResyncState::closed) {
        // Nobody has seen it, if it still asks: what was answered is posted before it is closed.
        if (last->state == ResyncState::asking) close_round(context, resync, *last);
        last = table.find(last->id);
        last->state = ResyncState::closed;
        table.save(*last);
        redraw_resync(context, *last);
    }
    const RoundTimes times = times_of(resync, common_hours(context, resync.cadence), context.now);
    ResyncRound round;
    round.resync = resync.name;
    round.nominal = occurrence.nominal;
    round.called_by = called_by;
    round.asked_at = context.now;
    round.remind_at = times.remind_at;
    round.closes_at = times.closes_at;
    table.insert(round);
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "resync_asked",
           {{"round", std::to_string(round.id.value)}, {"name", resync.name}, {"called_by", called_by}});
    for (const auto& [lead, teams] : leads_without_answer(context, resync, round))
        ask_lead(context, round, lead);
}

void handle_resync_due(HandlerContext& context, ResyncRoundId id)
{
    const ResyncTable table{context.connection};
    auto round = table.find(id);
    const Resync* resync = find_resync(context.settings, round->resync);
    if (resync == nullptr) {
        // It was taken out of the policy: nobody is asked any more.
        round->state = ResyncState::closed;
        table.save(*round);
        return;
    }
    if (round->remind_at && *round->remind_at <= context.now) {
        round->remind_at.reset();
        table.save(*round);
        if (round->closes_at > context.now) {
            for (const auto& [lead, teams] : leads_without_answer(context, *resync, *round)) {
                // In a digest that comes in time, or not at all.
                const WorkingHours hours = context.directory.working_hours_of(lead);
                if (digest_at(hours, context.now, context.now) < round->closes_at)
                    put_into_digest(context, lead, resync_reminder_notice(context, *round, lead, teams));
            }
        }
    }
    if (round->closes_at <= context.now) close_round(context, *resync, *round);
}

Notice handle_resync_command(HandlerContext& context, const CommandGiven& given)
{
    const auto member = context.directory.find(given.person);
    if (!may_start(member) || member->kind != MemberKind::person)
        return plain_reply("Resyncs are shown to members of this workspace.");
    if (context.settings.resyncs.empty())
        return plain_reply("There is no resync yet. An admin adds one to ackd's policy: [[resync]].");
    std::vector<std::string> words = typed_words(context, given);
    if (words.empty()) return resyncs_reply(context, given.person);
    const Resync* resync = meant_resync(context, words);
    if (words.empty()) return resyncs_reply(context, given.person);
    if (resync == nullptr)
        return absence_mistake_reply(
            fmt::format("Which one? There are {}.", names_of(context.settings.resyncs)),
            fmt::format("/resync {} {}", fmt::join(words, " "), context.settings.resyncs.front().name));
    words.front() = lower_case(words.front());
    const auto round = ResyncTable{context.connection}.newest(resync->name);
    if (words.front() == "now" && round && round->state == ResyncState::asking)
        return plain_reply(fmt::format("{} is asked already, until {}.",
                                       resync->name,
                                       your_time(context, given.person, round->closes_at)));
    const CadenceInPolicy it{{CadenceUse::resync, resync->name}, &resync->cadence};
    if (may_steer(context, *resync, given.person)) {
        if (auto changed = change_cadence(context, it, given.person, words)) return std::move(*changed);
    } else if (words.front() == "pause" || words.front() == "resume" || words.front() == "skip" ||
               words.front() == "now")
    {
        return plain_reply("Leads of the teams that take part, and admins, can do this.");
    }
    return absence_mistake_reply(fmt::format("I do not know \"{}\".", words.front()),
                                 fmt::format("/resync skip {}", resync->name));
}

Notice handle_surprise_command(HandlerContext& context, const CommandGiven& given)
{
    if (!may_start(context.directory.find(given.person)))
        return plain_reply("I do not know you as a member of this workspace.");
    const SaidSurprise said = surprise_in(
        context, given.person, fmt::format("{}", fmt::join(typed_words(context, given), " ")));
    if (!said.problem.empty())
        return absence_mistake_reply(said.problem, "/surprise platform: the cluster was full a week early");
    const ResyncTable table{context.connection};
    const auto this_week = table.surprises_since(said.team, context.now - std::chrono::weeks{1});
    if (this_week.size() >= surprises_a_week_max)
        return plain_reply(
            fmt::format("{} said {} surprises within a week. A talk may help more than one more.",
                        said.team,
                        this_week.size()));
    table.add_surprise(said.team, shortened(said.text, surprise_length_max), std::nullopt, context.now);
    record(context, bot_actor, RequestId{}, ObligationId{}, "surprise_said", {});
    return plain_reply(fmt::format(
        "Noted for {}, without your name. The next resync and the next retro show it.", said.team));
}

bool is_resync_action(const ActionTaken& taken)
{
    return taken.name == action::resync_answer || taken.name == action::accept_difference;
}

std::optional<Notice> take_resync_action(HandlerContext& context, const ActionTaken& taken)
{
    const bool is_answer = taken.name == action::resync_answer;
    if (auto obstacle = is_answer ? obstacle_to_answering(context, taken)
                                  : obstacle_to_accepting(context, taken))
        return obstacle;
    want_form(context, taken, is_answer ? resync_form_name : difference_form_name);
    return std::nullopt;
}

}  // namespace ackd
