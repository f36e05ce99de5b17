"""Every request that ackd made while the end-to-end tests ran is one that Slack takes."""

import collections
import json
import os
import pathlib
import unittest

from request_rules import openapi_problems, own_table, problems, read_records

RECORDS = os.environ["ACKD_RECORD_DIR"]
# What a run of the main job cannot do without. A record without them is not worth judging.
MUST_BE_THERE = {
    "apps.connections.open", "chat.postEphemeral", "chat.postMessage", "chat.update", "users.list", "usergroups.list",
}  # fmt: skip


def record(method="chat.postMessage", **changes):
    """A good request, but for the changes."""
    return {
        "method": method, "verb": "POST", "encoding": "form", "content_type": "application/x-www-form-urlencoded",
        "token": "bot", "arguments": {"channel": "C1", "text": "x"}, "parsed": {}, **changes,
    }  # fmt: skip


class TheRules(unittest.TestCase):
    """What is wrong is seen."""

    def test_each_mistake_has_its_own_text(self):
        table = own_table()
        json_body = {"encoding": "json", "content_type": "application/json; charset=utf-8"}
        blocks = {"channel": "C1", "blocks": "[]"}
        rows = [
            (record(), []),
            (record("chat.shout"), ["there is no such method in the table"]),
            (record(verb="GET"), ["must be a POST"]),
            (record(encoding="broken"), ["its body cannot be read"]),
            (record(**json_body), []),
            (record(**{**json_body, "content_type": "application/json"}), ["a JSON body must name its charset"]),
            (record("users.info", arguments={"user": "U1"}, **json_body), ["does not take a JSON body"]),
            (record("response_url", token="none", arguments={"text": "x"}), ["does not take a form"]),
            (record(token="app"), ["takes the token bot, not app"]),
            (record(arguments={"text": "x"}), ["channel is missing"]),
            (record(arguments={"channel": "C1"}), ["one of text, blocks, attachments, markdown_text is missing"]),
            (record(arguments={"channel": "C1", "text": "x", "thread": "1"}), ["thread is not an argument"]),
            (record(arguments={"channel": "C1", "text": "x", "token": "xoxb-1"}), ["token is not an argument"]),
            (record(arguments=blocks, parsed={"blocks": []}), []),
            (record(arguments=blocks, parsed={"blocks": {}}), ["blocks is not of type array: '[]'"]),
            (
                record(arguments={"channel": "C1", "text": "x", "thread_ts": "1700000000.1"}),
                ["thread_ts is not of type ts: '1700000000.1'"],
            ),
            (
                record(arguments={"channel": "C1", "text": "x", "unfurl_links": "no"}),
                ["unfurl_links is not of type flag: 'no'"],
            ),
            (record("users.list", arguments={"limit": "many"}), ["limit is not of type number: 'many'"]),
            (record("conversations.open", arguments={"users": "U1, U2"}), ["users is not of type list: 'U1, U2'"]),
        ]
        for given, expected in rows:
            with self.subTest(given=given):
                self.assertEqual(problems(given, table), expected)

    def test_an_older_description_is_held_against_what_it_knows(self):
        methods = {
            "chat.postMessage": {
                "content_types": ["application/x-www-form-urlencoded"],
                "required": {"channel": "string"},
                "optional": {"text": "string", "link_names": "boolean"},
            }
        }
        arguments = {"channel": "C1", "text": "x"}
        rows = [
            (record(), []),
            (record("views.open"), []),
            (record("chat.shout"), ["there is no such method in either table"]),
            (record(encoding="json"), ["does not take a JSON body"]),
            (record(arguments={"text": "x"}), ["channel is missing"]),
            (record(arguments={**arguments, "metadata": "{}"}), []),
            (record(arguments={**arguments, "thread": "1"}), ["thread is not an argument"]),
            (record(arguments={**arguments, "link_names": "yes"}), ["link_names is not of type boolean: 'yes'"]),
        ]
        for given, expected in rows:
            with self.subTest(given=given):
                self.assertEqual(openapi_problems(given, methods, own_table()), expected)


class TheRecords(unittest.TestCase):
    """What ackd has really sent."""

    def judge(self, rule):
        """Fails with every kind of mistake, once each, and how often it was made."""
        wrong = collections.Counter()
        for each in read_records(RECORDS):
            for problem in rule(each):
                wrong[f"{each['method']}: {problem}"] += 1
        self.assertEqual(dict(wrong), {})

    def test_the_main_job_is_in_the_records(self):
        methods = {each["method"] for each in read_records(RECORDS)}
        self.assertEqual(MUST_BE_THERE - methods, set())

    def test_every_request_is_right_by_the_own_table(self):
        table = own_table()
        self.judge(lambda each: problems(each, table))

    @unittest.skipUnless(os.environ.get("ACKD_SLACK_METHODS"), "ACKD_SLACK_METHODS names no file")
    def test_every_request_is_right_by_slacks_description(self):
        path = pathlib.Path(os.environ["ACKD_SLACK_METHODS"])
        methods = json.loads(path.read_text(encoding="utf-8"))["methods"]
        table = own_table()
        self.judge(lambda each: openapi_problems(each, methods, table))
