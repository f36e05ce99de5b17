// The rules of a drift probe: what a form means, who is picked, and what the answers come to.
#include "bot/drift/drift_rules.hpp"

#include "tests/unit/test_time.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

const Instant monday = utc("2026-03-02 10:00");

ReadProbe read(std::string_view question,
               std::string_view holds,
               std::string_view others,
               std::optional<Instant> until = std::nullopt)
{
    return read_probe({question, holds, others, until}, WorkingHours{"Etc/UTC"}, monday);
}

/// "holds: Say what holds …"
std::string problem_of(const ReadProbe& probe)
{
    std::string text;
    for (const FormProblem& problem : probe.problems)
        text += (text.empty() ? "" : "\n") + problem.field + ": " + problem.explanation;
    return text;
}

/// Numbers that look random, and are the same each time.
RandomBits bits(std::uint64_t seed = 1)
{
    return [seed]() mutable {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        return seed >> 20U;
    };
}

/// Places 1, 2, …, of which the first holds; the last is "Not sure".
std::vector<DriftView> views(const std::vector<int>& counts)
{
    std::vector<DriftView> made;
    for (std::size_t index = 0; index < counts.size(); ++index) {
        DriftView& view = made.emplace_back();
        const bool is_last = index + 1 == counts.size();
        view.place = is_last ? not_sure_place : static_cast<int>(index) + 1;
        view.text = is_last ? "Not sure" : std::string(1, static_cast<char>('a' + index));
        view.holds = index == 0;
        view.count = counts[index];
    }
    return made;
}

}  // namespace

TEST_CASE("drift rules: a form is a question, what holds, and what else may be thought")
{
    const ReadProbe probe = read(
        "  What comes first\nthis month? ", " migration ", "onboarding\n\n incident debt ");
    CHECK(problem_of(probe).empty());
    CHECK(probe.question == "What comes first this month?");
    CHECK(probe.views == std::vector<std::string>{"migration", "onboarding", "incident debt"});
    // Two working days: six hours of Monday and Tuesday, and two of Wednesday.
    CHECK(probe.closes_at == utc("2026-03-04 10:00"));
    CHECK(read("q", "a", "b", utc("2026-03-03 12:00")).closes_at == utc("2026-03-03 12:00"));
}

TEST_CASE("drift rules: what cannot be asked so is said at its field")
{
    const std::string sixty_one(61, 'x');
    const std::string umlauts = [] {
        std::string text;
        for (int count = 0; count < 60; ++count) text += "ü";
        return text;
    }();
    struct Row {
        ReadProbe probe;
        std::string problem;
    };
    const Row rows[] = {
        {read("", "a", "b"), "question: What do you want to know? One question, in a line."},
        {read(std::string(201, 'q'), "a", "b"), "question: Make it shorter: 200 characters at most."},
        {read("q", " \n", "b"), "holds: Say what holds: the answers are compared with it."},
        {read("q", "a\nb", "c"), "holds: One line: only one of them holds."},
        {read("q", "a", "\n"),
         "others: Name at least one more: with one answer there is nothing to find out."},
        {read("q", "a", "b\nc\nd\ne"), "others: These are 4. At most 3: it is answered with one tap."},
        {read("q", "a", "b\nB?"), "others: \"B?\" is there twice."},
        {read("q", "a", "A"), "others: \"A\" is there twice."},
        {read("q", "a", "not sure"), "others: \"not sure\" is always there. Leave it out."},
        {read("q", "Not sure", "b"), "holds: \"Not sure\" is always there. Leave it out."},
        {read("q", umlauts, "b"), ""},
        {read("q", "a", sixty_one),
         "others: \"" + std::string(30, 'x') + "…\" is too long for a button: 60 characters at most."},
        {read("q", "a", "b", utc("2026-03-02 09:00")), "until: This is past."},
        {read("q", "a", "b", monday), "until: This is past."},
        {read("q", "a", "b", utc("2026-03-02 10:30")),
         "until: Too soon: leave the team at least a working hour."},
        {read("q", "a", "b", utc("2026-03-02 11:00")), ""},
        {read("q", "a", "b", utc("2026-03-16 10:01")), "until: At most two weeks from now."},
        {read("q", "a", "b", utc("2026-03-16 10:00")), ""},
        {read("", "", ""),
         "question: What do you want to know? One question, in a line.\n"
         "holds: Say what holds: the answers are compared with it.\n"
         "others: Name at least one more: with one answer there is nothing to find out."},
    };
    for (const Row& row : rows) CHECK(problem_of(row.probe) == row.problem);
}

TEST_CASE(
    "drift rules: up to eight are picked, each with the same probability, and the same by the same bits")
{
    std::vector<UserId> people;
    for (const char letter : std::string{"abcdefghijkl"}) people.emplace_back(std::string{"U"} + letter);
    CHECK(pick_people(people, bits(5)) == pick_people(people, bits(5)));
    CHECK(pick_people(people, bits(5)) != pick_people(people, bits(6)));
    std::map<UserId, int> times;
    const RandomBits random = bits();
    for (int round = 0; round < 3'000; ++round) {
        const auto picked = pick_people(people, random);
        REQUIRE(picked.size() == drift_people_max);
        CHECK(std::set<UserId>(picked.begin(), picked.end()).size() == picked.size());
        for (const UserId& person : picked) ++times[person];
    }
    // 2,000 each, give or take.
    for (const UserId& person : people) {
        CHECK(times[person] > 1'850);
        CHECK(times[person] < 2'150);
    }
    people.resize(6);
    auto all = pick_people(people, random);
    std::sort(all.begin(), all.end());
    CHECK(all == people);
}

TEST_CASE("drift rules: where a view stands tells nothing, and \"Not sure\" is the last")
{
    std::map<int, int> places;
    const RandomBits random = bits();
    for (int round = 0; round < 3'000; ++round) {
        const auto made = views_of({"a", "b", "c"}, random);
        REQUIRE(made.size() == 4);
        CHECK(made.back() == DriftView{not_sure_place, "Not sure", false, 0});
        for (int place = 1; place <= 3; ++place) {
            const DriftView& view = made[static_cast<std::size_t>(place) - 1];
            CHECK(view.place == place);
            CHECK(view.holds == (view.text == "a"));
            if (view.holds) ++places[place];
        }
    }
    for (int place = 1; place <= 3; ++place) CHECK(places[place] > 850);
}

TEST_CASE("drift rules: fewer than five answers come to nothing")
{
    CHECK_FALSE(outcome_of({}));
    CHECK_FALSE(outcome_of(views({4, 0, 0})));
    CHECK_FALSE(outcome_of(views({1, 2, 1})));
    REQUIRE(outcome_of(views({4, 0, 1})));
    CHECK(outcome_of(views({4, 0, 1}))->answers == 5);
}

TEST_CASE("drift rules: how alike it is seen, and from when on there is something to talk about")
{
    struct Row {
        std::vector<int> counts;  ///< what holds, others, not sure
        std::string words;
        std::vector<std::string> agenda;
    };
    const Row rows[] = {
        {{7, 0, 0}, "All see it alike", {}},
        {{4, 1, 0}, "Nearly all see it alike", {}},
        {{3, 2, 0}, "Most see it alike", {}},
        {{4, 2, 1, 0}, "It is seen in different ways", {"a", "b"}},
        {{2, 3, 0}, "It is seen in different ways", {"b", "a"}},
        {{2, 2, 1, 0}, "It is seen in different ways", {"a", "b"}},
        {{1, 4, 2, 1}, "Few see it so", {"b", "c"}},
        {{0, 5, 0}, "Nobody sees it so", {"b", "a"}},
        // Not to be sure is no view; what holds is what there is to talk about.
        {{0, 0, 0, 5}, "Nobody sees it so", {"a"}},
        {{2, 0, 3}, "It is seen in different ways", {"a"}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.counts.front());
        CAPTURE(row.words);
        const auto outcome = outcome_of(views(row.counts));
        REQUIRE(outcome);
        CHECK(agreement_words(*outcome) == row.words);
        CHECK(outcome->agenda == row.agenda);
    }
    const auto outcome = outcome_of(views({2, 3, 2, 0}));
    std::string order;
    for (const DriftView& view : outcome->views) order += view.text.substr(0, 1);
    CHECK(order == "bacN");
    CHECK(share_words(outcome->agreement) == "29 %");
}

TEST_CASE("drift rules: a bar has a square for each answer")
{
    CHECK(drift_bar(3, 5) == "■■■□□");
    CHECK(drift_bar(0, 5) == "□□□□□");
    CHECK(drift_bar(5, 5) == "■■■■■");
}

TEST_CASE("drift rules: the same question is the same, however it is written")
{
    CHECK(is_same_question("What comes first this month?", " what comes  first this MONTH "));
    CHECK_FALSE(is_same_question("What comes first this month?", "What comes first this week?"));
}
