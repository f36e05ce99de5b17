// A retro where things go wrong: a message that is too full or gone, people who leave, days when ackd was not
// there, a retro that becomes another team's.
#include "bot/catch_up/outage.hpp"
#include "tests/unit/retro_office.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("retro: the message of a full round fits into the chat, and says how much more there is")
{
    RetroOffice office;
    office.advance_to(utc("2026-03-02 12:00"));
    std::vector<SealedAnswer> answers;
    for (int number = 0; number < retro_answers_max; ++number) {
        SealedAnswer& answer = answers.emplace_back();
        answer.key = std::to_string(number);
        answer.retro = answer.team = "platform";
        answer.round = RetroRoundId{1};
        answer.question = number % 6;
        answer.text = std::string(retro_answer_length_max, 'x');
    }
    office.retros().add(answers);
    office.advance_to(utc("2026-03-05 11:05"));
    REQUIRE(office.round().state == RetroState::grouping);
    CHECK(office.board().size() < 9'000);
    CHECK(has(office.board(), "… and 275 more: `/retro export platform`"));
    std::string themes;
    for (int number = 1; number <= 300; ++number)
        themes += (number % 10 == 1 ? "\nTheme " + std::to_string(number / 10) + ":" : std::string{}) + " " +
                  std::to_string(number);
    office.groups("Ubo", themes);
    REQUIRE(office.problems.empty());
    office.advance(1min);
    CHECK(office.board().size() < 10'000);
    CHECK(has(office.board(), "Theme 29"));
    CHECK(has(office.board(), "more: `/retro export platform`"));
    // Each section is some blocks, of which there may be fifty.
    CHECK(office.last_board().now.sections.size() <= 3);
}

TEST_CASE("retro: an action that is taken on is not asked about before its day")
{
    GroupedOffice office;
    office.presses("Ubo", action::retro_close, "1 voting");
    // Six weeks ahead, on a Thursday.
    office.takes_on("Ubo", "deploys under ten minutes", "Ueve", utc("2026-04-16 12:00"));
    office.advance(1min);
    office.ackd("Ueve", "got 1");
    REQUIRE(office.states(1) == "Ueve received");
    const auto before = office.to("Ueve").size();
    office.advance_to(utc("2026-04-16 11:59"));
    CHECK(office.states(1) == "Ueve received");
    std::size_t about_it = 0;
    for (std::size_t index = before; index < office.to("Ueve").size(); ++index)
        about_it += has(text_of(office.to("Ueve")[index].now), "deploys under ten minutes") ? 1 : 0;
    CHECK(about_it == 0);
    const auto before_day = office.to("Ueve").size();
    office.advance_to(utc("2026-04-16 13:00"));
    REQUIRE(office.to("Ueve").size() > before_day);
    CHECK(has(said_to(office, "Ueve"), "deploys under ten minutes"));
}

TEST_CASE("retro: what another team said under the same name is for its people")
{
    ClosedOffice office;
    office.retro("Udi", "note for the next time");
    office.presses("Ubo", action::retro_group);
    office.sends("Ubo", {office.text("themes", "All: 1 2 3 4")});
    office.presses("Ubo", action::retro_close, "1 voting");
    office.presses("Ubo", action::retro_close, "1 deciding");
    Settings settings = with_retro();
    Team mobile;
    mobile.name = "mobile";
    mobile.members = {UserId{"Ugil"}};
    settings.teams.push_back(mobile);
    settings.retros.front().team = "mobile";
    office.engine.replace_settings(settings);
    office.retro("Ugil", "find deploys");
    CHECK(has(office.answer(), "Nothing with \"deploys\""));
    office.retro("Ugil", "export platform 1");
    CHECK(office.answer() == "I know of no round 1 of platform.\n");
    office.retro("Ugil", "export");
    CHECK(has(office.answer(), "no round yet"));
    office.advance_to(utc("2026-03-16 11:05"));
    CHECK(office.round(2).team == "mobile");
    CHECK(office.count("SELECT count(*) FROM retro_sealed WHERE round_id = 0 AND team = 'platform'") == 1);
    CHECK_FALSE(office.retros().before(office.round(2)));
}

TEST_CASE("/retro: everybody has the buttons of where it stands, also where no message shows it")
{
    GroupedOffice office;
    office.retro("Udi", "");
    CHECK(has(office.answer(), "[Give dots …]"));
    CHECK_FALSE(has(office.answer(), "[Close the voting]"));
    CHECK(has(office.answer(), "All of it is "));
    office.retro("Ubo", "");
    CHECK(has(office.answer(), "[Close the voting]"));
    office.presses("Ubo", action::retro_close, "1 voting");
    office.retro("Udi", "");
    CHECK_FALSE(has(office.answer(), "[Add an action …]"));
    office.retro("Uann", "");
    CHECK(has(office.answer(), "[Add an action …]"));
    CHECK(has(office.answer(), "[End the retro]"));
}

TEST_CASE("retro: a message that was deleted is posted anew; where none can be, somebody is told")
{
    ClosedOffice office;
    const auto boards = [&] {
        std::size_t count = 0;
        for (const SeenMessage& message : office.in("Cplatform"))
            count += message.first.kind == NoticeKind::retro ? 1 : 0;
        return count;
    };
    REQUIRE(boards() == 1);
    SUBCASE("deleted")
    {
        office.instead =
            [gone = office.round().message](const Delivery& delivery) -> std::optional<EffectOutcome> {
            const auto* update = std::get_if<UpdateMessage>(&delivery.effect);
            if (update == nullptr || update->message != gone) return std::nullopt;
            return Fault{FaultKind::not_found, "message_not_found"};
        };
        office.groups("Ubo", "All: 1 2 3 4");
        office.advance(1min);
        CHECK(boards() == 2);
        CHECK(has(office.board(), "[Give dots …]"));
        CHECK(office.round().message.exists());
    }
    SUBCASE("refused everywhere")
    {
        office.instead = [](const Delivery& delivery) -> std::optional<EffectOutcome> {
            const auto* post = std::get_if<PostMessage>(&delivery.effect);
            const bool is_board = std::holds_alternative<UpdateMessage>(delivery.effect) ||
                                  (post != nullptr && post->notice.kind == NoticeKind::retro);
            if (!is_board) return std::nullopt;
            return Fault{FaultKind::permanent, "msg_blocks_too_long"};
        };
        office.groups("Ubo", "All: 1 2 3 4");
        office.advance(1min);
        CHECK(has(said_to(office, "Ubo"), "The chat does not take the message of retro platform · 1"));
        office.retro("Udi", "");
        CHECK(has(office.answer(), "[Give dots …]"));
    }
}

TEST_CASE("retro: whom it asks, and how, is found out when it can be sent")
{
    RetroOffice office;
    SUBCASE("who left the team meanwhile is not asked")
    {
        office.join("Ufay", "Fay", "America/New_York");
        office.advance_to(utc("2026-03-02 11:05"));
        CHECK(office.to("Ufay").empty());
        Settings settings = with_retro();
        settings.teams.front().members.pop_back();
        office.engine.replace_settings(settings);
        office.advance_to(utc("2026-03-02 20:00"));
        CHECK(office.to("Ufay").empty());
    }
    SUBCASE("who is at work so late that both would come together has one")
    {
        office.command("Ufay", "/out", Workspace::rich("until 2026-03-05"));
        office.advance_to(utc("2026-03-05 10:59"));
        REQUIRE(office.to("Ufay").size() == 1);
        CHECK(has(said_to(office, "Ufay"), "It comes only this once."));
        CHECK(office.to("Ueve").size() == 2);
    }
}

TEST_CASE("retro: a note that is too long is not cut: it is given back to who wrote it")
{
    RetroOffice office;
    const std::string words(retro_answer_length_max + 1, 'x');
    office.retro("Udi", "note " + words);
    CHECK(has(office.answer(), "A note has at most 1000 characters, and this one has more."));
    CHECK(has(office.answer(), words));
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 0);
    office.retro("Udi", "note " + words.substr(1));
    CHECK(office.count("SELECT count(*) FROM retro_sealed") == 1);
}

TEST_CASE("retro: a window through which ackd was not running is given again, once")
{
    RetroOffice office;
    office.advance_to(utc("2026-03-02 12:00"));
    REQUIRE(office.to("Ucy").size() == 1);
    const auto wakes_at = [&](const char* text) {
        office.clock.advance_to(utc(text));
        note_start(*office.connection, office.clock.now());
        office.turn();
        office.advance(1min);
    };
    wakes_at("2026-03-06 10:00");
    CHECK(office.round().state == RetroState::open);
    CHECK(office.round().was_moved);
    // From Monday 12:00 to Thursday 11:00 it was 23 hours of work.
    CHECK(office.round().closes_at == utc("2026-03-10 17:00"));
    CHECK(has(office.board(), "takes answers until {2026-03-10 17:00 UTC}"));
    office.answers("Ucy", "deploys take an hour");
    CHECK(office.problems.empty());
    // The day before, at the end of everybody's hours; so it comes with the morning.
    office.advance_to(utc("2026-03-10 09:05"));
    CHECK(has(said_to(office, "Ucy"), "It closes in 8 hours."));
    CHECK(office.to("Ucy").size() == 2);
    wakes_at("2026-03-20 10:00");
    CHECK(office.round().state != RetroState::open);
}
