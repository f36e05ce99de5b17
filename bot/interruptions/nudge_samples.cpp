#include "bot/interruptions/nudge_samples.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/interruptions/tax_handlers.hpp"

#include <algorithm>

namespace ackd {

namespace {

constexpr std::chrono::days watched_for_max{7};

std::optional<NudgeRule> rule_of(HandlerContext& context, const OutboxItem& item)
{
    if (item.step == dead_letter_step || item.step == listed_step) return std::nullopt;
    const auto obligation = context.obligations.find(item.obligation);
    if (!obligation) return std::nullopt;
    const auto request = context.obligations.find(obligation->request);
    return nudge_rule_of(item, *request, *obligation, context.settings.delivery);
}

/// The attempt that the message asks about: one is enough. A digest lists too much to be asked about, and
/// what was answered before it left is not in it.
std::optional<OutboxItem> asked_about(HandlerContext& context, const OutboxRow& row)
{
    const bool is_nudge = row.kind == OutboxKind::nudge || row.kind == OutboxKind::escalation;
    if (!is_nudge || !context.settings.rules_ask || person_of(row.conversation).empty()) return std::nullopt;
    for (const OutboxItem& item : row.items) {
        if (asks_if_useful(item) && rule_of(context, item))
            return still_stands(context, item) ? std::optional{item} : std::nullopt;
    }
    return std::nullopt;
}

void append_question(ObligationId obligation, Notice& notice)
{
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(
        small_line("One reminder in ten asks this, for the rule behind it. Who says what is not kept."));
    Action menu;
    menu.name = action::useful;
    menu.label = "Was this useful?";
    const std::string value = value_of(obligation);
    menu.choices = {{"Useful", value + " useful"},
                    {"Not now", value + " not_now"},
                    {"Never useful", value + " never_useful"}};
    section.actions.push_back(std::move(menu));
}

std::optional<Judgement> judgement_in(const std::string& value)
{
    const std::string choice = value.substr(std::min(value.find(' '), value.size()));
    if (choice == " useful") return Judgement::useful;
    if (choice == " not_now") return Judgement::not_now;
    if (choice == " never_useful") return Judgement::never_useful;
    return std::nullopt;
}

bool moves_it(ObligationEvent event)
{
    return event == ObligationEvent::acked || event == ObligationEvent::promised ||
           event == ObligationEvent::done || event == ObligationEvent::declined ||
           event == ObligationEvent::handed_over;
}

UserId reader_of(HandlerContext& context, const NudgeSample& sample)
{
    const auto sent = context.sent_messages.find(sample.sent_id);
    return sent ? sent->person : UserId{};
}

}  // namespace

bool asks_if_useful(HandlerContext& context, const OutboxRow& row)
{
    return asked_about(context, row).has_value();
}

void nudges_delivered(HandlerContext& context, const OutboxRow& row, const SentMessage& sent)
{
    if (sent.person.empty()) return;
    const auto asked = asked_about(context, row);
    const Instant ends_at = std::min<Instant>(
        context.directory.working_hours_of(sent.person).add_working_time(context.now, working_day),
        context.now + watched_for_max);
    for (const OutboxItem& item : row.items) {
        const auto rule = rule_of(context, item);
        if (!rule) continue;
        context.nudge_rules.count_sent(*rule, context.now);
        NudgeSample sample;
        sample.sent_id = sent.id;
        sample.obligation = item.obligation;
        sample.rule = to_text(*rule);
        sample.sent_at = context.now;
        sample.ends_at = ends_at;
        // What moved while it was on its way was not moved by it.
        sample.is_watched = still_stands(context, item);
        sample.is_asked = asked == item;
        if (sample.is_watched || sample.is_asked) context.nudge_rules.add(sample);
    }
}

void note_answer(HandlerContext& context, const Happening& happening, ObligationId id)
{
    if (happening.actor == bot_actor) return;
    if (happening.way == AckWay::button || happening.way == AckWay::reaction)
        count_tap_made(context, happening.actor);
    if (!moves_it(happening.event)) return;
    for (const NudgeSample& sample : context.nudge_rules.watched(id, context.now)) {
        context.nudge_rules.count_case(sample.rule, true, reader_of(context, sample), context.now);
        context.nudge_rules.stop_watching(sample);
    }
}

void add_question(HandlerContext& context, const OutboxRow& row, Notice& notice)
{
    if (const auto item = asked_about(context, row)) append_question(item->obligation, notice);
}

void add_question(HandlerContext& context, const SentMessage& sent, Notice& notice)
{
    if (const auto sample = context.nudge_rules.asked_by(sent.id))
        append_question(sample->obligation, notice);
}

std::optional<Notice> judge_nudge(HandlerContext& context, const ActionTaken& taken)
{
    const auto judgement = judgement_in(taken.value);
    const auto sent = context.sent_messages.find(taken.message);
    const auto sample = sent ? context.nudge_rules.asked_by(sent->id) : std::nullopt;
    if (!judgement || !sample || sent->person != taken.person)
        return plain_reply("This was counted, or asked too long ago. Nothing for you to do.");
    context.nudge_rules.count_judgement(sample->rule, *judgement, taken.person, context.now);
    context.nudge_rules.stop_asking(*sample);
    count_tap_made(context, taken.person);
    context.outbox.add(refresh_of(*sent, context.now));
    replace_pressed(context, taken);
    if (*judgement != Judgement::never_useful) return std::nullopt;
    Notice notice = plain_reply("Noted, for the rule and without your name.");
    notice.sections.front().lines.push_back(small_line("To have less of this yourself, at once:"));
    notice.sections.front().actions.push_back(telling_menu("Tell me …"));
    return notice;
}

bool settle_samples(HandlerContext& context, int count_max)
{
    const auto ended = context.nudge_rules.ended(context.now, count_max);
    for (const NudgeSample& sample : ended) {
        const auto obligation = context.obligations.find(sample.obligation);
        const bool is_case = obligation && obligation->state != ObligationState::withdrawn &&
                             obligation->state != ObligationState::expired;
        if (is_case)
            context.nudge_rules.count_case(sample.rule, false, reader_of(context, sample), context.now);
        context.nudge_rules.stop_watching(sample);
    }
    context.nudge_rules.stop_asking_before(context.now - question_open_for);
    return static_cast<int>(ended.size()) == count_max;
}

}  // namespace ackd
