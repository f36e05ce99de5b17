// Read-back on a real database: asked for, said back, judged, and what is left of what was said.
#include "tests/unit/read_back_office.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("read-back: the card says so from the beginning, and offers it when everybody has received it")
{
    ReadBackOffice office;
    office.ack("Uann", "@Ubo @Ucy !readback no deploys before Friday");
    CHECK(office.said_on_card().find("~ Then one of those who received it may say it back, in a line.") !=
          std::string::npos);
    office.press("Ubo", office.card(), "got_it");
    CHECK(value_behind(office.card().now, "say_back").empty());
    office.press("Ucy", office.card(), "got_it");
    CHECK(office.said_on_card().find("~ One of those who received it may say it back, in a line.") !=
          std::string::npos);
    CHECK(office.said_on_card().find("[Say it back]") != std::string::npos);
    CHECK(office.to("Ubo").empty());
    CHECK(office.to("Ucy").empty());
}

TEST_CASE(
    "read-back: whoever likes says it back at once, who asked reads it, and it is gone when it is judged")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.press("Ubo", office.card(), "say_back");
    CHECK(office.said_on_card().find("~ It is being said back.") != std::string::npos);
    office.submit("Ubo", "I hold my release\n until Friday ");
    CHECK(office.answer() == "✅ Noted: Ann reads it, then it is deleted. Thank you.\n");
    REQUIRE(office.to("Uann").size() == 1);
    CHECK(text_of(office.last_to("Uann").now) ==
          "Bo says it back as “I hold my release until Friday”\n"
          "> no deploys before Friday (open→)\n"
          "~ It is deleted when you have judged it, or on Tue 10:00 (your time).\n"
          "[That's it] [Not quite]\n");
    CHECK(office.said_on_card().find("~ Said back: Ann says whether that is it.") != std::string::npos);
    CHECK(office.holds("until Friday"));

    office.press("Uann", office.last_to("Uann"), "thats_it");
    office.advance(5s);
    CHECK(office.said_on_card().find("~ ✅ Said back and right.") != std::string::npos);
    CHECK(text_of(office.last_to("Uann").now) ==
          "✅ Said back and right; what was written is deleted.\n> no deploys before Friday (open→)\n");
    CHECK_FALSE(office.holds("until Friday"));
    CHECK(office.facts().ends_with("read_back_given read_back_right"));
    office.advance_to(utc("2026-03-20 10:00"));
    CHECK(office.picked().empty());
}

TEST_CASE(
    "read-back: after half an hour of working time somebody is picked and asked, in their working hours")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.advance_to(utc("2026-03-02 10:29"));
    CHECK(office.picked().empty());
    office.advance_to(utc("2026-03-02 10:31"));
    const std::string picked = office.picked();
    REQUIRE_FALSE(picked.empty());
    CHECK(text_of(office.last_to(picked.c_str()).now) ==
          "You acked “no deploys before Friday” (open→). In one line: what will you do differently?\n"
          "~ Ann reads it, then it is deleted. Without a line by Tue 10:30 (your time) it is left at that.\n"
          "[Say it back] [Not now]\n");
    CHECK(office.count("SELECT sum(spent) FROM interruptions") == 1);
    office.press(picked.c_str(), office.last_to(picked.c_str()), "say_back");
    office.submit(picked.c_str(), "I wait");
    office.advance(5s);
    CHECK(text_of(office.last_to(picked.c_str()).now) ==
          "✅ Said back: Ann reads it, then it is deleted. Thank you.\n> no deploys before Friday (open→)\n");
    office.press("Uann", office.last_to("Uann"), "thats_it");
    office.advance(5s);
    CHECK(text_of(office.last_to(picked.c_str()).now) ==
          "✅ Said back and right; what was written is deleted. Thank you.\n"
          "> no deploys before Friday (open→)\n");
    CHECK(office.facts().ends_with("read_back_asked read_back_given read_back_right"));
}

TEST_CASE(
    "read-back: who is off or has no interruptions left is not picked, and the next working time is waited for")
{
    Settings settings = straight_settings();
    settings.interruptions_per_day = 0;
    ReadBackOffice office{settings};
    office.ask_and_ack();
    office.advance_to(utc("2026-03-04 09:00"));
    CHECK(office.picked().empty());
    settings.interruptions_per_day = 4;
    office.engine.replace_settings(settings);
    office.advance_to(utc("2026-03-04 10:31"));
    CHECK_FALSE(office.picked().empty());
}

TEST_CASE("read-back: when nobody can be picked within three working days it is left at that")
{
    Settings settings = straight_settings();
    settings.interruptions_per_day = 0;
    ReadBackOffice office{settings};
    office.ask_and_ack();
    office.advance_to(utc("2026-03-06 10:00"));
    CHECK(office.state() == "not given");
    CHECK(office.said_on_card().find("~ Not said back.") != std::string::npos);
}

TEST_CASE("read-back: two say it back where two were asked for, each judged for itself")
{
    ReadBackOffice office;
    office.ack("Uann", "@Ubo @Ucy @Udi !readback=2 no deploys before Friday");
    for (const char* person : {"Ubo", "Ucy", "Udi"}) office.press(person, office.card(), "got_it");
    CHECK(office.said_on_card().find("~ Two of those who received it may say it back") != std::string::npos);
    office.press("Ubo", office.card(), "say_back");
    office.submit("Ubo", "first line");
    CHECK(office.said_on_card().find("~ One of those who received it may say it back") != std::string::npos);
    office.press("Ucy", office.card(), "say_back");
    office.submit("Ucy", "second line", "V2");
    office.advance(5s);
    REQUIRE(office.to("Uann").size() == 2);
    office.press("Uann", office.to("Uann").front(), "thats_it");
    office.advance(5s);
    CHECK_FALSE(office.holds("first line"));
    CHECK(office.holds("second line"));
    CHECK(office.state() == "running");
    office.press("Uann", office.to("Uann").back(), "thats_it");
    CHECK(office.state() == "right");
    CHECK(office.to("Udi").empty());
}

TEST_CASE(
    "read-back: \"Not quite\" asks everybody again, with the correction on top of the card and the nudges")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.press("Ubo", office.card(), "say_back");
    office.submit("Ubo", "I deploy on Friday");
    office.press("Uann", office.last_to("Uann"), "not_quite");
    CHECK(office.state() == "running");
    office.submit("Uann", "None on Friday either: from Monday on", "V2");
    CHECK(office.problems.empty());
    CHECK(office.states() == "Ubo open, Ucy open");
    CHECK(office.state() == "waiting");
    CHECK_FALSE(office.holds("I deploy on Friday"));
    office.advance(5s);
    const std::string on_top =
        "*Correction by Ann:* None on Friday either: from Monday on\n> no deploys before Friday";
    CHECK(office.said_on_card().find(on_top) != std::string::npos);
    CHECK(text_of(office.last_to("Uann").now)
              .starts_with("What was said back is deleted.\n*Correction by Ann:* None on Friday"));
    office.ackd("Ubo", "");
    CHECK(office.answer().find(on_top) != std::string::npos);
    office.advance_to(utc("2026-03-02 11:31"));
    CHECK(text_of(office.last_to("Ucy").now).find(on_top) != std::string::npos);

    // And then it is said back once more, by somebody who was not picked for it yet.
    office.ackd("Ubo", "got 1");
    office.ackd("Ucy", "got 1");
    CHECK(office.state() == "running");
    CHECK(office.facts().find("read_back_given read_back_not_quite asked_again asked_again") !=
          std::string::npos);
}

TEST_CASE("read-back: \"Not quite\" also asks who has done it already")
{
    ReadBackOffice office;
    office.ack("Uann", "@Ubo !readback no deploys before Friday");
    office.press("Ubo", office.card(), "done");
    CHECK(office.request().state == RequestState::complete);
    office.press("Ubo", office.card(), "say_back");
    office.submit("Ubo", "I deploy");
    office.press("Uann", office.last_to("Uann"), "not_quite");
    office.submit("Uann", "Please do not", "V2");
    CHECK(office.states() == "Ubo integrated, Ubo open");
    CHECK(office.request().state == RequestState::open);
}

TEST_CASE(
    "read-back: without a line within a working day of who was asked it is left at that, and says so once")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.advance_to(utc("2026-03-02 10:31"));
    const std::string picked = office.picked();
    office.advance_to(utc("2026-03-03 10:29"));
    CHECK(office.state() == "running");
    office.advance_to(utc("2026-03-03 10:31"));
    CHECK(office.state() == "not given");
    CHECK(office.said_on_card().find("~ Not said back.") != std::string::npos);
    CHECK(
        text_of(office.last_to(picked.c_str()).now).starts_with("Nothing is left to do here. Thank you.\n"));
    office.advance_to(utc("2026-03-03 13:01"));
    CHECK(office.last_to("Uann").now.kind == NoticeKind::digest);
    CHECK(text_of(office.last_to("Uann").now).find("Not said back within a working day.") !=
          std::string::npos);
    CHECK(office.count("SELECT count(*) FROM dead_letters") == 0);
    CHECK(office.to(picked.c_str()).size() == 1);
    CHECK(office.facts().ends_with("read_back_asked read_back_not_given"));
}

TEST_CASE("read-back: what is not judged within a working day of who asked is deleted, and says so")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.press("Ubo", office.card(), "say_back");
    office.submit("Ubo", "I hold my release");
    office.advance_to(utc("2026-03-03 10:01"));
    CHECK(office.state() == "not judged");
    CHECK_FALSE(office.holds("hold my release"));
    CHECK(office.said_on_card().find("~ Said back, and not judged in time.") != std::string::npos);
    for (const SeenMessage& message : office.to("Uann"))
        CHECK(text_of(message.now).find("hold my release") == std::string::npos);
}

TEST_CASE(
    "read-back: when who asked is not to be interrupted they read it in their digest, and it goes from there")
{
    ReadBackOffice office;
    office.ask_and_ack();
    office.ackd("Uann", "");
    office.connection->execute("INSERT INTO preferences VALUES ('Uann', 4)");  // nothing but the App Home
    office.press("Ubo", office.card(), "say_back");
    office.submit("Ubo", "I hold my release");
    CHECK(office.to("Uann").empty());
    office.advance_to(utc("2026-03-02 13:01"));
    REQUIRE(office.last_to("Uann").now.kind == NoticeKind::digest);
    CHECK(text_of(office.last_to("Uann").now).find("Bo says it back as “I hold my release”") !=
          std::string::npos);
    // The next digest has it as well, and the one before has it no more.
    office.ack("Udi", "@Uann please read");
    office.advance_to(utc("2026-03-02 13:20"));
    office.connection->execute("UPDATE preferences SET telling = 3");
    office.advance_to(utc("2026-03-02 16:31"));
    REQUIRE(office.to("Uann").size() == 2);
    CHECK(text_of(office.to("Uann").front().now).find("hold my release") == std::string::npos);
    CHECK(text_of(office.to("Uann").back().now).find("hold my release") != std::string::npos);
    office.press("Uann", office.last_to("Uann"), "thats_it");
    office.advance(5s);
    CHECK(office.state() == "right");
    CHECK(text_of(office.last_to("Uann").now).find("hold my release") == std::string::npos);
    CHECK_FALSE(office.holds("hold my release"));
}

TEST_CASE("read-back: \"Not now\" asks somebody else, once, and nobody learns who it was")
{
    ReadBackOffice office;
    office.ack("Uann", "@Ubo @Ucy @Udi !readback no deploys before Friday");
    for (const char* person : {"Ubo", "Ucy", "Udi"}) office.press(person, office.card(), "got_it");
    office.advance_to(utc("2026-03-02 10:31"));
    const std::string first = office.picked();
    office.press(first.c_str(), office.last_to(first.c_str()), "not_now");
    office.advance(5s);
    const std::string second = office.picked();
    CHECK(second != first);
    CHECK(text_of(office.last_to(first.c_str()).now).starts_with("Nothing is left to do here. Thank you.\n"));
    office.press(second.c_str(), office.last_to(second.c_str()), "not_now");
    office.advance(5s);
    CHECK(office.state() == "not given");
    CHECK(office.to("Ubo").size() + office.to("Ucy").size() + office.to("Udi").size() == 2);
    CHECK(office.count("SELECT count(DISTINCT state) FROM read_back_turns") == 1);
    CHECK(office.count("SELECT count(*) FROM journal WHERE fact LIKE 'read_back%' AND obligation_id != 0") ==
          0);
}

TEST_CASE("read-back: nobody is picked twice within two weeks, unless they like")
{
    ReadBackOffice office;
    for (int number = 1; number <= 2; ++number) {
        office.ack("Uann", "@Ubo !readback please read");
        office.advance(5s);
        office.press("Ubo", office.card(), "got_it");
        office.advance(31min);
    }
    CHECK(office.count("SELECT count(*) FROM read_back_turns") == 1);
    CHECK(office.state(2) == "not given");
    office.ack("Uann", "@Ubo !readback please read");
    office.advance(5s);
    office.press("Ubo", office.card(), "got_it");
    office.press("Ubo", office.card(), "say_back");
    CHECK(office.forms.size() == 1);
    CHECK(office.count("SELECT count(*) FROM read_back_turns") == 2);
    // After that it is forgotten who it was.
    office.advance_to(utc("2026-03-18 10:00"));
    CHECK(office.count("SELECT count(*) FROM read_back_turns") == 0);
}
