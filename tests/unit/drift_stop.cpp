// A drift probe that is called off: by whom, what those who were asked see, and what is left of it.
#include "tests/unit/drift_office.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

using Office = DriftOffice;

constexpr const char* called_off =
    "⚪ This question to a few people of platform was called off. Nothing for you to do.\n"
    "> What comes first this month?\n"
    "~ Nothing is shown, and what was answered is deleted.\n";

std::int64_t facts(Office& office)
{
    return office.count(
        "SELECT count(*) FROM journal WHERE fact = 'drift_ended' AND detail LIKE '%called_off%'");
}

}  // namespace

TEST_CASE(
    "drift: who asked calls it off: everybody who was asked sees it, and of the answers nothing is left")
{
    Office office;
    office.asks("Ubo");
    office.all_tap({"migration", "migration", "onboarding", "onboarding", "onboarding"});
    const auto people = office.picked();
    REQUIRE(people.size() == 8);
    const std::string value = office.question_to(people.back())->now.sections.front().actions.front().value;
    CHECK_FALSE(office.drift("Ubo", "Stop"));
    CHECK(office.answer() ==
          "Called off. Nothing is shown, and what was answered is deleted.\n"
          "> What comes first this month?\n"
          "~ Who was asked sees it in their message. The next question is possible from Mon 16 Mar 10:00 "
          "(your time).\n");
    CHECK(office.probe().state == DriftState::called_off);
    CHECK(office.count("SELECT count(*) FROM drift_views") == 0);
    CHECK(office.count("SELECT count(*) FROM drift_asked") == 0);
    CHECK(facts(office) == 1);
    office.advance(10s);
    for (const std::string& person : people) {
        CHECK(office.to(person.c_str()).size() == 1);
        CHECK(said_to(office, person.c_str()) == called_off);
    }
    // Who taps all the same is told.
    office.taps_value(people.back(), value);
    CHECK(office.answer() == "This was called off. Nothing is shown, and what was answered is deleted.\n");
    office.drift("Ucy", "last");
    CHECK(has(office.answer(), "platform is asked once in two weeks"));
    CHECK(has(office.answer(), "Asked Mon 10:00 (your time), and called off: What comes first this month?"));
    office.advance_to(utc("2026-03-05 10:00"));
    CHECK(office.board().empty());
    CHECK(facts(office) == 1);
    CHECK(office.to("Ubo").size() == 1);
    office.drift("Ubo", "stop");
    CHECK(office.answer() ==
          "Nothing is open that you can call off. Who asked can, and leads of the team and admins.\n");
}

TEST_CASE("drift: leads of the team and admins call it off as well, and who asked reads who did")
{
    for (const char* person : {"Uann", "Ukim"}) {
        CAPTURE(person);
        Settings settings = with_platform();
        settings.admins = {UserId{"Ukim"}};
        Office office{settings};
        office.join("Ukim", "Kim");
        office.asks("Ubo");
        // Neither one of the team, nor one who was asked.
        for (const char* other : {"Ucy", "Udi"}) {
            office.drift(other, "stop platform");
            CHECK(office.answer() ==
                  "Nothing is open in platform that you can call off. Who asked can, and leads of the team "
                  "and admins.\n");
        }
        CHECK(office.probe().state == DriftState::open);
        office.drift(person, "stop platform");
        CHECK(has(office.answer(), "Called off. Nothing is shown"));
        CHECK(office.probe().state == DriftState::called_off);
        office.advance_to(utc("2026-03-02 17:00"));
        const std::string told = said_to(office, "Ubo");
        CHECK(has(told,
                  person == std::string{"Uann"} ? "Ann called off what you asked platform:"
                                                : "Kim called off what you asked platform:"));
        CHECK(has(told, "The next question is possible from Mon 16 Mar 10:00 (your time)."));
    }
}

TEST_CASE("drift: who is not at work yet is not asked any more, and what is on its way says that it is over")
{
    Office office{with_members({UserId{"Ucy"},
                                UserId{"Udi"},
                                UserId{"Ueve"},
                                UserId{"Ufay"},
                                UserId{"Ugil"},
                                UserId{"Uhal"},
                                UserId{"Ujo"}})};
    office.join("Ujo", "Jo", "Asia/Tokyo");
    // Of one message nobody knows whether it has arrived; it has.
    std::optional<MessageRef> arrived;
    bool is_only_looked_for = false;
    office.instead = [&](const Delivery& delivery) -> std::optional<EffectOutcome> {
        const auto* post = std::get_if<PostMessage>(&delivery.effect);
        if (post == nullptr || post->person != UserId{"Ueve"}) return std::nullopt;
        is_only_looked_for = delivery.only_look;
        if (arrived) return Posted{*arrived, true};
        SeenMessage& seen = office.posts.emplace_back();
        seen.ref = MessageRef{ChannelId{"DUeve"}, "77.000001"};
        seen.person = post->person;
        seen.first = seen.now = post->notice;
        arrived = seen.ref;
        return Fault{FaultKind::unknown, "no answer"};
    };
    REQUIRE(office.drift("Uann"));
    office.submits("Uann", {});
    REQUIRE(arrived.has_value());
    office.drift("Uann", "stop");
    CHECK(office.probe().state == DriftState::called_off);
    office.advance_to(utc("2026-03-03 12:00"));
    CHECK(office.to("Ujo").empty());
    CHECK(is_only_looked_for);
    for (const char* person : {"Ucy", "Ueve"}) {
        CHECK(office.to(person).size() == 1);
        CHECK(said_to(office, person) == called_off);
    }
    CHECK(office.count("SELECT count(*) FROM outbox WHERE kind = 54") == 0);
}

TEST_CASE("drift: where several are open, the one that is meant is named; a question may begin with the word")
{
    Settings settings = with_platform();
    Team mobile = settings.teams.front();
    mobile.name = "mobile";
    mobile.members.clear();
    for (const char* id : {"U1", "U2", "U3", "U4", "U5", "U6"}) mobile.members.emplace_back(id);
    settings.teams.push_back(mobile);
    Office office{settings};
    for (const char* id : {"U1", "U2", "U3", "U4", "U5", "U6"}) office.join(id, id);
    REQUIRE(office.drift("Uann", "stop the line, or not?"));
    CHECK(office.forms.back().fields[1].initial == std::vector<std::string>{"stop the line, or not?"});
    office.submits("Uann", {.team = "platform"});
    CHECK(office.problems.empty());
    REQUIRE(office.drift("Uann"));
    office.submits("Uann", {});
    CHECK(office.problems.empty());
    office.drift("Uann", "stop");
    CHECK(office.answer() == "Which one? Asked are platform, mobile.\nTry: `/drift stop platform`\n");
    office.drift("Uann", "stop mobile");
    CHECK(office.probe(1).state == DriftState::open);
    CHECK(office.probe(2).state == DriftState::called_off);
    // One is left: it needs no name, and its team may be gone.
    settings.teams.erase(settings.teams.begin());
    office.engine.replace_settings(settings);
    office.drift("Uann", "stop");
    CHECK(office.probe(1).state == DriftState::called_off);
}

TEST_CASE("drift: what is over is not called off any more")
{
    Office office;
    office.asks("Uann");
    office.all_tap({"migration", "migration", "migration", "onboarding", "onboarding"});
    office.advance_to(utc("2026-03-04 10:01"));
    CHECK(office.probe().state == DriftState::shown);
    office.drift("Uann", "stop");
    CHECK(has(office.answer(), "Nothing is open that you can call off."));
    CHECK(office.probe().state == DriftState::shown);
    CHECK(office.in("Cplatform").size() == 1);
}
