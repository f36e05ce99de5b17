// What is typed behind /out, and what is said when it is not understood.
#include "bot/people/absence_phrase.hpp"

#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

using namespace ackd;

namespace {

// A Thursday, 11:00 in Berlin.
const Instant now = utc("2026-03-05 10:00");

struct Visitor {
    std::string operator()(const AskedAbsence& asked) const
    {
        std::string text = utc_text(asked.span.from) + " .. " + utc_text(asked.span.until);
        if (asked.delegate) text += " delegate " + asked.delegate->value;
        if (!asked.delegate_typed.empty()) text += " delegate \"" + asked.delegate_typed + "\"";
        if (!asked.reason.empty()) text += " because " + asked.reason;
        return text;
    }
    std::string operator()(const ShowAbsences&) const { return "show"; }
    std::string operator()(const EndAbsence&) const { return "back"; }
    std::string operator()(const AbsenceMistake& mistake) const
    {
        return mistake.problem + " Try: " + mistake.corrected;
    }
};

std::string read(const std::string& typed)
{
    return std::visit(Visitor{},
                      parse_absence_phrase(Workspace::rich(typed), WorkingHours{"Europe/Berlin"}, now));
}

}  // namespace

TEST_CASE("out: days are whole days where they are typed; the last one belongs to it")
{
    struct Row {
        std::string typed;
        std::string means;
    };
    const Row rows[] = {
        {"", "show"},
        {"back", "back"},
        {"Back", "back"},
        {"today", "2026-03-05 10:00 UTC .. 2026-03-05 23:00 UTC"},
        {"tomorrow", "2026-03-05 23:00 UTC .. 2026-03-06 23:00 UTC"},
        {"fri..mon", "2026-03-05 23:00 UTC .. 2026-03-09 23:00 UTC"},
        {"Fri .. Mon", "2026-03-05 23:00 UTC .. 2026-03-09 23:00 UTC"},
        {"fri…mon", "2026-03-05 23:00 UTC .. 2026-03-09 23:00 UTC"},
        {"from friday to monday", "2026-03-05 23:00 UTC .. 2026-03-09 23:00 UTC"},
        {"thu", "2026-03-05 10:00 UTC .. 2026-03-05 23:00 UTC"},
        {"wednesday", "2026-03-10 23:00 UTC .. 2026-03-11 23:00 UTC"},
        // Over the change to summer time.
        {"2026-03-28..2026-03-30", "2026-03-27 23:00 UTC .. 2026-03-30 22:00 UTC"},
        {"2026-12-24..2027-01-02", "2026-12-23 23:00 UTC .. 2027-01-02 23:00 UTC"},
        {"until monday", "2026-03-05 10:00 UTC .. 2026-03-08 23:00 UTC"},
        {"until 15:00", "2026-03-05 10:00 UTC .. 2026-03-05 14:00 UTC"},
        {"until fri 12:30", "2026-03-05 10:00 UTC .. 2026-03-06 11:30 UTC"},
        {"today delegate @Ubo", "2026-03-05 10:00 UTC .. 2026-03-05 23:00 UTC delegate Ubo"},
        {"today delegate @bo because of a cold .. really",
         "2026-03-05 10:00 UTC .. 2026-03-05 23:00 UTC delegate \"@bo\" because of a cold .. really"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(read(row.typed) == row.means);
    }
}

TEST_CASE("out: a mistake is quoted, and the nearest right line is offered")
{
    struct Row {
        std::string typed;
        std::string answer;
    };
    const Row rows[] = {
        {"fryday..mon", "I did not understand \"fryday\". Try: /out friday .. mon"},
        {"fri..mnday delegate @Ubo", "I did not understand \"mnday\". Try: /out fri .. monday delegate @Ubo"},
        {"31.12.", "I did not understand \"31.12.\". Try: /out fri..mon"},
        {"2026-02-30", "I did not understand \"2026-02-30\". Try: /out fri..mon"},
        {"fri..", "A day is missing. Try: /out fri..mon"},
        {"until", "A day is missing. Try: /out until monday"},
        {"until soon", "I did not understand \"soon\". Try: /out until monday"},
        {"2026-04-10..2026-04-08", "It ends before it begins. Try: /out 2026-04-08..2026-04-10"},
        {"2026-03-01", "That is past. Try: /out tomorrow"},
        {"until 10:00", "That is past. Try: /out tomorrow"},
        {"until today", "That is past. Try: /out tomorrow"},
        {"2028-01-01", "That is more than a year ahead. Try: /out fri..mon"},
        {"today..2027-03-08", "That is longer than a year. Try: /out fri..mon"},
        {"today delegate", "Behind \"delegate\" belongs a name. Try: /out today delegate @name"},
        {"today delegat @Ubo", "I did not understand \"delegat\". Try: /out today delegate @Ubo"},
        {"today @Ubo", "I did not understand \"@Ubo\". Try: /out today delegate @Ubo"},
        {"today holiday", "I did not understand \"holiday\". Try: /out today because holiday"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.typed);
        CHECK(read(row.typed) == row.answer);
    }
}
