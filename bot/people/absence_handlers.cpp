#include "bot/people/absence_handlers.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/people/absence_phrase.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/hours_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr int all = 1'000'000;

bool overlap(const TimeSpan& a, const TimeSpan& b)
{
    return a.from < b.until && b.from < a.until;
}

/// Of several at once, the first that overlaps.
std::optional<Absence> overlapping(const std::vector<Absence>& absences, const TimeSpan& span)
{
    const auto found = std::find_if(
        absences.begin(), absences.end(), [&](const Absence& other) { return overlap(other.span, span); });
    return found == absences.end() ? std::nullopt : std::optional{*found};
}

void record_absence(HandlerContext& context,
                    const UserId& actor,
                    const Absence& absence,
                    std::string_view fact)
{
    const FactDetail detail{{"person", absence.person},
                            {"from_us", std::to_string(to_microseconds(absence.span.from))},
                            {"until_us", std::to_string(to_microseconds(absence.span.until))},
                            {"delegate", absence.delegate}};
    record(context, actor, RequestId{}, ObligationId{}, fact, detail);
}

/// Whether the delegate can owe this at all: not who asks, not asked already, and there.
bool can_answer(HandlerContext& context, const Request& request, const UserId& delegate)
{
    if (delegate.empty() || delegate == request.creditor) return false;
    if (!may_be_asked(context.directory.find(delegate), Addressed::by_name)) return false;
    if (context.absences.in_force(delegate, context.now)) return false;
    return context.obligations.of_debtor(request.id, delegate).empty();
}

/// `to` owes it from now on, by a new obligation.
Obligation pass_on(HandlerContext& context, Request& request, const Obligation& before, const UserId& to)
{
    // The successor first: in between nothing would be owed by anybody, and the request would close.
    const Obligation successor = add_successor(context, request, before, to, 0);
    const Happening handed_over{ObligationEvent::handed_over,
                                context.now,
                                bot_actor,
                                AckWay::hand_over,
                                EndCause::away,
                                std::nullopt};
    change(context, request, before, handed_over);
    return successor;
}

bool hand_over(HandlerContext& context,
               Request& request,
               const Obligation& obligation,
               const Absence& absence)
{
    if (!can_answer(context, request, absence.delegate)) return false;
    context.absences.add_hand_over(absence.id, pass_on(context, request, obligation, absence.delegate).id);
    return true;
}

/// Whether an answer would have been due before they are back, had they been here.
bool cannot_wait(HandlerContext& context,
                 const Request& request,
                 const Obligation& obligation,
                 const Absence& absence)
{
    if (obligation.state != ObligationState::open || obligation.debtor != absence.person) return false;
    Situation situation = situation_of(context, request, obligation);
    situation.debtor_hours = context.directory.working_hours_when_here(absence.person);
    const auto due = ack_due(situation, obligation.started_at);
    return due && *due < absence.span.until;
}

void hours_changed(HandlerContext& context, const UserId& person)
{
    context.directory.forget_hours(person);
    reckon_deadlines_anew(context, person);
}

void begin_absence(HandlerContext& context, Absence& absence)
{
    absence.state = AbsenceState::begun;
    context.absences.save(absence);
    record_absence(context, bot_actor, absence, "absence_begun");
    for (const Obligation& obligation : context.obligations.waiting_for(absence.person, all)) {
        auto request = context.obligations.find(obligation.request);
        if (cannot_wait(context, *request, obligation, absence))
            hand_over(context, *request, obligation, absence);
    }
    hours_changed(context, absence.person);
}

/// Where it is now: the delegate may have been away as well, and named somebody.
Obligation last_of_chain(HandlerContext& context, Obligation obligation)
{
    for (const Obligation& other : context.obligations.of_request(obligation.request)) {
        if (obligation.state == ObligationState::delegated && other.predecessor == obligation.id)
            obligation = other;
    }
    return obligation;
}

void hand_back(HandlerContext& context, const Absence& absence)
{
    if (!may_be_asked(context.directory.find(absence.person), Addressed::by_name)) return;
    for (const ObligationId id : context.absences.handed_over(absence.id)) {
        const auto handed = context.obligations.find(id);
        if (!handed) continue;
        const Obligation now = last_of_chain(context, *handed);
        if (now.state != ObligationState::open || now.debtor == absence.person) continue;
        auto request = context.obligations.find(now.request);
        pass_on(context, *request, now, absence.person);
    }
}

void end_absence(HandlerContext& context, Absence& absence, const UserId& actor)
{
    absence.state = AbsenceState::over;
    absence.span.until = std::min(absence.span.until, context.now);
    context.absences.save(absence);
    record_absence(context, actor, absence, "absence_ended");
    hours_changed(context, absence.person);
    hand_back(context, absence);
    OutboxRow row;
    row.kind = OutboxKind::welcome_back;
    row.conversation = conversation_of(absence.person);
    row.payload = std::to_string(absence.id.value);
    row.created_at = context.now;
    row.not_before = context.directory.working_hours_of(absence.person).next_working_instant(context.now);
    context.outbox.add(row);
}

Notice refused_delegate(const std::string& problem, const std::string& typed)
{
    const auto behind = typed.find(" delegate ");
    return absence_mistake_reply(problem, typed.substr(0, behind) + " delegate @name");
}

/// Nothing: the delegate will do.
std::optional<Notice> objection_to_delegate(HandlerContext& context,
                                            const Absence& absence,
                                            const std::string& typed)
{
    const std::string name = context.directory.name_of(absence.delegate);
    if (absence.delegate == absence.person)
        return refused_delegate("You cannot answer in your own place.", typed);
    if (!may_be_asked(context.directory.find(absence.delegate), Addressed::by_name))
        return refused_delegate(fmt::format("{} cannot be asked: the account is not active.", name), typed);
    const auto away = overlapping(context.absences.ahead_of(absence.delegate), absence.span);
    if (!away) return std::nullopt;
    if (away->delegate == absence.person) {
        return refused_delegate(
            fmt::format("{} is out then, and named you: it would go round in a circle.", name), typed);
    }
    return refused_delegate(
        fmt::format("{} is out as well, from {}.", name, span_words(context, absence.person, away->span)),
        typed);
}

Notice set_absence(HandlerContext& context,
                   const UserId& person,
                   const AskedAbsence& asked,
                   const std::string& typed)
{
    if (!may_start(context.directory.find(person)))
        return plain_reply("Only members of this workspace can be out.");
    if (const auto other = overlapping(context.absences.ahead_of(person), asked.span)) {
        return absence_mistake_reply(
            fmt::format("You are out already, from {}.", span_words(context, person, other->span)),
            "/out back");
    }
    Absence absence;
    absence.person = person;
    absence.span = asked.span;
    absence.reason = asked.reason;
    if (asked.delegate) absence.delegate = *asked.delegate;
    if (!asked.delegate_typed.empty()) {
        const auto known = context.directory.find_by_name(asked.delegate_typed);
        if (!known)
            return refused_delegate(fmt::format("I know nobody called \"{}\".", asked.delegate_typed), typed);
        absence.delegate = *known;
    }
    if (!absence.delegate.empty()) {
        if (auto objection = objection_to_delegate(context, absence, typed)) return *objection;
    }
    context.absences.insert(absence);
    record_absence(context, person, absence, "absence_set");
    if (absence.span.from <= context.now)
        begin_absence(context, absence);
    else
        hours_changed(context, person);
    if (!absence.delegate.empty())
        context.outbox.add(
            private_message_at_work(context, absence.delegate, named_as_delegate_notice(context, absence)));
    return absence_set_reply(context, absence);
}

}  // namespace

Notice handle_out_command(HandlerContext& context, const CommandGiven& given)
{
    const AbsencePhrase phrase = parse_absence_phrase(
        given.text, context.directory.working_hours_of(given.person), context.now);
    if (const auto* mistake = std::get_if<AbsenceMistake>(&phrase))
        return absence_mistake_reply(mistake->problem, mistake->corrected);
    if (std::holds_alternative<ShowAbsences>(phrase))
        return absences_reply(context, context.absences.ahead_of(given.person));
    if (std::holds_alternative<EndAbsence>(phrase)) return come_back(context, given.person);
    const std::string typed = "/out " + plain_text(context, given.text);
    return set_absence(context, given.person, std::get<AskedAbsence>(phrase), typed);
}

Notice come_back(HandlerContext& context, const UserId& person)
{
    const std::vector<Absence> ahead = context.absences.ahead_of(person);
    if (ahead.empty()) return plain_reply("You are not out, and nothing is planned.");
    Absence absence = ahead.front();
    if (absence.state == AbsenceState::begun && absence.span.from < context.now) {
        end_absence(context, absence, person);
        return plain_reply("Welcome back. What waits for you comes to you in your working hours.");
    }
    record_absence(context, person, absence, "absence_called_off");
    // What was handed over in the very moment it began comes back as well.
    hand_back(context, absence);
    context.absences.remove(absence.id);
    hours_changed(context, person);
    return plain_reply("Called off. You are not out.");
}

void turn_absence(HandlerContext& context, AbsenceId id)
{
    auto absence = context.absences.find(id);
    if (absence->state == AbsenceState::planned)
        begin_absence(context, *absence);
    else if (absence->state == AbsenceState::begun)
        end_absence(context, *absence, bot_actor);
}

void hand_over_new_asks(HandlerContext& context, Request& request)
{
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (obligation.state != ObligationState::open) continue;
        const auto absence = context.absences.in_force(obligation.debtor, context.now);
        if (!absence || !hand_over(context, request, obligation, *absence)) continue;
        // Who asked a question did nothing just now; the offer to them says who is asked.
        if (request.kind == RequestKind::question) continue;
        tell(context,
             request.creditor,
             request,
             answered_meanwhile_notice(context, request, *absence),
             TellWhen::at_once);
    }
}

}  // namespace ackd
