#include "bot/delivery/answer_handlers.hpp"

#include "bot/alerts/alert_handlers.hpp"
#include "bot/answers/kept_answer_handlers.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/catch_up/conversation_notices.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/delivery/ackd_command.hpp"
#include "bot/delivery/action_names.hpp"
#include "bot/delivery/action_target.hpp"
#include "bot/delivery/ask_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/delivery/silence_handlers.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/drift/drift_handlers.hpp"
#include "bot/escalation/breaker.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/escalation/triage_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/nudge_samples.hpp"
#include "bot/interruptions/rule_handlers.hpp"
#include "bot/interruptions/tax_handlers.hpp"
#include "bot/interruptions/telling_handlers.hpp"
#include "bot/people/absence_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/privacy/personal_record.hpp"
#include "bot/privacy/privacy_notices.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/rotations/oncall_command.hpp"
#include "bot/threads/question_handlers.hpp"
#include "bot/wip/wip_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

void join_call(HandlerContext& context, ObligationId id, const MessageRef& message, const UserId& person)
{
    const auto sent = context.sent_messages.find(message);
    if (!sent || !sent->person.empty()) return;
    if (std::find(sent->obligations.begin(), sent->obligations.end(), id) == sent->obligations.end()) return;
    const auto obligation = context.obligations.find(id);
    if (obligation->state != ObligationState::escalated || obligation->debtor == person) return;
    const Request request = context.obligations.find(obligation->request).value();
    if (request.creditor == person || has_taken_another(context, request, *obligation, person)) return;
    context.obligations.add_call(id, obligation->step, person);
}

namespace {

Notice unknown_reply()
{
    return plain_reply("I do not know this request any more.");
}

/// An answer to something that is over for this person already.
Notice late_reply(HandlerContext& context, Part& part, ObligationEvent event, const UserId& person)
{
    const Obligation& obligation = *part.obligation;
    const bool answers = event == ObligationEvent::acked || event == ObligationEvent::promised ||
                         event == ObligationEvent::done;
    if (!answers) return recorded_reply(context, part.request, obligation, person);
    if (obligation.state == ObligationState::dead_letter &&
        context.obligations.answer_dead_letter(obligation.id, context.now))
    {
        record(context, person, part.request.id, obligation.id, "answered_after_all");
        const auto owner = context.obligations.dead_letter_owner(obligation.id);
        Notice notice = plain_reply(fmt::format(
            "{} has answered {} after all.", context.directory.name_of(person), number_of(part.request.id)));
        notice.kind = NoticeKind::for_asker;
        notice.sections.front().lines.push_back(quote_line(part.request));
        tell(context, *owner, part.request, notice);
        return plain_reply("✅ Noted, and passed on.");
    }
    if (obligation.state == ObligationState::integrated) {
        return recorded_reply(context, part.request, obligation, person);
    }
    switch (obligation.state) {
        case ObligationState::declined:
            return plain_reply(
                "You said that you can't, and it has been passed on. If you can after all, tell whoever has "
                "it now.");
        case ObligationState::delegated:
            return plain_reply("It has been handed over. Nothing for you to do.");
        case ObligationState::expired: return plain_reply("Its day is over. Nothing for you to do.");
        case ObligationState::dead_letter: return plain_reply("This was asked again, or answered, already.");
        default: break;
    }
    return plain_reply(
        obligation.cause == EndCause::enough_others || obligation.cause == EndCause::subject_deleted ||
                obligation.cause == EndCause::creditor_gone || obligation.cause == EndCause::others_are_asked
            ? fmt::format("No longer needed: {}. Nothing for you to do.", name_of(obligation.cause))
            : std::string{"No longer needed. Nothing for you to do."});
}

/// Somebody called in can't: they are not asked again, and the step goes on without them.
Notice decline_call(HandlerContext& context, Part& part, const UserId& person)
{
    context.obligations.decline_calls(part.obligation->id, person);
    record(context, person, part.request.id, part.obligation->id, "call_declined");
    count_tap_made(context, person);
    refresh_messages(context, part.request, part.obligation->id);
    redraw_home(context, person);
    const Situation situation = situation_of(context, part.request, *part.obligation);
    if (situation.audience.empty() && !situation.tells_others) {
        Obligation next = *part.obligation;
        next.due_at = context.now;
        context.obligations.save(*part.obligation, next);
    }
    return plain_reply("Noted: you are not asked again about this.");
}

}  // namespace

Notice answer(HandlerContext& context, std::optional<Part> part, const Happening& given, Told told)
{
    if (!part) return unknown_reply();
    Happening happening = given;
    if (ends_by_relief(context, part->request)) {
        // "Done" and a date say nothing where one of four answers is wanted: they have it.
        if (happening.event == ObligationEvent::done || happening.event == ObligationEvent::promised)
            happening.event = ObligationEvent::acked;
        if (happening.event == ObligationEvent::signed_on || happening.event == ObligationEvent::snoozed)
            return plain_reply("One of four answers is wanted: drop, move, lend, or accept it.");
    }
    if (happening.event == ObligationEvent::done) {
        if (auto settled = settle_given_up(context, *part, happening.actor)) return std::move(*settled);
    }
    const UserId& person = happening.actor;
    if (part->request.state == RequestState::gathering) {
        return plain_reply("Just a moment: the people are still being looked up.");
    }
    if (!part->obligation) {
        const bool offers = happening.event == ObligationEvent::acked ||
                            happening.event == ObligationEvent::promised ||
                            happening.event == ObligationEvent::done;
        if (person == part->request.creditor)
            return plain_reply("You asked this yourself: nothing to answer.");
        if (!offers || !may_start(context.directory.find(person)))
            return plain_reply("You were not among those asked, so nothing needs doing.");
        if (part->request.is_over()) return plain_reply("This is over. Nothing more is needed.");
        if (context.obligations.add_cover(part->request.id, person, context.now)) {
            record(context,
                   person,
                   part->request.id,
                   ObligationId{},
                   "cover_offered",
                   {{"way", std::string{name_of(happening.way)}}});
            redraw_card(context, part->request);
        }
        return cover_reply(context, part->request);
    }
    const Obligation& obligation = *part->obligation;
    const bool is_debtor = obligation.debtor == person;
    if (happening.event == ObligationEvent::declined && !is_debtor &&
        obligation.state == ObligationState::escalated)
    {
        return decline_call(context, *part, person);
    }
    if (obligation.state == ObligationState::received && obligation.holder != person &&
        happening.event != ObligationEvent::done)
    {
        return plain_reply(fmt::format("✅ {} has it already. Nothing for you to do; thank you.",
                                       context.directory.name_of(obligation.holder)));
    }
    const bool is_taking = happening.event == ObligationEvent::acked ||
                           happening.event == ObligationEvent::promised;
    if (is_taking && has_taken_another(context, part->request, obligation, person))
        return plain_reply("✅ You have it already. It takes somebody else as well.");
    switch (change(context, part->request, obligation, happening)) {
        case ApplyOutcome::changed:
        case ApplyOutcome::nothing_new:
            if (told == Told::no) return {};
            return recorded_reply(context, part->request, *context.obligations.find(obligation.id), person);
        case ApplyOutcome::snoozed_enough:
            return plain_reply(fmt::format("This was snoozed {} times already. Say until when you have it "
                                           "(Got it, by …), or that you can't.",
                                           obligation.snoozes));
        case ApplyOutcome::does_not_apply: break;
    }
    return late_reply(context, *part, happening.event, person);
}

Notice withdraw_by(HandlerContext& context, std::optional<Request> request, const UserId& person)
{
    if (!request) return unknown_reply();
    if (request->creditor != person) {
        return plain_reply(
            fmt::format("Only {} can withdraw this.", context.directory.name_of(request->creditor)));
    }
    if (request->is_over()) return plain_reply("This is over already.");
    withdraw(context, *request, person, EndCause::by_creditor);
    return plain_reply(fmt::format("Withdrawn: {}. Those who were waiting see it.", number_of(request->id)));
}

namespace {

/// The holder's obligation goes to somebody who offered: a new, linked one, which they have from the start.
Notice let_cover(HandlerContext& context, std::optional<Part> part, const UserId& actor, const UserId& taker)
{
    if (!part || !part->obligation) return unknown_reply();
    Happening handed_over{
        ObligationEvent::handed_over, context.now, actor, AckWay::button, EndCause::none, std::nullopt};
    const Obligation before = *part->obligation;
    if (before.debtor != actor) return plain_reply("Only who was asked can hand it over.");
    if (!next_state(before.state, ObligationEvent::handed_over)) {
        return late_reply(context, *part, ObligationEvent::handed_over, actor);
    }
    // The successor first: in between nothing would be owed by anybody, and the request would close.
    const ObligationId successor = add_successor(context, part->request, before, taker, 0).id;
    change(context, part->request, before, handed_over);
    // Read again: where enough others have answered, the hand-over has stood the successor down already.
    Happening taken{
        ObligationEvent::acked, context.now, taker, AckWay::hand_over, EndCause::none, std::nullopt};
    auto request = context.obligations.find(part->request.id);
    change(context, *request, *context.obligations.find(successor), taken);
    return plain_reply(fmt::format("{} has it now. Thank you.", context.directory.name_of(taker)));
}

/// A question that its asker opened again goes on without those who were asked before.
bool goes_on_without(HandlerContext& context, const Request& request)
{
    return request.kind == RequestKind::question && !context.questions.find(request.id);
}

Notice ask_again(HandlerContext& context, const ActionTarget& target, const UserId& person)
{
    if (target.obligation) {
        const auto obligation = context.obligations.find(*target.obligation);
        if (!obligation) return unknown_reply();
        auto request = context.obligations.find(obligation->request);
        if (goes_on_without(context, *request))
            return plain_reply("This question was opened again: it is looked after.");
        if (obligation->state != ObligationState::dead_letter)
            return plain_reply("This is no longer a dead letter.");
        if (!context.obligations.answer_dead_letter(obligation->id, context.now)) {
            return plain_reply("This was asked again, or answered, already.");
        }
        if (request->kind == RequestKind::escalation)
            raise_again(context, *request, *obligation);
        else
            add_successor(context, *request, *obligation, obligation->debtor, 0);
        settle_request(context, *request);
        redraw_card(context, *request);
        if (request->kind == RequestKind::escalation)
            return plain_reply(fmt::format("The route {} is asked again.", request->route.name));
        return plain_reply(fmt::format("{} is asked again.", context.directory.name_of(obligation->debtor)));
    }
    auto request = target.request ? context.obligations.find(*target.request) : std::nullopt;
    if (!request) return unknown_reply();
    if (request->creditor != person) return plain_reply("Only who asked can ask again.");
    if (goes_on_without(context, *request))
        return plain_reply("This question was opened again: it is looked after.");
    ask_everybody_again(context, *request, person);
    return plain_reply("Everybody is asked again, for the new text.");
}

Notice more(HandlerContext& context,
            const ActionTarget& target,
            std::optional<Part> part,
            const UserId& person)
{
    if (!part) return unknown_reply();
    if (target.choice == "who") return who_reply(context, part->request);
    if (target.choice == "trace") return trace_reply(context, part->request, person);
    if (target.choice == "withdraw") return withdraw_by(context, part->request, person);
    if (target.choice == "less") return less_like_this_reply(context, person);
    if (target.choice == "why" && part->obligation)
        return why_reply(context, part->request, *part->obligation, person);
    return unknown_reply();
}

Notice act(HandlerContext& context, const ActionTaken& taken)
{
    const ActionTarget target = target_of(taken.value);
    std::optional<Part> part;
    const bool answers = taken.name == action::got_it || taken.name == action::done;
    if (target.obligation && answers) join_call(context, *target.obligation, taken.message, taken.person);
    if (target.obligation) part = part_of(context, *target.obligation, taken.person);
    if (target.request) part = part_in(context, *target.request, taken.person);

    Happening happening{
        ObligationEvent::acked, context.now, taken.person, AckWay::button, EndCause::none, std::nullopt};
    const WorkingHours hours = context.directory.working_hours_of(taken.person);
    if (taken.name == action::got_it) return answer(context, std::move(part), happening);
    if (taken.name == action::done) {
        happening.event = ObligationEvent::done;
        return answer(context, std::move(part), happening);
    }
    if (taken.name == action::promise) {
        happening.event = ObligationEvent::promised;
        happening.until = promise_choice(target.choice, hours, context.now);
        return happening.until ? answer(context, std::move(part), happening) : unknown_reply();
    }
    if (taken.name == action::snooze) {
        happening.event = ObligationEvent::snoozed;
        happening.until = snooze_choice(target.choice, hours, context.now);
        return happening.until ? answer(context, std::move(part), happening) : unknown_reply();
    }
    if (taken.name == action::decline || taken.name == action::not_me) {
        happening.event = ObligationEvent::declined;
        happening.cause = taken.name == action::not_me
                              ? EndCause::not_me
                              : decline_cause_named(target.choice).value_or(EndCause::no_time);
        return answer(context, std::move(part), happening);
    }
    if (taken.name == action::undo) {
        happening.event = ObligationEvent::undone;
        return answer(context, std::move(part), happening);
    }
    if (taken.name == action::let_cover)
        return let_cover(context, std::move(part), taken.person, UserId{target.choice});
    if (taken.name == action::still_with_me) {
        happening.event = ObligationEvent::signed_on;
        return answer(context, std::move(part), happening);
    }
    if (taken.name == action::object) return object_to(context, std::move(part), taken.person);
    if (taken.name == action::longer) return need_longer(context, std::move(part), taken.person);
    if (taken.name == action::still_needed) {
        return say_still_needed(context, part ? std::optional{part->request} : std::nullopt, taken.person);
    }
    if (taken.name == action::less_urgent) {
        return make_less_urgent(context, part ? std::optional{part->request} : std::nullopt, taken.person);
    }
    if (taken.name == action::send_now || taken.name == action::send_with_digest ||
        taken.name == action::send_when_in)
    {
        return announce(context,
                        target.request ? context.obligations.find(*target.request) : std::nullopt,
                        taken.person,
                        taken.name == action::send_now           ? Announcement::at_once
                        : taken.name == action::send_with_digest ? Announcement::in_digest
                                                                 : Announcement::when_in);
    }
    if (taken.name == action::withdraw) {
        return withdraw_by(context, part ? std::optional{part->request} : std::nullopt, taken.person);
    }
    if (taken.name == action::how_it_works) return help_reply();
    if (taken.name == action::what_is_kept) return what_is_kept_reply();
    if (taken.name == action::telling) return choose_telling(context, taken.person, target.choice);
    if (taken.name == action::tax) return tax_reply(context, taken.person);
    if (taken.name == action::keep_rule) return keep_rule(context, taken.person, taken.value);
    if (taken.name == action::rule_to_digest) return rule_to_digest(context, taken.person, taken.value);
    if (taken.name == action::export_me) return export_record(context, taken.person);
    if (taken.name == action::forget_me_question) return forget_question();
    if (taken.name == action::forget_me) return begin_forgetting(context, taken.person);
    if (taken.name == action::ask_again) return ask_again(context, target, taken.person);
    if (taken.name == action::more) return more(context, target, std::move(part), taken.person);
    return unknown_reply();
}

/// What a message about obligations shows of one of them.
struct Shown {
    Obligation obligation;
    Need need = Need::assumed;
    bool is_declined_call = false;

    bool operator==(const Shown&) const = default;
};

/// What the message that was acted on shows. When an action changes that, the message is drawn again, and
/// nothing needs to be said besides. A message whose stamp we were not told yet is known by what its button
/// is about; it is drawn again as soon as it is known (effect_delivered).
std::vector<Shown> shown_by(HandlerContext& context, const ActionTaken& taken)
{
    if (taken.on_ephemeral) return {};
    std::vector<ObligationId> ids;
    if (const auto sent = context.sent_messages.find(taken.message)) {
        ids = sent->obligations;
    } else if (const auto target = target_of(taken.value); target.obligation) {
        ids.push_back(*target.obligation);
    }
    std::vector<Shown> shown;
    for (const ObligationId id : ids) {
        auto obligation = context.obligations.find(id);
        if (!obligation) continue;
        // A message does not tell when the next one comes.
        obligation->due_at.reset();
        obligation->snoozes = 0;
        const Need need = context.obligations.find(obligation->request)->need;
        shown.push_back(
            {std::move(*obligation), need, context.obligations.has_declined_call(id, taken.person)});
    }
    return shown;
}

}  // namespace

std::optional<Notice> handle_action(HandlerContext& context, const ActionTaken& taken)
{
    if (taken.name == action::ask) {
        ask_by_button(context, taken);
        return std::nullopt;
    }
    if (taken.name == action::useful) return judge_nudge(context, taken);
    if (is_question_action(taken)) return take_question_action(context, taken);
    if (is_read_back_action(taken)) return take_read_back_action(context, taken);
    if (is_kept_answer_action(taken)) return take_kept_answer_action(context, taken);
    if (is_rotation_action(taken)) return take_rotation_action(context, taken);
    if (taken.name == action::call_me_again) return close_breaker(context, taken.person);
    if (is_destination_action(taken)) return take_destination_action(context, taken);
    if (is_capacity_action(taken)) return take_capacity_action(context, taken);
    if (is_wip_action(taken)) return take_wip_action(context, taken);
    if (is_resync_action(taken)) return take_resync_action(context, taken);
    if (is_retro_action(taken)) return take_retro_action(context, taken);
    if (is_drift_action(taken)) return take_drift_action(context, taken);
    if (is_alert_action(taken)) return take_alert_action(context, taken);
    if (is_triage_action(taken)) return take_triage_action(context, taken);
    if (taken.name == action::back_now) return come_back(context, taken.person);
    const std::vector<Shown> before = shown_by(context, taken);
    Notice notice = act(context, taken);
    if (taken.name == action::more || shown_by(context, taken) == before) return notice;
    replace_pressed(context, taken);
    return std::nullopt;
}

}  // namespace ackd
