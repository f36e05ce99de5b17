"""What ackd says, and what the sandbox sends, has the types that Slack's SDK gives it."""

import bisect
import json
import os
import pathlib
import re
import subprocess
import unittest

from request_rules import read_records

WORK = pathlib.Path(os.environ["ACKD_CONFORMANCE_DIR"])  # where node_modules is
ARGUMENTS = {
    "blocks": "KnownBlock[]", "view": "View", "metadata": "MessageMetadata", "attachments": "MessageAttachment[]",
}  # fmt: skip

INTERACTIONS = {
    "SlashCommand", "BlockAction", "ViewSubmitAction", "ViewClosedAction", "GlobalShortcut", "MessageShortcut",
}  # fmt: skip

# What differs from one payload to the next without making them different in kind.
FREE = {
    "text", "value", "block_id", "url", "alt_text", "private_metadata", "post_id", "external_id", "callback_id", "ts",
    "event_ts", "message_ts", "thread_ts", "action_ts", "trigger_id", "response_url", "event_id", "event_context",
    "client_msg_id", "hash", "id", "view_id", "root_view_id", "previous_view_id", "command",
}  # fmt: skip

UNDEFINED = "(undefined)"
PREAMBLE = """\
import type { KnownBlock, MessageAttachment, MessageMetadata, View } from '@slack/types';
import type * as slack from '@slack/types';
import type * as bolt from '@slack/bolt';
import type * as webApi from '@slack/web-api';
// Of answers, the SDK knows neither that text is just text (it has enums) nor that what is not there may be null.
type Answer<T> = null | (T extends string ? string : T extends object ? { [K in keyof T]: Answer<T[K]> } : T);
type Open<T> = T extends object ? { -readonly [K in keyof T]: Open<T[K]> } : T;
// A value whose own type is as narrow as can be, and which may have more members than its target asks for.
declare function received<const T>(value: T): Open<T>;
"""


def shape(value, name=""):
    """The value with everything that has no influence on its type made equal, so that one of each kind remains."""
    if isinstance(value, dict):
        return {key: shape(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(each, name) for each in value]
    if isinstance(value, str):
        return "…" if name in FREE else value
    return 0 if isinstance(value, (int, float)) and not isinstance(value, bool) else value


class Examples:
    """One value of each type and shape."""

    def __init__(self):
        self._found = {}

    def add(self, kind, value):
        """Keeps it when there is none like it."""
        self._found.setdefault((kind, json.dumps(shape(value), sort_keys=True)), value)

    def kinds(self):
        """The types of which there is a value."""
        return {kind for kind, _ in self._found}

    def typed(self):
        """[(type, value)…]."""
        return [(kind, value) for (kind, _), value in sorted(self._found.items())]


def wrong_ones(name, typed, form="{}"):
    """What tsc says of the values [(type, value)…]: {number of the value: first error}. Number -1 is none of them."""
    lines = PREAMBLE.splitlines()
    begins = []
    for number, (kind, value) in enumerate(typed):
        begins.append(len(lines) + 1)
        text = form.format(json.dumps(value, ensure_ascii=False, indent=1).replace(f'"{UNDEFINED}"', "undefined"))
        lines += f"export const value{number}: {kind} = {text};".split("\n")
    (WORK / f"{name}.ts").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = subprocess.run(
        ["node", "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext",
         "--types", "node", f"{name}.ts"],
        cwd=WORK, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = {}
    # An error is a line with its place and indented ones with the reason, the innermost last.
    for line, error in re.findall(rf"^{name}\.ts\((\d+),\d+\): (error .*(?:\n  .*)*)", done.stdout, re.MULTILINE):
        found.setdefault(bisect.bisect_right(begins, int(line)) - 1, error.splitlines()[-1].strip())
    if done.returncode and not found:
        found[-1] = done.stdout + done.stderr
    return found


def as_the_sdk_says(kind, body):
    """(the SDK's type, the value), bent where the SDK's types are narrower than Slack is."""
    if kind == "EnvelopedEvent":
        kind = f"EnvelopedEvent<Extract<slack.SlackEvent, {{ type: '{body['event']['type']}' }}>>"
    # No Enterprise Grid is null, not absence; a press in a view has no response URL; some join on their own, and private
    # channels too; the messages in an event have no channel of their own.
    body = {name: member for name, member in body.items() if name != "enterprise" or member}
    if body.get("container", {}).get("type") == "view":
        body["response_url"] = ""
    event = body.get("event", {})
    if event.get("subtype") in ("channel_join", "group_join"):
        body["event"] = {"inviter": "U0ADA", **event, "subtype": "channel_join"}
    if event.get("type") == "message":
        place = {name: event[name] for name in ("channel", "channel_type", "event_ts")}
        for name in {"message", "previous_message", "root"} & event.keys():
            body["event"] = {**body["event"], name: {**place, **event[name]}}
    return f"bolt.{kind}", with_subtypes(body)


def with_subtypes(value):
    """A message without a subtype says so: the SDK's types ask for an undefined one, and know of no tombstones."""
    if isinstance(value, list):
        return [with_subtypes(each) for each in value]
    if not isinstance(value, dict):
        return value
    value = {name: with_subtypes(each) for name, each in value.items()}
    if value.get("type") == "message" and value.get("subtype", "tombstone") == "tombstone":
        value["subtype"] = UNDEFINED
    return value


class Types(unittest.TestCase):
    """tsc is the judge."""

    maxDiff = None

    def assert_right(self, name, typed, form="{}"):
        """Every one compiles; else it is shown with the error."""
        wrong = wrong_ones(name, typed, form)
        self.assertEqual({number: (error, typed[number]) for number, error in wrong.items()}, {})

    def test_the_compiler_sees_blocks_that_are_wrong(self):
        text = {"type": "mrkdwn", "text": "x"}
        typed = [
            ("KnownBlock[]", blocks)
            for blocks in (
                [{"type": "section", "text": text}],
                [{"type": "sektion", "text": text}],
                [{"type": "section", "text": {"type": "markdown", "text": "x"}}],
                [{"type": "section", "text": "x"}],
                [{"type": "section", "txt": text}],
                [{"type": "actions", "elements": [{"type": "button", "text": text}]}],
            )
        ]
        self.assertEqual(sorted(wrong_ones("wrong", typed)), [1, 2, 3, 4, 5])

    def test_what_the_sandbox_sends(self):
        found = Examples()
        for source in ("sockets", "http", "tour"):
            for each in json.loads((WORK / f"received-{source}.json").read_text(encoding="utf-8")):
                found.add(*as_the_sdk_says(each["type"], each["body"]))
        self.assertGreaterEqual(found.kinds(), {f"bolt.{name}" for name in INTERACTIONS})
        self.assert_right("received", found.typed(), "received({})")
        for kind, value in found.typed()[:1]:
            self.assertIn(0, wrong_ones("wrong", [(kind, {**value, "api_app_id": 7})], "received({})"))

    def test_what_the_sandbox_answers(self):
        found = Examples()
        for each in json.loads((WORK / "answers.json").read_text(encoding="utf-8")):
            name = "".join(word[0].upper() + word[1:] for word in each["method"].split("."))
            found.add(f"Answer<webApi.{name}Response>", each["body"])
        self.assert_right("answers", found.typed(), "received({})")

    def test_what_ackd_says(self):
        found = Examples()
        for record in read_records(os.environ["ACKD_RECORD_DIR"]):
            for name, kind in ARGUMENTS.items():
                given = record["parsed"].get(name, record["arguments"].get(name))
                if isinstance(given, (dict, list)):
                    found.add(kind, given)
        self.assertLessEqual({"KnownBlock[]", "MessageMetadata"}, found.kinds())
        self.assert_right("recorded", found.typed())
