#include "bot/commands/due_phrase.hpp"
#include "bot/people/availability.hpp"
#include "bot/policy/policy_text.hpp"
#include "bot/policy/policy_text_capacity.hpp"
#include "bot/policy/policy_text_destinations.hpp"
#include "bot/policy/policy_text_resync.hpp"
#include "bot/policy/policy_text_retro.hpp"
#include "bot/policy/policy_text_rotations.hpp"
#include "bot/policy/policy_text_routes.hpp"
#include "bot/policy/policy_text_sources.hpp"
#include "bot/policy/policy_text_wip.hpp"
#include "bot/policy/policy_values.hpp"
#include "bot/policy/toml_reader.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace ackd {

namespace {

using namespace std::chrono_literals;
using Key = TomlReader::Key;

std::string check_emoji(const std::string& name)
{
    const bool is_plain = !name.empty() && name.size() <= 100 &&
                          std::all_of(name.begin(), name.end(), [](char c) {
                              return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
                                     c == '-' || c == '+' || c == '\'';
                          });
    return is_plain ? "" : "an emoji is named without colons: \"white_check_mark\"";
}

std::string check_holidays(const std::string& name)
{
    return problem_of_name("a holiday calendar", name);
}

std::string check_workspace(const std::string& id)
{
    return problem_of_name("a workspace", id);
}

std::optional<WorkWeek> parse_hours(const std::string& text, std::string& wrong)
{
    auto week = parse_work_week(text, wrong);
    if (!week) wrong = fmt::format("\"{}\": {}", text, wrong);
    return week;
}

class PolicyReader {
public:
    PolicyReader(TomlReader& toml, Policy& policy) : toml_(toml), policy_(policy) {}

    [[nodiscard]] std::vector<Key> keys()
    {
        Policy& policy = policy_;
        DeliveryPolicy& delivery = policy.delivery;
        return {
            toml_.section("hours",
                          {toml_.text("zone", policy.default_zone, problem_of_zone),
                           toml_.parsed_text("week", policy.hours, parse_hours),
                           toml_.names("holidays", policy.holidays, check_holidays)}),
            toml_.section("limits",
                          {toml_.number("interruptions_per_day", policy.interruptions_per_day, 0, 100),
                           toml_.number("recipients_max", policy.recipients_max, 1, 2'000),
                           toml_.number("price_shown_from", policy.price_shown_from, 0, 2'000),
                           toml_.number("snoozes_max", delivery.snoozes_max, 0, 20)}),
            toml_.section("rules",
                          {toml_.flag("retire", policy.rules_retire), toml_.flag("ask", policy.rules_ask)}),
            toml_.section("emoji",
                          {toml_.text("request", policy.request_emoji, check_emoji),
                           toml_.text("received", policy.received_emoji, check_emoji),
                           toml_.text("done", policy.done_emoji, check_emoji)}),
            toml_.section("roles", {people("admins", policy.admins), people("auditors", policy.auditors)}),
            toml_.section("escalation", escalation_keys()),
            toml_.section(
                "reminders",
                {toml_.duration("second_after", delivery.second_reminder_after, 1min, policy_time_max),
                 toml_.duration("end_after", delivery.reminders_end_after, 1min, policy_time_max)}),
            toml_.section(
                "still_needed",
                {toml_.duration("answered_within", delivery.need_answered_within, 1min, policy_time_max),
                 toml_.duration("stands_for", delivery.need_stands_for, 1min, policy_time_max),
                 toml_.duration("sleep_ends_after", delivery.sleep_ends_after, 1min, policy_time_max)}),
            toml_.section(
                "read_back",
                {toml_.number("a_week", policy.read_back.a_week, 0, 100),
                 toml_.duration(
                     "volunteers_first", policy.read_back.volunteers_first, 1min, policy_time_max)}),
            toml_.section("priority",
                          {priority(Priority::now),
                           priority(Priority::today),
                           priority(Priority::week),
                           toml_.section("fyi",
                                         {toml_.duration("expires_after",
                                                         *delivery.of(Priority::fyi).expires_after,
                                                         1min,
                                                         policy_time_max)})}),
            toml_.tables("team", "team", teams_max, [this](const toml::node& node) { read_team(node); }),
            toml_.tables(
                "channel", "channel", channels_max, [this](const toml::node& node) { read_channel(node); }),
            rotation_tables(toml_, policy_.rotations),
            destination_tables(toml_, policy_.destinations),
            source_tables(toml_, policy_.sources),
            capacity_tables(toml_, policy_.capacity),
            wip_tables(toml_, policy_.wip),
            resync_tables(toml_, policy_.resyncs),
            retro_tables(toml_, policy_.retros),
            route_tables(toml_, policy_.routes, on_routes_)};
    }

    /// What one part says of another.
    void check_whole()
    {
        if (policy_.default_route != Policy{}.default_route &&
            !policy_.routes.contains(policy_.default_route)) {
            std::vector<std::string> names;
            for (const auto& [name, route] : policy_.routes) names.push_back(name);
            const auto near = nearest_word(policy_.default_route, names);
            toml_.problem(default_route_at_,
                          fmt::format("default_route names \"{}\", and there is no such route{}",
                                      policy_.default_route,
                                      near ? fmt::format("; did you mean \"{}\"?", *near) : ""));
        }
        check_named("rotation", on_routes_.rotations, policy_.rotations);
        check_named("destination", on_routes_.destinations, policy_.destinations);
        const std::set<std::string> emoji{policy_.request_emoji, policy_.received_emoji, policy_.done_emoji};
        if (emoji.size() < 3)
            toml_.problem({{1, 1}, {1, 1}, nullptr}, "each emoji means one thing: name three");
    }

private:
    Key people(std::string name, std::vector<UserId>& target)
    {
        return toml_.ids(
            std::move(name), "U012AB3CD", [&target](const std::string& id) { target.emplace_back(id); });
    }

    /// Ids that may be left out.
    template <class Id>
    Key optional_id(const std::string& name, const char* example, Id& target)
    {
        return toml_.id(name, example, target.value);
    }

    std::vector<Key> escalation_keys()
    {
        Key route = toml_.text("default_route", policy_.default_route, [](const std::string& name) {
            return problem_of_name("a route", name);
        });
        Key noted{route.name, [this, take = route.take](const toml::node& node) {
                      default_route_at_ = node.source();
                      take(node);
                  }};
        return {noted,
                optional_id("dead_letter_owner", "U012AB3CD", policy_.dead_letter_owner),
                toml_.text("triage", policy_.triage_rotation, [](const std::string& name) {
                    return problem_of_name("a rotation", name);
                })};
    }

    Key priority(Priority which)
    {
        PriorityPolicy& target = policy_.delivery.of(which);
        return toml_.section(
            std::string{name_of(which)},
            {toml_.duration("ack_within", target.ack_within, 1min, policy_time_max),
             toml_.parsed_text("counted_in",
                               target.time_base,
                               parser_of<TimeBase>({{"working time", TimeBase::working_time},
                                                    {"wall clock", TimeBase::wall_clock}})),
             toml_.offsets("nudges", target.nudges),
             toml_.offset("step_ends", target.step_ends),
             toml_.parsed_text("bundling",
                               target.bundling,
                               parser_of<Bundling>({{"none", Bundling::none},
                                                    {"two minutes", Bundling::two_minutes},
                                                    {"digest", Bundling::digest_slot}})),
             toml_.off_hours("off_hours", [&](const OffHours& value) { target.off_hours = value; }),
             toml_.duration("integrate_within", target.integrate_within, 1min, policy_time_max),
             toml_.flag("ask_asker_first", target.asks_asker),
             toml_.duration("let_go_after", target.lets_go_after, 1min, policy_time_max)});
    }

    void read_team(const toml::node& node)
    {
        Team team;
        WorkWeek hours;
        toml_.read(
            node,
            "team",
            {toml_.text("name", team.name),
             optional_id("channel", "C012AB3CD", team.channel),
             people("members", team.members),
             toml_.ids("groups", "S012AB3CD", [&](const std::string& id) { team.groups.emplace_back(id); }),
             people("leads", team.leads),
             toml_.text("zone", team.zone, problem_of_zone),
             toml_.parsed_text("hours", hours, parse_hours),
             toml_.names("holidays", team.holidays, check_holidays)});
        if (hours != WorkWeek{}) team.hours = hours;
        std::string wrong = problem_of_name("a team", team.name);
        if (wrong.empty() &&
            std::any_of(team.name.begin(), team.name.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        {
            wrong = fmt::format("a team's name is written in lower case, unlike \"{}\"", team.name);
        }
        for (const Team& other : policy_.teams) {
            if (other.name == team.name) wrong = fmt::format("there are two teams named \"{}\"", team.name);
        }
        if (!wrong.empty()) return toml_.problem(node.source(), wrong);
        policy_.teams.push_back(std::move(team));
    }

    void read_channel(const toml::node& node)
    {
        WatchedChannel watched;
        WorkWeek hours;
        bool are_times_right = true;
        std::vector<Key> keys{
            optional_id("channel", "C012AB3CD", watched.channel),
            toml_.parsed_text("watch", watched.mode, parser_of(words_for(all_watch_modes))),
            people("people", watched.people),
            toml_.ids("groups", "S012AB3CD", [&](const std::string& id) { watched.groups.emplace_back(id); }),
            toml_.parsed_text("hours", hours, parse_hours),
            toml_.text("zone", watched.zone, problem_of_zone)};
        for (const ChannelTime& time : channel_times)
            keys.push_back(channel_time(time, watched, are_times_right));
        toml_.read(node, "channel", keys);
        if (hours != WorkWeek{}) watched.hours = hours;
        const toml::table* table = node.as_table();
        if (table == nullptr) return;
        // Of a value that is wrong, the order says nothing.
        if (are_times_right) check_times(*table, watched);
        if (watched.channel.empty()) {
            // One that is no id was told already.
            if (!table->contains("channel"))
                toml_.problem(node.source(), "a watched channel is named by its id: channel = \"C012AB3CD\"");
            return;
        }
        const bool is_there_twice = std::any_of(
            policy_.channels.begin(), policy_.channels.end(), [&](const WatchedChannel& other) {
                return other.channel == watched.channel;
            });
        if (is_there_twice) {
            return toml_.problem(
                node.source(),
                fmt::format("there are two sections for channel \"{}\"", watched.channel.value));
        }
        policy_.channels.push_back(std::move(watched));
    }

    /// `is_right` becomes false when there is something else in its place.
    Key channel_time(const ChannelTime& time, WatchedChannel& watched, bool& is_right)
    {
        Key key = toml_.duration(std::string{time.key},
                                 watched.*time.value,
                                 channel_time_least,
                                 channel_time_most,
                                 TimeBase::working_time);
        return {key.name, [this, take = key.take, &is_right](const toml::node& node) {
                    const std::size_t count = toml_.problem_count();
                    take(node);
                    if (toml_.problem_count() != count) is_right = false;
                }};
    }

    /// Each is longer than the one before; told at the later one, or where only the earlier is written,
    /// there.
    void check_times(const toml::table& table, const WatchedChannel& watched)
    {
        for (std::size_t index = 1; index < channel_times.size(); ++index) {
            const ChannelTime& before = channel_times[index - 1];
            const ChannelTime& time = channel_times[index];
            if (watched.*time.value > watched.*before.value) continue;
            const toml::node* written = table.get(time.key);
            const bool is_left_out = written == nullptr;
            if (is_left_out) written = table.get(before.key);
            toml_.problem((written == nullptr ? table : *written).source(),
                          fmt::format("{} is longer than {}, which is {}; {} {}",
                                      time.key,
                                      before.key,
                                      to_text(watched.*before.value, TimeBase::working_time),
                                      is_left_out ? "left out, it is" : "this is",
                                      to_text(watched.*time.value, TimeBase::working_time)));
        }
    }

    /// Each name on a step is one of `known`.
    template <class Known>
    void check_named(std::string_view what,
                     const std::vector<NamedOnRoute>& named,
                     const std::vector<Known>& known)
    {
        std::vector<std::string> names;
        for (const Known& each : known) names.push_back(each.name);
        for (const NamedOnRoute& one : named) {
            if (std::find(names.begin(), names.end(), one.name) != names.end()) continue;
            const auto near = nearest_word(one.name, names);
            toml_.problem(one.where,
                          fmt::format("route \"{}\" names the {} \"{}\", and there is no such {}{}",
                                      one.route,
                                      what,
                                      one.name,
                                      what,
                                      near ? fmt::format("; did you mean \"{}\"?", *near) : ""));
        }
    }

    TomlReader& toml_;
    Policy& policy_;
    toml::source_region default_route_at_{};
    NamesOnRoutes on_routes_;
};

}  // namespace

std::string problem_of_name(const std::string& what, const std::string& name)
{
    if (name.empty()) return fmt::format("{} has a name: name = \"…\"", what);
    if (name.size() > 80) return fmt::format("{}'s name has at most 80 bytes", what);
    const bool is_plain = std::all_of(
        name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 0x7f; });
    return is_plain ? "" : fmt::format("{} has a name without spaces, unlike \"{}\"", what, name);
}

std::string problem_of_zone(const std::string& zone)
{
    return is_time_zone(zone)
               ? ""
               : fmt::format("there is no time zone \"{}\"; a name such as \"Europe/Berlin\" is meant", zone);
}

PolicyReading read_policy(const std::string& text)
{
    PolicyReading reading;
    TomlReader toml{reading.problems};
    PolicyReader reader{toml, reading.document.policy};
    std::int64_t version = -1;
    std::vector<Key> keys = reader.keys();
    keys.push_back(toml.text("workspace", reading.document.workspace, check_workspace));
    keys.push_back(toml.number("version", version, 0, std::numeric_limits<std::int64_t>::max()));
    toml.read_file(text, keys);
    if (version >= 0) reading.document.version = version;
    if (reading.problems.empty()) reader.check_whole();
    toml.sort_problems();
    return reading;
}

}  // namespace ackd
