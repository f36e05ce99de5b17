// Who may have a picture of a chart over HTTP, and how often.
#include "adapters/web/chart_door.hpp"

#include "adapters/pictures/chart_link.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace ackd;
using namespace ackd::web;
using namespace std::chrono_literals;

namespace {

const SteadyTime begin{1h};

std::string path_of(int value, const std::string& key = "key")
{
    return *pictures::ChartLinks{"", key}.link_to({"title", "u", {{"6 Mar", value}}, {}});
}

http::RequestHead get(const std::string& path, const char* method = "GET")
{
    http::RequestHead head;
    head.method = method;
    head.path = path;
    head.peer = "192.0.2.1";
    return head;
}

ChartDoor door_of(std::string key = "key")
{
    return {std::make_shared<Strangers>(), std::move(key)};
}

}  // namespace

TEST_CASE("chart door: who has an address of ours gets the picture, and may keep it")
{
    ChartDoor door = door_of();
    CHECK(ChartDoor::is_for(get(path_of(3))));
    CHECK_FALSE(ChartDoor::is_for(get("/calendar/x.ics")));
    CHECK_FALSE(door.refuse(get(path_of(3)), begin).has_value());
    const http::Response response = door.answer(get(path_of(3)));
    CHECK(response.status == 200);
    CHECK(response.content_type == "image/png");
    CHECK(response.body.starts_with("\x89PNG\r\n"));
    CHECK(response.fields == http::Fields{{"Cache-Control", "public, max-age=31536000, immutable"},
                                          {"X-Content-Type-Options", "nosniff"}});
    CHECK(door.answer(get(path_of(4))).body != response.body);
}

TEST_CASE("chart door: an address of somebody else's making is answered as any path that is not there")
{
    ChartDoor door = door_of();
    for (const std::string& path :
         {path_of(3, "guessed"), std::string{"/chart/"}, std::string{"/chart/x.y.png"}}) {
        CAPTURE(path);
        const auto refusal = door.refuse(get(path), begin);
        REQUIRE(refusal.has_value());
        CHECK(refusal->status == 404);
        CHECK(refusal->body.empty());
        CHECK(door.answer(get(path)).status == 404);
    }
}

TEST_CASE("chart door: without pictures there are none, not even of who guesses that there is no key")
{
    ChartDoor closed = door_of("");
    CHECK(closed.refuse(get(path_of(3, "")), begin)->status == 404);
}

TEST_CASE("chart door: pictures are read, and so many a minute")
{
    ChartDoor door = door_of();
    CHECK(door.refuse(get(path_of(3), "POST"), begin)->status == 405);
    for (int number = 0; number < pictures_per_minute_max; ++number)
        CHECK_FALSE(door.refuse(get(path_of(number), "HEAD"), begin).has_value());
    CHECK(door.refuse(get(path_of(1)), begin)->status == 429);
    CHECK_FALSE(door.refuse(get(path_of(1)), begin + 1min).has_value());
}

TEST_CASE("chart door: who asks for one again and again keeps nobody from another")
{
    ChartDoor door = door_of();
    for (int number = 0; number < one_picture_per_minute_max; ++number)
        CHECK_FALSE(door.refuse(get(path_of(1)), begin).has_value());
    for (int number = 0; number < 10 * pictures_per_minute_max; ++number)
        CHECK(door.refuse(get(path_of(1)), begin)->status == 429);
    CHECK_FALSE(door.refuse(get(path_of(2)), begin).has_value());
}
