// What a function answers: one of four things that make room, said in a form.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/capacity/capacity_notices.hpp"
#include "bot/capacity/capacity_rules.hpp"
#include "bot/delivery/action_target.hpp"
#include "bot/delivery/answer_handlers.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/part.hpp"
#include "bot/delivery/wanted_form.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr const char* words_field = "words";

bool has_dead_letter(HandlerContext& context, const Request& request)
{
    const auto all = context.obligations.of_request(request.id);
    return std::any_of(all.begin(), all.end(), [](const Obligation& obligation) {
        return obligation.state == ObligationState::dead_letter;
    });
}

/// Why an answer is not taken; empty: it is.
std::string refusal(HandlerContext& context, const std::optional<Part>& part, const UserId& person)
{
    if (!part) return "I do not know this any more.";
    const CapacityTable table{context.connection};
    const auto question = table.question(part->request.id);
    if (!question) return "I do not know this any more.";
    if (question->answer != Relief::none)
        return fmt::format("{} has answered already: {}.",
                           context.directory.name_of(question->answered_by),
                           relief_words(*question));
    const auto signal = table.find(question->signal);
    // An answer to what was given up on counts; where there is room again, none is wanted.
    if (signal->state == CapacityState::over && !has_dead_letter(context, part->request))
        return fmt::format("{} has room again. Nothing for you to do; thank you.",
                           subject_of(context, *signal));
    if (!may_end_raised(context, *part, person))
        return "You were not among those asked, so nothing needs doing.";
    return "";
}

void take_relief(
    HandlerContext& context, const Part& part, const UserId& person, Relief relief, const std::string& words)
{
    end_raised(context, part, person);
    const CapacityTable table{context.connection};
    CapacityQuestion question = table.question(part.request.id).value();
    question.answer = relief;
    question.answered_by = person;
    question.answered_at = context.now;
    question.words = words;
    table.save(question);
    record(context,
           person,
           part.request.id,
           ObligationId{},
           "capacity_answered",
           {{"signal", std::to_string(question.signal.value)}, {"relief", std::string{name_of(relief)}}});
    CapacitySignal signal = table.find(question.signal).value();
    const auto questions = table.questions_of(signal.id);
    const bool are_all_answered = std::all_of(
        questions.begin(), questions.end(), [](const auto& each) { return each.answer != Relief::none; });
    const auto relieved = are_all_answered ? next_signal(signal,
                                                         CapacityEvent::all_answered,
                                                         context.directory.working_hours_of(signal.person),
                                                         context.now)
                                           : std::nullopt;
    if (relieved) {
        signal = *relieved;
        table.save(signal);
        record(context,
               bot_actor,
               RequestId{},
               ObligationId{},
               "capacity_relieved",
               {{"signal", std::to_string(signal.id.value)}});
    }
    // Whoever is asked for another function sees what this one does.
    for (const CapacityQuestion& each : questions) {
        const auto request = context.obligations.find(each.request);
        if (!request) continue;
        for (const Obligation& obligation : context.obligations.of_request(request->id))
            refresh_messages(context, *request, obligation.id);
    }
    redraw_capacity(context, signal);
}

struct Wording {
    const char* label;
    const char* hint;
};

Wording wording_of(Relief relief)
{
    switch (relief) {
        case Relief::drop: return {"What is dropped?", "It is not done at all, and nobody waits for it."};
        case Relief::move: return {"What is moved, and to when?", "A date or a week that holds."};
        case Relief::lend: return {"Who is lent, for what, and until when?", "They know of it already."};
        case Relief::accept:
        case Relief::none: break;
    }
    return {"Why does it stay as it is?", "It stands there with your name: you accept what follows."};
}

}  // namespace

bool ends_by_relief(HandlerContext& context, const Request& request)
{
    if (request.kind != RequestKind::escalation) return false;
    const auto question = CapacityTable{context.connection}.question(request.id);
    return question && question->answer == Relief::none;
}

void open_make_room_form(HandlerContext& context, const ActionTaken& taken)
{
    const ActionTarget target = target_of(taken.value);
    if (target.obligation) join_call(context, *target.obligation, taken.message, taken.person);
    want_form(context, taken, make_room_form_name);
}

bool is_make_room_row(const OutboxRow& row)
{
    return is_wanted(make_room_form_name, row);
}

OpenForm make_room_form_in(HandlerContext& context, const OutboxRow& row)
{
    const WantedForm wanted = wanted_form_in(make_room_form_name, row);
    const ActionTarget target = target_of(wanted.about);
    const Relief relief = relief_named(target.choice).value_or(Relief::accept);
    const auto part = target.obligation ? part_of(context, *target.obligation, wanted.person) : std::nullopt;
    const std::string refused = refusal(context, part, wanted.person);
    Form form;
    form.name = make_room_form_name;
    form.context = wanted.about;
    form.title = relief_title(relief);
    form.submit_label = "Answer";
    if (!refused.empty()) {
        form.introduction.push_back(plain_line(refused));
    } else {
        for (Line& line : question_lines(context, part->request))
            form.introduction.push_back(std::move(line));
    }
    const Wording wording = wording_of(relief);
    form.fields.push_back({.name = words_field,
                           .kind = FieldKind::text,
                           .label = wording.label,
                           .hint = wording.hint,
                           .length_max = relief_words_max});
    return OpenForm{wanted.trigger, std::move(form)};
}

FormProblems take_make_room_form(HandlerContext& context, const FormSubmitted& submitted)
{
    const ActionTarget target = target_of(submitted.context);
    const auto relief = relief_named(target.choice);
    const auto part = target.obligation ? part_of(context, *target.obligation, submitted.person)
                                        : std::nullopt;
    if (!relief) return {{words_field, "I do not know this any more."}};
    const std::string words{trimmed(submitted.values.of(words_field).text)};
    if (part) {
        // The answer to the first submission may have been lost: then the form is sent again.
        const auto question = CapacityTable{context.connection}.question(part->request.id);
        const bool is_sent_again = question && question->answered_by == submitted.person &&
                                   question->answer == *relief && question->words == words;
        if (is_sent_again) return {};
    }
    const std::string refused = refusal(context, part, submitted.person);
    if (!refused.empty()) return {{words_field, refused}};
    if (words.empty()) return {{words_field, "Say it in a line: others go by it."}};
    take_relief(context, *part, submitted.person, *relief, words);
    return {};
}

}  // namespace ackd
