// A source that is muted: what it says is kept, and told when the mute is over.
#include "bot/alerts/alert_handlers.hpp"
#include "bot/alerts/alert_table.hpp"

namespace ackd {

void mute_source(HandlerContext& context, const AlertSource& source, Instant until, const UserId& person)
{
    const AlertTable table{context.connection};
    HeardSource heard = table.source(source.name);
    const Instant from = heard.is_muted() ? heard.mute->from : context.now;
    heard.mute = AlertMute{from, until, person};
    heard.is_mute_over = false;
    table.save(heard);
    record(context,
           person,
           RequestId{},
           ObligationId{},
           "source_muted",
           {{"source", source.name}, {"until_us", std::to_string(to_microseconds(until))}});
    add_line(context, source.channel, AlertLine::muted, source.name);
}

void end_mute(HandlerContext& context, const AlertSource& source, HeardSource heard, const UserId& person)
{
    const AlertTable table{context.connection};
    AlertMute mute = heard.mute.value();
    mute.until = context.now;
    const auto groups = table.muted(source.name);
    // Without anything to tell it with, the next message tells it.
    heard.is_mute_over = groups.empty();
    heard.mute = groups.empty() ? std::optional{mute} : std::nullopt;
    table.save(heard);
    record(context, person, RequestId{}, ObligationId{}, "source_unmuted", {{"source", source.name}});
    for (const AlertGroup& before : groups) {
        AlertGroup after = before;
        after.mute = mute;
        turn_group(context,
                   source,
                   before,
                   std::move(after),
                   before.there() > 0 ? AlertGroupEvent::unmuted : AlertGroupEvent::unmuted_over);
    }
    if (person != bot_actor && groups.empty())
        add_line(context, source.channel, AlertLine::heard, source.name);
}

}  // namespace ackd
