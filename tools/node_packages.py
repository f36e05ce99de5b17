#!/usr/bin/env python3
"""Fetches the npm packages of a package-lock.json into a folder under build/, or says why that cannot be done here.

    tools/node_packages.py web/sandbox build/page
"""

import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
NPMRC = ROOT / "tools/npmrc"
NODE_MIN = 18
# What npm says when it is the network that fails, and not our list of packages.
UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH",
               "ERR_SOCKET_TIMEOUT", "E403", "E407", "E502", "E503", "E504")  # fmt: skip


class InstallationFailed(Exception):
    """npm could reach the packages, and yet they are not there."""


def reason_to_skip(source, work):
    """Why nothing of node's can be had here; nothing when it can: then the packages of `source` are in `work`."""
    reason = _reason_without_node()
    if reason:
        return reason
    work.mkdir(parents=True, exist_ok=True)
    error = _install(source, work)
    if not error:
        return None
    unreachable = [line for line in error.splitlines() if any(code in line for code in UNREACHABLE)]
    if not unreachable:
        raise InstallationFailed(error)
    return "the packages cannot be fetched: " + unreachable[0]


def place_scripts(source, work):
    """The scripts beside the packages, where they find them."""
    for path in source.glob("*.mjs"):
        shutil.copy(path, work / path.name)


def _reason_without_node():
    for name in ("node", "npm"):
        if not shutil.which(name):
            return f"{name} is not installed"
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(re.match(r"v(\d+)", version)[1]) < NODE_MIN:
        return f"node {version} is older than {NODE_MIN}"
    return None


def _install(source, work):
    """The packages of package-lock.json; what npm said if they are not there then."""
    wanted = (source / "package-lock.json").read_bytes()
    installed = work / "installed-lock.json"  # written last
    if installed.exists() and installed.read_bytes() == wanted:
        return ""
    installed.unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, work / name)
    shutil.copy(NPMRC, work / ".npmrc")
    done = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=30000"],
        cwd=work, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return done.stderr.strip() or f"npm ci ended with {done.returncode}"
    installed.write_bytes(wanted)
    return ""


def main():
    """Exit status 0 also when they cannot be fetched: what needs them says so and does without."""
    source, work = (pathlib.Path(argument) for argument in sys.argv[1:])
    try:
        reason = reason_to_skip(source, work)
    except InstallationFailed as error:
        print(error, file=sys.stderr)
        return 1
    if reason:
        print(f"Without the packages of {source}: {reason}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
