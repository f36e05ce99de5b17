// Policies of every shape, for properties: awkward names, every optional, each list empty or not.
#pragma once

#include "bot/policy/policy_text.hpp"
#include "bot/settings.hpp"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <set>
#include <string>
#include <vector>

namespace ackd {

inline std::string generated_name(const std::string& prefix)
{
    const auto odd = *rc::gen::elementOf(std::vector<std::string>{"",
                                                                  "a",
                                                                  "-",
                                                                  "\"",
                                                                  "\\",
                                                                  "#",
                                                                  "'",
                                                                  "=",
                                                                  "[x]",
                                                                  "ä",
                                                                  "日本",
                                                                  "\xF0\x9F\x9A\x80",
                                                                  "a.b",
                                                                  "\\u0041",
                                                                  "“”",
                                                                  "0"});
    return prefix + odd + std::to_string(*rc::gen::inRange(0, 30));
}

template <class Id>
std::vector<Id> generated_ids(const char* prefix)
{
    std::set<std::string> texts;
    for (int count = *rc::gen::inRange(0, 4); count > 0; --count)
        texts.insert(prefix + std::to_string(*rc::gen::inRange(0, 12)));
    std::vector<Id> ids;
    for (const std::string& text : texts) ids.emplace_back(text);
    return ids;
}

inline std::vector<std::string> generated_holidays()
{
    std::set<std::string> names;
    for (int count = *rc::gen::inRange(0, 3); count > 0; --count) names.insert(generated_name("h"));
    return {names.begin(), names.end()};
}

inline Duration generated_duration()
{
    const Duration unit = *rc::gen::elementOf(std::vector<Duration>{
        std::chrono::minutes{1}, std::chrono::hours{1}, std::chrono::hours{8}, std::chrono::seconds{60}});
    return *rc::gen::inRange(1, 60) * unit + std::chrono::seconds{*rc::gen::inRange(0, 2)};
}

inline NudgeOffset generated_offset()
{
    NudgeOffset offset;
    offset.share = *rc::gen::inRange(0, 300) / 100.0;
    if (*rc::gen::arbitrary<bool>()) offset.extra = generated_duration();
    return offset;
}

inline WorkWeek generated_week()
{
    WorkWeek week;
    const auto first = *rc::gen::inRange(0, 7);
    for (int day = 0; day < 7; ++day) {
        if (day != first && *rc::gen::arbitrary<bool>()) continue;
        const int opens = *rc::gen::inRange(0, 12 * 60);
        week.days[static_cast<std::size_t>(day)] = {
            Shift{std::chrono::minutes{opens}, std::chrono::minutes{opens + *rc::gen::inRange(1, 600)}}};
    }
    return week;
}

inline OffHours generated_off_hours()
{
    OffHours off_hours;
    off_hours.when = *rc::gen::element(
        OffHours::When::never, OffHours::When::always, OffHours::When::in_week);
    if (off_hours.when != OffHours::When::in_week) return off_hours;
    off_hours.week = generated_week();
    off_hours.on_holidays = *rc::gen::arbitrary<bool>();
    return off_hours;
}

inline void generate_priority(PriorityPolicy& policy)
{
    policy.time_base = *rc::gen::element(TimeBase::wall_clock, TimeBase::working_time);
    policy.ack_within = generated_duration();
    policy.nudges.clear();
    for (int count = *rc::gen::inRange(1, 4); count > 0; --count) policy.nudges.push_back(generated_offset());
    policy.step_ends = generated_offset();
    policy.bundling = *rc::gen::element(Bundling::none, Bundling::two_minutes, Bundling::digest_slot);
    policy.off_hours = generated_off_hours();
    policy.integrate_within.reset();
    if (*rc::gen::arbitrary<bool>()) policy.integrate_within = generated_duration();
    policy.asks_asker = *rc::gen::arbitrary<bool>();
    policy.lets_go_after.reset();
    if (*rc::gen::arbitrary<bool>()) policy.lets_go_after = generated_duration();
}

inline Team generated_team(const std::string& name)
{
    Team team;
    team.name = name;
    if (*rc::gen::arbitrary<bool>()) team.channel = ChannelId{"Chome"};
    team.members = generated_ids<UserId>("U");
    team.groups = generated_ids<GroupId>("S");
    team.leads = generated_ids<UserId>("U");
    if (*rc::gen::arbitrary<bool>()) team.zone = "Europe/Berlin";
    if (*rc::gen::arbitrary<bool>()) team.hours = generated_week();
    team.holidays = generated_holidays();
    return team;
}

inline Route generated_route(const std::string& name)
{
    Route route;
    route.name = name;
    route.about = *rc::gen::elementOf(
        std::vector<std::string>{"", "The site is down", "Größere Störung, \"alles\" # steht"});
    route.priority = *rc::gen::elementOf(std::vector<Priority>{all_priorities.begin(), all_priorities.end()});
    if (*rc::gen::arbitrary<bool>()) route.playbook = "https://wiki.example.org/a?b=c#d";
    route.repeats = *rc::gen::inRange(0, route_repeats_max + 1);
    if (*rc::gen::arbitrary<bool>()) route.off_hours = generated_off_hours();
    for (int count = *rc::gen::inRange(1, 4); count > 0; --count) {
        RouteStep& step = route.steps.emplace_back();
        if (*rc::gen::arbitrary<bool>()) step.delay = generated_duration();
        for (const UserId& id : generated_ids<UserId>("U")) step.targets.emplace_back(id);
        for (const GroupId& id : generated_ids<GroupId>("S")) step.targets.emplace_back(id);
        for (const ChannelId& id : generated_ids<ChannelId>("C")) step.targets.emplace_back(id);
        if (step.targets.empty()) step.targets.emplace_back(UserId{"Uann"});
        step.needed = *rc::gen::inRange(needed_all, route_needed_max + 1);
    }
    return route;
}

inline WatchedChannel generated_channel(const std::string& id)
{
    WatchedChannel watched;
    watched.channel = ChannelId{id};
    watched.mode = *rc::gen::elementOf(
        std::vector<WatchMode>{all_watch_modes.begin(), all_watch_modes.end()});
    watched.people = generated_ids<UserId>("U");
    watched.groups = generated_ids<GroupId>("S");
    // Each is longer than the one before it, up to ten working days.
    Duration time = std::chrono::minutes{14};
    for (const ChannelTime& each : channel_times) {
        time += *rc::gen::elementOf(std::vector<Duration>{
                    std::chrono::minutes{1}, std::chrono::hours{1}, std::chrono::seconds{61}}) *
                *rc::gen::inRange(1, 25);
        watched.*each.value = time < std::chrono::minutes{15} ? std::chrono::minutes{15} : time;
        time = watched.*each.value;
    }
    if (*rc::gen::arbitrary<bool>()) watched.hours = generated_week();
    if (*rc::gen::arbitrary<bool>()) watched.zone = "Asia/Kolkata";
    return watched;
}

inline Rotation generated_rotation(const std::string& name)
{
    Rotation rotation;
    rotation.name = name;
    rotation.starts = std::chrono::local_days{std::chrono::days{*rc::gen::inRange(12'000, 30'000)}};
    const auto turn = *rc::gen::elementOf(std::vector<std::string>{
        "daily", "weekly on monday", "weekly on sunday", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=1MO"});
    std::string problem;
    rotation.turn = parse_turn(turn, rotation.starts, problem).value();
    if (*rc::gen::arbitrary<bool>()) rotation.zone = "Australia/Sydney";
    rotation.hand_over = std::chrono::minutes{*rc::gen::inRange(0, 24 * 60)};
    rotation.leads = generated_ids<UserId>("U");
    rotation.off_hours = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>()) rotation.topic = ChannelId{"Cops"};
    const auto people = [] {
        auto ids = generated_ids<UserId>("U");
        if (ids.empty()) ids.emplace_back("Uann");
        if (*rc::gen::arbitrary<bool>()) std::swap(ids.front(), ids.back());
        return ids;
    };
    const int parts = *rc::gen::inRange(0, 4);
    if (parts == 0) rotation.parts.push_back({std::nullopt, "", people()});
    for (int count = parts; count > 0; --count) {
        RotationPart& part = rotation.parts.emplace_back();
        part.hours = generated_week();
        if (*rc::gen::arbitrary<bool>()) part.zone = "Asia/Kolkata";
        part.people = people();
    }
    return rotation;
}

inline std::vector<std::string> generated_words(const std::string& prefix)
{
    std::set<std::string> words;
    for (int count = *rc::gen::inRange(0, 3); count > 0; --count) words.insert(generated_name(prefix));
    return {words.begin(), words.end()};
}

inline Destination generated_destination(const std::string& name)
{
    Destination destination;
    destination.name = name;
    destination.kind = *rc::gen::elementOf(
        std::vector<DestinationKind>{all_destination_kinds.begin(), all_destination_kinds.end()});
    if (destination.kind == DestinationKind::mail) {
        destination.address = fmt::format("team+{}@example.com", *rc::gen::inRange(0, 9));
        return destination;
    }
    destination.address = *rc::gen::element(std::string{"http"}, std::string{"https"}) +
                          "://example.com/in?key=" + std::to_string(*rc::gen::inRange(0, 9));
    if (*rc::gen::arbitrary<bool>())
        destination.private_network = *rc::gen::element(std::string{"10.0.0.0/8"}, std::string{"fd00::/8"});
    if (destination.kind == DestinationKind::heartbeat)
        destination.every = std::chrono::seconds{30 * *rc::gen::inRange(1, 2'881)};
    return destination;
}

inline AlertSource generated_source(const std::string& name)
{
    AlertSource source;
    source.name = name;
    source.kind = *rc::gen::elementOf(
        std::vector<SourceKind>{all_source_kinds.begin(), all_source_kinds.end()});
    source.channel = ChannelId{"Calerts" + std::to_string(*rc::gen::inRange(0, 3))};
    if (*rc::gen::arbitrary<bool>()) source.route = generated_name("R");
    source.priority = *rc::gen::elementOf(
        std::vector<Priority>{all_priorities.begin(), all_priorities.end()});
    if (*rc::gen::arbitrary<bool>()) source.expect_every = std::chrono::minutes{1} + generated_duration();
    if (*rc::gen::arbitrary<bool>()) source.resolve_after = std::chrono::minutes{1} + generated_duration();
    if (*rc::gen::arbitrary<bool>()) source.answers_to = generated_name("d");
    source.requests_per_minute = *rc::gen::inRange(1, requests_per_minute_max + 1);
    if (source.kind == SourceKind::github) {
        if (*rc::gen::arbitrary<bool>()) source.label = generated_name("l");
        source.branches = generated_words("b");
        if (!source.label.empty() && *rc::gen::arbitrary<bool>()) source.work_of = generated_name("t");
    } else if (source.kind == SourceKind::json) {
        for (const MappingPointer& each : mapping_pointers) {
            if (*rc::gen::arbitrary<bool>()) source.mapping.*each.pointer = "/" + generated_name("p");
        }
        source.mapping.title = "/a~1b/~0/" + generated_name("t");
        source.mapping.firing = generated_words("f");
        source.mapping.resolved = generated_words("r");
    }
    return source;
}

inline CapacityContract generated_contract(const std::string& team)
{
    CapacityContract contract;
    contract.team = team;
    contract.answer_within = std::chrono::minutes{*rc::gen::inRange(15, 4'801)};
    contract.answer_sooner = std::min(contract.answer_within, Duration{std::chrono::minutes{20}});
    if (*rc::gen::arbitrary<bool>()) contract.route = generated_name("R");
    for (int count = *rc::gen::inRange(1, 4); count > 0; --count) {
        CapacityFunction& function = contract.functions.emplace_back();
        function.name = "f" + std::to_string(count);
        function.people = generated_ids<UserId>("U");
        function.groups = generated_ids<GroupId>("S");
        if (function.people.empty() && function.groups.empty()) function.people = {UserId{"Ua"}};
    }
    return contract;
}

inline Cadence generated_cadence()
{
    const std::vector<std::string> texts{"every second monday 10:00",
                                         "last working day of the month 16:00",
                                         "every weekday 09:30",
                                         "FREQ=MONTHLY;BYDAY=-1FR 15:00"};
    std::string problem;
    const auto starts = std::chrono::local_days{std::chrono::year{2026} / 1 / 5};
    Cadence cadence = parse_cadence(*rc::gen::elementOf(texts), starts, problem).value();
    if (*rc::gen::arbitrary<bool>()) cadence.zone = "Europe/Berlin";
    cadence.on_holiday = *rc::gen::element(
        OnHoliday::skip, OnHoliday::before, OnHoliday::after, OnHoliday::keep);
    return cadence;
}

inline Retro generated_retro(const std::string& name)
{
    Retro retro;
    retro.name = name;
    retro.team = generated_name("t");
    if (*rc::gen::arbitrary<bool>()) retro.channel = ChannelId{"Cr"};
    retro.cadence = generated_cadence();
    retro.open_for = std::chrono::minutes{*rc::gen::inRange(480, 4'801)};
    retro.is_anonymous = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>()) retro.facilitators = {UserId{"U1"}, UserId{"U2"}};
    if (*rc::gen::arbitrary<bool>()) retro.questions = {"What shall we stop?", "Who \"owns\" it?"};
    retro.questions_each = *rc::gen::inRange(1, retro_questions_each_max + 1);
    retro.dots = *rc::gen::inRange(1, retro_dots_max + 1);
    return retro;
}

inline Resync generated_resync(const std::string& name)
{
    Resync resync;
    resync.name = name;
    resync.teams = {generated_name("t"), generated_name("u")};
    resync.channel = ChannelId{"Cr"};
    resync.cadence = generated_cadence();
    resync.answers_within = std::chrono::minutes{*rc::gen::inRange(60, 4'801)};
    if (*rc::gen::arbitrary<bool>()) resync.route = generated_name("R");
    return resync;
}

inline Policy generated_policy()
{
    Policy policy;
    for (const Priority priority : {Priority::now, Priority::today, Priority::week})
        generate_priority(policy.delivery.of(priority));
    policy.delivery.of(Priority::fyi).expires_after = generated_duration();
    policy.delivery.second_reminder_after = generated_duration();
    policy.delivery.reminders_end_after = generated_duration();
    policy.delivery.need_answered_within = generated_duration();
    policy.delivery.need_stands_for = generated_duration();
    policy.delivery.sleep_ends_after = generated_duration();
    policy.delivery.snoozes_max = *rc::gen::inRange(0, 21);
    policy.default_zone = *rc::gen::elementOf(
        std::vector<std::string>{"Etc/UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"});
    policy.hours = generated_week();
    policy.holidays = generated_holidays();
    policy.admins = generated_ids<UserId>("U");
    policy.auditors = generated_ids<UserId>("U");
    policy.interruptions_per_day = *rc::gen::inRange(0, 101);
    policy.rules_retire = *rc::gen::arbitrary<bool>();
    policy.rules_ask = *rc::gen::arbitrary<bool>();
    policy.recipients_max = *rc::gen::inRange(1, 2'001);
    policy.price_shown_from = *rc::gen::inRange(0, 2'001);
    policy.read_back.a_week = *rc::gen::inRange(0, 101);
    policy.read_back.volunteers_first = generated_duration();
    policy.received_emoji = *rc::gen::element(std::string{"eyes"}, std::string{"+1"});
    policy.done_emoji = *rc::gen::element(std::string{"white_check_mark"}, std::string{"e-mail"});
    policy.request_emoji = *rc::gen::element(std::string{"incoming_envelope"}, std::string{"bell2"});
    if (*rc::gen::arbitrary<bool>()) policy.dead_letter_owner = UserId{"Uowner"};
    if (*rc::gen::arbitrary<bool>()) policy.triage_rotation = generated_name("r");
    std::set<std::string> names;
    for (int count = *rc::gen::inRange(0, 4); count > 0; --count) names.insert(generated_name("t"));
    for (const std::string& name : names) policy.teams.push_back(generated_team(name));
    if (policy.teams.size() > 1 && *rc::gen::arbitrary<bool>())
        std::swap(policy.teams.front(), policy.teams.back());
    for (const ChannelId& id : generated_ids<ChannelId>("C"))
        policy.channels.push_back(generated_channel(id.value));
    if (policy.channels.size() > 1 && *rc::gen::arbitrary<bool>())
        std::swap(policy.channels.front(), policy.channels.back());
    std::set<std::string> rotations;
    for (int count = *rc::gen::inRange(0, 3); count > 0; --count) rotations.insert(generated_name("r"));
    for (const std::string& name : rotations) policy.rotations.push_back(generated_rotation(name));
    if (!policy.rotations.empty() && *rc::gen::arbitrary<bool>())
        policy.rotations.back().group = GroupId{"Soncall"};
    if (policy.rotations.size() > 1 && *rc::gen::arbitrary<bool>())
        std::swap(policy.rotations.front(), policy.rotations.back());
    for (int number = *rc::gen::inRange(0, 3); number > 0; --number)
        policy.destinations.push_back(generated_destination("d-" + std::to_string(number)));
    names.clear();
    for (int count = *rc::gen::inRange(0, 4); count > 0; --count) names.insert(generated_name("s"));
    for (const std::string& name : names) policy.sources.push_back(generated_source(name));
    if (policy.sources.size() > 1 && *rc::gen::arbitrary<bool>())
        std::swap(policy.sources.front(), policy.sources.back());
    names.clear();
    for (int count = *rc::gen::inRange(0, 3); count > 0; --count) names.insert(generated_name("t"));
    for (const std::string& name : names) policy.capacity.push_back(generated_contract(name));
    if (policy.capacity.size() > 1 && *rc::gen::arbitrary<bool>())
        std::swap(policy.capacity.front(), policy.capacity.back());
    for (const std::string& name : names) {
        const int limit = *rc::gen::inRange(1, wip_limit_max + 1);
        policy.wip.push_back({name,
                              limit,
                              *rc::gen::inRange(0, limit + 1),
                              wip_ages_least + generated_duration() % (wip_ages_most - wip_ages_least)});
    }
    names.clear();
    for (int count = *rc::gen::inRange(0, 3); count > 0; --count) names.insert(generated_name("s"));
    for (const std::string& name : names) policy.resyncs.push_back(generated_resync(name));
    if (policy.resyncs.size() > 1 && *rc::gen::arbitrary<bool>())
        std::swap(policy.resyncs.front(), policy.resyncs.back());
    names.clear();
    for (int count = *rc::gen::inRange(0, 3); count > 0; --count) names.insert(generated_name("o"));
    for (const std::string& name : names) policy.retros.push_back(generated_retro(name));
    if (policy.retros.size() > 1 && *rc::gen::arbitrary<bool>())
        std::swap(policy.retros.front(), policy.retros.back());
    for (int count = *rc::gen::inRange(0, 4); count > 0; --count) {
        const Route route = generated_route(generated_name("R"));
        policy.routes.insert_or_assign(route.name, route);
    }
    for (auto& [name, route] : policy.routes) {
        if (!policy.rotations.empty() && *rc::gen::arbitrary<bool>())
            route.steps.front().rotations.push_back(policy.rotations.front().name);
        if (!policy.destinations.empty() && *rc::gen::arbitrary<bool>())
            route.steps.back().destinations.push_back(policy.destinations.front().name);
    }
    if (!policy.routes.empty() && *rc::gen::arbitrary<bool>())
        policy.default_route = policy.routes.begin()->first;
    return policy;
}

}  // namespace ackd
