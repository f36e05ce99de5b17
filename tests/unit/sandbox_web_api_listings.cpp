#include "sandbox/testing/still_sandbox.hpp"
#include "sandbox/web_api/page_cursor.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

SandboxPolicy unlimited()
{
    SandboxPolicy policy = StillSandbox::usual_policy();
    policy.rate_limits = RateLimiter::Mode::off;
    return policy;
}

std::string error_of(const Json& answer)
{
    return text_member(answer, "error");
}

std::string ts_said(StillSandbox& still, const std::string& text, const std::string& thread = {})
{
    Json body{{"channel", "general"}, {"user", "ada"}, {"text", text}};
    if (!thread.empty()) body["thread_ts"] = thread;
    return text_member(still.control("post", body), "ts");
}

std::vector<std::string> texts(const Json& answer)
{
    std::vector<std::string> all;
    for (const Json& message : answer["messages"]) all.push_back(text_member(message, "text"));
    return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("sandbox api: history pages back in time without gaps or repetition, whatever the page")
{
    StillSandbox still{unlimited()};
    Texts said;
    for (int number = 0; number < 25; ++number) {
        const std::string text = "m" + std::to_string(number);
        const std::string ts = ts_said(still, text);
        if (number % 5 == 0) ts_said(still, "reply", ts);
        said.insert(said.begin(), text);
        still.pass(1s);
    }
    struct Row {
        const char* limit;
        const char* inclusive;
    };
    const Row rows[] = {{"1", "false"}, {"4", "false"}, {"25", "false"}, {"999", "false"}, {"4", "true"}};
    for (const Row& row : rows) {
        CAPTURE(row.limit);
        CAPTURE(row.inclusive);
        Texts read;
        std::string cursor;
        for (int page = 0; page < 30; ++page) {
            Json arguments{{"channel", "C0GENERAL"}, {"limit", row.limit}, {"inclusive", row.inclusive}};
            if (!cursor.empty()) arguments["cursor"] = cursor;
            const Json answer = still.api("conversations.history", arguments);
            REQUIRE(answer["ok"] == true);
            for (const std::string& text : texts(answer)) read.push_back(text);
            cursor = text_member(answer["response_metadata"], "next_cursor");
            CHECK(answer["has_more"].get<bool>() == !cursor.empty());
            if (cursor.empty()) break;
            CHECK(cursor.back() == '=');
        }
        CHECK(read == said);
    }
}

TEST_CASE("sandbox api: the window of history is open unless it is asked to be inclusive")
{
    StillSandbox still{unlimited()};
    const std::string first = ts_said(still, "1");
    const std::string second = ts_said(still, "2");
    const std::string third = ts_said(still, "3");
    const auto between = [&](Json arguments) {
        arguments["channel"] = "C0GENERAL";
        return texts(still.api("conversations.history", arguments));
    };
    CHECK(between({{"oldest", first}, {"latest", third}}) == Texts{"2"});
    CHECK(between({{"oldest", first}, {"latest", third}, {"inclusive", "true"}}) == Texts{"3", "2", "1"});
    CHECK(between({{"oldest", second}, {"inclusive", "true"}, {"limit", "1"}}) == Texts{"3"});
    CHECK(between({{"latest", second}, {"inclusive", "1"}, {"limit", "1"}}) == Texts{"2"});
    CHECK(between({{"oldest", "0"}}) == Texts{"3", "2", "1"});
    CHECK(error_of(still.api("conversations.history", {{"channel", "C0GENERAL"}, {"oldest", "x"}})) ==
          "invalid_ts_oldest");
    CHECK(error_of(still.api("conversations.history", {{"channel", "C0GENERAL"}, {"latest", "x"}})) ==
          "invalid_ts_latest");
    CHECK(error_of(still.api("conversations.history", {{"channel", "C0GENERAL"}, {"limit", "0"}})) ==
          "invalid_limit");
    CHECK(error_of(still.api("conversations.history", {{"channel", "C0GENERAL"}, {"cursor", "xx"}})) ==
          "invalid_cursor");
}

TEST_CASE("sandbox api: a thread is read from its parent or any reply, parent first, page by page")
{
    StillSandbox still{unlimited()};
    const std::string parent = ts_said(still, "parent");
    std::string reply;
    for (int number = 0; number < 5; ++number) reply = ts_said(still, "r" + std::to_string(number), parent);
    const auto replies = [&](Json arguments) {
        arguments["channel"] = "C0GENERAL";
        return still.api("conversations.replies", arguments);
    };
    CHECK(texts(replies({{"ts", parent}})) == Texts{"parent", "r0", "r1", "r2", "r3", "r4"});
    CHECK(texts(replies({{"ts", reply}})) == Texts{"parent", "r0", "r1", "r2", "r3", "r4"});
    const Json first = replies({{"ts", parent}, {"limit", "3"}});
    CHECK(texts(first) == Texts{"parent", "r0", "r1"});
    const Json second = replies(
        {{"ts", parent}, {"limit", "3"}, {"cursor", first["response_metadata"]["next_cursor"]}});
    CHECK(texts(second) == Texts{"r2", "r3", "r4"});
    CHECK(second["has_more"] == false);
    CHECK(error_of(replies({{"ts", "1.000000"}})) == "thread_not_found");
    CHECK(texts(still.api("conversations.history", {{"channel", "C0GENERAL"}})) == Texts{"parent"});
}

TEST_CASE("sandbox api: lists are paged and typed, and hide what the app is not in")
{
    StillSandbox still{unlimited()};
    const auto names = [&](const std::string& method, const Json& arguments) {
        Texts all;
        const Json answer = still.api(method, arguments);
        for (const Json& channel : answer["channels"]) all.push_back(text_member(channel, "name"));
        return all;
    };
    still.control("channel", {{"name", "secret"}, {"private", true}, {"members", {"ada"}}});
    CHECK(names("conversations.list", {}) == Texts{"general", "platform", "random"});
    CHECK(names("conversations.list", {{"types", "private_channel"}}) == Texts{"platform-leads"});
    CHECK(names("users.conversations", {}) == Texts{"general", "platform"});
    CHECK(error_of(still.api("conversations.list", {{"types", "nonsense"}})) == "invalid_types");
    const Json page = still.api("users.list", {{"limit", "5"}});
    CHECK(page["members"].size() == 5);
    const Json rest = still.api("users.list",
                                {{"limit", "100"}, {"cursor", page["response_metadata"]["next_cursor"]}});
    CHECK(rest["members"].size() == 7);
    const Json foreign = page["response_metadata"]["next_cursor"];
    CHECK(error_of(still.api("conversations.list", {{"cursor", foreign}})) == "invalid_cursor");
}

TEST_CASE("sandbox api: joining works for public channels only, and again is a warning")
{
    StillSandbox still{unlimited()};
    CHECK(error_of(still.api("conversations.history", {{"channel", "C0RANDOM"}})) == "not_in_channel");
    CHECK(still.api("conversations.join", {{"channel", "C0RANDOM"}})["ok"] == true);
    CHECK(still.api("conversations.join", {{"channel", "C0RANDOM"}})["warning"] == "already_in_channel");
    CHECK(error_of(still.api("conversations.join", {{"channel", "C0LEADS"}})) ==
          "method_not_supported_for_channel_type");
    CHECK(still.api("conversations.history", {{"channel", "C0RANDOM"}})["ok"] == true);
}

TEST_CASE("sandbox cursors: what was not made for this listing is no cursor")
{
    for (const std::int64_t position : {0LL, 1LL, 12LL, 1'700'000'000'000'000LL}) {
        const std::string cursor = make_cursor("members", position);
        CHECK(read_cursor("members", cursor) == position);
        CHECK_FALSE(read_cursor("channels", cursor));
        CHECK_FALSE(read_cursor("member", cursor));
    }
    for (const char* text : {"", "=", "%%%", "bWVtYmVyczo=", "bWVtYmVyczp4"}) {
        CAPTURE(text);
        CHECK_FALSE(read_cursor("members", text));
    }
}
