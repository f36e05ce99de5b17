// The form of a route: its steps, and a few more to fill in.
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/policy/policy_values.hpp"
#include "bot/policy/setup_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr std::size_t steps_least = 3;

/// "people_2": the field of a step, counted from 1.
std::string step_field(std::string_view name, std::size_t step)
{
    return fmt::format("{}_{}", name, step);
}

template <class Id>
std::vector<Id> targets_of(const RouteStep& step)
{
    std::vector<Id> ids;
    for (const RouteTarget& target : step.targets) {
        if (const auto* id = std::get_if<Id>(&target)) ids.push_back(*id);
    }
    return ids;
}

}  // namespace

void route_fields(FormMaker& make, const Route& route)
{
    if (route.name.empty()) make.text("name", "Name", "", "Without spaces, such as incident");
    make.text("about",
              "What it is for",
              route.about,
              "Such as: the site is down, data is lost. Left empty: nobody raises anything on it",
              true);
    std::vector<Choice> priorities;
    for (const Priority priority : all_priorities)
        priorities.push_back(Choice{priority_words(priority), std::string{name_of(priority)}});
    make.choice("priority", "What is raised is", std::move(priorities), std::string{name_of(route.priority)});
    make.text("playbook", "What to do stands at", route.playbook, "A link: https://…", true);
    make.text(
        "off_hours",
        "Reaches people off hours",
        route.off_hours ? to_text(*route.off_hours) : "",
        "never, always, or such as Mon-Sun 7:00-22:00; not on holidays. Left empty: as its priority has it",
        true);
    const std::size_t count = std::min(std::max(steps_least, route.steps.size() + 1), route_steps_max);
    for (std::size_t number = 1; number <= count; ++number) {
        const RouteStep step = number <= route.steps.size() ? route.steps[number - 1] : RouteStep{};
        make.people(
            step_field("people", number), fmt::format("Step {}: people", number), targets_of<UserId>(step));
        make.groups(step_field("groups", number),
                    fmt::format("Step {}: user groups", number),
                    targets_of<GroupId>(step));
        make.channels(step_field("channels", number),
                      fmt::format("Step {}: channels", number),
                      targets_of<ChannelId>(step));
        make.text(step_field("rotations", number),
                  fmt::format("Step {}: on call in", number),
                  fmt::format("{}", fmt::join(step.rotations, ", ")),
                  "Names of rotations, with commas between them",
                  true);
        make.text(step_field("destinations", number),
                  fmt::format("Step {}: destinations", number),
                  fmt::format("{}", fmt::join(step.destinations, ", ")),
                  "Names of webhooks, mail addresses and the like, with commas between them",
                  true);
        make.text(step_field("needed", number),
                  fmt::format("Step {}: how many have to take it", number),
                  step.needed == 1 ? "" : needed_text(step.needed),
                  "A number, or all. Left empty: one",
                  true);
        make.text(step_field("delay", number),
                  fmt::format("Step {}: begins after", number),
                  step.delay > Duration{0} ? to_text(step.delay, TimeBase::wall_clock) : "",
                  "Such as 10m or 2h. Left empty: at once",
                  true);
    }
    make.text("repeats",
              "Taken again, when all was in vain",
              fmt::to_string(route.repeats),
              fmt::format("Times, at most {}", route_repeats_max),
              true);
}

void take_route(FormTaker& take, const SetupPart& part, Policy& policy)
{
    Route route;
    route.name = part.name.empty() ? take.name("a route", policy.routes.contains(take.text("name")))
                                   : part.name;
    route.about = take.text("about");
    if (const std::string wrong = problem_of_about(route.about); !wrong.empty())
        take.problem("about", "At most 200 characters, on one line.");
    route.priority = priority_named(take.chosen("priority")).value_or(route.priority);
    route.playbook = take.text("playbook");
    if (!problem_of_playbook(route.playbook).empty())
        take.problem("playbook", "This is no link. It begins with https:// and has no spaces.");
    if (const std::string text = take.text("off_hours"); !text.empty()) {
        std::string wrong;
        route.off_hours = parse_off_hours(text, wrong);
        if (!route.off_hours)
            take.problem("off_hours", "Try: never, always, or Mon-Fri 7:00-22:00; not on holidays");
    }
    if (!take.text("repeats").empty()) take.number("repeats", route.repeats, 0, route_repeats_max);
    for (std::size_t number = 1; number <= route_steps_max; ++number) {
        RouteStep step;
        for (const UserId& id : take.ids<UserId>(step_field("people", number))) step.targets.emplace_back(id);
        for (const GroupId& id : take.ids<GroupId>(step_field("groups", number)))
            step.targets.emplace_back(id);
        for (const ChannelId& id : take.ids<ChannelId>(step_field("channels", number)))
            step.targets.emplace_back(id);
        step.rotations = names_in_text(take.text(step_field("rotations", number)));
        for (const std::string& rotation : step.rotations) {
            if (find_rotation(policy.rotations, rotation) == nullptr)
                take.problem(step_field("rotations", number),
                             fmt::format("There is no rotation \"{}\".", rotation));
        }
        step.destinations = names_in_text(take.text(step_field("destinations", number)));
        for (const std::string& destination : step.destinations) {
            if (find_destination(policy.destinations, destination) == nullptr)
                take.problem(step_field("destinations", number),
                             fmt::format("There is no destination \"{}\".", destination));
        }
        if (const std::string text = take.text(step_field("needed", number)); !text.empty()) {
            const auto needed = parse_needed(text);
            if (needed)
                step.needed = *needed;
            else
                take.problem(step_field("needed", number),
                             fmt::format("Try: all, or a number up to {}", route_needed_max));
        }
        const std::string delay = take.text(step_field("delay", number));
        if (const auto parsed = parse_duration(delay))
            step.delay = *parsed;
        else if (!delay.empty())
            take.problem(step_field("delay", number), fmt::format("\"{}\" is no duration. Try: 10m", delay));
        // A step that was emptied is gone, and those after it move up.
        if (!step.targets.empty() || !step.rotations.empty() || !step.destinations.empty())
            route.steps.push_back(std::move(step));
    }
    if (route.steps.empty())
        take.problem(step_field("people", 1), "A route asks somebody: choose people, groups or channels.");
    policy.routes.insert_or_assign(route.name, route);
}

}  // namespace ackd
