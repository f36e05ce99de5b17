#include "bot/rotations/oncall_command.hpp"

#include "bot/commands/ack_command.hpp"
#include "bot/commands/due_phrase.hpp"
#include "bot/commands/entry_points.hpp"
#include "bot/commands/whole_number.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/lower_case.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/people/absence_phrase.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/rotations/rotation_notices.hpp"
#include "bot/rotations/swap_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

/// The shift to be offered is looked for that far ahead.
constexpr std::chrono::days next_shift_within{92};
/// A shift up to this long is offered whole when it begins on the day that was named.
constexpr std::chrono::hours whole_shift_max{36};

/// Reads the words of a command from the front.
class CommandWords {
public:
    CommandWords(HandlerContext& context, const CommandGiven& given)
        : context_(context), person_(given.person), spans_(split_words(given.text))
    {}

    [[nodiscard]] bool at_end() const { return at_ >= spans_.size(); }
    /// The next word in small letters; empty: it is none, or there are no more.
    [[nodiscard]] std::string word() const
    {
        const auto* words = at_end() ? nullptr : std::get_if<Words>(&spans_[at_]);
        return words == nullptr ? "" : lower_case(words->text);
    }
    void skip() { ++at_; }

    /// A rotation that is named next, else the only one that they have to do with.
    const Rotation* rotation()
    {
        const auto& rotations = context_.settings.rotations;
        if (const Rotation* named = find_rotation(rotations, word())) {
            skip();
            return named;
        }
        std::vector<const Rotation*> theirs;
        for (const Rotation& each : rotations) {
            const auto people = people_of(each);
            if (std::find(people.begin(), people.end(), person_) != people.end()) theirs.push_back(&each);
        }
        if (theirs.size() == 1) return theirs.front();
        return rotations.size() == 1 ? &rotations.front() : nullptr;
    }

    /// Somebody who is mentioned next, or named as one types it.
    std::optional<UserId> person()
    {
        if (at_end()) return std::nullopt;
        const Span& span = spans_[at_];
        std::optional<UserId> found;
        if (const auto* mention = std::get_if<Mention>(&span)) found = mention->user;
        if (const auto* words = std::get_if<Words>(&span); words != nullptr && words->text.starts_with('@'))
            found = context_.directory.find_by_name(words->text);
        if (found) skip();
        return found;
    }

    /// What is left, as it was typed.
    [[nodiscard]] RichText rest() const
    {
        RichText rest;
        for (std::size_t index = at_; index < spans_.size(); ++index) {
            if (index > at_) rest.push_back(Words{" "});
            rest.push_back(spans_[index]);
        }
        return rest;
    }

private:
    HandlerContext& context_;
    UserId person_;
    RichText spans_;
    std::size_t at_ = 0;
};

std::vector<std::string> names_of(const std::vector<Rotation>& rotations)
{
    std::vector<std::string> names;
    for (const Rotation& each : rotations) names.push_back(each.name);
    return names;
}

Notice mistake(const std::string& problem, const std::string& corrected)
{
    return absence_mistake_reply(problem, corrected);
}

/// Which rotation is meant cannot be told.
Notice which_rotation(HandlerContext& context, const std::string& verb, const std::string& example)
{
    const std::string name = context.settings.rotations.front().name;
    return mistake(
        fmt::format("Which rotation? There are: {}.", fmt::join(names_of(context.settings.rotations), ", ")),
        fmt::format("/oncall {} {} {}", verb, name, example));
}

/// A span of time in the words that /out takes, or the answer to what is none.
std::variant<TimeSpan, Notice> span_in(HandlerContext& context,
                                       const UserId& person,
                                       const RichText& typed,
                                       const std::string& before,
                                       const std::string& example)
{
    const WorkingHours hours = context.directory.working_hours_of(person);
    const AbsencePhrase phrase = parse_absence_phrase(typed, hours, context.now);
    if (const auto* asked = std::get_if<AskedAbsence>(&phrase)) return asked->span;
    const auto* wrong = std::get_if<AbsenceMistake>(&phrase);
    const std::string begins = example.starts_with("until ") ? "/out until " : "/out ";
    const bool has_line = wrong != nullptr && wrong->corrected.starts_with(begins);
    return mistake(wrong != nullptr ? wrong->problem : "I did not understand when.",
                   before + " " + (has_line ? wrong->corrected.substr(5) : example));
}

Notice take_by_command(HandlerContext& context, const UserId& person, CommandWords& words)
{
    const Rotation* rotation = words.rotation();
    if (rotation == nullptr) return which_rotation(context, "take", "until 18:00");
    if (words.at_end()) return take_shift(context, *rotation, person, std::nullopt);
    const std::string before = "/oncall take " + rotation->name;
    if (words.word() != "until") return mistake("Until when? It begins now.", before + " until 18:00");
    const auto span = span_in(context, person, words.rest(), before, "until 18:00");
    if (const auto* wrong = std::get_if<Notice>(&span)) return *wrong;
    return take_shift(context, *rotation, person, std::get<TimeSpan>(span).until);
}

/// What is offered for a day: the shifts that begin then whole, where they are about a day long; else what of
/// them falls into it.
TimeSpan offered_span(HandlerContext& context,
                      const Rotation& rotation,
                      const UserId& owner,
                      const TimeSpan& named)
{
    std::optional<TimeSpan> whole;
    for (const OnCallShift& shift : shifts_of(context, rotation, named)) {
        const bool begins_then = shift.span.from >= named.from && shift.span.from < named.until;
        if (shift.person != owner || !begins_then) continue;
        if (shift.span.until - shift.span.from > whole_shift_max) continue;
        whole = TimeSpan{whole ? whole->from : shift.span.from, shift.span.until};
    }
    return whole.value_or(named);
}

Notice swap_by_command(HandlerContext& context, const UserId& person, CommandWords& words)
{
    const Rotation* rotation = words.rotation();
    if (rotation == nullptr) return which_rotation(context, "swap", "@name friday");
    const std::string before = "/oncall swap " + rotation->name;
    const auto asked = words.person();
    if (!asked) return mistake("Who could be on instead?", before + " @name friday");
    if (!words.at_end()) {
        const auto span = span_in(context, person, words.rest(), before + " @name", "friday");
        if (const auto* wrong = std::get_if<Notice>(&span)) return *wrong;
        const TimeSpan offered = offered_span(context, *rotation, person, std::get<TimeSpan>(span));
        return offer_shift(context, *rotation, person, *asked, offered);
    }
    for (const ShiftOfPerson& each : shifts_ahead_of(context, person, next_shift_within)) {
        if (each.rotation == rotation)
            return offer_shift(context, *rotation, person, *asked, each.shift.span);
    }
    return plain_reply(fmt::format("You have no shift of {} ahead.", rotation->name));
}

Notice note_by_command(HandlerContext& context, const UserId& person, CommandWords& words)
{
    const Rotation* rotation = words.rotation();
    if (rotation == nullptr) return which_rotation(context, "note", "the disk of db3 is nearly full");
    if (words.at_end())
        return mistake("What is to be noted?",
                       fmt::format("/oncall note {} the disk of db3 is nearly full", rotation->name));
    return leave_note(context, *rotation, person, plain_text(context, words.rest()));
}

Notice oncall_help()
{
    Notice notice = plain_reply("");
    notice.summary = "What /oncall understands";
    auto& lines = notice.sections.front().lines;
    lines.clear();
    const auto line = [&](const char* command, const char* meaning) {
        lines.push_back(plain_line(RichText{Code{command}, Words{std::string{"  "} + meaning}}));
    };
    line("/oncall · /oncall platform", "who is on, until when, and who is next");
    line("/oncall take platform until 18:00", "you are on instead; whose shift it is hears of it");
    line("/oncall swap platform @name friday",
         "a shift of yours is offered; it stays yours until they say yes");
    line("/oncall note platform text", "for who comes on next");
    return notice;
}

Notice no_rotations()
{
    return absence_mistake_reply("There are no rotations. Admins make them in the policy, as [[rotation]]; "
                                 "docs/rotations.md says how.",
                                 "ackd policy export");
}

}  // namespace

Notice handle_oncall_command(HandlerContext& context, const CommandGiven& given)
{
    CommandWords words{context, given};
    const std::string verb = words.word();
    const auto& rotations = context.settings.rotations;
    if (verb == "help") return oncall_help();
    if (rotations.empty()) return no_rotations();
    if (words.at_end()) {
        std::vector<const Rotation*> all;
        for (const Rotation& each : rotations) all.push_back(&each);
        return on_call_reply(context, given.person, all);
    }
    if (const Rotation* named = find_rotation(rotations, verb))
        return on_call_reply(context, given.person, {named});
    words.skip();
    if (verb == "take") return take_by_command(context, given.person, words);
    if (verb == "swap") return swap_by_command(context, given.person, words);
    if (verb == "note") return note_by_command(context, given.person, words);
    std::vector<std::string> known = names_of(rotations);
    known.insert(known.end(), {"take", "swap", "note", "help"});
    const auto near = nearest_word(verb, known);
    return mistake(fmt::format("I did not understand \"{}\".", shortened(verb, excerpt_max)),
                   "/oncall " + (near ? *near : std::string{"help"}));
}

bool is_rotation_action(const ActionTaken& taken)
{
    return taken.name == action::take_shift || taken.name == action::give_back_shift ||
           taken.name == action::offer_shift || taken.name == action::accept_shift ||
           taken.name == action::decline_shift || taken.name == action::withdraw_offer;
}

std::optional<Notice> take_rotation_action(HandlerContext& context, const ActionTaken& taken)
{
    if (taken.name == action::accept_shift) return accept_shift(context, taken);
    if (taken.name == action::decline_shift) return decline_shift(context, taken);
    if (taken.name == action::withdraw_offer) return withdraw_offer(context, taken);
    if (taken.name == action::give_back_shift) {
        const auto id = parse_whole_number<std::int64_t>(taken.value);
        return give_back_shift(context, OverrideId{id.value_or(0)}, taken.person);
    }
    const std::string name = taken.value.substr(0, taken.value.find(' '));
    const Rotation* rotation = find_rotation(context.settings.rotations, name);
    if (rotation == nullptr) return plain_reply("This rotation is gone from the policy.");
    if (taken.name == action::offer_shift) {
        open_swap_form(context, taken);
        return std::nullopt;
    }
    const auto until = parse_whole_number<std::int64_t>(
        taken.value.substr(std::min(name.size() + 1, taken.value.size())));
    if (!until) return plain_reply("This button is of another version of ackd: /oncall shows a new one.");
    return take_shift(context, *rotation, taken.person, from_microseconds(*until));
}

}  // namespace ackd
