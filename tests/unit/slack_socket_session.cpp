#include "adapters/slack/socket_session.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <random>

using namespace ackd;
using namespace ackd::slack;
using namespace std::chrono_literals;

namespace {

const SteadyTime begin{std::chrono::hours{1}};

SocketSession in_state(SessionState wanted, SteadyTime at = begin)
{
    SocketSession session{SessionLimits{}};
    if (wanted == SessionState::idle) return session;
    (void)session.start(at);
    if (wanted == SessionState::fetching_url) return session;
    (void)session.on_url(at, "wss://x.test/link");
    if (wanted == SessionState::connecting) return session;
    (void)session.on_connected(at);
    if (wanted == SessionState::waiting_hello) return session;
    (void)session.on_hello(at, std::chrono::seconds{0});
    if (wanted == SessionState::ready) return session;
    if (wanted == SessionState::draining) (void)session.on_disconnect(at, DisconnectReason::warning);
    if (wanted == SessionState::closing || wanted == SessionState::closed) (void)session.stop(at);
    if (wanted == SessionState::closed) (void)session.on_closed_by_peer(at, "closed");
    REQUIRE(session.state() == wanted);
    return session;
}

constexpr SessionState all_states[] = {SessionState::idle,
                                       SessionState::fetching_url,
                                       SessionState::connecting,
                                       SessionState::waiting_hello,
                                       SessionState::ready,
                                       SessionState::draining,
                                       SessionState::closing,
                                       SessionState::closed};

using Event = std::function<SessionActions(SocketSession&, SteadyTime)>;

struct NamedEvent {
    const char* name;
    Event happen;
};

const std::vector<NamedEvent>& all_events()
{
    static const std::vector<NamedEvent> events = {
        {"start", [](SocketSession& s, SteadyTime t) { return s.start(t); }},
        {"url", [](SocketSession& s, SteadyTime t) { return s.on_url(t, "wss://x.test"); }},
        {"url refused",
         [](SocketSession& s, SteadyTime t) {
             return s.on_url_refused(t, Fault{FaultKind::temporary, "no"});
         }},
        {"token refused",
         [](SocketSession& s, SteadyTime t) {
             return s.on_url_refused(t, Fault{FaultKind::configuration, "no"});
         }},
        {"connected", [](SocketSession& s, SteadyTime t) { return s.on_connected(t); }},
        {"connect failed", [](SocketSession& s, SteadyTime t) { return s.on_connect_failed(t, "no"); }},
        {"hello", [](SocketSession& s, SteadyTime t) { return s.on_hello(t, std::chrono::hours{5}); }},
        {"warning",
         [](SocketSession& s, SteadyTime t) { return s.on_disconnect(t, DisconnectReason::warning); }},
        {"refresh",
         [](SocketSession& s, SteadyTime t) {
             return s.on_disconnect(t, DisconnectReason::refresh_requested);
         }},
        {"too many",
         [](SocketSession& s, SteadyTime t) {
             return s.on_disconnect(t, DisconnectReason::too_many_websockets);
         }},
        {"link disabled",
         [](SocketSession& s, SteadyTime t) { return s.on_disconnect(t, DisconnectReason::link_disabled); }},
        {"closed by peer", [](SocketSession& s, SteadyTime t) { return s.on_closed_by_peer(t, "bye"); }},
        {"lost", [](SocketSession& s, SteadyTime t) { return s.on_lost(t, "reset"); }},
        {"sibling ready", [](SocketSession& s, SteadyTime t) { return s.on_sibling_ready(t); }},
        {"time", [](SocketSession& s, SteadyTime t) { return s.on_time(t); }},
        {"stop", [](SocketSession& s, SteadyTime t) { return s.stop(t); }},
        {"ping",
         [](SocketSession& s, SteadyTime t) {
             s.on_peer_ping(t);
             return SessionActions{};
         }},
        {"paused",
         [](SocketSession& s, SteadyTime) {
             s.on_reading_paused();
             return SessionActions{};
         }},
        {"resumed",
         [](SocketSession& s, SteadyTime t) {
             s.on_reading_resumed(t);
             return SessionActions{};
         }},
    };
    return events;
}

std::string summary(const SessionActions& actions)
{
    std::string text;
    const auto add = [&](const char* word) { text += (text.empty() ? "" : " ") + std::string{word}; };
    if (actions.fetch_url) add("fetch_url");
    if (!actions.connect_to.empty()) add("connect");
    if (actions.became_ready) add("ready");
    if (actions.wants_sibling) add("sibling");
    if (!actions.ping.empty()) add("ping");
    if (actions.close) add("close");
    if (actions.drop) add("drop");
    if (actions.retired) add(name_of(actions.retired->reason));
    return text;
}

}  // namespace

TEST_CASE("slack session: what each event does in each state")
{
    struct Row {
        const char* event;
        // idle, fetching_url, connecting, waiting_hello, ready, draining, closing, closed
        const char* expected[8];
    };
    const Row rows[] = {
        {"start", {"fetch_url", "", "", "", "", "", "", ""}},
        {"url", {"", "connect", "", "", "", "", "", ""}},
        {"url refused", {"", "drop open_refused", "", "", "", "", "", ""}},
        {"token refused", {"", "drop not_accepted", "", "", "", "", "", ""}},
        {"connected", {"", "", "", "", "", "", "", ""}},
        {"connect failed", {"", "", "drop not_connected", "", "", "", "", ""}},
        {"hello", {"", "", "", "ready", "", "", "", ""}},
        {"warning", {"", "", "", "sibling", "sibling", "", "", ""}},
        {"refresh", {"", "", "", "sibling", "sibling", "", "", ""}},
        {"too many", {"", "", "", "close", "close", "close", "", ""}},
        {"link disabled", {"", "", "", "close", "close", "close", "", ""}},
        {"closed by peer",
         {"", "", "", "drop closed_by_peer", "drop closed_by_peer", "drop replaced", "drop stopped", ""}},
        {"lost", {"", "", "", "drop lost", "drop lost", "drop replaced", "drop stopped", ""}},
        {"sibling ready", {"", "", "", "", "", "", "", ""}},
        {"time", {"", "", "", "", "", "", "", ""}},
        {"stop", {"drop stopped", "drop stopped", "drop stopped", "close", "close", "close", "", ""}},
    };
    for (const Row& row : rows) {
        const auto event = std::find_if(all_events().begin(), all_events().end(), [&](const NamedEvent& one) {
            return std::string{one.name} == row.event;
        });
        REQUIRE(event != all_events().end());
        for (std::size_t index = 0; index < std::size(all_states); ++index) {
            CAPTURE(row.event);
            CAPTURE(name_of(all_states[index]));
            SocketSession session = in_state(all_states[index]);
            CHECK(summary(event->happen(session, begin)) == row.expected[index]);
        }
    }
}

TEST_CASE("slack session: each wait has its end")
{
    struct Row {
        SessionState state;
        std::chrono::milliseconds after;
        const char* expected;
    };
    const Row rows[] = {
        {SessionState::fetching_url, 20s, "drop open_refused"},
        {SessionState::connecting, 20s, "drop not_connected"},
        {SessionState::waiting_hello, 10s, "drop no_hello"},
        {SessionState::ready, 20s, "drop silent"},
        {SessionState::closing, 1s, "drop stopped"},
    };
    for (const Row& row : rows) {
        CAPTURE(name_of(row.state));
        SocketSession session = in_state(row.state);
        SteadyTime at = begin;
        std::string last;
        while (session.next_deadline() && *session.next_deadline() <= begin + row.after) {
            CHECK(last != row.expected);
            at = *session.next_deadline();
            last = summary(session.on_time(at));
        }
        CHECK(at == begin + row.after);
        CHECK(last == row.expected);
        CHECK(session.state() == SessionState::closed);
    }
}

TEST_CASE(
    "slack session: a ready socket is pinged every five seconds and lives as long as something is heard")
{
    SocketSession session = in_state(SessionState::ready);
    int pings = 0;
    for (SteadyTime at = begin; at < begin + 2h; at += 500ms) {
        const SessionActions actions = session.on_time(at);
        if (!actions.ping.empty()) {
            ++pings;
            CHECK(actions.ping == std::to_string(pings));
            session.on_traffic(at + 50ms);  // the pong
        }
        REQUIRE(session.state() == SessionState::ready);
    }
    CHECK(pings == 2 * 3600 / 5 - 1);
}

TEST_CASE("slack session: a socket that died silently is noticed after twenty seconds")
{
    SocketSession session = in_state(SessionState::ready);
    session.on_traffic(begin + 7s);
    CHECK(session.on_time(begin + 26s).retired == std::nullopt);
    const SessionActions actions = session.on_time(begin + 27s);
    REQUIRE(actions.retired.has_value());
    CHECK(actions.retired->reason == RetireReason::silent);
}

TEST_CASE("slack session: once Slack sends pings, a socket without them for 45 seconds is dead, pongs or not")
{
    SocketSession session = in_state(SessionState::ready);
    session.on_peer_ping(begin + 1s);
    for (SteadyTime at = begin + 2s; at < begin + 46s; at += 1s) {
        session.on_traffic(at);
        REQUIRE_FALSE(session.on_time(at).retired.has_value());
    }
    session.on_traffic(begin + 46s);
    CHECK(summary(session.on_time(begin + 46s)) == "drop silent");
}

TEST_CASE("slack session: while we do not read, silence means nothing, but pings go on")
{
    SocketSession session = in_state(SessionState::ready);
    session.on_peer_ping(begin);
    session.on_reading_paused();
    for (SteadyTime at = begin; at < begin + 10min; at += 5s)
        REQUIRE_FALSE(session.on_time(at).retired.has_value());
    session.on_reading_resumed(begin + 10min);
    CHECK_FALSE(session.on_time(begin + 10min + 19s).retired.has_value());
    CHECK(session.on_time(begin + 10min + 20s).retired.has_value());
}

TEST_CASE(
    "slack session: before its age ends it asks for a sibling once, and works on until that one is ready")
{
    SocketSession session = in_state(SessionState::waiting_hello);
    (void)session.on_hello(begin, std::chrono::seconds{3600});
    int siblings = 0;
    for (SteadyTime at = begin; at < begin + 3700s; at += 1s) {
        session.on_traffic(at);
        if (session.on_time(at).wants_sibling) {
            ++siblings;
            CHECK(at == begin + 3540s);
        }
    }
    CHECK(siblings == 1);
    CHECK(session.state() == SessionState::ready);
    (void)session.on_sibling_ready(begin + 3700s);
    CHECK(session.state() == SessionState::draining);
    session.on_traffic(begin + 3702s);
    CHECK_FALSE(session.on_time(begin + 3702s).close);
    CHECK(session.on_time(begin + 3703s).close);
    const SessionActions end = session.on_closed_by_peer(begin + 3703s, "closed with code 1000");
    REQUIRE(end.retired.has_value());
    CHECK(end.retired->reason == RetireReason::replaced);
}

TEST_CASE("slack session: a short life is used by half, a share of it is taken where asked")
{
    struct Row {
        std::chrono::seconds lifetime;
        double share;
        std::chrono::seconds expected;
    };
    const Row rows[] = {{3600s, 1.0, 3540s}, {3600s, 0.75, 2640s}, {20s, 1.0, 10s}, {100s, 1.0, 50s}};
    for (const Row& row : rows) {
        CAPTURE(row.lifetime.count());
        SessionLimits limits;
        limits.lifetime_share = row.share;
        SocketSession session{limits};
        (void)session.start(begin);
        (void)session.on_url(begin, "wss://x.test");
        (void)session.on_connected(begin);
        (void)session.on_hello(begin, row.lifetime);
        session.on_traffic(begin + row.expected - 1s);
        CHECK_FALSE(session.on_time(begin + row.expected - 1s).wants_sibling);
        CHECK(session.on_time(begin + row.expected).wants_sibling);
    }
}

TEST_CASE("slack session: told to leave, it drains until the sibling has been there for three seconds, or "
          "for thirty")
{
    SocketSession alone = in_state(SessionState::draining);
    for (SteadyTime at = begin; at < begin + 30s; at += 1s) {
        alone.on_traffic(at);
        REQUIRE_FALSE(alone.on_time(at).close);
    }
    CHECK(alone.on_time(begin + 30s).close);

    SocketSession followed = in_state(SessionState::draining);
    (void)followed.on_sibling_ready(begin + 4s);
    followed.on_traffic(begin + 6s);
    CHECK_FALSE(followed.on_time(begin + 6s).close);
    CHECK(followed.on_time(begin + 7s).close);

    SocketSession late = in_state(SessionState::draining);
    late.on_traffic(begin + 28s);
    (void)late.on_sibling_ready(begin + 29s);
    CHECK(late.on_time(begin + 30s).close);
}

TEST_CASE("slack session: what Slack says on its way out is the reason of the retirement")
{
    struct Row {
        DisconnectReason said;
        RetireReason expected;
    };
    const Row rows[] = {{DisconnectReason::too_many_websockets, RetireReason::too_many_websockets},
                        {DisconnectReason::link_disabled, RetireReason::link_disabled}};
    for (const Row& row : rows) {
        SocketSession answered = in_state(SessionState::ready);
        (void)answered.on_disconnect(begin, row.said);
        CHECK(answered.on_closed_by_peer(begin, "").retired->reason == row.expected);
        SocketSession unanswered = in_state(SessionState::ready);
        (void)unanswered.on_disconnect(begin, row.said);
        CHECK(unanswered.on_time(begin + 1s).retired->reason == row.expected);
    }
}

TEST_CASE("slack session: a refusal passes on how long Slack wants to be left alone")
{
    SocketSession session = in_state(SessionState::fetching_url);
    const SessionActions actions = session.on_url_refused(begin,
                                                          Fault{FaultKind::rate_limited, "ratelimited", 17s});
    REQUIRE(actions.retired.has_value());
    CHECK(actions.retired->retry_after == 17s);
}

TEST_CASE(
    "slack session: whatever happens in whatever order, it retires exactly once and is quiet afterwards")
{
    std::mt19937 random{5};
    for (int round = 0; round < 3000; ++round) {
        SocketSession session{SessionLimits{}};
        SteadyTime at = begin;
        int retirements = 0;
        int siblings = 0;
        for (int step = 0; step < 60; ++step) {
            at += std::chrono::milliseconds{random() % 8'000};
            const bool was_closed = session.state() == SessionState::closed;
            const SessionActions actions = all_events()[random() % all_events().size()].happen(session, at);
            if (actions.retired) ++retirements;
            if (actions.wants_sibling) ++siblings;
            if (was_closed) REQUIRE(summary(actions).empty());
            REQUIRE((session.state() == SessionState::closed) == (retirements == 1));
            REQUIRE(actions.retired.has_value() == (actions.drop && session.state() == SessionState::closed));
        }
        REQUIRE(retirements <= 1);
        REQUIRE(siblings <= 1);
        // Left alone, it ends or goes on being looked after; it never just hangs.
        for (int step = 0; step < 200 && session.next_deadline(); ++step) {
            at = std::max(at, *session.next_deadline());
            if (session.on_time(at).retired) ++retirements;
        }
        const bool never_started = session.state() == SessionState::idle;
        CHECK((never_started || retirements == 1 || session.next_deadline().has_value()));
    }
}
