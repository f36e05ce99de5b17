// What comes round and is changed meanwhile, by a policy or by a calendar of holidays, be ackd running or
// not: each occurrence ends once, and its fact says how.
#include "bot/cadence/cadence_table.hpp"
#include "bot/policy/policy_handlers.hpp"
#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <utility>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const CadenceKey product{CadenceUse::resync, "product"};

/// Two teams, and a resync of them where `every` says when.
Settings resynced(const std::string& every, OnHoliday on_holiday = OnHoliday::after)
{
    Settings settings = straight_settings();
    for (const auto& [name, lead] : {std::pair{"platform", "Ubo"}, std::pair{"mobile", "Ucy"}}) {
        Team& team = settings.teams.emplace_back();
        team.name = name;
        team.members = {UserId{lead}};
        team.leads = {UserId{lead}};
    }
    settings.holidays = {"all"};
    if (every.empty()) return settings;
    Resync& resync = settings.resyncs.emplace_back();
    resync.name = product.name;
    resync.teams = {"platform", "mobile"};
    resync.channel = ChannelId{"Cleads"};
    std::string problem;
    resync.cadence = parse_cadence(every, std::nullopt, problem).value();
    resync.cadence.on_holiday = on_holiday;
    return settings;
}

HolidayCalendars calendars(const std::vector<std::chrono::local_days>& days)
{
    auto calendar = std::make_shared<HolidayCalendar>();
    for (const auto day : days) calendar->holidays.push_back({day, "holiday"});
    return {{"all", calendar}};
}

std::chrono::local_days march(unsigned day)
{
    return std::chrono::local_days{std::chrono::year{2026} / 3 / std::chrono::day{day}};
}

/// A database, on which ackd runs now and then. 2 March 2026 is a Monday.
struct House {
    /// `ackd policy apply`, beside a running ackd or without one.
    void apply(const Policy& policy, const char* at)
    {
        storage::Connection own{file(), storage::OpenMode::existing_only};
        HandlerState state{own, "Etc/UTC", 1};
        const Settings settings = straight_settings();
        HandlerContext context = state.at(utc(at), settings);
        storage::Transaction transaction{own};
        keep_policy(context, policy, {UserId{"operator:ann"}, PolicySource::file, ""});
        transaction.commit();
    }
    /// ackd begins with a policy, and stops.
    void begin_with(const Policy& policy, const char* at)
    {
        {
            Workspace first{given(), utc(at), file()};
        }
        apply(policy, at);
        run(at, at);
    }
    /// It starts, and stops.
    void run(const char* from, const char* until)
    {
        Workspace again{given(), utc(from), file()};
        again.advance_to(utc(until));
    }
    [[nodiscard]] Settings given() const
    {
        Settings settings = straight_settings();
        settings.calendars = known;
        return settings;
    }

    /// "ran 2026-03-06 15:00 UTC", a line for each, the oldest first.
    [[nodiscard]] std::string ended() const
    {
        storage::Connection own{file(), storage::OpenMode::existing_only};
        auto all = CadenceTable{own}.newest(product, 100);
        std::string text;
        for (auto each = all.rbegin(); each != all.rend(); ++each)
            text += fmt::format("{} {}\n", name_of(each->end), utc_text(each->occurrence.at));
        CHECK(count(own, "SELECT count(*) FROM journal WHERE fact = 'occurrence'") ==
              static_cast<std::int64_t>(all.size()));
        CHECK(count(own, "SELECT count(*) FROM resync_rounds") ==
              count(own, "SELECT count(*) FROM cadence_occurrences WHERE ended IN (1, 2)"));
        return text;
    }
    [[nodiscard]] std::string file() const { return folder.file("ackd.db"); }
    static std::int64_t count(storage::Connection& connection, const char* sql)
    {
        storage::Statement row = connection.prepare(sql);
        row.step();
        return row.column_int(0);
    }

    StorageFolder folder;
    HolidayCalendars known = calendars({});
};

}  // namespace

TEST_CASE("cadence: what was due while ackd was down runs late, whatever the policy says by now")
{
    House house;
    house.begin_with(resynced("every friday 15:00"), "2026-03-02 10:00");
    house.apply(resynced("every monday 09:00"), "2026-03-17 12:00");
    house.run("2026-03-18 12:00", "2026-03-18 13:00");
    CHECK(house.ended() == "missed 2026-03-06 15:00 UTC\nran_late 2026-03-13 15:00 UTC\n");
    // From then on by the new one; and a start alone changes nothing.
    house.run("2026-03-18 14:00", "2026-03-23 09:05");
    CHECK(house.ended() == "missed 2026-03-06 15:00 UTC\n"
                           "ran_late 2026-03-13 15:00 UTC\n"
                           "ran 2026-03-23 09:00 UTC\n");
}

TEST_CASE("cadence: the new rule counts from its change, be ackd running or not")
{
    House house;
    house.begin_with(resynced("every friday 15:00"), "2026-03-02 10:00");
    house.apply(resynced("every monday 09:00"), "2026-03-03 12:00");
    house.run("2026-03-09 12:00", "2026-03-09 12:05");
    CHECK(house.ended() == "ran_late 2026-03-09 09:00 UTC\n");
}

TEST_CASE("cadence: what is new in a policy that was applied while ackd was down counts from then on")
{
    House house;
    house.begin_with(resynced(""), "2026-03-02 10:00");
    house.apply(resynced("every friday 15:00"), "2026-03-05 12:00");
    house.run("2026-03-07 12:00", "2026-03-07 13:00");
    CHECK(house.ended() == "ran_late 2026-03-06 15:00 UTC\n");
}

TEST_CASE("cadence: what has gone from the policy while ackd was down was missed, where it had come due")
{
    House house;
    house.begin_with(resynced("every friday 15:00"), "2026-03-02 10:00");
    house.apply(resynced(""), "2026-03-07 12:00");
    house.run("2026-03-16 12:00", "2026-03-16 13:00");
    CHECK(house.ended() == "missed 2026-03-06 15:00 UTC\n");
}

TEST_CASE("cadence: holidays of the policy count from its change on as well")
{
    House house;
    house.known = calendars({march(6)});
    Settings without = resynced("every friday 15:00", OnHoliday::skip);
    without.holidays.clear();
    house.begin_with(without, "2026-03-02 10:00");
    house.apply(resynced("every friday 15:00", OnHoliday::skip), "2026-03-07 12:00");
    house.run("2026-03-09 12:00", "2026-03-09 13:00");
    CHECK(house.ended() == "ran_late 2026-03-06 15:00 UTC\n");
}

TEST_CASE("cadence: one that a changed calendar puts into the past runs late")
{
    House house;
    house.begin_with(resynced("every friday 15:00", OnHoliday::before), "2026-03-02 10:00");
    SUBCASE("while ackd runs")
    {
        Workspace office{house.given(), utc("2026-03-05 17:00"), house.file()};
        house.known = calendars({march(6)});
        office.engine.replace_settings(house.given());
        office.advance(1min);
        CHECK(house.ended() == "ran_late 2026-03-05 15:00 UTC\n");
        office.advance_to(utc("2026-03-09 17:00"));
    }
    SUBCASE("while it does not")
    {
        house.run("2026-03-05 16:00", "2026-03-05 17:00");
        house.known = calendars({march(6)});
        house.run("2026-03-06 08:00", "2026-03-06 17:00");
    }
    CHECK(house.ended() == "ran_late 2026-03-05 15:00 UTC\n");
}
