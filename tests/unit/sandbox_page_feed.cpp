// What an open page is told: everything at first, then every change, once.
#include "sandbox/testing/still_sandbox.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using namespace std::chrono_literals;

namespace {

struct WatchedSandbox {
    WatchedSandbox() { page->frames.clear(); }

    std::string say(const char* user, const std::string& text, const std::string& thread = "")
    {
        Json body{{"channel", "general"}, {"user", user}, {"text", text}};
        if (!thread.empty()) body["thread_ts"] = thread;
        return still.control("post", body)["ts"].get<std::string>();
    }
    [[nodiscard]] std::vector<std::string> types() const
    {
        std::vector<std::string> list;
        for (const Json& frame : page->frames) {
            const std::string type = text_member(frame, "type");
            if (type != "unread" && type != "connection") list.push_back(type);
        }
        return list;
    }
    [[nodiscard]] int unread(const char* user, const char* channel = "C0GENERAL") const
    {
        int count = 0;
        for (const Json& frame : page->of_type("unread"))
            if (frame["user"] == user && frame["channel"] == channel) count = frame["count"].get<int>();
        return count;
    }

    StillSandbox still;
    std::shared_ptr<StillSocket> page = still.open_page();
};

using Types = std::vector<std::string>;

}  // namespace

TEST_CASE("sandbox page: the first frame has everything but messages")
{
    StillSandbox still;
    still.control("post", {{"channel", "general"}, {"user", "ada"}, {"text", "hello"}});
    const auto page = still.open_page();
    REQUIRE(page->frames.size() == 1);
    const Json& hello = page->frames.front();
    CHECK(hello["type"] == "hello");
    CHECK(hello["team"] == Json{{"id", "T0SANDBOX"}, {"name", "Sandbox"}});
    CHECK(hello["app"]["user"] == "U0ACKD");
    CHECK(hello["people"].size() == still.workspace().users().size());
    CHECK(hello["channels"].size() == 4);
    CHECK(hello["groups"].size() == 2);
    CHECK(hello["clock"]["scale"] == 1);
    CHECK(hello["offline"] == false);
    CHECK(hello["unread"]["U0BEN"]["C0GENERAL"] == 1);
    CHECK_FALSE(hello["unread"].contains("U0ADA"));
    CHECK_FALSE(hello.contains("messages"));
}

TEST_CASE("sandbox page: a message is told when it comes, changes and goes, as it is then")
{
    WatchedSandbox watched;
    const std::string ts = watched.say("ada", "one <b>");
    CHECK(watched.types() == Types{"message"});
    CHECK(watched.page->of_type("message").front()["message"]["text"] == "one &lt;b&gt;");
    watched.still.control("edit", {{"channel", "general"}, {"ts", ts}, {"text", "two"}});
    watched.still.control("react", {{"channel", "general"}, {"ts", ts}, {"user", "ben"}, {"name", "eyes"}});
    const Json changed = watched.page->of_type("message").back()["message"];
    CHECK(changed["text"] == "two");
    CHECK(changed["edited"] == true);
    CHECK(changed["reactions"] == Json::array({{{"name", "eyes"}, {"users", {"U0BEN"}}}}));
    watched.still.control("delete", {{"channel", "general"}, {"ts", ts}});
    CHECK(watched.types() == Types{"message", "message", "message", "message_gone"});
    CHECK(watched.page->of_type("message_gone").back()["ts"] == ts);
}

TEST_CASE("sandbox page: a reply is told with its parent, which counts it; a deleted parent stays for it")
{
    WatchedSandbox watched;
    const std::string parent = watched.say("ada", "question");
    const std::string reply = watched.say("ben", "answer", parent);
    const auto messages = watched.page->of_type("message");
    REQUIRE(messages.size() == 3);
    CHECK(messages[1]["message"]["ts"] == parent);
    CHECK(messages[1]["message"]["reply_count"] == 1);
    CHECK(messages[1]["message"]["reply_users"] == Json::array({"U0BEN"}));
    CHECK(messages[1]["message"]["latest_reply"] == reply);
    CHECK(messages[2]["message"]["thread_ts"] == parent);
    watched.still.control("delete", {{"channel", "general"}, {"ts", parent}});
    CHECK(watched.page->of_type("message").back()["message"]["deleted"] == true);
}

TEST_CASE("sandbox page: what one person alone sees says whom it is for")
{
    WatchedSandbox watched;
    watched.still.api("chat.postEphemeral", {{"channel", "C0GENERAL"}, {"user", "U0BEN"}, {"text", "psst"}});
    REQUIRE(watched.types() == Types{"ephemeral"});
    CHECK(watched.page->frames.front()["to"] == "U0BEN");
    CHECK(watched.page->frames.front()["message"]["text"] == "psst");
    CHECK(watched.unread("U0BEN") == 1);
    CHECK(watched.unread("U0ADA") == 0);
}

TEST_CASE("sandbox page: people, channels and groups are told when they change")
{
    WatchedSandbox watched;
    watched.still.control("user", {{"user", "ben"}, {"status_text", "travelling"}});
    CHECK(watched.page->of_type("person").back()["person"]["status_text"] == "travelling");
    watched.still.control("channel", {{"name", "ops"}, {"members", {"ada", "ackd"}}});
    CHECK(watched.page->of_type("channel").back()["channel"]["members"] == Json::array({"U0ADA", "U0ACKD"}));
    watched.still.control("group", {{"handle", "oncall"}, {"users", {"ada"}}});
    CHECK(watched.page->of_type("group").back()["group"]["members"] == Json::array({"U0ADA"}));
}

TEST_CASE("sandbox page: a home and a form are told when the app shows them, and when the form is gone")
{
    WatchedSandbox watched;
    const Json text{{"type", "plain_text"}, {"text", "Hi"}};
    const Json blocks = Json::array({{{"type", "section"}, {"text", text}}});
    watched.still.api("views.publish",
                      {{"user_id", "U0ADA"}, {"view", {{"type", "home"}, {"blocks", blocks}}}});
    REQUIRE(watched.page->of_type("home").size() == 1);
    CHECK(watched.page->of_type("home").front()["user"] == "U0ADA");

    const auto socket = watched.still.connect();
    watched.still.control("shortcut", {{"user", "ada"}, {"callback_id", "ask"}});
    const Json trigger = socket->frames.back()["payload"]["trigger_id"];
    watched.still.api(
        "views.open",
        {{"trigger_id", trigger}, {"view", {{"type", "modal"}, {"title", text}, {"blocks", blocks}}}});
    CHECK(watched.page->of_type("forms").back()["stack"].size() == 1);
    watched.still.control("close_form", {{"user", "ada"}});
    CHECK(watched.page->of_type("forms").back()["stack"].empty());
}

TEST_CASE("sandbox page: what somebody has not read is counted for them, to 99, and no longer once they have")
{
    WatchedSandbox watched;
    const std::string first = watched.say("ada", "one");
    CHECK(watched.unread("U0BEN") == 1);
    CHECK(watched.unread("U0ADA") == 0);
    watched.say("ben", "in a thread of ada's", first);
    CHECK(watched.unread("U0ADA") == 1);
    CHECK(watched.unread("U0CHEN") == 1);  // the thread is none of theirs
    watched.say("ben", "with <@U0CHEN>", first);
    CHECK(watched.unread("U0CHEN") == 2);
    CHECK(watched.still.control("read", {{"user", "chen"}, {"channel", "general"}})["ok"] == true);
    CHECK(watched.unread("U0CHEN") == 0);
    for (int number = 0; number < 120; ++number) watched.say("ada", "more");
    CHECK(watched.unread("U0CHEN") == 99);
}

TEST_CASE("sandbox page: only those who watch are told of the wire, first what has been")
{
    WatchedSandbox watched;
    const auto socket = watched.still.connect();
    watched.say("ada", "one");
    CHECK(watched.page->of_type("wire").empty());
    watched.page->listener->on_text(R"({"type":"watch_wire","on":true})");
    const auto entries_named = [&](const char* title) {
        std::vector<Json> found;
        for (const Json& frame : watched.page->of_type("wire"))
            for (const Json& entry : frame["entries"])
                if (entry["title"] == title) found.push_back(entry);
        return found;
    };
    REQUIRE(entries_named("message").size() == 1);
    CHECK(entries_named("message").front()["kind"] == "event");
    CHECK(entries_named("message").front()["outcome"] == "");
    watched.still.pass(40ms);
    socket->confirm(socket->frames.back());
    REQUIRE(entries_named("message").size() == 2);
    CHECK(entries_named("message").back()["outcome"] == "confirmed");
    CHECK(entries_named("message").back()["ms"] == 40.0);

    watched.still.api("chat.postMessage", {{"channel", "C0NONE"}, {"text", "hi"}});
    CHECK(entries_named("chat.postMessage").back()["outcome"] == "channel_not_found");
    CHECK(entries_named("chat.postMessage").back()["detail"].get<std::string>().find("C0NONE") !=
          std::string::npos);
    watched.page->listener->on_text(R"({"type":"watch_wire","on":false})");
    const std::size_t told = watched.page->of_type("wire").size();
    watched.still.api("auth.test", Json::object());
    CHECK(watched.page->of_type("wire").size() == told);
}

TEST_CASE(
    "sandbox page: with the line cut no call gets through and no socket stays; afterwards all is as before")
{
    WatchedSandbox watched;
    const auto socket = watched.still.connect();
    CHECK(watched.still.control("offline", {{"on", true}})["offline"] == true);
    CHECK(socket->was_cut);
    CHECK(watched.still.call("auth.test", Json::object()).status == -1);
    CHECK(watched.still.connect() == nullptr);
    CHECK(watched.page->of_type("faults").back()["offline"] == true);
    watched.say("ada", "meanwhile");
    CHECK(watched.still.core().hub.unconfirmed() == 1);
    CHECK(watched.still.control("command",
                                {{"channel", "general"}, {"user", "ada"}, {"command", "/ack"}})["error"] ==
          "dispatch_failed");
    watched.still.control("offline", {{"on", false}});
    const auto again = watched.still.connect();
    REQUIRE(again != nullptr);
    watched.still.pass(3s);
    CHECK(again->event_types() == Types{"message"});
    CHECK(watched.still.control("offline", Json::object())["error"] == "on: true or false");
}

TEST_CASE("sandbox page: one that does not read is cut, and there are never too many")
{
    WatchedSandbox watched;
    watched.page->unsent = PageFeed::unsent_bytes_max + 1;
    watched.say("ada", "one");
    CHECK(watched.page->was_cut);
    CHECK(watched.still.core().pages.open_pages() == 0);
    std::vector<std::shared_ptr<StillSocket>> pages;
    for (std::size_t count = 0; count < PageFeed::pages_max; ++count)
        pages.push_back(watched.still.open_page());
    CHECK(pages.back() != nullptr);
    CHECK(watched.still.open_page() == nullptr);
}

TEST_CASE("sandbox page: nonsense from a page is nothing")
{
    WatchedSandbox watched;
    for (const char* text : {"", "nonsense", "[]", R"({"type":7})", R"({"type":"watch_wire","on":"yes"})"})
        watched.page->listener->on_text(text);
    watched.page->listener->on_binary();
    CHECK(watched.page->frames.empty());
    CHECK_FALSE(watched.page->closed);
}
