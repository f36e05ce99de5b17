#!/usr/bin/env python3
"""Drives the sandbox's page in Debian's Chromium, as a newcomer would.

    tests/web/run.py --bin-dir build/release/bin [-k WORDS]... [--screenshots DIR] [--bench]

The tests are node's (*.test.mjs), with playwright-core and axe-core from npm, in the exact versions of
package-lock.json. Where node, npm, the packages or Chromium cannot be had, all of it is skipped, with the reason. The
last line is "N passed, N failed[, N skipped]".
"""

import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORK = ROOT / "build/web"
NO_RUN_TAKES_LONGER = 900  # seconds; a busy machine takes a third of it
sys.path.insert(0, str(ROOT / "tools"))
import node_packages  # noqa: E402


def find_chromium():
    """Debian's, or another of the same family."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


def has_page(bin_dir):
    """Whether the sandbox was built with its page in it."""
    return b"/page/main.js" in (bin_dir / "ackd-sandbox").read_bytes()


def reason_to_skip(bin_dir):
    """Why there can be no browser tests here; nothing when there can."""
    if not find_chromium():
        return "chromium is not installed"
    reason = node_packages.reason_to_skip(HERE, WORK)
    if not reason and not has_page(bin_dir):
        return "ackd-sandbox was built without its page"
    return reason


def chosen_tests(words):
    """The files named by -k, else the tests named by -k in whatever file; as arguments of node."""
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.test.mjs"))}
    if not words:
        return list(files)
    named = [name for name in files if any(word in name for word in words)]
    if named:
        return named
    holding = [name for name, text in files.items() if any(word in text for word in words)]
    return [f"--test-name-pattern={re.escape(word)}" for word in words] + holding


def two_at_a_time():
    """Much of a test is waiting: on two cores two files go at once, where node can be told so."""
    known = subprocess.run(["node", "--help"], capture_output=True, text=True, check=False).stdout
    return ["--test-concurrency=2"] if "--test-concurrency" in known else []


def run_tests(arguments):
    """Passed, failed, skipped. A browser on a busy machine is late at times: a file in which something failed is tried
    once more, by itself. Twice is a failure."""
    for path in WORK.glob("*.mjs"):
        path.unlink()
    node_packages.place_scripts(HERE, WORK)
    passed, failed, skipped, files = run_once(arguments)
    if not failed or not files:
        return passed, failed, skipped
    print(f"Once more, each by itself: {', '.join(files)}", flush=True)
    again = sum(run_once([file])[1] for file in files)
    return passed + failed - again, again, skipped


def run_once(arguments):
    """Passed, failed, skipped, and the files in which something failed."""
    results = WORK / "results.tap"
    results.unlink(missing_ok=True)
    with subprocess.Popen(
        ["node", "--test", *two_at_a_time(), "--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap",
         f"--test-reporter-destination={results}", *arguments],
        cwd=WORK, start_new_session=True,
    ) as runner:  # fmt: skip
        try:
            runner.wait(NO_RUN_TAKES_LONGER)
        except subprocess.TimeoutExpired:
            print(f"no end after {NO_RUN_TAKES_LONGER} s: ended by force", flush=True)
            os.killpg(runner.pid, signal.SIGKILL)
    said = results.read_text(encoding="utf-8") if results.exists() else ""
    counts = {name: int(count) for name, count in re.findall(r"^# (pass|fail|cancelled) (\d+)$", said, re.M)}
    if "pass" not in counts:
        print("node's test runner has left no totals")
        return 0, 1, 0, []
    skipped = re.findall(r"^ok .* # SKIP (?!test name does not match)", said, re.M)
    failures = re.findall(r"^not ok .*\n  ---\n(?:  .*\n)*?  location: '.*?([^/']+\.mjs):\d+:\d+'", said, re.M)
    return counts["pass"], counts["fail"] + counts["cancelled"], len(skipped), sorted(set(failures))


def main():
    """Exit status 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin-dir", required=True, type=pathlib.Path, help="where ackd and ackd-sandbox are")
    parser.add_argument("-k", action="append", default=[], metavar="WORDS", help="only the files or tests of that name")
    parser.add_argument("--screenshots", type=pathlib.Path, help="leave a picture of every view there")
    parser.add_argument("--bench", action="store_true", help="also what is only true on a machine that does nothing else")
    options = parser.parse_args()
    os.environ["ACKD_BIN_DIR"] = str(options.bin_dir.resolve())
    os.environ["ACKD_DEMO"] = str(ROOT / "tools/demo.py")
    if options.bench:
        os.environ["ACKD_WEB_BENCH"] = "1"
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
        os.environ["ACKD_SCREENSHOTS"] = str(options.screenshots.resolve())

    try:
        reason = reason_to_skip(options.bin_dir)
    except node_packages.InstallationFailed as error:
        print(f"{error}\n0 passed, 1 failed")
        return 1
    if reason:
        print(f"skip: the page in a browser: {reason}\n0 passed, 0 failed, 1 skipped")
        return 0
    os.environ["ACKD_CHROMIUM"] = find_chromium()
    passed, failed, skipped = run_tests(chosen_tests(options.k))
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
