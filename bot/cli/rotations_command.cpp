#include "bot/cli/rotations_command.hpp"

#include "bot/cli/policy_desk.hpp"
#include "bot/cli/text_file.hpp"
#include "bot/cli/web_key_desk.hpp"
#include "bot/people/eligibility.hpp"
#include "bot/rotations/on_call_place_handlers.hpp"
#include "bot/rotations/rotation_calendar.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/rotations/rotation_table.hpp"

#include <fmt/format.h>

namespace ackd::cli {

namespace {

const Rotation& rotation_at(PolicyDesk& desk, const std::string& name)
{
    const auto& rotations = desk.settings().rotations;
    if (const Rotation* found = find_rotation(rotations, name)) return *found;
    std::string names;
    for (const Rotation& each : rotations) names += (names.empty() ? "" : ", ") + each.name;
    throw Refusal{fmt::format(
        "There is no rotation \"{}\". The policy has: {}.\n", name, names.empty() ? "none" : names)};
}

/// Whom a summary names: an id, a name, or either behind "platform: ", as our own feed writes it.
std::optional<UserId> person_in(const Directory& directory, const std::string& rotation, std::string summary)
{
    if (summary.starts_with(rotation + ": ")) summary.erase(0, rotation.size() + 2);
    if (directory.find(UserId{summary})) return UserId{summary};
    return directory.find_by_name(summary);
}

/// The file as overrides of this rotation.
std::vector<ShiftOverride> read_overrides(HandlerContext& context,
                                          const Rotation& rotation,
                                          const std::string& path)
{
    const TextFile file = read_text_file(path);
    if (!file.problem.empty()) throw WrongFile{fmt::format("{}: {}\n", path, file.problem)};
    const std::string& zone = rotation.zone.empty() ? context.settings.default_zone : rotation.zone;
    CalendarReading reading = read_duties(file.text, zone);
    std::vector<ShiftOverride> overrides;
    for (const CalendarDuty& duty : reading.duties) {
        const auto person = person_in(context.directory, rotation.name, duty.summary);
        if (!person || !may_be_asked(context.directory.find(*person), Addressed::by_name)) {
            reading.problems.push_back(
                {duty.line,
                 fmt::format("nobody here is called \"{}\"; SUMMARY takes a name or an id", duty.summary)});
            continue;
        }
        ShiftOverride& made = overrides.emplace_back();
        made.rotation = rotation.name;
        made.span = duty.span;
        made.person = *person;
        made.source = OverrideSource::imported;
        made.made_at = context.now;
    }
    if (reading.problems.empty()) return overrides;
    std::string text;
    for (const CalendarProblem& problem : reading.problems) {
        text += problem.line == 0 ? fmt::format("{}: {}\n", path, problem.what)
                                  : fmt::format("{}:{}: {}\n", path, problem.line, problem.what);
    }
    throw WrongFile{text + "Nothing was changed.\n"};
}

}  // namespace

int export_rotation(const RotationsCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::look};
        const Rotation& rotation = rotation_at(desk, options.rotation);
        HandlerContext context = desk.context(desk_time(options.clock_scale, options.clock_origin)).value();
        fmt::print("{}", calendar_feed(context, rotation).text);
        return exit_done;
    });
}

int import_rotation(const RotationsCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::write};
        storage::Transaction transaction{desk.connection()};
        const Rotation& rotation = rotation_at(desk, options.rotation);
        HandlerContext context = desk.context(desk_time(options.clock_scale, options.clock_origin)).value();
        auto overrides = read_overrides(context, rotation, options.path);
        std::erase_if(overrides, [&](const ShiftOverride& made) { return made.span.until <= context.now; });
        if (overrides.size() > static_cast<std::size_t>(overrides_ahead_max))
            throw Refusal{
                fmt::format("More than {} events lie ahead: nothing was changed.\n", overrides_ahead_max)};
        RotationTable table{desk.connection()};
        std::size_t before = 0;
        for (const ShiftOverride& made : table.overrides_of(rotation.name)) {
            if (made.source != OverrideSource::imported || made.span.until <= context.now) continue;
            table.end(made, context.now);
            ++before;
        }
        for (ShiftOverride& made : overrides) table.insert(made);
        show_on_call(context, rotation);
        record(context,
               operator_name(),
               RequestId{},
               ObligationId{},
               "shifts_imported",
               {{"count", std::to_string(overrides.size())}, {"replaced", std::to_string(before)}});
        transaction.commit();
        fmt::print("{} of the file's events lie ahead and hold from now on, in the place of {}.\n",
                   overrides.size(),
                   before);
        return exit_done;
    });
}

int list_rotation_keys(const RotationsCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::look};
        const Policy policy = desk.policy_in_force();
        if (policy.rotations.empty())
            fmt::print("The policy has no rotations. docs/rotations.md says how it gets one.\n");
        std::vector<KeyHolder> holders;
        for (const Rotation& rotation : policy.rotations) holders.push_back({rotation.name, rotation.name});
        fmt::print("{}", web_key_list(desk, WebKeyUse::rotation, holders));
        return exit_done;
    });
}

int add_rotation_key(const RotationsCommandOptions& options)
{
    return tell_outcome([&] {
        const WebPlace place = web_place(options.configuration_path);
        PolicyDesk desk{options.state_directory, DeskMode::write};
        storage::Transaction transaction{desk.connection()};
        const std::string rotation = rotation_at(desk, options.rotation).name;
        const MadeWebKey made = make_web_key(desk, WebKeyUse::rotation, rotation);
        transaction.commit();
        fmt::print(
            "Key {} of {}. Its address is shown this once: only a hash of it is kept.\n\n"
            "The calendar, for programs that subscribe to one. Whoever has the address reads who is on "
            "call:\n\n    {}/calendar/{}.ics\n{}",
            made.id.value,
            rotation,
            place.url,
            made.key,
            place.remark);
        return exit_done;
    });
}

int revoke_rotation_key(const RotationsCommandOptions& options)
{
    return tell_outcome([&] {
        PolicyDesk desk{options.state_directory, DeskMode::write};
        revoke_web_key(desk, WebKeyUse::rotation, options.rotation, options.key);
        return exit_done;
    });
}

}  // namespace ackd::cli
