#include "tests/simulation/simulated_team.hpp"

#include "tests/simulation/simulated_hours.hpp"
#include "tests/simulation/simulated_world.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ackd::simulation {

namespace {

using namespace std::chrono_literals;
using namespace date::literals;

constexpr std::array zones{"Europe/Berlin",
                           "America/New_York",
                           "Australia/Sydney",
                           "America/Santiago",
                           "Asia/Kolkata",
                           "Africa/Nairobi",
                           "Pacific/Auckland",
                           "America/St_Johns",
                           "America/Los_Angeles",
                           "Europe/London",
                           "Pacific/Chatham",
                           "Asia/Tokyo",
                           "",
                           "Nowhere/At_All"};

/// Clocks change in 2026: the United States 8 March and 1 November, Europe 29 March and 25 October, Australia
/// and New Zealand 5 April and 4 October or 27 September, Chile 5 April and 6 September.
constexpr std::array starts{date::sys_days{2026_y / 3 / 1},
                            date::sys_days{2026_y / 3 / 16},
                            date::sys_days{2026_y / 9 / 2},
                            date::sys_days{2026_y / 9 / 21},
                            date::sys_days{2026_y / 10 / 12},
                            date::sys_days{2026_y / 1 / 12}};

RouteTarget some_target(const SimulatedTeam& team, Random& random)
{
    switch (random.below(8)) {
        case 0:
        case 1: return one_of(team.groups, random).id;
        case 2: return one_of(team.channels, random).id;
        case 3: return team.bots.back().id;
        default: return one_of(team.people, random).member.id;
    }
}

/// All week long, or on workdays until late.
OffHours some_off_hours(Random& random)
{
    std::string problem;
    constexpr std::array sentences{
        "never", "always", "Mon-Sun 07:00-22:00", "Mon-Fri 6-23; not on holidays", "Sat, Sun 10:00-18:00"};
    return parse_off_hours(one_of(sentences, random), problem).value();
}

Route some_route(const std::string& name, const SimulatedTeam& team, Random& random)
{
    constexpr std::array delays{Duration{0}, Duration{0}, Duration{10min}, Duration{1h}, Duration{4h}};
    Route route;
    route.name = name;
    if (name == "incident") {
        constexpr std::array priorities{Priority::now, Priority::now, Priority::today, Priority::week};
        route.about = "Something is wrong";
        route.priority = one_of(priorities, random);
        route.repeats = static_cast<int>(random.below(3));
        if (random.chance(0.4)) route.off_hours = some_off_hours(random);
    }
    const auto step_count = random.below(4);
    for (std::uint64_t index = 0; index < step_count; ++index) {
        RouteStep& step = route.steps.emplace_back();
        step.delay = one_of(delays, random);
        // A step may be empty: a hole that is skipped and reported.
        const auto target_count = random.below(3);
        for (std::uint64_t target = 0; target < target_count; ++target)
            step.targets.push_back(some_target(team, random));
        if (random.chance(0.3)) step.rotations.push_back("duty");
        if (random.chance(0.15)) step.destinations.push_back("pager");
        if (random.chance(0.3)) step.needed = static_cast<int>(random.below(4));
    }
    return route;
}

/// The first channel, which everybody is in.
WatchedChannel some_watched_channel(const SimulatedTeam& team, Random& random)
{
    WatchedChannel channel;
    channel.channel = team.channels.front().id;
    channel.mode = random.chance(0.3) ? WatchMode::mentions : WatchMode::questions;
    if (random.chance(0.7)) channel.people.push_back(one_of(team.people, random).member.id);
    if (random.chance(0.4)) channel.groups.push_back(one_of(team.groups, random).id);
    if (random.chance(0.5)) {
        channel.offer_after = 30min;
        channel.ask_after = 1h;
        channel.pass_on_after = 2h;
    }
    if (random.chance(0.2)) {
        channel.hours = default_work_week();
        channel.zone = "Asia/Kolkata";
    }
    return channel;
}

/// Somebody is always on duty, by turns of a day or a week.
Rotation some_rotation(const SimulatedTeam& team, Random& random)
{
    Rotation rotation;
    rotation.name = "duty";
    constexpr std::array of_rotations{"Europe/Berlin", "America/New_York", "Asia/Kolkata"};
    rotation.zone = one_of(of_rotations, random);
    rotation.turn.length = random.chance(0.5) ? TurnLength::day : TurnLength::week;
    rotation.starts = std::chrono::local_days{std::chrono::year{2025} / 12 / 1};
    RotationPart& part = rotation.parts.emplace_back();
    for (const SimulatedPerson& person : team.people) {
        if (part.people.size() < 3 && person.member.kind == MemberKind::person)
            part.people.push_back(person.member.id);
    }
    return rotation;
}

AlertSource some_source(const SimulatedTeam& team, Random& random)
{
    AlertSource source;
    source.name = "monitoring";
    source.channel = team.channels.front().id;
    source.route = "incident";
    source.priority = random.chance(0.7) ? Priority::now : Priority::today;
    if (random.chance(0.5)) source.answers_to = "pager";
    return source;
}

/// What a file can say: steps that ask somebody, nobody twice, people first.
void make_writable(Policy& policy)
{
    for (auto& [name, route] : policy.routes) {
        for (RouteStep& step : route.steps) {
            std::sort(step.targets.begin(), step.targets.end());
            step.targets.erase(std::unique(step.targets.begin(), step.targets.end()), step.targets.end());
        }
        std::erase_if(route.steps, [](const RouteStep& step) {
            return step.targets.empty() && step.rotations.empty() && step.destinations.empty();
        });
    }
    std::erase_if(policy.routes, [](const auto& entry) { return entry.second.steps.empty(); });
}

}  // namespace

const SimulatedPerson* SimulatedTeam::find(const UserId& id) const
{
    for (const SimulatedPerson& person : people) {
        if (person.member.id == id) return &person;
    }
    return nullptr;
}

SimulatedPerson* SimulatedTeam::find(const UserId& id)
{
    return const_cast<SimulatedPerson*>(static_cast<const SimulatedTeam*>(this)->find(id));
}

SimulatedChannel* SimulatedTeam::find(const ChannelId& id)
{
    for (SimulatedChannel& channel : channels) {
        if (channel.id == id) return &channel;
    }
    return nullptr;
}

std::vector<Member> SimulatedTeam::all_members() const
{
    std::vector<Member> members;
    for (const SimulatedPerson& person : people) members.push_back(person.member);
    members.insert(members.end(), bots.begin(), bots.end());
    return members;
}

SimulatedPerson make_person(int number, MemberKind kind, Random& random)
{
    SimulatedPerson person;
    person.member.id = UserId{fmt::format("U{}", number)};
    person.member.name = fmt::format("person{}", number);
    person.member.time_zone = one_of(zones, random);
    person.member.kind = kind;
    // One in four hardly ever answers: that is what routes are for.
    person.eagerness = random.chance(0.25) ? 0.05 : 0.3 + 0.1 * static_cast<double>(random.below(5));
    return person;
}

/// Two teams that everybody is in; the first has a contract, and of the other the lead answers.
void add_capacity(SimulatedTeam& team, Random& random)
{
    for (const char* name : {"red", "blue"}) {
        Team& made = team.settings.teams.emplace_back();
        made.name = name;
        if (random.chance(0.7)) made.channel = one_of(team.channels, random).id;
        for (const SimulatedPerson& person : team.people) made.members.push_back(person.member.id);
        made.leads = {one_of(team.people, random).member.id};
    }
    CapacityContract& contract = team.settings.capacity.emplace_back();
    contract.team = "red";
    for (const char* function : {"engineering", "product"})
        contract.functions.push_back({function, {one_of(team.people, random).member.id}, {}});
    if (random.chance(0.5)) contract.route = "incident";
    Resync& resync = team.settings.resyncs.emplace_back();
    resync.name = "both";
    resync.teams = {"red", "blue"};
    resync.channel = one_of(team.channels, random).id;
    std::string problem;
    resync.cadence = parse_cadence("every tuesday and thursday 10:00", std::nullopt, problem).value();
    if (random.chance(0.5)) resync.route = "incident";
    Retro& retro = team.settings.retros.emplace_back();
    retro.name = "red";
    retro.team = "red";
    retro.channel = resync.channel;
    retro.cadence = parse_cadence("every wednesday 11:00", std::nullopt, problem).value();
    retro.open_for = std::chrono::hours{8};
    retro.is_anonymous = random.chance(0.7);
    team.settings.wip.push_back({"red", 2, random.chance(0.5) ? 1 : 0, std::chrono::hours{16}});
}

SimulatedTeam make_team(Random& random)
{
    SimulatedTeam team;
    team.starts_at = Instant{one_of(starts, random)};
    const int people_count = 4 + static_cast<int>(random.below(6));
    for (int number = 1; number <= people_count; ++number) {
        const MemberKind kind = number == people_count ? MemberKind::guest : MemberKind::person;
        team.people.push_back(make_person(number, kind, random));
    }
    team.bots.push_back(Member{UserId{"UACKD"}, "ackd", "", MemberKind::bot, false});
    team.bots.push_back(Member{UserId{"UROBOT"}, "robot", "", MemberKind::bot, false});

    const int channel_count = 2 + static_cast<int>(random.below(2));
    for (int number = 1; number <= channel_count; ++number) {
        SimulatedChannel& channel = team.channels.emplace_back();
        channel.id = ChannelId{fmt::format("C{}", number)};
        for (const SimulatedPerson& person : team.people) {
            if (number == 1 || random.chance(0.6)) channel.members.push_back(person.member.id);
        }
        channel.members.push_back(team.bots.back().id);
    }
    if (random.chance(0.3)) team.channels.back().has_bot = false;

    const int group_count = 1 + static_cast<int>(random.below(2));
    for (int number = 1; number <= group_count; ++number) {
        UserGroup& group = team.groups.emplace_back();
        group.id = GroupId{fmt::format("S{}", number)};
        group.handle = fmt::format("group{}", number);
        for (const SimulatedPerson& person : team.people) {
            if (random.chance(0.4)) group.members.push_back(person.member.id);
        }
    }
    team.settings.routes["default"] = some_route("default", team, random);
    team.settings.routes["incident"] = some_route("incident", team, random);
    team.settings.channels.push_back(some_watched_channel(team, random));
    team.settings.rotations.push_back(some_rotation(team, random));
    team.settings.destinations.push_back({"pager", DestinationKind::webhook, "https://pager.example.com/in"});
    team.settings.sources.push_back(some_source(team, random));
    if (random.chance(0.3)) team.settings.dead_letter_owner = one_of(team.people, random).member.id;
    if (random.chance(0.3)) team.settings.default_zone = "Europe/Berlin";
    if (random.chance(0.5)) {
        // Else the other rules are seldom seen: most of what is asked sleeps.
        for (PriorityPolicy& each : team.settings.delivery.by_priority) each.asks_asker = false;
    }
    team.settings.price_shown_from = random.chance(0.3) ? 3 : 0;
    team.settings.interruptions_per_day = static_cast<int>(random.below(4));
    // Rarely, so that a month stays a matter of milliseconds; every restart catches up as well.
    team.settings.sweep_every = 24h;
    give_hours(team, random);
    add_capacity(team, random);
    return team;
}

DoNotDisturbChanged do_not_disturb_of(const SimulatedPerson& person, Instant now)
{
    const bool is_over = person.do_not_disturb.until <= now;
    const TimeSpan span = is_over ? TimeSpan{} : person.do_not_disturb;
    return {person.member.id, span.from, span.until, now};
}

Policy changed_policy(const Policy& before, const SimulatedTeam& team, Random& random)
{
    Policy policy = before;
    switch (random.below(10)) {
        case 9:
            policy.channels.clear();
            if (random.chance(0.7)) policy.channels.push_back(some_watched_channel(team, random));
            break;
        case 0: policy.delivery.of(Priority::today).ack_within = random.chance(0.5) ? 1h : 4h; break;
        case 1: policy.delivery.of(Priority::now).nudges = {{0, 3min}, {0, 8min}}; break;
        case 2: policy.delivery.of(Priority::week).nudges = {{0.5, 0min}, {1, 0min}, {1, 8h}}; break;
        case 3: policy.routes["default"] = some_route("default", team, random); break;
        case 4: policy.interruptions_per_day = static_cast<int>(random.below(5)); break;
        case 5: policy.delivery.of(Priority::today).integrate_within = random.chance(0.5) ? 4h : 24h; break;
        case 6:
            policy.delivery.of(Priority::today).lets_go_after = random.chance(0.5)
                                                                    ? std::nullopt
                                                                    : std::optional<Duration>{1h};
            break;
        case 7:
            policy.delivery.of(Priority::week).asks_asker = random.chance(0.5);
            policy.delivery.need_answered_within = random.chance(0.5) ? 2h : 16h;
            policy.delivery.need_stands_for = random.chance(0.5) ? 30min : 24h;
            break;
        default: policy.delivery.of(Priority::today).off_hours = some_off_hours(random); break;
    }
    if (random.chance(0.4)) change_hours(policy, team, random);
    policy.dead_letter_owner = random.chance(0.5) ? UserId{} : one_of(team.people, random).member.id;
    make_writable(policy);
    return policy;
}

}  // namespace ackd::simulation
