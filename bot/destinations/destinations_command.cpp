#include "bot/delivery/action_names.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/people/roles.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <fmt/format.h>

namespace ackd {

namespace {

constexpr int sent_again_max = 100;

/// The path of an address may be a secret, as many webhooks' are: where it is goes without it.
std::string place_of(const Destination& destination)
{
    if (destination.kind == DestinationKind::mail) return destination.address;
    const auto url = boost::urls::parse_uri(destination.address);
    return url ? std::string{url->encoded_host()} : "";
}

std::string standing_of(HandlerContext& context, const DestinationState& state, const UserId& reader)
{
    if (state.failing_since)
        return fmt::format(
            "takes nothing since {}: {}", your_time(context, reader, *state.failing_since), state.reason);
    if (state.told_at) return fmt::format("took the last on {}", your_time(context, reader, *state.told_at));
    return "was told nothing yet";
}

Section section_of(HandlerContext& context, const Destination& destination, const UserId& reader)
{
    const DestinationTable table{context.connection};
    const DestinationState state = table.state_of(destination.name);
    const std::int64_t undelivered = table.count_undelivered_to(destination.name);
    Section section;
    section.lines.push_back(plain_line(
        RichText{Strong{destination.name},
                 Words{fmt::format(" · {} · {}", name_of(destination.kind), place_of(destination))}}));
    std::string standing = standing_of(context, state, reader);
    if (undelivered > 0) standing += fmt::format(" · {} not delivered", undelivered);
    section.lines.push_back(small_line(std::move(standing)));
    section.actions.push_back(button(action::test_destination, "Send a test", destination.name));
    if (undelivered > 0)
        section.actions.push_back(
            button(action::send_again, "Send again what was not delivered", destination.name));
    return section;
}

bool may_change(HandlerContext& context, const UserId& person)
{
    return may(context.settings, context.directory, person, Permission::change_policy);
}

Notice refused(HandlerContext& context)
{
    return plain_reply(refusal_words(context.settings, context.directory, Permission::change_policy));
}

}  // namespace

Notice destinations_reply(HandlerContext& context, const UserId& person)
{
    if (!may_change(context, person)) return refused(context);
    Notice notice = plain_reply("Destinations");
    notice.sections.front().lines = {plain_line(RichText{Strong{"Destinations"}})};
    if (context.settings.destinations.empty()) {
        notice.sections.front().lines.push_back(plain_line(
            "Nobody is told anything outside the chat. The policy says who would be: [[destination]]."));
    }
    for (const Destination& destination : context.settings.destinations)
        notice.sections.push_back(section_of(context, destination, person));
    return notice;
}

bool is_destination_action(const ActionTaken& taken)
{
    return taken.name == action::test_destination || taken.name == action::send_again;
}

Notice take_destination_action(HandlerContext& context, const ActionTaken& taken)
{
    if (!may_change(context, taken.person)) return refused(context);
    if (find_destination(context.settings.destinations, taken.value) == nullptr)
        return plain_reply(fmt::format("The policy has no destination {} any more.", taken.value));
    if (taken.name == action::test_destination) {
        test_destination(context, taken.value, taken.person);
        return plain_reply(
            fmt::format("{} is told a test. What comes of it, you read in a moment.", taken.value));
    }
    const DestinationTable table{context.connection};
    int count = 0;
    for (const Undelivered& undelivered : table.undelivered_to(taken.value, sent_again_max)) {
        if (send_again(context.outbox, table, context.settings, undelivered.id, context.now)) ++count;
    }
    record(context,
           taken.person,
           RequestId{},
           ObligationId{},
           "sent_again",
           {{"to", taken.value}, {"count", std::to_string(count)}});
    if (count == 0) return plain_reply("Everything was delivered.");
    return plain_reply(count == 1
                           ? "It is sent again, unless it is overtaken."
                           : fmt::format("{} are sent again, but for those that are overtaken.", count));
}

}  // namespace ackd
