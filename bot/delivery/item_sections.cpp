// One obligation as a part of something longer: a bundle of nudges, a digest, the App Home.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/capacity/capacity_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/delivery/silence_handlers.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

#include <fmt/format.h>

namespace ackd {

bool waits_for(HandlerContext& context, const Obligation& obligation, const UserId& reader)
{
    if (obligation.state == ObligationState::open) return obligation.debtor == reader;
    return obligation.state == ObligationState::escalated &&
           (obligation.debtor == reader || context.obligations.is_called(obligation.id, reader));
}

namespace {

/// What became of it by silence, or since somebody objected. False: neither.
bool add_what_holds(HandlerContext& context,
                    const Request& request,
                    const Obligation& obligation,
                    const UserId& reader,
                    Section& section)
{
    const bool is_by_clause = obligation.cause == EndCause::by_silence ||
                              obligation.cause == EndCause::objected_to ||
                              obligation.cause == EndCause::objection;
    if (!is_by_clause) return false;
    const auto clause = context.silences.find(request.id);
    std::vector<Line> lines = silence_lines(context, request, clause, reader);
    if (lines.empty()) return false;
    section.lines = std::move(lines);
    section.lines.push_back(quote_line(request));
    add_silence_actions(context, request, clause, value_of(obligation.id), section);
    return true;
}

}  // namespace

Section settled_section(HandlerContext& context,
                        const Obligation& obligation,
                        const Request& request,
                        const UserId& reader)
{
    Section section;
    const std::string value = value_of(obligation.id);
    std::string line;
    switch (obligation.state) {
        case ObligationState::received:
        case ObligationState::integrated: {
            const bool done = obligation.state == ObligationState::integrated;
            if (obligation.holder != reader) {
                line = fmt::format("✅ {} {}. Nothing for you to do; thank you.",
                                   context.directory.name_of(obligation.holder),
                                   done ? "has done it" : "has it now");
                break;
            }
            line = done ? "✅ Done, thank you." : "✅ You have it.";
            if (done) break;
            if (obligation.promised_at) {
                line = fmt::format("✅ You have it, until {}.",
                                   your_time(context, reader, *obligation.promised_at));
            }
            if (request.level == AckLevel::integrated) {
                add_ending_actions(context, request, value, section);
            }
            section.actions.push_back(button(action::undo, "Undo", value));
            break;
        }
        case ObligationState::declined:
            if (add_what_holds(context, request, obligation, reader, section)) return section;
            line = obligation.debtor == reader ? "You said that you can't; it has been passed on."
                                               : fmt::format("{} can't; it has been passed on.",
                                                             context.directory.name_of(obligation.debtor));
            break;
        case ObligationState::delegated: line = "It has been handed over. Nothing for you to do."; break;
        case ObligationState::withdrawn:
            if (add_what_holds(context, request, obligation, reader, section)) return section;
            line = obligation.cause == EndCause::by_creditor
                       ? fmt::format("{} no longer needs this. Nothing for you to do.",
                                     context.directory.name_of(request.creditor))
                       : fmt::format("No longer needed: {}. Nothing for you to do.",
                                     name_of(obligation.cause));
            break;
        case ObligationState::expired:
            if (add_what_holds(context, request, obligation, reader, section)) return section;
            line = "Its day is over. Nothing for you to do.";
            break;
        case ObligationState::dead_letter:
            line = fmt::format("Without an answer, this went to {}. Yours still counts.",
                               context.directory.name_of(dead_letter_owner_of(context, request)));
            if (ends_by_relief(context, request) || is_divergence(context, request))
                add_ending_actions(context, request, value, section);
            else
                section.actions.push_back(button(action::got_it, "Got it", value));
            break;
        default:
            line = context.obligations.has_declined_call(obligation.id, reader)
                       ? std::string{"You are not asked again about this."}
                       : fmt::format("It is with {} now. Nothing for you to do.",
                                     context.directory.name_of(obligation.debtor));
            break;
    }
    section.lines.push_back(plain_line(std::move(line)));
    section.lines.push_back(quote_line(request));
    return section;
}

bool is_waiting_for(HandlerContext& context, const Obligation& obligation, const UserId& person)
{
    if (obligation.state == ObligationState::received)
        return obligation.holder == person && obligation.due_at.has_value();
    return waits_for(context, obligation, person);
}

std::optional<Section> section_for_asker(HandlerContext& context, const Request& request)
{
    if (is_undecided(request)) return price_notice(context, request).sections.front();
    if (is_need_in_question(request)) return need_section(context, request);
    if (request.kind == RequestKind::question) return question_offer_section(context, request);
    if (request.kind == RequestKind::escalation) return raised_section(context, request);
    return std::nullopt;
}

std::string standing_words(HandlerContext& context, const Request& request)
{
    if (request.state == RequestState::gathering) return "looking up who to ask";
    if (request.need == Need::asleep && !request.is_over()) return "💤 asleep";
    const Tally tally = context.obligations.tally(request.id);
    std::string words = fmt::format("✅ {} of {} received", tally.received, request.needed);
    if (request.level == AckLevel::integrated) words += fmt::format(" · {} integrated", tally.integrated);
    return words;
}

Section item_section(HandlerContext& context, const Obligation& obligation, const UserId& person)
{
    const auto request = context.obligations.find(obligation.request);
    if (obligation.state == ObligationState::dead_letter &&
        context.obligations.dead_letter_owner(obligation.id) == person)
    {
        return dead_letter_notice(context, person, {obligation.id}).sections.front();
    }
    if (!is_waiting_for(context, obligation, person))
        return settled_section(context, obligation, *request, person);

    Section section;
    std::string line = fmt::format(
        "{} · {}", context.directory.name_of(request->creditor), priority_words(request->priority));
    if (request->due_at) line += ", by " + your_time(context, person, *request->due_at);
    if (obligation.debtor != person && obligation.holder != person)
        line += " · ↗ in place of " + context.directory.name_of(obligation.debtor);
    const bool has_it = obligation.state == ObligationState::received;
    if (has_it) {
        line += obligation.promised_at
                    ? " · ✅ you have it, by " + your_time(context, person, *obligation.promised_at)
                    : std::string{" · ✅ you have it"};
    }
    section.lines.push_back(plain_line(line));
    add_quote(context, *request, section);
    const auto clause = context.silences.find(request->id);
    if (const auto words = decision_words(context, clause, obligation))
        section.lines.push_back(small_line(*words));
    const std::string value = value_of(obligation.id);
    if (request->decides_at) {
        for (Line& each : silence_lines(context, *request, clause, person))
            section.lines.push_back(std::move(each));
        if (!has_it) section.actions.push_back(button(action::got_it, "Got it", value, ActionStyle::primary));
        add_silence_actions(context, *request, clause, value, section);
        section.actions.push_back(why_menu(obligation, person));
        return section;
    }
    if (!has_it) section.actions.push_back(button(action::got_it, "Got it", value, ActionStyle::primary));
    if (request->level == AckLevel::integrated) add_ending_actions(context, *request, value, section);
    const bool is_one_of_four = ends_by_relief(context, *request);
    if (!is_one_of_four)
        section.actions.push_back(promise_menu(has_it ? "New date …" : "Got it, by …", value));
    section.actions.push_back(decline_menu(value));
    if (!has_it && !is_one_of_four) section.actions.push_back(snooze_menu(value));
    section.actions.push_back(why_menu(obligation, person));
    return section;
}

}  // namespace ackd
