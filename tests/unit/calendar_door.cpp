// Who may read a rotation's calendar over HTTP, how often, and what they are answered.
#include "adapters/web/calendar_door.hpp"

#include "adapters/web/alert_door.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace ackd;
using namespace ackd::web;
using namespace std::chrono_literals;

namespace {

const std::string key = "ackd_one";
const SteadyTime begin{1h};

KnownFeed known(const char* rotation, const std::string& with_key, std::int64_t id)
{
    return {rotation, {{WebKeyId{id}, hash_of_web_key(with_key)}}};
}

CalendarDoor door_with(const std::shared_ptr<Strangers>& strangers)
{
    CalendarDoor door{strangers};
    door.know({known("platform", key, 1), known("sun", "ackd_other", 2), {"alone", {}}});
    return door;
}

CalendarDoor door_of()
{
    return door_with(std::make_shared<Strangers>());
}

http::RequestHead get(const std::string& path, const char* if_none_match = nullptr)
{
    http::RequestHead head;
    head.method = "GET";
    head.path = path;
    head.peer = "192.0.2.1";
    if (if_none_match != nullptr) head.fields.emplace_back("If-None-Match", if_none_match);
    return head;
}

std::string field_of(const http::Response& response, std::string_view name)
{
    for (const auto& [known_name, value] : response.fields) {
        if (known_name == name) return value;
    }
    return "";
}

}  // namespace

TEST_CASE("calendar door: a wrong key is answered as any path that is not there")
{
    CalendarDoor door = door_of();
    CHECK_FALSE(door.refuse(get("/calendar/" + key + ".ics"), begin).has_value());
    for (const std::string& path : {std::string{"/calendar/ackd_two.ics"},
                                    std::string{"/calendar/.ics"},
                                    std::string{"/calendar/"},
                                    std::string{"/calendar/ics"},
                                    "/calendar/" + key,
                                    "/calendar/" + key + ".ics/more",
                                    "/calendar/" + key + ".ICS",
                                    key,
                                    "/calendar/" + std::string(15'000, 'a') + ".ics"})
    {
        CAPTURE(path);
        const auto refusal = door.refuse(get(path), begin);
        REQUIRE(refusal.has_value());
        CHECK(refusal->status == 404);
        CHECK(refusal->body == "");
        CHECK(refusal->fields.empty());
    }
}

TEST_CASE(
    "calendar door: one door's key is a wrong one at the other, and wrong keys at both are counted as one")
{
    const auto strangers = std::make_shared<Strangers>();
    CalendarDoor calendars = door_with(strangers);
    AlertDoor alerts{{}, strangers};
    KnownSource source;
    source.source.name = "ops";
    source.keys.push_back({WebKeyId{3}, hash_of_web_key("ackd_ops")});
    alerts.know({source});
    http::RequestHead post = get("/in/" + key);
    post.method = "POST";
    CHECK(alerts.refuse(post, begin)->status == 404);
    CHECK(calendars.refuse(get("/calendar/ackd_ops.ics"), begin)->status == 404);
    for (int count = 2; count < refused_per_minute_max; ++count)
        CHECK(calendars.refuse(get("/calendar/guess.ics"), begin)->status == 404);
    CHECK(alerts.refuse(post, begin)->status == 429);
    const auto refusal = calendars.refuse(get("/calendar/guess.ics"), begin);
    CHECK(refusal->status == 429);
    CHECK(field_of(*refusal, "Retry-After") == "1");
    // A right key from there is none of that.
    CHECK_FALSE(calendars.refuse(get("/calendar/" + key + ".ics"), begin).has_value());
}

TEST_CASE("calendar door: it is read, and nothing else")
{
    CalendarDoor door = door_of();
    http::RequestHead request = get("/calendar/" + key + ".ics");
    request.method = "HEAD";
    CHECK_FALSE(door.refuse(request, begin).has_value());
    for (const char* method : {"POST", "PUT", "DELETE", "PROPFIND"}) {
        request.method = method;
        CHECK(door.refuse(request, begin)->status == 405);
        CHECK(field_of(*door.refuse(request, begin), "Allow") == "GET, HEAD");
    }
    request.path = "/calendar/ackd_two.ics";
    CHECK(door.refuse(request, begin)->status == 404);
}

TEST_CASE("calendar door: a flood of one address is told when to come again, and no other suffers")
{
    CalendarDoor door = door_of();
    const http::RequestHead request = get("/calendar/" + key + ".ics");
    for (int count = 0; count < calendar_reads_per_minute_max; ++count)
        CHECK_FALSE(door.refuse(request, begin).has_value());
    const auto refusal = door.refuse(request, begin);
    REQUIRE(refusal.has_value());
    CHECK(refusal->status == 429);
    CHECK(field_of(*refusal, "Retry-After") == "1");
    CHECK_FALSE(door.refuse(get("/calendar/ackd_other.ics"), begin).has_value());
    CHECK_FALSE(door.refuse(request, begin + 1s).has_value());
}

TEST_CASE("calendar door: the engine is asked for the rotation that the key opens; a revoked one opens none")
{
    CalendarDoor door = door_of();
    const http::RequestHead request = get("/calendar/ackd_other.ics");
    const auto input = door.ask(request, Instant{5s});
    REQUIRE(input.has_value());
    CHECK(input->key.empty());
    CHECK(input->received_at == Instant{5s});
    const auto& asked = std::get<CalendarAsked>(input->body);
    CHECK(asked.rotation == "sun");
    CHECK(asked.key == WebKeyId{2});
    door.know({known("platform", key, 1)});
    CHECK_FALSE(door.ask(request, Instant{5s}).has_value());
    CHECK(door.refuse(request, begin)->status == 404);
}

TEST_CASE("calendar door: what has not changed is not sent again")
{
    const CalendarFeed feed{"BEGIN:VCALENDAR\r\n", "abc1"};
    const auto answer = CalendarDoor::answer(get("/"), feed);
    CHECK(answer.status == 200);
    CHECK(answer.content_type == "text/calendar; charset=utf-8");
    CHECK(answer.body == feed.text);
    CHECK(field_of(answer, "ETag") == "W/\"abc1\"");
    CHECK(field_of(answer, "Cache-Control") == "private, no-cache");
    for (const char* present : {"W/\"abc1\"", "\"abc1\"", "\"x\", W/\"abc1\"", "*"}) {
        CAPTURE(present);
        const auto same = CalendarDoor::answer(get("/", present), feed);
        CHECK(same.status == 304);
        CHECK(same.content_type == "");
        CHECK(same.body == "");
        CHECK(field_of(same, "ETag") == "W/\"abc1\"");
        CHECK(field_of(same, "Cache-Control") == "private, no-cache");
    }
    for (const char* other : {"", "abc1", "\"abc\"", "\"abc12\"", "W/\"\""}) {
        CAPTURE(other);
        CHECK(CalendarDoor::answer(get("/", other), feed).status == 200);
    }
    // The rotation went a moment ago: what nobody knows yet is asked again.
    CHECK(CalendarDoor::answer(get("/", "*"), {}).status == 503);
}
