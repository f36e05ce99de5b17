#include "tests/unit/slack_decoding.hpp"

#include <doctest/doctest.h>

#include <iterator>
#include <random>
#include <string>

using namespace ackd;
using namespace ackd::slack;

TEST_CASE("slack decode: hello tells the number of sockets and how long this one lives")
{
    const Decoded hello = decode(
        R"({"type":"hello","num_connections":3,"debug_info":{"approximate_connection_time":18060}})");
    CHECK(hello.frame.kind == FrameKind::hello);
    CHECK(hello.frame.connections == 3);
    CHECK(hello.frame.lifetime == std::chrono::seconds{18060});
    CHECK(hello.inputs.empty());
    CHECK(decode(R"({"type":"hello"})").frame.lifetime == std::chrono::seconds{0});
}

TEST_CASE("slack decode: each reason of a disconnect is told apart, a new one is like a refresh")
{
    struct Row {
        const char* reason;
        DisconnectReason expected;
    };
    const Row rows[] = {{"warning", DisconnectReason::warning},
                        {"refresh_requested", DisconnectReason::refresh_requested},
                        {"too_many_websockets", DisconnectReason::too_many_websockets},
                        {"link_disabled", DisconnectReason::link_disabled},
                        {"something_new", DisconnectReason::other}};
    for (const Row& row : rows) {
        CAPTURE(row.reason);
        const Decoded decoded = decode(std::string{R"({"type":"disconnect","reason":")"} + row.reason +
                                       R"("})");
        CHECK(decoded.frame.kind == FrameKind::disconnect);
        CHECK(decoded.frame.reason == row.expected);
    }
}

TEST_CASE(
    "slack decode: a command carries its words with references, and may be answered in its confirmation")
{
    const Decoded decoded = decode(
        R"({"type":"slash_commands","envelope_id":"env-2","accepts_response_payload":true,"payload":{"command":"/ack","text":"<@U2|b> by Thursday &amp; soon","user_id":"U1","channel_id":"C1","response_url":"https://hooks.test/x"}})");
    const auto* given = decoded.only<CommandGiven>();
    REQUIRE(given != nullptr);
    CHECK(given->command == "/ack");
    CHECK(given->text == RichText{Mention{UserId{"U2"}}, Words{" by Thursday & soon"}});
    CHECK(given->person == UserId{"U1"});
    CHECK(given->channel == ChannelId{"C1"});
    CHECK(given->reply_address == "https://hooks.test/x");
    CHECK(decoded.inputs.front().key == "e:env-2");
    CHECK(decoded.inputs.front().receipt.wants_answer);
}

TEST_CASE("slack decode: a button and a menu give their name without its number and their value")
{
    const std::string container =
        R"({"type":"message","message_ts":"1.000000","channel_id":"C1","is_ephemeral":true,"thread_ts":"0.500000"})";
    const Decoded button = decode_action(R"([{"type":"button","action_id":"got_it:12","value":"r1"}])",
                                         container);
    const auto* taken = button.only<ActionTaken>();
    REQUIRE(taken != nullptr);
    CHECK(taken->name == "got_it");
    CHECK(taken->value == "r1");
    CHECK(taken->person == UserId{"U1"});
    CHECK(taken->message == MessageRef{ChannelId{"C1"}, "1.000000"});
    CHECK(taken->thread == "0.500000");
    CHECK(taken->on_ephemeral);
    CHECK(taken->reply_address == "https://hooks.test/x");
    CHECK_FALSE(button.inputs.front().receipt.wants_answer);

    for (const char* type : {"static_select", "overflow"}) {
        CAPTURE(type);
        const Decoded menu = decode_action(
            std::string{R"([{"type":")"} + type +
                R"(","action_id":"snooze","selected_option":{"value":"o1 1h"}}])",
            container);
        REQUIRE(menu.only<ActionTaken>() != nullptr);
        CHECK(menu.only<ActionTaken>()->value == "o1 1h");
    }
}

TEST_CASE("slack decode: several actions of one envelope have keys of their own and are confirmed once, at "
          "the last")
{
    const Decoded decoded = decode_action(
        R"([{"action_id":"a","value":"1"},{"action_id":"b","value":"2"},{"action_id":"c","value":"3"}])",
        R"({"type":"message","message_ts":"1.000000","channel_id":"C1"})");
    REQUIRE(decoded.inputs.size() == 3);
    CHECK(decoded.inputs[0].key == "e:env-1");
    CHECK(decoded.inputs[1].key == "e:env-1:1");
    CHECK(decoded.inputs[2].key == "e:env-1:2");
    CHECK(decoded.inputs[0].receipt.connection == 0);
    CHECK(decoded.inputs[1].receipt.connection == 0);
    CHECK(decoded.inputs[2].receipt.connection == 7);
    CHECK(decoded.inputs[2].receipt.envelope == "env-1");
}

TEST_CASE("slack decode: a member who joins or changes comes with name, zone and kind")
{
    const auto member = [](const std::string& fields) {
        const Decoded decoded = decode_event(
            R"({"type":"user_change","user":{"id":"U1","team_id":"T1","name":"ann",)" + fields + "}}");
        REQUIRE(decoded.only<MemberChanged>() != nullptr);
        return decoded.only<MemberChanged>()->member;
    };
    const Member ann = member(R"("tz":"Europe/Paris","profile":{"display_name":"Ann","real_name":"Ann B"})");
    CHECK(ann.name == "Ann");
    CHECK(ann.time_zone == "Europe/Paris");
    CHECK(ann.kind == MemberKind::person);
    CHECK_FALSE(ann.deactivated);
    CHECK(member(R"("profile":{"display_name":"","real_name":"Ann B"})").name == "Ann B");
    CHECK(member(R"("profile":{})").name == "ann");
    CHECK(member(R"("deleted":true)").deactivated);
    CHECK_FALSE(ann.is_admin);
    CHECK(member(R"("is_admin":true)").is_admin);
    CHECK(member(R"("is_owner":true)").is_admin);
    CHECK(member(R"("is_bot":true)").kind == MemberKind::bot);
    CHECK(member(R"("is_restricted":true)").kind == MemberKind::guest);
    CHECK(member(R"("is_ultra_restricted":true)").kind == MemberKind::guest);
    CHECK(member(R"("is_stranger":true)").kind == MemberKind::external);
    const Decoded foreign = decode_event(R"({"type":"team_join","user":{"id":"U9","team_id":"T9"}})");
    REQUIRE(foreign.only<MemberChanged>() != nullptr);
    CHECK(foreign.only<MemberChanged>()->member.kind == MemberKind::external);
    const Decoded of_grid = decode_event(
        R"({"type":"team_join","user":{"id":"W9","team_id":"E1","enterprise_user":{"teams":["T7","T1"]}}})");
    REQUIRE(of_grid.only<MemberChanged>() != nullptr);
    CHECK(of_grid.only<MemberChanged>()->member.kind == MemberKind::person);
    const Decoded slackbot = decode_event(
        R"({"type":"user_change","user":{"id":"USLACKBOT","is_bot":false}})");
    CHECK(slackbot.only<MemberChanged>()->member.kind == MemberKind::bot);
}

TEST_CASE("slack decode: a changed group comes with its members, or asks to be read again")
{
    const Decoded updated = decode_event(
        R"({"type":"subteam_updated","subteam":{"id":"S1","handle":"leads","date_delete":0,"users":["U1","U2"]}})");
    REQUIRE(updated.only<GroupChanged>() != nullptr);
    const UserGroup& group = updated.only<GroupChanged>()->group;
    CHECK(group.handle == "leads");
    CHECK(group.members == std::vector<UserId>{UserId{"U1"}, UserId{"U2"}});
    CHECK_FALSE(group.disabled);
    const Decoded disabled = decode_event(
        R"({"type":"subteam_updated","subteam":{"id":"S1","handle":"leads","date_delete":1700000000}})");
    REQUIRE(disabled.only<GroupChanged>() != nullptr);
    CHECK(disabled.only<GroupChanged>()->group.disabled);

    const Decoded members = decode_event(
        R"({"type":"subteam_members_changed","subteam_id":"S1","added_users":["U3"]})");
    CHECK(is_nothing(members));
    CHECK(members.frame.concern == AdapterConcern::group_members_stale);
    CHECK(members.frame.concerned == "S1");
    CHECK(decode_event(R"({"type":"subteam_created","subteam":{"id":"S1","handle":"x"}})").frame.concern ==
          AdapterConcern::group_members_stale);
    CHECK(decode_event(R"({"type":"subteam_self_added","subteam_id":"S1"})").frame.concern ==
          AdapterConcern::own_groups_stale);
}

TEST_CASE("slack decode: the end of the installation is the adapter's concern, and confirmed like anything")
{
    CHECK(decode_event(R"({"type":"app_uninstalled"})").frame.concern == AdapterConcern::app_uninstalled);
    CHECK(decode_event(R"({"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":["U0BOT"]}})")
              .frame.concern == AdapterConcern::token_revoked);
    CHECK(decode_event(R"({"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":["U8"]}})").frame.concern ==
          AdapterConcern::none);
    const Decoded limited = decode(
        R"({"type":"events_api","envelope_id":"env-1","payload":{"type":"app_rate_limited","minute_rate_limited":1518467820}})");
    CHECK(limited.frame.concern == AdapterConcern::events_rate_limited);
    CHECK(is_nothing(limited));
    CHECK(limited.inputs.front().receipt.connection == 7);
}

TEST_CASE("slack decode: what nobody needs is confirmed and deduplicated all the same")
{
    const Decoded messages = decode_event(R"({"type":"app_home_opened","user":"U1","tab":"messages"})");
    CHECK(is_nothing(messages));
    CHECK(messages.inputs.front().key == "Ev1");
    const Decoded home = decode_event(R"({"type":"app_home_opened","user":"U1","tab":"home"})");
    CHECK(home.only<HomeOpened>()->person == UserId{"U1"});
    const Decoded modal = decode(
        R"({"type":"interactive","envelope_id":"env-1","payload":{"type":"view_closed"}})");
    CHECK(is_nothing(modal));
    CHECK(modal.inputs.front().key == "e:env-1");
    const Decoded future = decode(R"({"type":"of_tomorrow","envelope_id":"env-1","payload":{}})");
    CHECK(future.frame.kind == FrameKind::envelope);
    CHECK(is_nothing(future));
    CHECK(decode(R"({"type":"of_tomorrow"})").frame.kind == FrameKind::unknown);
}

TEST_CASE("slack decode: in an Enterprise Grid and in shared channels ids are what they are")
{
    // W… is a person of the organisation, E… the organisation; the team of a person may be another one.
    const std::string outer =
        R"({"type":"events_api","envelope_id":"env-1","payload":{"type":"event_callback","event_id":"Ev1",)"
        R"("team_id":"T2","enterprise_id":"E1","context_team_id":"T1","context_enterprise_id":"E1",)"
        R"("is_ext_shared_channel":true,"authorizations":[{"enterprise_id":"E1","team_id":"T1",)"
        R"("user_id":"W0BOT","is_bot":true,"is_enterprise_install":false}],"event":)";
    const Decoded said = decode(
        outer + R"({"type":"message","channel":"C1","channel_type":"channel","user":"W0GRID","team":"E1",)"
                R"("user_team":"T2","source_team":"T2","user_profile":{},"ts":"1.000001","text":"hello"}}})");
    REQUIRE(said.only<MessagePosted>() != nullptr);
    CHECK(said.only<MessagePosted>()->author == UserId{"W0GRID"});
    CHECK_FALSE(said.only<MessagePosted>()->by_bot);
    const Decoded edited = decode(
        outer +
        R"({"type":"message","subtype":"message_changed","channel":"C1","message":{"user":"W0GRID","ts":)"
        R"("1.000001","text":"<@W0OTHER> please","edited":{"user":"W0GRID","ts":"2.000000"}}}}})");
    REQUIRE(edited.only<MessageEdited>() != nullptr);
    CHECK(edited.only<MessageEdited>()->text == RichText{Mention{UserId{"W0OTHER"}}, Words{" please"}});

    const Decoded pressed = decode(
        R"({"type":"interactive","envelope_id":"env-1","accepts_response_payload":true,"payload":)"
        R"({"type":"block_actions","team":null,"enterprise":{"id":"E1","name":"Org"},)"
        R"("is_enterprise_install":false,"user":{"id":"W0GRID","team_id":"T2"},)"
        R"("actions":[{"action_id":"got_it","type":"button","value":"o1"}],)"
        R"("container":{"type":"message","message_ts":"1.000000","channel_id":"C1"}}})");
    REQUIRE(pressed.only<ActionTaken>() != nullptr);
    CHECK(pressed.only<ActionTaken>()->person == UserId{"W0GRID"});
    const Decoded typed = decode(
        R"({"type":"slash_commands","envelope_id":"env-1","accepts_response_payload":true,"payload":)"
        R"({"command":"/ack","text":"<@W0OTHER|other> read","user_id":"W0GRID","channel_id":"C1",)"
        R"("team_id":"T1","enterprise_id":"E1","enterprise_name":"Org","is_enterprise_install":"false"}})");
    REQUIRE(typed.only<CommandGiven>() != nullptr);
    CHECK(typed.only<CommandGiven>()->person == UserId{"W0GRID"});
    CHECK(typed.only<CommandGiven>()->text == RichText{Mention{UserId{"W0OTHER"}}, Words{" read"}});
}

TEST_CASE("slack decode: when it is we who join a channel, the adapter looks up which it is")
{
    const Decoded ours = decode_event(
        R"({"type":"member_joined_channel","user":"U0BOT","channel":"C1","inviter":"U1"})");
    REQUIRE(ours.only<ChannelJoined>() != nullptr);
    CHECK(ours.only<ChannelJoined>()->inviter == UserId{"U1"});
    CHECK(ours.frame.concern == AdapterConcern::own_channels_stale);
    const Decoded others = decode_event(R"({"type":"member_joined_channel","user":"U2","channel":"C1"})");
    REQUIRE(others.only<ChannelJoined>() != nullptr);
    CHECK(others.frame.concern == AdapterConcern::none);
}

TEST_CASE("slack decode: a channel is renamed, archived, opened again, left, deleted, or gets another id")
{
    const Decoded renamed = decode_event(
        R"({"type":"channel_rename","channel":{"id":"C1","name":"platform","created":1}})");
    REQUIRE(renamed.only<ChannelChanged>() != nullptr);
    CHECK(renamed.only<ChannelChanged>()->channel == ChannelId{"C1"});
    CHECK(renamed.only<ChannelChanged>()->name == "platform");
    CHECK_FALSE(renamed.only<ChannelChanged>()->is_archived.has_value());
    for (const bool archived : {true, false}) {
        const Decoded changed = decode_event(
            archived ? R"({"type":"channel_archive","channel":"C1","user":"U1"})"
                     : R"({"type":"group_unarchive","channel":"C1","user":"U1"})");
        REQUIRE(changed.only<ChannelChanged>() != nullptr);
        CHECK(changed.only<ChannelChanged>()->is_archived == archived);
        CHECK_FALSE(changed.only<ChannelChanged>()->name.has_value());
    }
    for (const char* type : {"channel_left", "group_left", "channel_deleted", "group_deleted"}) {
        CAPTURE(std::string{type});
        // The actor is whoever did it: it is we who are out.
        const Decoded left = decode_event(R"({"type":")" + std::string{type} +
                                          R"(","channel":"C1","actor_id":"U1"})");
        REQUIRE(left.only<ChannelLeft>() != nullptr);
        CHECK(left.only<ChannelLeft>()->channel == ChannelId{"C1"});
        CHECK(left.only<ChannelLeft>()->person.empty());
    }
    const Decoded moved = decode_event(
        R"({"type":"channel_id_changed","old_channel_id":"G1","new_channel_id":"C1"})");
    REQUIRE(moved.only<ChannelIdChanged>() != nullptr);
    CHECK(moved.only<ChannelIdChanged>()->before == ChannelId{"G1"});
    CHECK(moved.only<ChannelIdChanged>()->after == ChannelId{"C1"});
}

TEST_CASE("slack decode: a bare event without its outer object is understood")
{
    const Decoded bare = decode(
        R"({"type":"events_api","envelope_id":"env-1","payload":{"type":"message","channel":"C1","user":"U1","ts":"1.000000"}})");
    CHECK(bare.only<MessagePosted>() != nullptr);
    CHECK(bare.inputs.front().key == "m:1.000000:C1");
}

TEST_CASE("slack decode: an envelope with unusable content is confirmed, and says what is wrong")
{
    struct Row {
        const char* event;
        const char* problem;
    };
    const Row rows[] = {
        {R"({"type":"message","user":"U1"})", "a message without channel or ts"},
        {R"({"type":"message","channel":5,"ts":1.5})", "a message without channel or ts"},
        {R"({"type":"message","subtype":"message_changed"})", "a message_changed without channel or message"},
        {R"({"type":"message","subtype":"message_deleted","channel":"C1"})",
         "a deletion without channel or ts"},
        {R"({"type":"reaction_added","user":"U1"})", "a reaction without user, reaction or item"},
        {R"({"type":"user_change"})", "a member event without a user object"},
        {R"({"type":"subteam_updated","subteam":[]})", "a group event without a subteam object"},
        {R"({"no":"type"})", "an event without a type"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.event);
        const Decoded decoded = decode_event(row.event);
        CHECK(decoded.frame.kind == FrameKind::envelope);
        CHECK(decoded.frame.problem == row.problem);
        REQUIRE(decoded.only<NothingToDo>() != nullptr);
        CHECK(decoded.inputs.front().receipt.envelope == "env-1");
    }
    CHECK(decode(R"({"type":"events_api","envelope_id":"env-1"})").frame.problem ==
          "an envelope without payload");
    CHECK(decode_action(R"([{"value":"x"}])", R"({"message_ts":"1.0","channel_id":"C1"})").frame.problem ==
          "an action without action_id");
}

TEST_CASE("slack decode: unreadable bytes are refused with a reason")
{
    std::string deep = R"({"type":"events_api","envelope_id":"e","payload":)";
    deep += std::string(100'000, '[') + std::string(100'000, ']') + "}";
    struct Row {
        std::string frame;
        const char* problem;
    };
    const Row rows[] = {
        {"", "not JSON"},
        {"{", "not JSON"},
        {"nonsense", "not JSON"},
        {"{\"type\":\"\xFF\"}", "not JSON"},
        {deep, "not JSON"},
        {"[1,2]", "not a JSON object"},
        {"null", "not a JSON object"},
        {R"({"type":"events_api","payload":{}})", "an envelope without envelope_id"},
        {R"({"type":"events_api","envelope_id":")" + std::string(300, 'x') + "\"}",
         "an envelope_id of more than 255 bytes"},
    };
    for (const Row& row : rows) {
        const Decoded decoded = decode(row.frame);
        CHECK(decoded.frame.kind == FrameKind::malformed);
        CHECK(decoded.frame.problem == row.problem);
        CHECK(decoded.inputs.empty());
    }
}

TEST_CASE("slack decode: no damage to a frame does any harm")
{
    const std::string frames[] = {
        R"({"type":"events_api","envelope_id":"env-1","payload":{"type":"event_callback","event_id":"Ev1","event":{"type":"message","subtype":"message_changed","channel":"C1","message":{"user":"U1","text":"<@U1> &amp;","ts":"1.0","edited":{"ts":"2.0"}}}}})",
        R"({"type":"interactive","envelope_id":"env-1","payload":{"type":"block_actions","user":{"id":"U1"},"actions":[{"action_id":"a:1","value":"v"}],"container":{"message_ts":"1.0","channel_id":"C1"}}})",
        R"({"type":"hello","num_connections":1e400,"debug_info":{"approximate_connection_time":-9223372036854775808}})",
    };
    std::mt19937 random{11};
    EnvelopeDecoder decoder{identity()};
    for (int round = 0; round < 30'000; ++round) {
        std::string frame = frames[random() % std::size(frames)];
        for (unsigned count = 1 + static_cast<unsigned>(random() % 3); count > 0; --count) {
            const std::size_t at = random() % frame.size();
            switch (random() % 3) {
                case 0: frame[at] = static_cast<char>(random() % 256); break;
                case 1: frame.erase(at, random() % 8); break;
                default: frame.insert(at, 1, "{}[]\",:0"[random() % 8]);
            }
            if (frame.empty()) frame = " ";
        }
        std::vector<Input> inputs;
        const DecodedFrame decoded = decoder.decode(frame, Arrival{}, inputs);
        CHECK((decoded.kind == FrameKind::envelope) == !inputs.empty());
    }
}
