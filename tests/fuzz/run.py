#!/usr/bin/env python3
"""Runs the fuzz targets: every fuzz_*.cpp beside this file, as it was built.

    tests/fuzz/run.py --bin-dir build/fuzz/bin [--seconds N]      libFuzzer looks for N seconds in each (60)
    tests/fuzz/run.py --bin-dir build/release/bin --replay        only what is in corpus/, in any build

It begins with corpus/<target>/; what it finds worth keeping goes to <build>/fuzz-corpus/<target>/ and is used again the
next time. When $ACKD_SLACK_SAMPLES names a folder of payloads, they are added for those who read payloads. An input that
breaks something is kept in <build>/fuzz-findings/: repair the cause, and put the input into corpus/. The last line is
"N passed, N failed".
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LOG_TAIL_LINES = 40
INPUT_SECONDS_MAX = 10
MEMORY_MB_MAX = 2048
INPUT_BYTES_MAX = 16384


def write_samples(folder):
    """Payloads as the targets take them: in an envelope, and as a posted body."""
    made = {"fuzz_envelope": folder / "envelope", "fuzz_post": folder / "post"}
    for path in made.values():
        path.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(sorted(pathlib.Path(os.environ["ACKD_SLACK_SAMPLES"]).rglob("*.json"))):
        payload = path.read_bytes()
        for kind in (b"events_api", b"interactive", b"slash_commands"):
            envelope = b'{"type":"' + kind + b'","envelope_id":"e1","payload":' + payload + b"}"
            (made["fuzz_envelope"] / f"{number}-{kind.decode()}").write_bytes(envelope)
        (made["fuzz_post"] / str(number)).write_bytes(b"j" + payload)
    return made


def replay(program, corpus):
    """The command that runs what is known."""
    return [str(program), *(str(path) for path in sorted(corpus.iterdir()))]


def search(program, corpus, build, samples, seconds):
    """The command that looks for what is not."""
    found = build / "fuzz-corpus" / program.name
    findings = build / "fuzz-findings"
    found.mkdir(parents=True, exist_ok=True)
    findings.mkdir(exist_ok=True)
    folders = [found, corpus, *([samples[program.name]] if program.name in samples else [])]
    return [
        str(program),
        f"-max_total_time={seconds}",
        f"-timeout={INPUT_SECONDS_MAX}",
        f"-rss_limit_mb={MEMORY_MB_MAX}",
        f"-max_len={INPUT_BYTES_MAX}",
        f"-artifact_prefix={findings}/{program.name}-",
        "-print_final_stats=1",
        *map(str, folders),
    ]


def run(command):
    """(whether it ended well, the end of what it said)."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    lines = done.stdout.decode(errors="replace").splitlines()
    return done.returncode == 0, lines[-LOG_TAIL_LINES:]


def executions(lines):
    """How many inputs libFuzzer tried, in words."""
    for line in lines:
        if line.startswith("stat::number_of_executed_units:"):
            return f" ({line.split()[-1]} inputs)"
    return ""


def main():
    """Runs them all; exit status 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin-dir", required=True, type=pathlib.Path, help="where the fuzz targets are")
    parser.add_argument("--seconds", type=int, default=60, help="how long for each target")
    parser.add_argument("--replay", action="store_true", help="only the known inputs")
    options = parser.parse_args()

    build = options.bin_dir.resolve().parent
    samples = {}
    if os.environ.get("ACKD_SLACK_SAMPLES") and not options.replay:
        samples = write_samples(build / "fuzz-samples")
    commands = {}
    for source in sorted(HERE.glob("fuzz_*.cpp")):
        name = source.stem
        program, corpus = options.bin_dir / name, HERE / "corpus" / name.removeprefix("fuzz_")
        if options.replay:
            commands[name] = replay(program, corpus)
        else:
            commands[name] = search(program, corpus, build, samples, options.seconds)

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as workers:
        for name, (well, lines) in zip(commands, workers.map(run, commands.values())):
            print(f"{'ok' if well else 'FAIL':>5}  {name}{executions(lines)}", flush=True)
            if not well:
                failed += 1
                print("\n".join(f"       | {line}" for line in lines), flush=True)
    print(f"{len(commands) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
