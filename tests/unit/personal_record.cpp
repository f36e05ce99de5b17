// What ackd has of somebody: the summary, the export, and how long it is kept.
#include "bot/privacy/personal_record.hpp"

#include "tests/unit/bot_workspace.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <set>

using namespace ackd;

namespace {

/// The JSON objects that came as direct messages.
std::vector<nlohmann::json> exported_to(const Workspace& workspace, const char* person)
{
    std::vector<nlohmann::json> records;
    for (const SeenMessage& message : workspace.to(person)) {
        for (const Section& section : message.now.sections) {
            for (const Line& line : section.lines) {
                const auto* code = line.text.empty() ? nullptr : std::get_if<Code>(&line.text.front());
                if (code != nullptr) records.push_back(nlohmann::json::parse(code->text));
            }
        }
    }
    return records;
}

}  // namespace

TEST_CASE("/ackd me: what there is, since when, what goes when, and the ways out")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo read this");
    workspace.ackd("Uann", "me");
    CHECK(workspace.answer().find("Asked by you: 1 request, 1 open. Asked of you: 0 answers, 0 open.") !=
          std::string::npos);
    CHECK(workspace.answer().find("The oldest of it is from") != std::string::npos);
    CHECK(workspace.answer().find("the words of it go after 30 days") != std::string::npos);
    const auto& actions = workspace.answers.back().notice.sections.front().actions;
    REQUIRE(actions.size() == 2);
    CHECK(actions[0].label == "Export");
    CHECK(actions[1].label == "Forget me");
    workspace.ackd("Uann", "me Ubo");
    CHECK(workspace.answer().find("Try: `/ackd me`") != std::string::npos);
}

TEST_CASE("/ackd export: one JSON object a line, by direct message, of every table that has the person's id")
{
    Workspace workspace{with_route({"Ucy", "Ubo"})};
    workspace.take(GroupChanged{UserGroup{GroupId{"Gall"}, "all", {UserId{"Uann"}, UserId{"Ubo"}}, false}});
    workspace.take(HomeOpened{UserId{"Ubo"}});
    workspace.ack("Ubo", "@Ucy `quoted` words");
    workspace.ack("Uann", "@Ubo @Udi theirs");
    workspace.ack("Uann", "@Udi something else");
    workspace.advance(std::chrono::seconds{10});  // cards of one channel come one a second
    workspace.react("Ubo", workspace.card().ref, "eyes");
    workspace.press("Ubo", workspace.card(), "got_it");
    workspace.advance_to(utc("2026-03-03 16:00"));
    workspace.ackd("Ubo", "export");
    CHECK(workspace.answer().find("one JSON object a line") != std::string::npos);
    workspace.advance(std::chrono::minutes{1});
    std::set<std::string> kinds;
    std::string words;
    for (const auto& record : exported_to(workspace, "Ubo")) {
        kinds.insert(record.at("what").get<std::string>());
        if (record.at("what") == "asked_by_me") words = record.at("text").get<std::string>();
    }
    std::string all;
    for (const std::string& kind : kinds) all += kind + " ";
    CHECK(
        all ==
        "asked_by_me asked_of_me called_in dead_letter digest group home in_the_journal interruptions message_to_me named_in offered passed_over_when_called person "
        "reaction tax token watched_nudge ");
    CHECK(words == "`quoted` words");
    // Nobody else is sent anything of it.
    CHECK(exported_to(workspace, "Uann").empty());
}

TEST_CASE("retention: an answer's time of day goes after a day, the words after 30, the day after 90")
{
    Workspace workspace;
    workspace.ack("Uann", "@Ubo read this");
    workspace.advance_to(utc("2026-03-02 11:00"));
    workspace.press("Ubo", workspace.card(), "done");
    REQUIRE(workspace.request().is_over());
    const auto received = [&] { return workspace.table().of_request(RequestId{1}).front().received_at; };
    const Instant exact = *received();
    workspace.advance_to(utc("2026-03-03 10:59"));
    CHECK(*received() == exact);
    workspace.advance_to(utc("2026-03-04 12:00"));
    CHECK(*received() == utc("2026-03-02 00:00"));
    CHECK(workspace.request().text == "read this");
    workspace.advance_to(utc("2026-04-02 12:00"));
    CHECK(workspace.request().text.empty());
    CHECK(received());
    workspace.advance_to(utc("2026-06-02 12:00"));
    CHECK_FALSE(received());
    CHECK(workspace.states() == "Ubo integrated");
    CHECK(workspace.count("SELECT count(*) FROM journal WHERE fact = 'let_go'") == 3);
    CHECK(storage::JournalTable{*workspace.connection}.find_break() == 0);
}

TEST_CASE("retention: what is open keeps its words and times however old it is; a few requests at a time")
{
    Workspace workspace;
    for (int index = 0; index < 230; ++index) workspace.ack("Uann", "@Ubo !week read this");
    // All but one ended forty days ago.
    workspace.connection->execute(
        "UPDATE requests SET closed_at_us = asked_at_us - 40 * 86400000000, state = 4 WHERE id != 5");
    workspace.connection->execute("UPDATE obligations SET state = 8, due_at_us = NULL WHERE request_id != 5");
    workspace.connection->execute("DELETE FROM deadlines WHERE obligation_id != 5");
    workspace.advance(std::chrono::hours{25});
    CHECK_FALSE(workspace.request(5).is_over());
    CHECK(workspace.request(5).text == "read this");
    CHECK(workspace.count("SELECT count(*) FROM requests WHERE text != ''") == 1);
    CHECK(workspace.count(
              R"(SELECT count(*) FROM journal WHERE fact = 'let_go' AND detail LIKE '%"texts":"200"%')") ==
          1);
    CHECK(workspace.count("SELECT count(*) FROM journal WHERE fact = 'let_go'") == 2);
}
