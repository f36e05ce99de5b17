// What people do about alerts, on their message: take them, or say that they are over.
#include "bot/alerts/alert_handlers.hpp"
#include "bot/alerts/alert_table.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/action_names.hpp"
#include "bot/delivery/answer_handlers.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/escalation/raise.hpp"
#include "bot/people/eligibility.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// Whoever speaks up in the channel counts as called in.
std::optional<Part> part_to_take(HandlerContext& context, const Request& request, const UserId& person)
{
    Part part = part_in(context, request, person);
    if (part.obligation && is_waiting(part.obligation->state)) return part;
    for (const Obligation& obligation : context.obligations.of_request(request.id)) {
        if (!is_waiting(obligation.state)) continue;
        context.obligations.add_call(obligation.id, obligation.step, person);
        return part_of(context, obligation.id, person);
    }
    return std::nullopt;
}

void answer_as(HandlerContext& context, std::optional<Part> part, ObligationEvent event, const UserId& person)
{
    static_cast<void>(answer(context,
                             std::move(part),
                             {event, context.now, person, AckWay::button, EndCause::none, std::nullopt},
                             Told::no));
}

std::optional<Notice> take(HandlerContext& context, AlertGroup group, const UserId& person)
{
    const auto request = live_request(context, group);
    const auto takers = request ? takers_of(context, *request) : std::vector<UserId>{};
    const bool has_it = std::find(takers.begin(), takers.end(), person) != takers.end();
    if (group.taken_by == person || has_it) return plain_reply("You have it.");
    auto part = request ? part_to_take(context, *request, person) : std::nullopt;
    // Where more than one is needed, somebody is asked beside whoever has it.
    if (!group.taken_by.empty() && !part) {
        return plain_reply(fmt::format("✅ {} has it already. Nothing for you to do; thank you.",
                                       context.directory.name_of(group.taken_by)));
    }
    // Of what was raised, the ack gives the group to them (follow_alerts).
    if (part) {
        answer_as(context, std::move(part), ObligationEvent::acked, person);
        group = AlertTable{context.connection}.find(group.id).value();
    }
    if (group.taken_by.empty()) give_group(context, group, person);
    return std::nullopt;
}

std::optional<Notice> resolve(HandlerContext& context, AlertGroup group, const UserId& person)
{
    const AlertTable table{context.connection};
    if (const auto request = live_request(context, group)) {
        Part part = part_in(context, *request, person);
        if (part.obligation && !is_final(part.obligation->state))
            answer_as(context, std::move(part), ObligationEvent::done, person);
        group = table.find(group.id).value();
    }
    // Whoever was asked, and is not who did it, is stood down with that.
    if (group.there() > 0) resolve_group(context, group, person);
    group = table.find(group.id).value();
    redraw_alerts(context, group, RedrawPace::at_once);
    return std::nullopt;
}

}  // namespace

bool is_alert_action(const ActionTaken& taken)
{
    return taken.name == action::take_alerts || taken.name == action::resolve_alerts;
}

std::optional<Notice> take_alert_action(HandlerContext& context, const ActionTaken& taken)
{
    const bool is_group = taken.value.starts_with('g');
    const auto number = is_group ? parse_whole_number<std::int64_t>(std::string_view{taken.value}.substr(1))
                                 : std::nullopt;
    const auto group = AlertTable{context.connection}.find(AlertGroupId{number.value_or(0)});
    if (!group) return plain_reply("I do not know these alerts any more.");
    if (!may_start(context.directory.find(taken.person)))
        return plain_reply("Only people of this workspace can do that.");
    if (group->there() == 0) {
        redraw_alerts(context, *group, RedrawPace::at_once);
        return plain_reply("This is over already.");
    }
    return taken.name == action::take_alerts ? take(context, *group, taken.person)
                                             : resolve(context, *group, taken.person);
}

}  // namespace ackd
