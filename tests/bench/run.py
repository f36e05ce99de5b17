#!/usr/bin/env python3
"""Measures the parts (ackd-bench) and the whole daemon under load (ackd-load), and prints the figures against the aims.

Another user of the machine can only make a figure worse, so the load modes run several times and the best run counts;
the table shows the others, too. About eight minutes; with --quick less than one.
"""

import argparse
import json
import os
import subprocess
import sys
import time

MODES = ["parts", "throughput", "mix", "latency", "buttons", "steps", "memory", "start"]

# (mode, figure, better, aim, unit, what)
AIMS = [
    ("throughput", "events_per_second", "more", 60_000, "/s", "confirmed, for events that concern nobody"),
    ("mix", "events_per_second", "more", 25_000, "/s", "confirmed, a third of them acks"),
    ("latency", "p50_ms", "less", None, "ms", "until confirmed at 1,000/s, p50"),
    ("latency", "p99_ms", "less", 5, "ms", "until confirmed at 1,000/s, p99"),
    ("latency", "p99_9_ms", "less", None, "ms", "until confirmed at 1,000/s, p99.9"),
    ("buttons", "visible_p50_ms", "less", None, "ms", "from a press to its visible answer at 100/s and 150 ms, p50"),
    ("buttons", "visible_p99_ms", "less", 300, "ms", "from a press to its visible answer at 100/s and 150 ms, p99"),
    ("steps", "steps_p99_ms", "less", None, "ms", "from a due step to its commit, 100,000 escalations open, p99"),
    ("steps", "steps_max_ms", "less", 1_000, "ms", "the same, the last"),
    ("steps", "burst_max_ms", "less", 1_000, "ms", "the same of 200 due at one instant, the last"),
    ("memory", "0_open_idle_mib", "less", 16, "MiB", "resident at rest"),
    ("memory", "0_open_loaded_mib", "less", None, "MiB", "resident after 100,000 events"),
    ("memory", "100000_open_more_than_empty_mib", "less", None, "MiB", "more at rest with 100,000 open obligations"),
    ("start", "0_open_first_confirmed_ms", "less", 50, "ms", "from exec to the first confirmed event"),
    ("start", "1000000_open_first_confirmed_ms", "less", 1_000, "ms", "the same with a million open obligations"),
    ("start", "1000000_open_resident_mib", "less", None, "MiB", "resident then"),
    ("start", "10000000_open_first_confirmed_ms", "less", None, "ms", "the same with ten million"),
    ("start", "10000000_open_resident_mib", "less", None, "MiB", "resident then"),
]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin-dir", default="build/release/bin", help="where ackd, ackd-load and ackd-bench are")
    parser.add_argument("--quick", action="store_true", help="short runs, no million: a look, not a measurement")
    parser.add_argument("--runs", type=int, help="runs of each load mode (3; 1 with --quick)")
    parser.add_argument("--huge", action="store_true", help="with ten million open obligations as well (2 GB of disk)")
    parser.add_argument("--only", choices=MODES, action="append")
    parser.add_argument("--json", metavar="FILE", help="write every run's figures there")
    return parser.parse_args()


def plan_of(options):
    """Each mode with its arguments and how often it runs."""
    runs = options.runs or (1 if options.quick else 3)
    seconds = ["--seconds", "2" if options.quick else "5", "--warm-up", "0.5" if options.quick else "1"]
    open_obligations = ["20000"] if options.quick else ["1000000"]
    if options.huge:
        open_obligations.append("10000000")
    requests = ["--requests", "100" if options.quick else "400"]
    return [
        ("throughput", seconds, runs),
        ("mix", [*(["--seconds", "2", "--warm-up", "0.2"] if options.quick else seconds), *requests], runs),
        ("latency", seconds, runs),
        ("buttons", [*seconds, "--call-delay", "150"], runs),
        ("steps", ["--seconds", "60"], 0 if options.quick else 1),
        ("memory", seconds, 1),
        ("start", ["--repeat", "3" if options.quick else "5", "--open", *open_obligations], 1),
    ]


def measure(program, mode, more):
    finished = subprocess.run([program, mode, *more, "--json"], capture_output=True, text=True, timeout=900, check=False)
    if finished.returncode != 0:
        print(f"{mode}: FAILED\n{finished.stderr}", file=sys.stderr)
        return None
    return json.loads(finished.stdout)["figures"]


def text_of(value, unit):
    number = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    return number + ("" if unit.startswith("/") else " ") + unit


def best_of(runs, name, better):
    values = [run[name] for run in runs if name in run]
    if not values:
        return None, []
    return (max(values) if better == "more" else min(values)), values


def table(results):
    print(f"\n{'':48}{'best':>14}{'aim':>14}        all runs")
    missed = 0
    for mode, name, better, aim, unit, what in AIMS:
        best, values = best_of(results.get(mode, []), name, better)
        if best is None:
            continue
        reached = aim is None or (best >= aim if better == "more" else best <= aim)
        missed += not reached
        goal = "" if aim is None else ("≥ " if better == "more" else "≤ ") + text_of(aim, unit)
        verdict = "" if aim is None else "ok" if reached else "MISSED"
        others = "  ".join(text_of(value, "").strip() for value in values) if len(values) > 1 else ""
        print(f"{what:48}{text_of(best, unit):>14}{goal:>14}  {verdict:6}{others}")
    return missed


def main():
    options = arguments()
    wanted = options.only or MODES
    load = os.path.join(options.bin_dir, "ackd-load")
    began = time.monotonic()
    failed = 0

    if "parts" in wanted:
        parts = [os.path.join(options.bin_dir, "ackd-bench"), "--benchmark_min_time=" + ("0.05" if options.quick else "0.3")]
        failed += subprocess.run(parts, check=False).returncode != 0

    results = {}
    for mode, more, runs in plan_of(options):
        if mode not in wanted:
            continue
        print(f"{mode} …", flush=True)
        for _ in range(runs):
            figures = measure(load, mode, more)
            failed += figures is None
            if figures is not None:
                results.setdefault(mode, []).append(figures)
                print("   " + "  ".join(f"{name} {text_of(value, '').strip()}" for name, value in figures.items()))

    missed = table(results)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(results, file, indent=1)
    print(f"\n{time.monotonic() - began:.0f} s; {missed} aims missed, {failed} runs failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
