#include "bot/cli/destinations_command.hpp"

#include "adapters/outside/outside_adapter.hpp"
#include "bot/cli/configuration.hpp"
#include "bot/cli/outside_setup.hpp"
#include "bot/cli/policy_desk.hpp"
#include "bot/clock.hpp"
#include "bot/commands/due_phrase.hpp"

#include <fmt/format.h>

#include <csignal>
#include <vector>

namespace ackd::cli {

namespace {

Destination destination_named(const PolicyDesk& desk, const std::string& name)
{
    const Policy policy = desk.policy_in_force();
    if (const Destination* destination = find_destination(policy.destinations, name)) return *destination;
    std::vector<std::string> names;
    for (const Destination& each : policy.destinations) names.push_back(each.name);
    const auto near = nearest_word(name, names);
    throw Refusal{fmt::format(
        "The policy has no destination \"{}\"{}\n",
        name,
        near ? fmt::format("; did you mean \"{}\"?", *near)
        : names.empty()
            ? ": write [[destination]] into it (docs/destinations.md), and `ackd policy apply` it."
            : fmt::format("; there is {}.", fmt::join(names, ", ")))};
}

Delivery test_of(const Destination& destination, Instant now)
{
    TellOutside told;
    told.destination = destination;
    told.message.event = "test";
    told.message.key = "test";
    told.message.title = "A test from ackd";
    told.message.text = "Somebody tried whether ackd can tell you something. It can; there is nothing to do.";
    told.message.priority = "fyi";
    told.message.at = now;
    Delivery delivery;
    // Far from what an outbox has come to, so that nobody takes it for something heard before.
    delivery.id = OutboxId{to_microseconds(now)};
    delivery.intended_at = now;
    delivery.effect = std::move(told);
    return delivery;
}

}  // namespace

int list_destinations(const DestinationsCommandOptions& options)
{
    return tell_outcome([&] {
        const PolicyDesk desk{options.state_directory, DeskMode::look};
        const Policy policy = desk.policy_in_force();
        if (policy.destinations.empty())
            fmt::print(
                "The policy has no destinations: nobody is told outside the chat. docs/destinations.md says how "
                "somebody may be.\n");
        for (const Destination& destination : policy.destinations)
            fmt::print("{} ({}) {}\n", destination.name, name_of(destination.kind), destination.address);
        return exit_done;
    });
}

int test_destination(const DestinationsCommandOptions& options)
{
    // A receiver that goes away is told of in words.
    std::signal(SIGPIPE, SIG_IGN);
    return tell_outcome([&] {
        const Configuration configuration = options.configuration_path.empty()
                                                ? Configuration{}
                                                : read_configuration(options.configuration_path);
        if (!configuration.problems.empty())
            throw Refusal{problems_as_text(options.configuration_path, configuration.problems)};
        const outside::OutsideSettings settings = load_outside_settings(configuration);
        const PolicyDesk desk{options.state_directory, DeskMode::look};
        const Destination destination = destination_named(desk, options.destination);
        const Instant now = SystemClock{}.now();
        const outside::OutsideReport report = outside::tell_once(settings, test_of(destination, now), now);
        if (const auto* fault = std::get_if<Fault>(&report.outcome))
            throw Refusal{fmt::format("{} was not told: {}.\n", destination.name, fault->detail)};
        fmt::print("{} took it ({}, {} ms).\n", destination.name, report.status, report.took.count());
        return exit_done;
    });
}

}  // namespace ackd::cli
