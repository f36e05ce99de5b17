#include "bot/catch_up/outage.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/private_message.hpp"
#include "bot/kept_instant.hpp"
#include "bot/people/local_time.hpp"
#include "bot/people/roles.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view alive_at = "alive_at";
constexpr std::string_view deaf_since = "deaf_since";
constexpr std::string_view deaf_until = "deaf_until";
constexpr std::string_view last_outage_from = "last_outage_from";

/// What fell due in an outage is asked as soon as what was said meanwhile has been read.
constexpr Duration told_of_within = 5min;

/// Written no more often: it is looked at in minutes.
constexpr Duration noted_every = 1min;
constexpr std::size_t told_max = 5;

void note_outage(storage::Connection& connection, Instant from, Instant until)
{
    // Several before anybody was told are one.
    if (kept_instant(connection, deaf_since).value_or(Instant{}) == Instant{})
        keep_instant(connection, deaf_since, from);
    keep_instant(connection, last_outage_from, from);
    keep_instant(connection, deaf_until, until);
}

Notice outage_notice(
    HandlerContext& context, const UserId& reader, Instant from, Instant until, const CatchUpStand& stand)
{
    Notice notice;
    notice.kind = NoticeKind::for_asker;
    notice.summary = "ackd was deaf for a while";
    Section& section = notice.sections.emplace_back();
    section.lines.push_back(plain_line(fmt::format("I was deaf for {}: from {} to {}.",
                                                   elapsed_text(until - from),
                                                   your_time(context, reader, from),
                                                   your_time(context, reader, until))));
    section.lines.push_back(small_line(
        stand.recovered == 0
            ? "I have read what was said meanwhile: nothing of it concerned me. What fell due is asked once."
            : fmt::format(
                  "I have read what was said meanwhile: {} of it concerned me, and counts. What fell due is "
                  "asked once.",
                  stand.recovered)));
    return notice;
}

}  // namespace

std::optional<TimeSpan> last_outage(storage::Connection& connection)
{
    const auto from = kept_instant(connection, last_outage_from);
    const auto until = kept_instant(connection, deaf_until);
    return from && until && *from < *until ? std::optional{TimeSpan{*from, *until}} : std::nullopt;
}

std::string outage_words(HandlerContext& context,
                         const UserId& reader,
                         const Request& request,
                         const Obligation& obligation)
{
    const auto outage = last_outage(context.connection);
    const auto asked_at = obligation.nudged_at;
    if (!outage || !asked_at || request.asked_at > outage->from) return "";
    if (*asked_at < outage->until || *asked_at - outage->until > told_of_within) return "";
    return fmt::format("I was deaf from {} to {}: what fell due meanwhile is asked once, now.",
                       your_time(context, reader, outage->from),
                       your_time(context, reader, outage->until));
}

void note_start(storage::Connection& connection, Instant now)
{
    const auto last = kept_instant(connection, alive_at);
    if (last && now - *last >= outage_least) note_outage(connection, *last, now);
    keep_instant(connection, alive_at, now);
}

void note_alive(HandlerContext& context)
{
    const auto last = kept_instant(context.connection, alive_at);
    if (last && context.now - *last < noted_every) return;
    keep_instant(context.connection, alive_at, context.now);
}

void tell_of_outage(HandlerContext& context, const CatchUpStand& stand)
{
    const Instant from = kept_instant(context.connection, deaf_since).value_or(Instant{});
    const auto until = kept_instant(context.connection, deaf_until);
    if (from == Instant{} || !until) return;
    keep_instant(context.connection, deaf_since, Instant{});
    record(context,
           bot_actor,
           RequestId{},
           ObligationId{},
           "was_deaf",
           {{"from_us", std::to_string(to_microseconds(from))},
            {"until_us", std::to_string(to_microseconds(*until))}});
    std::vector<UserId> admins = people_with(Role::admin, context.settings, context.directory);
    if (admins.size() > told_max) admins.resize(told_max);
    for (const UserId& admin : admins) {
        context.outbox.add(
            private_message_at_work(context, admin, outage_notice(context, admin, from, *until, stand)));
    }
}

}  // namespace ackd
