#include "bot/policy/setup_form.hpp"

#include "bot/commands/whole_number.hpp"
#include "bot/people/availability.hpp"
#include "bot/policy/policy_text.hpp"
#include "bot/policy/policy_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ackd {

namespace {

constexpr std::size_t steps_least = 3;
/// A field holds three thousand characters in every chat.
constexpr int text_length_max = 1'000;

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

std::string trimmed(std::string_view text)
{
    const auto from = text.find_first_not_of(" \t\n");
    if (from == std::string_view::npos) return "";
    return std::string{text.substr(from, text.find_last_not_of(" \t\n") - from + 1)};
}

/// "de-by, de-be"
std::vector<std::string> names_in_text(std::string_view text)
{
    std::vector<std::string> names;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (const std::string name = trimmed(text.substr(0, comma)); !name.empty()) names.push_back(name);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return names;
}

class FormMaker {
public:
    FormMaker(Form& form, const std::vector<UserGroup>& groups) : form_(form), groups_(groups) {}

    void text(
        std::string name, std::string label, std::string value, std::string hint, bool is_optional = false)
    {
        FormField& field = add(std::move(name), FieldKind::text, std::move(label), is_optional);
        field.hint = std::move(hint);
        field.length_max = text_length_max;
        if (!value.empty()) field.initial = {std::move(value)};
    }
    void people(std::string name, std::string label, const std::vector<UserId>& ids)
    {
        add(std::move(name), FieldKind::people, std::move(label), true).initial = texts_of(ids);
    }
    void channels(std::string name, std::string label, const std::vector<ChannelId>& ids)
    {
        add(std::move(name), FieldKind::channels, std::move(label), true).initial = texts_of(ids);
    }
    void channel(std::string name, std::string label, const ChannelId& id)
    {
        FormField& field = add(std::move(name), FieldKind::channel, std::move(label), true);
        if (!id.empty()) field.initial = {id.value};
    }
    /// Left out where there are none to choose from.
    void groups(std::string name, std::string label, const std::vector<GroupId>& ids)
    {
        if (groups_.empty() && ids.empty()) return;
        FormField& field = add(std::move(name), FieldKind::choices, std::move(label), true);
        std::set<std::string> offered;
        for (const UserGroup& group : groups_) {
            field.choices.push_back(Choice{"@" + group.handle, group.id.value});
            offered.insert(group.id.value);
        }
        // What is there now stays to be chosen, offered to others or not.
        for (const GroupId& id : ids) {
            if (!offered.contains(id.value)) field.choices.push_back(Choice{id.value, id.value});
        }
        field.initial = texts_of(ids);
    }

private:
    FormField& add(std::string name, FieldKind kind, std::string label, bool is_optional)
    {
        FormField& field = form_.fields.emplace_back();
        field.name = std::move(name);
        field.kind = kind;
        field.label = std::move(label);
        field.is_optional = is_optional;
        return field;
    }

    Form& form_;
    const std::vector<UserGroup>& groups_;
};

constexpr const char* week_hint = "Such as Mon-Fri 9-17, or Mon-Thu 8-16; Fri 8-13";
constexpr const char* holidays_hint = "Names of holiday calendars, with commas between them";

void team_fields(FormMaker& make, const Team& team)
{
    if (team.name.empty()) make.text("name", "Name", "", "Lower case, without spaces");
    make.channel("channel", "Home channel", team.channel);
    make.people("members", "Members", team.members);
    make.groups("groups", "Members by user group", team.groups);
    make.people("leads", "Leads", team.leads);
    make.text("hours",
              "Working hours",
              team.hours ? to_text(*team.hours) : "",
              fmt::format("{}. Left empty: those of everybody", week_hint),
              true);
    make.text("zone", "Time zone", team.zone, "For the team's own times, such as Europe/Berlin", true);
    make.text("holidays", "Holidays", fmt::format("{}", fmt::join(team.holidays, ", ")), holidays_hint, true);
}

void route_fields(FormMaker& make, const Route& route)
{
    if (route.name.empty()) make.text("name", "Name", "", "Without spaces, such as incident");
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
        make.text(step_field("delay", number),
                  fmt::format("Step {}: begins after", number),
                  step.delay > Duration{0} ? to_text(step.delay, TimeBase::wall_clock) : "",
                  "Such as 10m or 2h. Left empty: at once",
                  true);
    }
}

/// Takes the fields of one form; what is wrong is noted at its field.
class FormTaker {
public:
    FormTaker(const FormValues& values, FormProblems& problems) : values_(values), problems_(problems) {}

    void problem(const std::string& field, std::string explanation)
    {
        problems_.push_back({field, std::move(explanation)});
    }
    [[nodiscard]] std::string text(const std::string& field) const { return trimmed(values_.of(field).text); }
    template <class Id>
    [[nodiscard]] std::vector<Id> ids(const std::string& field) const
    {
        return ids_of<Id>(values_.of(field));
    }
    void number(const std::string& field, int& target, int least, int most)
    {
        const auto value = parse_whole_number<std::int64_t>(text(field), 0);
        if (!value || *value < least || *value > most)
            return problem(field, fmt::format("A whole number from {} to {}.", least, most));
        target = static_cast<int>(*value);
    }
    void zone(const std::string& field, std::string& target, bool is_optional)
    {
        const std::string typed = text(field);
        if (!(is_optional && typed.empty()) && !is_time_zone(typed))
            return problem(field, fmt::format("There is no time zone \"{}\". Try: Europe/Berlin", typed));
        target = typed;
    }
    [[nodiscard]] std::optional<WorkWeek> week(const std::string& field)
    {
        std::string wrong;
        auto read = parse_work_week(text(field), wrong);
        if (!read) problem(field, fmt::format("\"{}\": {}.", text(field), wrong));
        return read;
    }
    /// Of something new.
    [[nodiscard]] std::string name(const std::string& what, bool is_taken_by_other)
    {
        std::string typed = text("name");
        std::string wrong = problem_of_name(what, typed);
        if (wrong.empty() && is_taken_by_other)
            wrong = fmt::format("There is one named \"{}\" already.", typed);
        if (!wrong.empty()) problem("name", wrong);
        return typed;
    }

private:
    const FormValues& values_;
    FormProblems& problems_;
};

void take_team(FormTaker& take, const SetupPart& part, Policy& policy)
{
    const auto find = [&policy](const std::string& name) {
        return std::find_if(
            policy.teams.begin(), policy.teams.end(), [&](const Team& team) { return team.name == name; });
    };
    Team team;
    if (part.name.empty())
        team.name = take.name("a team", find(take.text("name")) != policy.teams.end());
    else
        team.name = part.name;
    const auto channel = take.ids<ChannelId>("channel");
    if (!channel.empty()) team.channel = channel.front();
    team.members = take.ids<UserId>("members");
    team.groups = take.ids<GroupId>("groups");
    team.leads = take.ids<UserId>("leads");
    take.zone("zone", team.zone, true);
    if (!take.text("hours").empty()) team.hours = take.week("hours");
    team.holidays = names_in_text(take.text("holidays"));
    const auto known = find(part.name);
    if (!part.name.empty() && known != policy.teams.end())
        *known = std::move(team);
    else
        policy.teams.push_back(std::move(team));
}

void take_route(FormTaker& take, const SetupPart& part, Policy& policy)
{
    Route route;
    route.name = part.name.empty() ? take.name("a route", policy.routes.contains(take.text("name")))
                                   : part.name;
    for (std::size_t number = 1; number <= route_steps_max; ++number) {
        RouteStep step;
        for (const UserId& id : take.ids<UserId>(step_field("people", number))) step.targets.emplace_back(id);
        for (const GroupId& id : take.ids<GroupId>(step_field("groups", number)))
            step.targets.emplace_back(id);
        for (const ChannelId& id : take.ids<ChannelId>(step_field("channels", number)))
            step.targets.emplace_back(id);
        const std::string delay = take.text(step_field("delay", number));
        if (const auto parsed = parse_duration(delay))
            step.delay = *parsed;
        else if (!delay.empty())
            take.problem(step_field("delay", number), fmt::format("\"{}\" is no duration. Try: 10m", delay));
        // A step that was emptied is gone, and those after it move up.
        if (!step.targets.empty()) route.steps.push_back(std::move(step));
    }
    if (route.steps.empty())
        take.problem(step_field("people", 1), "A route asks somebody: choose people, groups or channels.");
    policy.routes.insert_or_assign(route.name, route);
}

}  // namespace

std::optional<SetupPart> setup_part_in(std::string_view text)
{
    const auto space = std::min(text.find(' '), text.size());
    const std::string_view kind = text.substr(0, space);
    const std::string name{text.substr(std::min(space + 1, text.size()))};
    if (kind == "hours" && name.empty()) return SetupPart{SetupKind::hours};
    if (kind == "limits" && name.empty()) return SetupPart{SetupKind::limits};
    if (kind == "team") return SetupPart{SetupKind::team, name};
    if (kind == "route") return SetupPart{SetupKind::route, name};
    return std::nullopt;
}

std::string to_text(const SetupPart& part)
{
    const std::string name = part.name.empty() ? "" : " " + part.name;
    switch (part.kind) {
        case SetupKind::hours: return "hours";
        case SetupKind::limits: return "limits";
        case SetupKind::team: return "team" + name;
        case SetupKind::route: return "route" + name;
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

bool is_there(const SetupPart& part, const Policy& policy)
{
    if (part.name.empty()) return true;
    return part.kind == SetupKind::team ? team_of(part, policy) != nullptr
                                        : policy.routes.contains(part.name);
}

Form setup_form(const SetupPart& part,
                const Policy& policy,
                std::int64_t version,
                const std::vector<UserGroup>& groups)
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
        case SetupKind::route: {
            form.title = part.name.empty() ? "A new route" : "Route";
            const auto route = policy.routes.find(part.name);
            route_fields(make, route == policy.routes.end() ? Route{} : route->second);
            break;
        }
    }
    if (!part.name.empty()) form.introduction.push_back(Line{LineStyle::plain, {Words{to_text(part)}}});
    return form;
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
                                                   const FormValues& values)
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
        case SetupKind::route: take_route(take, part, changed); break;
    }
    if (!problems.empty()) return problems;
    // What a file could not say is not said here either.
    const PolicyReading reading = read_policy(to_text(PolicyDocument{"", std::nullopt, changed}));
    if (!reading.problems.empty())
        return FormProblems{{values.fields.front().field, reading.problems.front().what}};
    return changed;
}

}  // namespace ackd
