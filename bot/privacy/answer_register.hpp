// Everything that ackd tells people, with whom it may tell and what it may say of others. A test holds this
// register against the commands, actions, messages and forms that there are: a new one that is not here fails
// it.
//
// The rule: nobody is told a rate, a time of day at which somebody answered, or a count about one other
// person; figures about a team are TeamFigures. So that is not a value of Figures.
#pragma once

#include <string_view>
#include <vector>

namespace ackd {

enum class AnswerDoor { command, action, message, form };

/// Who may be told.
enum class ToldTo {
    oneself,      ///< whoever it is about, alone
    taking_part,  ///< who asked, was asked, was called in or offered, of one request
    channel,      ///< whoever is in the channel of the request
    anybody,      ///< it is about nobody
};

/// What it says in numbers.
enum class Figures {
    none,
    own,              ///< about oneself
    own_and_of_team,  ///< and TeamFigures, for whose role it is
    of_request,       ///< how many of those asked have answered: about all of them together
    of_team,          ///< TeamFigure
};

struct RegisteredAnswer {
    AnswerDoor door;
    std::string_view name;  ///< the command's verb, the action's name, name_of(NoticeKind), the form's name
    ToldTo told_to;
    Figures figures;
};

[[nodiscard]] const std::vector<RegisteredAnswer>& registered_answers();

}  // namespace ackd
