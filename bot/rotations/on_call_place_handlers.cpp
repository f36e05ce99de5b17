#include "bot/rotations/on_call_place_handlers.hpp"

#include "bot/interruptions/digest_handlers.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/rotations/on_call_place_table.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/rotations/rotation_notices.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace ackd {

namespace {

/// At the very first start people are listed page by page: who is not listed yet has no name. Who is not by
/// then is not there.
constexpr std::chrono::minutes listed_within{10};
constexpr std::chrono::seconds looked_again_after{10};

void write_place(HandlerContext& context, const OnCallPlace& place)
{
    OutboxRow row;
    row.kind = place.kind == OnCallPlaceKind::topic ? OutboxKind::on_call_topic : OutboxKind::on_call_group;
    row.conversation = conversation_of_place(place.id);
    row.payload = nlohmann::json{{"rotation", place.rotation}, {"place", place.id}}.dump();
    row.created_at = row.not_before = context.now;
    context.outbox.add(row);
}

OnCallPlace place_in(const OutboxRow& row)
{
    const auto payload = nlohmann::json::parse(row.payload);
    OnCallPlace place;
    place.rotation = payload.at("rotation").get<std::string>();
    place.kind = row.kind == OutboxKind::on_call_topic ? OnCallPlaceKind::topic : OnCallPlaceKind::group;
    place.id = payload.at("place").get<std::string>();
    return place;
}

/// Nothing: the policy does not name it, or not any more.
const Rotation* rotation_that_names(HandlerContext& context, const OnCallPlace& place)
{
    const Rotation* rotation = find_rotation(context.settings.rotations, place.rotation);
    if (rotation == nullptr) return nullptr;
    const auto places = places_of(*rotation);
    return std::find(places.begin(), places.end(), place) == places.end() ? nullptr : rotation;
}

}  // namespace

void show_on_call(HandlerContext& context, const Rotation& rotation)
{
    for (const OnCallPlace& place : places_of(rotation)) write_place(context, place);
}

void look_after_places(HandlerContext& context)
{
    const OnCallPlaceTable table{context.connection};
    const auto known = table.all();
    for (const KnownPlace& each : known) {
        const bool is_named = rotation_that_names(context, each.place) != nullptr;
        if (!is_named) table.remove(each.place);
        if (!is_named || each.is_refused) write_place(context, each.place);
    }
    for (const Rotation& rotation : context.settings.rotations) {
        for (const OnCallPlace& place : places_of(rotation)) {
            const bool is_known = std::any_of(
                known.begin(), known.end(), [&](const KnownPlace& each) { return each.place == place; });
            if (is_known) continue;
            table.add(place);
            write_place(context, place);
        }
    }
}

Composed compose_on_call_place(HandlerContext& context, const OutboxRow& row)
{
    const OnCallPlace place = place_in(row);
    const Rotation* rotation = rotation_that_names(context, place);
    std::vector<UserId> on;
    if (rotation != nullptr) on = people_on_call(context, rotation->name, context.now);
    const bool all_known = std::all_of(on.begin(), on.end(), [&](const UserId& person) {
        return context.directory.find(person).has_value();
    });
    if (!all_known && context.now < row.created_at + listed_within)
        return {std::nullopt, false, context.now + looked_again_after};
    std::erase_if(on, [&](const UserId& person) {
        const auto member = context.directory.find(person);
        return !member || !is_present(member);
    });
    if (place.kind == OnCallPlaceKind::group) {
        if (on.empty()) return {};
        return {SetGroupMembers{GroupId{place.id}, std::move(on)}, false, std::nullopt};
    }
    std::vector<std::string> names;
    for (const UserId& person : on) names.push_back(context.directory.name_of(person));
    SetTopicPart set{ChannelId{place.id}, no_on_call_part(place.rotation)};
    if (rotation != nullptr) set.part = on_call_part(place.rotation, names);
    return {std::move(set), false, std::nullopt};
}

void place_shown(HandlerContext& context, const OutboxRow& row)
{
    OnCallPlaceTable{context.connection}.set_refused(place_in(row), false);
}

void place_refused(HandlerContext& context, const OutboxRow& row, const Fault& fault)
{
    const OnCallPlace place = place_in(row);
    const Rotation* rotation = rotation_that_names(context, place);
    if (rotation == nullptr || !OnCallPlaceTable{context.connection}.set_refused(place, true)) return;
    const bool is_topic = place.kind == OnCallPlaceKind::topic;
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "on_call_not_shown",
           {{"place", is_topic ? "topic" : "group"},
            {"channel", is_topic ? ChannelId{place.id} : ChannelId{}},
            {"reason", storage::code_in(fault.detail)}});
    const Notice notice = place_refused_notice(context, place, fault.kind);
    for (const UserId& lead : leads_of(context, *rotation)) put_into_digest(context, lead, notice);
}

}  // namespace ackd
