// What ackd costs, in words: to somebody about their own week, to leads and admins about five people or more
// on average.
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/interruptions/interruption_budget.hpp"
#include "bot/interruptions/rule_handlers.hpp"
#include "bot/interruptions/tax_handlers.hpp"
#include "bot/people/roles.hpp"
#include "bot/privacy/team_figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace ackd {

namespace {

constexpr std::size_t teams_max = 10;
constexpr std::size_t quiet_rules_max = 10;

std::string counted(long number, const char* one, const char* many)
{
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

/// "9 messages · 4 interruptions · 12 taps asked for, 10 made".
std::string counts_words(long messages, long interruptions, long asked, long made)
{
    return fmt::format("{} · {} · {} asked for, {} made",
                       counted(messages, "message", "messages"),
                       counted(interruptions, "interruption", "interruptions"),
                       counted(asked, "tap", "taps"),
                       made);
}

std::string minutes_words(double minutes)
{
    return minutes < 1 ? "under a minute" : "about " + counted(std::lround(minutes), "minute", "minutes");
}

/// The priority that most of the messages of the last seven days were about; nothing: they were about none.
std::optional<Priority> most_of_it(HandlerContext& context, const UserId& person)
{
    storage::Statement row = context.connection.prepare(
        R"(SELECT priority
            FROM sent_messages JOIN sent_items ON sent_id = sent_messages.id
                JOIN obligations ON obligations.id = obligation_id JOIN requests ON requests.id = request_id
            WHERE person = $1 AND sent_at_us > $2
            GROUP BY priority
            ORDER BY count(*) DESC, priority
            LIMIT 1)");
    row.bind_all(person.value, to_microseconds(context.now - std::chrono::days{7}));
    return row.step() ? std::optional{static_cast<Priority>(row.column_int(0))} : std::nullopt;
}

Section own_section(HandlerContext& context, const UserId& person)
{
    const Tax tax = tax_of(context, person);
    const double minutes = minutes_of(tax.messages, tax.taps_asked);
    Section section;
    section.lines.push_back(plain_line(RichText{Strong{"What ackd cost you in the last seven days"}}));
    section.lines.push_back(
        plain_line(counts_words(tax.messages, tax.interruptions, tax.taps_asked, tax.taps_made)));
    section.lines.push_back(
        plain_line(fmt::format("An estimate: {}, at {} seconds for a message and {} for a tap asked for.",
                               minutes_words(minutes),
                               seconds_for_a_message,
                               seconds_for_a_tap)));
    section.lines.push_back(
        small_line("Only you see this. What it costs to come back to what you were doing is not in it."));
    if (minutes <= tax_minutes_max) return section;
    std::string proposal = fmt::format("That is more than {} minutes.", tax_minutes_max);
    if (const auto priority = most_of_it(context, person))
        proposal += fmt::format(" Most of it was about what was asked for {}.", priority_words(*priority));
    section.lines.push_back(plain_line(proposal + " To have less of it:"));
    section.actions.push_back(telling_menu("Tell me …"));
    return section;
}

std::set<UserId> members_of(HandlerContext& context, const Team& team)
{
    std::set<UserId> members{team.members.begin(), team.members.end()};
    for (const GroupId& id : team.groups) {
        if (const auto group = context.directory.find_group(id))
            members.insert(group->members.begin(), group->members.end());
    }
    return members;
}

TaxTable::Sum sum_of(HandlerContext& context, const Team& team)
{
    TaxTable::Sum sum;
    for (const UserId& member : members_of(context, team)) {
        const Tax tax = tax_of(context, member);
        if (tax == Tax{}) continue;
        ++sum.people;
        sum.tax.messages += tax.messages;
        sum.tax.interruptions += tax.interruptions;
        sum.tax.taps_asked += tax.taps_asked;
        sum.tax.taps_made += tax.taps_made;
    }
    return sum;
}

/// Over the limit, what could be switched off, by whom.
void add_proposal(HandlerContext& context, const UserId& person, Section& section)
{
    const auto costliest = costliest_rule(context);
    if (!costliest) return;
    section.lines.push_back(
        plain_line(fmt::format("That is more than {} minutes. {} sends the most: {} in seven days.",
                               tax_minutes_max,
                               words_of(costliest->rule),
                               counted(costliest->messages, "message", "messages"))));
    if (may(context.settings, context.directory, person, Permission::change_policy))
        section.actions.push_back(
            button(action::rule_to_digest, "Move it to the digest", to_text(costliest->rule)));
    else
        section.lines.push_back(
            small_line(refusal_words(context.settings, context.directory, Permission::change_policy)));
}

/// Whole numbers: from averages of overlapping groups nobody's part can be reckoned back.
Section average_section(HandlerContext& context,
                        const UserId& person,
                        const std::string& of_whom,
                        const TaxTable::Sum& sum)
{
    Section section;
    const auto average = [&](double value) {
        return TeamFigure::of(value / static_cast<double>(std::max<std::size_t>(sum.people, 1)), sum.people);
    };
    const auto minutes = average(minutes_of(sum.tax.messages, sum.tax.taps_asked));
    if (!minutes) {
        section.lines.push_back(plain_line(RichText{Strong{of_whom}}));
        section.lines.push_back(
            small_line("No figure: fewer than five people were sent or asked anything in seven days."));
        return section;
    }
    section.lines.push_back(plain_line(
        RichText{Strong{fmt::format("{}: a person's week, on average of {}", of_whom, sum.people)}}));
    section.lines.push_back(
        plain_line(fmt::format("{} · {}",
                               counts_words(std::lround(average(sum.tax.messages)->value()),
                                            std::lround(average(sum.tax.interruptions)->value()),
                                            std::lround(average(sum.tax.taps_asked)->value()),
                                            std::lround(average(sum.tax.taps_made)->value())),
                               minutes_words(minutes->value()))));
    if (minutes->value() > tax_minutes_max) add_proposal(context, person, section);
    return section;
}

/// Rules that an admin or their figures have made quiet, with the way back.
void add_quiet_rules(HandlerContext& context, Notice& notice)
{
    std::size_t shown = 0;
    for (const auto& [name, standing] : context.nudge_rules.standings()) {
        const auto rule = nudge_rule_from_text(name);
        const RuleState state = state_in_force(standing, context.settings.rules_retire);
        if (!rule || state == RuleState::on || !has_rule(context.settings.delivery, *rule)) continue;
        if (shown++ == quiet_rules_max) return;
        Section& section = notice.sections.emplace_back();
        section.lines.push_back(plain_line(fmt::format(
            "{} {}.", words_of(*rule), state == RuleState::off ? "is off" : "comes with digests alone")));
        section.actions.push_back(button(action::keep_rule, "As it was", name));
    }
}

}  // namespace

std::string tax_line(HandlerContext& context, const UserId& person)
{
    const Tax tax = tax_of(context, person);
    if (tax.messages + tax.taps_asked == 0) return "";
    return fmt::format("In the last seven days: {}, {} asked for, {}.",
                       counted(tax.messages, "message", "messages"),
                       counted(tax.taps_asked, "tap", "taps"),
                       minutes_words(minutes_of(tax.messages, tax.taps_asked)));
}

Notice tax_reply(HandlerContext& context, const UserId& person)
{
    Notice notice = plain_reply("What ackd cost you in the last seven days");
    notice.sections = {own_section(context, person)};
    std::size_t shown = 0;
    const bool is_admin = may(context.settings, context.directory, person, Permission::see_team_cost);
    const TaxTable::Sum everybody = TaxTable{context.connection}.sum_since(
        std::chrono::floor<std::chrono::days>(context.now).time_since_epoch().count() - 7);
    for (const Team& team : context.settings.teams) {
        if (!may(context.settings, context.directory, person, Permission::see_team_cost, &team)) continue;
        if (shown++ == teams_max) break;
        TaxTable::Sum sum = sum_of(context, team);
        // Who sees both could take the one from the other, and what is left must be of five people as well.
        const std::size_t others = everybody.people - std::min(everybody.people, sum.people);
        if (is_admin && others > 0 && others < team_figure_people_min) sum = {};
        notice.sections.push_back(average_section(context, person, "Team " + team.name, sum));
    }
    if (!is_admin) return notice;
    notice.sections.push_back(average_section(context, person, "Workspace", everybody));
    add_quiet_rules(context, notice);
    return notice;
}

}  // namespace ackd
