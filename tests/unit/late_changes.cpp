// What is told late, or read from a page that is older than what was told since, undoes nothing.
#include "tests/unit/chat_history.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace ackd;
using namespace std::chrono_literals;

TEST_CASE("catch-up: a page that was written before what was told since changes nothing of it")
{
    Asked asked;
    const auto facts_after = [&](const std::function<void()>& meanwhile) {
        asked.history.while_page_is_on_its_way = meanwhile;
        asked.history.catch_up();
        const std::string facts = asked.workspace.facts();
        asked.history.catch_up();
        CHECK(asked.workspace.facts() == facts);  // nor is it made good later
        return facts;
    };
    SUBCASE("a reaction")
    {
        const std::string facts = facts_after([&] { asked.history.react("Ubo", asked.message, "eyes"); });
        CHECK(asked.workspace.states() == "Ubo received, Ucy open");
        CHECK(facts.find("undone") == std::string::npos);
    }
    SUBCASE("a reaction taken back")
    {
        asked.history.react("Ubo", asked.message, "eyes");
        asked.workspace.advance(1s);
        const std::string before = asked.workspace.facts();
        const std::string facts = facts_after(
            [&] { asked.history.react("Ubo", asked.message, "eyes", false); });
        CHECK(asked.workspace.states() == "Ubo open, Ucy open");
        CHECK(facts.find("acked", before.size()) == std::string::npos);
    }
    SUBCASE("an edit")
    {
        asked.history.edit(asked.message, "@Ubo @Ucy please read plan two");
        asked.history.tells = false;
        asked.history.edit(asked.message, "@Ubo @Ucy please read plan three");
        facts_after([&] {
            asked.history.tells = true;
            asked.history.edit(asked.message, "@Ubo @Ucy please read plan four");
        });
        CHECK(text_of(asked.workspace.posts.front().now).find("plan four") != std::string::npos);
    }
}

TEST_CASE("reactions: one that is told late, after it was taken back or given again, is no news")
{
    Asked asked;
    asked.history.tells = false;
    asked.history.react("Ubo", asked.message, "eyes");
    asked.history.tells = true;
    asked.history.react("Ubo", asked.message, "eyes", false);
    const std::string facts = asked.workspace.facts();
    asked.workspace.take(asked.history.untold.front());
    CHECK(asked.workspace.states() == "Ubo open, Ucy open");
    CHECK(asked.workspace.facts() == facts);

    asked.history.react("Ubo", asked.message, "eyes");
    asked.history.tells = false;
    asked.history.react("Ubo", asked.message, "eyes", false);
    asked.history.tells = true;
    asked.history.react("Ubo", asked.message, "eyes");
    asked.workspace.take(asked.history.untold.back());
    CHECK(asked.workspace.states() == "Ubo received, Ucy open");
}

TEST_CASE("edits: one that is told late does not bring the older text back")
{
    Asked asked;
    asked.history.tells = false;
    asked.history.edit(asked.message, "@Ubo @Ucy please read plan two");
    const std::string late = key_of_edit(asked.message, "");
    const MessageEdited older{
        asked.message, UserId{"Uann"}, Workspace::rich("@Ubo @Ucy please read plan two"), "1.000001"};
    asked.history.tells = true;
    asked.history.edit(asked.message, "@Ubo @Ucy please read plan three");
    asked.workspace.take(older, late + older.edited);
    asked.workspace.advance(1min);
    CHECK(text_of(asked.workspace.posts.front().now).find("plan three") != std::string::npos);
}
