// The life of a connection: each byte is something that happens, the next one how long it took.
#include "adapters/slack/socket_session.hpp"
#include "tests/fuzz/fuzz_target.hpp"

using namespace ackd;
using namespace ackd::slack;

namespace {

SessionActions happen(SocketSession& session, std::uint8_t what, std::uint8_t detail, SteadyTime now)
{
    switch (what % 15) {
        case 0: return session.start(now);
        case 1: return session.on_url(now, "wss://example.test/link");
        case 2: return session.on_url_refused(now, Fault{static_cast<FaultKind>(detail % 8), "no"});
        case 3: return session.on_connected(now);
        case 4: return session.on_connect_failed(now, "no");
        case 5: return session.on_hello(now, std::chrono::seconds{detail * 100});
        case 6: return session.on_disconnect(now, static_cast<DisconnectReason>(detail % 5));
        case 7: return session.on_closed_by_peer(now, "closed");
        case 8: return session.on_lost(now, "lost");
        case 9: return session.on_sibling_ready(now);
        case 10: return session.stop(now);
        case 11: session.on_traffic(now); return {};
        case 12: session.on_peer_ping(now); return {};
        case 13: session.on_reading_paused(); return {};
        default: session.on_reading_resumed(now); return {};
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Choices choices{fuzz::text_of(data, size)};
    SocketSession session{SessionLimits{}};
    SteadyTime now{std::chrono::hours{1}};
    bool retired = false;
    bool sibling_wanted = false;
    const auto check = [&](const SessionActions& actions) {
        const bool asks = actions.fetch_url || !actions.connect_to.empty() || actions.became_ready ||
                          actions.wants_sibling || !actions.ping.empty() || actions.close || actions.drop;
        fuzz::expect(!retired || (!asks && !actions.retired), "after its end nothing is asked for");
        fuzz::expect(!sibling_wanted || !actions.wants_sibling, "one successor is enough");
        sibling_wanted = sibling_wanted || actions.wants_sibling;
        retired = retired || actions.retired.has_value();
        fuzz::expect(retired == (session.state() == SessionState::closed), "every way out is a retirement");
        const bool waits = session.state() != SessionState::idle && !retired;
        fuzz::expect(session.next_deadline().has_value() == waits, "what goes on has a deadline");
    };
    while (!choices.empty()) {
        const std::uint8_t what = choices.byte();
        const std::uint8_t detail = choices.byte();
        now += std::chrono::milliseconds{detail * 50};
        check(happen(session, what, detail, now));
        for (int turn = 0; session.next_deadline() && *session.next_deadline() <= now; ++turn) {
            fuzz::expect(turn < 8, "a deadline that was met is over");
            check(session.on_time(now));
        }
    }
    // Left alone, a connection that nobody hears of ends by itself.
    constexpr int turns_max = 100;
    session.on_reading_resumed(now);
    for (int turn = 0; session.next_deadline(); ++turn) {
        fuzz::expect(turn < turns_max, "silence ends it");
        now = std::max(now, *session.next_deadline());
        check(session.on_time(now));
    }
    return 0;
}
