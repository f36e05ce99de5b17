#include "bot/retro/retro_handlers.hpp"

#include "bot/cadence/cadence_handlers.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/capacity/capacity_rules.hpp"
#include "bot/catch_up/outage.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/delivery/wanted_form.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/privacy/team_figure.hpp"
#include "bot/retro/retro_notices.hpp"
#include "bot/retro/retro_people.hpp"
#include "bot/retro/retro_rules.hpp"
#include "bot/retro/retro_table.hpp"

#include <algorithm>
#include <array>

namespace ackd {

namespace {

/// Each opens the form of its name.
constexpr std::array form_names{
    action::retro_answer, action::retro_group, action::retro_vote, action::retro_act};
/// The newest obligations that are looked through for what was handed back.
constexpr int looked_through_max = 20'000;

bool contains(const std::vector<UserId>& people, const UserId& person)
{
    return std::find(people.begin(), people.end(), person) != people.end();
}

/// A figure about the people of a team is about five at least.
std::optional<int> figure_of(int count, const std::vector<UserId>& people)
{
    const auto figure = TeamFigure::of(count, people.size());
    return figure ? std::optional{static_cast<int>(figure->value())} : std::nullopt;
}

int dead_letters_of(HandlerContext& context, const std::vector<UserId>& people, Instant since)
{
    storage::Statement rows = context.connection.prepare(
        R"(SELECT owed.debtor FROM dead_letters AS given_up
            JOIN obligations AS owed ON owed.id = given_up.obligation_id WHERE given_up.created_at_us >= $1)");
    rows.bind_all(to_microseconds(since));
    int count = 0;
    while (rows.step()) count += contains(people, UserId{rows.column_string(0)}) ? 1 : 0;
    return count;
}

int declined_by(HandlerContext& context, const std::vector<UserId>& people, Instant since)
{
    storage::Statement rows = context.connection.prepare(
        "SELECT debtor, state, started_at_us FROM obligations ORDER BY id DESC LIMIT $1");
    rows.bind_all(looked_through_max);
    int count = 0;
    while (rows.step() && from_microseconds(rows.column_int(2)) >= since) {
        const auto state = static_cast<ObligationState>(rows.column_int(1));
        if (state == ObligationState::declined && contains(people, UserId{rows.column_string(0)})) ++count;
    }
    return count;
}

RetroFigures figures_of(HandlerContext& context,
                        const std::string& team,
                        const std::vector<UserId>& people,
                        Instant since)
{
    RetroFigures figures;
    figures.dead_letters = figure_of(dead_letters_of(context, people, since), people);
    figures.declined = figure_of(declined_by(context, people, since), people);
    const CapacityTable capacity{context.connection};
    for (const CapacitySignal& signal : capacity.of_team_since(team, since))
        figures.unanswered_capacity += missing_answers(capacity.questions_of(signal.id), context.now).count;
    return figures;
}

void ask_everybody(HandlerContext& context, const RetroRound& round, bool is_reminder)
{
    const Team* team = team_named(context, round.team);
    if (team == nullptr) return;
    for (const UserId& person : participants_of(context, *team)) {
        ask_in_retro(context, round, person, is_reminder ? RetroPrompt::last : RetroPrompt::first);
    }
}

void record_not_opened(HandlerContext& context, std::string_view why)
{
    record(context, bot_actor, RequestId{}, ObligationId{}, "retro_not_opened", {{"why", std::string{why}}});
}

void record_facilitator(HandlerContext& context, const RetroRound& round)
{
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "retro_facilitator",
           {{"round", std::to_string(round.id.value)}, {"person", round.facilitator}});
}

/// Whose turn it is stays so while they are there; else the next one takes it.
bool look_after_facilitator(HandlerContext& context, const Retro& retro, RetroRound& round)
{
    const bool may_keep_it = !round.facilitator.empty() && may_have_turn(context, round, round.facilitator);
    if (may_keep_it && is_in(context, round.facilitator)) return false;
    const UserId next = next_facilitator(context, retro);
    if (next == round.facilitator) return false;
    // Where everybody is out, whose turn it is keeps it, unless they have left.
    const bool has_left = !may_keep_it || !is_present(context.directory.find(round.facilitator));
    if (!has_left && (next.empty() || !is_in(context, next))) return false;
    round.facilitator = next;
    record_facilitator(context, round);
    return true;
}

void tell_facilitator(HandlerContext& context, const RetroRound& round)
{
    if (round.facilitator.empty()) return;
    context.outbox.add(
        private_message_at_work(context, round.facilitator, retro_turn_notice(context, round)));
}

/// The window is over: what was said is there for everybody, at once.
void close_window(HandlerContext& context, const Retro& retro, RetroRound round)
{
    const RetroTable table{context.connection};
    if (table.count(round.id) == 0) return end_retro(context, bot_actor, round, RetroEnd::nothing_said);
    const int count = table.reveal(round);
    empty_log_of_answers(context);
    record_retro(context, bot_actor, round, "retro_closed", "answers", std::to_string(count));
    round.state = RetroState::grouping;
    look_after_facilitator(context, retro, round);
    begin_waiting(round, common_hours(context, retro.cadence), context.now);
    keep_retro(context, round);
    tell_facilitator(context, round);
}

/// Most of the window passed without ackd, so that nobody could answer: it is given again, once. Others who
/// could for a day or two do not wait for it.
bool is_given_again(HandlerContext& context, const Retro& retro, const RetroRound& round)
{
    const auto outage = last_outage(context.connection);
    if (!outage) return false;
    const auto later = closes_after_outage(common_hours(context, retro.cadence), round, *outage);
    if (!later) return false;
    RetroRound next = round;
    next.closes_at = *later;
    next.was_moved = true;
    next.remind_at = remind_at(context.now, next.closes_at);
    record_retro(context, bot_actor, next, "retro_moved");
    keep_retro(context, next);
    return true;
}

void remind(HandlerContext& context, RetroRound round)
{
    round.remind_at.reset();
    RetroTable{context.connection}.save(round);
    ask_everybody(context, round, true);
}

std::optional<std::string_view> form_name_of(std::string_view name)
{
    const auto found = std::find(form_names.begin(), form_names.end(), name);
    return found == form_names.end() ? std::nullopt : std::optional<std::string_view>{*found};
}

/// Why this form is of no use to them now; empty: it is.
std::string obstacle_to(HandlerContext& context,
                        std::string_view what,
                        const RetroRound& round,
                        const UserId& person)
{
    return what == action::retro_answer ? answer_obstacle(context, round, person)
                                        : going_on_obstacle(context, what, round, person);
}

Form form_about(HandlerContext& context, std::string_view what, const RetroRound& round, const UserId& person)
{
    if (what == action::retro_answer) return retro_answer_form(context, round, person);
    if (what == action::retro_group) return retro_group_form(context, round);
    if (what == action::retro_vote) return retro_vote_form(context, round, person);
    return retro_act_form(round);
}

/// A field that the form has, to say at it what stands in the way.
std::string first_field(const FormSubmitted& submitted)
{
    return submitted.values.fields.empty() ? "text" : submitted.values.fields.front().field;
}

}  // namespace

std::optional<RetroRound> retro_round_in(HandlerContext& context, std::string_view value)
{
    const auto id = parse_whole_number<std::int64_t>(value.substr(0, value.find(' ')));
    return id ? RetroTable{context.connection}.find(RetroRoundId{*id}) : std::nullopt;
}

void record_retro(HandlerContext& context,
                  const UserId& actor,
                  const RetroRound& round,
                  std::string_view fact,
                  std::string_view name,
                  std::string_view value)
{
    record(context,
           actor,
           RequestId{},
           ObligationId{},
           fact,
           {{"round", std::to_string(round.id.value)}, {name, std::string{value}}});
}

void keep_retro(HandlerContext& context, const RetroRound& round)
{
    RetroTable{context.connection}.save(round);
    redraw_retro(context, round);
}

void begin_retro(HandlerContext& context, const Retro& retro, const Occurrence& occurrence)
{
    const RetroTable table{context.connection};
    // One whose window is over by now closes as it would have.
    if (const auto live = table.live(retro.name); live && live->state == RetroState::open)
        if (live->closes_at <= context.now) handle_retro_due(context, live->id);
    if (const auto live = table.live(retro.name)) {
        // Nobody's time to answer ends early: the next one waits for the day after.
        if (live->state == RetroState::open) return record_not_opened(context, "still_open");
        end_retro(context, bot_actor, *live, RetroEnd::by_itself);
    }
    const Team* team = team_named(context, retro.team);
    const auto people = team == nullptr ? std::vector<UserId>{} : participants_of(context, *team);
    if (people.empty()) return record_not_opened(context, team == nullptr ? "no_team" : "nobody_in_it");
    const auto previous = table.newest(retro, 1);
    RetroRound round;
    round.retro = retro.name;
    round.team = retro.team;
    round.nominal = occurrence.nominal;
    round.is_anonymous = retro.is_anonymous;
    round.dots = retro.dots;
    round.facilitator = next_facilitator(context, retro);
    round.opened_at = context.now;
    round.facts_since = previous.empty() ? context.now - retro_first_looks_back : previous.front().opened_at;
    round.figures = figures_of(context, retro.team, people, round.facts_since);
    round.closes_at = closes_at(common_hours(context, retro.cadence), context.now, retro.open_for);
    round.remind_at = remind_at(round.opened_at, round.closes_at);
    const auto questions = questions_of_this_time(
        all_questions(retro), table.last_asked(retro), retro.questions_each);
    table.insert(round);
    table.ask(round.id, questions);
    table.take_notes(round);
    empty_log_of_answers(context);
    record_retro(context, bot_actor, round, "retro_opened", "asked", std::to_string(people.size()));
    if (!round.facilitator.empty()) record_facilitator(context, round);
    redraw_retro(context, round);
    ask_everybody(context, round, false);
}

void handle_retro_due(HandlerContext& context, RetroRoundId id)
{
    const RetroTable table{context.connection};
    RetroRound round = table.find(id).value();
    const auto retro = retro_behind(context, round);
    if (!retro || team_named(context, round.team) == nullptr)
        return end_retro(context, bot_actor, round, RetroEnd::team_was_gone);
    if (round.state == RetroState::open) {
        if (is_given_again(context, *retro, round)) return;
        if (round.closes_at <= context.now) return close_window(context, *retro, round);
        return remind(context, round);
    }
    if (round.left_alone_until && *round.left_alone_until <= context.now)
        return end_retro(context, bot_actor, round, RetroEnd::by_itself);
    round.look_at =
        common_hours(context, retro->cadence).add_working_time(context.now, retro_looked_at_every);
    const bool is_other = look_after_facilitator(context, *retro, round);
    table.save(round);
    if (!is_other) return;
    redraw_retro(context, round);
    tell_facilitator(context, round);
}

bool is_retro_action(const ActionTaken& taken)
{
    return taken.name.starts_with("retro_");
}

std::optional<Notice> take_retro_action(HandlerContext& context, const ActionTaken& taken)
{
    const auto round = retro_round_in(context, taken.value);
    if (!round) return plain_reply("I do not know this retro any more.");
    if (taken.name == action::retro_close) return close_retro(context, *round, taken);
    const auto what = form_name_of(taken.name);
    if (!what) return plain_reply("I do not know this any more.");
    if (const std::string obstacle = obstacle_to(context, *what, *round, taken.person); !obstacle.empty())
        return plain_reply(obstacle);
    want_form(context, taken, *what);
    return std::nullopt;
}

bool is_retro_row(const OutboxRow& row)
{
    return std::any_of(
        form_names.begin(), form_names.end(), [&](const char* name) { return is_wanted(name, row); });
}

OpenForm retro_form_in(HandlerContext& context, const OutboxRow& row)
{
    const auto name = std::find_if(
        form_names.begin(), form_names.end(), [&](const char* each) { return is_wanted(each, row); });
    const WantedForm wanted = wanted_form_in(*name, row);
    const auto round = retro_round_in(context, wanted.about);
    Form form = form_about(context, *name, round.value_or(RetroRound{}), wanted.person);
    form.name = *name;
    // Meanwhile something may have come in between: it is said, and said again to what is sent.
    const std::string obstacle = round ? obstacle_to(context, *name, *round, wanted.person)
                                       : std::string{"I do not know this retro any more."};
    if (!obstacle.empty()) form.introduction = {plain_line(obstacle)};
    return OpenForm{wanted.trigger, std::move(form)};
}

bool is_retro_form(std::string_view name)
{
    return form_name_of(name).has_value();
}

FormProblems take_retro_form(HandlerContext& context, const FormSubmitted& submitted)
{
    const auto round = retro_round_in(context, submitted.context);
    if (!round) return {{first_field(submitted), "I do not know this retro any more."}};
    if (submitted.name == action::retro_answer) return take_retro_answers(context, *round, submitted);
    if (submitted.name == action::retro_group) return take_retro_themes(context, *round, submitted);
    if (submitted.name == action::retro_vote) return take_retro_dots(context, *round, submitted);
    return take_retro_act(context, *round, submitted);
}

}  // namespace ackd
