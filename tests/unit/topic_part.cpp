// Our part of a channel's topic: found again, replaced, taken out, and nothing else touched.
#include "bot/topic_part.hpp"

#include <doctest/doctest.h>

using namespace ackd;

namespace {

const std::string label = "On call (ops): ";

std::string with(const std::string& topic, const std::string& says, std::size_t characters_max = 250)
{
    return with_part(topic, {label, says}, characters_max).value_or("no room");
}

}  // namespace

TEST_CASE("topic: our part is put in front of what people wrote, and from then on changed in its place")
{
    struct Row {
        const char* when;
        const char* topic;
        const char* says;
        const char* becomes;
    };
    const Row rows[] = {
        {"nothing is there", "", "Bo", "On call (ops): Bo"},
        {"people have written something", "Build, run", "Bo", "On call (ops): Bo | Build, run"},
        {"it is there already", "On call (ops): Bo | Build", "Bo", "On call (ops): Bo | Build"},
        {"somebody else is on", "On call (ops): Bo | Build", "Cy, Di", "On call (ops): Cy, Di | Build"},
        {"people have put it last", "Build | On call (ops): Bo", "Cy", "Build | On call (ops): Cy"},
        {"in the middle", "a | On call (ops): Bo | b", "Cy", "a | On call (ops): Cy | b"},
        {"into a sentence of theirs", "Ask! On call (ops): Bo | b", "Cy", "Ask! On call (ops): Cy | b"},
        {"another rotation has its part", "On call (db): Ed", "Bo", "On call (ops): Bo | On call (db): Ed"},
        {"it is there twice", "On call (ops): Bo | a | On call (ops): Ed", "Cy", "On call (ops): Cy | a"},
        {"what is theirs has bars and spaces", " a|b  | c |", "Bo", "On call (ops): Bo |  a|b  | c |"},
        {"a link is theirs", "<https://x/?a|b> | c", "Bo", "On call (ops): Bo | <https://x/?a|b> | c"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.when);
        CHECK(with(row.topic, row.says) == row.becomes);
        CHECK(with(with(row.topic, row.says), row.says) == row.becomes);
    }
}

TEST_CASE("topic: taken out, our part leaves what people wrote as it was")
{
    for (const char* topic : {"", "Build, run", "a | b"}) {
        CAPTURE(topic);
        CHECK(with(with(topic, "Bo"), "") == topic);
        CHECK(with(topic, "") == topic);
    }
    CHECK(with("a | On call (ops): Bo | b", "") == "a | b");
    CHECK(with("a | On call (ops): Bo", "") == "a");
}

TEST_CASE("topic: what does not fit is shortened on our side only, by characters and not by bytes")
{
    const std::string theirs(20, 'x');
    CHECK(with(theirs, "Bo, Zoë, Çelik", 49) == "On call (ops): Bo, Zoë, Ç… | " + theirs);
    CHECK(with(theirs, "Bo, Zoë, Çelik", 52) == "On call (ops): Bo, Zoë, Çelik | " + theirs);
    CHECK(with(theirs, "Bo, Zoë", 41) == "On call (ops): Bo… | " + theirs);
    CHECK(with(theirs, "Bo, Zoë", 40) == "no room");
    CHECK(with(theirs, "", 20) == theirs);
}

TEST_CASE("topic: a name cannot become a mention, a link or another part")
{
    CHECK(plain_in_topic("<!channel>") == "!channel");
    CHECK(plain_in_topic("@here | On call\n(db)") == "here  On call (db)");
    CHECK(plain_in_topic("Bo_S*nn & Zoë") == "Bo_S*nn  Zoë");
}
