#include "bot/policy/policy_lint.hpp"

#include "bot/cadence/occurrences.hpp"
#include "bot/catch_up/conversation_table.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/people/local_time.hpp"
#include "bot/retro/retro_rules.hpp"
#include "bot/rotations/rotation_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ackd {

namespace {

std::string counted_people(std::size_t count)
{
    return count == 0 ? "nobody" : count == 1 ? "one person" : fmt::format("{} people", count);
}

/// Who a step asks, and who it was meant to ask.
struct StepReach {
    std::set<UserId> people;
    std::set<UserId> meant;
    /// A channel, a destination, or a group whose members are not known yet.
    bool reaches_others = false;
    /// Named here, and in an earlier step as well.
    bool repeats = false;
};

class Linter {
public:
    Linter(const Policy& policy, const PolicyGround& ground) : policy_(policy), ground_(ground) {}

    std::vector<PolicyFinding> look()
    {
        people("roles · admins", policy_.admins);
        people("roles · auditors", policy_.auditors);
        const bool somebody_is_admin = std::any_of(
            policy_.admins.begin(), policy_.admins.end(), [this](const UserId& id) { return is_here(id); });
        if (!policy_.admins.empty() && !somebody_is_admin)
            hole("roles · admins", "all of them are gone", "nobody in the chat could change the policy");
        if (!policy_.dead_letter_owner.empty()) {
            person("escalation · dead letter owner", policy_.dead_letter_owner);
            if (!is_here(policy_.dead_letter_owner)) {
                hole("escalation · dead letter owner",
                     fmt::format("{} is gone", called(policy_.dead_letter_owner)),
                     "what nobody answered would be told to nobody");
            }
        }
        if (!policy_.triage_rotation.empty() &&
            find_rotation(policy_.rotations, policy_.triage_rotation) == nullptr) {
            hole("escalation · triage",
                 fmt::format("there is no rotation \"{}\"", policy_.triage_rotation),
                 "dead letters would be looked through by who owns them");
        }
        for (const Team& team : policy_.teams) team_of(team);
        for (const WatchedChannel& watched : policy_.channels) channel_of(watched);
        for (const Rotation& rotation : policy_.rotations) rotation_of(rotation);
        for (const AlertSource& source : policy_.sources) source_of(source);
        for (const CapacityContract& contract : policy_.capacity) capacity_of(contract);
        for (const WipLimit& limit : policy_.wip) wip_of(limit);
        for (const Resync& resync : policy_.resyncs) resync_of(resync);
        for (const Retro& retro : policy_.retros) retro_of(retro);
        for (const auto& [name, route] : policy_.routes) route_of(route);
        return std::move(findings_);
    }

private:
    void hole(std::string subject, std::string what, std::string cost)
    {
        findings_.push_back({PolicyFlaw::hole, std::move(subject), std::move(what), std::move(cost), part_});
    }
    void unknown(const std::string& subject, std::string_view kind, const std::string& id)
    {
        const auto near = nearest_word(id, ground_.known_ids);
        findings_.push_back({PolicyFlaw::unknown,
                             subject,
                             fmt::format("this workspace has no {} \"{}\"{}",
                                         kind,
                                         id,
                                         near ? fmt::format("; did you mean \"{}\"?", *near) : ""),
                             "",
                             part_});
    }
    void unknown_route(const std::string& subject, const std::string& route)
    {
        std::vector<std::string> names;
        for (const auto& [name, each] : policy_.routes) names.push_back(name);
        const auto near = nearest_word(route, names);
        findings_.push_back({PolicyFlaw::unknown,
                             subject,
                             fmt::format("there is no route \"{}\"{}",
                                         route,
                                         near ? fmt::format("; did you mean \"{}\"?", *near) : ""),
                             "",
                             part_});
    }
    [[nodiscard]] const Member* member_of(const UserId& id) const
    {
        const auto found = ground_.members.find(id);
        return found == ground_.members.end() ? nullptr : &found->second;
    }
    /// Who is not known to be gone counts as being there.
    [[nodiscard]] bool is_here(const UserId& id) const
    {
        const Member* member = member_of(id);
        return member == nullptr ? !ground_.knows_people : !member->deactivated;
    }
    [[nodiscard]] std::string called(const UserId& id) const
    {
        const Member* member = member_of(id);
        return member == nullptr || member->name.empty() ? id.value : member->name;
    }

    void person(const std::string& subject, const UserId& id)
    {
        if (ground_.knows_people && member_of(id) == nullptr) unknown(subject, "member", id.value);
    }
    void people(const std::string& subject, const std::vector<UserId>& ids)
    {
        for (const UserId& id : ids) person(subject, id);
    }
    void group(const std::string& subject, const GroupId& id)
    {
        if (ground_.knows_groups && !ground_.groups.contains(id)) unknown(subject, "user group", id.value);
    }

    void team_of(const Team& team)
    {
        const std::string subject = part_ = "team " + team.name;
        people(subject + " · members", team.members);
        people(subject + " · leads", team.leads);
        for (const GroupId& id : team.groups) group(subject + " · groups", id);
        const bool is_led = std::any_of(
            team.leads.begin(), team.leads.end(), [this](const UserId& id) { return is_here(id); });
        if (!is_led)
            hole(subject,
                 team.leads.empty() ? "has no lead" : "all its leads are gone",
                 "only admins could change it");
        for (const UserId& id : team.leads) {
            if (is_led && !is_here(id)) hole(subject + " · leads", fmt::format("{} is gone", called(id)), "");
        }
    }

    [[nodiscard]] std::string called(const ChannelId& id) const
    {
        const auto found = ground_.channels.find(id);
        const bool has_name = found != ground_.channels.end() && !found->second.name.empty();
        return has_name ? "#" + found->second.name : id.value;
    }

    enum class ChannelReach { open, not_in_it, archived };
    /// What is not known counts as open.
    [[nodiscard]] ChannelReach reach_of(const ChannelId& id) const
    {
        const auto conversation = ground_.channels.find(id);
        if (conversation == ground_.channels.end())
            return ground_.knows_channels ? ChannelReach::not_in_it : ChannelReach::open;
        return conversation->second.is_archived ? ChannelReach::archived : ChannelReach::open;
    }

    void source_of(const AlertSource& source)
    {
        const std::string subject = part_ = "source " + source.name;
        if (!source.work_of.empty()) {
            if (!has_team(source.work_of))
                hole(subject + " · work of",
                     fmt::format("there is no team \"{}\"", source.work_of),
                     "nobody would see what is in progress");
            return;
        }
        const ChannelReach channel = reach_of(source.channel);
        if (channel != ChannelReach::open) {
            hole(subject + " · channel",
                 channel == ChannelReach::archived ? fmt::format("{} is archived", called(source.channel))
                                                   : fmt::format("ackd is not in {}", called(source.channel)),
                 "its alerts would be shown nowhere");
        }
        if (!source.answers_to.empty() &&
            find_destination(policy_.destinations, source.answers_to) == nullptr)
            hole(subject + " · answers to",
                 fmt::format("there is no destination \"{}\"", source.answers_to),
                 "nobody there would hear what people do with its alerts");
        const bool takes_default = source.route.empty() || source.route == policy_.default_route;
        const std::string& route = takes_default ? policy_.default_route : source.route;
        if (policy_.routes.contains(route)) return;
        if (!takes_default)
            unknown_route(subject + " · route", route);
        else if (source.priority != Priority::fyi)
            hole(subject + " · route",
                 fmt::format("there is no route \"{}\"", route),
                 "nobody would be asked, and each of its alerts would be given up");
    }

    [[nodiscard]] bool has_team(const std::string& name) const
    {
        return std::any_of(
            policy_.teams.begin(), policy_.teams.end(), [&](const Team& team) { return team.name == name; });
    }

    void wip_of(const WipLimit& limit)
    {
        const std::string subject = part_ = "wip " + limit.team;
        if (!has_team(limit.team))
            hole(subject, fmt::format("there is no team \"{}\"", limit.team), "it would limit nothing");
    }

    /// By the days of the week alone: what a year's holidays leave is seen in `/resync`.
    [[nodiscard]] std::string problem_of_days(const Cadence& cadence) const
    {
        const WorkingDays days = working_days_of(policy_.hours, {}, {});
        const Instant any_year{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
        return problem_of_working_days({cadence, days, policy_.default_zone}, any_year);
    }

    void resync_of(const Resync& resync)
    {
        const std::string subject = part_ = "resync " + resync.name;
        for (const std::string& name : resync.teams) {
            const auto team = std::find_if(policy_.teams.begin(), policy_.teams.end(), [&](const Team& each) {
                return each.name == name;
            });
            const std::string part = subject + " · " + name;
            if (team == policy_.teams.end())
                hole(part, fmt::format("there is no team \"{}\"", name), "nobody would be asked for it");
            else if (std::none_of(team->leads.begin(), team->leads.end(), [this](const UserId& id) {
                         return is_here(id);
                     }))
                hole(part, "it has no lead", "nobody would be asked for it");
        }
        if (const std::string wrong = problem_of_days(resync.cadence); !wrong.empty())
            hole(subject + " · every", wrong, "nobody would be asked");
        if (reach_of(resync.channel) == ChannelReach::not_in_it)
            hole(subject + " · channel", "ackd is not in it", "what teams say would be posted nowhere");
        else if (reach_of(resync.channel) == ChannelReach::archived)
            hole(subject + " · channel", "is archived", "what teams say would be posted nowhere");
        if (!resync.route.empty() && !policy_.routes.contains(resync.route))
            unknown_route(subject + " · route", resync.route);
    }

    /// Likewise by the days of the week; over four months, since days of a month are not equally far apart.
    [[nodiscard]] bool begins_before_it_closes(const Retro& retro) const
    {
        const std::chrono::local_days new_year{std::chrono::year{2026} / 1 / 1};
        const auto first_day = std::max(retro.cadence.starts.value_or(new_year), new_year);
        const Instant from{std::chrono::sys_days{first_day.time_since_epoch()}};
        const WorkingDays days = working_days_of(policy_.hours, {}, {});
        WorkCalendar calendar;
        calendar.week = policy_.hours;
        const WorkingHours hours{retro.cadence.zone, policy_.default_zone, calendar};
        const auto all = occurrences_between({retro.cadence, days, policy_.default_zone},
                                             {from, from + std::chrono::days{120}});
        const auto too_soon = [&](const Occurrence& one, const Occurrence& next) {
            return closes_at(hours, one.at, retro.open_for) >= next.at;
        };
        return std::adjacent_find(all.begin(), all.end(), too_soon) != all.end();
    }

    void retro_of(const Retro& retro)
    {
        const std::string subject = part_ = "retro " + retro.name;
        people(subject + " · facilitators", retro.facilitators);
        const auto team = std::find_if(policy_.teams.begin(), policy_.teams.end(), [&](const Team& each) {
            return each.name == retro.team;
        });
        if (team == policy_.teams.end())
            return hole(subject, fmt::format("there is no team \"{}\"", retro.team), "nobody would be asked");
        if (team->members.empty() && team->groups.empty())
            hole(subject, fmt::format("{} has no members", retro.team), "nobody would be asked");
        if (begins_before_it_closes(retro))
            hole(subject + " · every",
                 "the next one comes before the one before has closed and been talked about",
                 "it would be left out, or end the other at once");
        const ChannelId& channel = retro.channel.empty() ? team->channel : retro.channel;
        if (channel.empty())
            hole(subject + " · channel",
                 fmt::format("neither it nor {} has one", retro.team),
                 "whoever facilitates would have its message, and nothing could be taken on");
        else if (reach_of(channel) == ChannelReach::not_in_it)
            hole(subject + " · channel", "ackd is not in it", "whoever facilitates would have its message");
        else if (reach_of(channel) == ChannelReach::archived)
            hole(subject + " · channel", "is archived", "whoever facilitates would have its message");
    }

    void capacity_of(const CapacityContract& contract)
    {
        const std::string subject = part_ = "capacity " + contract.team;
        if (!has_team(contract.team))
            hole(subject, fmt::format("there is no team \"{}\"", contract.team), "nobody could say it");
        for (const CapacityFunction& function : contract.functions) {
            const std::string part = fmt::format("{} · {}", subject, function.name);
            people(part + " · people", function.people);
            for (const GroupId& id : function.groups) group(part + " · groups", id);
            const bool is_anybody_here = std::any_of(function.people.begin(),
                                                     function.people.end(),
                                                     [this](const UserId& id) { return is_here(id); });
            if (!is_anybody_here && function.groups.empty())
                hole(part, "everybody is gone", "the route would be asked at once");
        }
        if (!contract.route.empty() && !policy_.routes.contains(contract.route))
            unknown_route(subject + " · route", contract.route);
    }

    void channel_of(const WatchedChannel& watched)
    {
        part_ = "channel " + watched.channel.value;
        const std::string subject = "channel " + called(watched.channel);
        if (watched.mode == WatchMode::off) {
            people(subject + " · people", watched.people);
            for (const GroupId& id : watched.groups) group(subject + " · groups", id);
            return;
        }
        // Who answers is as good as a step of a route.
        RouteStep by_name;
        RouteStep by_group;
        for (const UserId& id : watched.people) by_name.targets.emplace_back(id);
        for (const GroupId& id : watched.groups) by_group.targets.emplace_back(id);
        name_targets(subject + " · people", by_name);
        name_targets(subject + " · groups", by_group);
        RouteStep all = std::move(by_name);
        all.targets.insert(all.targets.end(), by_group.targets.begin(), by_group.targets.end());

        const ChannelReach channel = reach_of(watched.channel);
        if (channel == ChannelReach::not_in_it)
            hole(subject, "ackd is not in it", "nothing that is asked there is noticed until it is invited");
        else if (channel == ChannelReach::archived)
            hole(subject, "is archived", "nobody can ask anything there");
        const StepReach reach = reach_of(all, {});
        // What asks somebody by name has them.
        if (watched.mode != WatchMode::mentions && reach.people.empty() && !reach.reaches_others) {
            hole(subject,
                 all.targets.empty() ? "has nobody who answers" : "none of those who answer can be asked",
                 "what asks nobody in particular would wait for whoever comes by");
        }
        if (!watched.zone.empty() && !watched.hours)
            hole(subject, "has a zone, and no hours of its own", "the zone counts for nothing");
    }

    [[nodiscard]] StepReach reach_of(const RouteStep& step, const std::set<UserId>& earlier)
    {
        StepReach reach;
        const auto add = [&](const UserId& id, Addressed how) {
            const Member* member = member_of(id);
            const bool may_be = member == nullptr ? !ground_.knows_people : may_be_asked(*member, how);
            reach.meant.insert(id);
            if (earlier.contains(id))
                reach.repeats = true;
            else if (may_be)
                reach.people.insert(id);
        };
        for (const RouteTarget& target : step.targets) {
            if (const auto* id = std::get_if<UserId>(&target)) {
                add(*id, Addressed::by_name);
            } else if (const auto* of_group = std::get_if<GroupId>(&target)) {
                const auto found = ground_.groups.find(*of_group);
                if (found == ground_.groups.end()) {
                    reach.reaches_others = reach.reaches_others || !ground_.knows_groups;
                    continue;
                }
                if (found->second.disabled) continue;
                for (const UserId& each : found->second.members) add(each, Addressed::in_a_crowd);
            } else {
                reach.reaches_others = true;
            }
        }
        reach.reaches_others = reach.reaches_others || !step.destinations.empty();
        // Whoever is on call: at one time or another each of them.
        for (const std::string& name : step.rotations) {
            if (const Rotation* rotation = find_rotation(policy_.rotations, name)) {
                for (const UserId& id : people_of(*rotation)) add(id, Addressed::by_name);
            }
        }
        return reach;
    }

    void name_targets(const std::string& subject, const RouteStep& step)
    {
        for (const RouteTarget& target : step.targets) {
            if (const auto* id = std::get_if<UserId>(&target)) {
                person(subject, *id);
                const Member* member = member_of(*id);
                if (member != nullptr && !may_be_asked(*member, Addressed::by_name)) {
                    hole(subject,
                         fmt::format("{} {}", called(*id), member->deactivated ? "is gone" : "is no person"),
                         "");
                }
            } else if (const auto* of_group = std::get_if<GroupId>(&target)) {
                group(subject, *of_group);
                const auto found = ground_.groups.find(*of_group);
                if (found != ground_.groups.end() && found->second.disabled)
                    hole(subject, fmt::format("the group @{} is switched off", found->second.handle), "");
            }
        }
    }

    void rotation_of(const Rotation& rotation)
    {
        const std::string subject = part_ = "rotation " + rotation.name;
        people(subject + " · leads", rotation.leads);
        std::set<UserId> here;
        for (std::size_t index = 0; index < rotation.parts.size(); ++index) {
            const std::string of_part = rotation.parts.size() == 1
                                            ? subject
                                            : fmt::format("{} · part {}", subject, index + 1);
            std::set<UserId> in_part;
            for (const UserId& id : rotation.parts[index].people) {
                person(of_part, id);
                const Member* member = member_of(id);
                const bool may_be = member == nullptr ? !ground_.knows_people
                                                      : may_be_asked(*member, Addressed::by_name);
                if (may_be)
                    in_part.insert(id);
                else if (member != nullptr)
                    hole(of_part,
                         fmt::format("{} {}", called(id), member->deactivated ? "is gone" : "is no person"),
                         "nobody is on when it is their turn");
            }
            if (in_part.empty()) hole(of_part, "has nobody in it", "nobody is ever on");
            here.merge(in_part);
        }
        if (here.size() == 1) {
            hole(subject,
                 fmt::format("hangs on {} alone", called(*here.begin())),
                 "while they are away, nobody is on");
        }
        places_of_rotation(subject, rotation);
        const std::vector<TimeSpan> gaps = gaps_of(rotation);
        if (!gaps.empty()) {
            hole(subject,
                 fmt::format("nobody is on for {}, first from {}",
                             elapsed_text(gaps.front().until - gaps.front().from),
                             utc_text(gaps.front().from)),
                 "what comes then waits, or goes to the next step of its route");
        }
    }

    void places_of_rotation(const std::string& subject, const Rotation& rotation)
    {
        const ChannelReach channel = rotation.topic.empty() ? ChannelReach::open : reach_of(rotation.topic);
        if (channel != ChannelReach::open) {
            hole(subject + " · topic",
                 channel == ChannelReach::archived ? fmt::format("{} is archived", called(rotation.topic))
                                                   : fmt::format("ackd is not in {}", called(rotation.topic)),
                 "its topic would not show who is on");
        }
        if (rotation.group.empty()) return;
        group(subject + " · group", rotation.group);
        const auto found = ground_.groups.find(rotation.group);
        if (found != ground_.groups.end() && found->second.disabled)
            hole(subject + " · group",
                 fmt::format("the group @{} is switched off", found->second.handle),
                 "it would not hold who is on");
    }

    /// Of its first year: the weeks in which the clocks change are among them.
    [[nodiscard]] std::vector<TimeSpan> gaps_of(const Rotation& rotation) const
    {
        if (!rotation.parts.empty() && !rotation.parts.front().hours) return {};
        const Instant start{rotation.starts.time_since_epoch()};
        const std::vector<ShiftOverride> none;
        return gaps_between({rotation, policy_.default_zone, none},
                            {start + std::chrono::days{7}, start + std::chrono::days{372}});
    }

    /// Of a rotation one is on call at a time.
    void check_needed(const std::string& subject, const RouteStep& step, const std::set<UserId>& earlier)
    {
        if (!ground_.knows_people || !ground_.knows_groups) return;
        RouteStep by_name = step;
        by_name.rotations.clear();
        const std::size_t count = reach_of(by_name, earlier).people.size() + step.rotations.size();
        if (count == 0 || step.needed <= 1 || count >= static_cast<std::size_t>(step.needed)) return;
        hole(subject,
             fmt::format("needs {} who take it, and {} on it",
                         step.needed,
                         count == 1 ? "one is" : fmt::format("{} are", count)),
             "as many as there are will do");
    }

    void route_of(const Route& route)
    {
        const std::string subject = part_ = "route " + route.name;
        std::set<UserId> reached;
        std::set<UserId> meant;
        bool reaches_others = false;
        for (std::size_t index = 0; index < route.steps.size(); ++index) {
            const std::string of_step = fmt::format("{} · step {}", subject, index + 1);
            name_targets(of_step, route.steps[index]);
            check_needed(of_step, route.steps[index], reached);
            StepReach reach = reach_of(route.steps[index], reached);
            const bool is_silent = reach.people.empty() && !reach.reaches_others;
            if (is_silent) {
                const bool is_last = index + 1 == route.steps.size();
                hole(of_step,
                     reach.repeats ? "asks only people whom an earlier step has asked" : "asks nobody",
                     is_last ? "after the step before it, a request is given up"
                             : "it is passed over, and the next step asked in its place");
            }
            reached.merge(reach.people);
            meant.merge(reach.meant);
            reaches_others = reaches_others || reach.reaches_others;
        }
        const std::size_t wanted = std::max(meant.size(), route.steps.size());
        if (reached.empty() && !reaches_others) {
            hole(subject,
                 "asks nobody at all",
                 "a problem at priority now would reach nobody besides those named");
        } else if (reached.size() < 2 && !reaches_others) {
            hole(subject,
                 fmt::format("hangs on {} alone", called(*reached.begin())),
                 wanted > 1
                     ? fmt::format("a problem at priority now would reach one person instead of {}", wanted)
                     : "while they are away, a problem at priority now would reach nobody");
        } else if (reached.size() < meant.size()) {
            hole(subject,
                 fmt::format("{} of those on it cannot be asked", meant.size() - reached.size()),
                 fmt::format("a problem at priority now would reach {} instead of {}",
                             counted_people(reached.size()),
                             meant.size()));
        }
    }

    const Policy& policy_;
    const PolicyGround& ground_;
    std::vector<PolicyFinding> findings_;
    /// Which one is looked at.
    std::string part_;
};

bool has_rows(storage::Connection& connection, const char* sql)
{
    storage::Statement row = connection.prepare(sql);
    return row.step();
}

}  // namespace

PolicyGround ground_of(const Policy& policy, const Directory& directory, storage::Connection& connection)
{
    PolicyGround ground;
    // The chat lists everybody at once; what came before that is whoever said something.
    ground.knows_people = has_rows(connection, "SELECT 1 FROM members LIMIT 1");
    ground.knows_groups = has_rows(connection, "SELECT 1 FROM user_groups LIMIT 1");
    const auto add_person = [&](const UserId& id) {
        if (auto member = directory.find(id)) ground.members.insert_or_assign(id, std::move(*member));
    };
    const auto add_group = [&](const GroupId& id) {
        auto group = directory.find_group(id);
        if (!group) return;
        for (const UserId& member : group->members) add_person(member);
        ground.groups.insert_or_assign(id, std::move(*group));
    };
    // Not before the first catch-up has listed them, unless we are known to be in one.
    ground.knows_channels = has_rows(connection, R"(SELECT 1 FROM conversations
        UNION ALL
        SELECT 1 FROM catch_up WHERE stage > 1 OR (stage = 0 AND threads_read_up_to_us > 0)
        LIMIT 1)");
    const ConversationTable conversations{connection};
    for (const WatchedChannel& watched : policy.channels) {
        for (const UserId& id : watched.people) add_person(id);
        for (const GroupId& id : watched.groups) add_group(id);
        if (auto known = conversations.find(watched.channel))
            ground.channels.insert_or_assign(watched.channel, std::move(known->conversation));
    }
    for (const AlertSource& source : policy.sources) {
        if (auto known = conversations.find(source.channel))
            ground.channels.insert_or_assign(source.channel, std::move(known->conversation));
    }
    for (const UserId& id : policy.admins) add_person(id);
    for (const UserId& id : policy.auditors) add_person(id);
    add_person(policy.dead_letter_owner);
    for (const Team& team : policy.teams) {
        for (const UserId& id : team.members) add_person(id);
        for (const UserId& id : team.leads) add_person(id);
        for (const GroupId& id : team.groups) add_group(id);
    }
    for (const Rotation& rotation : policy.rotations) {
        for (const UserId& id : rotation.leads) add_person(id);
        for (const UserId& id : people_of(rotation)) add_person(id);
        if (!rotation.group.empty()) add_group(rotation.group);
        if (auto known = conversations.find(rotation.topic))
            ground.channels.insert_or_assign(rotation.topic, std::move(known->conversation));
    }
    for (const auto& [name, route] : policy.routes) {
        for (const RouteStep& step : route.steps) {
            for (const RouteTarget& target : step.targets) {
                if (const auto* person = std::get_if<UserId>(&target)) add_person(*person);
                if (const auto* group = std::get_if<GroupId>(&target)) add_group(*group);
            }
        }
    }
    storage::Statement ids = connection.prepare(
        "SELECT id FROM members WHERE deactivated = 0 UNION ALL SELECT id FROM user_groups LIMIT 10000");
    while (ids.step()) ground.known_ids.push_back(ids.column_string(0));
    return ground;
}

std::vector<PolicyFinding> lint_policy(const Policy& policy, const PolicyGround& ground)
{
    return Linter{policy, ground}.look();
}

std::string to_text(const PolicyFinding& finding)
{
    return fmt::format(
        "{}: {}{}", finding.subject, finding.what, finding.cost.empty() ? "" : ": " + finding.cost);
}

}  // namespace ackd
