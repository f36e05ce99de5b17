// What people say, edit, delete and react with, as Slack tells it.
#include "tests/unit/slack_decoding.hpp"

#include <doctest/doctest.h>

using namespace ackd;
using namespace ackd::slack;

TEST_CASE("slack decode: a message by a person is posted, with its place, its author and what it says")
{
    const Decoded decoded = decode_event(
        R"({"type":"message","channel":"C1","user":"U1","text":"hello <@U2>","ts":"1700000000.000100","blocks":[{"type":"rich_text"}]})");
    const auto* posted = decoded.only<MessagePosted>();
    REQUIRE(posted != nullptr);
    CHECK(posted->message == MessageRef{ChannelId{"C1"}, "1700000000.000100"});
    CHECK(posted->author == UserId{"U1"});
    CHECK(posted->thread.empty());
    CHECK_FALSE(posted->by_bot);
    CHECK(posted->text == RichText{Words{"hello "}, Mention{UserId{"U2"}}});
    const Input& input = decoded.inputs.front();
    CHECK(input.key == "m:1700000000.000100:C1");  // however often, and by whichever way, it comes
    CHECK(input.receipt.connection == 7);
    CHECK(input.receipt.envelope == "env-1");
    CHECK_FALSE(input.receipt.wants_answer);
    CHECK(input.received_at == from_microseconds(1'700'000'000'000'000));
}

TEST_CASE("slack decode: a reply knows its thread, a thread's first message is no reply")
{
    const Decoded reply = decode_event(
        R"({"type":"message","channel":"C1","user":"U1","ts":"2.000000","thread_ts":"1.000000"})");
    REQUIRE(reply.only<MessagePosted>() != nullptr);
    CHECK(reply.only<MessagePosted>()->thread == "1.000000");
    const Decoded first = decode_event(
        R"({"type":"message","channel":"C1","user":"U1","ts":"1.000000","thread_ts":"1.000000"})");
    REQUIRE(first.only<MessagePosted>() != nullptr);
    CHECK(first.only<MessagePosted>()->thread.empty());
}

TEST_CASE("slack decode: only the subtypes that somebody says are messages")
{
    for (const char* said : {"thread_broadcast", "file_share", "me_message", "bot_message"}) {
        CAPTURE(said);
        const Decoded decoded = decode_event(
            std::string{R"({"type":"message","channel":"C1","user":"U1","ts":"1.000000","subtype":")"} +
            said + R"("})");
        CHECK(decoded.only<MessagePosted>() != nullptr);
    }
    for (const char* bookkeeping :
         {"channel_join", "channel_topic", "message_replied", "ekm_access_denied", "of_tomorrow"})
    {
        CAPTURE(bookkeeping);
        CHECK(is_nothing(decode_event(
            std::string{R"({"type":"message","channel":"C1","user":"U1","ts":"1.000000","subtype":")"} +
            bookkeeping + R"("})")));
    }
}

TEST_CASE("slack decode: another bot's message says so, our own is nothing")
{
    const Decoded other = decode_event(
        R"({"type":"message","channel":"C1","user":"U2","bot_id":"B2","ts":"1.000000"})");
    REQUIRE(other.only<MessagePosted>() != nullptr);
    CHECK(other.only<MessagePosted>()->by_bot);
    CHECK(is_nothing(decode_event(R"({"type":"message","channel":"C1","user":"U0BOT","ts":"1.000000"})")));
    CHECK(is_nothing(decode_event(R"({"type":"message","channel":"C1","bot_id":"B0BOT","ts":"1.000000"})")));
    CHECK(is_nothing(
        decode_event(R"({"type":"message","channel":"C1","user":"U3","app_id":"A0APP","ts":"1.000000"})")));
}

TEST_CASE("slack decode: a mention of us comes as a message as well, so it is nothing by itself")
{
    CHECK(is_nothing(decode_event(
        R"({"type":"app_mention","channel":"C1","user":"U1","text":"<@U0BOT> hi","ts":"1.000000"})")));
}

TEST_CASE("slack decode: only new words of a person make an edit")
{
    const auto changed = [](const std::string& message, const std::string& before) {
        return decode_event(
            R"({"type":"message","subtype":"message_changed","hidden":true,"channel":"C1","ts":"9.000000","message":)" +
            message + R"(,"previous_message":)" + before + "}");
    };
    const std::string old_words = R"({"type":"message","user":"U1","text":"old","ts":"1.000000"})";
    const Decoded edit = changed(
        R"({"type":"message","user":"U1","text":"new <@U2>","ts":"1.000000","edited":{"user":"U1","ts":"8.000000"}})",
        old_words);
    const auto* edited = edit.only<MessageEdited>();
    REQUIRE(edited != nullptr);
    CHECK(edited->message == MessageRef{ChannelId{"C1"}, "1.000000"});
    CHECK(edited->author == UserId{"U1"});
    CHECK(edited->edited == "8.000000");
    CHECK(edited->text == RichText{Words{"new "}, Mention{UserId{"U2"}}});

    CAPTURE("a link preview, a reply count, our own edit, the same words, the same edit again");
    CHECK(is_nothing(changed(R"({"user":"U1","text":"old","ts":"1.000000","attachments":[]})", old_words)));
    CHECK(is_nothing(changed(R"({"user":"U1","text":"old","ts":"1.000000","reply_count":2})", old_words)));
    CHECK(is_nothing(
        changed(R"({"user":"U0BOT","text":"new","ts":"1.000000","edited":{"ts":"8.000000"}})", old_words)));
    CHECK(is_nothing(
        changed(R"({"user":"U1","text":"old","ts":"1.000000","edited":{"ts":"8.000000"}})", old_words)));
    CHECK(is_nothing(changed(R"({"user":"U1","text":"new","ts":"1.000000","edited":{"ts":"8.000000"}})",
                             R"({"user":"U1","text":"old","ts":"1.000000","edited":{"ts":"8.000000"}})")));
}

TEST_CASE("slack decode: a deletion names the deleted message, a tombstone is one, ours is nothing")
{
    const Decoded deletion = decode_event(
        R"({"type":"message","subtype":"message_deleted","channel":"C1","ts":"9.000000","deleted_ts":"1.000000","previous_message":{"user":"U1"}})");
    REQUIRE(deletion.only<MessageDeleted>() != nullptr);
    CHECK(deletion.only<MessageDeleted>()->message.stamp == "1.000000");
    const Decoded tombstone = decode_event(
        R"({"type":"message","subtype":"message_changed","channel":"C1","ts":"9.000000","message":{"subtype":"tombstone","user":"USLACKBOT","ts":"1.000000"},"previous_message":{"user":"U1","ts":"1.000000"}})");
    REQUIRE(tombstone.only<MessageDeleted>() != nullptr);
    CHECK(tombstone.only<MessageDeleted>()->message.stamp == "1.000000");
    CHECK(is_nothing(decode_event(
        R"({"type":"message","subtype":"message_deleted","channel":"C1","ts":"9.000000","deleted_ts":"1.000000","previous_message":{"user":"U0BOT"}})")));
}

TEST_CASE("slack decode: reactions lose their skin tone, and ours are nothing")
{
    const auto reaction = [](const char* type, const char* user, const char* name) {
        return decode_event(
            std::string{R"({"type":")"} + type + R"(","user":")" + user + R"(","reaction":")" + name +
            R"(","item":{"type":"message","channel":"C1","ts":"1.000000"},"item_user":"U2","event_ts":"2.000000"})");
    };
    const Decoded added = reaction("reaction_added", "U1", "+1::skin-tone-3");
    const auto* changed = added.only<ReactionChanged>();
    REQUIRE(changed != nullptr);
    CHECK(changed->emoji == "+1");
    CHECK(changed->added);
    CHECK(changed->person == UserId{"U1"});
    CHECK(changed->message_author == UserId{"U2"});
    CHECK(changed->changed_stamp == "2.000000");
    CHECK(changed->message == MessageRef{ChannelId{"C1"}, "1.000000"});
    const Decoded removed = reaction("reaction_removed", "U1", "eyes");
    REQUIRE(removed.only<ReactionChanged>() != nullptr);
    CHECK_FALSE(removed.only<ReactionChanged>()->added);
    CHECK(is_nothing(reaction("reaction_added", "U0BOT", "eyes")));
    CHECK(is_nothing(
        decode_event(R"({"type":"reaction_added","user":"U1","reaction":"eyes","item":{"type":"file"}})")));
}
