// Nobody is told a rate, an answer's time of day or a count about one other person: the register of what ackd
// tells is complete, and figures about a team need five people.
#include "bot/privacy/answer_register.hpp"

#include "bot/capacity/capacity_handlers.hpp"
#include "bot/commands/ask_form.hpp"
#include "bot/delivery/ackd_command.hpp"
#include "bot/delivery/action_names.hpp"
#include "bot/delivery/read_back_handlers.hpp"
#include "bot/drift/drift_handlers.hpp"
#include "bot/escalation/escalate_command.hpp"
#include "bot/notice.hpp"
#include "bot/policy/setup_form.hpp"
#include "bot/privacy/team_figure.hpp"
#include "bot/resync/resync_handlers.hpp"
#include "bot/rotations/swap_handlers.hpp"
#include "bot/wip/wip_handlers.hpp"
#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <regex>
#include <set>
#include <string>

using namespace ackd;

namespace {

std::multiset<std::string> registered(AnswerDoor door)
{
    std::multiset<std::string> names;
    for (const RegisteredAnswer& answer : registered_answers()) {
        if (answer.door == door) names.insert(std::string{answer.name});
    }
    return names;
}

}  // namespace

TEST_CASE("privacy: every command, action, message and form is in the register of what people are told")
{
    std::multiset<std::string> commands{"",
                                        "/threads",
                                        "/escalate",
                                        "/oncall",
                                        "/alerts",
                                        "/capacity",
                                        "/wip",
                                        "/resync",
                                        "/surprise",
                                        "/retro",
                                        "/drift"};
    for (const std::string& verb : ackd_verbs()) commands.insert(verb);
    CHECK(registered(AnswerDoor::command) == commands);

    std::multiset<std::string> actions;
    const std::string header = bytes_of(std::string{ACKD_SOURCE_DIR} + "/bot/delivery/action_names.hpp");
    const std::regex constant{"const char\\* \\w+ = \"(\\w+)\""};
    for (std::sregex_iterator found{header.begin(), header.end(), constant}; found != std::sregex_iterator{};
         ++found)
        actions.insert((*found)[1]);
    REQUIRE(actions.size() > 10);
    CHECK(registered(AnswerDoor::action) == actions);

    std::multiset<std::string> messages;
    for (int kind = 0; kind <= static_cast<int>(NoticeKind::retro); ++kind)
        messages.insert(name_of(static_cast<NoticeKind>(kind)));
    CHECK(registered(AnswerDoor::message) == messages);
    CHECK(std::string{name_of(static_cast<NoticeKind>(static_cast<int>(NoticeKind::retro) + 1))} == "?");

    CHECK(registered(AnswerDoor::form) == std::multiset<std::string>{std::string{ask_form_name},
                                                                     std::string{setup_form_name},
                                                                     std::string{say_back_form_name},
                                                                     std::string{correction_form_name},
                                                                     std::string{escalate_form_name},
                                                                     std::string{swap_form_name},
                                                                     std::string{make_room_form_name},
                                                                     std::string{let_in_form_name},
                                                                     std::string{resync_form_name},
                                                                     std::string{difference_form_name},
                                                                     std::string{drift_form_name},
                                                                     std::string{action::retro_answer},
                                                                     std::string{action::retro_group},
                                                                     std::string{action::retro_vote},
                                                                     std::string{action::retro_act}});
}

TEST_CASE("privacy: figures go to whoever they are about, or are of all who were asked")
{
    for (const RegisteredAnswer& answer : registered_answers()) {
        CAPTURE(answer.name);
        if (answer.figures == Figures::own || answer.figures == Figures::own_and_of_team)
            CHECK(answer.told_to == ToldTo::oneself);
        if (answer.told_to == ToldTo::anybody) CHECK(answer.figures == Figures::none);
    }
}

TEST_CASE("privacy: a figure about a team is made of five people or more, or not at all")
{
    for (std::size_t people = 0; people < 5; ++people) CHECK_FALSE(TeamFigure::of(0.5, people));
    REQUIRE(TeamFigure::of(0.5, 5));
    CHECK(TeamFigure::of(0.5, 5)->value() == 0.5);
}

TEST_CASE("/ackd trace: at what time of day somebody else answered is not told; one's own time is")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo please read");
    workspace.advance_to(utc("2026-03-02 11:17"));
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.ackd("Uann", "trace 1");
    CHECK(workspace.answer().find("Mon  Bo received it (button)") != std::string::npos);
    CHECK(workspace.answer().find("11:17") == std::string::npos);
    workspace.ackd("Ubo", "trace 1");
    CHECK(workspace.answer().find("Mon 11:17  Bo received it (button)") != std::string::npos);
}
