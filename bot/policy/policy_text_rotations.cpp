#include "bot/policy/policy_text_rotations.hpp"

#include "bot/calendar_text.hpp"
#include "bot/lower_case.hpp"
#include "bot/policy/policy_text.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

using Key = TomlReader::Key;

std::optional<WorkWeek> parse_hours(const std::string& text, std::string& wrong)
{
    auto week = parse_work_week(text, wrong);
    if (!week) wrong = fmt::format("\"{}\": {}", text, wrong);
    return week;
}

std::optional<std::chrono::minutes> parse_hand_over(const std::string& text, std::string& wrong)
{
    auto time = parse_time_of_day(text);
    if (!time) wrong = fmt::format("hand_over is a time of day such as \"09:00\", unlike \"{}\"", text);
    return time;
}

std::optional<std::chrono::local_days> parse_start(const std::string& text, std::string& wrong)
{
    auto day = parse_date(text);
    if (!day)
        wrong = fmt::format("starts is a day such as \"2026-01-05\", between 2000 and 2200, unlike \"{}\"",
                            text);
    return day;
}

/// One of them.
class RotationReading {
public:
    explicit RotationReading(TomlReader& toml) : toml_(toml) {}

    /// False: there are problems, and they have been told.
    bool read(const toml::node& node, const std::vector<Rotation>& others)
    {
        const std::size_t problems_before = toml_.problem_count();
        // The name and the start first, wherever they stand: what is said of the rest goes by them.
        if (const toml::table* table = node.as_table()) {
            rotation.name = (*table)["name"].value_exact<std::string>().value_or("");
            const auto start = parse_date((*table)["starts"].value_exact<std::string>().value_or(""));
            rotation.starts = start.value_or(std::chrono::local_days{});
            if (table->contains("turn") && !start) return tell_start(node, *table);
        }
        toml_.read(node,
                   "rotation",
                   {toml_.text("name", rotation.name),
                    people("people", alone_.people),
                    toml_.text("zone", rotation.zone, problem_of_zone),
                    toml_.parsed_text("hand_over", rotation.hand_over, parse_hand_over),
                    toml_.parsed_text("turn",
                                      rotation.turn,
                                      [this](const std::string& text, std::string& wrong) {
                                          return parse_turn(text, rotation.starts, wrong);
                                      }),
                    toml_.parsed_text("starts", rotation.starts, parse_start),
                    people("leads", rotation.leads),
                    toml_.flag("off_hours", rotation.off_hours),
                    toml_.id("topic", "C012AB3CD", rotation.topic.value),
                    toml_.id("group", "S012AB3CD", rotation.group.value),
                    toml_.tables("part", "rotation.part", rotation_parts_max, [this](const toml::node& part) {
                        read_part(part);
                    })});
        if (toml_.problem_count() != problems_before) return false;
        const std::string wrong = problem(others);
        if (!wrong.empty()) toml_.problem(node.source(), wrong);
        if (rotation.parts.empty()) rotation.parts.push_back(alone_);
        return wrong.empty();
    }

    Rotation rotation;

private:
    Key people(const char* name, std::vector<UserId>& target)
    {
        return toml_.ids(name, "U012AB3CD", [&target](const std::string& id) { target.emplace_back(id); });
    }

    /// Without a start a turn cannot be judged.
    bool tell_start(const toml::node& node, const toml::table& table)
    {
        const toml::node* start = table.get("starts");
        toml_.problem((start == nullptr ? node : *start).source(),
                      "a rotation has a day on which the first turn begins: starts = \"2026-01-05\"");
        return false;
    }

    void read_part(const toml::node& node)
    {
        RotationPart part;
        WorkWeek hours;
        toml_.read(node,
                   "rotation.part",
                   {toml_.parsed_text("hours", hours, parse_hours),
                    toml_.text("zone", part.zone, problem_of_zone),
                    people("people", part.people)});
        if (hours != WorkWeek{}) part.hours = hours;
        rotation.parts.push_back(std::move(part));
    }

    [[nodiscard]] std::string problem(const std::vector<Rotation>& others) const
    {
        const std::string& name = rotation.name;
        if (std::string wrong = problem_of_name("a rotation", name); !wrong.empty()) return wrong;
        if (name != lower_case(name))
            return fmt::format("a rotation's name is written in lower case, unlike \"{}\"", name);
        for (const char* verb : {"take", "swap", "note", "help"}) {
            if (name == verb)
                return fmt::format("a rotation cannot be named \"{}\": /oncall has that word", verb);
        }
        if (find_rotation(others, name) != nullptr)
            return fmt::format("there are two rotations named \"{}\"", name);
        for (const Rotation& other : others) {
            if (!rotation.group.empty() && other.group == rotation.group)
                return fmt::format("group \"{}\" is who is on call for \"{}\": it cannot be who is on call "
                                   "for \"{}\" as well",
                                   rotation.group.value,
                                   other.name,
                                   name);
        }
        if (rotation.starts == std::chrono::local_days{})
            return "a rotation has a day on which the first turn begins: starts = \"2026-01-05\"";
        if (rotation.parts.empty() == alone_.people.empty()) {
            return alone_.people.empty()
                       ? fmt::format("rotation \"{}\" has nobody in it: people = [\"U012AB3CD\"]", name)
                       : fmt::format(
                             "rotation \"{}\" has people of its own and parts: each part has its people",
                             name);
        }
        if (alone_.people.size() > rotation_people_max)
            return fmt::format("rotation \"{}\" has more than {} people", name, rotation_people_max);
        for (std::size_t index = 0; index < rotation.parts.size(); ++index) {
            const RotationPart& part = rotation.parts[index];
            const std::string which = fmt::format("part {} of rotation \"{}\"", index + 1, name);
            if (part.people.empty()) return which + " has nobody in it: people = [\"U012AB3CD\"]";
            if (part.people.size() > rotation_people_max)
                return fmt::format("{} has more than {} people", which, rotation_people_max);
            if (!part.hours) return which + " says what it covers: hours = \"Mon-Fri 08:00-16:00\"";
        }
        return "";
    }

    TomlReader& toml_;
    RotationPart alone_;
};

}  // namespace

TomlReader::Key rotation_tables(TomlReader& toml, std::vector<Rotation>& rotations)
{
    return toml.tables("rotation", "rotation", rotations_max, [&](const toml::node& node) {
        RotationReading reading{toml};
        if (reading.read(node, rotations)) rotations.push_back(std::move(reading.rotation));
    });
}

void write_rotations(PolicyLines& lines, const std::vector<Rotation>& rotations)
{
    lines.line(
        "# Rotations: people who take turns at being on call. A turn is \"daily\", \"weekly on monday\", or a rule");
    lines.line(
        "# such as \"FREQ=WEEKLY;INTERVAL=2\"; it begins at `hand_over` in `zone`, the first one on the day `starts`.");
    lines.line(
        "# A duty that follows the sun has parts instead, each with hours, a zone and people of its own. Leads hear");
    lines.line(
        "# of gaps; people are told off hours that they are on only where `off_hours` says so. Who is on now is shown");
    lines.line(
        "# in the topic of the channel `topic`, and as the members of the user group `group`, where they are named.");
    if (rotations.empty()) {
        lines.line("#");
        lines.line("#     [[rotation]]");
        lines.line("#     name = \"platform\"");
        lines.line("#     people = [\"U012AB3CD\"]");
        lines.line("#     zone = \"Europe/Berlin\"");
        lines.line("#     hand_over = \"09:00\"");
        lines.line("#     turn = \"weekly on monday\"");
        lines.line("#     starts = \"2026-01-05\"");
        lines.line("");
    }
    for (const Rotation& rotation : rotations) {
        lines.line("[[rotation]]");
        lines.quoted_key("name", rotation.name);
        const bool is_whole = rotation.parts.size() == 1 && !rotation.parts.front().hours;
        if (is_whole) lines.ids("", "people", rotation.parts.front().people);
        if (!rotation.zone.empty()) lines.quoted_key("zone", rotation.zone);
        lines.quoted_key("hand_over", time_of_day_text(rotation.hand_over));
        lines.quoted_key("turn", to_text(rotation.turn));
        lines.quoted_key("starts", date_text(rotation.starts));
        if (!rotation.leads.empty()) lines.ids("", "leads", rotation.leads);
        lines.key("off_hours", rotation.off_hours ? "true" : "false");
        if (!rotation.topic.empty()) lines.id("topic", rotation.topic);
        if (!rotation.group.empty()) lines.id("group", rotation.group);
        for (const RotationPart& part : rotation.parts) {
            if (is_whole) break;
            lines.line("  [[rotation.part]]");
            lines.line("  hours = " + quoted(to_text(part.hours.value_or(WorkWeek{}))));
            if (!part.zone.empty()) lines.line("  zone = " + quoted(part.zone));
            lines.ids("  ", "people", part.people);
        }
        lines.line("");
    }
}

}  // namespace ackd
