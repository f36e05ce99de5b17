// What ackd-load can measure. Each mode starts the daemon itself, is bounded in events and in time, ends the
// daemon and looks into the database whether everything that was confirmed is there.
#pragma once

#include "tests/bench/load_figures.hpp"
#include "tests/bench/load_session.hpp"

namespace ackd::bench {

/// Events that concern nobody, as fast as they are confirmed.
[[nodiscard]] LoadFigures run_throughput(const LoadOptions& options);
/// Of three events one acks an open obligation.
[[nodiscard]] LoadFigures run_mix(const LoadOptions& options);
/// Events at a steady rate: how long each takes.
[[nodiscard]] LoadFigures run_latency(const LoadOptions& options);
/// Buttons pressed at a steady rate: how long until the answer to each can be seen.
[[nodiscard]] LoadFigures run_buttons(const LoadOptions& options);
/// Steps of many open escalations fall due while other things happen: how far from its instant each is taken.
[[nodiscard]] LoadFigures run_steps(const LoadOptions& options);
/// Memory at rest, with many open obligations, and after load.
[[nodiscard]] LoadFigures run_memory(const LoadOptions& options);
/// From exec to the first socket, and to the first confirmed event.
[[nodiscard]] LoadFigures run_start(const LoadOptions& options);

/// Rates, times and processor shares, as every mode reports them.
void add_measure(LoadFigures& figures, const LoadMeasure& measure, EventStream& stream);

}  // namespace ackd::bench
