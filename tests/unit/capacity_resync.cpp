// A team that says more than three times in thirty days that it has no room: that calls its resync, once.
#include "bot/cadence/cadence_table.hpp"
#include "bot/resync/resync_table.hpp"
#include "tests/unit/incident_desk.hpp"

#include <doctest/doctest.h>

#include <tuple>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

Settings with_resync(const char* every = "15th of the month 11:00")
{
    Settings settings = straight_settings();
    for (const auto& [name, member, lead] :
         {std::tuple{"platform", "Ubo", "Udi"}, std::tuple{"mobile", "Ucy", "Ueve"}})
    {
        Team& team = settings.teams.emplace_back();
        team.name = name;
        team.members = {UserId{member}};
        team.leads = {UserId{lead}};
    }
    Resync& product = settings.resyncs.emplace_back();
    product.name = "product";
    product.teams = {"platform", "mobile"};
    product.channel = ChannelId{"Cleads"};
    std::string problem;
    product.cadence = parse_cadence(every, std::nullopt, problem).value();
    settings.dead_letter_owner = UserId{"Ugil"};
    return settings;
}

/// It is Monday, 2 March 2026, 10:00 UTC. Di leads platform, Eve leads mobile.
struct Office : Workspace {
    explicit Office(Settings settings = with_resync()) : Workspace(std::move(settings))
    {
        join("Ueve", "Eve");
        join("Ugil", "Gil");
    }

    /// Once a day at 10:00; with the fourth one it is Thursday, 11:00.
    void says_so(int times)
    {
        for (int time = 0; time < times; ++time) {
            if (time > 0) advance(23h);
            command("Ubo", "/capacity", rich("at platform"));
            advance(1h);
            command("Ubo", "/capacity", rich("ok platform"));
        }
    }
    [[nodiscard]] std::int64_t rounds() { return count("SELECT count(*) FROM resync_rounds"); }
    [[nodiscard]] std::string ended()
    {
        std::string text;
        for (const auto& each : CadenceTable{*connection}.newest({CadenceUse::resync, "product"}, 10))
            text += std::string{name_of(each.end)} + " " + utc_text(each.occurrence.at) + "\n";
        return text;
    }
    /// Everything that Di was told, in whatever message.
    [[nodiscard]] bool told_lead(const char* words) const
    {
        for (const SeenMessage& message : to("Udi")) {
            if (has(text_of(message.first), words)) return true;
        }
        return false;
    }
};

constexpr const char* usual_words =
    "platform was at capacity 4 times in thirty days. That speaks of what is planned, not of the people: a "
    "talk with those who plan may help more than the next answer.";

}  // namespace

TEST_CASE(
    "capacity: a fourth signal within thirty days calls the team's resync, which says why, and the leads")
{
    Office office;
    office.says_so(3);
    CHECK(office.rounds() == 0);
    office.advance(23h);
    office.says_so(1);
    CHECK(office.rounds() == 1);
    CHECK(office.ended() == "ran 2026-03-05 10:02 UTC\n");
    CHECK(text_of(office.last_to("Ueve").now) ==
          "Resync product: where does mobile stand? A few lines, by Fri 10:02 (your time).\n"
          "~ platform has said four times in thirty days that it has no room.\n"
          "~ With platform, mobile. What all say is posted then, and where teams differ is settled between "
          "two.\n"
          "[Answer …]\n");
    CHECK(office.told_lead("Resync product: where does platform stand?"));
    office.advance_to(utc("2026-03-05 17:00"));
    CHECK(office.told_lead("platform was at capacity 4 times in thirty days. That speaks of what is planned, "
                           "not of the people: resync product has begun because of it, out of turn."));
    CHECK(office.count("SELECT count(*) FROM journal WHERE fact = 'resync_asked' AND detail LIKE "
                       "'%\"called_by\":\"platform\"%'") == 1);

    // A fifth one calls nothing, and what comes round does so as before, without a word of it.
    office.advance_to(utc("2026-03-06 09:00"));
    office.says_so(2);
    CHECK(office.rounds() == 1);
    office.advance_to(utc("2026-03-16 11:01"));
    CHECK(office.rounds() == 2);
    CHECK(office.ended() == "ran 2026-03-16 11:00 UTC\nran 2026-03-05 10:02 UTC\n");
    CHECK_FALSE(has(said_to(office, "Ueve"), "four times"));
}

TEST_CASE("capacity: a resync that is on already, was a few days ago or comes in a moment is not called")
{
    SUBCASE("somebody has begun it")
    {
        Office office;
        office.says_so(2);
        office.command("Udi", "/resync", Workspace::rich("now"));
        CHECK(office.rounds() == 1);
        office.advance(23h);
        office.says_so(2);
        CHECK(office.rounds() == 1);
        office.advance(6h);
        CHECK(office.told_lead(usual_words));
    }
    SUBCASE("it comes before its answers would be there")
    {
        Office office{with_resync("6th of the month 09:30")};
        office.says_so(4);
        CHECK(office.rounds() == 0);
        office.advance(6h);
        CHECK(office.told_lead(usual_words));
        office.advance_to(utc("2026-03-06 09:31"));
        CHECK(office.rounds() == 1);
    }
    SUBCASE("a lead has left out that of today")
    {
        Office office{with_resync("5th of the month 15:00")};
        office.says_so(3);
        office.command("Udi", "/resync", Workspace::rich("skip"));
        office.advance(23h);
        office.says_so(1);
        CHECK(office.rounds() == 0);
        office.advance(6h);
        CHECK(office.told_lead(usual_words));
        CHECK(office.ended() == "skipped 2026-03-05 15:00 UTC\n");
    }
    SUBCASE("it is paused")
    {
        Office office;
        office.says_so(1);
        office.command("Udi", "/resync", Workspace::rich("pause"));
        office.advance(23h);
        office.says_so(3);
        CHECK(office.rounds() == 0);
        office.advance(6h);
        CHECK(office.told_lead(usual_words));
    }
}

TEST_CASE("capacity: a week after a resync it can be called again")
{
    Office office{with_resync("28th of the month 11:00")};
    office.command("Udi", "/resync", Workspace::rich("now"));
    office.advance_to(utc("2026-03-09 12:00"));
    office.says_so(4);
    CHECK(office.rounds() == 2);
    CHECK(ResyncTable{*office.connection}.newest("product")->called_by == "platform");
}
