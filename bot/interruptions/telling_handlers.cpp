#include "bot/interruptions/telling_handlers.hpp"

#include "bot/delivery/delivery_phrases.hpp"
#include "bot/home/home_handlers.hpp"
#include "bot/interruptions/interruption_budget.hpp"

#include <fmt/format.h>

namespace ackd {

std::string how_you_are_told(HandlerContext& context, const UserId& person)
{
    const InterruptionsToday today = interruptions_today(context, person);
    switch (context.interruptions.telling_of(person)) {
        case Telling::as_usual:
        case Telling::quieter:
            return fmt::format(
                "You are interrupted at most {} time{} a day, {} so far today. The rest comes in "
                "digests: 9:30, 13:00 and 16:30, when there is something to say.",
                today.allowed,
                today.allowed == 1 ? "" : "s",
                today.spent);
        case Telling::digest_only:
            return "You are told in digests only: 9:30, 13:00 and 16:30, when there is something to say.";
        case Telling::home_only: return "You are not sent messages: what waits for you is on this page.";
    }
    return "";
}

Notice less_like_this_reply(HandlerContext& context, const UserId& person)
{
    Notice notice = plain_reply(how_you_are_told(context, person));
    Section& section = notice.sections.front();
    section.lines.push_back(small_line(
        "Only what is asked at priority now comes all the same. Who asks is not told what you choose."));
    section.actions.push_back(telling_menu("Tell me …"));
    section.actions.push_back(button(action::tax, "What ackd costs you", "less"));
    return notice;
}

Notice choose_telling(HandlerContext& context, const UserId& person, const std::string& choice)
{
    const auto telling = telling_named(choice);
    if (!telling) return less_like_this_reply(context, person);
    if (*telling != context.interruptions.telling_of(person)) {
        context.interruptions.set_telling(person, *telling);
        record(context,
               person,
               RequestId{},
               ObligationId{},
               "telling_chosen",
               {{"telling", std::string{name_of(*telling)}}});
        redraw_home(context, person);
    }
    return plain_reply("✅ " + how_you_are_told(context, person));
}

}  // namespace ackd
