// The table of what ackd asks of Slack is what its code uses, no more and no less; the manifest is one that
// Slack takes. The sources are read as text.
#include "adapters/json/json_reading.hpp"
#include "adapters/slack/manifest.hpp"
#include "adapters/slack/manifest_text.hpp"
#include "bot/commands/entry_points.hpp"
#include "tests/unit/golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

using namespace ackd;
using namespace ackd::slack;

namespace {

using Names = std::set<std::string>;

/// What stands in quotes in a piece of source.
Names quoted_in(const std::string& source)
{
    Names words;
    for (auto quote = source.find('"'); quote != std::string::npos;) {
        const auto close = source.find('"', quote + 1);
        if (close == std::string::npos) break;
        words.insert(source.substr(quote + 1, close - quote - 1));
        quote = source.find('"', close + 1);
    }
    return words;
}

/// The methods named where an ApiCall is made: `ApiCall call{thread.empty() ? "a.b" : "a.c"}`.
Names methods_in_the_sources()
{
    Names methods;
    for (const auto& entry :
         std::filesystem::directory_iterator{std::string{ACKD_SOURCE_DIR} + "/adapters/slack"})
    {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = bytes_of(entry.path().string());
        for (auto at = text.find("ApiCall "); at != std::string::npos; at = text.find("ApiCall ", at + 1))
            methods.merge(quoted_in(text.substr(at, text.find(';', at) - at)));
    }
    std::erase_if(methods, [](const std::string& word) { return word.find('.') == std::string::npos; });
    return methods;
}

/// The event types that decode_event asks for: `type == "message"`.
Names events_in_the_sources()
{
    const std::string text = bytes_of(std::string{ACKD_SOURCE_DIR} + "/adapters/slack/event_decoder.cpp");
    const std::string asked = "type == \"";
    Names events;
    auto at = text.find("DecodedEvent decode_event(");
    REQUIRE(at != std::string::npos);
    for (at = text.find(asked, at); at != std::string::npos; at = text.find(asked, at + 1)) {
        const auto begin = at + asked.size();
        events.insert(text.substr(begin, text.find('"', begin) - begin));
    }
    return events;
}

Names split(std::string_view words)
{
    Names names;
    while (!words.empty()) {
        const auto space = words.find(' ');
        names.emplace(words.substr(0, space));
        words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
    }
    return names;
}

template <class Uses, class Member>
Names names_of(const Uses& uses, Member member)
{
    Names names;
    for (const auto& use : uses) names.emplace(use.*member);
    CHECK(names.size() == uses.size());
    return names;
}

std::string manifest_text(ManifestFormat format, std::string request_url = "")
{
    ManifestOptions options;
    options.format = format;
    options.request_url = std::move(request_url);
    const auto text = print_manifest(options);
    REQUIRE(text.has_value());
    return *text;
}

std::size_t characters_in(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

TEST_CASE("manifest: every Web API method that is called is in the table, and no other")
{
    const Names called = methods_in_the_sources();
    CHECK(called.size() > 10);
    Names named;
    for (const MethodUse& method : methods_used()) named.emplace(method.name);
    CHECK(named == called);
}

TEST_CASE("manifest: every event that is understood is subscribed to, and no other")
{
    const Names understood = events_in_the_sources();
    CHECK(understood.size() > 10);
    Names types;
    for (const EventUse& event : events_used()) types.emplace(event.type);
    CHECK(types == understood);
    names_of(events_used(), &EventUse::subscription);
}

TEST_CASE("manifest: every scope that a method, an event or a command needs is asked for, and no other")
{
    Names needed{"commands"};
    for (const MethodUse& method : methods_used()) needed.merge(split(method.scopes));
    for (const EventUse& event : events_used()) needed.merge(split(event.scope));
    CHECK(names_of(scopes_used(), &ScopeUse::name) == needed);
    for (const ScopeUse& scope : scopes_used()) CHECK_FALSE(scope.why.empty());
}

TEST_CASE("manifest: every command and shortcut that is answered is offered, and no other")
{
    CHECK(names_of(commands_used(), &CommandUse::command) == Names{all_commands.begin(), all_commands.end()});
    CHECK(names_of(shortcuts_used(), &ShortcutUse::callback_id) ==
          Names{all_shortcuts.begin(), all_shortcuts.end()});
}

TEST_CASE("manifest: everything is within Slack's limits")
{
    for (const CommandUse& use : commands_used()) {
        CAPTURE(use.command);
        CHECK(use.command.starts_with('/'));
        CHECK(use.command.size() <= 32);
        CHECK(characters_in(use.description) <= 2'000);
        CHECK(characters_in(use.usage_hint) <= 1'000);
    }
    for (const ShortcutUse& use : shortcuts_used()) {
        CAPTURE(use.name);
        CHECK(characters_in(use.name) <= 24);
        CHECK(use.callback_id.size() <= 255);
        CHECK(characters_in(use.description) <= 150);
    }
    for (const ScopeUse& use : scopes_used()) CHECK(use.name.size() <= 50);
    for (const EventUse& use : events_used()) CHECK(use.subscription.size() <= 50);
    CHECK(events_used().size() <= 100);
}

TEST_CASE("manifest: Socket Mode names no address; HTTP mode names it wherever Slack sends something")
{
    JsonDocument document;
    const std::string socket = manifest_text(ManifestFormat::json);
    auto manifest = document.parse(socket);
    REQUIRE(manifest);
    auto settings = member_of(*manifest, "settings");
    REQUIRE(settings);
    CHECK(truth_of(*settings, "socket_mode_enabled"));
    CHECK(socket.find("url") == std::string::npos);

    const std::string url = "https://ackd.example.test/slack";
    const std::string http = manifest_text(ManifestFormat::json, url);
    manifest = document.parse(http);
    REQUIRE(manifest);
    settings = member_of(*manifest, "settings");
    REQUIRE(settings);
    CHECK_FALSE(truth_of(*settings, "socket_mode_enabled"));
    for (const char* sender : {"event_subscriptions", "interactivity"}) {
        CAPTURE(sender);
        CHECK(text_of(*member_of(*settings, sender), "request_url") == url);
    }
    const auto commands = items_of(*member_of(*manifest, "features"), "slash_commands");
    CHECK(commands.size() == commands_used().size());
    for (const JsonValue command : commands) {
        CHECK(text_of(command, "url") == url);
        CHECK(truth_of(command, "should_escape"));
    }
}

TEST_CASE("manifest: YAML says why each scope and each event is there")
{
    const std::string yaml = manifest_text(ManifestFormat::yaml);
    for (const ScopeUse& use : scopes_used(OptionalUses{})) {
        const std::string line = "      - " + std::string{use.name} + "    # " + std::string{use.why} + "\n";
        CAPTURE(line);
        CHECK(yaml.find(line) != std::string::npos);
    }
    for (const EventUse& use : events_used()) {
        const std::string line = "      - " + std::string{use.subscription} + "    # " +
                                 std::string{use.why} + "\n";
        CAPTURE(line);
        CHECK(yaml.find(line) != std::string::npos);
    }
    CHECK(yaml.starts_with("_metadata:\n  major_version: 1\n"));
    CHECK(yaml.find("\n  slash_commands:\n    - command: \"/ack\"\n      description: \"") !=
          std::string::npos);
}

TEST_CASE("manifest: what only some teams use is asked for only where it is used")
{
    const auto scopes = [](bool topics, bool groups) {
        ManifestOptions options;
        options.format = ManifestFormat::json;
        options.uses = {topics, groups};
        const auto text = print_manifest(options);
        REQUIRE(text.has_value());
        JsonDocument document;
        const auto manifest = document.parse(*text);
        REQUIRE(manifest);
        Names names;
        for (const JsonValue item :
             items_of(*member_of(*member_of(*manifest, "oauth_config"), "scopes"), "bot")) {
            std::string_view scope;
            if (item.get(scope) == simdjson::SUCCESS && scope.find("write.topic") != scope.npos)
                names.emplace(scope);
            if (scope == "usergroups:write") names.emplace(scope);
        }
        return names;
    };
    CHECK(scopes(false, false).empty());
    CHECK(scopes(true, false) == Names{"channels:write.topic", "groups:write.topic"});
    CHECK(scopes(false, true) == Names{"usergroups:write"});
    CHECK(scopes(true, true).size() == 3);
}

TEST_CASE("manifest: a name or an address that Slack would refuse is refused")
{
    struct Row {
        const char* name;
        const char* url;
        const char* why;
    };
    const std::string too_long(36, 'x');
    const Row rows[] = {
        {"", "", "an app's name has 1 to 35 characters in one line"},
        {too_long.c_str(), "", "an app's name has 1 to 35 characters in one line"},
        {"two\nlines", "", "an app's name has 1 to 35 characters in one line"},
        {"ackd",
         "http://ackd.example.test/",
         "the request URL: ackd.example.test is not this machine: only https "
         "and wss are allowed there"},
        {"ackd",
         "http://localhost/",
         "the request URL begins with https://: Slack sends nothing in the clear"},
        {"ackd", "https://127.0.0.1/", "the request URL must be one that Slack can reach"},
        {"ackd", "ackd.example.test", "the request URL: not a URL"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.name);
        CAPTURE(row.url);
        ManifestOptions options;
        options.name = row.name;
        options.request_url = row.url;
        const auto text = print_manifest(options);
        REQUIRE_FALSE(text.has_value());
        CHECK(text.error().detail == row.why);
    }
    ManifestOptions umlauts;
    for (int count = 0; count < 35; ++count) umlauts.name = count == 0 ? "é" : umlauts.name + "é";
    CHECK(print_manifest(umlauts).has_value());
}

TEST_CASE("manifest: a name cannot become anything but a name")
{
    for (const char* name : {"no", "null", "a: b", "x # y", "\"", "- z", "{}"}) {
        CAPTURE(name);
        ManifestOptions options;
        options.name = name;
        const auto text = print_manifest(options);
        REQUIRE(text.has_value());
        const std::string quoted = std::string{name} == "\"" ? "\"\\\"\"" : "\"" + std::string{name} + "\"";
        CHECK(text->find("\n  name: " + quoted + "\n") != std::string::npos);
    }
}

TEST_CASE("documentation: docs/scopes.md prints the table of scopes and events")
{
    check_golden("docs/scopes.md", "scopes", scopes_as_markdown());
    check_golden("docs/scopes.md", "events", events_as_markdown());
}
