#!/usr/bin/env python3
"""Holds ackd-sandbox against Slack's own SDKs, what ackd sends against Slack's tables and types, and ackd's calendar
against another one.

    tests/conformance/run.py --bin-dir build/release/bin [--records DIR]

First @slack/bolt, @slack/socket-mode and @slack/web-api run unmodified against ackd-sandbox, and rrule reads 500
recurrence rules as ackd does (node's test runner; the packages come from npm, in the exact versions of
package-lock.json, into the work directory). Then every request that ackd made is checked. The requests are those in
DIR, recorded by the end-to-end tests when ACKD_RECORD_DIR names it; without --records some of those tests are run here.

What needs node and npm is skipped, with the reason, where they are missing or the packages cannot be fetched. The last
line is "N passed, N failed[, N skipped]".
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORK = ROOT / "build/conformance"
sys.path.insert(0, str(ROOT / "tools"))
import node_packages  # noqa: E402


class Totals:
    """What the last line says."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def skip(self, what, reason):
        """One suite that cannot be run here."""
        print(f"skip: {what}: {reason}", flush=True)
        self.skipped += 1

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


def run_sdks(work, totals):
    """node's tests."""
    node_packages.place_scripts(HERE, work)
    results = work / "results.tap"
    results.unlink(missing_ok=True)
    tests = sorted(path.name for path in HERE.glob("*.test.mjs"))
    subprocess.run(
        ["node", "--test", "--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap",
         f"--test-reporter-destination={results}", *tests],
        cwd=work, check=False,
    )  # fmt: skip
    said = results.read_text(encoding="utf-8") if results.exists() else ""
    counts = dict(re.findall(r"^# (pass|fail|cancelled|skipped) (\d+)$", said, re.MULTILINE))
    if "pass" not in counts:
        print("node's test runner has left no totals")
        totals.failed += 1
        return
    totals.passed += int(counts["pass"])
    totals.failed += int(counts["fail"]) + int(counts["cancelled"])
    totals.skipped += int(counts["skipped"])


def record_requests(work):
    """What ackd sends while it does its main job."""
    folder = work / "records"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print("recording what ackd sends, by the end-to-end tests of the main job", flush=True)
    command = [sys.executable, str(ROOT / "tests/e2e/run.py"), "--bin-dir", os.environ["ACKD_BIN_DIR"]]
    for words in ("test_acknowledging", "test_nudges_and_routes"):
        command += ["-k", words]
    with (work / "recording.log").open("w", encoding="utf-8") as log:
        subprocess.run(command, env={**os.environ, "ACKD_RECORD_DIR": str(folder)}, stdout=log, stderr=log, check=False)
    return folder


def run_python(name, totals):
    """One of the test_*.py beside this file."""
    suite = unittest.defaultTestLoader.loadTestsFromName(name)
    report = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    # A test fails once, however many of its parts do.
    wrong = {getattr(test, "test_case", test).id() for test, _ in report.failures + report.errors}
    totals.failed += len(wrong)
    totals.skipped += len(report.skipped)
    totals.passed += max(0, report.testsRun - len(wrong) - len(report.skipped))


def main():
    """Exit status 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin-dir", required=True, type=pathlib.Path, help="where ackd and ackd-sandbox are")
    parser.add_argument("--records", type=pathlib.Path, help="what ackd has sent, already recorded")
    parser.add_argument("--work-dir", type=pathlib.Path, default=WORK, help="where packages go")
    options = parser.parse_args()
    work = options.work_dir.resolve()
    work.mkdir(parents=True, exist_ok=True)
    os.environ["ACKD_BIN_DIR"] = str(options.bin_dir.resolve())
    os.environ["ACKD_CONFORMANCE_DIR"] = str(work)
    sys.path.insert(0, str(HERE))
    totals = Totals()

    try:
        reason = node_packages.reason_to_skip(HERE, work)
    except node_packages.InstallationFailed as error:
        print(error)
        totals.failed += 1
        reason = "npm ci failed"
    if reason:
        totals.skip("Slack's SDKs against the sandbox, and rrule against ackd's calendar", reason)
    else:
        run_sdks(work, totals)

    os.environ["ACKD_RECORD_DIR"] = str((options.records or record_requests(work)).resolve())
    run_python("test_requests", totals)
    if reason:
        totals.skip("what ackd says against @slack/types", reason)
    else:
        run_python("test_types", totals)
    print(totals)
    return 1 if totals.failed else 0


if __name__ == "__main__":
    sys.exit(main())
