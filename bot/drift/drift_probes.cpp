// `/drift`: a question is asked, and answered with one tap.
#include "bot/cadence/occurrences.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/delivery/wanted_form.hpp"
#include "bot/drift/drift_handlers.hpp"
#include "bot/drift/drift_notices.hpp"
#include "bot/drift/drift_outcome.hpp"
#include "bot/drift/drift_rules.hpp"
#include "bot/drift/drift_table.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr const char* strangers_reply = "Members of this workspace ask this, about a team of theirs.";

bool may_ask(HandlerContext& context, const UserId& person)
{
    const auto member = context.directory.find(person);
    return may_start(member) && member->kind == MemberKind::person;
}

WorkingHours hours_of(HandlerContext& context, const Team& team)
{
    const Settings& settings = context.settings;
    std::vector<std::string> calendars = settings.holidays;
    calendars.insert(calendars.end(), team.holidays.begin(), team.holidays.end());
    WorkCalendar calendar;
    calendar.week = team.hours.value_or(settings.hours);
    calendar.holidays = working_days_of(calendar.week, calendars, settings.calendars).holidays;
    return WorkingHours{team.zone, settings.default_zone, calendar};
}

/// Of the team, besides who asks.
std::vector<UserId> askable_people(HandlerContext& context, const Team& team, const UserId& asker)
{
    std::vector<UserId> people = context.directory.people_behind(team.members, team.groups);
    std::erase_if(people, [&](const UserId& person) {
        return person == asker || !may_be_asked(context.directory.find(person), Addressed::in_a_crowd);
    });
    return people;
}

/// Those of them who are at work at some time before the end, and have not been asked lately.
std::vector<UserId> people_who_can_answer(HandlerContext& context,
                                          std::vector<UserId> people,
                                          Instant closes_at)
{
    const DriftTable table{context.connection};
    std::erase_if(people, [&](const UserId& person) {
        return context.directory.working_hours_of(person).next_working_instant(context.now) >= closes_at ||
               table.was_asked_since(person, context.now - drift_person_pause);
    });
    return people;
}

std::string too_small_words(const std::string& team, std::size_t people)
{
    return fmt::format(
        "{} has {} besides you who can be asked. It takes five: fewer answers are never shown, "
        "so that nobody can tell whose they are.",
        team,
        people == 1 ? std::string{"1 person"} : fmt::format("{} people", people));
}

/// Why this person cannot ask the team now; empty: they can.
std::string obstacle_of(HandlerContext& context, const Team& team, const UserId& asker)
{
    const std::size_t people = askable_people(context, team, asker).size();
    if (people < team_figure_people_min) return too_small_words(team.name, people);
    return drift_obstacle(context, team.name, asker);
}

/// Those of their teams that can be asked now.
std::vector<Team> teams_to_ask(HandlerContext& context, const UserId& asker)
{
    std::vector<Team> teams = context.directory.teams_of(asker);
    std::erase_if(teams, [&](const Team& team) { return !obstacle_of(context, team, asker).empty(); });
    return teams;
}

Notice standing_reply(HandlerContext& context, const UserId& person)
{
    std::vector<TeamToAsk> teams;
    for (const Team& team : context.directory.teams_of(person))
        teams.push_back({team.name, obstacle_of(context, team, person)});
    return drift_standing_reply(context, teams, person);
}

void ask(HandlerContext& context,
         const Team& team,
         const UserId& asker,
         const ReadProbe& read,
         const std::vector<UserId>& candidates)
{
    const RandomBits random = [&context] { return context.read_backs.random(); };
    const std::vector<UserId> people = pick_people(candidates, random);
    DriftProbe probe;
    probe.team = team.name;
    probe.asker = asker;
    probe.question = read.question;
    probe.views = views_of(read.views, random);
    probe.asked_at = context.now;
    probe.closes_at = read.closes_at;
    probe.asked_count = static_cast<int>(people.size());
    DriftTable{context.connection}.insert(probe, people);
    record(context,
           asker,
           RequestId{},
           ObligationId{},
           "drift_asked",
           {{"probe", std::to_string(probe.id.value)}, {"asked", std::to_string(probe.asked_count)}});
    for (const UserId& person : people) ask_in_probe(context, probe, person);
    context.outbox.add(private_message(context, asker, drift_asked_notice(context, probe)));
}

/// The team that a form is about: the only one, or the chosen one.
struct MeantTeam {
    const Team* team = nullptr;
    /// Where to say what is wrong with it.
    const char* field = drift_field::question;
    std::string problem;
};

MeantTeam team_in(HandlerContext& context, const FormSubmitted& submitted)
{
    MeantTeam meant;
    std::string name = submitted.context;
    if (const auto& chosen = submitted.values.of(drift_field::team).chosen; !chosen.empty()) {
        meant.field = drift_field::team;
        name = chosen.front();
    }
    const auto teams = context.directory.teams_of(submitted.person);
    const bool is_theirs = std::any_of(
        teams.begin(), teams.end(), [&](const Team& team) { return team.name == name; });
    meant.team = team_named(context, name);
    if (!may_ask(context, submitted.person))
        meant.problem = strangers_reply;
    else if (name.empty())
        meant.problem = "Which team?";
    else if (meant.team == nullptr)
        meant.problem = fmt::format("There is no team {} any more.", name);
    else if (!is_theirs)
        meant.problem = fmt::format("People of {} ask this.", name);
    else
        meant.problem = obstacle_of(context, *meant.team, submitted.person);
    return meant;
}

std::string digest_of(const FormValues& values)
{
    std::string all;
    for (const char* field : {drift_field::question, drift_field::holds, drift_field::others})
        all += values.of(field).text + '\0';
    return fmt::format("{:x}", std::hash<std::string>{}(all));
}

FormField text_field(const char* name, const char* label, const char* hint, std::size_t length_max)
{
    FormField field;
    field.name = name;
    field.label = label;
    field.hint = hint;
    field.length_max = static_cast<int>(length_max);
    return field;
}

/// "5 2": of probe 5 the view 2.
struct TappedView {
    DriftProbeId probe;
    int place = -1;
};

TappedView tapped_in(const std::string& value)
{
    const auto space = std::min(value.find(' '), value.size());
    const std::string_view text{value};
    TappedView tapped;
    tapped.probe = DriftProbeId{parse_whole_number<std::int64_t>(text.substr(0, space)).value_or(0)};
    if (space < value.size()) tapped.place = parse_whole_number<int>(text.substr(space + 1), 0).value_or(-1);
    return tapped;
}

}  // namespace

std::optional<Notice> handle_drift_command(HandlerContext& context, const CommandGiven& given)
{
    if (!may_ask(context, given.person)) return plain_reply(strangers_reply);
    const std::string typed{trimmed(plain_text(context, given.text))};
    if (auto stopped = stop_probe(context, given.person, typed)) return stopped;
    if (context.directory.teams_of(given.person).empty())
        return plain_reply("This is asked of a team by its people, and you are in none that I know of.");
    const bool is_about_last = lower_case(typed) == "last";
    if (is_about_last || given.trigger.empty() || teams_to_ask(context, given.person).empty())
        return standing_reply(context, given.person);
    ActionTaken taken;
    taken.value = typed;
    taken.person = given.person;
    taken.trigger = given.trigger;
    taken.message.channel = given.channel;
    taken.reply_address = given.reply_address;
    want_form(context, taken, drift_form_name);
    return std::nullopt;
}

bool is_drift_row(const OutboxRow& row)
{
    return is_wanted(drift_form_name, row);
}

OpenForm drift_form_in(HandlerContext& context, const OutboxRow& row)
{
    const WantedForm wanted = wanted_form_in(drift_form_name, row);
    std::vector<Team> teams = teams_to_ask(context, wanted.person);
    // Something has changed since the command: whoever sends the form reads what.
    if (teams.empty()) teams = context.directory.teams_of(wanted.person);
    Form form;
    form.name = drift_form_name;
    form.title = "How alike do we see it?";
    form.submit_label = "Ask";
    form.introduction.push_back(plain_line(
        "A few people of the team, picked at random, answer with one tap. Nobody is told who they are, or who "
        "answered what."));
    if (teams.size() == 1) {
        form.context = teams.front().name;
        form.introduction.push_back(plain_line(fmt::format("It is asked of {}.", form.context)));
    } else if (!teams.empty()) {
        FormField& team = form.fields.emplace_back();
        team.name = drift_field::team;
        team.kind = FieldKind::choice;
        team.label = "Which team?";
        for (const Team& each : teams) team.choices.push_back(Choice{each.name, each.name});
    }
    FormField question = text_field(drift_field::question,
                                    "What do you want to know?",
                                    "Something of which you own the answer: What comes first this month?",
                                    drift_question_max);
    const std::string typed = shortened(wanted.about, drift_question_max - 1);
    if (!typed.empty()) question.initial = {typed};
    form.fields.push_back(std::move(question));
    form.fields.push_back(text_field(drift_field::holds,
                                     "What holds?",
                                     "In a few words: it stands on a button. That it is the one stays sealed "
                                     "until the end.",
                                     drift_view_max));
    form.fields.push_back(text_field(drift_field::others,
                                     "What else may people think?",
                                     "One to three, one line for each. \"Not sure\" is always there.",
                                     (drift_view_max + 1) * drift_other_views_max));
    FormField& until = form.fields.emplace_back();
    until.name = drift_field::until;
    until.kind = FieldKind::instant;
    until.label = "Until when?";
    until.hint = "Left empty: two working days of the team.";
    until.is_optional = true;
    return OpenForm{wanted.trigger, std::move(form)};
}

FormProblems take_drift_form(HandlerContext& context, const FormSubmitted& submitted)
{
    // The answer to the first submission may have been lost: then the form is still open, and is sent again.
    const std::string form_key = "form:" + submitted.instance;
    const std::string values_key = form_key + ":" + digest_of(submitted.values);
    if (context.seen.contains(values_key)) return {};
    if (context.seen.contains(form_key))
        return {{drift_field::question, "This was asked already, as it stood when you sent it."}};
    const MeantTeam meant = team_in(context, submitted);
    if (!meant.problem.empty()) return {{meant.field, meant.problem}};
    const auto text = [&](const char* field) { return std::string_view{submitted.values.of(field).text}; };
    const ReadProbe read = read_probe({text(drift_field::question),
                                       text(drift_field::holds),
                                       text(drift_field::others),
                                       submitted.values.of(drift_field::until).at},
                                      hours_of(context, *meant.team),
                                      context.now);
    if (!read.problems.empty()) return read.problems;
    const auto candidates = people_who_can_answer(
        context, askable_people(context, *meant.team, submitted.person), read.closes_at);
    if (candidates.size() < team_figure_people_min)
        return {{meant.field,
                 fmt::format("Fewer than five people of {} can be asked now: others are away until its end, "
                             "or were asked something like this within a week.",
                             meant.team->name)}};
    static_cast<void>(context.seen.insert(form_key));
    static_cast<void>(context.seen.insert(values_key));
    ask(context, *meant.team, submitted.person, read, candidates);
    return {};
}

bool is_drift_action(const ActionTaken& taken)
{
    return taken.name == action::drift_answer;
}

std::optional<Notice> take_drift_action(HandlerContext& context, const ActionTaken& taken)
{
    const DriftTable table{context.connection};
    const TappedView tapped = tapped_in(taken.value);
    const auto probe = table.find(tapped.probe);
    if (!probe) return plain_reply("I do not know this question any more.");
    if (probe->state != DriftState::open || probe->closes_at <= context.now) return drift_over_reply(*probe);
    const bool is_known = std::any_of(probe->views.begin(), probe->views.end(), [&](const DriftView& view) {
        return view.place == tapped.place;
    });
    if (!is_known) return plain_reply("I do not know this answer any more.");
    switch (table.turn_of(probe->id, taken.person)) {
        case DriftTurn::not_asked: return plain_reply("Only those who were picked answer this.");
        case DriftTurn::answered:
            return plain_reply(
                "Yours is counted already. Which one it was is nowhere, so it cannot be changed.");
        case DriftTurn::asked: break;
    }
    table.count_answer(probe->id, tapped.place, taken.person);
    empty_log_of_drift(context);
    if (table.has_everybody_answered(probe->id)) end_probe(context, *table.find(probe->id));
    return drift_counted_reply(context, *probe);
}

void handle_drift_due(HandlerContext& context, DriftProbeId id)
{
    end_probe(context, DriftTable{context.connection}.find(id).value());
}

}  // namespace ackd
