// What people read about a question that nobody has answered: who asked it, alone, and whoever is asked.
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/threads/question_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

std::string name(HandlerContext& context, const UserId& person)
{
    return context.directory.name_of(person);
}

/// How far it has come, for who asked.
struct Progress {
    /// Who owes the answer now: asked, or to be asked.
    std::vector<UserId> asked;
    bool is_anybody_asked = false;
    UserId holder;
    std::optional<Instant> next_at;
    std::vector<UserId> called;
};

Progress progress_of(HandlerContext& context, const Request& request)
{
    Progress progress;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (obligation.state == ObligationState::received) progress.holder = obligation.holder;
        if (!is_waiting(obligation.state)) continue;
        progress.asked.push_back(obligation.debtor);
        progress.is_anybody_asked = progress.is_anybody_asked || obligation.attempt + obligation.step > 0;
        if (obligation.due_at && (!progress.next_at || *obligation.due_at < *progress.next_at))
            progress.next_at = obligation.due_at;
        if (obligation.state != ObligationState::escalated) continue;
        for (const UserId& person : context.obligations.called_people(obligation.id)) {
            const auto& known = progress.called;
            if (std::find(known.begin(), known.end(), person) == known.end())
                progress.called.push_back(person);
        }
    }
    return progress;
}

void add_ending(HandlerContext& context, const Request& request, Section& section)
{
    const auto question = context.questions.find(request.id);
    if (!question) {
        section.lines.push_back(plain_line("Your question is open again."));
        section.lines.push_back(quote_line(request));
        return;
    }
    const QuestionOutcome outcome = question->outcome;
    const std::string value = value_of(request.id);
    switch (outcome) {
        case QuestionOutcome::answered:
        case QuestionOutcome::answered_elsewhere:
            section.lines.push_back(plain_line("✅ Your question was answered."));
            section.lines.push_back(quote_line(request));
            section.actions.push_back(button(action::still_stuck, "Still stuck", value));
            return;
        case QuestionOutcome::unanswered:
            section.lines.push_back(plain_line(
                "Nobody could be reached who answers this. Somebody you know may: ask them by name."));
            section.lines.push_back(quote_line(request));
            section.lines.push_back(small_line(RichText{Words{"To ask: "}, Code{"/ack @name …"}}));
            return;
        case QuestionOutcome::not_a_question:
            section.lines.push_back(plain_line("Noted: this asks nothing. Nobody is asked."));
            break;
        default: section.lines.push_back(plain_line("Nobody is asked about this any more.")); break;
    }
    section.lines.push_back(quote_line(request));
}

Line unanswered_line(const ChannelId& channel)
{
    return plain_line(
        RichText{Words{"Nobody has answered your question yet, in "}, ChannelName{channel}, Words{"."}});
}

std::string are_or_is(const std::vector<UserId>& people)
{
    return people.size() == 1 ? "is" : "are";
}

}  // namespace

Section question_offer_section(HandlerContext& context, const Request& request)
{
    Section section;
    if (request.is_over()) {
        add_ending(context, request, section);
        return section;
    }
    const Progress progress = progress_of(context, request);
    const std::string whom = joined_names(context, progress.asked);
    const std::string value = value_of(request.id);
    if (!progress.holder.empty()) {
        section.lines.push_back(
            plain_line(fmt::format("✅ {} has your question now.", name(context, progress.holder))));
    } else if (!progress.called.empty()) {
        section.lines.push_back(plain_line(
            fmt::format("↗ Your question is with {} as well now.", joined_names(context, progress.called))));
    } else if (progress.is_anybody_asked) {
        section.lines.push_back(plain_line(fmt::format(
            "⏳ {} {} asked about your question.", whom, progress.asked.size() == 1 ? "was" : "were")));
    } else {
        section.lines.push_back(unanswered_line(request.subject.channel));
    }
    section.lines.push_back(quote_line(request));
    if (progress.holder.empty() && !progress.is_anybody_asked) {
        if (progress.next_at)
            section.lines.push_back(
                small_line(fmt::format("Unless you say otherwise, {} {} asked on {}.",
                                       whom,
                                       are_or_is(progress.asked),
                                       your_time(context, request.creditor, *progress.next_at))));
        section.actions.push_back(button(action::ask_now, "Go ahead now", value, ActionStyle::primary));
    }
    section.actions.push_back(button(action::answered_elsewhere, "Answered elsewhere", value));
    section.actions.push_back(button(action::not_a_question, "Not a question", value));
    section.actions.push_back(button(action::withdraw, "No longer needed", value));
    section.actions.push_back(request_menu(request));
    return section;
}

Notice question_offer_notice(HandlerContext& context, const std::vector<ObligationId>& items)
{
    const auto obligation = context.obligations.find(items.front());
    const Request request = context.obligations.find(obligation->request).value();
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.sections.push_back(question_offer_section(context, request));
    notice.summary = "Your question: " + shortened(request.text, excerpt_max);
    return notice;
}

Notice nobody_to_ask_notice(HandlerContext& context, const Question& question, const std::string& text)
{
    Request subject;  // only for its quotation
    subject.subject = question.message;
    subject.text = text;
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.summary = "Nobody has answered your question yet";
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(unanswered_line(question.message.channel));
    section.lines.push_back(quote_line(subject));
    section.lines.push_back(small_line(RichText{
        Words{fmt::format(
            "Asked on {}. It names nobody I could ask, and I do not know who answers there. To ask somebody: ",
            your_time(context, question.asker, question.asked_at))},
        Code{"/ack @name …"}}));
    return notice;
}

RichText question_words(HandlerContext& context, const Request& request, const UserId& reader)
{
    return RichText{Words{fmt::format("{} is waiting for an answer, since {} · ",
                                      name(context, request.creditor),
                                      your_time(context, reader, request.asked_at))},
                    ChannelName{request.subject.channel}};
}

void add_question_actions(const Obligation& obligation, Section& section)
{
    const std::string value = value_of(obligation.id);
    section.actions.push_back(button(action::got_it, "I'll take it", value, ActionStyle::primary));
    section.actions.push_back(button(action::answered_elsewhere, "Answered elsewhere", value));
    section.actions.push_back(button(action::not_a_question, "Not a question", value));
    if (obligation.state == ObligationState::open) section.actions.push_back(snooze_menu(value));
    section.actions.push_back(button(action::not_me, "Not me", value));
}

std::string why_asked(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    const std::string asker = name(context, request.creditor);
    const auto question = context.questions.find(request.id);
    const bool is_first = question && question->first_asked == obligation.debtor;
    switch (is_first ? question->because : AskedBecause::nobody) {
        case AskedBecause::mentioned:
            return fmt::format("{} asked this, it names you, and nobody has answered.", asker);
        case AskedBecause::in_group:
            return fmt::format("{} asked your group, nobody has answered, and it is your turn.", asker);
        case AskedBecause::in_thread:
            return fmt::format("{} asked this where you spoke, and nobody has answered.", asker);
        case AskedBecause::answers_in_channel:
            return fmt::format(
                "{} asked this, nobody has answered, and it is your turn: you are among those who answer there.",
                asker);
        case AskedBecause::on_route:
            return fmt::format("{} asked this, nobody has answered, and you are on the route {}.",
                               asker,
                               request.route.name);
        case AskedBecause::nobody: break;
    }
    return fmt::format("{} asked this, and nobody has answered.", asker);
}

}  // namespace ackd
