#include "bot/delivery/effect_composer.hpp"

#include "bot/alerts/alert_handlers.hpp"
#include "bot/answers/kept_answer_handlers.hpp"
#include "bot/answers/kept_answer_notices.hpp"
#include "bot/capacity/capacity_handlers.hpp"
#include "bot/catch_up/catch_up_handlers.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/ask_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/drift/drift_handlers.hpp"
#include "bot/engine/mutation.hpp"
#include "bot/escalation/escalate_command.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/escalation/triage_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/interruptions/nudge_samples.hpp"
#include "bot/notice_json.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/policy/setup_handlers.hpp"
#include "bot/privacy/forget_handlers.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/retro/retro_handlers.hpp"
#include "bot/rotations/on_call_place_handlers.hpp"
#include "bot/rotations/rotation_watch.hpp"
#include "bot/rotations/swap_handlers.hpp"
#include "bot/threads/question_handlers.hpp"
#include "bot/wip/wip_handlers.hpp"

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

/// When they may be disturbed. A late delivery must not reach people off hours either: the nudge was due when
/// it could, and the courier may have waited for the chat since.
Instant may_disturb_from(HandlerContext& context,
                         OutboxKind kind,
                         const UserId& person,
                         const std::vector<ObligationId>& ids)
{
    if (person.empty() || is_mutated(Mutation::ignore_working_hours)) return context.now;
    const WorkingHours hours = context.directory.working_hours_of(person);
    Instant from = hours.next_working_instant(context.now);
    if (kind == OutboxKind::digest || kind == OutboxKind::read_back_question) return from;
    for (const ObligationId id : ids) {
        if (from == context.now) break;
        const auto request = context.obligations.find(context.obligations.find(id)->request);
        from = std::min(from, next_reachable_instant(off_hours_of(context, *request), hours, context.now));
    }
    return from;
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
    if (!composed.only_look && waits_for_hours) {
        const Instant from = may_disturb_from(context, row.kind, post.person, ids);
        if (from > context.now) {
            composed.wait_until = from;
            return composed;
        }
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
    const Instant from = may_disturb_from(context, row.kind, post.person, {});
    if (answer && from > context.now) return {std::nullopt, false, from};
    post.notice = answer ? keep_question_notice(context, *answer) : keep_question_over_notice();
    return {post, !answer, std::nullopt};
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

}  // namespace

std::vector<ObligationId> obligations_of(const OutboxRow& row)
{
    std::vector<ObligationId> ids;
    for (const OutboxItem& item : row.items) ids.push_back(item.obligation);
    return ids;
}

std::int64_t sent_id_in(const OutboxRow& row)
{
    return parse_whole_number(row.payload).value();
}

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
            if (!row.in_doubt && is_make_room_row(row))
                return {make_room_form_in(context, row), false, std::nullopt};
            if (!row.in_doubt && is_let_in_row(row))
                return {let_in_form_in(context, row), false, std::nullopt};
            if (!row.in_doubt && is_resync_row(row))
                return {resync_form_in(context, row), false, std::nullopt};
            if (!row.in_doubt && is_difference_row(row))
                return {difference_form_in(context, row), false, std::nullopt};
            if (!row.in_doubt && is_retro_row(row)) return {retro_form_in(context, row), false, std::nullopt};
            if (!row.in_doubt && is_drift_row(row)) return {drift_form_in(context, row), false, std::nullopt};
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
        case OutboxKind::capacity: return compose_capacity_message(context, row);
        case OutboxKind::resync: return compose_resync_message(context, row);
        case OutboxKind::divergence: return compose_divergence_message(context, row);
        case OutboxKind::retro: return compose_retro_message(context, row);
        case OutboxKind::drift: return compose_drift_message(context, row);
        case OutboxKind::alert_line: return compose_alert_line(context, row);
        case OutboxKind::outside: return compose_outside(context, row);
        case OutboxKind::triage: return compose_triage(context, row);
        case OutboxKind::on_call_topic:
        case OutboxKind::on_call_group: return compose_on_call_place(context, row);
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

}  // namespace ackd
