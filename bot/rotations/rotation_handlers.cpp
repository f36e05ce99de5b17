#include "bot/rotations/rotation_handlers.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/people/absence_phrase.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/roles.hpp"
#include "bot/rotations/on_call_place_handlers.hpp"
#include "bot/rotations/rotation_calendar.hpp"
#include "bot/rotations/rotation_notices.hpp"
#include "bot/rotations/rotation_table.hpp"
#include "bot/rotations/rotation_watch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

bool contains(const std::vector<UserId>& people, const UserId& person)
{
    return std::find(people.begin(), people.end(), person) != people.end();
}

bool leads(HandlerContext& context, const Rotation& rotation, const UserId& person)
{
    return contains(rotation.leads, person) ||
           may(context.settings, context.directory, person, Permission::change_policy);
}

/// Who belongs to a rotation may take its shifts, and write for who comes on.
bool belongs_to(HandlerContext& context, const Rotation& rotation, const UserId& person)
{
    return contains(people_of(rotation), person) || leads(context, rotation, person);
}

std::vector<UserId> people_in(const std::vector<OnCallShift>& shifts)
{
    std::vector<UserId> people;
    for (const OnCallShift& shift : shifts) {
        if (!contains(people, shift.person)) people.push_back(shift.person);
    }
    return people;
}

void record_override(HandlerContext& context,
                     const UserId& actor,
                     const ShiftOverride& made,
                     std::string_view fact)
{
    record(context,
           actor,
           RequestId{},
           ObligationId{},
           fact,
           {{"override", std::to_string(made.id.value)},
            {"person", made.person},
            {"from_us", std::to_string(to_microseconds(made.span.from))},
            {"until_us", std::to_string(to_microseconds(made.span.until))}});
}

}  // namespace

std::vector<OnCallShift> shifts_of(HandlerContext& context, const Rotation& rotation, const TimeSpan& span)
{
    const auto overrides = RotationTable{context.connection}.overrides_of(rotation.name);
    return shifts_between({rotation, context.settings.default_zone, overrides}, span);
}

std::vector<UserId> people_on_call(HandlerContext& context, const std::string& rotation, Instant at)
{
    const Rotation* found = find_rotation(context.settings.rotations, rotation);
    if (found == nullptr) return {};
    return people_in(shifts_of(context, *found, {at, at + Duration{1}}));
}

CalendarFeed calendar_feed(HandlerContext& context, const Rotation& rotation)
{
    const auto shifts = shifts_of(context, rotation, {context.now - feed_back, context.now + feed_ahead});
    const PersonName name_of = [&](const UserId& person) { return context.directory.name_of(person); };
    return {calendar_of(rotation.name, shifts, name_of, context.now),
            calendar_version_of(rotation.name, shifts, name_of)};
}

std::vector<ShiftOfPerson> shifts_ahead_of(HandlerContext& context, const UserId& person, Duration ahead)
{
    std::vector<ShiftOfPerson> shifts;
    for (const Rotation& rotation : context.settings.rotations) {
        for (OnCallShift& shift : shifts_of(context, rotation, {context.now, context.now + ahead})) {
            if (shift.person == person) shifts.push_back({&rotation, std::move(shift)});
        }
    }
    std::stable_sort(shifts.begin(), shifts.end(), [](const ShiftOfPerson& a, const ShiftOfPerson& b) {
        return a.shift.span.from < b.shift.span.from;
    });
    return shifts;
}

Notice take_shift(HandlerContext& context,
                  const Rotation& rotation,
                  const UserId& person,
                  std::optional<Instant> until)
{
    RotationTable table{context.connection};
    if (!belongs_to(context, rotation, person) || !is_present(context.directory.find(person)))
        return not_of_rotation_reply(context, rotation);
    const auto overrides = table.overrides_of(rotation.name);
    const RotationPlan plan{rotation, context.settings.default_zone, overrides};
    const auto on = shifts_at(plan, context.now);
    const std::vector<UserId> relieved = people_in(on);
    if (!until && on.empty())
        return plain_reply(fmt::format("Nobody is on in {} now. To take it all the same, say until when: "
                                       "/oncall take {} until 18:00",
                                       rotation.name,
                                       rotation.name));
    if (!until) until = taken_until(plan, on.front(), context.now);
    if (*until <= context.now || *until > context.now + absence_length_max)
        return plain_reply("Until when? It lies ahead, and within a year: /oncall take " + rotation.name +
                           " until 18:00");
    ShiftOverride made;
    made.rotation = rotation.name;
    made.span = {context.now, *until};
    made.person = made.made_by = person;
    made.made_at = context.now;
    const bool has_it = std::all_of(on.begin(), on.end(), [&](const OnCallShift& shift) {
        return shift.person == person && shift.span.until >= *until;
    });
    if (!on.empty() && has_it)
        return plain_reply(fmt::format("You are on in {} already, until {}.",
                                       rotation.name,
                                       your_time(context, person, on.front().span.until)));
    if (table.count_ahead(rotation.name, context.now) >= overrides_ahead_max)
        return plain_reply(fmt::format("{} has more changes ahead than ackd keeps. A lead can take some "
                                       "back.",
                                       rotation.name));
    // What was to be told until now is told; of this change whom it concerns hears here.
    look_after_rotations(context);
    table.insert(made);
    record_override(context, person, made, "shift_taken");
    for (const UserId& other : relieved) {
        if (other != person) tell(context, other, Request{}, relieved_notice(context, made, other));
    }
    rotation_changed(context, rotation);
    return taken_reply(context, made, relieved);
}

Notice give_back_shift(HandlerContext& context, OverrideId id, const UserId& person)
{
    RotationTable table{context.connection};
    const auto made = table.find(id);
    const Rotation* rotation = made ? find_rotation(context.settings.rotations, made->rotation) : nullptr;
    if (rotation == nullptr || made->span.until <= context.now)
        return plain_reply("That is over already: nothing was changed.");
    const auto planned = planned_shifts(
        *rotation, context.settings.default_zone, {context.now, made->span.until});
    const bool is_theirs = std::any_of(
        planned.begin(), planned.end(), [&](const OnCallShift& shift) { return shift.turn_of == person; });
    if (made->person != person && made->made_by != person && !is_theirs && !leads(context, *rotation, person))
        return plain_reply("Only who took it, whose turn it is, and leads can undo this.");
    look_after_rotations(context);
    table.end(*made, context.now);
    record_override(context, person, *made, "shift_given_back");
    const auto on = people_on_call(context, rotation->name, context.now);
    std::vector<UserId> told = on;
    if (!contains(told, made->person)) told.push_back(made->person);
    for (const UserId& other : told) {
        if (other != person) tell(context, other, Request{}, given_back_notice(context, *made, person, on));
    }
    rotation_changed(context, *rotation);
    return plain_reply(fmt::format(
        "Undone. On now in {}: {}.", rotation->name, on.empty() ? "nobody" : joined_names(context, on)));
}

Notice leave_note(HandlerContext& context,
                  const Rotation& rotation,
                  const UserId& person,
                  const std::string& text)
{
    if (!belongs_to(context, rotation, person)) return not_of_rotation_reply(context, rotation);
    RotationTable table{context.connection};
    HandOverNote note{person, shortened(text, hand_over_note_max), context.now};
    table.save_note(rotation.name, note);
    record(context, person, RequestId{}, ObligationId{}, "hand_over_note_left");
    return plain_reply(
        fmt::format("Noted for who comes on next in {}. Another one takes its place.", rotation.name));
}

std::vector<UserId> leads_of(HandlerContext& context, const Rotation& rotation)
{
    std::vector<UserId> people = rotation.leads;
    std::erase_if(people, [&](const UserId& person) { return !is_present(context.directory.find(person)); });
    return people.empty() ? people_with(Role::admin, context.settings, context.directory) : people;
}

void rotation_changed(HandlerContext& context, const Rotation& rotation)
{
    context.upkeep.rotations_at = context.now;
    for (const UserId& person : people_of(rotation)) redraw_home(context, person);
    show_on_call(context, rotation);
}

}  // namespace ackd
