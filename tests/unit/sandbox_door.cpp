// Who may come into a sandbox.
#include "sandbox/wire/door.hpp"

#include <doctest/doctest.h>

using namespace sandbox;

namespace {

HttpRequest asking(const std::string& path, const std::string& host, const std::string& origin = "")
{
    HttpRequest request{"GET", path, "", "", "", ""};
    request.host = host;
    request.origin = origin;
    request.is_local = true;
    return request;
}

int status_of(const Door& door, const HttpRequest& request)
{
    const auto refusal = door.refusal(request);
    return refusal ? refusal->status : 200;
}

}  // namespace

TEST_CASE("sandbox door: on this machine alone, it is asked for by this machine's names")
{
    const Door door{""};
    for (const char* host :
         {"127.0.0.1", "127.0.0.1:4747", "localhost", "localhost:4747", "[::1]:4747", "[::1]"})
        CHECK(status_of(door, asking("/", host)) == 200);
    for (const char* host :
         {"", "evil.example", "127.0.0.1.evil.example", "evil.example:4747", "localhost.evil"})
        CHECK(status_of(door, asking("/", host)) == 403);
}

TEST_CASE("sandbox door: a page of somebody else's gets nothing, whatever it knows")
{
    const Door door{""};
    CHECK(status_of(door, asking("/sandbox/post", "127.0.0.1:4747", "http://127.0.0.1:4747")) == 200);
    for (const char* origin : {"http://evil.example",
                               "null",
                               "http://127.0.0.1:4748",
                               "http://localhost:4747",
                               "ftp://127.0.0.1:4747",
                               "http://127.0.0.1:47470"})
        CHECK(status_of(door, asking("/sandbox/post", "127.0.0.1:4747", origin)) == 403);
    const Door with_password{"correct horse"};
    HttpRequest knowing = asking("/sandbox/post", "sandbox.example", "http://evil.example");
    knowing.authorization = "Basic YTpjb3JyZWN0IGhvcnNl";
    CHECK(status_of(with_password, knowing) == 403);
}

TEST_CASE("sandbox door: open to others, the password is asked for, and nothing like it will do")
{
    const Door door{"correct horse"};
    HttpRequest request = asking("/sandbox/post", "sandbox.example", "https://sandbox.example");
    const auto refusal = door.refusal(request);
    REQUIRE(refusal.has_value());
    CHECK(refusal->status == 401);
    CHECK(refusal->headers.front().first == "WWW-Authenticate");
    request.authorization = "Basic YTpjb3JyZWN0IGhvcnNl";  // a:correct horse
    CHECK(status_of(door, request) == 200);
    request.authorization = "Basic YW55Ym9keTpjb3JyZWN0IGhvcnNl";  // anybody:correct horse
    CHECK(status_of(door, request) == 200);
    for (const char* wrong : {"",
                              "Basic",
                              "Basic ",
                              "Basic ====",
                              "Basic !!!!",
                              "Basic YTpjb3JyZWN0IGhvcnM=",
                              "Basic YTpjb3JyZWN0IGhvcnNlcw==",
                              "Basic Y29ycmVjdCBob3JzZQ==",
                              "Bearer YTpjb3JyZWN0IGhvcnNl",
                              "Basic YTo="})
    {
        request.authorization = wrong;
        CHECK(status_of(door, request) == 401);
    }
    request.authorization = "Basic " + std::string(100'000, 'A');
    CHECK(status_of(door, request) == 401);
}

TEST_CASE("sandbox door: open to others, the app's own paths are still for this machine")
{
    const Door door{"correct horse"};
    for (const char* path : {"/api/auth.test", "/link/", "/response/x"}) {
        HttpRequest request = asking(path, "127.0.0.1:4747");
        CHECK(status_of(door, request) == 200);
        request.is_local = false;
        CHECK(status_of(door, request) == 403);
    }
}
