#include "adapters/pictures/chart_link.hpp"
#include "adapters/slack/effect_carrier.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <doctest/doctest.h>

#include <deque>

using namespace ackd;
using namespace ackd::slack;
using namespace std::chrono_literals;

namespace {

/// Answers calls from a script and remembers them.
class ScriptedApi final : public SlackApi {
public:
    void will_answer(std::string body) { answers_.push_back(std::move(body)); }
    void will_fault(Fault fault) { answers_.push_back(std::move(fault)); }

    Task<Result<ApiAnswer>> call(ApiCall call) override
    {
        calls.push_back(call.method() + "?" + call.form());
        urgencies.push_back(call.urgency());
        auto next = take();
        if (auto* fault = std::get_if<Fault>(&next)) co_return std::move(*fault);
        HttpAnswer http;
        http.status = 200;
        http.body = std::get<std::string>(next);
        ApiVerdict verdict = classify_answer(call.method(), call.token(), std::move(http));
        co_return std::move(verdict.result);
    }

    Task<Result<HttpAnswer>> post_json(std::string url, std::string body) override
    {
        calls.push_back(url + " " + body);
        auto next = take();
        if (auto* fault = std::get_if<Fault>(&next)) co_return std::move(*fault);
        co_return HttpAnswer{};
    }

    std::vector<std::string> calls;
    std::vector<CallUrgency> urgencies;  ///< of those that have one

private:
    std::variant<std::string, Fault> take()
    {
        REQUIRE_FALSE(answers_.empty());
        auto next = std::move(answers_.front());
        answers_.pop_front();
        return next;
    }

    std::deque<std::variant<std::string, Fault>> answers_;
};

struct Desk {
    Desk()
    {
        identity.team = "T1";
        identity.workspace_url = "https://team.example.test/";
        identity.bot_user = UserId{"U0BOT"};
        identity.bot = "B0BOT";
    }

    EffectOutcome carry_out(Effect effect, bool in_doubt = false, bool is_awaited = false)
    {
        Delivery delivery;
        delivery.is_awaited = is_awaited;
        delivery.id = OutboxId{17};
        delivery.attempt = attempt;
        delivery.in_doubt = in_doubt;
        delivery.intended_at = Instant{1'700'000'000s};
        delivery.effect = std::move(effect);
        EffectCarrier carrier{api, identity, clock, charts};
        asio::io_context io;
        EffectOutcome outcome;
        bool ended = false;
        asio::co_spawn(io.get_executor(),
                       carrier.carry_out(delivery),
                       [&](std::exception_ptr failure, EffectOutcome what) {
                           REQUIRE_FALSE(failure);
                           outcome = std::move(what);
                           ended = true;
                       });
        io.run();
        REQUIRE(ended);
        return outcome;
    }

    ScriptedApi api;
    const pictures::ChartLinks* charts = nullptr;
    int attempt = 1;
    OwnIdentity identity;
    SteppedClock clock{Instant{1'700'000'010s}};
};

bool holds(const std::string& text, const char* words)
{
    return text.find(words) != std::string::npos;
}

Notice notice()
{
    Notice said;
    said.kind = NoticeKind::card;
    said.summary = "hi";
    return said;
}

Notice with_chart()
{
    Notice said = notice();
    Line line{LineStyle::plain, {Words{"Surprises a week: 3"}}};
    line.chart = Chart{"Surprises a week", "u", {{"6 Mar", 3}}, {}};
    said.sections = {Section{{line}, {}}};
    return said;
}

PostMessage post_to(const char* channel, const char* person = "", const char* thread = "")
{
    PostMessage post;
    post.channel = ChannelId{channel};
    post.person = UserId{person};
    post.thread = thread;
    post.notice = notice();
    return post;
}

const Fault& fault_of(const EffectOutcome& outcome)
{
    REQUIRE(std::holds_alternative<Fault>(outcome));
    return std::get<Fault>(outcome);
}

constexpr const char* posted_answer =
    R"({"ok":true,"channel":"D1","ts":"1700000011.000100","message":{"metadata":{}}})";
const std::string blocks =
    "%5B%7B%22type%22%3A%22section%22%2C%22text%22%3A%7B%22type%22%3A%22mrkdwn%22%2C%22text%22%3A%22hi%22%2C"
    "%22verbatim%22%3Atrue%7D%2C%22block_id%22%3A%22ackd%3A17%22%7D%5D";
const std::string metadata =
    "%7B%22event_type%22%3A%22ackd_card%22%2C%22event_payload%22%3A%7B%22post_id%22%3A%2217%22%7D%7D";

}  // namespace

TEST_CASE(
    "slack delivery: a post carries its id twice, without previews, and gives the real conversation back")
{
    Desk desk;
    desk.api.will_answer(posted_answer);
    const EffectOutcome outcome = desk.carry_out(post_to("", "U1"));
    REQUIRE(std::holds_alternative<Posted>(outcome));
    CHECK(std::get<Posted>(outcome).message == MessageRef{ChannelId{"D1"}, "1700000011.000100"});
    CHECK_FALSE(std::get<Posted>(outcome).adopted);
    CHECK(desk.api.calls ==
          std::vector<std::string>{"chat.postMessage?channel=U1&text=hi&blocks=" + blocks +
                                   "&metadata=" + metadata + "&unfurl_links=false&unfurl_media=false"});
}

TEST_CASE("slack delivery: a post in doubt that arrived is adopted, known by its metadata or its first block")
{
    const char* const carriers[] = {
        R"("metadata":{"event_type":"ackd_card","event_payload":{"post_id":"17"}})",
        R"("blocks":[{"type":"section","block_id":"other"},{"type":"section","block_id":"ackd:17"}])",
    };
    for (const char* carrier : carriers) {
        CAPTURE(carrier);
        Desk desk;
        desk.api.will_answer(
            R"({"ok":true,"messages":[{"ts":"1.0","user":"U9",)" + std::string{carrier} +
            R"(},{"ts":"2.0","user":"U0BOT"}],"response_metadata":{"next_cursor":"more="}})");
        desk.api.will_answer(R"({"ok":true,"messages":[{"ts":"3.0","bot_id":"B0BOT",)" +
                             std::string{carrier} + "}]}");
        const EffectOutcome outcome = desk.carry_out(post_to("C1"), true);
        REQUIRE(std::holds_alternative<Posted>(outcome));
        CHECK(std::get<Posted>(outcome).message == MessageRef{ChannelId{"C1"}, "3.0"});
        CHECK(std::get<Posted>(outcome).adopted);
        const std::string look = "conversations.history?channel=C1&oldest=1699999940.000000&inclusive=true&"
                                 "include_all_metadata=true&limit=200";
        CHECK(desk.api.calls == std::vector<std::string>{look, look + "&cursor=more%3D"});
    }
}

TEST_CASE("slack delivery: a post in doubt that did not arrive is posted")
{
    Desk desk;
    desk.api.will_answer(
        R"({"ok":true,"messages":[{"ts":"2.0","user":"U0BOT","blocks":[{"block_id":"ackd:18"}]}]})");
    desk.api.will_answer(posted_answer);
    const EffectOutcome outcome = desk.carry_out(post_to("C1"), true);
    REQUIRE(std::holds_alternative<Posted>(outcome));
    CHECK_FALSE(std::get<Posted>(outcome).adopted);
}

TEST_CASE("slack delivery: a post in doubt is looked for in its thread, or in the person's direct messages")
{
    Desk thread;
    thread.api.will_answer(R"({"ok":false,"error":"thread_not_found"})");
    thread.api.will_answer(posted_answer);
    CHECK(std::holds_alternative<Posted>(thread.carry_out(post_to("C1", "", "5.0"), true)));
    REQUIRE(thread.api.calls.size() == 2);
    CHECK(thread.api.calls[0].starts_with("conversations.replies?channel=C1&ts=5.0&oldest="));

    Desk direct;
    direct.api.will_answer(R"({"ok":true,"channel":{"id":"D7"}})");
    direct.api.will_answer(
        R"({"ok":true,"messages":[{"ts":"3.0","user":"U0BOT","blocks":[{"block_id":"ackd:17"}]}]})");
    const EffectOutcome outcome = direct.carry_out(post_to("", "U1"), true);
    REQUIRE(std::holds_alternative<Posted>(outcome));
    CHECK(std::get<Posted>(outcome).message == MessageRef{ChannelId{"D7"}, "3.0"});
    CHECK(direct.api.calls[0] == "conversations.open?users=U1");
    CHECK(direct.api.calls[1].starts_with("conversations.history?channel=D7&"));
}

TEST_CASE("slack delivery: while it cannot be found out whether a post arrived, nothing is posted and the "
          "doubt remains")
{
    struct Row {
        Fault fault;
        FaultKind expected;
    };
    const Row rows[] = {{Fault{FaultKind::temporary, "cannot reach"}, FaultKind::unknown},
                        {Fault{FaultKind::unknown, "timed out"}, FaultKind::unknown},
                        {Fault{FaultKind::rate_limited, "wait", 7s}, FaultKind::unknown},
                        {Fault{FaultKind::not_a_member, "not_in_channel"}, FaultKind::not_a_member}};
    for (const Row& row : rows) {
        CAPTURE(row.fault.detail);
        Desk desk;
        desk.api.will_fault(row.fault);
        const Fault fault = fault_of(desk.carry_out(post_to("C1"), true));
        CHECK(fault.kind == row.expected);
        CHECK(fault.retry_after == row.fault.retry_after);
        CHECK(desk.api.calls.size() == 1);
    }
}

TEST_CASE("slack delivery: a lost answer to a post is unknown, and so is one that names no message")
{
    Desk lost;
    lost.api.will_fault(lost_answer("chat.postMessage", "timed out"));
    CHECK(fault_of(lost.carry_out(post_to("C1"))).kind == FaultKind::unknown);
    Desk vague;
    vague.api.will_answer(R"({"ok":true})");
    CHECK(fault_of(vague.carry_out(post_to("C1"))).kind == FaultKind::unknown);
}

TEST_CASE("slack delivery: an update sends the whole message again and parses nothing")
{
    Desk desk;
    desk.api.will_answer(R"({"ok":true,"channel":"C1","ts":"1.0"})");
    UpdateMessage update;
    update.message = MessageRef{ChannelId{"C1"}, "1.0"};
    update.notice = notice();
    CHECK(std::holds_alternative<Done>(desk.carry_out(update)));
    CHECK(desk.api.calls == std::vector<std::string>{"chat.update?channel=C1&ts=1.0&text=hi&blocks=" +
                                                     blocks + "&metadata=" + metadata + "&parse=none"});
    desk.api.will_answer(R"({"ok":false,"error":"message_not_found"})");
    CHECK(fault_of(desk.carry_out(update)) == Fault{FaultKind::not_found, "message_not_found"});
}

TEST_CASE(
    "slack delivery: what was pressed is replaced by its response URL while that is good, else by the API")
{
    UpdateMessage update;
    update.message = MessageRef{ChannelId{"C1"}, "1.0"};
    update.notice = notice();
    update.reply_address = "https://hooks.test/secret";

    Desk fresh;
    fresh.api.will_answer("");
    CHECK(std::holds_alternative<Done>(fresh.carry_out(update)));
    REQUIRE(fresh.api.calls.size() == 1);
    CHECK(fresh.api.calls[0].starts_with(R"(https://hooks.test/secret {"replace_original":true,)"));

    Desk used_up;
    used_up.api.will_fault(Fault{FaultKind::permanent, "response_url: HTTP status 404"});
    used_up.api.will_answer(R"({"ok":true})");
    CHECK(std::holds_alternative<Done>(used_up.carry_out(update)));
    CHECK(used_up.api.calls.at(1).starts_with("chat.update?channel=C1&ts=1.0&"));

    Desk lost;
    lost.api.will_fault(lost_answer("response_url", "timed out"));
    CHECK(fault_of(lost.carry_out(update)).kind == FaultKind::unknown);  // tried again: twice is harmless
}

TEST_CASE(
    "slack delivery: an answer to an action goes to its response URL while that is good, else by the API")
{
    EphemeralReply reply;
    reply.channel = ChannelId{"C1"};
    reply.person = UserId{"U1"};
    reply.reply_address = "https://hooks.test/secret";
    reply.replaces_original = true;
    reply.notice = notice();

    Desk fresh;
    fresh.api.will_answer("");
    CHECK(std::holds_alternative<Done>(fresh.carry_out(reply)));
    REQUIRE(fresh.api.calls.size() == 1);
    CHECK(fresh.api.calls[0].starts_with(R"(https://hooks.test/secret {"replace_original":true,)"));

    const std::string by_api = "chat.postEphemeral?channel=C1&user=U1&text=hi&blocks=" + blocks;
    Desk old;
    old.clock.advance_to(Instant{1'700'000'000s + 30min});
    old.api.will_answer(R"({"ok":true})");
    CHECK(std::holds_alternative<Done>(old.carry_out(reply)));
    CHECK(old.api.calls == std::vector<std::string>{by_api});

    Desk refused;
    refused.api.will_fault(Fault{FaultKind::permanent, "response_url: HTTP status 404"});
    refused.api.will_answer(R"({"ok":true})");
    CHECK(std::holds_alternative<Done>(refused.carry_out(reply)));
    CHECK(refused.api.calls.at(1) == by_api);

    Desk lost;
    lost.api.will_fault(lost_answer("response_url", "timed out"));
    CHECK(fault_of(lost.carry_out(reply)).kind == FaultKind::unknown);
    CHECK(lost.api.calls.size() == 1);
}

TEST_CASE("slack delivery: a message is fetched with author, words and thread")
{
    Desk desk;
    desk.api.will_answer(
        R"({"ok":true,"messages":[{"ts":"5.0","user":"U1","text":"hi <@U2>","thread_ts":"5.0"}]})");
    FetchMessage fetch;
    fetch.message = MessageRef{ChannelId{"C1"}, "5.0"};
    const EffectOutcome outcome = desk.carry_out(fetch);
    REQUIRE(std::holds_alternative<FetchedMessage>(outcome));
    const auto& fetched = std::get<FetchedMessage>(outcome);
    CHECK(fetched.author == UserId{"U1"});
    CHECK(fetched.text == RichText{Words{"hi "}, Mention{UserId{"U2"}}});
    CHECK(fetched.thread == "5.0");
    CHECK_FALSE(fetched.by_bot);
    CHECK(desk.api.calls ==
          std::vector<std::string>{
              "conversations.history?channel=C1&oldest=5.0&latest=5.0&inclusive=true&limit=1"});
}

TEST_CASE("slack delivery: a reply is fetched from its thread, known or not")
{
    const std::string thread =
        R"({"ok":true,"messages":[{"ts":"1.0","user":"U9","thread_ts":"1.0"},{"ts":"5.0","user":"U1","thread_ts":"1.0"}]})";
    FetchMessage fetch;
    fetch.message = MessageRef{ChannelId{"C1"}, "5.0"};
    Desk unknown;
    unknown.api.will_answer(R"({"ok":true,"messages":[{"ts":"6.0","user":"U8"}]})");
    unknown.api.will_answer(thread);
    const EffectOutcome outcome = unknown.carry_out(fetch);
    REQUIRE(std::holds_alternative<FetchedMessage>(outcome));
    CHECK(std::get<FetchedMessage>(outcome).author == UserId{"U1"});
    CHECK(std::get<FetchedMessage>(outcome).thread == "1.0");
    CHECK(unknown.api.calls.at(1) ==
          "conversations.replies?channel=C1&ts=5.0&oldest=5.0&latest=5.0&inclusive=true&limit=2");

    fetch.thread = "1.0";
    Desk known;
    known.api.will_answer(thread);
    CHECK(std::holds_alternative<FetchedMessage>(known.carry_out(fetch)));
    CHECK(known.api.calls.at(0).starts_with("conversations.replies?channel=C1&ts=1.0&"));
}

TEST_CASE("slack delivery: a message that is gone is not found")
{
    FetchMessage fetch;
    fetch.message = MessageRef{ChannelId{"C1"}, "5.0"};
    Desk tombstone;
    tombstone.api.will_answer(
        R"({"ok":true,"messages":[{"ts":"5.0","subtype":"tombstone","user":"USLACKBOT"}]})");
    tombstone.api.will_answer(R"({"ok":false,"error":"thread_not_found"})");
    CHECK(fault_of(tombstone.carry_out(fetch)) == Fault{FaultKind::not_found, "message_not_found"});
}

TEST_CASE("slack delivery: all pages of a channel's members are read, up to a bound")
{
    ListChannelMembers list;
    list.channel = ChannelId{"C1"};
    Desk desk;
    desk.api.will_answer(R"({"ok":true,"members":["U1","U2"],"response_metadata":{"next_cursor":"c=="}})");
    desk.api.will_answer(R"({"ok":true,"members":[],"response_metadata":{"next_cursor":"d"}})");
    desk.api.will_answer(R"({"ok":true,"members":["U3"],"response_metadata":{"next_cursor":""}})");
    const EffectOutcome outcome = desk.carry_out(list);
    REQUIRE(std::holds_alternative<ChannelMembers>(outcome));
    CHECK(std::get<ChannelMembers>(outcome).members ==
          std::vector<UserId>{UserId{"U1"}, UserId{"U2"}, UserId{"U3"}});
    CHECK(desk.api.calls.at(1) == "conversations.members?channel=C1&limit=200&cursor=c%3D%3D");

    Desk endless;
    for (int page = 0; page < 100; ++page) {
        endless.api.will_answer(R"({"ok":true,"members":[],"response_metadata":{"next_cursor":"again"}})");
    }
    CHECK(fault_of(endless.carry_out(list)) == Fault{FaultKind::permanent, "channel_too_large"});
}

TEST_CASE("slack delivery: what somebody waits for at their screen is urgent at Slack's door as well")
{
    const ChannelId channel{"C1"};
    const UserId person{"U1"};
    EphemeralReply reply;
    reply.channel = channel;
    reply.person = person;
    const std::vector<Effect> effects{
        UpdateMessage{MessageRef{channel, "1.0"}, notice()},
        reply,
        PublishHome{person, notice()},
        OpenDialog{"trigger", notice()},
        ListChannelMembers{channel},
        FetchMessage{MessageRef{channel, "1.0"}, "1.0"},
    };
    for (const bool is_awaited : {false, true}) {
        for (const Effect& effect : effects) {
            Desk desk;
            desk.api.will_answer(R"({"ok":true})");
            (void)desk.carry_out(effect, false, is_awaited);
            CHECK(desk.api.urgencies ==
                  std::vector{is_awaited ? CallUrgency::urgent : CallUrgency::unhurried});
        }
    }
}

namespace {

SetTopicPart topic_part(const std::string& says)
{
    return {ChannelId{"C1"}, {"On call (ops): ", says}};
}

std::string info_with(const std::string& topic)
{
    return R"({"ok":true,"channel":{"id":"C1","name":"ops","topic":{"value":")" + topic +
           R"(","creator":"U1","last_set":1}}})";
}

bool is_done(const EffectOutcome& outcome)
{
    return std::holds_alternative<Done>(outcome);
}

}  // namespace

TEST_CASE("slack delivery: a topic is read, and set only where it says something else")
{
    Desk desk;
    desk.api.will_answer(info_with("On call (ops): Bo | R&amp;D &lt;3 <#C2|dev>"));
    CHECK(is_done(desk.carry_out(topic_part("Bo"))));
    CHECK(desk.api.calls == std::vector<std::string>{"conversations.info?channel=C1"});

    Desk changed;
    changed.api.will_answer(info_with("On call (ops): Bo | R&amp;D &lt;3 <#C2|dev>"));
    changed.api.will_answer(R"({"ok":true,"channel":{"id":"C1"}})");
    CHECK(is_done(changed.carry_out(topic_part("Cy"), true)));
    CHECK(changed.api.calls.at(1) ==
          "conversations.setTopic?channel=C1&topic=On+call+%28ops%29%3A+Cy+%7C+R%26D+%26lt%3B3+"
          "%3C%23C2%7Cdev%3E");

    Desk emptied;
    emptied.api.will_answer(info_with("On call (ops): Bo"));
    emptied.api.will_answer(R"({"ok":true,"channel":{"id":"C1"}})");
    CHECK(is_done(emptied.carry_out(topic_part(""))));
    CHECK(emptied.api.calls.at(1) == "conversations.setTopic?channel=C1&topic=");
}

TEST_CASE("slack delivery: a topic without room, without us, without permission or without an answer")
{
    Desk full;
    full.api.will_answer(info_with(std::string(240, 'x')));
    CHECK(fault_of(full.carry_out(topic_part("Bo"))) == Fault{FaultKind::conflict, "too_long"});

    Desk outside;
    outside.api.will_answer(info_with(""));
    outside.api.will_answer(R"({"ok":false,"error":"not_in_channel"})");
    CHECK(fault_of(outside.carry_out(topic_part("Bo"))).kind == FaultKind::not_a_member);

    Desk forbidden;
    forbidden.api.will_answer(info_with(""));
    forbidden.api.will_answer(R"({"ok":false,"error":"missing_scope","needed":"channels:write.topic"})");
    CHECK(fault_of(forbidden.carry_out(topic_part("Bo"))).kind == FaultKind::configuration);

    Desk strange;
    strange.api.will_answer(R"({"ok":true,"channel":{"id":"C1"}})");
    CHECK(fault_of(strange.carry_out(topic_part("Bo"))).kind == FaultKind::unknown);

    Desk silent;
    silent.api.will_answer(info_with(""));
    silent.api.will_fault({FaultKind::unknown, "time-out"});
    CHECK(fault_of(silent.carry_out(topic_part("Bo"))).kind == FaultKind::unknown);
}

TEST_CASE("slack delivery: a user group is filled with exactly those, once each, and not when they are in it")
{
    const SetGroupMembers set{GroupId{"S1"}, {UserId{"U2"}, UserId{"U1"}, UserId{"U2"}}};
    Desk same;
    same.api.will_answer(R"({"ok":true,"users":["U1","U2"]})");
    CHECK(is_done(same.carry_out(set)));
    CHECK(same.api.calls == std::vector<std::string>{"usergroups.users.list?usergroup=S1"});

    for (const char* others : {R"(["U1"])", R"(["U1","U2","U3"])", "[]"}) {
        CAPTURE(others);
        Desk desk;
        desk.api.will_answer(R"({"ok":true,"users":)" + std::string{others} + "}");
        desk.api.will_answer(R"({"ok":true,"usergroup":{"id":"S1"}})");
        CHECK(is_done(desk.carry_out(set)));
        CHECK(desk.api.calls.at(1) == "usergroups.users.update?usergroup=S1&users=U2%2CU1");
    }

    Desk closed;
    closed.api.will_answer(R"({"ok":true,"users":[]})");
    closed.api.will_answer(R"({"ok":false,"error":"permission_denied"})");
    CHECK(fault_of(closed.carry_out(set)) ==
          Fault{FaultKind::configuration,
                "permission_denied: the workspace does not allow usergroups.users.update. An administrator "
                "must permit it for this app"});
    Desk gone;
    gone.api.will_answer(R"({"ok":false,"error":"no_such_subteam"})");
    CHECK(fault_of(gone.carry_out(set)) == Fault{FaultKind::permanent, "no_such_subteam"});
}

TEST_CASE("slack delivery: what is refused with a picture is said again without one")
{
    const pictures::ChartLinks links{"https://ackd.example.com", "key"};
    PostMessage post = post_to("C1");
    post.notice = with_chart();
    constexpr const char* refused =
        R"({"ok":false,"error":"invalid_blocks","errors":["downloading image failed"]})";

    Desk taken;
    taken.charts = &links;
    taken.api.will_answer(posted_answer);
    CHECK(std::holds_alternative<Posted>(taken.carry_out(post)));
    REQUIRE(taken.api.calls.size() == 1);
    CHECK(holds(taken.api.calls.front(), "image_url"));
    CHECK_FALSE(holds(taken.api.calls.front(), "mrkdwn"));

    Desk desk;
    desk.charts = &links;
    desk.api.will_answer(refused);
    desk.api.will_answer(posted_answer);
    CHECK(std::holds_alternative<Posted>(desk.carry_out(post)));
    REQUIRE(desk.api.calls.size() == 2);
    CHECK(holds(desk.api.calls[0], "image_url"));
    CHECK_FALSE(holds(desk.api.calls[1], "image_url"));
    CHECK(holds(desk.api.calls[1], "Surprises+a+week%3A+3"));
}

TEST_CASE(
    "slack delivery: an answer in private is tried in words where its picture was refused, then elsewhere")
{
    const pictures::ChartLinks links{"https://ackd.example.com", "key"};
    EphemeralReply reply;
    reply.channel = ChannelId{"C1"};
    reply.person = UserId{"U1"};
    reply.reply_address = "https://hooks.example.test/1";
    reply.replaces_original = true;
    reply.notice = with_chart();

    // Where ackd is no member there is no other way.
    Desk desk;
    desk.charts = &links;
    desk.api.will_fault(Fault{FaultKind::permanent, "invalid_blocks"});
    desk.api.will_answer("");
    CHECK(std::holds_alternative<Done>(desk.carry_out(reply)));
    REQUIRE(desk.api.calls.size() == 2);
    CHECK(holds(desk.api.calls[0], "image_url"));
    CHECK(desk.api.calls[1].starts_with("https://hooks.example.test/1 "));
    CHECK_FALSE(holds(desk.api.calls[1], "image_url"));

    Desk used_up;
    used_up.charts = &links;
    used_up.api.will_fault(Fault{FaultKind::permanent, "used_url"});
    used_up.api.will_fault(Fault{FaultKind::permanent, "used_url"});
    used_up.api.will_answer(R"({"ok":true})");
    CHECK(std::holds_alternative<Done>(used_up.carry_out(reply)));
    REQUIRE(used_up.api.calls.size() == 3);
    CHECK(used_up.api.calls[2].starts_with("chat.postEphemeral?"));
    CHECK_FALSE(holds(used_up.api.calls[2], "image_url"));

    // Nobody could look for it: better twice than never.
    Desk doubt;
    doubt.charts = &links;
    doubt.api.will_fault(Fault{FaultKind::unknown, "HTTP status 500"});
    doubt.api.will_answer("");
    CHECK(std::holds_alternative<Done>(doubt.carry_out(reply)));
    CHECK(doubt.api.calls.size() == 2);

    UpdateMessage update;
    update.message = MessageRef{ChannelId{"C1"}, "1.0"};
    update.reply_address = reply.reply_address;
    update.notice = with_chart();
    Desk changed;
    changed.charts = &links;
    changed.api.will_fault(Fault{FaultKind::permanent, "invalid_blocks"});
    changed.api.will_answer("");
    CHECK(std::holds_alternative<Done>(changed.carry_out(update)));
    REQUIRE(changed.api.calls.size() == 2);
    CHECK_FALSE(holds(changed.api.calls[1], "image_url"));
}

TEST_CASE("slack delivery: what is in doubt, or has failed twice, is said in words from the start")
{
    const pictures::ChartLinks links{"https://ackd.example.com", "key"};
    PostMessage post = post_to("C1");
    post.notice = with_chart();
    Desk doubt;
    doubt.charts = &links;
    doubt.api.will_answer(R"({"ok":true,"messages":[]})");
    doubt.api.will_answer(posted_answer);
    CHECK(std::holds_alternative<Posted>(doubt.carry_out(post, true)));
    CHECK_FALSE(holds(doubt.api.calls.back(), "image_url"));
    for (const int attempt : {1, 2, 3, 50}) {
        CAPTURE(attempt);
        Desk desk;
        desk.charts = &links;
        desk.attempt = attempt;
        desk.api.will_answer(posted_answer);
        CHECK(std::holds_alternative<Posted>(desk.carry_out(post)));
        CHECK(holds(desk.api.calls.back(), "image_url") == (attempt <= 2));
    }
}

TEST_CASE("slack delivery: what is refused without a picture, or not refused for good, is not said twice")
{
    const pictures::ChartLinks links{"https://ackd.example.com", "key"};
    Desk desk;
    desk.charts = &links;
    desk.api.will_answer(R"({"ok":false,"error":"invalid_blocks"})");
    CHECK(fault_of(desk.carry_out(post_to("C1"))).kind == FaultKind::permanent);
    PostMessage post = post_to("C1");
    post.notice = with_chart();
    for (const FaultKind kind : {FaultKind::unknown, FaultKind::temporary, FaultKind::rate_limited}) {
        desk.api.will_fault(Fault{kind, "later"});
        CHECK(fault_of(desk.carry_out(post)).kind == kind);
    }
    CHECK(desk.api.calls.size() == 4);
}
