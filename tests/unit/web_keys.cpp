// Keys as they are stored, and how the doors learn of them.
#include "bot/policy/policy_handlers.hpp"
#include "bot/web/web_key_table.hpp"
#include "tests/unit/bot_workspace.hpp"
#include "tests/unit/rotation_examples.hpp"
#include "tests/unit/storage_file.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ackd;
using namespace std::chrono_literals;

namespace {

AlertSource source_named(const std::string& name)
{
    AlertSource source;
    source.name = name;
    source.channel = ChannelId{"Cops"};
    return source;
}

}  // namespace

TEST_CASE("web keys: of a key its hash is kept, and when it was used last, to the minute")
{
    Workspace workspace;
    WebKeyTable keys{*workspace.connection};
    const Instant now = utc("2026-03-02 10:00");
    const WebKeyId first = keys.add(WebKeyUse::source, "ops", hash_of_web_key("one"), now);
    const WebKeyId second = keys.add(WebKeyUse::source, "ops", hash_of_web_key("two"), now);
    REQUIRE(keys.of(WebKeyUse::source, "ops").size() == 2);
    CHECK(keys.of(WebKeyUse::source, "ops").front().hash == hash_of_web_key("one"));
    CHECK_FALSE(keys.of(WebKeyUse::source, "ops").front().used_at.has_value());

    keys.note_use(first, now + 5s);
    keys.note_use(first, now + 64s);
    CHECK(keys.of(WebKeyUse::source, "ops").front().used_at == now + 5s);
    keys.note_use(first, now + 65s);
    CHECK(keys.of(WebKeyUse::source, "ops").front().used_at == now + 65s);
    CHECK_FALSE(keys.of(WebKeyUse::source, "ops").back().used_at.has_value());

    CHECK_FALSE(keys.remove(WebKeyUse::source, "other", second));
    CHECK(keys.remove(WebKeyUse::source, "ops", second));
    CHECK_FALSE(keys.remove(WebKeyUse::source, "ops", second));
    CHECK(keys.add(WebKeyUse::source, "ops", hash_of_web_key("two"), now) != second);
}

TEST_CASE("web keys: what comes in notes which key let it in")
{
    Workspace workspace;
    WebKeyTable keys{*workspace.connection};
    const WebKeyId id = keys.add(WebKeyUse::source, "ops", hash_of_web_key("one"), workspace.clock.now());
    AlertsReceived received;
    received.source = "ops";
    received.key = id;
    workspace.take(received);
    CHECK(keys.all(WebKeyUse::source).front().used_at == workspace.clock.now());
}

TEST_CASE("web keys: a rotation's are its own, whatever else has its name, and no number is given twice")
{
    Workspace workspace;
    WebKeyTable keys{*workspace.connection};
    const Instant now = utc("2026-03-02 10:00");
    const WebKeyId of_source = keys.add(WebKeyUse::source, "ops", hash_of_web_key("one"), now);
    const WebKeyId of_rotation = keys.add(WebKeyUse::rotation, "ops", hash_of_web_key("two"), now);
    CHECK(of_source != of_rotation);
    CHECK(keys.of(WebKeyUse::rotation, "ops").size() == 1);
    CHECK_FALSE(keys.remove(WebKeyUse::rotation, "ops", of_source));
    Policy policy;
    policy.sources = {source_named("ops")};
    policy.rotations = {rotation_of("ops", {"Uann"}), rotation_of("sun", {"Uann"})};
    const WebRoster roster = keys.roster_of(policy);
    REQUIRE(roster.sources.size() == 1);
    REQUIRE(roster.sources.front().keys.size() == 1);
    CHECK(roster.sources.front().keys.front().id == of_source);
    REQUIRE(roster.feeds.size() == 2);
    REQUIRE(roster.feeds.front().keys.size() == 1);
    CHECK(roster.feeds.front().keys.front().id == of_rotation);
    CHECK(roster.feeds.back().rotation == "sun");
    CHECK(roster.feeds.back().keys.empty());
    // The policy has it no more: nothing is opened.
    CHECK(keys.roster_of(Policy{}).feeds.empty());
    CHECK(keys.remove(WebKeyUse::rotation, "ops", of_rotation));
    CHECK(keys.add(WebKeyUse::rotation, "sun", hash_of_web_key("three"), now) > of_rotation);
}

TEST_CASE("web keys: of several the one that fits is found, or none")
{
    const std::vector<KnownKey> keys{{WebKeyId{1}, hash_of_web_key("one")},
                                     {WebKeyId{2}, hash_of_web_key("two")}};
    CHECK(fitting_key(keys, hash_of_web_key("two")) == WebKeyId{2});
    CHECK_FALSE(fitting_key(keys, hash_of_web_key("three")).exists());
    CHECK_FALSE(fitting_key({}, hash_of_web_key("one")).exists());
}

TEST_CASE("web keys: the door learns of sources and keys whoever changes them, and of nothing else")
{
    StorageFolder folder;
    const std::string path = folder.file("ackd.db");
    Workspace workspace{{}, utc("2026-03-02 10:00"), path};
    std::vector<WebRoster> told;
    workspace.engine.on_web_roster([&](WebRoster roster) { told.push_back(std::move(roster)); });
    workspace.ack("Uann", "@Ubo please read the plan");
    REQUIRE(told.size() == 1);
    CHECK(told.back().sources.empty());
    told.clear();
    workspace.ack("Uann", "@Ubo please read the other plan");
    CHECK(told.empty());

    storage::Connection own{path, storage::OpenMode::existing_only};
    {
        Settings settings = straight_settings();
        HandlerState state{own, settings.default_zone, 1};
        storage::Transaction transaction{own};
        HandlerContext context = state.at(workspace.clock.now(), settings);
        Policy policy = straight_settings();
        policy.sources = {source_named("ops"), source_named("shop")};
        keep_policy(context, policy, {UserId{"operator:ann"}, PolicySource::file, ""});
        transaction.commit();
    }
    workspace.advance(1s);
    REQUIRE(told.size() == 1);
    REQUIRE(told.back().sources.size() == 2);
    CHECK(told.back().sources.front().source.name == "ops");
    CHECK(told.back().sources.front().keys.empty());

    const WebKeyId id = WebKeyTable{own}.add(
        WebKeyUse::source, "shop", hash_of_web_key("one"), workspace.clock.now());
    workspace.advance(1s);
    REQUIRE(told.size() == 2);
    REQUIRE(told.back().sources.back().keys.size() == 1);
    CHECK(told.back().sources.back().keys.front().id == id);
    CHECK(told.back().sources.back().keys.front().hash == hash_of_web_key("one"));
}
