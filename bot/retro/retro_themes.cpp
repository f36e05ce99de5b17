// From the close on: themes, dots, and what is done about it.
#include "bot/cadence/cadence_handlers.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/retro/retro_notices.hpp"
#include "bot/retro/retro_people.hpp"
#include "bot/retro/retro_rules.hpp"
#include "bot/retro/retro_table.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr const char* themes_field = "themes";
constexpr const char* text_field = "text";
constexpr const char* owner_field = "owner";
constexpr const char* by_field = "by";

/// An answer in front of who groups it.
constexpr std::size_t excerpt_length = 200;
constexpr std::size_t excerpts_max = 60;
/// As a chat shows a choice.
constexpr std::size_t choice_length_max = 70;
constexpr std::chrono::days act_within_max{366};

std::string facilitator_words(HandlerContext& context, const RetroRound& round)
{
    if (round.facilitator.empty()) return fmt::format("people of {}", round.team);
    return fmt::format("{}, and the leads of {},", context.directory.name_of(round.facilitator), round.team);
}

/// Where it stands instead.
std::string standing_words(const RetroRound& round)
{
    switch (round.state) {
        case RetroState::open: return fmt::format("{} still takes answers.", name_of(round));
        case RetroState::grouping: return fmt::format("{} has no themes yet.", name_of(round));
        case RetroState::voting:
            return fmt::format("{} has its themes, and is being voted on.", name_of(round));
        case RetroState::deciding:
            return fmt::format("The voting of {} is closed, and its totals stand.", name_of(round));
        case RetroState::over: return fmt::format("{} is over.", name_of(round));
    }
    return "";
}

void begin_state(HandlerContext& context, RetroRound& round, RetroState state)
{
    round.state = state;
    if (const Retro* retro = retro_named(context, round.retro))
        begin_waiting(round, common_hours(context, retro->cadence), context.now);
}

/// As it lies there: what somebody else grouped otherwise under the same titles is not the same.
bool is_same(const std::vector<RetroTheme>& themes,
             const std::vector<RetroEntry>& entries,
             const std::vector<RetroGroup>& groups)
{
    std::vector<RetroGroup> known;
    for (const RetroTheme& theme : themes) {
        RetroGroup& group = known.emplace_back(RetroGroup{theme.title, {}});
        for (const RetroEntry& entry : entries) {
            if (entry.theme == theme.place) group.numbers.push_back(entry.number);
        }
    }
    return known == groups;
}

/// What an ask needs to say of what was decided.
Ask ask_of(const RetroRound& round, const std::string& text, const UserId& owner, Instant by)
{
    Ask ask;
    ask.people = {owner};
    ask.priority = Priority::week;
    ask.due_at = by;
    ask.announcement = Announcement::at_once;
    ask.text = {Words{fmt::format("{} (retro {})", text, name_of(round))}};
    return ask;
}

FormProblems problems_of_act(HandlerContext& context,
                             const RetroRound& round,
                             const FormSubmitted& submitted,
                             const std::vector<UserId>& owners,
                             const Ask& ask)
{
    if (trimmed(submitted.values.of(text_field).text).empty())
        return {{text_field, "Say it in a line: whoever does it goes by it."}};
    if (owners.size() != 1) return {{owner_field, "One person has it. Others can help."}};
    const auto by = submitted.values.of(by_field).at;
    if (!by || *by <= context.now) return {{by_field, "Choose a day that lies ahead."}};
    if (*by > context.now + act_within_max) return {{by_field, "Within a year, please."}};
    if (channel_of(context, round).empty())
        return {
            {text_field,
             "I am in no channel of the team, so nobody would see how it stands. There, type /invite @ackd, "
             "then send this again."}};
    const auto refused = refusal_of(context, submitted.person, ask);
    if (!refused) return {};
    return {{owner_field,
             refused->why == AskRefusal::not_a_member
                 ? "Only members of this workspace can ask somebody. A lead of the team can add it."
                 : "They cannot be asked: it is a bot, or an account that is gone."}};
}

Notice close_voting(HandlerContext& context, RetroRound round, const UserId& person)
{
    const int dots = RetroTable{context.connection}.count_votes(round.id);
    empty_log_of_answers(context);
    record_retro(context, person, round, "retro_voted", "dots", std::to_string(dots));
    begin_state(context, round, RetroState::deciding);
    keep_retro(context, round);
    return retro_voted_reply(context, round);
}

}  // namespace

std::string going_on_obstacle(HandlerContext& context,
                              std::string_view what,
                              const RetroRound& round,
                              const UserId& person)
{
    if (what == action::retro_vote) {
        if (!takes_part(context, round.team, person))
            return fmt::format("This retro is of {}: its people give dots.", round.team);
        return round.state == RetroState::voting ? "" : standing_words(round);
    }
    if (!may_facilitate(context, round, person))
        return fmt::format("In this retro {} do that.", facilitator_words(context, round));
    const RetroState wanted = what == action::retro_group ? RetroState::grouping : RetroState::deciding;
    if (round.state != wanted) return standing_words(round);
    if (what == action::retro_act &&
        RetroTable{context.connection}.actions_of(round.id).size() >= retro_actions_max)
        return fmt::format(
            "{} is what a team takes on at once: of more, less is done. The rest waits for the "
            "next retro.",
            retro_actions_max);
    return "";
}

Form retro_group_form(HandlerContext& context, const RetroRound& round)
{
    const RetroTable table{context.connection};
    const auto entries = table.entries_of(round.id);
    Form form;
    form.context = std::to_string(round.id.value);
    form.title = "Themes";
    form.submit_label = "Ready to vote";
    std::size_t shown = 0;
    for (const RetroEntry& entry : entries) {
        if (++shown > excerpts_max) break;
        form.introduction.push_back(
            plain_line(fmt::format("{}. {}", entry.number, shortened(entry.text, excerpt_length))));
    }
    if (entries.size() > excerpts_max)
        form.introduction.push_back(small_line(
            fmt::format("… and {} more: /retro export {}", entries.size() - excerpts_max, round.retro)));
    FormField field;
    field.name = themes_field;
    field.label = "One theme a line, with the numbers of its answers";
    field.hint =
        "Deploys: 1 4 7 · Put together what belongs together; what is in no line is kept, and not voted on.";
    field.length_max = retro_grouping_length_max;
    if (!entries.empty()) field.initial = {groups_to_begin_with(entries, table.questions_of(round.id))};
    form.fields.push_back(std::move(field));
    return form;
}

FormProblems take_retro_themes(HandlerContext& context,
                               const RetroRound& round,
                               const FormSubmitted& submitted)
{
    const RetroTable table{context.connection};
    const auto entries = table.entries_of(round.id);
    const ReadGroups read = read_groups(submitted.values.of(themes_field).text, entries);
    // The answer to the first submission may have been lost: then the form is sent again.
    if (round.state == RetroState::voting && read.problem.empty() &&
        may_facilitate(context, round, submitted.person) &&
        is_same(table.themes_of(round.id), entries, read.groups))
        return {};
    if (std::string obstacle = going_on_obstacle(context, action::retro_group, round, submitted.person);
        !obstacle.empty())
        return {{themes_field, std::move(obstacle)}};
    if (!read.problem.empty()) return {{themes_field, read.problem}};
    table.group(round.id, read.groups);
    RetroRound next = round;
    begin_state(context, next, RetroState::voting);
    record_retro(
        context, submitted.person, next, "retro_grouped", "themes", std::to_string(read.groups.size()));
    keep_retro(context, next);
    return {};
}

Form retro_vote_form(HandlerContext& context, const RetroRound& round, const UserId& person)
{
    const RetroTable table{context.connection};
    Form form;
    form.context = std::to_string(round.id.value);
    form.title = "Dots";
    form.submit_label = "Give them";
    form.introduction.push_back(plain_line(retro_vote_words(round)));
    FormField field;
    field.name = themes_field;
    field.kind = FieldKind::choices;
    field.label = "Which of these shall we do something about?";
    field.hint =
        "Until the voting is closed you can change it here. Then only how many each theme has is kept.";
    field.is_optional = true;
    for (const RetroTheme& theme : table.themes_of(round.id))
        field.choices.push_back({shortened(theme.title, choice_length_max), std::to_string(theme.place)});
    if (field.choices.empty()) field.choices.push_back({"nothing", "0"});
    for (const int place : table.votes_of(round.id, person)) field.initial.push_back(std::to_string(place));
    form.fields.push_back(std::move(field));
    return form;
}

FormProblems take_retro_dots(HandlerContext& context, const RetroRound& round, const FormSubmitted& submitted)
{
    if (std::string obstacle = going_on_obstacle(context, action::retro_vote, round, submitted.person);
        !obstacle.empty())
        return {{themes_field, std::move(obstacle)}};
    const RetroTable table{context.connection};
    const auto places = read_dots(
        submitted.values.of(themes_field).chosen, table.themes_of(round.id).size(), round.dots);
    if (!places)
        return {{themes_field,
                 round.dots == 1 ? std::string{"You have one dot: choose one theme."}
                                 : fmt::format("You have {} dots: choose at most as many.", round.dots)}};
    table.vote(round.id, submitted.person, *places);
    return {};
}

Form retro_act_form(const RetroRound& round)
{
    Form form;
    form.context = std::to_string(round.id.value);
    form.title = "What we do about it";
    form.submit_label = "Add";
    FormField text;
    text.name = text_field;
    text.label = "What is done?";
    text.hint = "One thing, in words by which anybody can tell that it is done.";
    text.length_max = retro_action_length_max;
    FormField owner;
    owner.name = owner_field;
    owner.kind = FieldKind::people;
    owner.label = "Who has it?";
    owner.hint = "One person; ackd asks them like for everything else, and the next retro opens with it.";
    FormField by;
    by.name = by_field;
    by.kind = FieldKind::instant;
    by.label = "By when?";
    form.fields = {std::move(text), std::move(owner), std::move(by)};
    return form;
}

FormProblems take_retro_act(HandlerContext& context, const RetroRound& round, const FormSubmitted& submitted)
{
    // The answer to the first submission may have been lost: then the form is sent again.
    const std::string form_key = "form:" + submitted.instance;
    if (context.seen.contains(form_key)) return {};
    if (std::string obstacle = going_on_obstacle(context, action::retro_act, round, submitted.person);
        !obstacle.empty())
        return {{text_field, std::move(obstacle)}};
    const std::string text = shortened(std::string{trimmed(submitted.values.of(text_field).text)},
                                       retro_action_length_max);
    const auto owners = ids_of<UserId>(submitted.values.of(owner_field));
    const auto by = submitted.values.of(by_field).at;
    const Ask ask = ask_of(round, text, owners.empty() ? UserId{} : owners.front(), by.value_or(context.now));
    if (auto problems = problems_of_act(context, round, submitted, owners, ask); !problems.empty())
        return problems;
    static_cast<void>(context.seen.insert(form_key));
    const Request request = start_request(
        context, submitted.person, MessageRef{channel_of(context, round), ""}, ask);
    RetroTable{context.connection}.add_action({request.id, round.id, text});
    record(context,
           submitted.person,
           request.id,
           ObligationId{},
           "retro_action",
           {{"round", std::to_string(round.id.value)}});
    RetroRound next = round;
    begin_state(context, next, RetroState::deciding);
    keep_retro(context, next);
    return {};
}

Notice close_retro(HandlerContext& context, const RetroRound& round, const ActionTaken& taken)
{
    if (!may_facilitate(context, round, taken.person))
        return plain_reply(fmt::format("In this retro {} do that.", facilitator_words(context, round)));
    // Pressed twice, or by two at once: the second one is about a state that is past.
    if (!taken.value.ends_with(fmt::format(" {}", name_of(round.state))))
        return plain_reply(standing_words(round));
    if (round.state == RetroState::voting) return close_voting(context, round, taken.person);
    if (round.state != RetroState::deciding) return plain_reply(standing_words(round));
    end_retro(context, taken.person, round, RetroEnd::said);
    return retro_ended_reply(context, round);
}

void end_retro(HandlerContext& context, const UserId& actor, RetroRound round, RetroEnd how)
{
    if (round.state == RetroState::over) return;
    const RetroTable table{context.connection};
    RetroEnd end = how;
    if (round.state == RetroState::open) {
        // The next one begins, or it is gone from the policy: what was said until now is kept.
        const int count = table.reveal(round);
        empty_log_of_answers(context);
        record_retro(context, bot_actor, round, "retro_closed", "answers", std::to_string(count));
        if (count == 0) end = RetroEnd::nothing_said;
    } else if (round.state == RetroState::voting) {
        static_cast<void>(table.count_votes(round.id));
        empty_log_of_answers(context);
    }
    const RetroRound over = ended(std::move(round), end, context.now);
    record_retro(context, actor, over, "retro_ended", "how", name_of(end));
    keep_retro(context, over);
}

}  // namespace ackd
