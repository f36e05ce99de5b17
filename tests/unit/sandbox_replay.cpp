#include "sandbox/replay/replay.hpp"
#include "sandbox/testing/still_sandbox.hpp"

#include <doctest/doctest.h>

using namespace sandbox;
using chat_logs::ChatLog;
using namespace std::chrono_literals;

namespace {

ChatLog conversation(int messages)
{
    ChatLog log;
    log.team_domain = "Acme";
    log.channel_name = "general";
    for (int number = 0; number < messages; ++number)
        log.messages.push_back({"",
                                "",
                                number % 2 == 0 ? "Jacob" : "Ann B.",
                                "number " + std::to_string(number) +
                                    (number % 2 == 0 ? " <@Ann B.>?" : " <@Jacob> & <@Nobody|n>")});
    return log;
}

/// An app that makes one card for each request, and may misbehave.
struct CardMaker {
    StillSandbox& still;
    std::shared_ptr<StillSocket> socket;
    bool posts_twice = false;
    bool confirms_twice = false;
    std::size_t next = 0;
    int cards = 0;

    void work()
    {
        for (; next < socket->frames.size(); ++next) {
            const Json frame = socket->frames[next];
            if (!frame.contains("envelope_id")) continue;
            socket->confirm(frame);
            if (confirms_twice && next == 3) socket->confirm(frame);
            const Json& payload = frame["payload"];
            const Json& event = payload.contains("event") ? payload["event"] : payload;
            if (event.contains("reaction") && event["reaction"] == "incoming_envelope") {
                std::string ts = text_member(event["item"], "ts");
                ts.erase(ts.find('.'), 1);
                post(text_member(event["item"], "channel"), "see /p" + ts);
            }
            if (payload.contains("command"))
                post(text_member(payload, "channel_id"), text_member(payload, "text"));
        }
    }

    void post(const std::string& channel, const std::string& text)
    {
        ++cards;
        const Json button{{"type", "button"},
                          {"action_id", "got_it"},
                          {"text", {{"type", "plain_text"}, {"text", "Got it"}}}};
        const Json arguments{
            {"channel", channel},
            {"text", text},
            {"blocks", Json::array({{{"type", "actions"}, {"elements", Json::array({button})}}})},
            {"metadata",
             {{"event_type", "ackd_card"}, {"event_payload", {{"post_id", std::to_string(cards)}}}}}};
        REQUIRE(still.api("chat.postMessage", arguments)["ok"] == true);
        if (posts_twice && cards == 2) still.api("chat.postMessage", arguments);
    }
};

ReplayReport replayed(bool posts_twice, bool confirms_twice)
{
    SandboxPolicy policy = StillSandbox::usual_policy();
    policy.rate_limits = RateLimiter::Mode::off;
    StillSandbox still{policy};
    bool finished = false;
    ReplayOptions options;
    options.requests = 10;
    options.seed = 7;
    options.messages_per_second = 100;
    options.give_up_after = 30s;
    Replay replay{still.core(), conversation(200), options, [&] { finished = true; }};
    replay.start();
    still.pass(1s);
    CHECK(replay.report().messages_posted == 0);
    CardMaker app{still, still.connect(), posts_twice, confirms_twice};
    for (int step = 0; step < 10'000 && !finished; ++step) {
        still.pass(10ms);
        app.work();
    }
    CHECK(finished);
    return replay.report();
}

}  // namespace

TEST_CASE("sandbox replay: an app that does everything once passes")
{
    const ReplayReport report = replayed(false, false);
    CHECK(report.passed());
    CHECK(report.messages_posted == 200);
    CHECK(report.cards == 10);
    CHECK(report.requests_by_reaction == 5);
    CHECK(report.requests_by_command == 5);
    CHECK(report.acks_by_reaction + report.acks_by_button > 0);
    CHECK(report.acks_impossible == 0);
    CHECK(report.events_created == report.events_confirmed);
    CHECK(report.seconds_posting == doctest::Approx(2).epsilon(0.05));
    CHECK(report.to_text().find("passed\n") != std::string::npos);
    CHECK(report.to_json()["passed"] == true);
}

TEST_CASE("sandbox replay: a message posted twice fails, and so does an event confirmed twice")
{
    const ReplayReport twice_posted = replayed(true, false);
    CHECK_FALSE(twice_posted.passed());
    CHECK(twice_posted.duplicates == 1);
    const ReplayReport twice_confirmed = replayed(false, true);
    CHECK_FALSE(twice_confirmed.passed());
    CHECK(twice_confirmed.confirmations_too_many == 1);
}
