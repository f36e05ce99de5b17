#include "bot/catch_up/conversation_notices.hpp"

#include "bot/delivery/delivery_phrases.hpp"

#include <fmt/format.h>

namespace ackd {

Notice introduction_notice()
{
    Notice notice = plain_reply(
        "I am here. What I do: when you need an answer, I see to it that it arrives.");
    notice.summary = "ackd is in this channel now";
    Section& section = notice.sections.front();
    section.lines.push_back(plain_line(RichText{Code{"/ack @name please read the release plan"},
                                                Words{" asks, and one card here shows who has it."}}));
    section.lines.push_back(
        plain_line("Who has not answered is asked again in their own working hours, then the backup. "
                   "I say nothing else here."));
    section.lines.push_back(small_line("Only you see this."));
    section.actions.push_back(button(action::ask, "Ask", "channel"));
    section.actions.push_back(button(action::how_it_works, "How it works", "channel"));
    section.actions.push_back(button(action::what_is_kept, "What I read and keep", "channel"));
    return notice;
}

Notice what_is_kept_reply()
{
    Notice notice = plain_reply("");
    notice.summary = "What ackd reads and keeps";
    notice.sections.front().lines = {
        plain_line(
            "I am told of messages and reactions in the channels that I am in, and I keep none of them, "
            "with two exceptions: the text of a request, as long as it needs an answer and some days more; "
            "and an answer that its author lets me keep."),
        plain_line("Where your team has its questions looked after, I remember where one was asked, and read "
                   "again what was said since when nobody seems to have answered."),
        plain_line(
            "I keep who was asked what, when it was acknowledged and how: only explicit answers. Never who "
            "was online, typing, or reading. A day after a request is over I keep no times of day."),
        plain_line("Nobody sees figures about one other person."),
        plain_line(RichText{Words{"What I have of you: "},
                            Code{"/ackd me"},
                            Words{". Take it along: "},
                            Code{"/ackd export"},
                            Words{". Have it erased: "},
                            Code{"/ackd forget"}}),
    };
    return notice;
}

Notice channel_lost_notice(const Request& request, const std::string& channel_name, ChannelTrouble trouble)
{
    const std::string place = channel_name.empty() ? "a channel" : "#" + channel_name;
    Notice notice = plain_reply(trouble == ChannelTrouble::left
                                    ? fmt::format("I am no longer in {}, where you asked this.", place)
                                    : fmt::format("{} was archived; you asked this there.", place));
    notice.kind = NoticeKind::for_asker;
    Section& section = notice.sections.front();
    section.lines.push_back(quote_line(request));
    section.lines.push_back(
        plain_line("People are still asked by direct message, and their answers there count. "
                   "The card in the channel stays as it is."));
    if (trouble == ChannelTrouble::left)
        section.lines.push_back(small_line("If I should go on there, invite me again."));
    section.actions.push_back(button(action::withdraw, "Withdraw", value_of(request.id)));
    return notice;
}

}  // namespace ackd
