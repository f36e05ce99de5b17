// What people type besides asking and answering: raising something, being on call, capacity, work in
// progress, and mistakes.
#include "tests/simulation/simulated_people.hpp"

#include <fmt/format.h>

#include <array>

namespace ackd::simulation {

void SimulatedPeople::raise_something()
{
    // Not every route is a category, and not every word is a route.
    constexpr std::array categories{"incident", "incident", "incident", "INCIDENT", "default", "fire"};
    chat_.command(
        somebody().member.id,
        some_channel().id,
        "/escalate",
        {Words{fmt::format("{} something is wrong, number {}", one_of(categories, random_), ++ask_count_)}});
}

void SimulatedPeople::change_shifts()
{
    RichText text;
    if (random_.chance(0.5)) {
        text.push_back(Words{"take duty until tomorrow 12:00"});
    } else {
        text.push_back(Words{"swap duty "});
        text.push_back(Mention{somebody().member.id});
        text.push_back(Words{" tomorrow"});
    }
    chat_.command(somebody().member.id, some_channel().id, "/oncall", std::move(text));
}

void SimulatedPeople::speak_of_capacity()
{
    constexpr std::array phrases{"at red until friday",
                                 "at red",
                                 "at red for 2 days because of too much at once",
                                 "at blue until tomorrow 10:00",
                                 "ok red",
                                 "at until friday",
                                 "at",
                                 "near",
                                 "ok",
                                 "near red",
                                 "full team blue",
                                 "red",
                                 ""};
    chat_.command(somebody().member.id, some_channel().id, "/capacity", {Words{one_of(phrases, random_)}});
}

void SimulatedPeople::speak_of_work()
{
    constexpr std::array phrases{"start red work number {}",
                                 "start red !unplanned work number {}",
                                 "start blue work number {}",
                                 "start",
                                 "done {}",
                                 "pause {}",
                                 "resume {}",
                                 "drop {}",
                                 "still {}",
                                 "trade {} other work",
                                 "force red work because of number {}",
                                 "red",
                                 ""};
    const std::string phrase = one_of(phrases, random_);
    chat_.command(somebody().member.id,
                  some_channel().id,
                  "/wip",
                  {Words{fmt::format(fmt::runtime(phrase), 1 + random_.below(6))}});
}

void SimulatedPeople::mistype()
{
    constexpr std::array mistakes{"gott 1",
                                  "done",
                                  "done 99999",
                                  "cant 1 becuase",
                                  "promise 1 thrusday",
                                  "snooze 1",
                                  "xyzzy",
                                  "",
                                  "help",
                                  "trace 1",
                                  "who 2"};
    const UserId person = somebody().member.id;
    if (random_.chance(0.5)) {
        chat_.command(person, some_channel().id, "/ackd", {Words{one_of(mistakes, random_)}});
    } else {
        chat_.command(
            person, some_channel().id, "/ack", {Words{"@nobody-we-know !toady by thrusday please \xff\xfe"}});
    }
}

}  // namespace ackd::simulation
