// How soon after exec the daemon serves: its first socket has been greeted, its first event is confirmed.
#include "tests/bench/load_modes.hpp"
#include "tests/bench/seeded_obligations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

struct OneStart {
    double socket_ms = 0;
    double event_ms = 0;
    double processor_ms = 0;  ///< of it, what the daemon computed
    double resident_mib = 0;
};

double milliseconds_between(SteadyTime from, SteadyTime to)
{
    return std::chrono::duration<double, std::milli>(to - from).count();
}

OneStart start_once(LoadSession& session)
{
    std::optional<SteadyTime> greeted_at;
    session.on_socket([&session, &greeted_at] {
        if (greeted_at) return;
        greeted_at = std::chrono::steady_clock::now();
        session.stream().send_chatter();
    });
    const std::int64_t confirmed_before = session.stream().confirmed();
    session.start_daemon();
    session.turn_until(
        [&] { return session.stream().confirmed() > confirmed_before; }, 60s, "the first confirmed event");
    OneStart start;
    start.socket_ms = milliseconds_between(session.daemon().started_at(), *greeted_at);
    start.event_ms = milliseconds_between(session.daemon().started_at(),
                                          session.stream().last_confirmed_at());
    start.processor_ms = std::chrono::duration<double, std::milli>(session.daemon().processor_time()).count();
    session.idle_for(300ms);
    start.resident_mib = static_cast<double>(session.daemon().memory().resident_kib) / 1024;
    session.on_socket(nullptr);
    session.end_daemon();
    return start;
}

}  // namespace

LoadFigures run_start(const LoadOptions& options)
{
    LoadFigures figures{"start", {}};
    std::vector<std::int64_t> sizes{0};
    sizes.insert(sizes.end(), options.open.begin(), options.open.end());
    for (const std::int64_t open : sizes) {
        LoadSession session{options, Workspace{}};
        if (open > 0) seed_database(session.database_path(), plan_of_open(open));
        std::vector<OneStart> starts;
        for (int count = 0; count < options.repeat; ++count) {
            // Empty means empty: each start makes its database anew.
            if (open == 0) {
                for (const char* suffix : {"", "-wal", "-shm"}) {
                    std::filesystem::remove(session.database_path() + suffix);
                }
            }
            starts.push_back(start_once(session));
        }
        const auto by_event = [](const OneStart& one, const OneStart& other) {
            return one.event_ms < other.event_ms;
        };
        const OneStart best = *std::min_element(starts.begin(), starts.end(), by_event);
        const OneStart worst = *std::max_element(starts.begin(), starts.end(), by_event);
        const std::string name = fmt::format("{}_open", open);
        figures.add(name + "_first_socket_ms", best.socket_ms, "ms");
        figures.add(name + "_first_confirmed_ms", best.event_ms, "ms");
        figures.add(name + "_slowest_confirmed_ms", worst.event_ms, "ms");
        figures.add(name + "_processor_ms", best.processor_ms, "ms");
        figures.add(name + "_resident_mib", best.resident_mib, "MiB");
        if (open > 0) {
            figures.add(name + "_database_mib",
                        static_cast<double>(std::filesystem::file_size(session.database_path())) /
                            (1024.0 * 1024),
                        "MiB");
        }
    }
    return figures;
}

}  // namespace ackd::bench
