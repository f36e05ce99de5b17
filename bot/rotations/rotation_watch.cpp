#include "bot/rotations/rotation_watch.hpp"

#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/digest_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/rotations/on_call_place_handlers.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/rotations/rotation_notices.hpp"
#include "bot/rotations/rotation_table.hpp"
#include "bot/rotations/swap_handlers.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace ackd {

namespace {

/// Who was on before is looked for that far back: hours may leave out a week-end.
constexpr std::chrono::days looked_back{8};
/// At the very first start, which lists the people within moments.
constexpr std::chrono::seconds looked_again_after{10};
/// Longer than any shift: who is gone misses the whole of it, whenever it is looked at.
constexpr std::chrono::days seen_whole{40'000};

/// Whether somebody else was on before, in the same part; with hours the same people come on every day.
bool is_hand_over(const std::vector<OnCallShift>& shifts, const OnCallShift& shift)
{
    const OnCallShift* before = nullptr;
    for (const OnCallShift& other : shifts) {
        if (other.part == shift.part && other.span.from < shift.span.from) before = &other;
    }
    return before == nullptr || before->person != shift.person;
}

void tell_on_call(HandlerContext& context, const Rotation& rotation, const OnCallShift& shift)
{
    OutboxRow row;
    row.kind = OutboxKind::on_call;
    row.conversation = conversation_of(shift.person);
    row.payload = nlohmann::json{{"rotation", rotation.name}, {"person", shift.person.value}}.dump();
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "came_on_call",
           {{"person", shift.person},
            {"from_us", std::to_string(to_microseconds(shift.span.from))},
            {"until_us", std::to_string(to_microseconds(shift.span.until))}});
}

/// Of the hand-overs since the last look, those that still hold: after a pause only who is on now is told.
/// Gives when the next shift begins or ends.
Instant hand_over(HandlerContext& context, const Rotation& rotation)
{
    RotationTable table{context.connection};
    const auto told_until = table.told_until(rotation.name);
    const auto overrides = table.overrides_of(rotation.name);
    const RotationPlan plan{rotation, context.settings.default_zone, overrides};
    Instant next = context.now + looked_every;
    const auto shifts = shifts_between(plan, {context.now - looked_back, next});
    const auto is_new = [&](Instant edge) {
        return edge <= context.now && (!told_until || edge > *told_until);
    };
    std::set<UserId> changed;
    for (const OnCallShift& shift : shifts) {
        for (const Instant edge : {shift.span.from, shift.span.until}) {
            if (edge > context.now) next = std::min(next, edge);
        }
        if (is_new(shift.span.from) || is_new(shift.span.until)) changed.insert(shift.person);
        const bool is_on = shift.span.from <= context.now && context.now < shift.span.until;
        if (!is_on || !is_new(shift.span.from)) continue;
        if (!told_until || is_hand_over(shifts, shift)) tell_on_call(context, rotation, shift);
    }
    for (const UserId& person : changed) redraw_home(context, person);
    if (!changed.empty()) show_on_call(context, rotation);
    table.set_told_until(rotation.name, context.now);
    return next;
}

std::vector<Unavailable> unavailable_in(HandlerContext& context,
                                        const std::vector<RotationOutlook>& outlooks,
                                        const TimeSpan& ahead)
{
    std::set<UserId> people;
    for (const RotationOutlook& outlook : outlooks) {
        for (const OnCallShift& shift : outlook.shifts) people.insert(shift.person);
    }
    std::vector<Unavailable> unavailable;
    for (const UserId& person : people) {
        if (!is_present(context.directory.find(person))) {
            unavailable.push_back({person, {ahead.from - seen_whole, ahead.until + seen_whole}, true});
            continue;
        }
        for (const Absence& absence : context.absences.ahead_of(person))
            unavailable.push_back({person, absence.span, false});
    }
    return unavailable;
}

void tell_finding(HandlerContext& context, const RotationFinding& finding)
{
    std::vector<UserId> told;
    const auto add = [&](const UserId& person) {
        if (std::find(told.begin(), told.end(), person) == told.end()) told.push_back(person);
    };
    if (!finding.person.empty() && is_present(context.directory.find(finding.person))) add(finding.person);
    for (const std::string& name : {finding.rotation, finding.other}) {
        const Rotation* rotation = find_rotation(context.settings.rotations, name);
        if (rotation == nullptr) continue;
        for (const UserId& lead : leads_of(context, *rotation)) add(lead);
    }
    for (const UserId& person : told)
        put_into_digest(context, person, finding_notice(context, finding, person));
}

void look_ahead(HandlerContext& context)
{
    const TimeSpan ahead{context.now, context.now + looked_ahead};
    std::vector<RotationOutlook> outlooks;
    for (const Rotation& rotation : context.settings.rotations) {
        const auto overrides = RotationTable{context.connection}.overrides_of(rotation.name);
        const RotationPlan plan{rotation, context.settings.default_zone, overrides};
        outlooks.push_back({rotation.name, shifts_between(plan, ahead), {}});
        // Whole: a gap is known by its beginning and its length. Hours come again within a week.
        for (const TimeSpan& gap : gaps_between(plan, {ahead.from - looked_back, ahead.until + looked_back}))
        {
            if (common_span(gap, ahead)) outlooks.back().gaps.push_back(gap);
        }
    }
    RotationTable table{context.connection};
    for (const RotationFinding& finding :
         find_ahead(outlooks, unavailable_in(context, outlooks, ahead), ahead)) {
        if (table.is_news(finding, context.now)) tell_finding(context, finding);
    }
}

/// Until the chat has listed its people, nobody's name, time zone and working hours are known.
bool knows_people(HandlerContext& context)
{
    storage::Statement row = context.connection.prepare("SELECT 1 FROM members LIMIT 1");
    return row.step();
}

}  // namespace

void look_after_rotations(HandlerContext& context)
{
    if (!knows_people(context)) {
        context.upkeep.rotations_at = context.now + looked_again_after;
        return;
    }
    take_due_swaps(context);
    std::optional<Instant> next = RotationTable{context.connection}.earliest_due();
    if (!context.settings.rotations.empty()) {
        for (const Rotation& rotation : context.settings.rotations) {
            const Instant of_rotation = hand_over(context, rotation);
            next = next ? std::min(*next, of_rotation) : of_rotation;
        }
        look_ahead(context);
    }
    look_after_places(context);
    context.upkeep.rotations_at = next;
}

Composed compose_on_call(HandlerContext& context, const OutboxRow& row)
{
    const auto payload = nlohmann::json::parse(row.payload);
    const UserId person{payload.at("person").get<std::string>()};
    const auto name = payload.at("rotation").get<std::string>();
    const Rotation* rotation = find_rotation(context.settings.rotations, name);
    std::vector<OnCallShift> on;
    if (rotation != nullptr) on = shifts_of(context, *rotation, {context.now, context.now + Duration{1}});
    const auto shift = std::find_if(
        on.begin(), on.end(), [&](const OnCallShift& each) { return each.person == person; });
    const bool is_over = shift == on.end();
    if (is_over && !row.in_doubt) return {};
    const WorkingHours hours = context.directory.working_hours_of(person);
    if (!is_over && !rotation->off_hours && !hours.contains(context.now))
        return {std::nullopt, false, hours.next_working_instant(context.now)};
    PostMessage post;
    post.person = person;
    post.notice = is_over ? on_call_over_notice(name) : on_call_notice(context, name, *shift);
    return {post, is_over, std::nullopt};
}

}  // namespace ackd
