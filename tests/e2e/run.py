#!/usr/bin/env python3
"""Runs the end-to-end tests: every test_*.py beside this file, against the programs of one build.

    tests/e2e/run.py --bin-dir build/release/bin [--quick | --soak] [-j N] [-k WORD]… [-v]

The tests find the programs in $ACKD_BIN_DIR (absolute) and how much is wanted in $ACKD_E2E_SCALE (quick, normal or
soak). A test that keeps a log of the processes it runs names the file in its attribute `log_path` (or several, in
`log_paths`); the end of it is shown when the test fails. The last line is "N passed, N failed[, N skipped]".
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
LOG_TAIL_LINES = 40
# What --quick leaves out: days of waiting, in one thread that the unit tests and the simulation have been through under
# the same sanitizer, and programs that end at once. What is left is where bytes come in and threads meet.
LEFT_OUT_BY_QUICK = {
    "test_demo",
    "test_do_not_disturb",
    "test_doctor",
    "test_doctor_machine",
    "test_nudges_and_routes",
    "test_oncall",
    "test_read_back",
    "test_replay",
    "test_respect",
    "test_silence",
    "test_story",
    "test_tax",
    "test_time",
    "test_triage",
    "test_watched_channel",
    "test_working_hours",
}


class Report(unittest.TestResult):
    """One line a test, as it ends; a failure at once and in full, with the end of its logs."""

    def __init__(self, verbose):
        super().__init__()
        self.verbose = verbose
        self.passed = 0
        self.failed = 0
        self.started = 0.0
        self.current_failed = False

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()
        self.current_failed = False
        if self.verbose:
            print(f"     … {test.id()}", flush=True)

    def stopTest(self, test):
        super().stopTest(test)
        self.current_failed = False

    def line(self, verdict, test, remark=""):
        seconds = time.monotonic() - self.started if self.started else 0.0
        print(f"{verdict:>5}  {test.id()} ({seconds:.1f} s){remark}", flush=True)

    def addSuccess(self, test):
        if not self.current_failed:
            self.passed += 1
            self.line("ok", test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.line("skip", test, f": {reason}")

    def addExpectedFailure(self, test, err):
        self.passed += 1
        self.line("ok", test, ": fails, as expected")

    def addUnexpectedSuccess(self, test):
        self.failed += 1
        self.line("FAIL", test, ": passes, which was not expected")

    def addFailure(self, test, err):
        self.failure(test, err)

    def addError(self, test, err):
        self.failure(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.failure(subtest, err, owner=test)

    def failure(self, test, err, owner=None):
        owner = owner or test
        in_a_test = isinstance(owner, unittest.TestCase)  # and not in the preparation of a class or a module
        if not (in_a_test and self.current_failed):
            self.failed += 1  # a test fails once, however many of its parts do
        self.current_failed = in_a_test
        self.line("FAIL", test)
        print(self._exc_info_to_string(err, owner).rstrip(), flush=True)
        paths = list(getattr(owner, "log_paths", []))
        if getattr(owner, "log_path", None):
            paths.append(owner.log_path)
        for path in paths:
            show_tail(path)


def show_tail(path):
    """Prints the end of a log, so that a failure can be understood where it is read."""
    try:
        lines = pathlib.Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        print(f"       (no log: {error})")
        return
    print(f"       the end of {path}:")
    for line in lines[-LOG_TAIL_LINES:]:
        print(f"       | {line}")
    sys.stdout.flush()


def run_side_by_side(options):
    """Each file in a process of its own; what each printed appears in one piece."""
    command = [sys.executable, __file__, "--bin-dir", str(options.bin_dir)]
    command += [flag for flag, wanted in (("--quick", options.quick), ("--soak", options.soak), ("-v", options.verbose)) if wanted]
    longest = ("test_kill", "test_soak_week", "test_nudges_and_routes")  # first
    files = sorted(HERE.glob("test_*.py"), key=lambda path: [path.stem != name for name in longest])
    if options.quick:
        files = [path for path in files if path.stem not in LEFT_OUT_BY_QUICK]

    def run_file(path):
        return subprocess.run([*command, "-k", f"{path.stem}.*"], capture_output=True, text=True, check=False)

    totals = [0, 0, 0]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(run_file, path) for path in files]):
            *lines, last = (done.result().stdout or "0 passed, 1 failed").splitlines()
            print("\n".join([*lines, done.result().stderr]).rstrip(), flush=True)
            found = re.fullmatch(r"(\d+) passed, (\d+) failed(?:, (\d+) skipped)?", last)
            for index, number in enumerate(found.groups(default="0") if found else ("0", "1", "0")):
                totals[index] += int(number)
    print(f"{totals[0]} passed, {totals[1]} failed" + (f", {totals[2]} skipped" if totals[2] else ""))
    return 1 if totals[1] else 0


def main():
    """Runs them all; exit status 1 if one failed or if nothing could be run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin-dir", required=True, type=pathlib.Path, help="where ackd and ackd-sandbox are")
    scale = parser.add_mutually_exclusive_group()
    scale.add_argument("--quick", action="store_true", help="fewer rounds and, with -j, fewer files: for sanitizer builds")
    scale.add_argument("--soak", action="store_true", help="many more rounds")
    parser.add_argument("-j", "--jobs", type=int, default=1, metavar="N", help="N files of tests side by side")
    parser.add_argument("-k", action="append", default=[], metavar="WORD", help="only the tests whose name has WORD")
    parser.add_argument("-v", "--verbose", action="store_true", help="say which test is running")
    options = parser.parse_args()

    if not options.bin_dir.is_dir():
        print(f"{options.bin_dir}: no such directory; ./dev build makes it")
        print("0 passed, 1 failed")
        return 1
    os.environ["ACKD_BIN_DIR"] = str(options.bin_dir.resolve())
    os.environ["ACKD_E2E_SCALE"] = "soak" if options.soak else "quick" if options.quick else "normal"

    if options.jobs > 1 and not options.k:
        return run_side_by_side(options)
    loader = unittest.TestLoader()
    if options.k:
        loader.testNamePatterns = [word if "*" in word else f"*{word}*" for word in options.k]
    sys.path.insert(0, str(HERE))
    suite = loader.discover(str(HERE), pattern="test_*.py", top_level_dir=str(HERE))

    report = Report(options.verbose)
    if suite.countTestCases() == 0:
        print("there is no such test")
        report.failed += 1
    try:
        suite.run(report)
    except KeyboardInterrupt:
        print("interrupted")
        report.failed += 1
    totals = f"{report.passed} passed, {report.failed} failed"
    print(totals + (f", {len(report.skipped)} skipped" if report.skipped else ""))
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
