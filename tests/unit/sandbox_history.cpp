// The history as a page reads it: in pieces from the newest on, as one person sees it.
#include "sandbox/testing/still_sandbox.hpp"

#include <doctest/doctest.h>

using namespace sandbox;

namespace {

std::string post(StillSandbox& still, const char* text, const std::string& thread = "")
{
    Json body{{"channel", "general"}, {"user", "ada"}, {"text", text}};
    if (!thread.empty()) body["thread_ts"] = thread;
    return still.control("post", body)["ts"].get<std::string>();
}

std::string texts(const Json& answer)
{
    std::string list;
    for (const Json& message : answer["messages"])
        list += (list.empty() ? "" : " ") + message["text"].get<std::string>();
    return list;
}

}  // namespace

TEST_CASE("sandbox history: the newest first asked for, then what was before it, and how much is left")
{
    StillSandbox still;
    for (const char* text : {"a", "b", "c", "d", "e"}) post(still, text);
    const Json newest = still.control("history", {{"channel", "general"}, {"user", "ben"}, {"limit", 2}});
    CHECK(texts(newest) == "d e");
    CHECK(newest["older"] == 3);
    const Json before = newest["messages"][0]["ts"];
    const Json older = still.control(
        "history", {{"channel", "general"}, {"user", "ben"}, {"limit", 2}, {"before", before}});
    CHECK(texts(older) == "b c");
    CHECK(older["older"] == 1);
    const Json oldest = still.control(
        "history",
        {{"channel", "general"}, {"user", "ben"}, {"limit", 2}, {"before", older["messages"][0]["ts"]}});
    CHECK(texts(oldest) == "a");
    CHECK(oldest["older"] == 0);
}

TEST_CASE("sandbox history: replies are in their thread; ephemerals are for the one who got them")
{
    StillSandbox still;
    const std::string parent = post(still, "parent");
    post(still, "reply", parent);
    post(still, "last");
    still.api("chat.postEphemeral", {{"channel", "C0GENERAL"}, {"user", "U0BEN"}, {"text", "psst"}});
    still.api("chat.postEphemeral",
              {{"channel", "C0GENERAL"}, {"user", "U0BEN"}, {"text", "below"}, {"thread_ts", parent}});
    CHECK(texts(still.control("history", {{"channel", "general"}, {"user", "ben"}})) == "parent last psst");
    CHECK(texts(still.control("history", {{"channel", "general"}, {"user", "ada"}})) == "parent last");
    const Json of_ben = still.control("history",
                                      {{"channel", "general"}, {"user", "ben"}, {"thread", parent}});
    CHECK(texts(of_ben) == "parent reply below");
    const Json of_ada = still.control("history",
                                      {{"channel", "general"}, {"user", "ada"}, {"thread", parent}});
    CHECK(texts(of_ada) == "parent reply");
}

TEST_CASE("sandbox history: what is wrong is named, and what is not theirs is not shown")
{
    StillSandbox still;
    const auto error = [&](Json body) { return still.control("history", body)["error"].get<std::string>(); };
    CHECK(error({{"user", "ben"}}) == "channel is missing");
    CHECK(error({{"channel", "nowhere"}, {"user", "ben"}}) == "channel: there is no channel \"nowhere\"");
    CHECK(error({{"channel", "general"}, {"user", "nobody"}}) == "user: there is no user \"nobody\"");
    CHECK(error({{"channel", "general"}, {"user", "ben"}, {"limit", 501}}) ==
          "limit must be a whole number from 0 to 500");
    CHECK(error({{"channel", "general"}, {"user", "ben"}, {"before", "soon"}}) ==
          "before: \"soon\" is not of the form 1700000000.000100");
    CHECK(error({{"channel", "general"}, {"user", "ben"}, {"thread", "1.000000"}}) ==
          "thread: there is no message 1.000000");
    CHECK(error({{"channel", "general"}, {"user", "ben"}, {"all", true}}) ==
          "\"all\" is not known here; there is: channel user before limit thread");
    CHECK(error({{"channel", "C0LEADS"}, {"user", "hugo"}}) == "user: that person does not see this channel");
}
