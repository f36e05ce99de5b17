#include "bot/delivery/effect_composer.hpp"

#include "bot/alerts/alert_handlers.hpp"
#include "bot/answers/kept_answer_handlers.hpp"
#include "bot/answers/kept_answer_notices.hpp"
#include "bot/catch_up/catch_up_handlers.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/ask_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/early_answers.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/escalation/escalate_command.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/escalation/triage_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/nudge_samples.hpp"
#include "bot/interruptions/tax_handlers.hpp"
#include "bot/notice_json.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/policy/setup_handlers.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/rotations/rotation_watch.hpp"
#include "bot/rotations/swap_handlers.hpp"
#include "bot/threads/question_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

Composed compose_card(HandlerContext& context, const OutboxRow& row)
{
    const auto request = context.obligations.find(row.request);
    if (!request || request->state == RequestState::gathering) return {};
    if (request->card.exists()) {
        // Nothing can be changed in an archived channel; it is drawn when the channel is open again.
        const auto channel = context.conversations.find(request->card.channel);
        if (channel && channel->conversation.is_archived) return {};
        // A card that is the message itself says in the chat what is no longer kept here.
        if (request->is_over() && request->text.empty()) return {};
        return {UpdateMessage{request->card, card_notice(context, *request)}, false, std::nullopt};
    }
    // Called off before anybody saw it: no card is posted only to say so.
    const bool is_moot = request->state == RequestState::closed;
    if (is_moot && !row.in_doubt) return {};
    PostMessage post;
    post.channel = request->subject.channel;
    post.thread = request->thread;
    post.notice = card_notice(context, *request);
    return {post, is_moot, std::nullopt};
}

/// A late delivery must not reach people off hours either: the nudge was due in their working time, and the
/// courier may have waited for the chat since.
bool may_disturb(HandlerContext& context,
                 OutboxKind kind,
                 const UserId& person,
                 const std::vector<ObligationId>& ids)
{
    if (person.empty() || is_mutated(Mutation::ignore_working_hours)) return true;
    if (context.directory.working_hours_of(person).contains(context.now)) return true;
    if (kind == OutboxKind::digest || kind == OutboxKind::read_back_question) return false;
    for (const ObligationId id : ids) {
        const auto request = context.obligations.find(context.obligations.find(id)->request);
        if (context.settings.delivery.of(request->priority).off_hours) return true;
    }
    return false;
}

std::vector<ObligationId> obligations_of(const OutboxRow& row)
{
    std::vector<ObligationId> ids;
    for (const OutboxItem& item : row.items) ids.push_back(item.obligation);
    return ids;
}

Composed compose_items(HandlerContext& context, const OutboxRow& row)
{
    Composed composed;
    std::vector<ObligationId> ids;
    std::vector<OutboxItem> standing;
    for (const OutboxItem& item : row.items) {
        if (still_stands(context, item)) standing.push_back(item);
    }
    const bool has_news = row.kind == OutboxKind::digest && row.payload != "[]";
    const bool has_reason = std::any_of(
        standing.begin(), standing.end(), [](const OutboxItem& item) { return item.step != listed_step; });
    if (!has_reason && !has_news) {
        if (!row.in_doubt) return composed;
        composed.only_look = true;
        standing = row.items;
    }
    for (const OutboxItem& item : standing) ids.push_back(item.obligation);
    PostMessage post;
    post.person = person_of(row.conversation);
    // What somebody did just now they are shown at once, whenever that is.
    const bool waits_for_hours = row.kind != OutboxKind::dead_letter && row.kind != OutboxKind::raised;
    if (!composed.only_look && waits_for_hours && !may_disturb(context, row.kind, post.person, ids)) {
        composed.wait_until =
            context.directory.working_hours_of(post.person).next_working_instant(context.now);
        return composed;
    }
    if (post.person.empty()) post.channel = ChannelId{row.conversation};
    switch (row.kind) {
        case OutboxKind::escalation: post.notice = escalation_notice(context, post.person, ids); break;
        case OutboxKind::dead_letter: post.notice = dead_letter_notice(context, post.person, ids); break;
        case OutboxKind::digest: post.notice = composed_digest(context, row, standing); break;
        case OutboxKind::need_question: post.notice = need_notice(context, ids); break;
        case OutboxKind::read_back_question:
            post.notice = read_back_question_notice(context, post.person, ids);
            break;
        case OutboxKind::said_back: post.notice = said_back_notice(context, ids); break;
        case OutboxKind::question_offer: post.notice = question_offer_notice(context, ids); break;
        case OutboxKind::raised: post.notice = raised_notice(context, ids); break;
        default: post.notice = nudge_notice(context, post.person, ids); break;
    }
    add_question(context, row, post.notice);
    composed.effect = std::move(post);
    return composed;
}

Composed compose_keep_question(HandlerContext& context, const OutboxRow& row)
{
    const auto answer = answer_asked_about(context, row);
    if (!answer && !row.in_doubt) return {};
    PostMessage post;
    post.person = person_of(row.conversation);
    if (answer && !may_disturb(context, row.kind, post.person, {}))
        return {std::nullopt,
                false,
                context.directory.working_hours_of(post.person).next_working_instant(context.now)};
    post.notice = answer ? keep_question_notice(context, *answer) : keep_question_over_notice();
    return {post, !answer, std::nullopt};
}

std::int64_t sent_id_in(const OutboxRow& row)
{
    return parse_whole_number(row.payload).value();
}

std::optional<UpdateMessage> compose_refresh(HandlerContext& context, std::int64_t sent_id)
{
    const auto sent = context.sent_messages.find(sent_id);
    if (!sent) return std::nullopt;
    if (is_being_forgotten(context, sent->person))
        return UpdateMessage{sent->message, forgotten_notice(NoticeKind::nudge)};
    UpdateMessage update{sent->message, {}};
    switch (static_cast<OutboxKind>(sent->kind)) {
        case OutboxKind::escalation:
            update.notice = escalation_notice(context, sent->person, sent->obligations);
            break;
        case OutboxKind::nudge: update.notice = nudge_notice(context, sent->person, sent->obligations); break;
        case OutboxKind::digest: update.notice = refreshed_digest(context, *sent); break;
        case OutboxKind::need_question: update.notice = need_notice(context, sent->obligations); break;
        case OutboxKind::read_back_question:
            update.notice = read_back_question_notice(context, sent->person, sent->obligations);
            break;
        case OutboxKind::said_back: update.notice = said_back_notice(context, sent->obligations); break;
        case OutboxKind::question_offer:
            update.notice = question_offer_notice(context, sent->obligations);
            break;
        case OutboxKind::raised: update.notice = raised_notice(context, sent->obligations); break;
        case OutboxKind::kept_question: update.notice = refreshed_keep_question(context, *sent); break;
        case OutboxKind::swap_offer: update.notice = refreshed_swap(context, *sent); break;
        case OutboxKind::triage: update.notice = refreshed_triage(context, *sent); break;
        default: return std::nullopt;
    }
    add_question(context, *sent, update.notice);
    return update;
}

/// A refresh with the address of the press: "17 https://…".
std::string replacement_payload(std::int64_t sent_id, const std::string& reply_address)
{
    return fmt::format("{} {}", sent_id, reply_address);
}

std::optional<UpdateMessage> compose_replacement(HandlerContext& context, const OutboxRow& row)
{
    const auto space = row.payload.find(' ');
    auto update = compose_refresh(context,
                                  parse_whole_number(std::string_view{row.payload}.substr(0, space)).value());
    if (update) update->reply_address = row.payload.substr(space + 1);
    return update;
}

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
    SentMessage sent;
    sent.message = posted.message;
    sent.person = person_of(row.conversation);
    sent.kind = static_cast<int>(row.kind);
    sent.sent_at = context.now;
    sent.obligations = obligations_of(row);
    if (row.kind == OutboxKind::digest) sent.news = row.payload;
    context.sent_messages.add(sent);
    nudges_delivered(context, row, *context.sent_messages.find(posted.message));
    if (row.kind == OutboxKind::digest) digest_posted(context, *context.sent_messages.find(posted.message));
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
        OutboxRow refresh = refresh_of(*context.sent_messages.find(posted.message), context.now);
        refresh.conversation = row.conversation;
        refresh.request = row.request;
        context.outbox.add(refresh);
    }
    take_early_answers(context, posted.message);
}

}  // namespace

Composed compose_effect(HandlerContext& context, const OutboxRow& row)
{
    switch (row.kind) {
        case OutboxKind::card: return compose_card(context, row);
        case OutboxKind::nudge:
        case OutboxKind::escalation:
        case OutboxKind::dead_letter:
        case OutboxKind::need_question:
        case OutboxKind::read_back_question:
        case OutboxKind::said_back:
        case OutboxKind::question_offer:
        case OutboxKind::raised:
        case OutboxKind::digest: return compose_items(context, row);
        case OutboxKind::for_asker: {
            PostMessage post;
            post.person = person_of(row.conversation);
            post.notice = notice_from_text(row.payload);
            return {post, false, std::nullopt};
        }
        case OutboxKind::welcome_back: {
            const auto absence = context.absences.find(
                AbsenceId{parse_whole_number<std::int64_t>(row.payload).value_or(0)});
            auto notice = absence ? welcome_back_notice(context, *absence) : std::nullopt;
            if (!notice) return {};
            PostMessage post;
            post.person = person_of(row.conversation);
            // Put off until they are at work; they may not want to be disturbed then.
            const WorkingHours hours = context.directory.working_hours_of(post.person);
            if (!hours.contains(context.now))
                return {std::nullopt, false, hours.next_working_instant(context.now)};
            post.notice = std::move(*notice);
            return {post, false, std::nullopt};
        }
        case OutboxKind::reply:
            // Cannot be looked up: in doubt, it is taken as having arrived.
            if (row.in_doubt) return {};
            return {reply_from_payload(row.payload), false, std::nullopt};
        case OutboxKind::refresh: return {compose_refresh(context, sent_id_in(row)), false, std::nullopt};
        case OutboxKind::replace: return {compose_replacement(context, row), false, std::nullopt};
        case OutboxKind::fetch_subject: {
            const auto request = context.obligations.find(row.request);
            if (!request || request->state != RequestState::gathering) return {};
            return {FetchMessage{request->subject, request->thread}, false, std::nullopt};
        }
        case OutboxKind::keep_fetch: return {kept_text_wanted(context, row), false, std::nullopt};
        case OutboxKind::kept_question: return compose_keep_question(context, row);
        case OutboxKind::swap_offer: return compose_swap_offer(context, row);
        case OutboxKind::on_call: return compose_on_call(context, row);
        case OutboxKind::swap_form:
            // As with dialogs.
            if (row.in_doubt) return {};
            return {swap_form_in(context, row), false, std::nullopt};
        case OutboxKind::list_members:
            return {ListChannelMembers{ChannelId{row.payload}}, false, std::nullopt};
        case OutboxKind::read_history:
        case OutboxKind::read_more: return {history_wanted(row), false, std::nullopt};
        case OutboxKind::read_question: return {question_reading(context, row), false, std::nullopt};
        case OutboxKind::dialog:
            // As with answers: what may have been opened is not opened again.
            if (row.in_doubt) return {};
            return {dialog_in(row), false, std::nullopt};
        case OutboxKind::form: {
            if (!row.in_doubt && is_escalate_row(row))
                return {escalate_form_in(context, row), false, std::nullopt};
            if (!row.in_doubt && is_setup_row(row)) return {setup_form_in(context, row), false, std::nullopt};
            if (!row.in_doubt && is_read_back_row(row)) {
                auto opened = read_back_form_in(context, row);
                if (!opened) return {};
                return {std::move(*opened), false, std::nullopt};
            }
            auto form = form_in(context, row);
            if (!form) return {};
            return {std::move(*form), false, std::nullopt};
        }
        case OutboxKind::alert_message: return compose_alert_message(context, row);
        case OutboxKind::alert_line: return compose_alert_line(context, row);
        case OutboxKind::outside: return compose_outside(context, row);
        case OutboxKind::triage: return compose_triage(context, row);
        case OutboxKind::home: {
            auto notice = home_to_draw(context, row);
            if (!notice) return {};
            return {PublishHome{UserId{row.payload}, std::move(*notice)}, false, std::nullopt};
        }
    }
    return {};
}

void replace_pressed(HandlerContext& context, const ActionTaken& taken)
{
    if (taken.reply_address.empty() || taken.on_ephemeral) return;
    const auto sent = context.sent_messages.find(taken.message);
    if (!sent) return;
    OutboxRow row = refresh_of(*sent, context.now);
    context.outbox.drop_like(row);
    row.kind = OutboxKind::replace;
    row.payload = replacement_payload(sent->id, taken.reply_address);
    // Ahead of what waits for that conversation, perhaps because of the limits that this one has not.
    row.not_before = Instant{};
    context.outbox.add(row);
}

void effect_delivered(HandlerContext& context, const OutboxRow& row, const EffectOutcome& outcome)
{
    if (const auto* posted = std::get_if<Posted>(&outcome)) {
        count_message(context, row);
        if (row.kind == OutboxKind::card)
            card_posted(context, row, *posted);
        else if (row.kind == OutboxKind::alert_message)
            alert_message_posted(context, row, *posted);
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
        case OutboxKind::triage:
        case OutboxKind::replace: break;
    }
}

}  // namespace ackd
