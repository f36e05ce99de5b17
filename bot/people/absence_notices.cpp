#include "bot/people/absence_notices.hpp"

#include "bot/delivery/delivery_phrases.hpp"

#include <fmt/format.h>

namespace ackd {

namespace {

constexpr std::size_t listed_max = 10;

Action back_button(const Absence& absence, Instant now)
{
    return button(action::back_now,
                  absence.span.from <= now ? "Back now" : "Call it off",
                  std::to_string(absence.id.value));
}

std::string short_line(HandlerContext& context, const Obligation& obligation)
{
    const auto request = context.obligations.find(obligation.request);
    return fmt::format("{} · {} · {}",
                       number_of(request->id),
                       context.directory.name_of(request->creditor),
                       shortened(request->text, excerpt_max));
}

std::string how_it_ended(const Obligation& obligation)
{
    switch (obligation.state) {
        case ObligationState::received: return "has it";
        case ObligationState::integrated: return "has done it";
        case ObligationState::declined: return "can't";
        default: return "answered";
    }
}

}  // namespace

std::string span_words(HandlerContext& context, const UserId& reader, const TimeSpan& span)
{
    const WorkingHours hours = context.directory.working_hours_of(reader);
    const auto words = [&](Instant at) { return local_time_text(hours, at, context.now); };
    return fmt::format("{} until {}", span.from <= context.now ? "now" : words(span.from), words(span.until));
}

Notice absence_mistake_reply(const std::string& problem, const std::string& corrected)
{
    Notice notice = plain_reply(problem);
    notice.sections.front().lines.push_back(plain_line(RichText{Words{"Try: "}, Code{corrected}}));
    return notice;
}

Notice absence_set_reply(HandlerContext& context, const Absence& absence)
{
    const WorkingHours hours = context.directory.working_hours_of(absence.person);
    Notice notice = plain_reply(
        fmt::format("You are out from {} (your time).", span_words(context, absence.person, absence.span)));
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(
        absence.delegate.empty()
            ? "What you owe waits for you: its clock stands still."
            : fmt::format("{} answers what cannot wait. The rest waits for you: its clock stands still.",
                          context.directory.name_of(absence.delegate))));
    section.lines.push_back(small_line(
        fmt::format("Your first working hour after it: {}.",
                    local_time_text(hours, hours.next_working_instant(absence.span.until), context.now))));
    section.actions.push_back(back_button(absence, context.now));
    return notice;
}

Notice absences_reply(HandlerContext& context, const std::vector<Absence>& absences)
{
    if (absences.empty()) {
        return absence_mistake_reply("You are not out, and nothing is planned.",
                                     "/out fri..mon delegate @name because of a journey");
    }
    Notice notice = plain_reply("");
    notice.summary = "When you are out";
    notice.sections.clear();
    for (const Absence& absence : absences) {
        Section& section = notice.sections.emplace_back();
        std::string line = fmt::format("Out from {}", span_words(context, absence.person, absence.span));
        if (!absence.delegate.empty())
            line += fmt::format(" · {} answers", context.directory.name_of(absence.delegate));
        section.lines.push_back(plain_line(line));
        if (!absence.reason.empty()) section.lines.push_back(small_line("Because " + absence.reason));
        section.actions.push_back(back_button(absence, context.now));
        if (notice.sections.size() == listed_max) break;
    }
    return notice;
}

Notice named_as_delegate_notice(HandlerContext& context, const Absence& absence)
{
    const std::string person = context.directory.name_of(absence.person);
    Notice notice = plain_reply(fmt::format("{} is out from {} (your time), and named you.",
                                            person,
                                            span_words(context, absence.delegate, absence.span)));
    notice.kind = NoticeKind::for_asker;
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(
        "What cannot wait that long comes to you meanwhile; what you leave open goes back afterwards."));
    if (!absence.reason.empty()) section.lines.push_back(small_line("Because " + absence.reason));
    return notice;
}

Notice answered_meanwhile_notice(HandlerContext& context, const Request& request, const Absence& absence)
{
    Notice notice = plain_reply(fmt::format("{} is out until {}. {} was asked instead.",
                                            context.directory.name_of(absence.person),
                                            your_time(context, request.creditor, absence.span.until),
                                            context.directory.name_of(absence.delegate)));
    notice.kind = NoticeKind::for_asker;
    notice.sections.front().lines.push_back(quote_line(request));
    return notice;
}

std::optional<Notice> welcome_back_notice(HandlerContext& context, const Absence& absence)
{
    const auto waiting = context.obligations.waiting_for(absence.person, 100);
    std::vector<Obligation> done;
    for (const ObligationId id : context.absences.handed_over(absence.id)) {
        const auto obligation = context.obligations.find(id);
        if (obligation && obligation->state != ObligationState::open &&
            obligation->state != ObligationState::delegated)
        {
            done.push_back(*obligation);
        }
    }
    if (waiting.empty() && done.empty()) return std::nullopt;

    Notice notice = plain_reply("");
    notice.kind = NoticeKind::for_asker;
    notice.summary = "Welcome back: what waits for you, and what was done in your name";
    notice.sections.clear();
    const auto section = [&](const std::string& title, std::size_t count) -> Section& {
        Section& made = notice.sections.emplace_back();
        made.lines.push_back(plain_line(RichText{Strong{fmt::format("{} ({})", title, count)}}));
        return made;
    };
    if (!waiting.empty()) {
        Section& made = section("Welcome back. Waiting for you", waiting.size());
        for (std::size_t index = 0; index < std::min(waiting.size(), listed_max); ++index)
            made.lines.push_back(plain_line(short_line(context, waiting[index])));
        if (waiting.size() > listed_max) made.lines.push_back(small_line("The rest is under /ackd."));
    }
    if (!done.empty()) {
        Section& made = section("Done in your name", done.size());
        for (std::size_t index = 0; index < std::min(done.size(), listed_max); ++index) {
            const Obligation& obligation = done[index];
            made.lines.push_back(plain_line(fmt::format("{} · {} {}",
                                                        short_line(context, obligation),
                                                        context.directory.name_of(obligation.debtor),
                                                        how_it_ended(obligation))));
        }
    }
    notice.sections.back().lines.push_back(small_line("Everything else from these days can be ignored."));
    return notice;
}

}  // namespace ackd
