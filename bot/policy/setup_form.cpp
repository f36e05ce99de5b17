#include "bot/policy/setup_form.hpp"

#include "bot/commands/whole_number.hpp"
#include "bot/policy/policy_text.hpp"
#include "bot/policy/setup_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

std::optional<SetupPart> setup_part_in(std::string_view text)
{
    const auto space = std::min(text.find(' '), text.size());
    const std::string_view kind = text.substr(0, space);
    const std::string name{text.substr(std::min(space + 1, text.size()))};
    if (kind == "hours" && name.empty()) return SetupPart{SetupKind::hours};
    if (kind == "limits" && name.empty()) return SetupPart{SetupKind::limits};
    if (kind == "team") return SetupPart{SetupKind::team, name};
    if (kind == "channel") return SetupPart{SetupKind::channel, name};
    if (kind == "route") return SetupPart{SetupKind::route, name};
    if (kind == "rotation") return SetupPart{SetupKind::rotation, name};
    return std::nullopt;
}

std::string to_text(const SetupPart& part)
{
    const std::string name = part.name.empty() ? "" : " " + part.name;
    switch (part.kind) {
        case SetupKind::hours: return "hours";
        case SetupKind::limits: return "limits";
        case SetupKind::team: return "team" + name;
        case SetupKind::channel: return "channel" + name;
        case SetupKind::route: return "route" + name;
        case SetupKind::rotation: return "rotation" + name;
    }
    return "?";
}

const Team* team_of(const SetupPart& part, const Policy& policy)
{
    if (part.kind != SetupKind::team) return nullptr;
    const auto found = std::find_if(
        policy.teams.begin(), policy.teams.end(), [&](const Team& team) { return team.name == part.name; });
    return found == policy.teams.end() ? nullptr : &*found;
}

const WatchedChannel* channel_of(const SetupPart& part, const Policy& policy)
{
    if (part.kind != SetupKind::channel) return nullptr;
    const auto found = std::find_if(
        policy.channels.begin(), policy.channels.end(), [&](const WatchedChannel& watched) {
            return watched.channel.value == part.name;
        });
    return found == policy.channels.end() ? nullptr : &*found;
}

bool is_there(const SetupPart& part, const Policy& policy)
{
    if (part.name.empty()) return true;
    switch (part.kind) {
        case SetupKind::hours:
        case SetupKind::limits: return true;
        case SetupKind::team: return team_of(part, policy) != nullptr;
        case SetupKind::channel: return channel_of(part, policy) != nullptr;
        case SetupKind::route: return policy.routes.contains(part.name);
        case SetupKind::rotation: return find_rotation(policy.rotations, part.name) != nullptr;
    }
    return false;
}

SetupPart part_made(const SetupPart& part, const FormValues& values)
{
    if (!part.name.empty()) return part;
    SetupPart made = part;
    FormProblems none;
    const FormTaker take{values, none};
    if (part.kind == SetupKind::channel) made.name = take.chosen("channel");
    if (part.kind == SetupKind::team || part.kind == SetupKind::route || part.kind == SetupKind::rotation)
        made.name = take.text("name");
    return made;
}

Form setup_form(const SetupPart& part,
                const Policy& policy,
                std::int64_t version,
                const std::vector<UserGroup>& groups,
                const PeopleCalled& called)
{
    Form form;
    form.name = setup_form_name;
    form.submit_label = "Save";
    form.context = fmt::format("{} {}", version, to_text(part));
    FormMaker make{form, groups};
    switch (part.kind) {
        case SetupKind::hours:
            form.title = "Hours";
            make.text(
                "zone", "Time zone of profiles without one", policy.default_zone, "Such as Europe/Berlin");
            make.text("week", "Working hours of everybody", to_text(policy.hours), week_hint);
            make.text("holidays",
                      "Holidays of everybody",
                      fmt::format("{}", fmt::join(policy.holidays, ", ")),
                      holidays_hint,
                      true);
            break;
        case SetupKind::limits:
            form.title = "Limits";
            make.text("interruptions",
                      "Interruptions a person and day",
                      fmt::to_string(policy.interruptions_per_day),
                      "Beyond priority now; what is more waits for a digest");
            make.text("recipients", "People one request may ask", fmt::to_string(policy.recipients_max), "");
            make.text("price_shown_from",
                      "Show whom it disturbs, from so many on",
                      fmt::to_string(policy.price_shown_from),
                      "Before it is sent, and whenever somebody is off; 0: never");
            make.text("snoozes",
                      "Snoozes",
                      fmt::to_string(policy.delivery.snoozes_max),
                      "How often one may be put off");
            break;
        case SetupKind::team: {
            form.title = part.name.empty() ? "A new team" : "Team";
            const Team* team = team_of(part, policy);
            team_fields(make, team == nullptr ? Team{} : *team);
            break;
        }
        case SetupKind::channel:
            form.title = channel_of(part, policy) == nullptr ? "A channel to watch" : "Channel";
            channel_fields(make, part, policy);
            break;
        case SetupKind::route: {
            form.title = part.name.empty() ? "A new route" : "Route";
            const auto route = policy.routes.find(part.name);
            route_fields(make, route == policy.routes.end() ? Route{} : route->second);
            break;
        }
        case SetupKind::rotation: {
            form.title = part.name.empty() ? "A new rotation" : "Rotation";
            const Rotation* rotation = find_rotation(policy.rotations, part.name);
            rotation_fields(make, rotation == nullptr ? Rotation{} : *rotation, called);
            break;
        }
    }
    if (!part.name.empty()) {
        form.introduction.push_back(part.kind == SetupKind::channel
                                        ? Line{LineStyle::plain, {ChannelName{ChannelId{part.name}}}}
                                        : Line{LineStyle::plain, {Words{to_text(part)}}});
    }
    return form;
}

std::string overfull_field_of(const Form& form)
{
    for (const FormField& field : form.fields) {
        if (field.length_max == 0 || field.initial.empty()) continue;
        // In bytes: of characters there are no more than these.
        if (field.initial.front().size() > static_cast<std::size_t>(field.length_max)) return field.label;
    }
    return "";
}

std::optional<SetupOccasion> setup_occasion_in(std::string_view context)
{
    const auto space = std::min(context.find(' '), context.size());
    const auto version = parse_whole_number<std::int64_t>(context.substr(0, space), 0);
    const auto part = setup_part_in(context.substr(std::min(space + 1, context.size())));
    if (!version || !part) return std::nullopt;
    return SetupOccasion{*version, *part};
}

std::variant<Policy, FormProblems> read_setup_form(const SetupPart& part,
                                                   const Policy& policy,
                                                   const FormValues& values,
                                                   const PeopleCalled& called)
{
    Policy changed = policy;
    FormProblems problems;
    FormTaker take{values, problems};
    switch (part.kind) {
        case SetupKind::hours:
            take.zone("zone", changed.default_zone, false);
            if (const auto week = take.week("week")) changed.hours = *week;
            changed.holidays = names_in_text(take.text("holidays"));
            break;
        case SetupKind::limits:
            take.number("interruptions", changed.interruptions_per_day, 0, 100);
            take.number("recipients", changed.recipients_max, 1, 2'000);
            take.number("price_shown_from", changed.price_shown_from, 0, 2'000);
            take.number("snoozes", changed.delivery.snoozes_max, 0, 20);
            break;
        case SetupKind::team: take_team(take, part, changed); break;
        case SetupKind::channel: take_channel(take, part, changed); break;
        case SetupKind::route: take_route(take, part, changed); break;
        case SetupKind::rotation: take_rotation(take, part, changed, called); break;
    }
    if (!problems.empty()) return problems;
    // What a file could not say is not said here either.
    const PolicyReading reading = read_policy(to_text(PolicyDocument{"", std::nullopt, changed}));
    if (!reading.problems.empty())
        return FormProblems{{values.fields.front().field, reading.problems.front().what}};
    return changed;
}

}  // namespace ackd
