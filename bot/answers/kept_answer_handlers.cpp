#include "bot/answers/kept_answer_handlers.hpp"

#include "bot/answers/answer_offers.hpp"
#include "bot/answers/kept_answer_notices.hpp"
#include "bot/answers/kept_answer_rules.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/action_names.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/effect_outcome.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/interruption_budget.hpp"
#include "bot/interruptions/tax_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/workspace_identity.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "storage/scrub.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

// Names in the journal's detail.
constexpr std::string_view answer_number = "answer";
constexpr std::string_view reason_why = "reason";

// What is to be read, after the answer's number: "12 question".
constexpr std::string_view the_answer = "answer";
constexpr std::string_view the_question = "question";

bool is_there(HandlerContext& context, const UserId& person)
{
    const auto member = context.directory.find(person);
    return member && !member->deactivated;
}

/// The database's log still has words that were deleted or replaced.
void let_words_go(HandlerContext& context)
{
    storage::want_empty_log(context.connection);
    context.upkeep.is_log_stale = true;
}

void redraw_question(HandlerContext& context, const KeptAnswer& answer)
{
    if (const auto sent = context.sent_messages.find(answer.question_sent_id))
        context.outbox.add(refresh_of(*sent, context.now));
}

/// Saved, in the journal, and whoever waits for it is told. False: it does not apply.
bool happen(HandlerContext& context,
            const KeptAnswer& before,
            KeptEvent event,
            const UserId& actor,
            const std::string& reason = "")
{
    const auto next = after(before, event, context.now);
    if (!next) return false;
    if (next->state == KeptState::dropped || next->state == KeptState::expired)
        context.kept_answers.remove(before);
    else
        context.kept_answers.save(before, *next);
    record(context,
           actor,
           RequestId{},
           ObligationId{},
           name_of(event),
           {{answer_number, std::to_string(before.id.value)}, {reason_why, reason}});
    if (is_over(next->state) && !before.answer.empty()) let_words_go(context);
    redraw_question(context, before);
    const bool is_outcome = event == KeptEvent::agreed || event == KeptEvent::refused ||
                            event == KeptEvent::lapsed;
    if (is_outcome && is_there(context, before.keeper))
        put_into_digest(context, before.keeper, keep_outcome_notice(context, before, event));
    return true;
}

void add_fetch(HandlerContext& context, const KeptAnswer& answer, std::string_view what)
{
    OutboxRow row;
    row.kind = OutboxKind::keep_fetch;
    row.conversation = conversation_of(answer.message.channel);
    row.payload = fmt::format("{} {}", answer.id.value, what);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

/// Somebody wants it kept. Why it cannot be; empty: it was begun.
std::string propose(HandlerContext& context, const MessageRef& message, const UserId& keeper)
{
    if (!may_start(context.directory.find(keeper)))
        return "I do not know you as a member of this workspace, and only members can choose answers to keep.";
    const auto channel = context.conversations.find(message.channel);
    if (!channel || channel->conversation.is_archived)
        return "I am not in this conversation. In a channel: type /invite @ackd there, then choose this again.";
    if (const auto known = context.kept_answers.find_by_message(message)) {
        if (known->state == KeptState::proposed) return "Its author is asked already.";
        if (is_found(known->state)) return "It is kept already.";
        if (!may_be_proposed_again(*known, keeper)) return "Its author would rather not have it kept.";
    }
    KeptAnswer answer;
    answer.message = message;
    answer.keeper = keeper;
    answer.proposed_at = context.now;
    answer.due_at = context.now + read_within;
    answer.id = context.kept_answers.insert(answer);
    record(context,
           keeper,
           RequestId{},
           ObligationId{},
           "answer_proposed",
           {{answer_number, std::to_string(answer.id.value)}});
    add_fetch(context, answer, the_answer);
    return "";
}

/// Everything is read: its author is asked, or wants it kept anyway.
void ask_author(HandlerContext& context, const KeptAnswer& answer)
{
    if (answer.author == answer.keeper) {
        happen(context, answer, KeptEvent::agreed, answer.author);
        return;
    }
    KeptAnswer next = answer;
    next.due_at =
        context.directory.working_hours_of(answer.author).add_working_time(context.now, agreed_within);
    context.kept_answers.save(answer, next);
    if (!may_interrupt(context, next.author))
        return put_into_digest(context, next.author, keep_question_in_digest(context, next));
    spend_interruption(context, next.author);
    OutboxRow row;
    row.kind = OutboxKind::kept_question;
    row.conversation = conversation_of(next.author);
    row.payload = std::to_string(next.id.value);
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

void answer_fetched(HandlerContext& context, const KeptAnswer& answer, const FetchedMessage& fetched)
{
    const bool can_agree = !fetched.by_bot && !fetched.author.empty() &&
                           !is_forgotten(context, fetched.author) &&
                           may_be_asked(context.directory.find(fetched.author), Addressed::by_name);
    KeptAnswer next = answer;
    next.author = fetched.author;
    next.said_at = fetched.said_at;
    if (fetched.thread != answer.message.stamp) next.question_stamp = fetched.thread;
    if (fetched.edited >= answer.answer_edited) {
        next.answer = shortened(plain_text(context, fetched.text), kept_answer_max);
        next.tags = tags_in(fetched.text);
        next.answer_edited = fetched.edited;
    }
    if (!can_agree || next.answer.empty()) {
        happen(context, answer, KeptEvent::lapsed, bot_actor, "nobody can agree");
        return;
    }
    context.kept_answers.save(answer, next);
    if (next.question_stamp.empty()) return ask_author(context, next);
    add_fetch(context, next, the_question);
}

void question_fetched(HandlerContext& context, const KeptAnswer& answer, const FetchedMessage& fetched)
{
    KeptAnswer next = answer;
    // Of somebody who was forgotten nothing is written down, in no answer.
    if (!is_forgotten(context, fetched.author) && fetched.edited >= answer.question_edited) {
        if (!fetched.by_bot) next.asker = fetched.author;
        next.question = shortened(plain_text(context, fetched.text), kept_question_max);
        next.question_edited = fetched.edited;
    }
    context.kept_answers.save(answer, next);
    ask_author(context, next);
}

struct FetchOrder {
    KeptAnswer answer;
    bool is_of_question = false;
};

/// What a row of the outbox wants read; nothing: it is over.
std::optional<FetchOrder> order_in(HandlerContext& context, const OutboxRow& row)
{
    const auto space = row.payload.find(' ');
    const auto id = parse_whole_number(std::string_view{row.payload}.substr(0, space));
    auto answer = id ? context.kept_answers.find(KeptAnswerId{*id}) : std::nullopt;
    if (!answer || answer->state != KeptState::proposed) return std::nullopt;
    return FetchOrder{std::move(*answer), row.payload.substr(space + 1) == the_question};
}

std::optional<KeptAnswer> answer_of(HandlerContext& context, const ActionTaken& taken)
{
    if (!taken.value.starts_with('k')) return std::nullopt;
    const auto id = parse_whole_number(std::string_view{taken.value}.substr(1));
    return id ? context.kept_answers.find(KeptAnswerId{*id}) : std::nullopt;
}

struct Press {
    KeptEvent event;
    const char* said;
};

std::optional<Press> press_named(const std::string& name)
{
    if (name == action::keep_it)
        return Press{KeptEvent::agreed, "✅ Kept: it is found when somebody asks the same. Thank you."};
    if (name == action::not_this_one) return Press{KeptEvent::refused, "Noted: nothing of it is kept."};
    if (name == action::not_any_more)
        return Press{KeptEvent::taken_out, "Noted: it is not found any more, and nothing of it is kept."};
    if (name == action::still_holds) return Press{KeptEvent::confirmed, "✅ Noted: kept for another year."};
    if (name == action::out_of_date)
        return Press{KeptEvent::taken_out, "Noted: it is not found any more. Thank you."};
    return std::nullopt;
}

}  // namespace

bool handle_pin(HandlerContext& context, const ReactionChanged& reaction)
{
    // A stranger may be a member of whom we have not heard yet: a later look at the message tries again.
    if (!may_start(context.directory.find(reaction.person)) || is_forgotten(context, reaction.person))
        return false;
    if (!context.conversations.find(reaction.message.channel)) return false;
    if (!context.known_reactions.note(reaction.message,
                                      reaction.person,
                                      reaction.emoji,
                                      reaction.added,
                                      reaction.changed_stamp,
                                      context.now))
        return false;
    if (reaction.added) {
        // What stands in the way needs no message: nobody waits for an answer to a reaction.
        static_cast<void>(propose(context, reaction.message, reaction.person));
        return true;
    }
    const auto answer = context.kept_answers.find_by_message(reaction.message);
    if (answer && answer->keeper == reaction.person)
        happen(context, *answer, KeptEvent::withdrawn, reaction.person);
    return true;
}

void keep_by_shortcut(HandlerContext& context, const ShortcutUsed& used)
{
    std::string said;
    if (used.message_author == read_workspace_identity(context.connection).bot_user)
        said = "That message is mine. Choose an answer that somebody gave.";
    else
        said = propose(context, used.message, used.person);
    if (said.empty() && used.message_author == used.person)
        said = "Noted: it is kept, and found when somebody asks the same. It says so in your next digest.";
    else if (said.empty())
        said = "Noted: its author is asked. You read what came of it in a digest.";
    show_dialog(context, used.person, used.trigger, plain_reply(said));
}

bool is_kept_answer_action(const ActionTaken& taken)
{
    return press_named(taken.name) || taken.name == action::it_helped || taken.name == action::it_did_not;
}

std::optional<Notice> take_kept_answer_action(HandlerContext& context, const ActionTaken& taken)
{
    const auto answer = answer_of(context, taken);
    if (!answer) return plain_reply("This is over: nothing of this answer is left here.");
    const auto press = press_named(taken.name);
    if (!press) return judge_offer(context, *answer, taken.person, taken.name == action::it_helped);
    if (answer->author != taken.person) {
        return plain_reply(fmt::format("Only {} can say that.", context.directory.name_of(answer->author)));
    }
    if (!happen(context, *answer, press->event, taken.person))
        return plain_reply(is_found(answer->state) ? "It is kept already."
                                                   : "This is over: nothing of this answer is left here.");
    count_tap_made(context, taken.person);
    const auto sent = taken.on_ephemeral ? std::nullopt : context.sent_messages.find(taken.message);
    if (!sent || sent->id != answer->question_sent_id) return plain_reply(press->said);
    replace_pressed(context, taken);
    return std::nullopt;
}

void kept_text_edited(HandlerContext& context, const MessageEdited& edited)
{
    for (const KeptAnswer& answer : context.kept_answers.with_text_of(edited.message)) {
        const bool is_answer = answer.message == edited.message;
        if (edited.edited < (is_answer ? answer.answer_edited : answer.question_edited)) continue;
        KeptAnswer next = answer;
        if (is_answer) {
            next.answer = shortened(plain_text(context, edited.text), kept_answer_max);
            next.tags = tags_in(edited.text);
            next.answer_edited = edited.edited;
        } else {
            next.question = shortened(plain_text(context, edited.text), kept_question_max);
            next.question_edited = edited.edited;
        }
        context.kept_answers.save(answer, next);
        if (next.question == answer.question && next.answer == answer.answer) continue;
        let_words_go(context);
        redraw_question(context, next);
    }
}

void kept_text_deleted(HandlerContext& context, const MessageDeleted& deleted)
{
    for (const KeptAnswer& answer : context.kept_answers.with_text_of(deleted.message))
        happen(context, answer, KeptEvent::deleted, bot_actor);
}

void handle_kept_answer_due(HandlerContext& context, KeptAnswerId id)
{
    const auto answer = context.kept_answers.find(id);
    const auto event = event_when_due(*answer, is_there(context, answer->author), context.now);
    if (!event) {
        KeptAnswer next = *answer;
        next.due_at = answer->expires_at;
        context.kept_answers.save(*answer, next);
        return;
    }
    happen(context, *answer, *event, bot_actor);
    if (event == KeptEvent::rechecked)
        put_into_digest(context, answer->author, recheck_notice(context, *answer));
}

std::optional<Effect> kept_text_wanted(HandlerContext& context, const OutboxRow& row)
{
    const auto order = order_in(context, row);
    if (!order) return std::nullopt;
    const KeptAnswer& answer = order->answer;
    if (!order->is_of_question) return FetchMessage{answer.message, ""};
    return FetchMessage{MessageRef{answer.message.channel, answer.question_stamp}, answer.question_stamp};
}

void kept_text_fetched(HandlerContext& context, const OutboxRow& row, const FetchedMessage& fetched)
{
    const auto order = order_in(context, row);
    if (!order) return;
    if (order->is_of_question)
        question_fetched(context, order->answer, fetched);
    else
        answer_fetched(context, order->answer, fetched);
}

void kept_text_unreadable(HandlerContext& context, const OutboxRow& row, const Fault& fault)
{
    const auto order = order_in(context, row);
    if (!order) return;
    happen(context,
           order->answer,
           fault.kind == FaultKind::not_found ? KeptEvent::deleted : KeptEvent::lapsed,
           bot_actor,
           "unreadable");
}

std::optional<KeptAnswer> answer_asked_about(HandlerContext& context, const OutboxRow& row)
{
    const auto id = parse_whole_number(row.payload);
    auto answer = id ? context.kept_answers.find(KeptAnswerId{*id}) : std::nullopt;
    if (!answer || answer->state != KeptState::proposed) return std::nullopt;
    return answer;
}

void keep_question_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    const SentMessage sent = keep_sent(context, row, posted);
    const auto answer = answer_asked_about(context, row);
    if (answer) {
        KeptAnswer next = *answer;
        next.question_sent_id = sent.id;
        context.kept_answers.save(*answer, next);
    }
    // Settled while it was on its way, or found there as an older drawing.
    if (!answer || posted.adopted) context.outbox.add(refresh_of(sent, context.now));
}

void keep_question_undeliverable(HandlerContext& context, const OutboxRow& row)
{
    if (const auto answer = answer_asked_about(context, row))
        happen(context, *answer, KeptEvent::lapsed, bot_actor, "undeliverable");
}

Notice refreshed_keep_question(HandlerContext& context, const SentMessage& sent)
{
    const auto answer = context.kept_answers.find_by_question_sent(sent.id);
    return answer ? keep_question_notice(context, *answer) : keep_question_over_notice();
}

}  // namespace ackd
