// The keys of sources, as they are stored, and how the door for alerts learns of them.
#include "bot/alerts/alert_key_table.hpp"
#include "bot/policy/policy_handlers.hpp"
#include "tests/unit/bot_workspace.hpp"
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

TEST_CASE("alert keys: of a key its hash is kept, and when it was used last, to the minute")
{
    Workspace workspace;
    AlertKeyTable keys{*workspace.connection};
    const Instant now = utc("2026-03-02 10:00");
    const AlertKeyId first = keys.add("ops", hash_of_alert_key("one"), now);
    const AlertKeyId second = keys.add("ops", hash_of_alert_key("two"), now);
    REQUIRE(keys.of_source("ops").size() == 2);
    CHECK(keys.of_source("ops").front().hash == hash_of_alert_key("one"));
    CHECK_FALSE(keys.of_source("ops").front().used_at.has_value());

    keys.note_use(first, now + 5s);
    keys.note_use(first, now + 64s);
    CHECK(keys.of_source("ops").front().used_at == now + 5s);
    keys.note_use(first, now + 65s);
    CHECK(keys.of_source("ops").front().used_at == now + 65s);
    CHECK_FALSE(keys.of_source("ops").back().used_at.has_value());

    CHECK_FALSE(keys.remove("other", second));
    CHECK(keys.remove("ops", second));
    CHECK_FALSE(keys.remove("ops", second));
    CHECK(keys.add("ops", hash_of_alert_key("two"), now) != second);
}

TEST_CASE("alert keys: what comes in notes which key let it in")
{
    Workspace workspace;
    AlertKeyTable keys{*workspace.connection};
    const AlertKeyId id = keys.add("ops", hash_of_alert_key("one"), workspace.clock.now());
    AlertsReceived received;
    received.source = "ops";
    received.key = id;
    workspace.take(received);
    CHECK(keys.all().front().used_at == workspace.clock.now());
}

TEST_CASE("alert keys: the door learns of sources and keys whoever changes them, and of nothing else")
{
    StorageFolder folder;
    const std::string path = folder.file("ackd.db");
    Workspace workspace{{}, utc("2026-03-02 10:00"), path};
    std::vector<SourceRoster> told;
    workspace.engine.on_sources([&](SourceRoster roster) { told.push_back(std::move(roster)); });
    workspace.ack("Uann", "@Ubo please read the plan");
    REQUIRE(told.size() == 1);
    CHECK(told.back().empty());
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
    REQUIRE(told.back().size() == 2);
    CHECK(told.back().front().source.name == "ops");
    CHECK(told.back().front().keys.empty());

    const AlertKeyId id = AlertKeyTable{own}.add("shop", hash_of_alert_key("one"), workspace.clock.now());
    workspace.advance(1s);
    REQUIRE(told.size() == 2);
    REQUIRE(told.back().back().keys.size() == 1);
    CHECK(told.back().back().keys.front().id == id);
    CHECK(told.back().back().keys.front().hash == hash_of_alert_key("one"));
}
