#include "bot/delivery/effect_outcome.hpp"

#include "bot/alerts/alert_handlers.hpp"
#include "bot/answers/kept_answer_handlers.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/catch_up/catch_up_handlers.hpp"
#include "bot/delivery/ask_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/early_answers.hpp"
#include "bot/delivery/effect_composer.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/drift/drift_handlers.hpp"
#include "bot/escalation/triage_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/nudge_samples.hpp"
#include "bot/interruptions/tax_handlers.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/rotations/on_call_place_handlers.hpp"
#include "bot/rotations/swap_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

#include <algorithm>

namespace ackd {

namespace {

void card_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    auto request = context.obligations.find(row.request);
    request->card = posted.message;
    if (request->is_own_post) {
        request->subject = posted.message;
        request->thread = posted.message.stamp;
    }
    context.obligations.save(*request);
    record(context,
           bot_actor,
           request->id,
           ObligationId{},
           "card_posted",
           {{"channel", posted.message.channel}, {"stamp", posted.message.stamp}});
    count_asked(context, *request);
    // The first drawing pinged those asked, and had no link to itself; what changed meanwhile is drawn now.
    // A card that was found in the chat may be an old drawing as well.
    if (request->is_own_post || posted.adopted) redraw_card(context, *request);
    take_early_answers(context, posted.message);
}

NoticeKind notice_kind_of(OutboxKind kind)
{
    switch (kind) {
        case OutboxKind::nudge: return NoticeKind::nudge;
        case OutboxKind::escalation: return NoticeKind::escalation;
        case OutboxKind::digest: return NoticeKind::digest;
        case OutboxKind::need_question:
        case OutboxKind::question_offer:
        case OutboxKind::raised:
        case OutboxKind::said_back: return NoticeKind::for_asker;
        case OutboxKind::read_back_question: return NoticeKind::nudge;
        default: return NoticeKind::dead_letter;
    }
}

void message_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    const SentMessage sent = keep_sent(
        context, row, posted, obligations_of(row), row.kind == OutboxKind::digest ? row.payload : "");
    nudges_delivered(context, row, sent);
    if (row.kind == OutboxKind::digest) digest_posted(context, sent);
    // How it stands with what somebody raised may have changed while the message was on its way.
    bool overtaken = row.kind == OutboxKind::raised;
    for (const OutboxItem& item : row.items) {
        overtaken = overtaken || !still_stands(context, item) ||
                    context.obligations.has_declined_call(item.obligation, sent.person);
        // Whose turn it is to say something back is nobody's business.
        if (item.step == listed_step || item.step == read_back_step || item.step == said_back_step ||
            item.step == raised_step)
            continue;
        const auto obligation = context.obligations.find(item.obligation);
        record(context,
               bot_actor,
               obligation->request,
               item.obligation,
               "delivered",
               {{"person", sent.person},
                {"kind", name_of(notice_kind_of(row.kind))},
                {"adopted", posted.adopted ? "yes" : ""}});
    }
    if (overtaken && row.kind != OutboxKind::dead_letter) {
        // Answered while it was on its way: what it shows is brought up to date.
        OutboxRow refresh = refresh_of(sent, context.now);
        refresh.conversation = row.conversation;
        refresh.request = row.request;
        context.outbox.add(refresh);
    }
    take_early_answers(context, posted.message);
}

}  // namespace

SentMessage keep_sent(HandlerContext& context,
                      const OutboxRow& row,
                      const Posted& posted,
                      std::vector<ObligationId> obligations,
                      std::string news)
{
    SentMessage sent;
    sent.message = posted.message;
    sent.person = person_of(row.conversation);
    sent.kind = static_cast<int>(row.kind);
    sent.sent_at = context.now;
    sent.obligations = std::move(obligations);
    sent.news = std::move(news);
    context.sent_messages.add(sent);
    return *context.sent_messages.find(posted.message);
}

void effect_delivered(HandlerContext& context, const OutboxRow& row, const EffectOutcome& outcome)
{
    if (const auto* posted = std::get_if<Posted>(&outcome)) {
        count_message(context, row);
        if (row.kind == OutboxKind::card)
            card_posted(context, row, *posted);
        else if (row.kind == OutboxKind::alert_message)
            alert_message_posted(context, row, *posted);
        else if (row.kind == OutboxKind::capacity)
            capacity_message_posted(context, row, *posted);
        else if (row.kind == OutboxKind::resync)
            resync_message_posted(context, row, *posted);
        else if (row.kind == OutboxKind::retro)
            retro_message_posted(context, row, *posted);
        else if (row.kind == OutboxKind::drift)
            drift_message_posted(context, row, *posted);
        else if (row.kind == OutboxKind::divergence)
            divergence_message_posted(context, row, *posted);
        else if (row.kind == OutboxKind::kept_question)
            keep_question_posted(context, row, *posted);
        else if (row.kind == OutboxKind::swap_offer)
            swap_posted(context, row, *posted);
        else if (row.kind == OutboxKind::triage)
            triage_posted(context, row, *posted);
        else if (!row.items.empty() || row.kind == OutboxKind::digest)
            message_posted(context, row, *posted);
    } else if (const auto* fetched = std::get_if<FetchedMessage>(&outcome)) {
        if (row.kind == OutboxKind::keep_fetch)
            kept_text_fetched(context, row, *fetched);
        else if (auto request = context.obligations.find(row.request))
            subject_fetched(context, *request, *fetched);
    } else if (const auto* members = std::get_if<ChannelMembers>(&outcome)) {
        if (auto request = context.obligations.find(row.request))
            members_listed(context, *request, members->members);
    } else if (const auto* page = std::get_if<HistoryPage>(&outcome)) {
        if (row.kind == OutboxKind::read_question)
            question_read(context, row, *page);
        else
            history_read(context, row, *page);
    } else if (row.kind == OutboxKind::outside) {
        outside_told(context, row);
    } else if (shows_on_call(row.kind)) {
        place_shown(context, row);
    }
}

namespace {

/// One who cannot be reached does not stop the others of the step, and neither does a channel.
void call_failed(HandlerContext& context, const OutboxRow& row, const OutboxItem& item, const Fault& fault)
{
    const UserId person = person_of(row.conversation);
    if (person.empty())
        context.obligations.decline_calls(item.obligation, ChannelId{row.conversation});
    else
        context.obligations.decline_calls(item.obligation, person);
    const auto obligation = context.obligations.find(item.obligation);
    const auto request = context.obligations.find(obligation->request);
    const Situation situation = situation_of(context, *request, *obligation);
    if (!situation.audience.empty() || situation.tells_others) return;
    give_up_delivery(context, item.obligation, fault.detail);
    if (person.empty())
        tell(context, request->creditor, *request, empty_step_notice(context, *request, {item.step}));
}

}  // namespace

void effect_failed(HandlerContext& context, const OutboxRow& row, const Fault& fault)
{
    // Tried again each hour: its fact is written the first time.
    if (shows_on_call(row.kind)) return place_refused(context, row, fault);
    record(
        context,
        bot_actor,
        row.request,
        ObligationId{},
        "not_delivered",
        {{"kind", std::to_string(static_cast<int>(row.kind))}, {"reason", storage::code_in(fault.detail)}});
    switch (row.kind) {
        case OutboxKind::nudge:
        case OutboxKind::escalation:
        case OutboxKind::digest:
            for (const OutboxItem& item : row.items) {
                if (item.step == need_step) {
                    need_not_answerable(context, context.obligations.find(item.obligation)->request);
                    continue;
                }
                if (item.step == dead_letter_step || item.step == listed_step ||
                    item.step == said_back_step || item.step == question_step)
                    continue;
                if (!still_stands(context, item)) continue;
                if (context.obligations.find(item.obligation)->state == ObligationState::escalated)
                    call_failed(context, row, item, fault);
                else
                    give_up_delivery(context, item.obligation, fault.detail);
            }
            break;
        case OutboxKind::card: {
            auto request = context.obligations.find(row.request);
            if (!request || request->card.exists() || request->is_over()) break;
            // The ask itself could not be posted: nobody has seen it, so nobody owes anything.
            withdraw(context, *request, bot_actor, EndCause::undeliverable);
            tell(context,
                 request->creditor,
                 *request,
                 not_asked_notice(
                     context,
                     *request,
                     "the chat would not take the message here. Invite ackd to the channel and ask "
                     "again."),
                 TellWhen::at_once);
            break;
        }
        case OutboxKind::read_history:
        case OutboxKind::read_more: history_unreadable(context, row, fault); break;
        case OutboxKind::read_question: question_unreadable(context, row, fault); break;
        case OutboxKind::refresh: context.sent_messages.forget(sent_id_in(row)); break;
        case OutboxKind::fetch_subject:
        case OutboxKind::list_members:
            if (auto request = context.obligations.find(row.request)) {
                gathering_failed(
                    context, *request, "the channel could not be read. Invite ackd to it and ask again.");
            }
            break;
        case OutboxKind::keep_fetch: kept_text_unreadable(context, row, fault); break;
        case OutboxKind::kept_question: keep_question_undeliverable(context, row); break;
        case OutboxKind::swap_offer: swap_undeliverable(context, row); break;
        case OutboxKind::need_question: need_not_answerable(context, row.request); break;
        case OutboxKind::read_back_question:
            for (const OutboxItem& item : row.items) read_back_not_deliverable(context, item);
            break;
        case OutboxKind::alert_message: alert_message_failed(context, row, fault); break;
        case OutboxKind::capacity: capacity_message_failed(context, row); break;
        case OutboxKind::resync: resync_message_failed(context, row); break;
        case OutboxKind::retro: retro_message_failed(context, row); break;
        case OutboxKind::drift: drift_message_failed(context, row); break;
        case OutboxKind::outside:
            outside_failed(context, row, fault);
            for (const OutboxItem& item : row.items) {
                if (still_stands(context, item)) call_failed(context, row, item, fault);
            }
            break;
        case OutboxKind::form: form_not_opened(context, row); break;
        case OutboxKind::reply:
            if (row.request.exists()) asker_not_answered(context, row);
            break;
        case OutboxKind::dead_letter:
        case OutboxKind::for_asker:
        case OutboxKind::said_back:
        case OutboxKind::question_offer:
        case OutboxKind::raised:
        case OutboxKind::welcome_back:
        case OutboxKind::dialog:
        case OutboxKind::home:
        case OutboxKind::on_call:
        case OutboxKind::swap_form:
        case OutboxKind::alert_line:
        case OutboxKind::divergence:
        case OutboxKind::triage:
        case OutboxKind::on_call_topic:
        case OutboxKind::on_call_group:
        case OutboxKind::replace: break;
    }
}

}  // namespace ackd
