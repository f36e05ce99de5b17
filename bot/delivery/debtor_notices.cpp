// What the people who are waited for read: nudges, reminders, escalations. Several at once are one message,
// and each part is worded by how it stands at the moment: asked, reminded, or over.
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/catch_up/outage.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/silence_handlers.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/threads/question_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

struct Item {
    Obligation obligation;
    Request request;
};

std::vector<Item> load(HandlerContext& context, const std::vector<ObligationId>& ids)
{
    std::vector<Item> items;
    for (const ObligationId id : ids) {
        auto obligation = context.obligations.find(id);
        if (!obligation) continue;
        auto request = context.obligations.find(obligation->request);
        items.push_back(Item{std::move(*obligation), std::move(*request)});
    }
    return items;
}

std::string name(HandlerContext& context, const UserId& person)
{
    return context.directory.name_of(person);
}

/// "If it stays open: B is asked on Thu 15:00."
std::optional<Line> what_next(HandlerContext& context, const Item& item, const UserId& reader)
{
    const Situation situation = situation_of(context, item.request, item.obligation);
    const int step = next_step_with_targets(situation, item.obligation.step);
    const std::string when = your_time(context, reader, goes_on_at(item.obligation, situation, context.now));
    if (step == 0) {
        const UserId owner = dead_letter_owner_of(context, item.request);
        return small_line(fmt::format("If it stays open: it goes {}to {} on {}.",
                                      owner == item.request.creditor ? "back " : "",
                                      name(context, owner),
                                      when));
    }
    const FrozenStep& next = item.request.route.steps[static_cast<std::size_t>(step) - 1];
    const std::string whom = next.people.empty() ? "a channel" : joined_names(context, next.people);
    return small_line(fmt::format(
        "If it stays open: {} {} asked on {}.", whom, next.people.size() > 1 ? "are" : "is", when));
}

Line asked_line(HandlerContext& context, const Item& item, const UserId& reader, std::string_view sentence)
{
    RichText text{Words{fmt::format("{} {}, since {}",
                                    name(context, item.request.creditor),
                                    sentence,
                                    your_time(context, reader, item.request.asked_at))}};
    if (!item.request.subject.channel.empty()) {
        text.push_back(Words{" · "});
        text.push_back(ChannelName{item.request.subject.channel});
    }
    return plain_line(std::move(text));
}

void add_ask_actions(HandlerContext& context,
                     const Item& item,
                     const std::optional<SilenceClause>& clause,
                     const UserId& reader,
                     Section& section)
{
    const std::string value = value_of(item.obligation.id);
    if (item.request.kind == RequestKind::question) {
        add_question_actions(item.obligation, section);
        section.actions.push_back(why_menu(item.obligation, reader));
        return;
    }
    section.actions.push_back(button(action::got_it, "Got it", value, ActionStyle::primary));
    if (item.request.decides_at) {
        add_silence_actions(context, item.request, clause, value, section);
        section.actions.push_back(why_menu(item.obligation, reader));
        return;
    }
    if (item.request.level == AckLevel::integrated) {
        section.actions.push_back(promise_menu("Got it, by …", value));
        add_ending_actions(context, item.request, value, section);
    }
    section.actions.push_back(decline_menu(value));
    // Others have been called in by now: their pace is not the debtor's to set.
    if (item.obligation.state == ObligationState::open) section.actions.push_back(snooze_menu(value));
    section.actions.push_back(button(action::not_me, "Not me", value));
    for (const UserId& person : context.obligations.covers(item.request.id)) {
        section.actions.push_back(button(action::let_cover,
                                         fmt::format("Let {} have it", name(context, person)),
                                         value + " " + person.value));
        break;
    }
    section.actions.push_back(why_menu(item.obligation, reader));
}

void add_open(HandlerContext& context, const Item& item, const UserId& reader, Section& section)
{
    const auto predecessor = context.obligations.find(item.obligation.predecessor);
    const auto clause = context.silences.find(item.request.id);
    const bool is_question = item.request.kind == RequestKind::question;
    const bool is_raised = item.request.kind == RequestKind::escalation;
    if (is_raised) {
        for (Line& line : raised_lines(context, item.request)) section.lines.push_back(std::move(line));
    } else if (is_question) {
        section.lines.push_back(plain_line(question_words(context, item.request, reader)));
    } else if (auto words = decision_words(context, clause, item.obligation)) {
        section.lines.push_back(plain_line(std::move(*words)));
    } else if (predecessor && predecessor->state == ObligationState::declined &&
               predecessor->debtor != reader) {
        section.lines.push_back(asked_line(
            context,
            item,
            reader,
            fmt::format("is waiting for an answer, and {} can't", name(context, predecessor->debtor))));
    } else {
        const bool is_first_word = item.obligation.attempt == 0 && item.obligation.step == 0;
        section.lines.push_back(
            asked_line(context, item, reader, is_first_word ? "asks you" : "is waiting for you on this"));
    }
    if (!is_raised) add_quote(context, item.request, section);
    if (item.request.decides_at) {
        for (Line& line : silence_lines(context, item.request, clause, reader))
            section.lines.push_back(std::move(line));
    } else if (const auto next = what_next(context, item, reader)) {
        section.lines.push_back(*next);
    }
    if (is_question) section.lines.push_back(small_line("A reply in its thread answers it."));
    add_ask_actions(context, item, clause, reader, section);
}

void add_reminder(HandlerContext& context, const Item& item, const UserId& reader, Section& section)
{
    const Obligation& obligation = item.obligation;
    section.lines.push_back(plain_line(obligation.reminders <= 1
                                           ? "Is this done?"
                                           : "Still open: is there a new date, or does it go back?"));
    add_quote(context, item.request, section);
    std::string since = "You have had it since " +
                        your_time(context, reader, obligation.received_at.value_or(item.request.asked_at));
    if (obligation.promised_at)
        since += ", promised for " + your_time(context, reader, *obligation.promised_at);
    section.lines.push_back(small_line(fmt::format(
        "{}. {} sees on the card when it is done.", since, name(context, item.request.creditor))));
    const std::string value = value_of(obligation.id);
    add_ending_actions(context, item.request, value, section, ActionStyle::primary);
    if (!ends_by_relief(context, item.request)) section.actions.push_back(promise_menu("New date …", value));
    section.actions.push_back(decline_menu(value));
    section.actions.push_back(why_menu(item.obligation, reader));
}

/// "Got it", and no more since: is it still with them?
void add_sign_question(HandlerContext& context, const Item& item, const UserId& reader, Section& section)
{
    const Obligation& obligation = item.obligation;
    section.lines.push_back(plain_line("Is this still with you?"));
    add_quote(context, item.request, section);
    const Situation situation = situation_of(context, item.request, obligation);
    const FrozenStep* next = item.request.step_at(next_step_with_targets(situation, obligation.step));
    const std::string whom = next == nullptr || next->people.empty() ? "a channel"
                                                                     : joined_names(context, next->people);
    section.lines.push_back(small_line(fmt::format(
        "You have had it since {}, without a date. Without a word by {} I let go of it, and ask {}.",
        your_time(context, reader, obligation.received_at.value_or(item.request.asked_at)),
        your_time(context, reader, obligation.due_at.value_or(context.now)),
        whom)));
    const std::string value = value_of(obligation.id);
    const bool is_one_of_four = ends_by_relief(context, item.request);
    if (!is_one_of_four)
        section.actions.push_back(
            button(action::still_with_me, "Still with me", value, ActionStyle::primary));
    add_ending_actions(context, item.request, value, section);
    if (!is_one_of_four) section.actions.push_back(promise_menu("By …", value));
    section.actions.push_back(decline_menu(value));
    section.actions.push_back(why_menu(obligation, reader));
}

std::string summary_of(HandlerContext& context, const std::vector<Item>& items)
{
    if (items.empty()) return "Nothing is waiting for you";
    const Request& first = items.front().request;
    if (items.size() > 1) return fmt::format("{} things are waiting for you", items.size());
    if (first.kind == RequestKind::escalation) return "🔺 " + shortened(first.text, excerpt_max);
    return fmt::format("{}: {}", name(context, first.creditor), shortened(first.text, excerpt_max));
}

/// What tells who asked, or raised it, how it stands asks nobody.
bool is_for_asker(const SentMessage& sent)
{
    return sent.kind == static_cast<int>(OutboxKind::question_offer) ||
           sent.kind == static_cast<int>(OutboxKind::raised);
}

/// "Ann Thu 13:05, 13:10 · Bo Thu 13:20, Fri 09:00": who was asked before, and when.
std::string what_was_tried(HandlerContext& context, const Item& item, const UserId& reader)
{
    const WorkingHours hours = context.directory.working_hours_of(reader);
    struct Tried {
        UserId person;
        std::string text;
        std::string day;
    };
    std::vector<Tried> tried;
    for (const SentMessage& sent : context.sent_messages.about(item.obligation.id)) {
        if (sent.person.empty() || sent.person == reader || is_for_asker(sent)) continue;
        const std::string time = local_time_text(hours, sent.sent_at, context.now);
        const std::string day = time.substr(0, time.rfind(' '));
        const auto known = std::find_if(
            tried.begin(), tried.end(), [&](const Tried& entry) { return entry.person == sent.person; });
        if (known == tried.end()) {
            tried.push_back(Tried{sent.person, name(context, sent.person) + " " + time, day});
            continue;
        }
        known->text += ", " + (known->day == day ? time.substr(time.rfind(' ') + 1) : time);
        known->day = day;
    }
    std::string text;
    for (const Tried& entry : tried) text += (text.empty() ? "" : " · ") + entry.text;
    return text;
}

void add_call(HandlerContext& context, const Item& item, const UserId& reader, Section& section)
{
    const UserId& clock = reader.empty() ? item.request.creditor : reader;
    const char* whom = reader.empty() ? "this channel" : "you";
    const auto predecessor = context.obligations.find(item.obligation.predecessor);
    const bool is_raised = item.request.kind == RequestKind::escalation;
    if (is_raised) {
        for (Line& line : raised_lines(context, item.request)) section.lines.push_back(std::move(line));
    } else if (predecessor && predecessor->state == ObligationState::declined) {
        section.lines.push_back(plain_line(
            fmt::format("↗ This came to {} because {} can't.", whom, name(context, predecessor->debtor))));
    } else if (item.obligation.cause == EndCause::never_done) {
        section.lines.push_back(plain_line(
            fmt::format("↗ This came to {} because it was received, and no word came since.", whom)));
    } else {
        section.lines.push_back(plain_line(fmt::format(
            "↗ This came to {} because {} could not be reached since {}.",
            whom,
            name(context, item.obligation.debtor),
            local_time_text(context.directory.working_hours_of(clock), item.request.asked_at, context.now))));
    }
    if (!is_raised) add_quote(context, item.request, section);
    const std::string tried = what_was_tried(context, item, clock);
    if (!tried.empty()) section.lines.push_back(small_line("What was tried: " + tried));
    if (!reader.empty()) {
        if (const auto next = what_next(context, item, reader)) section.lines.push_back(*next);
    }
    if (item.request.kind == RequestKind::question) {
        add_question_actions(item.obligation, section);
        section.actions.push_back(why_menu(item.obligation, reader));
        return;
    }
    const std::string value = value_of(item.obligation.id);
    if (!ends_by_relief(context, item.request))
        section.actions.push_back(button(action::got_it, "I have it", value, ActionStyle::primary));
    add_ending_actions(context, item.request, value, section);
    if (!reader.empty()) section.actions.push_back(button(action::not_me, "Not me", value));
    section.actions.push_back(why_menu(item.obligation, reader));
}

/// Why it comes late.
void add_outage(HandlerContext& context, const Item& item, const UserId& reader, Section& section)
{
    const UserId& clock = reader.empty() ? item.request.creditor : reader;
    std::string words = outage_words(context, clock, item.request, item.obligation);
    if (!words.empty()) section.lines.push_back(small_line(std::move(words)));
}

/// How far it came, and why no further.
std::string what_is_known(HandlerContext& context, const Request& request, const Obligation& obligation)
{
    const std::string debtor = name(context, obligation.debtor);
    if (obligation.received_at) {
        const std::string holder = name(context, obligation.holder);
        return obligation.cause == EndCause::never_done
                   ? fmt::format("{} received this, and no word came since.", holder)
                   : fmt::format("{} received this, then: {}.", holder, name_of(obligation.cause));
    }
    if (obligation.cause == EndCause::nobody_on_route)
        return "Nobody could be asked: nobody is on its route.";
    if (request.kind == RequestKind::escalation) {
        const auto takers = takers_of(context, request);
        if (takers.empty()) return fmt::format("Nobody on the route {} has taken this.", request.route.name);
        return fmt::format("{} of {} have taken this; nobody else on the route {} has.",
                           takers.size(),
                           request.needed,
                           request.route.name);
    }
    if (obligation.cause == EndCause::no_answer) return fmt::format("No answer from {}.", debtor);
    return fmt::format("No answer from {}: {}.", debtor, name_of(obligation.cause));
}

}  // namespace

Notice nudge_notice(HandlerContext& context, const UserId& person, const std::vector<ObligationId>& ids)
{
    const std::vector<Item> items = load(context, ids);
    Notice notice;
    notice.kind = NoticeKind::nudge;
    notice.summary = summary_of(context, items);
    for (const Item& item : items) {
        Section& section = notice.sections.emplace_back();
        const Obligation& obligation = item.obligation;
        if (waits_for(context, obligation, person)) {
            add_open(context, item, person, section);
            add_outage(context, item, person, section);
        } else if (obligation.state == ObligationState::received && obligation.holder == person &&
                   obligation.reminders > 0)
        {
            add_reminder(context, item, person, section);
        } else if (obligation.state == ObligationState::received && obligation.holder == person &&
                   obligation.sign == Sign::asked_for)
        {
            add_sign_question(context, item, person, section);
        } else {
            section = settled_section(context, item.obligation, item.request, person);
        }
    }
    return notice;
}

Notice escalation_notice(HandlerContext& context, const UserId& person, const std::vector<ObligationId>& ids)
{
    const std::vector<Item> items = load(context, ids);
    Notice notice;
    notice.kind = NoticeKind::escalation;
    notice.summary = summary_of(context, items);
    for (const Item& item : items) {
        Section& section = notice.sections.emplace_back();
        const bool in_channel = person.empty() && item.obligation.state == ObligationState::escalated;
        if (in_channel || waits_for(context, item.obligation, person)) {
            add_call(context, item, person, section);
            add_outage(context, item, person, section);
        } else {
            section = settled_section(context, item.obligation, item.request, person);
        }
    }
    return notice;
}

Notice dead_letter_notice(HandlerContext& context, const UserId& owner, const std::vector<ObligationId>& ids)
{
    Notice notice;
    notice.kind = NoticeKind::dead_letter;
    notice.summary = "Nobody has answered: it is yours to decide";
    for (const Item& item : load(context, ids)) {
        Section& section = notice.sections.emplace_back();
        const Obligation& obligation = item.obligation;
        const std::string tried = what_was_tried(context, item, owner);
        section.lines.push_back(plain_line(what_is_known(context, item.request, obligation) +
                                           " Nothing more is sent: it is yours to decide."));
        add_quote(context, item.request, section);
        if (!tried.empty()) section.lines.push_back(small_line("What was tried: " + tried));
        section.actions.push_back(button(action::ask_again, "Ask again", value_of(obligation.id)));
        Action menu = why_menu(item.obligation, owner);
        menu.choices.erase(menu.choices.begin());
        section.actions.push_back(std::move(menu));
    }
    return notice;
}

}  // namespace ackd
