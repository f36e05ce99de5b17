// What the App Home says. Most urgent first, nothing to scroll for with fewer than five items; an empty part
// says what will appear there and the one command that makes it.
#include "bot/cadence/cadence_handlers.hpp"
#include "bot/capacity/capacity_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"
#include "bot/delivery/need_handlers.hpp"
#include "bot/delivery/request_handlers.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/tax_handlers.hpp"
#include "bot/interruptions/telling_handlers.hpp"
#include "bot/rotations/rotation_handlers.hpp"
#include "bot/rotations/rotation_notices.hpp"
#include "bot/threads/question_handlers.hpp"
#include "bot/wip/wip_handlers.hpp"
#include "bot/wip/wip_notices.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ackd {

namespace {

constexpr int waiting_max = 15;
constexpr int asked_max = 10;
/// Whose turn comes later than that need not think of it yet.
constexpr std::chrono::days on_call_within{40};

Section heading(const char* text)
{
    Section section;
    section.lines.push_back(plain_line(RichText{Strong{text}}));
    return section;
}

void add_waiting(HandlerContext& context, const UserId& person, Notice& notice)
{
    notice.sections.push_back(heading("Waiting for me"));
    const auto waiting = context.obligations.waiting_for(person, waiting_max + 1);
    if (waiting.empty()) {
        notice.sections.back().lines.push_back(
            small_line("Nothing. What somebody asks you will appear here."));
        return;
    }
    int shown = 0;
    for (const Obligation& obligation : waiting) {
        if (shown++ == waiting_max) {
            notice.sections.emplace_back().lines.push_back(
                small_line("… and more, when these are answered."));
            return;
        }
        notice.sections.push_back(item_section(context, obligation, person));
    }
}

void add_asked(HandlerContext& context, const UserId& person, Notice& notice)
{
    notice.sections.push_back(heading("I am waiting for"));
    notice.sections.back().actions.push_back(button(action::ask, "Ask", "home"));
    const auto asked = context.obligations.open_by_creditor(person, asked_max + 1);
    if (asked.empty()) {
        notice.sections.back().lines.push_back(
            small_line(RichText{Words{"Nothing. To ask: "}, Code{"/ack @name your message"}}));
        return;
    }
    for (std::size_t index = 0; index < std::min<std::size_t>(asked.size(), asked_max); ++index) {
        const Request& request = asked[index];
        if (auto section = section_for_asker(context, request)) {
            notice.sections.push_back(std::move(*section));
            continue;
        }
        Section& section = notice.sections.emplace_back();
        section.lines.push_back(
            plain_line(fmt::format("{} · {}", number_of(request.id), standing_words(context, request))));
        section.lines.push_back(quote_line(request));
        section.actions.push_back(request_menu(request));
    }
    if (asked.size() > asked_max)
        notice.sections.emplace_back().lines.push_back(small_line("… and more, when these are closed."));
}

/// Their next shift of each rotation; nothing where they have none in sight.
void add_on_call(HandlerContext& context, const UserId& person, Notice& notice)
{
    std::vector<const Rotation*> shown;
    for (const ShiftOfPerson& each : shifts_ahead_of(context, person, on_call_within)) {
        if (std::find(shown.begin(), shown.end(), each.rotation) != shown.end()) continue;
        if (shown.empty()) notice.sections.push_back(heading("On call"));
        shown.push_back(each.rotation);
        notice.sections.back().lines.push_back(plain_line(
            fmt::format("{}: {}", each.rotation->name, shift_words(context, person, each.shift.span))));
    }
    if (!shown.empty()) {
        notice.sections.back().lines.push_back(
            small_line(RichText{Words{"To take one, or offer one of yours: "}, Code{"/oncall"}}));
    }
}

void add_capacity(HandlerContext& context, const UserId& person, Notice& notice)
{
    notice.sections.push_back(heading("How much room there is"));
    const Section capacity = capacity_section(context, person);
    Section& section = notice.sections.back();
    section.lines.insert(section.lines.end(), capacity.lines.begin(), capacity.lines.end());
    if (capacity.lines.empty())
        section.lines.push_back(small_line(
            RichText{Words{"Nothing said, so there is some. For a team: "}, Code{"/capacity at TEAM"}}));
    section.actions = capacity.actions;
    for (const Team& team : context.directory.teams_of(person)) {
        if (wip_limit_of(context, team.name).limit > 0)
            section.lines.push_back(plain_line(wip_standing(context, team.name)));
    }
}

/// What comes round for their teams, and when next.
void add_what_comes_round(HandlerContext& context, const UserId& person, Notice& notice)
{
    std::vector<Line> lines;
    const auto teams = context.directory.teams_of(person);
    for (const CadenceInPolicy& it : cadences_of(context.settings)) {
        const bool is_theirs = std::any_of(teams.begin(), teams.end(), [&](const Team& team) {
            return std::find(it.teams.begin(), it.teams.end(), team.name) != it.teams.end();
        });
        if (!is_theirs) continue;
        lines.push_back(plain_line(fmt::format("{} {} · {}",
                                               it.key.use == CadenceUse::resync ? "Resync" : "Retro",
                                               it.key.name,
                                               next_words(context, it, person))));
    }
    if (lines.empty()) return;
    notice.sections.push_back(heading("What comes round"));
    notice.sections.back().lines.insert(notice.sections.back().lines.end(), lines.begin(), lines.end());
}

void add_settings(HandlerContext& context, const UserId& person, Notice& notice)
{
    notice.sections.push_back(heading("Settings"));
    const auto member = context.directory.find(person);
    const std::string zone = member && is_time_zone(member->time_zone) ? member->time_zone
                                                                       : context.settings.default_zone;
    notice.sections.back().lines.push_back(
        plain_line(fmt::format("You are asked {}, in {} (the time zone of your profile).",
                               to_text(context.directory.week_of(person)),
                               zone)));
    notice.sections.back().lines.push_back(
        small_line(RichText{Words{"Other hours: "}, Code{"/ackd hours Mon-Thu 9:00-15:00"}}));
    notice.sections.back().lines.push_back(
        small_line("Only what is asked at priority now, on a route that says so, comes at other hours."));
    notice.sections.back().lines.push_back(plain_line(how_you_are_told(context, person)));
    notice.sections.back().actions.push_back(telling_menu("Change that …"));
    if (const std::string tax = tax_line(context, person); !tax.empty()) {
        notice.sections.back().lines.push_back(small_line(tax));
        notice.sections.back().actions.push_back(button(action::tax, "What ackd costs you", "home"));
    }
    notice.sections.back().actions.push_back(button(action::how_it_works, "How it works", "home"));
    notice.sections.back().actions.push_back(button(action::what_is_kept, "What I read and keep", "home"));
}

}  // namespace

Notice home_notice(HandlerContext& context, const UserId& person)
{
    Notice notice;
    notice.kind = NoticeKind::home;
    notice.summary = "ackd";
    add_waiting(context, person, notice);
    add_asked(context, person, notice);
    add_on_call(context, person, notice);
    add_capacity(context, person, notice);
    add_what_comes_round(context, person, notice);
    add_settings(context, person, notice);
    return notice;
}

}  // namespace ackd
