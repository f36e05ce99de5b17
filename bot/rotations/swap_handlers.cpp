#include "bot/rotations/swap_handlers.hpp"

#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/effect_outcome.hpp"
#include "bot/delivery/ephemeral_replies.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/delivery/wanted_form.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/rotations/rotation_notices.hpp"
#include "bot/rotations/rotation_table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace ackd {

namespace {

constexpr int due_max = 100;
constexpr std::chrono::days offered_ahead{92};
constexpr std::size_t shifts_offered_max = 20;

/// What of the span is theirs now, in pieces.
std::vector<OnCallShift> pieces_of(HandlerContext& context,
                                   const Rotation& rotation,
                                   const UserId& owner,
                                   const TimeSpan& span)
{
    std::vector<OnCallShift> pieces;
    for (OnCallShift& shift : shifts_of(context, rotation, span)) {
        const auto common = common_span(shift.span, span);
        if (shift.person != owner || !common) continue;
        shift.span = *common;
        pieces.push_back(std::move(shift));
    }
    return pieces;
}

void send_offer(HandlerContext& context, const ShiftSwap& swap)
{
    OutboxRow row;
    row.kind = OutboxKind::swap_offer;
    row.conversation = conversation_of(swap.asked);
    row.payload = std::to_string(swap.id.value);
    row.created_at = context.now;
    row.not_before = context.directory.working_hours_of(swap.asked).next_working_instant(context.now);
    context.outbox.add(row);
}

void record_swap(HandlerContext& context, const UserId& actor, const ShiftSwap& swap, std::string_view fact)
{
    record(context,
           actor,
           RequestId{},
           ObligationId{},
           fact,
           {{"swap", std::to_string(swap.id.value)},
            {"owner", swap.owner},
            {"asked", swap.asked},
            {"from_us", std::to_string(to_microseconds(swap.span.from))},
            {"until_us", std::to_string(to_microseconds(swap.span.until))}});
}

/// It is answered, or over: its message says so.
void settle(
    HandlerContext& context, ShiftSwap& swap, SwapState state, const UserId& actor, std::string_view fact)
{
    swap.state = state;
    swap.nudge_at.reset();
    RotationTable{context.connection}.save(swap);
    record_swap(context, actor, swap, fact);
    if (const auto sent = context.sent_messages.find(swap.sent_id))
        context.outbox.add(refresh_of(*sent, context.now));
}

std::optional<ShiftSwap> swap_in(HandlerContext& context, std::string_view number)
{
    return RotationTable{context.connection}.find(
        SwapId{parse_whole_number<std::int64_t>(number).value_or(0)});
}

/// The offer that was pressed, when who pressed is the one that may and it still stands.
std::optional<ShiftSwap> pressed(HandlerContext& context, const ActionTaken& taken, UserId ShiftSwap::*who)
{
    auto swap = swap_in(context, taken.value);
    if (!swap || (*swap).*who != taken.person || swap->state != SwapState::offered) return std::nullopt;
    return swap->lapses_at > context.now ? swap : std::nullopt;
}

Notice settled_reply()
{
    return plain_reply("That is settled already: nothing was changed.");
}

}  // namespace

Notice offer_shift(HandlerContext& context,
                   const Rotation& rotation,
                   const UserId& owner,
                   const UserId& asked,
                   const TimeSpan& span)
{
    const std::string name = context.directory.name_of(asked);
    if (asked == owner) return plain_reply("It is yours already.");
    if (!may_be_asked(context.directory.find(asked), Addressed::by_name))
        return plain_reply(fmt::format("{} cannot be asked: the account is not active.", name));
    const auto pieces = pieces_of(context, rotation, owner, span);
    if (pieces.empty())
        return plain_reply(fmt::format("You have no shift of {} then: {}. /oncall {} tells when you are on.",
                                       rotation.name,
                                       shift_words(context, owner, span),
                                       rotation.name));
    for (const Absence& absence : context.absences.ahead_of(asked)) {
        if (!common_span(absence.span, {pieces.front().span.from, pieces.back().span.until})) continue;
        return plain_reply(
            fmt::format("{} is out then, {}.", name, span_words(context, owner, absence.span)));
    }
    RotationTable table{context.connection};
    ShiftSwap swap = offered_swap(
        rotation.name, owner, asked, {pieces.front().span.from, pieces.back().span.until}, context.now);
    for (const ShiftSwap& other : table.open_of(rotation.name)) {
        if (other.owner != owner || !common_span(other.span, swap.span)) continue;
        Notice notice = plain_reply(
            fmt::format("{} is asked about that already.", context.directory.name_of(other.asked)));
        notice.sections.front().actions.push_back(
            button(action::withdraw_offer, "Take that back", std::to_string(other.id.value)));
        return notice;
    }
    table.insert(swap);
    record_swap(context, owner, swap, "swap_offered");
    send_offer(context, swap);
    context.upkeep.rotations_at = context.now;
    return swap_offered_reply(context, swap);
}

std::optional<Notice> accept_shift(HandlerContext& context, const ActionTaken& taken)
{
    auto swap = pressed(context, taken, &ShiftSwap::asked);
    const Rotation* rotation = swap ? find_rotation(context.settings.rotations, swap->rotation) : nullptr;
    if (rotation == nullptr) return settled_reply();
    const auto pieces = pieces_of(
        context, *rotation, swap->owner, {std::max(swap->span.from, context.now), swap->span.until});
    if (pieces.empty()) {
        settle(context, *swap, SwapState::lapsed, bot_actor, "swap_lapsed");
        return plain_reply(fmt::format("It is not {}'s shift any more: nothing was changed.",
                                       context.directory.name_of(swap->owner)));
    }
    RotationTable table{context.connection};
    for (const OnCallShift& piece : pieces) {
        ShiftOverride made;
        made.rotation = rotation->name;
        made.span = piece.span;
        made.person = swap->asked;
        made.instead_of = piece.turn_of;
        made.source = OverrideSource::swapped;
        made.made_by = swap->owner;
        made.made_at = context.now;
        table.insert(made);
    }
    settle(context, *swap, SwapState::accepted, taken.person, "swap_accepted");
    tell(context, swap->owner, Request{}, swap_outcome_notice(context, *swap));
    rotation_changed(context, *rotation);
    replace_pressed(context, taken);
    return std::nullopt;
}

std::optional<Notice> decline_shift(HandlerContext& context, const ActionTaken& taken)
{
    auto swap = pressed(context, taken, &ShiftSwap::asked);
    if (!swap) return settled_reply();
    settle(context, *swap, SwapState::declined, taken.person, "swap_declined");
    tell(context, swap->owner, Request{}, swap_outcome_notice(context, *swap));
    replace_pressed(context, taken);
    return std::nullopt;
}

Notice withdraw_offer(HandlerContext& context, const ActionTaken& taken)
{
    auto swap = pressed(context, taken, &ShiftSwap::owner);
    if (!swap) return settled_reply();
    settle(context, *swap, SwapState::withdrawn, taken.person, "swap_withdrawn");
    return plain_reply(fmt::format(
        "Taken back: {} stays with you, {}.", swap->rotation, shift_words(context, swap->owner, swap->span)));
}

void open_swap_form(HandlerContext& context, const ActionTaken& taken)
{
    want_form(context, taken, "rotation", OutboxKind::swap_form);
}

OpenForm swap_form_in(HandlerContext& context, const OutboxRow& row)
{
    const auto payload = nlohmann::json::parse(row.payload);
    const UserId person{payload.at("person").get<std::string>()};
    const auto name = payload.at("rotation").get<std::string>();
    Form form;
    form.name = swap_form_name;
    form.title = "Offer a shift";
    form.submit_label = "Ask";
    nlohmann::json about = payload;
    about.erase("trigger");
    form.context = about.dump();
    form.introduction.push_back(small_line("It stays yours until the other says yes. You hear either way."));
    FormField shift{.name = "shift", .kind = FieldKind::choice, .label = "Which one"};
    for (const ShiftOfPerson& each : shifts_ahead_of(context, person, offered_ahead)) {
        if (each.rotation->name != name || shift.choices.size() == shifts_offered_max) continue;
        shift.choices.push_back({span_words(context, person, each.shift.span),
                                 fmt::format("{} {}",
                                             to_microseconds(each.shift.span.from),
                                             to_microseconds(each.shift.span.until))});
    }
    if (shift.choices.empty()) shift.choices.push_back({"None ahead", "0 0"});
    shift.initial.push_back(shift.choices.front().value);
    form.fields.push_back(std::move(shift));
    form.fields.push_back({.name = "person", .kind = FieldKind::people, .label = "Who could be on instead"});
    return OpenForm{payload.at("trigger").get<std::string>(), std::move(form)};
}

InputAnswer take_swap_form(HandlerContext& context, const FormSubmitted& submitted)
{
    const auto about = nlohmann::json::parse(submitted.context);
    const Rotation* rotation = find_rotation(context.settings.rotations,
                                             about.at("rotation").get<std::string>());
    const auto people = ids_of<UserId>(submitted.values.of("person"));
    const auto chosen = submitted.values.of("shift").chosen;
    if (rotation == nullptr) return FormProblems{{"shift", "This rotation is gone from the policy."}};
    if (people.size() != 1) return FormProblems{{"person", "One person is asked at a time."}};
    const std::string value = chosen.empty() ? "" : chosen.front();
    const auto space = value.find(' ');
    const auto from = parse_whole_number<std::int64_t>(value.substr(0, space));
    const auto until = space == std::string::npos ? std::nullopt
                                                  : parse_whole_number<std::int64_t>(value.substr(space + 1));
    if (!from || !until || from_microseconds(*until) <= context.now)
        return FormProblems{{"shift", "That is past, or none of yours."}};
    EphemeralReply reply;
    reply.channel = ChannelId{about.at("channel").get<std::string>()};
    reply.person = submitted.person;
    reply.reply_address = about.at("reply_address").get<std::string>();
    const TimeSpan span{from_microseconds(*from), from_microseconds(*until)};
    reply.notice = offer_shift(context, *rotation, submitted.person, people.front(), span);
    answer_alone(context, reply);
    return {};
}

void take_due_swaps(HandlerContext& context)
{
    RotationTable table{context.connection};
    for (ShiftSwap& swap : table.due(context.now, due_max)) {
        if (swap.lapses_at <= context.now) {
            settle(context, swap, SwapState::lapsed, bot_actor, "swap_lapsed");
            tell(context, swap.owner, Request{}, swap_outcome_notice(context, swap));
            continue;
        }
        swap.nudge_at.reset();
        table.save(swap);
        // Only who has the question before them is asked once more.
        if (swap.sent_id != 0) send_offer(context, swap);
    }
}

Composed compose_swap_offer(HandlerContext& context, const OutboxRow& row)
{
    const auto swap = swap_in(context, row.payload);
    const bool is_open = swap && swap->state == SwapState::offered;
    if (!is_open && !row.in_doubt) return {};
    const UserId person = person_of(row.conversation);
    const WorkingHours hours = context.directory.working_hours_of(person);
    if (is_open && !hours.contains(context.now))
        return {std::nullopt, false, hours.next_working_instant(context.now)};
    PostMessage post;
    post.person = person;
    post.notice = swap ? swap_notice(context, *swap) : settled_reply();
    return {post, !is_open, std::nullopt};
}

void swap_posted(HandlerContext& context, const OutboxRow& row, const Posted& posted)
{
    const SentMessage sent = keep_sent(context, row, posted);
    auto swap = swap_in(context, row.payload);
    if (!swap) return;
    const std::int64_t before = std::exchange(swap->sent_id, sent.id);
    RotationTable{context.connection}.save(*swap);
    // Asked once more: what they have from the first time says so no longer.
    if (const auto earlier = context.sent_messages.find(before))
        context.outbox.add(refresh_of(*earlier, context.now));
    if (swap->state != SwapState::offered || posted.adopted)
        context.outbox.add(refresh_of(sent, context.now));
}

void swap_undeliverable(HandlerContext& context, const OutboxRow& row)
{
    auto swap = swap_in(context, row.payload);
    if (!swap || swap->state != SwapState::offered) return;
    settle(context, *swap, SwapState::lapsed, bot_actor, "swap_lapsed");
    tell(context, swap->owner, Request{}, swap_outcome_notice(context, *swap));
}

Notice refreshed_swap(HandlerContext& context, const SentMessage& sent)
{
    const auto swap = RotationTable{context.connection}.find_by_message(sent.id);
    return swap ? swap_notice(context, *swap) : plain_reply("This was asked again, or is over.");
}

}  // namespace ackd
