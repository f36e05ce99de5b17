#include "bot/privacy/privacy_notices.hpp"

#include "bot/delivery/action_names.hpp"
#include "bot/delivery/delivery_notices.hpp"
#include "bot/delivery/delivery_phrases.hpp"

namespace ackd {

Notice forget_question()
{
    Notice notice = plain_reply("Shall ackd forget you?");
    Section& section = notice.sections.front();
    section.lines.push_back(
        plain_line("What goes: your id, your name and time zone, what you asked in your own words, "
                   "your App Home, and every link between you and what was asked or answered. What "
                   "you asked is called off; what you owe goes on to the next of its route."));
    section.lines.push_back(
        plain_line("What stays: that somebody asked or answered, without saying who, so that counts "
                   "and the journal remain whole. What is in Slack itself is Slack's: your own "
                   "messages, and what others wrote. Backups made before keep what they hold."));
    section.lines.push_back(small_line(
        "It cannot be undone. ackd leaves you alone afterwards, until you use it yourself: then it begins anew "
        "with you. To take a copy along first: /ackd export"));
    section.actions.push_back(button(action::forget_me, "Forget me", "me", ActionStyle::danger));
    return notice;
}

Notice forgetting_begun_reply()
{
    return plain_reply(
        "ackd is forgetting you: its messages to you are brought to a neutral line first, which takes a "
        "moment. It leaves you alone from now on, until you use it yourself.");
}

Notice forgotten_already_reply()
{
    return plain_reply("ackd knows nothing of you.");
}

Notice forgotten_line()
{
    return plain_reply(
        "There is nothing here any more: ackd knows nothing of you, and nothing waits for you. It begins "
        "anew when you use it.");
}

}  // namespace ackd
