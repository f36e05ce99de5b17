// "by Thursday 17:00", as people type it.
#include "bot/commands/due_phrase.hpp"

#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <sstream>
#include <string>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> words_of(const std::string& text)
{
    std::istringstream stream{text};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

/// What is understood, as text: "2026-03-05 17:00 UTC (1 word)", "text", "Thursday instead of thrusday",
/// "past: …".
std::string understood(const std::string& typed, const char* zone, Instant now)
{
    struct Visitor {
        std::string operator()(const DuePhrase& due) const
        {
            return utc_text(due.at) + " (" + std::to_string(due.words_used) + ")";
        }
        std::string operator()(const NotADuePhrase&) const { return "text"; }
        std::string operator()(const MisspeltDuePhrase& misspelt) const
        {
            return misspelt.suggestion + " instead of " + misspelt.word;
        }
        std::string operator()(const DuePhraseInThePast& past) const { return "past: " + past.words; }
    };
    return std::visit(Visitor{}, parse_due_phrase(words_of(typed), WorkingHours{zone}, now));
}

}  // namespace

TEST_CASE("due phrase: days, dates, times and lengths are understood in the time zone of who typed them")
{
    struct Row {
        std::string typed;
        const char* expected;
    };
    // Monday 2026-03-02, 10:00 in Berlin.
    const Row rows[] = {
        {"thursday", "2026-03-05 16:00 UTC (1)"},
        {"Thursday", "2026-03-05 16:00 UTC (1)"},
        {"THU", "2026-03-05 16:00 UTC (1)"},
        {"thursday, please", "2026-03-05 16:00 UTC (1)"},
        {"thursday 15:30", "2026-03-05 14:30 UTC (2)"},
        {"thursday 9:05 please", "2026-03-05 08:05 UTC (2)"},
        {"thursday 5pm", "2026-03-05 16:00 UTC (2)"},
        {"thursday 17", "2026-03-05 16:00 UTC (2)"},
        {"thursday 17h", "2026-03-05 16:00 UTC (2)"},
        {"thursday 12am", "2026-03-04 23:00 UTC (2)"},
        {"thursday 12pm", "2026-03-05 11:00 UTC (2)"},
        {"thursday noon", "2026-03-05 11:00 UTC (2)"},
        {"thursday 4:30pm", "2026-03-05 15:30 UTC (2)"},
        {"monday", "2026-03-02 16:00 UTC (1)"},
        {"monday 9:00", "2026-03-09 08:00 UTC (2)"},
        {"sunday", "2026-03-08 16:00 UTC (1)"},
        {"today", "2026-03-02 16:00 UTC (1)"},
        {"today 11:00", "2026-03-02 10:00 UTC (2)"},
        {"tomorrow", "2026-03-03 16:00 UTC (1)"},
        {"tomorrow 8am", "2026-03-03 07:00 UTC (2)"},
        {"next week", "2026-03-13 16:00 UTC (2)"},
        {"next week 12:00", "2026-03-13 11:00 UTC (3)"},
        {"2026-03-12", "2026-03-12 16:00 UTC (1)"},
        {"2026-03-12 12:00 or so", "2026-03-12 11:00 UTC (2)"},
        {"2026-03-31", "2026-03-31 15:00 UTC (1)"},  // summer time by then
        {"17:00", "2026-03-02 16:00 UTC (1)"},
        {"9:30", "2026-03-03 08:30 UTC (1)"},  // past today: tomorrow
        {"5pm", "2026-03-02 16:00 UTC (1)"},
        {"in 2h", "2026-03-02 11:00 UTC (2)"},
        {"in 30min please", "2026-03-02 09:30 UTC (2)"},
        {"in 3 days", "2026-03-05 09:00 UTC (3)"},
        {"in 2 weeks", "2026-03-16 09:00 UTC (3)"},
        {"in 1 hour", "2026-03-02 10:00 UTC (3)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(understood(row.typed, "Europe/Berlin", utc("2026-03-02 09:00")) == row.expected);
    }
}

TEST_CASE("due phrase: what is not about time belongs to the message")
{
    for (const char* typed : {"the way",    "and by",       "ourselves",
                              "",           "in all means", "in 0h",
                              "in -2h",     "in two days",  "17",
                              "5",          "25:00",        "12:60",
                              "1:2:3",      "13pm",         "0am",
                              "2026-13-01", "2026-02-30",   "2026-3-1",
                              "next time",  "next",         "😀",
                              "\xff\xfe",   "in",           "in 99999999999999999999 days",
                              "-1:30",      "17:-5",        ":30",
                              "17:"})
    {
        CAPTURE(std::string{typed});
        CHECK(understood(typed, "Etc/UTC", utc("2026-03-02 09:00")) == "text");
    }
}

TEST_CASE("due phrase: a slip of the finger is found, with the word that was meant")
{
    struct Row {
        std::string typed;
        const char* expected;
    };
    const Row rows[] = {
        {"thrusday", "Thursday instead of thrusday"},
        {"Mondey", "Monday instead of Mondey"},
        {"tommorow", "tomorrow instead of tommorow"},
        {"todya", "today instead of todya"},
        {"wendesday 15:00", "Wednesday instead of wendesday"},
        {"firday,", "Friday instead of firday,"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(understood(row.typed, "Etc/UTC", utc("2026-03-02 09:00")) == row.expected);
    }
}

TEST_CASE("due phrase: a date that is past, or more than a year ahead, is told apart from a wrong word")
{
    struct Row {
        std::string typed;
        const char* expected;
    };
    const Row rows[] = {
        {"2026-03-01", "past: 2026-03-01"},
        {"2025-12-24 18:00", "past: 2025-12-24 18:00"},
        {"today 8:00", "past: today 8:00"},
        {"2028-01-01", "past: 2028-01-01"},
        {"9999-12-31", "past: 9999-12-31"},
        {"in 400 days", "past: in 400 days"},
        {"in 9999d", "past: in 9999d"},
        {"2027-03-02", "2027-03-02 17:00 UTC (1)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(understood(row.typed, "Etc/UTC", utc("2026-03-02 09:00")) == row.expected);
    }
}

TEST_CASE("due phrase: a time that the clocks skip or have twice is still one instant")
{
    // Berlin: 2026-03-29 02:30 does not exist; 2026-10-25 02:30 exists twice.
    CHECK(understood("2026-03-29 2:30", "Europe/Berlin", utc("2026-03-27 09:00")) ==
          "2026-03-29 01:00 UTC (2)");
    CHECK(understood("2026-10-25 2:30", "Europe/Berlin", utc("2026-10-23 09:00")) ==
          "2026-10-25 00:30 UTC (2)");
}

TEST_CASE("due phrase: the choices of the menus are the ends of working days, in the person's own zone")
{
    struct Row {
        std::string choice;
        const char* now;
        const char* expected;
    };
    const Row promises[] = {
        {"today", "2026-03-02 10:00", "2026-03-02 17:00"},
        {"today", "2026-03-02 18:00", "2026-03-03 17:00"},
        {"today", "2026-03-07 10:00", "2026-03-09 17:00"},
        {"tomorrow", "2026-03-02 10:00", "2026-03-03 17:00"},
        {"tomorrow", "2026-03-06 10:00", "2026-03-09 17:00"},
        {"this_week", "2026-03-02 10:00", "2026-03-06 17:00"},
        {"this_week", "2026-03-06 18:00", "2026-03-13 17:00"},
        {"next_week", "2026-03-02 10:00", "2026-03-13 17:00"},
    };
    const WorkingHours hours{"Etc/UTC"};
    for (const Row& row : promises) {
        CAPTURE(row.choice);
        CAPTURE(std::string{row.now});
        CHECK(promise_choice(row.choice, hours, utc(row.now)) == utc(row.expected));
    }
    const Row snoozes[] = {
        {"hour", "2026-03-02 10:00", "2026-03-02 11:00"},
        {"afternoon", "2026-03-02 10:00", "2026-03-02 14:00"},
        {"afternoon", "2026-03-02 15:00", "2026-03-03 09:00"},
        {"next_day", "2026-03-02 10:00", "2026-03-03 09:00"},
        {"next_day", "2026-03-06 10:00", "2026-03-09 09:00"},
    };
    for (const Row& row : snoozes) {
        CAPTURE(row.choice);
        CAPTURE(std::string{row.now});
        CHECK(snooze_choice(row.choice, hours, utc(row.now)) == utc(row.expected));
    }
    CHECK(promise_choice("never", hours, utc("2026-03-02 10:00")) == std::nullopt);
    CHECK(snooze_choice("for ever", hours, utc("2026-03-02 10:00")) == std::nullopt);
}

TEST_CASE("due phrase: any text is understood or refused, never more, and a due date is always ahead")
{
    CHECK(rc::check([] {
        auto words = *rc::gen::arbitrary<std::vector<std::string>>();
        const auto known = *rc::gen::container<std::vector<std::string>>(
            rc::gen::element<std::string>("in",
                                          "next",
                                          "week",
                                          "thursday",
                                          "17:00",
                                          "2026-03-12",
                                          "3",
                                          "days",
                                          "5pm",
                                          "2h",
                                          "today",
                                          "0",
                                          ":",
                                          "am"));
        words.insert(words.end(), known.begin(), known.end());
        const Instant now = utc("2026-03-02 09:00") + std::chrono::minutes{*rc::gen::inRange(0, 600'000)};
        const auto outcome = parse_due_phrase(
            *rc::gen::element(words, known), WorkingHours{"Europe/Berlin"}, now);
        if (const auto* due = std::get_if<DuePhrase>(&outcome)) {
            RC_ASSERT(due->at > now);
            RC_ASSERT(due->at < now + 24h * 368);
            RC_ASSERT(due->words_used >= 1U);
            RC_ASSERT(due->words_used <= 4U);
        }
    }));
    CHECK(understood(std::string(1'000'000, 'x'), "Etc/UTC", utc("2026-03-02 09:00")) == "text");
}

TEST_CASE("nearest word: near enough to be a slip, and nothing else")
{
    const std::vector<std::string> known{"now", "today", "week", "received", "integrated"};
    CHECK(nearest_word("todya", known) == "today");
    CHECK(nearest_word("recieved", known) == "received");
    CHECK(nearest_word("weak", known) == "week");
    CHECK(nearest_word("", known) == std::nullopt);
    CHECK(nearest_word("no", known) == "now");
    CHECK(nearest_word("xyz", known) == std::nullopt);
    CHECK(nearest_word("anything", {}) == std::nullopt);
}
