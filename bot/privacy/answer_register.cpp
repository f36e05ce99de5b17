#include "bot/privacy/answer_register.hpp"

namespace ackd {

const std::vector<RegisteredAnswer>& registered_answers()
{
    using enum AnswerDoor;
    using enum ToldTo;
    static const std::vector<RegisteredAnswer> answers{
        {command, "", oneself, Figures::of_request},  // /ackd alone
        {command, "/threads", channel, Figures::of_team},
        {command, "got", taking_part, Figures::none},
        {command, "done", taking_part, Figures::none},
        {command, "cant", taking_part, Figures::none},
        {command, "undo", taking_part, Figures::none},
        {command, "promise", taking_part, Figures::none},
        {command, "snooze", taking_part, Figures::none},
        {command, "notme", taking_part, Figures::none},
        {command, "who", taking_part, Figures::none},
        {command, "trace", taking_part, Figures::none},  // and auditors; others' answers by the day
        {command, "withdraw", taking_part, Figures::none},
        {command, "help", anybody, Figures::none},
        {command, "hours", oneself, Figures::none},
        {command, "setup", anybody, Figures::none},
        {command, "me", oneself, Figures::own},
        {command, "export", oneself, Figures::own},
        {command, "forget", oneself, Figures::none},
        {command, "tax", oneself, Figures::own_and_of_team},
        {action, "got_it", taking_part, Figures::none},
        {action, "got_it_by", taking_part, Figures::none},
        {action, "done", taking_part, Figures::none},
        {action, "cant", taking_part, Figures::none},
        {action, "not_me", taking_part, Figures::none},
        {action, "snooze", taking_part, Figures::none},
        {action, "undo", taking_part, Figures::none},
        {action, "let_cover", taking_part, Figures::none},
        {action, "ask_again", taking_part, Figures::none},
        {action, "more", taking_part, Figures::none},
        {action, "withdraw", taking_part, Figures::none},
        {action, "send_now", oneself, Figures::none},
        {action, "send_with_digest", oneself, Figures::none},
        {action, "send_when_in", oneself, Figures::none},
        {action, "still_needed", oneself, Figures::none},
        {action, "less_urgent", oneself, Figures::none},
        {action, "object", oneself, Figures::none},
        {action, "need_longer", oneself, Figures::none},
        {action, "still_with_me", taking_part, Figures::none},
        {action, "say_back", taking_part, Figures::none},
        {action, "not_now", oneself, Figures::none},
        {action, "thats_it", oneself, Figures::none},
        {action, "not_quite", oneself, Figures::none},
        {action, "ask_now", oneself, Figures::none},
        {action, "answered_elsewhere", taking_part, Figures::none},
        {action, "not_a_question", taking_part, Figures::none},
        {action, "still_stuck", oneself, Figures::none},
        {action, "how_it_works", anybody, Figures::none},
        {action, "what_is_kept", anybody, Figures::none},
        {action, "telling", oneself, Figures::none},
        {action, "useful", oneself, Figures::none},
        {action, "tax", oneself, Figures::own_and_of_team},
        {action, "keep_rule", oneself, Figures::none},
        {action, "rule_to_digest", oneself, Figures::none},
        {action, "back_now", oneself, Figures::none},
        {action, "export_me", oneself, Figures::own},
        {action, "forget_me_question", oneself, Figures::none},
        {action, "forget_me", oneself, Figures::none},
        {action, "ask", oneself, Figures::none},
        {message, "card", channel, Figures::of_request},
        {message, "nudge", oneself, Figures::none},
        {message, "escalation", taking_part, Figures::none},
        {message, "dead_letter", taking_part, Figures::none},
        {message, "for_asker", oneself, Figures::of_request},
        {message, "reply", oneself, Figures::of_request},
        {message, "home", oneself, Figures::of_request},
        {message, "digest", oneself, Figures::of_request},
        {form, "ask", oneself, Figures::none},
        {form, "say_back", taking_part, Figures::none},
        {form, "correction", oneself, Figures::none},
        {form, "setup", anybody, Figures::none},
    };
    return answers;
}

}  // namespace ackd
