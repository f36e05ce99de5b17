#include "bot/cadence/policy_eras.hpp"

#include "bot/kept_instant.hpp"
#include "bot/policy/policy_table.hpp"
#include "bot/policy/policy_text.hpp"

#include <algorithm>

namespace ackd {

namespace {

constexpr std::string_view looked_at = "cadences_looked_at_us";
/// So many changes are looked back at: each is read whole.
constexpr std::size_t eras_max = 100;

PolicyEra era_of(HandlerContext& context, Policy policy, Instant until)
{
    WorkingDays working_days = working_days_of(policy.hours, policy.holidays, context.settings.calendars);
    return {std::move(policy), std::move(working_days), until};
}

}  // namespace

std::vector<PolicyEra> policy_eras(HandlerContext& context)
{
    std::vector<PolicyEra> newest_first;
    newest_first.push_back(era_of(context, static_cast<const Policy&>(context.settings), context.now));
    const auto since = kept_instant(context.connection, looked_at);
    const PolicyTable policies{context.connection};
    auto version = since ? policies.newest() : std::nullopt;
    while (version && version->applied_at >= *since && newest_first.size() < eras_max) {
        // Another process wrote it, by another clock.
        const Instant until = std::min(version->applied_at, newest_first.back().until);
        // Before the first one the defaults held.
        auto before = policies.find(version->version - 1);
        PolicyReading reading;
        if (before) reading = read_policy(before->text);
        if (!reading.problems.empty()) break;
        newest_first.push_back(era_of(context, std::move(reading.document.policy), until));
        version = std::move(before);
    }
    return {newest_first.rbegin(), newest_first.rend()};
}

void note_look(HandlerContext& context)
{
    keep_instant(context.connection, looked_at, context.now);
}

}  // namespace ackd
