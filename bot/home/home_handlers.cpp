#include "bot/home/home_handlers.hpp"

#include "bot/interruptions/digest_handlers.hpp"
#include "bot/notice_json.hpp"
#include "bot/privacy/forget_handlers.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace ackd {

namespace {

/// Who has not looked for so long looks no more; when they come back, they open it.
constexpr std::chrono::days kept_current_for{7};

OutboxRow redraw_of(HandlerContext& context, const UserId& person, OutboxLane lane)
{
    OutboxRow row;
    row.kind = OutboxKind::home;
    row.lane = lane;
    row.conversation = "home:" + person.value;
    row.payload = person.value;
    row.created_at = row.not_before = context.now;
    return row;
}

std::string digest_of(const Notice& notice)
{
    return fmt::format("{:x}", std::hash<std::string>{}(to_text(notice)));
}

}  // namespace

void home_opened(HandlerContext& context, const UserId& person)
{
    context.homes.open(person, context.now);
    // Whatever was drawn may have been lost (a reinstallation): an opened home is always drawn.
    context.homes.set_drawn(person, "");
    const OutboxRow row = redraw_of(context, person, OutboxLane::interactive);
    context.outbox.drop_like(row);
    context.outbox.add(row);
}

void redraw_home(HandlerContext& context, const UserId& person)
{
    if (person.empty() || person == bot_actor) return;
    redraw_digest(context, person);
    if (!context.homes.is_open_since(person, context.now - kept_current_for)) return;
    context.outbox.add(redraw_of(context, person, OutboxLane::ordinary));
}

void redraw_homes(HandlerContext& context,
                  const Request& request,
                  const Obligation& before,
                  const Obligation& after)
{
    redraw_home(context, request.creditor);
    redraw_home(context, after.debtor);
    if (before.holder != after.debtor) redraw_home(context, before.holder);
    if (after.holder != after.debtor && after.holder != before.holder) redraw_home(context, after.holder);
    if (before.state != ObligationState::escalated && after.state != ObligationState::escalated) return;
    for (const UserId& person : context.obligations.called_people(after.id)) redraw_home(context, person);
}

std::optional<Notice> home_to_draw(HandlerContext& context, const OutboxRow& row)
{
    const UserId person{row.payload};
    Notice notice = is_being_forgotten(context, person) ? forgotten_notice(NoticeKind::home)
                                                        : home_notice(context, person);
    const std::string digest = digest_of(notice);
    if (row.attempts == 0 && context.homes.drawn(person) == digest) return std::nullopt;
    context.homes.set_drawn(person, digest);
    return notice;
}

void show_dialog(HandlerContext& context,
                 const UserId& person,
                 const std::string& trigger,
                 const Notice& notice)
{
    if (trigger.empty()) return;
    OutboxRow row;
    row.kind = OutboxKind::dialog;
    row.lane = OutboxLane::interactive;
    row.conversation = screen_of(person);
    row.payload = nlohmann::json{{"trigger", trigger}, {"notice", to_text(notice)}}.dump();
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

OpenDialog dialog_in(const OutboxRow& row)
{
    const auto json = nlohmann::json::parse(row.payload);
    return OpenDialog{json.at("trigger").get<std::string>(),
                      notice_from_text(json.at("notice").get<std::string>())};
}

}  // namespace ackd
