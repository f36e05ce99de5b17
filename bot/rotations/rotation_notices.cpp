#include "bot/rotations/rotation_notices.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/people/absence_notices.hpp"
#include "bot/rotations/rotation_handlers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr std::size_t rotations_shown_max = 20;
/// Who is next is looked for that far ahead.
constexpr std::chrono::days next_within{40};

bool is_of(const Rotation& rotation, const UserId& person)
{
    const auto people = people_of(rotation);
    return std::find(people.begin(), people.end(), person) != people.end();
}

/// "then Bo from Mon 09:00"; empty: nobody is, in sight.
std::string next_words(HandlerContext& context,
                       const Rotation& rotation,
                       const UserId& reader,
                       Instant after,
                       const UserId& before)
{
    for (const OnCallShift& shift : shifts_of(context, rotation, {after, after + next_within})) {
        if (shift.span.from < after || shift.person == before) continue;
        const std::string name = context.directory.name_of(shift.person);
        if (shift.span.from == after) return fmt::format(", then {}", name);
        const WorkingHours hours = context.directory.working_hours_of(reader);
        return fmt::format(", then {} from {}", name, local_time_text(hours, shift.span.from, context.now));
    }
    return "";
}

void add_note(HandlerContext& context, const std::string& rotation, const UserId& reader, Section& section)
{
    const auto note = RotationTable{context.connection}.note_of(rotation);
    if (!note || note->author == reader || note->written_at + hand_over_note_for <= context.now) return;
    section.lines.push_back(
        plain_line(fmt::format("{} left a note:", context.directory.name_of(note->author))));
    section.lines.push_back(Line{LineStyle::quote, RichText{Words{note->text}}});
}

Section section_of(HandlerContext& context, const Rotation& rotation, const UserId& reader)
{
    Section section;
    const auto now = shifts_of(context, rotation, {context.now, context.now + Duration{1}});
    bool is_on = false;
    for (const OnCallShift& shift : now) {
        is_on = is_on || shift.person == reader;
        const std::string who = shift.person == reader ? "you" : context.directory.name_of(shift.person);
        section.lines.push_back(plain_line(RichText{
            Strong{rotation.name},
            Words{fmt::format(" · {} until {}{}",
                              who,
                              your_time(context, reader, shift.span.until),
                              next_words(context, rotation, reader, shift.span.until, shift.person))}}));
    }
    if (now.empty()) {
        const std::string next = next_words(context, rotation, reader, context.now, UserId{});
        section.lines.push_back(
            plain_line(RichText{Strong{rotation.name}, Words{fmt::format(" · nobody is on now{}", next)}}));
    }
    if (is_on) add_note(context, rotation.name, reader, section);
    if (!is_on && !now.empty() && is_of(rotation, reader)) {
        const auto overrides = RotationTable{context.connection}.overrides_of(rotation.name);
        const Instant until = taken_until(
            {rotation, context.settings.default_zone, overrides}, now.front(), context.now);
        section.actions.push_back(button(
            action::take_shift,
            fmt::format("Take it until {}",
                        local_time_text(context.directory.working_hours_of(reader), until, context.now)),
            fmt::format("{} {}", rotation.name, to_microseconds(until))));
    }
    const auto mine = shifts_of(context, rotation, {context.now, context.now + next_within});
    const bool has_one = std::any_of(
        mine.begin(), mine.end(), [&](const OnCallShift& shift) { return shift.person == reader; });
    if (has_one) section.actions.push_back(button(action::offer_shift, "Offer a shift …", rotation.name));
    return section;
}

Notice for_person(const std::string& text)
{
    Notice notice = plain_reply(text);
    notice.kind = NoticeKind::for_asker;
    return notice;
}

/// Without calling them.
std::string group_name(HandlerContext& context, const GroupId& id)
{
    const auto group = context.directory.find_group(id);
    return "@" + (group ? group->handle : id.value);
}

std::string channel_name(HandlerContext& context, const ChannelId& id)
{
    const auto known = context.conversations.find(id);
    return "#" + (known && !known->conversation.name.empty() ? known->conversation.name : id.value);
}

void add_undo(Notice& notice, const ShiftOverride& made, const char* label)
{
    notice.sections.front().actions.push_back(
        button(action::give_back_shift, label, std::to_string(made.id.value)));
}

}  // namespace

std::string shift_words(HandlerContext& context, const UserId& reader, const TimeSpan& span)
{
    return span_words(context, reader, span) + " (your time)";
}

Notice on_call_reply(HandlerContext& context,
                     const UserId& reader,
                     const std::vector<const Rotation*>& rotations)
{
    Notice notice = plain_reply("");
    notice.summary = "Who is on call";
    notice.sections.clear();
    for (const Rotation* rotation : rotations) {
        if (notice.sections.size() == rotations_shown_max) break;
        notice.sections.push_back(section_of(context, *rotation, reader));
    }
    if (rotations.size() > rotations_shown_max) {
        notice.sections.back().lines.push_back(
            small_line(RichText{Words{"There are more; one of them: "}, Code{"/oncall name"}}));
    }
    return notice;
}

Notice not_of_rotation_reply(HandlerContext& context, const Rotation& rotation)
{
    std::vector<UserId> people = people_of(rotation);
    return plain_reply(
        fmt::format("Only those who take turns in {}, and its leads, can do this: {}. Whoever is on "
                    "can offer you a shift: /oncall swap {} @you",
                    rotation.name,
                    joined_names(context, people),
                    rotation.name));
}

Notice taken_reply(HandlerContext& context, const ShiftOverride& made, const std::vector<UserId>& relieved)
{
    std::vector<UserId> others = relieved;
    std::erase(others, made.person);
    Notice notice = plain_reply(
        fmt::format("You are on in {}, until {}.{}",
                    made.rotation,
                    your_time(context, made.person, made.span.until),
                    others.empty() ? "" : fmt::format(" {} hears of it.", joined_names(context, others))));
    add_note(context, made.rotation, made.person, notice.sections.front());
    add_undo(notice, made, "Undo");
    return notice;
}

Notice relieved_notice(HandlerContext& context, const ShiftOverride& made, const UserId& reader)
{
    Notice notice = for_person(fmt::format("{} has taken {} from you, until {}.",
                                           context.directory.name_of(made.person),
                                           made.rotation,
                                           your_time(context, reader, made.span.until)));
    notice.sections.front().lines.push_back(
        small_line("Nothing for you to do; after that it is as planned."));
    add_undo(notice, made, "I keep it");
    return notice;
}

Notice given_back_notice(HandlerContext& context,
                         const ShiftOverride& made,
                         const UserId& person,
                         const std::vector<UserId>& on)
{
    return for_person(fmt::format("{} has undone that {} took {}. On now: {}.",
                                  context.directory.name_of(person),
                                  person == made.person ? "they" : context.directory.name_of(made.person),
                                  made.rotation,
                                  on.empty() ? "nobody" : joined_names(context, on)));
}

Notice on_call_notice(HandlerContext& context, const std::string& rotation, const OnCallShift& shift)
{
    Notice notice = for_person(fmt::format(
        "You are on call for {}, until {}.", rotation, your_time(context, shift.person, shift.span.until)));
    Section& section = notice.sections.front();
    add_note(context, rotation, shift.person, section);
    section.lines.push_back(
        small_line(RichText{Words{"It does not fit? "}, Code{"/oncall swap " + rotation + " @name"}}));
    section.lines.push_back(small_line(
        RichText{Words{"A note for who comes after you: "}, Code{"/oncall note " + rotation + " text"}}));
    return notice;
}

Notice on_call_over_notice(const std::string& rotation)
{
    return for_person(fmt::format("Somebody else is on call for {} by now.", rotation));
}

Notice swap_notice(HandlerContext& context, const ShiftSwap& swap)
{
    const std::string owner = context.directory.name_of(swap.owner);
    const std::string span = shift_words(context, swap.asked, swap.span);
    const std::string what = fmt::format("{}, {}", swap.rotation, span);
    Notice notice;
    switch (swap.state) {
        case SwapState::offered: {
            notice = for_person(fmt::format("{} asks: can you be on call for {}?", owner, what));
            Section& section = notice.sections.front();
            section.lines.push_back(
                small_line(fmt::format("Until you say yes it stays with {}. No answer by {}: it stays there.",
                                       owner,
                                       your_time(context, swap.asked, swap.lapses_at))));
            const std::string value = std::to_string(swap.id.value);
            section.actions.push_back(button(action::accept_shift, "I take it", value, ActionStyle::primary));
            section.actions.push_back(button(action::decline_shift, "Not this time", value));
            break;
        }
        case SwapState::accepted:
            notice = for_person(fmt::format("✅ You have taken {} from {}.", what, owner));
            break;
        case SwapState::declined:
            notice = for_person(fmt::format("{} stays with {}, as you said.", what, owner));
            break;
        case SwapState::withdrawn:
            notice = for_person(fmt::format("{} stays with {}: the offer was taken back.", what, owner));
            break;
        case SwapState::lapsed:
            notice = for_person(
                fmt::format("{} stays with {}: the time for an answer is over.", what, owner));
            break;
    }
    notice.kind = NoticeKind::nudge;
    return notice;
}

Notice swap_offered_reply(HandlerContext& context, const ShiftSwap& swap)
{
    const WorkingHours hours = context.directory.working_hours_of(swap.asked);
    const Instant asked_at = hours.next_working_instant(context.now);
    const std::string asked = context.directory.name_of(swap.asked);
    Notice notice = plain_reply(fmt::format(
        "{} is asked{} to be on call for {}, {}.",
        asked,
        asked_at <= context.now ? "" : fmt::format(" on {}", your_time(context, swap.owner, asked_at)),
        swap.rotation,
        shift_words(context, swap.owner, swap.span)));
    Section& section = notice.sections.front();
    section.lines.push_back(small_line(
        asked_at < swap.lapses_at
            ? std::string{"Until the answer is yes it stays with you. You hear either way."}
            : fmt::format("{} is not at work before that: a word of your own may be needed.", asked)));
    section.actions.push_back(button(action::withdraw_offer, "Take it back", std::to_string(swap.id.value)));
    return notice;
}

Notice swap_outcome_notice(HandlerContext& context, const ShiftSwap& swap)
{
    const std::string asked = context.directory.name_of(swap.asked);
    const std::string what = fmt::format(
        "{}, {}", swap.rotation, shift_words(context, swap.owner, swap.span));
    switch (swap.state) {
        case SwapState::accepted: return for_person(fmt::format("✅ {} has taken {} from you.", asked, what));
        case SwapState::declined:
            return for_person(fmt::format("{} cannot this time: {} stays with you.", asked, what));
        default: return for_person(fmt::format("No answer from {} so far: {} stays with you.", asked, what));
    }
}

Notice finding_notice(HandlerContext& context, const RotationFinding& finding, const UserId& reader)
{
    const std::string span = shift_words(context, reader, finding.span);
    const bool is_own = finding.person == reader;
    const std::string who = finding.person.empty() ? "Nobody"
                            : is_own               ? "You"
                                                   : context.directory.name_of(finding.person);
    const char* verb = is_own ? "are" : "is";
    std::string text;
    switch (finding.kind) {
        case RotationFindingKind::is_out:
            text = fmt::format(
                "{} {} on call for {} and out at the same time: {}.", who, verb, finding.rotation, span);
            break;
        case RotationFindingKind::nobody:
            text = finding.person.empty()
                       ? fmt::format("Nobody is on call for {}: {}.", finding.rotation, span)
                       : fmt::format("{} is on call for {}, and has left: {}.", who, finding.rotation, span);
            break;
        case RotationFindingKind::twice:
            text = fmt::format("{} {} on call for {} and {} at the same time: {}.",
                               who,
                               verb,
                               finding.rotation,
                               finding.other,
                               span);
            break;
    }
    Notice notice = for_person(text);
    const std::string way_out = is_own ? fmt::format("/oncall swap {} @name", finding.rotation)
                                       : fmt::format("/oncall take {} until 18:00", finding.rotation);
    notice.sections.front().lines.push_back(small_line(
        RichText{Words{is_own ? "To offer it to somebody: " : "Whoever can take it, when it begins: "},
                 Code{way_out}}));
    const Rotation* rotation = find_rotation(context.settings.rotations, finding.rotation);
    const bool is_gap = finding.kind == RotationFindingKind::nobody;
    if (is_gap && rotation != nullptr && !rotation->group.empty()) {
        notice.sections.front().lines.push_back(
            small_line(fmt::format("For that time {} keeps who was on before: a group cannot be empty.",
                                   group_name(context, rotation->group))));
    }
    return notice;
}

Notice place_refused_notice(HandlerContext& context, const OnCallPlace& place, FaultKind refusal)
{
    const bool is_topic = place.kind == OnCallPlaceKind::topic;
    const char* why = "the chat does not take it.";
    if (refusal == FaultKind::not_a_member) why = "ackd is not in that channel. Inviting it there is enough.";
    if (refusal == FaultKind::configuration)
        why =
            "ackd is not allowed to change it. Who runs it finds a missing scope with ackd doctor; a workspace may "
            "also leave this to its admins.";
    if (refusal == FaultKind::conflict)
        why = "there is no room left in it. With a shorter text around it there is.";
    Notice notice = for_person(fmt::format("{} does not show who is on call for {}: {}",
                                           is_topic
                                               ? "The topic of " + channel_name(context, ChannelId{place.id})
                                               : group_name(context, GroupId{place.id}),
                                           place.rotation,
                                           why));
    notice.sections.front().lines.push_back(
        small_line(fmt::format("What it shows may be out of date. ackd tries again each hour; who is on, "
                               "/oncall {} says.",
                               place.rotation)));
    return notice;
}

}  // namespace ackd
