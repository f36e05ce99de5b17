// What a team's lead says in a round, in a form.
#include "bot/cadence/cadence_handlers.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/wanted_form.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/resync/resync_notices.hpp"
#include "bot/resync/resync_people.hpp"
#include "bot/resync/resync_rules.hpp"
#include "bot/resync/resync_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr const char* priorities_field = "priorities";
constexpr const char* waits_for_field = "waits_for";
constexpr const char* owes_field = "owes";
constexpr const char* surprises_field = "surprises";
constexpr const char* risks_field = "risks";

/// What a form is about, or why it cannot be filled in.
struct AnswerTarget {
    std::optional<ResyncRound> round;
    const Resync* resync = nullptr;
    std::string team;
    /// Empty: it can.
    std::string refusal;
    /// Which is why.
    bool is_over = false;
};

AnswerTarget target_in(HandlerContext& context, const std::string& value, const UserId& person)
{
    AnswerTarget target;
    const std::size_t space = std::min(value.find(' '), value.size());
    const auto id = parse_whole_number<std::int64_t>(std::string_view{value}.substr(0, space)).value_or(0);
    target.round = ResyncTable{context.connection}.find(ResyncRoundId{id});
    if (space < value.size()) target.team = value.substr(space + 1);
    if (target.round) target.resync = find_resync(context.settings, target.round->resync);
    if (target.resync == nullptr) {
        target.refusal = "I do not know this resync any more.";
        return target;
    }
    const auto led = teams_led(context, *target.resync, person);
    if (std::find(led.begin(), led.end(), target.team) == led.end()) {
        target.refusal = fmt::format("Leads of {} answer this.", target.team);
    } else if (target.round->state == ResyncState::closed) {
        target.is_over = true;
        const CadenceInPolicy it{{CadenceUse::resync, target.resync->name}, &target.resync->cadence};
        target.refusal = fmt::format("This round is over. {}.", next_words(context, it, person));
    }
    return target;
}

std::string joined(const std::vector<std::string>& lines)
{
    return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string joined(const std::vector<Dependency>& dependencies)
{
    std::vector<std::string> lines;
    lines.reserve(dependencies.size());
    for (const Dependency& each : dependencies) lines.push_back(line_of(each));
    return joined(lines);
}

std::vector<std::string> other_teams(const Resync& resync, const std::string& team)
{
    std::vector<std::string> others = resync.teams;
    std::erase(others, team);
    return others;
}

/// What ackd knows and the team may not: who waits for it, and what took it by surprise since the last round.
void add_what_is_known(HandlerContext& context, const AnswerTarget& target, Form& form)
{
    const ResyncTable table{context.connection};
    for (const std::string& other : other_teams(*target.resync, target.team)) {
        auto answer = table.answer_of(target.round->id, other);
        if (!answer) answer = table.last_answer(*target.round, other);
        if (!answer) continue;
        for (const Dependency& each : answer->waits_for) {
            if (each.team == target.team)
                form.introduction.push_back(small_line(
                    fmt::format("{} waits for {}", other, line_of({target.team, each.what, each.by}))));
        }
    }
    const auto last = table.before(*target.round);
    const Instant since = last ? last->asked_at : context.now - std::chrono::weeks{4};
    for (const Surprise& surprise : table.surprises_since(target.team, since))
        form.introduction.push_back(small_line("Said since: " + surprise.text));
}

FormField lines_field(const char* name,
                      const char* label,
                      const std::string& hint,
                      const std::string& initial)
{
    FormField field;
    field.name = name;
    field.kind = FieldKind::text;
    field.label = label;
    field.hint = hint;
    field.is_optional = true;
    if (!initial.empty()) field.initial = {initial};
    field.length_max = resync_text_max;
    return field;
}

/// What was entered, or what of it is not understood.
struct ReadAnswer {
    TeamAnswer answer;
    FormProblems problems;
};

ReadAnswer read_answer(HandlerContext& context, const AnswerTarget& target, const FormSubmitted& submitted)
{
    ReadAnswer read;
    const auto lines = [&](const char* field) {
        ReadLines found = read_lines(submitted.values.of(field).text);
        if (!found.problem.empty()) read.problems.push_back({field, found.problem});
        return std::move(found.lines);
    };
    const auto others = other_teams(*target.resync, target.team);
    const WorkingHours hours = context.directory.working_hours_of(submitted.person);
    const auto dependencies = [&](const char* field) {
        ReadDependencies found = read_dependencies(
            submitted.values.of(field).text, others, hours, context.now);
        if (!found.problem.empty()) read.problems.push_back({field, found.problem});
        return std::move(found.dependencies);
    };
    read.answer.round = target.round->id;
    read.answer.team = target.team;
    read.answer.person = submitted.person;
    read.answer.answered_at = context.now;
    read.answer.priorities = lines(priorities_field);
    read.answer.waits_for = dependencies(waits_for_field);
    read.answer.owes = dependencies(owes_field);
    read.answer.surprises = lines(surprises_field);
    read.answer.risks = lines(risks_field);
    if (read.problems.empty() && read.answer.priorities.empty())
        read.problems.push_back(
            {priorities_field, "What comes first, in a line? The other fields may stay empty."});
    return read;
}

}  // namespace

std::optional<Notice> obstacle_to_answering(HandlerContext& context, const ActionTaken& taken)
{
    const AnswerTarget target = target_in(context, taken.value, taken.person);
    if (target.refusal.empty()) return std::nullopt;
    Notice notice = plain_reply(target.refusal);
    if (target.is_over && target.round->message.exists())
        add_link(target.round->message, "What came of it", notice);
    return notice;
}

bool is_resync_row(const OutboxRow& row)
{
    return is_wanted(resync_form_name, row);
}

OpenForm resync_form_in(HandlerContext& context, const OutboxRow& row)
{
    const WantedForm wanted = wanted_form_in(resync_form_name, row);
    const AnswerTarget target = target_in(context, wanted.about, wanted.person);
    Form form;
    form.name = resync_form_name;
    form.context = wanted.about;
    form.title = "Resync";
    form.submit_label = "Answer";
    TeamAnswer before;
    if (!target.refusal.empty()) {
        form.introduction.push_back(plain_line(target.refusal));
    } else {
        const ResyncTable table{context.connection};
        const auto present = table.answer_of(target.round->id, target.team);
        const auto last = present ? present : table.last_answer(*target.round, target.team);
        if (last) before = *last;
        if (!present) before.surprises.clear();
        form.introduction.push_back(
            plain_line(present ? fmt::format("{} has answered ({}). You can change it.",
                                             target.team,
                                             context.directory.name_of(present->person))
                               : fmt::format("What {} does, and what it needs. {}",
                                             target.team,
                                             last ? "It begins with what was said last time."
                                                  : "One line for each thing.")));
        add_what_is_known(context, target, form);
    }
    form.fields.push_back(lines_field(priorities_field,
                                      "What comes first?",
                                      "Most important first, one line for each.",
                                      joined(before.priorities)));
    form.fields.back().is_optional = false;
    form.fields.push_back(lines_field(waits_for_field,
                                      "What do you wait for?",
                                      "In each line: team: what by when. mobile: the importer by friday",
                                      joined(before.waits_for)));
    form.fields.push_back(lines_field(owes_field,
                                      "What do you do for others?",
                                      "The same way. What both sides name the same needs no question.",
                                      joined(before.owes)));
    form.fields.push_back(lines_field(surprises_field,
                                      "What surprised you since last time?",
                                      "Whatever nobody had expected, good or bad.",
                                      joined(before.surprises)));
    form.fields.push_back(lines_field(risks_field, "What may go wrong?", "", joined(before.risks)));
    return OpenForm{wanted.trigger, std::move(form)};
}

FormProblems take_resync_form(HandlerContext& context, const FormSubmitted& submitted)
{
    const AnswerTarget target = target_in(context, submitted.context, submitted.person);
    if (!target.refusal.empty()) return {{priorities_field, target.refusal}};
    ReadAnswer read = read_answer(context, target, submitted);
    if (!read.problems.empty()) return read.problems;
    const ResyncTable table{context.connection};
    table.save(read.answer);
    record(context,
           submitted.person,
           RequestId{},
           ObligationId{},
           "resync_answered",
           {{"round", std::to_string(target.round->id.value)}, {"team", target.team}});
    if (target.round->state == ResyncState::posted) {
        follow_answers(context, *target.round, *target.resync);
        redraw_resync(context, *target.round);
    }
    return {};
}

}  // namespace ackd
