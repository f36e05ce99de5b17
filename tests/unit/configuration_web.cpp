// [web] of the configuration: where other programs come in, and whether the chat may fetch pictures there.
#include "bot/cli/configuration.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace ackd::cli;

TEST_CASE("configuration: pictures are wanted, or there are none")
{
    CHECK_FALSE(parse_configuration("").web_pictures);
    const Configuration with = parse_configuration(
        "[web]\npictures = true\nlisten = \"127.0.0.1:8091\"\nurl = \"https://ackd.example.com\"\n");
    CHECK(with.problems.empty());
    CHECK(with.web_pictures);
    CHECK(parse_configuration("[web]\npictures = false\n").problems.empty());
}

TEST_CASE("configuration: pictures without a place where they can be fetched are a problem, once")
{
    for (const char* rest : {"", "listen = \"127.0.0.1:8091\"\n", "url = \"https://ackd.example.com\"\n"}) {
        CAPTURE(rest);
        const Configuration read = parse_configuration("[web]\npictures = true\n" + std::string{rest});
        REQUIRE(read.problems.size() == 1);
        CHECK(read.problems.front().line == 2);
        CHECK(read.problems.front().what ==
              "pictures are fetched by the chat: listen and url say where it finds them");
    }
    CHECK(parse_configuration("[web]\npictures = true\nlisten = 3\n").problems.size() == 1);
}
