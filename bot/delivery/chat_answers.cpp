// What people do in the chat itself: react to a message, reply in its thread.
#include "bot/answers/kept_answer_handlers.hpp"
#include "bot/delivery/answer_handlers.hpp"
#include "bot/delivery/early_answers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

namespace ackd {

void take_posted(HandlerContext& context, const MessagePosted& posted)
{
    hear_message(context, posted);
    handle_reply(context, posted);
}

void take_edited(HandlerContext& context, const MessageEdited& edited)
{
    question_edited(context, edited);
    subject_edited(context, edited);
    kept_text_edited(context, edited);
}

void take_deleted(HandlerContext& context, const MessageDeleted& deleted)
{
    question_deleted(context, deleted.message);
    subject_deleted(context, deleted);
    kept_text_deleted(context, deleted);
}

bool handle_reaction(HandlerContext& context, const ReactionChanged& reaction)
{
    const bool asks = reaction.emoji == context.settings.request_emoji;
    const bool done = reaction.emoji == context.settings.done_emoji;
    if (!asks && !done && reaction.emoji != context.settings.received_emoji)
        return reaction.emoji == keep_emoji && handle_pin(context, reaction);
    const auto member = context.directory.find(reaction.person);
    if (!may_answer(member) || is_forgotten(context, reaction.person)) return false;
    // It may have been found in the history before its event came: then it has been acted on.
    const auto is_news = [&] {
        return context.known_reactions.note(reaction.message,
                                            reaction.person,
                                            reaction.emoji,
                                            reaction.added,
                                            reaction.changed_stamp,
                                            context.now);
    };
    if (asks) {
        // A stranger may be a member of whom we have not heard yet: a later look at the message tries again.
        if (reaction.added && !may_start(member)) return false;
        if (!is_news()) return false;
        start_from_reaction(context, reaction);
        return true;
    }

    Happening happening{done ? ObligationEvent::done : ObligationEvent::acked,
                        context.now,
                        reaction.person,
                        AckWay::reaction,
                        EndCause::none,
                        std::nullopt};
    const auto take = [&](std::optional<Part> part) {
        if (!part) return;
        if (reaction.added) {
            // The answer is the card, which everybody sees: a reaction needs no message of its own.
            static_cast<void>(answer(context, std::move(part), happening, Told::no));
        } else if (part->obligation && part->obligation->state == ObligationState::received &&
                   part->obligation->way == AckWay::reaction && part->obligation->holder == reaction.person)
        {
            happening.event = ObligationEvent::undone;
            change(context, part->request, *part->obligation, happening);
        }
    };
    auto request = context.obligations.find_by_message(reaction.message);
    // ✅ on a question is an answer, whoever puts it there; of a request about it, too, it may be one.
    if (done && context.questions.find(reaction.message)) {
        const bool is_request = request && request->kind != RequestKind::question;
        if (!is_request && !is_news()) return false;
        if (reaction.added)
            question_marked(context, reaction.message, reaction.person);
        else
            question_unmarked(context, reaction.message, reaction.person);
        if (!is_request) return true;
    }
    if (request) {
        if (request->state == RequestState::gathering) {
            keep_early_answer(context, reaction);
            return false;
        }
        if (!is_news()) return false;
        take(part_in(context, std::move(*request), reaction.person));
        return true;
    }
    if (const auto sent = context.sent_messages.find(reaction.message)) {
        // Of the many things in a digest it does not say which.
        if (sent->kind == static_cast<int>(OutboxKind::digest)) return false;
        // An ✅ there is no answer to what was asked.
        if (sent->kind == static_cast<int>(OutboxKind::read_back_question) ||
            sent->kind == static_cast<int>(OutboxKind::said_back) ||
            sent->kind == static_cast<int>(OutboxKind::question_offer) ||
            sent->kind == static_cast<int>(OutboxKind::raised))
            return false;
        if (!is_news()) return false;
        for (const ObligationId id : sent->obligations) {
            // Each as it stands after the one before: an ack may have settled the others.
            // Of a stranger it is not known whether they are a person: they join by the button.
            if (reaction.added && member) join_call(context, id, reaction.message, reaction.person);
            take(part_of(context, id, reaction.person));
        }
        return true;
    }
    if (may_be_ours(context, reaction.message.channel, reaction.person)) keep_early_answer(context, reaction);
    return false;
}

void handle_reply(HandlerContext& context, const MessagePosted& posted)
{
    if (posted.thread.empty() || posted.by_bot) return;
    const std::vector<Request> requests = context.obligations.find_by_thread(posted.message.channel,
                                                                             posted.thread);
    const bool is_early = requests.empty() && may_be_ours(context, posted.message.channel, posted.author);
    if (requests.empty() && !is_early) return;
    if (!may_answer(context.directory.find(posted.author)) || is_forgotten(context, posted.author)) return;
    if (is_early) keep_early_answer(context, posted);
    for (Request request : requests) {
        if (request.is_over() || request.state == RequestState::gathering) continue;
        request.active_at = context.now;
        context.obligations.save(request);
        // What a reply is to a question has been seen already (question_handlers).
        if (request.kind == RequestKind::question) continue;
        auto part = part_in(context, request.id, posted.author);
        if (!part || !part->obligation) continue;
        const ObligationState state = part->obligation->state;
        if (state == ObligationState::received && part->obligation->holder == posted.author) {
            const Happening word{ObligationEvent::signed_on,
                                 context.now,
                                 posted.author,
                                 AckWay::reply,
                                 EndCause::none,
                                 std::nullopt};
            change(context, part->request, *part->obligation, word);
        }
        if (!is_waiting(state)) continue;
        Happening happening{
            ObligationEvent::acked, context.now, posted.author, AckWay::reply, EndCause::none, std::nullopt};
        change(context, part->request, *part->obligation, happening);
    }
}

}  // namespace ackd
