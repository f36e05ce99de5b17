#include "bot/cli/destinations_command.hpp"

#include "adapters/outside/outside_adapter.hpp"
#include "bot/cli/configuration.hpp"
#include "bot/cli/outside_setup.hpp"
#include "bot/cli/policy_desk.hpp"
#include "bot/clock.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/destinations/outside_handlers.hpp"
#include "bot/people/local_time.hpp"

#include <fmt/format.h>

#include <csignal>
#include <vector>

namespace ackd::cli {

namespace {

constexpr int undelivered_shown_max = 50;

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

/// How it does, and what it did not take.
std::string standing_of(storage::Connection& connection, const std::string& name)
{
    const DestinationTable table{connection};
    const DestinationState state = table.state_of(name);
    std::string text;
    if (state.failing_since)
        text += fmt::format("  takes nothing since {}: {}\n", utc_text(*state.failing_since), state.reason);
    else if (state.told_at)
        text += fmt::format("  took the last on {}\n", utc_text(*state.told_at));
    for (const Undelivered& each : table.undelivered_to(name, undelivered_shown_max)) {
        text += fmt::format("  {} not delivered, given up on {} after {} {}: {}\n",
                            each.id.value,
                            utc_text(each.given_up_at),
                            each.attempts,
                            each.attempts == 1 ? "attempt" : "attempts",
                            each.reason);
    }
    return text;
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
        PolicyDesk desk{options.state_directory, DeskMode::look};
        const Policy policy = desk.policy_in_force();
        if (policy.destinations.empty())
            fmt::print(
                "The policy has no destinations: nobody is told outside the chat. docs/destinations.md says how "
                "somebody may be.\n");
        for (const Destination& destination : policy.destinations)
            fmt::print("{} ({}) {}\n{}",
                       destination.name,
                       name_of(destination.kind),
                       destination.address,
                       desk.version() == 0 ? "" : standing_of(desk.connection(), destination.name));
        return exit_done;
    });
}

int redeliver(const DestinationsCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::write};
        storage::Transaction transaction{desk.connection()};
        const DestinationTable table{desk.connection()};
        const auto undelivered = table.find(UndeliveredId{options.undelivered});
        HandlerContext context = desk.context(SystemClock{}.now()).value();
        if (!undelivered ||
            !send_again(context.outbox, table, desk.policy_in_force(), undelivered->id, context.now)) {
            throw Refusal{fmt::format(
                "There is nothing with the number {} that was not delivered: `ackd destinations list` shows it.\n",
                options.undelivered)};
        }
        record(context,
               operator_name(),
               RequestId{},
               ObligationId{},
               "sent_again",
               {{"to", undelivered->destination}, {"count", "1"}});
        transaction.commit();
        fmt::print("{} is told once more, by the ackd that runs, unless it is overtaken.\n",
                   undelivered->destination);
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
