#include "bot/escalation/route.hpp"

#include "bot/commands/whole_number.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/directory.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/trimmed.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace ackd {

namespace {

/// A name that nobody has is a mistake in the configuration: there is nobody to call.
bool can_be_called(const std::optional<Member>& member, Addressed how)
{
    return member && may_be_asked(member, how);
}

}  // namespace

FrozenRoute freeze(const Route& route, const Directory& directory, const OnCall& on_call)
{
    FrozenRoute frozen;
    frozen.name = route.name;
    frozen.off_hours = route.off_hours;
    std::set<UserId> named;
    const auto add_person = [&](FrozenStep& step, const UserId& person, Addressed how) {
        if (!can_be_called(directory.find(person), how) || !named.insert(person).second) return;
        step.people.push_back(person);
    };
    for (const RouteStep& step : route.steps) {
        FrozenStep& frozen_step = frozen.steps.emplace_back();
        frozen_step.delay = step.delay;
        frozen_step.destinations = step.destinations;
        for (const std::string& rotation : step.rotations) {
            for (const UserId& person : on_call(rotation))
                add_person(frozen_step, person, Addressed::by_name);
        }
        for (const RouteTarget& target : step.targets) {
            if (const auto* person = std::get_if<UserId>(&target)) {
                add_person(frozen_step, *person, Addressed::by_name);
            } else if (const auto* group = std::get_if<GroupId>(&target)) {
                const auto found = directory.find_group(*group);
                if (!found || found->disabled) continue;
                for (const UserId& member : found->members)
                    add_person(frozen_step, member, Addressed::in_a_crowd);
            } else {
                const auto& channel = std::get<ChannelId>(target);
                const auto& known = frozen_step.channels;
                if (std::find(known.begin(), known.end(), channel) == known.end())
                    frozen_step.channels.push_back(channel);
            }
        }
        const int count = static_cast<int>(frozen_step.people.size());
        frozen_step.needed = std::max(step.needed == needed_all ? count : std::min(step.needed, count), 1);
    }
    const std::vector<FrozenStep> once = frozen.steps;
    for (int count = 0; count < route.repeats; ++count)
        frozen.steps.insert(frozen.steps.end(), once.begin(), once.end());
    return frozen;
}

std::string needed_text(int needed)
{
    if (needed == needed_all) return "all";
    return needed == 1 ? "any" : fmt::to_string(needed);
}

std::optional<int> parse_needed(std::string_view text)
{
    const std::string word = lower_case(std::string{trimmed(text)});
    if (word == "any") return 1;
    if (word == "all") return needed_all;
    const auto number = parse_whole_number(word);
    if (!number || *number < 1 || *number > route_needed_max) return std::nullopt;
    return static_cast<int>(*number);
}

std::string problem_of_about(const std::string& text)
{
    if (text.size() > route_about_max) return fmt::format("about has at most {} bytes", route_about_max);
    const bool is_a_line = std::none_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
    return is_a_line ? "" : "about is one line";
}

std::string problem_of_playbook(const std::string& address)
{
    if (address.empty()) return "";
    const bool is_plain = std::all_of(
        address.begin(), address.end(), [](char c) { return c > ' ' && c < 0x7f; });
    const bool is_link = (address.starts_with("https://") || address.starts_with("http://")) &&
                         address.find_first_of("\"\\<>|") == std::string::npos;
    if (!is_plain || !is_link) return "a playbook is a link: playbook = \"https://…\"";
    return address.size() <= route_playbook_max
               ? ""
               : fmt::format("a playbook's link has at most {} bytes", route_playbook_max);
}

std::string to_text(const FrozenRoute& route)
{
    nlohmann::json steps = nlohmann::json::array();
    for (const FrozenStep& step : route.steps) {
        nlohmann::json people = nlohmann::json::array();
        for (const UserId& person : step.people) people.push_back(person.value);
        nlohmann::json channels = nlohmann::json::array();
        for (const ChannelId& channel : step.channels) channels.push_back(channel.value);
        steps.push_back({{"delay_us", step.delay.count()},
                         {"people", people},
                         {"channels", channels},
                         {"destinations", step.destinations},
                         {"needed", step.needed}});
    }
    nlohmann::json json{{"name", route.name}, {"steps", steps}};
    if (route.off_hours) json["off_hours"] = to_text(*route.off_hours);
    return json.dump();
}

FrozenRoute frozen_route_from_text(const std::string& text)
{
    const auto json = nlohmann::json::parse(text);
    FrozenRoute route;
    route.name = json.at("name").get<std::string>();
    for (const auto& step : json.at("steps")) {
        FrozenStep& frozen = route.steps.emplace_back();
        frozen.delay = Duration{step.at("delay_us").get<std::int64_t>()};
        for (const auto& person : step.at("people")) frozen.people.emplace_back(person.get<std::string>());
        for (const auto& channel : step.at("channels"))
            frozen.channels.emplace_back(channel.get<std::string>());
        // Those that were written by an earlier version say nothing of these.
        frozen.destinations = step.value("destinations", std::vector<std::string>{});
        frozen.needed = step.value("needed", 1);
    }
    if (json.contains("off_hours")) {
        std::string problem;
        route.off_hours = parse_off_hours(json.at("off_hours").get<std::string>(), problem);
        if (!route.off_hours) throw std::runtime_error{"a frozen route's off hours: " + problem};
    }
    return route;
}

}  // namespace ackd
