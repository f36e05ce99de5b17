#include "bot/policy/policy_watch.hpp"

#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/obligation_handlers.hpp"
#include "bot/kept_instant.hpp"
#include "bot/people/roles.hpp"
#include "bot/policy/policy_lint.hpp"

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ackd {

namespace {

using namespace std::chrono_literals;

constexpr auto hour_of_look = 3h;
constexpr std::size_t findings_told_max = 20;

/// The first 3:00 after that.
Instant next_three_o_clock(Instant at)
{
    const auto midnight = std::chrono::floor<std::chrono::days>(at);
    const Instant today = midnight + hour_of_look;
    return at < today ? today : today + 24h;
}

std::set<std::string> findings_told(storage::Connection& connection)
{
    std::set<std::string> told;
    storage::Statement rows = connection.prepare("SELECT finding FROM policy_findings");
    while (rows.step()) told.insert(rows.column_string(0));
    return told;
}

constexpr std::string_view looked_at = "policy_looked_at_us";

void keep_findings(storage::Connection& connection, const std::set<std::string>& findings, Instant now)
{
    connection.prepare("DELETE FROM policy_findings").run();
    storage::Statement insert = connection.prepare("INSERT INTO policy_findings (finding) VALUES ($1)");
    for (const std::string& finding : findings) insert.bind_all(finding).run();
    keep_instant(connection, looked_at, now);
}

Notice holes_notice(const std::vector<std::string>& holes)
{
    Notice notice = plain_reply(holes.size() == 1 ? "The policy has a hole that was not there before:"
                                                  : "The policy has holes that were not there before:");
    auto& lines = notice.sections.front().lines;
    for (const std::string& hole : holes) {
        if (lines.size() <= findings_told_max) lines.push_back(plain_line(hole));
    }
    if (holes.size() > findings_told_max)
        lines.push_back(small_line(fmt::format("… and {} more", holes.size() - findings_told_max)));
    lines.push_back(small_line(RichText{Words{"To mend it: "}, Code{"/ackd setup"}}));
    return notice;
}

}  // namespace

Instant next_policy_look(storage::Connection& connection, Instant now)
{
    return next_three_o_clock(kept_instant(connection, looked_at).value_or(now));
}

void look_through_policy(HandlerContext& context)
{
    const std::set<std::string> told = findings_told(context.connection);
    const std::vector<UserId> admins = people_with(Role::admin, context.settings, context.directory);
    std::set<std::string> present;
    std::vector<std::string> fresh;
    const PolicyGround ground = ground_of(context.settings, context.directory, context.connection);
    for (const PolicyFinding& finding : lint_policy(context.settings, ground)) {
        const std::string text = to_text(finding);
        if (!told.contains(text) && !admins.empty()) fresh.push_back(text);
        // What nobody could be told is told once there is somebody.
        if (!admins.empty() || told.contains(text)) present.insert(text);
    }
    keep_findings(context.connection, present, context.now);
    if (fresh.empty()) return;
    const Notice notice = holes_notice(fresh);
    for (const UserId& admin : admins) tell(context, admin, Request{}, notice);
}

}  // namespace ackd
