#include "bot/delivery/silence_handlers.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/people/eligibility.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Everybody who was asked and is still there, as having heard of it by `heard_at`.
std::vector<SilentReader> readers_of(HandlerContext& context, const Request& request, Instant heard_at)
{
    std::vector<SilentReader> readers;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (is_present(context.directory.find(obligation.debtor)))
            readers.push_back({context.directory.working_hours_of(obligation.debtor), heard_at});
    }
    return readers;
}

void move_on(HandlerContext& context,
             SilenceClause& clause,
             SilenceEvent event,
             const UserId& actor,
             std::string_view fact)
{
    clause.state = next_state(clause.state, event).value();
    record(
        context,
        actor,
        clause.request,
        ObligationId{},
        fact,
        {{"effect", std::string{name_of(clause.choice.effect)}}, {"to", std::string{name_of(clause.state)}}});
}

/// From now on one person owes the decision, and nobody else owes anything.
void pass_to(
    HandlerContext& context, Request& request, const Obligation& from, const UserId& owner, EndCause cause)
{
    request.level = AckLevel::integrated;
    request.needed = 1;
    // Whoever decides has a working day as well.
    request.due_at = context.directory.working_hours_of(owner).add_working_time(context.now, working_day);
    context.obligations.save(request);
    // First, so that the request does not close in between.
    const ObligationId decision = add_successor(context, request, from, owner, 0).id;
    for (const Obligation& other : context.obligations.of_request(request.id)) {
        if (other.id == decision || is_final(other.state)) continue;
        change(context,
               request,
               other,
               {ObligationEvent::withdrawn, context.now, bot_actor, AckWay::none, cause, std::nullopt});
    }
    settle_request(context, request);
    redraw_card(context, request);
}

/// Who asked, or whoever was named to decide.
UserId owner_of(HandlerContext& context, const Request& request, const SilenceClause& clause)
{
    const bool has_decider = clause.choice.effect == SilenceEffect::somebody_decides &&
                             is_present(context.directory.find(clause.choice.decider));
    return has_decider ? clause.choice.decider : request.creditor;
}

Notice news(HandlerContext& context,
            const Request& request,
            const SilenceClause& clause,
            std::string summary,
            const UserId& reader)
{
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.summary = std::move(summary);
    Section& section = notice.sections.emplace_back();
    for (Line& line : silence_lines(context, request, clause, reader))
        section.lines.push_back(std::move(line));
    section.lines.push_back(quote_line(request));
    return notice;
}

void tell_creditor(HandlerContext& context,
                   const Request& request,
                   const SilenceClause& clause,
                   std::string summary)
{
    tell(context,
         request.creditor,
         request,
         news(context, request, clause, std::move(summary), request.creditor));
}

/// Those who said nothing read what their silence meant, with their digest, while they can still object.
void tell_silent(HandlerContext& context, const Request& request, const SilenceClause& clause)
{
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (obligation.cause != EndCause::by_silence) continue;
        if (!is_present(context.directory.find(obligation.debtor))) continue;
        Notice notice = news(context, request, clause, "Decided by silence", obligation.debtor);
        add_silence_actions(context, request, clause, value_of(request.id), notice.sections.front());
        put_into_digest(context, obligation.debtor, notice);
    }
}

void lapse(HandlerContext& context, Request& request, SilenceClause& clause)
{
    move_on(context, clause, SilenceEvent::lapsed, bot_actor, "decided_by_silence");
    clause.decided_at = context.now;
    if (is_reversible(clause.choice.effect)) {
        clause.reversible_until = silence_reversible_until(readers_of(context, request, context.now),
                                                           context.now);
    }
    context.silences.save(clause);
    if (is_reversible(clause.choice.effect)) {
        tell_creditor(context, request, clause, "Decided by silence");
        tell_silent(context, request, clause);
        return;
    }
    std::vector<Obligation> silent = context.obligations.of_request(request.id);
    std::erase_if(silent, [](const Obligation& each) { return each.cause != EndCause::by_silence; });
    if (clause.choice.effect == SilenceEffect::somebody_decides) {
        pass_to(context, request, silent.front(), owner_of(context, request, clause), EndCause::by_silence);
    } else {
        for (const Obligation& each : silent) {
            if (is_present(context.directory.find(each.debtor)))
                add_successor(context, request, each, each.debtor, 0);
        }
        settle_request(context, request);
    }
    tell_creditor(context, request, clause, "Nobody has decided yet");
}

std::optional<SilenceClause> running_clause(HandlerContext& context, const Request& request)
{
    return request.decides_at ? context.silences.find(request.id) : std::nullopt;
}

void save_deadline(HandlerContext& context, Request& request, Instant decides_at)
{
    request.decides_at = request.due_at = decides_at;
    context.obligations.save(request);
}

Notice too_late(HandlerContext& context, const Request& request, const SilenceClause& clause)
{
    Notice notice = plain_reply("It is too late for that.");
    for (Line& line : silence_lines(context, request, clause, UserId{}))
        notice.sections.front().lines.push_back(std::move(line));
    notice.sections.front().lines.push_back(
        small_line("Talk to " + context.directory.name_of(request.creditor) + ", or say it in the thread."));
    return notice;
}

}  // namespace

std::optional<std::string> begin_silence(HandlerContext& context,
                                         Request& request,
                                         const std::vector<UserId>& debtors,
                                         const std::vector<Instant>& heard_at)
{
    auto clause = context.silences.find(request.id);
    if (!clause) return std::nullopt;
    const Instant latest = std::max(context.now, request.due_at.value_or(context.now)) + silence_waits_max;
    Instant decides_at = silence_decides_at({}, request.due_at);
    for (std::size_t index = 0; index < debtors.size(); ++index) {
        const SilentReader reader{context.directory.working_hours_of(debtors[index]), heard_at[index]};
        decides_at = std::max(decides_at, silence_decides_at({reader}, request.due_at));
        if (decides_at > latest) {
            return fmt::format("{} is away for too long to decide by silence. Ask without them.",
                               context.directory.name_of(debtors[index]));
        }
    }
    move_on(context, *clause, SilenceEvent::begun, request.creditor, "silence_agreed_on");
    context.silences.save(*clause);
    save_deadline(context, request, decides_at);
    return std::nullopt;
}

Notice object_to(HandlerContext& context, std::optional<Part> part, const UserId& person)
{
    const auto clause = part ? context.silences.find(part->request.id) : std::nullopt;
    if (!clause) return plain_reply("Nothing is decided by silence here.");
    Request& request = part->request;
    if (!part->obligation) {
        return plain_reply(request.creditor == person
                               ? "You asked this yourself: withdraw it instead."
                               : "Only those who were asked can stop it. Say it in the thread.");
    }
    if (!is_open_to_objection(request, clause, context.now)) return too_late(context, request, *clause);
    const Obligation& obligation = *part->obligation;
    if (clause->state == SilenceState::running && next_state(obligation.state, ObligationEvent::declined)) {
        change(context,
               request,
               obligation,
               {ObligationEvent::declined,
                context.now,
                person,
                AckWay::button,
                EndCause::objection,
                std::nullopt});
    } else {
        take_objection(context, request, obligation);
    }
    return plain_reply(fmt::format("✋ Noted: nothing is decided by silence. It is {} to decide now.",
                                   context.directory.name_of(owner_of(context, request, *clause)) + "'s"));
}

Notice need_longer(HandlerContext& context, std::optional<Part> part, const UserId& person)
{
    auto clause = part ? running_clause(context, part->request) : std::nullopt;
    if (!clause) return plain_reply("Nothing is decided by silence here any more.");
    Request& request = part->request;
    if (!part->obligation) return plain_reply("Only those who were asked can say so.");
    if (clause->is_longer) {
        return plain_reply(fmt::format("It was put off already, to {}. Object if that is not enough.",
                                       your_time(context, person, *request.decides_at)));
    }
    clause->is_longer = true;
    move_on(context, *clause, SilenceEvent::longer, person, "longer_wanted");
    context.silences.save(*clause);
    save_deadline(
        context,
        request,
        a_working_day_longer(readers_of(context, request, *request.decides_at), *request.decides_at));
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (obligation.state != ObligationState::open) continue;
        Obligation next = obligation;
        next.due_at = due_in_other_hours(obligation, situation_of(context, request, obligation), context.now);
        context.obligations.save(obligation, next);
        refresh_messages(context, request, obligation.id);
    }
    redraw_card(context, request);
    return plain_reply(fmt::format("✅ Put off for everybody, to {}. The card does not say who asked for it.",
                                   your_time(context, person, *request.decides_at)));
}

bool take_objection(HandlerContext& context, Request& request, const Obligation& objection)
{
    auto clause = context.silences.find(request.id);
    if (!clause || !next_state(clause->state, SilenceEvent::objected)) return false;
    if (is_mutated(Mutation::overhear_objection)) return false;
    const bool is_reversal = clause->state == SilenceState::by_silence;
    move_on(
        context, *clause, SilenceEvent::objected, objection.debtor, is_reversal ? "reversed" : "objected");
    clause->objector = objection.debtor;
    clause->decided_at = context.now;
    clause->reversible_until.reset();
    context.silences.save(*clause);
    request.decides_at.reset();
    pass_to(context, request, objection, owner_of(context, request, *clause), EndCause::objected_to);
    if (owner_of(context, request, *clause) != request.creditor)
        tell_creditor(context, request, *clause, context.directory.name_of(clause->objector) + " objects");
    return true;
}

void settle_silence(HandlerContext& context, Request& request)
{
    if (!request.is_over()) return;
    auto clause = running_clause(context, request);
    if (!clause) return;
    request.decides_at.reset();
    context.obligations.save(request);
    const auto obligations = context.obligations.of_request(request.id);
    const bool is_lapsed = std::any_of(obligations.begin(), obligations.end(), [](const Obligation& each) {
        return each.cause == EndCause::by_silence;
    });
    if (request.state == RequestState::complete) {
        move_on(context, *clause, SilenceEvent::all_answered, bot_actor, "agreed");
        clause->decided_at = context.now;
        context.silences.save(*clause);
    } else if (is_lapsed) {
        lapse(context, request, *clause);
    } else {
        move_on(context, *clause, SilenceEvent::called_off, bot_actor, "silence_called_off");
        context.silences.save(*clause);
    }
}

void end_reversals(HandlerContext& context)
{
    constexpr int ended_max = 100;
    for (const RequestId id : context.silences.final_by(context.now, ended_max)) {
        auto clause = context.silences.find(id);
        clause->reversible_until.reset();
        context.silences.save(*clause);
        redraw_card(context, *context.obligations.find(id));
    }
}

}  // namespace ackd
