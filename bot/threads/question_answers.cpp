// What people do about an unanswered question: "go ahead", "answered elsewhere", "not a question", "still
// stuck".
#include "bot/delivery/action_target.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/part.hpp"
#include "bot/threads/question_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace ackd {

namespace {

/// What one mark changes of a weight, in hundredths.
constexpr int lesson = 5;

std::optional<Request> request_in(HandlerContext& context, const std::string& value)
{
    const ActionTarget target = target_of(value);
    if (target.request) return context.obligations.find(*target.request);
    const auto obligation = target.obligation ? context.obligations.find(*target.obligation) : std::nullopt;
    return obligation ? context.obligations.find(obligation->request) : std::nullopt;
}

bool takes_part(HandlerContext& context, const Request& request, const UserId& person)
{
    return request.creditor == person || part_in(context, request, person).obligation.has_value();
}

/// Whoever is asked first is asked now, or as soon as they are at work.
Notice ask_at_once(HandlerContext& context, const Request& request)
{
    std::vector<UserId> people;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (obligation.state != ObligationState::open || obligation.attempt > 0) continue;
        Obligation next = obligation;
        next.due_at = context.directory.working_hours_of(obligation.debtor).next_working_instant(context.now);
        context.obligations.save(obligation, next);
        people.push_back(obligation.debtor);
        record(context, request.creditor, request.id, obligation.id, "question_hurried");
    }
    if (people.empty()) return plain_reply("Somebody was asked already.");
    redraw_question(context, request);
    return plain_reply(fmt::format("{} hears of it, in their working hours.", joined_names(context, people)));
}

/// Each sign by which it was taken for a question weighs a little less in this channel from now on.
void learn_no_question(HandlerContext& context, const Question& question)
{
    for (std::size_t index = 0; index < question_signal_count; ++index) {
        const auto signal = static_cast<QuestionSignal>(index);
        if ((question.signals & set_of(signal)) != 0)
            context.questions.learn(question.message.channel, signal, -lesson);
    }
}

Notice stuck_again(HandlerContext& context, Question& question)
{
    if (question.state != QuestionState::ended || !is_answered(question.outcome))
        return plain_reply("It is open already.");
    still_stuck(context, question);
    if (question.state == QuestionState::ended) return plain_reply("The channel is not watched any more.");
    return plain_reply(
        fmt::format("Noted: unless somebody answers, you hear of it on {}.",
                    your_time(context, question.asker, question.due_at.value_or(context.now))));
}

Notice act_on(HandlerContext& context, const ActionTaken& taken)
{
    const auto request = request_in(context, taken.value);
    auto question = request ? context.questions.find(request->id) : std::nullopt;
    if (!question) {
        return plain_reply(request && request->kind == RequestKind::question
                               ? "This question was opened again: it is looked after."
                               : "I do not know this question any more.");
    }
    const bool is_asker = question->asker == taken.person;
    if (taken.name == action::still_stuck)
        return is_asker ? stuck_again(context, *question)
                        : plain_reply("Only who asked can say so. Write it in the thread.");
    if (!takes_part(context, *request, taken.person))
        return plain_reply("You were not among those asked, so nothing needs doing.");
    if (question->state == QuestionState::ended) return plain_reply("This is over already.");
    if (taken.name == action::ask_now) {
        return is_asker ? ask_at_once(context, *request) : plain_reply("Only who asked can hurry it.");
    }
    if (taken.name == action::not_a_question) {
        learn_no_question(context, *question);
        end_question(context, *question, {QuestionOutcome::not_a_question, taken.person});
        return plain_reply("Noted: such messages are taken for questions a little less here.");
    }
    end_question(context,
                 *question,
                 {QuestionOutcome::answered_elsewhere, taken.person, AnswerSign::none, context.now});
    return plain_reply("✅ Noted: nobody is asked any more.");
}

}  // namespace

bool is_question_action(const ActionTaken& taken)
{
    constexpr std::array<std::string_view, 4> names{
        action::ask_now, action::answered_elsewhere, action::not_a_question, action::still_stuck};
    return std::find(names.begin(), names.end(), taken.name) != names.end();
}

std::optional<Notice> take_question_action(HandlerContext& context, const ActionTaken& taken)
{
    const auto request = request_in(context, taken.value);
    const auto state = [&] {
        const auto question = request ? context.questions.find(request->id) : std::nullopt;
        return question ? std::optional{question->state} : std::nullopt;
    };
    const auto before = state();
    Notice notice = act_on(context, taken);
    // The message that was pressed shows the rest by itself.
    if (state() == before) return notice;
    replace_pressed(context, taken);
    return taken.name == action::still_stuck ? std::optional{std::move(notice)} : std::nullopt;
}

}  // namespace ackd
