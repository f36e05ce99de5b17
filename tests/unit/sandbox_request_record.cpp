#include "sandbox/testing/still_sandbox.hpp"
#include "sandbox/web_api/request_record.hpp"

#include <doctest/doctest.h>

using namespace sandbox;

TEST_CASE("sandbox record: every request of the app is written as it was sent, refused ones too")
{
    std::vector<Json> records;
    SandboxPolicy policy = StillSandbox::usual_policy();
    policy.record = [&](const Json& record) { records.push_back(record); };
    StillSandbox still{policy};
    const Json blocks = Json::array({{{"type", "divider"}}});
    still.api("chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "a b"}, {"blocks", blocks}});
    still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", "people are not recorded"}});
    still.api("no.such", Json::object(), "xapp-sandbox");
    REQUIRE(records.size() == 2);
    CHECK(records[0] ==
          Json{{"method", "chat.postMessage"},
               {"verb", "POST"},
               {"encoding", "form"},
               {"content_type", "application/x-www-form-urlencoded"},
               {"token", "bot"},
               {"arguments", {{"channel", "C0GENERAL"}, {"text", "a b"}, {"blocks", dump(blocks)}}},
               {"parsed", {{"blocks", blocks}}}});
    CHECK(records[1]["method"] == "no.such");
    CHECK(records[1]["token"] == "app");
    CHECK(records[1]["encoding"] == "none");
}

TEST_CASE("sandbox record: of a response URL the body is written, and not the address")
{
    const Json record = record_of(
        {"POST", "/response/secret", "", "", "application/json; charset=utf-8", R"({"text":"x"})"});
    CHECK(record["method"] == "response_url");
    CHECK(record["encoding"] == "json");
    CHECK(record["token"] == "none");
    CHECK(record["arguments"] == Json{{"text", "x"}});
    CHECK(dump(record).find("secret") == std::string::npos);
}

TEST_CASE("sandbox record: what cannot be read is marked as broken")
{
    CHECK(record_of({"POST", "/api/x", "", "", "application/json", "["})["encoding"] == "broken");
    CHECK(record_of({"POST", "/api/x", "", "", "application/json", "[]"})["encoding"] == "broken");
    CHECK(record_of({"POST", "/api/x", "", "", "application/x-www-form-urlencoded", "a=%z"})["encoding"] ==
          "broken");
}
