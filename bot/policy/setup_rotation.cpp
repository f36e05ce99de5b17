// The form of a rotation: when turns change, who takes them in which order, and for a duty that follows the
// sun its parts, and one more to fill in.
//
// People stand in a text, one a line, and not in the chat's own choice of people: their order is whose turn
// it is, and no chat promises to keep the order of what was chosen.
#include "bot/calendar_text.hpp"
#include "bot/policy/setup_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// "people_2": the field of a part, counted from 1.
std::string part_field(std::string_view name, std::size_t number)
{
    return fmt::format("{}_{}", name, number);
}

/// One a line: a name where it is one person's, else the id.
std::string text_of(const std::vector<UserId>& people, const PeopleCalled& called)
{
    std::string text;
    for (const UserId& id : people) {
        const std::string name = called.name_of(id);
        const bool is_clear = name.find('\n') == std::string::npos && called.who_is(name) == id;
        text += (text.empty() ? "" : "\n") + (is_clear ? name : id.value);
    }
    return text;
}

void people_field(FormMaker& make,
                  std::size_t number,
                  const std::vector<UserId>& people,
                  const PeopleCalled& called)
{
    make.lines(part_field("people", number),
               number == 1 ? "People, in the order of their turns" : fmt::format("Part {}: people", number),
               text_of(people, called),
               "Names, one a line",
               number > 1);
}

void hours_fields(FormMaker& make, std::size_t number, const RotationPart& part)
{
    make.text(part_field("hours", number),
              fmt::format("Part {}: hours", number),
              part.hours ? to_text(*part.hours) : "",
              number == 1 ? "For a duty that follows the sun, such as Mon-Fri 8-16. Left empty: always"
                          : "Left empty with its people: there is no such part",
              true);
    make.text(part_field("zone", number),
              fmt::format("Part {}: time zone", number),
              part.zone,
              "Of these hours. Left empty: the rotation's",
              true);
}

/// Reads the parts of one form.
class PartTaking {
public:
    PartTaking(FormTaker& take, const PeopleCalled& called) : take_(take), called_(called) {}

    [[nodiscard]] std::vector<RotationPart> parts_in(const std::vector<RotationPart>& present)
    {
        std::vector<RotationPart> parts;
        std::vector<std::size_t> numbers;
        for (std::size_t number = 1; number <= rotation_parts_max; ++number) {
            const bool is_empty = entered("people", number).empty() && entered("hours", number).empty() &&
                                  entered("zone", number).empty();
            // A part that was emptied is gone, and those after it move up.
            if (is_empty) continue;
            // What the form does not show of it stays as it is.
            parts.push_back(number <= present.size() ? present[number - 1] : RotationPart{});
            numbers.push_back(number);
            take_part(number, parts.back());
        }
        if (parts.empty()) {
            take_.problem("people_1",
                          "A rotation is of somebody: names in the order of their turns, one a line.");
        }
        for (std::size_t index = 0; index < parts.size(); ++index) {
            if (parts[index].hours || !entered("hours", numbers[index]).empty()) continue;
            if (parts.size() > 1) {
                take_.problem(part_field("hours", numbers[index]),
                              "Where there are several parts, each says what it covers. Try: Mon-Fri 8-16");
            } else if (!parts[index].zone.empty()) {
                take_.problem(part_field("zone", numbers[index]),
                              "Without hours the time zone of the rotation counts: leave this one empty.");
            }
        }
        return parts;
    }

private:
    [[nodiscard]] std::string entered(std::string_view name, std::size_t number) const
    {
        return take_.text(part_field(name, number));
    }

    void take_part(std::size_t number, RotationPart& part)
    {
        const std::vector<UserId> known = std::move(part.people);
        part.people = people_in(number, known);
        part.hours = entered("hours", number).empty() ? std::nullopt
                                                      : take_.week(part_field("hours", number));
        take_.zone(part_field("zone", number), part.zone, true);
    }

    /// `known` may be called by their ids, whether they are there or not.
    [[nodiscard]] std::vector<UserId> people_in(std::size_t number, const std::vector<UserId>& known)
    {
        const std::string field = part_field("people", number);
        std::vector<UserId> people;
        for (const std::string& line : lines_in_text(take_.text(field))) {
            const bool is_known = std::find(known.begin(), known.end(), UserId{line}) != known.end();
            const auto person = is_known ? UserId{line} : called_.who_is(line);
            if (!person) {
                take_.problem(
                    field,
                    fmt::format("\"{}\" is nobody here, or more than one. A name of one person, or an "
                                "id such as U012AB3CD, one a line.",
                                line));
            } else if (std::find(people.begin(), people.end(), *person) != people.end()) {
                take_.problem(field, fmt::format("\"{}\" is there twice: everybody has one turn.", line));
            } else {
                people.push_back(*person);
            }
        }
        if (people.empty()) take_.problem(field, "Somebody takes turns here: names, one a line.");
        if (people.size() > rotation_people_max)
            take_.problem(field, fmt::format("At most {} people.", rotation_people_max));
        return people;
    }

    FormTaker& take_;
    const PeopleCalled& called_;
};

void take_times(FormTaker& take, Rotation& rotation)
{
    take.zone("zone", rotation.zone, true);
    const std::string hand_over = take.text("hand_over");
    if (const auto time = parse_time_of_day(hand_over))
        rotation.hand_over = *time;
    else
        take.problem("hand_over", fmt::format("\"{}\" is no time of day. Try: 09:00", hand_over));
    const std::string starts = take.text("starts");
    const auto day = parse_date(starts);
    if (!day) {
        take.problem("starts",
                     fmt::format("\"{}\" is no day between 2000 and 2200. Try: 2026-01-05", starts));
        return;  // without it a rule cannot be judged
    }
    rotation.starts = *day;
    std::string wrong;
    if (const auto turn = parse_turn(take.text("turn"), rotation.starts, wrong))
        rotation.turn = *turn;
    else
        take.problem("turn", wrong + ".");
}

void take_places(FormTaker& take, const std::vector<Rotation>& rotations, Rotation& rotation)
{
    const auto topic = take.ids<ChannelId>("topic");
    rotation.topic = topic.empty() ? ChannelId{} : topic.front();
    const auto groups = take.ids<GroupId>("group");
    rotation.group = groups.empty() ? GroupId{} : groups.front();
    if (groups.size() > 1) take.problem("group", "One group, or none.");
    for (const Rotation& other : rotations) {
        if (groups.empty() || other.name == rotation.name || other.group != rotation.group) continue;
        take.problem("group", fmt::format("It holds who is on call for \"{}\" already.", other.name));
    }
}

}  // namespace

void rotation_fields(FormMaker& make, const Rotation& rotation, const PeopleCalled& called)
{
    const bool is_new = rotation.name.empty();
    const std::size_t count = std::min(rotation.parts.size() + (is_new ? 2 : 1), rotation_parts_max);
    const auto part_at = [&](std::size_t number) {
        return number <= rotation.parts.size() ? rotation.parts[number - 1] : RotationPart{};
    };
    if (is_new) make.text("name", "Name", "", "Lower case, without spaces");
    people_field(make, 1, part_at(1).people, called);
    make.text("turn",
              "The next turn begins",
              to_text(rotation.turn),
              "daily, weekly on monday, or a rule such as FREQ=WEEKLY;INTERVAL=2");
    make.text("hand_over",
              "Time of the hand-over",
              time_of_day_text(rotation.hand_over),
              "Local time. Parts with hours change with their hours");
    make.text("zone", "Time zone", rotation.zone, "Such as Europe/Berlin. Left empty: the workspace's", true);
    make.text("starts",
              "First day",
              is_new ? "" : date_text(rotation.starts),
              "On which the first turn begins, such as 2026-01-05");
    make.people("leads", "Leads, who hear of gaps", rotation.leads);
    make.choice("off_hours",
                "People are told that they are on",
                {Choice{"when they are at work", "no"}, Choice{"at once, off hours as well", "yes"}},
                rotation.off_hours ? "yes" : "no");
    make.channel("topic", "Channel whose topic says who is on", rotation.topic);
    make.groups("group",
                "User group that holds who is on",
                rotation.group.empty() ? std::vector<GroupId>{} : std::vector{rotation.group});
    hours_fields(make, 1, part_at(1));
    for (std::size_t number = 2; number <= count; ++number) {
        const RotationPart part = part_at(number);
        people_field(make, number, part.people, called);
        hours_fields(make, number, part);
    }
}

void take_rotation(FormTaker& take, const SetupPart& part, Policy& policy, const PeopleCalled& called)
{
    const auto known = std::find_if(policy.rotations.begin(),
                                    policy.rotations.end(),
                                    [&](const Rotation& each) { return each.name == part.name; });
    const bool is_known = !part.name.empty() && known != policy.rotations.end();
    // What the form does not show stays as it is.
    Rotation rotation = is_known ? *known : Rotation{};
    rotation.name = part.name.empty()
                        ? take.name("a rotation",
                                    find_rotation(policy.rotations, take.text("name")) != nullptr)
                        : part.name;
    take_times(take, rotation);
    rotation.leads = take.ids<UserId>("leads");
    rotation.off_hours = take.chosen("off_hours") == "yes";
    take_places(take, policy.rotations, rotation);
    const std::vector<RotationPart> present = std::move(rotation.parts);
    rotation.parts = PartTaking{take, called}.parts_in(present);
    if (is_known)
        *known = std::move(rotation);
    else
        policy.rotations.push_back(std::move(rotation));
}

}  // namespace ackd
