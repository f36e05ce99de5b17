#include "tests/bench/load_modes.hpp"

#include "tests/bench/seeded_obligations.hpp"

#include <fmt/format.h>

namespace ackd::bench {

namespace {

using namespace std::chrono_literals;

/// After the start, until the daemon has read who is in the workspace and is at rest.
constexpr auto settling = 1'500ms;
constexpr double kib_per_mib = 1024;

double mib(std::int64_t kib)
{
    return static_cast<double>(kib) / kib_per_mib;
}

}  // namespace

void add_measure(LoadFigures& figures, const LoadMeasure& measure, EventStream& stream)
{
    const auto share = [&measure](double processor_seconds) {
        return 100 * processor_seconds / measure.seconds;
    };
    figures.add("events_per_second", measure.per_second(), "/s");
    figures.add("p50_ms", stream.times().milliseconds_at(0.5), "ms");
    figures.add("p99_ms", stream.times().milliseconds_at(0.99), "ms");
    figures.add("p99_9_ms", stream.times().milliseconds_at(0.999), "ms");
    figures.add("max_ms", stream.times().max_milliseconds(), "ms");
    figures.add("daemon_cpu_percent", share(measure.daemon_processor_seconds), "%");
    figures.add("driver_cpu_percent", share(measure.driver_processor_seconds), "%");
    figures.add("daemon_us_per_event",
                1e6 * measure.daemon_processor_seconds / static_cast<double>(measure.events),
                "us");
    figures.add("bytes_per_event",
                static_cast<double>(stream.bytes_sent()) / static_cast<double>(stream.sent()),
                "B");
}

LoadFigures run_throughput(const LoadOptions& options)
{
    LoadSession session{options, Workspace{}};
    session.start_daemon();
    session.wait_for_sockets(static_cast<std::size_t>(options.connections));
    session.idle_for(200ms);
    const LoadMeasure measure = session.keep_window_full([&session] {
        session.stream().send_chatter();
        return true;
    });
    LoadFigures figures{"throughput", {}};
    add_measure(figures, measure, session.stream());
    const MemorySize memory = session.daemon().memory();
    session.end_daemon();
    session.check_durable();
    figures.add("resident_mib", mib(memory.resident_kib), "MiB");
    return figures;
}

LoadFigures run_latency(const LoadOptions& options)
{
    LoadSession session{options, Workspace{}};
    session.start_daemon();
    session.wait_for_sockets(static_cast<std::size_t>(options.connections));
    session.idle_for(200ms);
    const LoadMeasure measure = session.keep_pace([&session] { session.stream().send_chatter(); });
    LoadFigures figures{"latency", {}};
    add_measure(figures, measure, session.stream());
    session.end_daemon();
    session.check_durable();
    return figures;
}

LoadFigures run_memory(const LoadOptions& wanted)
{
    LoadOptions options = wanted;
    options.warm_up_seconds = 0;  // it is the number of events that counts here
    LoadFigures figures{"memory", {}};
    std::vector<std::int64_t> sizes{0, 100'000};
    sizes.insert(sizes.end(), options.open.begin(), options.open.end());
    double empty_mib = 0;
    for (const std::int64_t open : sizes) {
        LoadSession session{options, Workspace{}};
        if (open > 0) seed_database(session.database_path(), plan_of_open(open));
        session.start_daemon();
        session.wait_for_sockets(static_cast<std::size_t>(options.connections));
        session.idle_for(settling);
        const MemorySize idle = session.daemon().memory();

        std::int64_t left = 100'000;
        session.keep_window_full([&session, &left] {
            session.stream().send_chatter();
            return --left > 0;
        });
        const MemorySize loaded = session.daemon().memory();
        session.end_daemon();
        session.check_durable();
        const std::string name = fmt::format("{}_open", open);
        figures.add(name + "_idle_mib", mib(idle.resident_kib), "MiB");
        figures.add(name + "_idle_own_mib", mib(idle.own_kib), "MiB");
        figures.add(name + "_loaded_mib", mib(loaded.resident_kib), "MiB");
        if (open == 0)
            empty_mib = mib(idle.resident_kib);
        else
            figures.add(name + "_more_than_empty_mib", mib(idle.resident_kib) - empty_mib, "MiB");
    }
    return figures;
}

}  // namespace ackd::bench
