// Work in progress as rules alone: what may be begun, what people type, and what the figures say.
#include "bot/wip/wip_rules.hpp"

#include "bot/wip/wip_phrase.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

std::string work_text(const NewWork& work)
{
    return (work.team.empty() ? "" : work.team + ": ") + work.title +
           (work.is_unplanned ? " (unplanned)" : "");
}

/// What was understood, as one line.
std::string understood(const std::string& typed)
{
    std::istringstream stream{typed};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    const WipPhrase phrase = parse_wip_phrase(words, {"platform", "web"});
    if (const auto* mistake = std::get_if<WipMistake>(&phrase))
        return mistake->problem + " → " + mistake->corrected;
    if (const auto* show = std::get_if<ShowWip>(&phrase)) return "show " + show->team;
    if (const auto* change = std::get_if<ChangeWip>(&phrase))
        return std::to_string(change->item.value) +
               (change->event ? " event " + std::to_string(static_cast<int>(*change->event)) : " still");
    if (const auto* trade = std::get_if<TradeWip>(&phrase))
        return "trade " + std::to_string(trade->item.value) + " for " + work_text(trade->work);
    const auto& start = std::get<StartWip>(phrase);
    return (start.is_forced ? "force " : "start ") + work_text(start.work) +
           (start.because.empty() ? "" : " because " + start.because);
}

WipItem item(const char* started, const char* ended = nullptr, bool is_unplanned = false)
{
    WipItem made;
    made.started_at = utc(started);
    made.is_unplanned = is_unplanned;
    if (ended != nullptr) {
        made.state = WipState::done;
        made.ended_at = utc(ended);
    }
    return made;
}

}  // namespace

TEST_CASE("wip: what people type, and what is not understood with the line that would be")
{
    CHECK(understood("") == "show ");
    CHECK(understood("Platform") == "show platform");
    CHECK(understood("start move the importer") == "start move the importer");
    CHECK(understood("start web !unplanned fix the login") == "start web: fix the login (unplanned)");
    CHECK(understood("start fix the web login") == "start fix the web login");
    CHECK(understood("done 12") == "12 event 0");
    CHECK(understood("pause #12") == "12 event 1");
    CHECK(understood("still 12") == "12 still");
    CHECK(understood("trade 12 the fair") == "trade 12 for the fair");
    CHECK(understood("force platform the fair because it is on Friday") ==
          "force platform: the fair because it is on Friday");

    CHECK(understood("start") == "What is begun? → /wip start move the importer to the new API");
    CHECK(understood("start web") == "What is begun? → /wip start web move the importer to the new API");
    CHECK(understood("done") == "Which one? Each has a number, such as 12. → /wip done 12");
    CHECK(understood("done -3") == "Which one? Each has a number, such as 12. → /wip done 12");
    CHECK(understood("done 12 13") == "Which one? Each has a number, such as 12. → /wip done 12");
    CHECK(understood("done 99999999999999999999") ==
          "Which one? Each has a number, such as 12. → /wip done 12");
    CHECK(
        understood("trade 12") ==
        "Which one is paused for what? It has a number, such as 12. → /wip trade 12 move the importer to the new API");
    CHECK(
        understood("force the fair") ==
        "Over the limit takes a reason, which stands with it. → /wip force the fair because it cannot wait");
    CHECK(understood("strat the fair") == "I did not understand \"strat\". → /wip start the fair");
    CHECK(understood("xyzzy the fair") == "I did not understand \"xyzzy\". → /wip start xyzzy the fair");
}

TEST_CASE("wip: there is room up to the limit, of the team and of one person")
{
    WipLimit limit;
    CHECK(may_start_work(limit, 400, 400, 400) == WipStart::has_room);
    CHECK(may_start_work(limit, 0, 0, wip_open_max) == WipStart::too_many_open);
    limit.limit = 3;
    CHECK(may_start_work(limit, 2, 2, 9) == WipStart::has_room);
    CHECK(may_start_work(limit, 3, 0, 3) == WipStart::team_is_full);
    limit.per_person = 2;
    CHECK(may_start_work(limit, 2, 2, 2) == WipStart::person_is_full);
    CHECK(may_start_work(limit, 2, 1, 2) == WipStart::has_room);
}

TEST_CASE("wip: what is open is paused, goes on, is finished or dropped; what has ended stays so")
{
    CHECK(next_state(WipState::running, WipEvent::pause) == WipState::paused);
    CHECK(next_state(WipState::paused, WipEvent::resume) == WipState::running);
    CHECK(next_state(WipState::paused, WipEvent::finish) == WipState::done);
    CHECK(next_state(WipState::running, WipEvent::drop) == WipState::dropped);
    CHECK_FALSE(next_state(WipState::paused, WipEvent::pause));
    CHECK_FALSE(next_state(WipState::running, WipEvent::resume));
    for (const WipState ended : {WipState::done, WipState::dropped}) {
        for (const WipEvent event : {WipEvent::finish, WipEvent::pause, WipEvent::resume, WipEvent::drop})
            CHECK_FALSE(next_state(ended, event));
    }
}

TEST_CASE("wip: pace and expectation go by Little's law")
{
    const Instant now = utc("2026-03-30 10:00");
    // Eight finished in four weeks, two a week; five more are running.
    std::vector<WipItem> items;
    for (int count = 0; count < 8; ++count)
        items.push_back(
            item("2026-03-05 10:00", count < 5 ? "2026-03-09 10:00" : "2026-03-20 10:00", count < 2));
    for (int count = 0; count < 5; ++count) items.push_back(item("2026-02-20 10:00"));
    // Long ago: it tells how long they have been counted, and nothing else.
    items.push_back(item("2026-01-01 10:00", "2026-01-02 10:00"));
    const WipFigures figures = figures_of(items, now);
    CHECK(figures.running == 5);
    CHECK(figures.throughput == doctest::Approx(2.0));
    CHECK(figures.cycle_time == 96h);
    CHECK(figures.unplanned_share == doctest::Approx(0.25));
    // Six in progress, two a week.
    CHECK(expected_time(figures) == 21 * 24h);
}

TEST_CASE("wip: a young team's pace is reckoned over the time there was, but at least a week")
{
    const WipFigures young = figures_of({item("2026-03-29 10:00", "2026-03-30 09:00")},
                                        utc("2026-03-30 10:00"));
    CHECK(young.throughput == doctest::Approx(1.0));
    const WipFigures older = figures_of({item("2026-03-16 10:00", "2026-03-30 09:00")},
                                        utc("2026-03-30 10:00"));
    CHECK(older.throughput == doctest::Approx(0.5));
    const WipFigures none = figures_of({item("2026-03-16 10:00")}, utc("2026-03-30 10:00"));
    CHECK_FALSE(none.cycle_time);
    CHECK_FALSE(expected_time(none));
    CHECK_FALSE(figures_of({}, utc("2026-03-30 10:00")).unplanned_share);
}

TEST_CASE("wip rules: a day without a change is as the one before ended")
{
    const std::chrono::local_days monday{std::chrono::year{2026} / 3 / 2};
    const auto day = [&](int number) { return monday + std::chrono::days{number}; };
    const std::vector<WipLevel> known{{day(0), 3, 1}, {day(2), 4, 0}};
    const WipDays all = most_by_day(known, day(4), 42);
    CHECK(all.first == day(0));
    CHECK(all.most == std::vector{3, 1, 4, 0, 0});
    // What was before the first day that is looked at counts where it had ended.
    const WipDays newest = most_by_day(known, day(4), 4);
    CHECK(newest.first == day(1));
    CHECK(newest.most == std::vector{1, 4, 0, 0});
    CHECK(most_by_day(known, day(9), 2).most == std::vector{0, 0});
    CHECK(most_by_day({}, day(4), 42).most.empty());
    // A clock that was set back.
    CHECK(most_by_day(known, day(-1), 42).most.empty());
}
