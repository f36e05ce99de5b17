// Where two teams see things differently: raised between the leads of both, until it is settled.
#include "bot/delivery/action_names.hpp"
#include "bot/delivery/action_target.hpp"
#include "bot/delivery/answer_handlers.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/wanted_form.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/resync/resync_notices.hpp"
#include "bot/resync/resync_people.hpp"
#include "bot/resync/resync_rules.hpp"
#include "bot/resync/resync_table.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// What leads are asked about a divergence: it is important, and not urgent.
constexpr Priority asked_at = Priority::week;
/// Raised in one round; what is more is seen in the next.
constexpr std::size_t raised_max = 12;
constexpr const char* words_field = "words";

void record_divergence(HandlerContext& context,
                       const UserId& actor,
                       const Divergence& divergence,
                       std::string_view fact)
{
    record(context,
           actor,
           divergence.request,
           ObligationId{},
           fact,
           {{"divergence", std::to_string(divergence.id.value)},
            {"kind", std::string{name_of(divergence.difference.kind)}},
            {"state", std::string{name_of(divergence.state)}}});
}

void end_divergence(HandlerContext& context,
                    Divergence divergence,
                    DivergenceState state,
                    const UserId& person,
                    const std::string& words = "")
{
    divergence.state = state;
    divergence.ended_by = person;
    divergence.ended_at = context.now;
    divergence.words = words;
    const ResyncTable table{context.connection};
    table.save(divergence);
    record_divergence(context, person.empty() ? bot_actor : person, divergence, "divergence_ended");
    redraw_divergence(context, divergence);
    // It stands in the message of its round, and in the newest one as long as it was open.
    const auto round = table.find(divergence.round);
    if (round) redraw_resync(context, *round);
    const auto newest = table.newest(divergence.resync);
    if (newest && (!round || newest->id != round->id)) redraw_resync(context, *newest);
}

void raise_divergence(HandlerContext& context,
                      const ResyncRound& round,
                      const Resync& resync,
                      const Difference& difference)
{
    Divergence divergence;
    divergence.resync = resync.name;
    divergence.round = round.id;
    divergence.difference = difference;
    const ResyncTable table{context.connection};
    table.insert(divergence);
    Raised raised;
    raised.route = resync.route;
    raised.priority = asked_at;
    raised.text = difference_words(difference);
    for (const std::string& team : {difference.team, difference.other}) {
        for (const UserId& lead : leads_of(context, team)) {
            auto& asked = raised.asked_first;
            if (std::find(asked.begin(), asked.end(), lead) == asked.end()) asked.push_back(lead);
        }
    }
    // What they read is found by the request, from the first moment on.
    raised.before_asking = [&](RequestId id) {
        divergence.request = id;
        table.save(divergence);
        record_divergence(context, bot_actor, divergence, "divergence_seen");
    };
    raise(context, raised);
    redraw_divergence(context, *table.find(divergence.id));
}

/// Nobody is asked about it any more: the two do not meet in a resync.
void drop(HandlerContext& context, const Divergence& divergence)
{
    end_divergence(context, divergence, DivergenceState::dropped, UserId{});
    stand_down(context, divergence.request);
}

/// Whether both sides have answered in the round: only then they can agree by themselves.
bool have_answered(const std::vector<TeamAnswer>& answers, const Difference& difference)
{
    const auto has = [&](const std::string& team) {
        return std::any_of(
            answers.begin(), answers.end(), [&](const TeamAnswer& each) { return each.team == team; });
    };
    return has(difference.team) && has(difference.other);
}

/// Takes the difference that this one is about out of them: word for word first. One that is open is the same
/// whatever each side says of it by now; what was settled, was settled as it stood.
std::optional<Difference> take_known(const Divergence& divergence, std::vector<Difference>& differences)
{
    const auto is_known = [&](const Difference& each) {
        return divergence.state == DivergenceState::open ? is_same_matter(divergence.difference, each)
                                                         : is_same_difference(divergence.difference, each);
    };
    auto found = std::find_if(differences.begin(), differences.end(), [&](const Difference& each) {
        return each.what == divergence.difference.what && is_known(each);
    });
    if (found == differences.end()) found = std::find_if(differences.begin(), differences.end(), is_known);
    if (found == differences.end()) return std::nullopt;
    Difference taken = *found;
    differences.erase(found);
    return taken;
}

/// What is open goes on with what its sides say by now, and whoever is asked reads that.
void go_on_as(HandlerContext& context, Divergence divergence, const Difference& difference)
{
    if (divergence.difference == difference) return;
    divergence.difference = difference;
    ResyncTable{context.connection}.save(divergence);
    redraw_divergence(context, divergence);
    const auto request = context.obligations.find(divergence.request);
    for (const Obligation& obligation : context.obligations.of_request(divergence.request))
        refresh_messages(context, *request, obligation.id);
}

std::string refusal(HandlerContext& context, const std::optional<Part>& part, const UserId& person)
{
    const auto divergence = part ? ResyncTable{context.connection}.find(part->request.id) : std::nullopt;
    if (!divergence) return "I do not know this any more.";
    switch (divergence->state) {
        case DivergenceState::open:
        case DivergenceState::given_up: break;
        case DivergenceState::agreed: return "Both teams say the same by now. Nothing for you to do.";
        case DivergenceState::dropped: return "These teams have no resync any more. Nothing for you to do.";
        case DivergenceState::reconciled:
        case DivergenceState::accepted:
            return fmt::format("{} has settled it already.", context.directory.name_of(divergence->ended_by));
    }
    if (!may_end_raised(context, *part, person))
        return "You were not among those asked, so nothing needs doing.";
    return "";
}

std::optional<Part> part_in_value(HandlerContext& context, const std::string& value, const UserId& person)
{
    const ActionTarget target = target_of(value);
    return target.obligation ? part_of(context, *target.obligation, person) : std::nullopt;
}

}  // namespace

void follow_answers(HandlerContext& context, const ResyncRound& round, const Resync& resync)
{
    const ResyncTable table{context.connection};
    std::vector<TeamAnswer> answers = table.answers_of(round.id);
    std::erase_if(answers, [&](const TeamAnswer& each) {
        return std::find(resync.teams.begin(), resync.teams.end(), each.team) == resync.teams.end();
    });
    std::vector<Difference> left = differences_between(answers);
    for (const Divergence& divergence : table.standing(resync.name)) {
        const auto is_of_it = [&](const std::string& team) {
            return std::find(resync.teams.begin(), resync.teams.end(), team) != resync.teams.end();
        };
        const bool is_open = divergence.state == DivergenceState::open;
        if (!is_of_it(divergence.difference.team) || !is_of_it(divergence.difference.other)) {
            if (is_open) drop(context, divergence);
        } else if (const auto same = take_known(divergence, left)) {
            if (is_open) go_on_as(context, divergence, *same);
        } else if (have_answered(answers, divergence.difference) &&
                   (is_open || divergence.state == DivergenceState::given_up))
        {
            end_divergence(context, divergence, DivergenceState::agreed, UserId{});
            stand_down(context, divergence.request);
        }
    }
    for (std::size_t index = 0; index < std::min(left.size(), raised_max); ++index)
        raise_divergence(context, round, resync, left[index]);
}

void end_resync(HandlerContext& context, const std::string& name)
{
    const ResyncTable table{context.connection};
    if (auto round = table.newest(name); round && round->state != ResyncState::closed) {
        round->state = ResyncState::closed;
        table.save(*round);
    }
    for (const Divergence& divergence : table.standing(name)) {
        if (divergence.state == DivergenceState::open) drop(context, divergence);
    }
}

std::optional<Notice> settle_given_up(HandlerContext& context, const Part& part, const UserId& person)
{
    if (part.request.kind != RequestKind::escalation) return std::nullopt;
    const auto divergence = ResyncTable{context.connection}.find(part.request.id);
    if (!divergence || divergence->state != DivergenceState::given_up) return std::nullopt;
    end_divergence(context, *divergence, DivergenceState::reconciled, person);
    end_raised(context, part, person);
    return plain_reply("Noted: they agree now.");
}

void follow_divergence(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::escalation) return;
    const auto divergence = ResyncTable{context.connection}.find(request.id);
    if (!divergence) return;
    if (divergence->state != DivergenceState::open && divergence->state != DivergenceState::given_up) return;
    const auto all = context.obligations.of_request(request.id);
    if (std::any_of(all.begin(), all.end(), [](const Obligation& each) { return !is_final(each.state); }))
        return;
    const auto in = [&](ObligationState state) {
        return std::find_if(
            all.begin(), all.end(), [&](const Obligation& each) { return each.state == state; });
    };
    if (const auto done = in(ObligationState::integrated); done != all.end())
        end_divergence(context, *divergence, DivergenceState::reconciled, done->holder);
    else if (in(ObligationState::dead_letter) != all.end() && divergence->state == DivergenceState::open)
        end_divergence(context, *divergence, DivergenceState::given_up, UserId{});
    else if (in(ObligationState::dead_letter) == all.end())
        end_divergence(context, *divergence, DivergenceState::agreed, UserId{});
}

bool is_divergence(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::escalation) return false;
    const auto divergence = ResyncTable{context.connection}.find(request.id);
    return divergence &&
           (divergence->state == DivergenceState::open || divergence->state == DivergenceState::given_up);
}

std::vector<Line> divergence_lines(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::escalation) return {};
    const auto divergence = ResyncTable{context.connection}.find(request.id);
    if (!divergence) return {};
    const Difference& difference = divergence->difference;
    std::vector<Line> lines;
    lines.push_back(
        plain_line(fmt::format("{} and {} see something differently.", difference.team, difference.other)));
    lines.push_back(plain_line(difference_words(difference)));
    lines.push_back(small_line(fmt::format(
        "One of the leads of {} and {} settles it for both: you agree now, or it may stay different, and why.",
        difference.team,
        difference.other)));
    return lines;
}

void add_divergence_actions(const std::string& value, Section& section)
{
    section.actions.push_back(button(action::done, "We agree now", value, ActionStyle::primary));
    section.actions.push_back(button(action::accept_difference, "It may stay different …", value));
}

std::optional<Notice> obstacle_to_accepting(HandlerContext& context, const ActionTaken& taken)
{
    const auto part = part_in_value(context, taken.value, taken.person);
    const std::string refused = refusal(context, part, taken.person);
    if (refused.empty()) return std::nullopt;
    Notice notice = plain_reply(refused);
    const auto divergence = part ? ResyncTable{context.connection}.find(part->request.id) : std::nullopt;
    if (divergence && divergence->ended_at && divergence->message.exists())
        add_link(divergence->message, "How it ended", notice);
    return notice;
}

bool is_difference_row(const OutboxRow& row)
{
    return is_wanted(difference_form_name, row);
}

OpenForm difference_form_in(HandlerContext& context, const OutboxRow& row)
{
    const WantedForm wanted = wanted_form_in(difference_form_name, row);
    const auto part = part_in_value(context, wanted.about, wanted.person);
    const std::string refused = refusal(context, part, wanted.person);
    Form form;
    form.name = difference_form_name;
    form.context = wanted.about;
    form.title = "Accept the difference";
    form.submit_label = "Accept";
    form.introduction.push_back(plain_line(
        refused.empty() ? difference_words(ResyncTable{context.connection}.find(part->request.id)->difference)
                        : refused));
    form.fields.push_back({.name = words_field,
                           .kind = FieldKind::text,
                           .label = "Why may it stay different?",
                           .hint = "It stands there with your name, and is not asked again.",
                           .length_max = difference_words_max});
    return OpenForm{wanted.trigger, std::move(form)};
}

FormProblems take_difference_form(HandlerContext& context, const FormSubmitted& submitted)
{
    const auto part = part_in_value(context, submitted.context, submitted.person);
    const std::string words{trimmed(submitted.values.of(words_field).text)};
    const ResyncTable table{context.connection};
    const auto divergence = part ? table.find(part->request.id) : std::nullopt;
    // The answer to the first submission may have been lost: then the form is sent again.
    if (divergence && divergence->state == DivergenceState::accepted &&
        divergence->ended_by == submitted.person && divergence->words == words)
        return {};
    const std::string refused = refusal(context, part, submitted.person);
    if (!refused.empty()) return {{words_field, refused}};
    if (words.empty()) return {{words_field, "Say it in a line: others go by it."}};
    end_divergence(context, *divergence, DivergenceState::accepted, submitted.person, words);
    end_raised(context, *part, submitted.person);
    return {};
}

}  // namespace ackd
