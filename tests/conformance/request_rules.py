"""Whether a request that the sandbox has recorded is one that Slack would take: its method, encoding and arguments.

A record is what `ackd-sandbox serve --record` writes (sandbox/web_api/request_record.hpp). A table says what the methods take:
the project's own, slack_methods.json, or one in the form of Slack's OpenAPI description.
"""

import json
import pathlib
import re

OWN_TABLE = pathlib.Path(__file__).resolve().parent / "slack_methods.json"

TYPES = {
    "text": lambda given, _: isinstance(given, str) and given != "",
    "flag": lambda given, _: given in ("true", "false") or isinstance(given, bool),
    "number": lambda given, _: re.fullmatch(r"\d+", str(given)) is not None and not isinstance(given, bool),
    "ts": lambda given, _: isinstance(given, str) and re.fullmatch(r"\d{10}\.\d{6}", given) is not None,
    "bound": lambda given, _: re.fullmatch(r"\d{1,10}(\.\d{1,6})?", str(given)) is not None,
    "list": lambda given, _: isinstance(given, str) and re.fullmatch(r"[A-Z0-9]+(,[A-Z0-9]+)*", given) is not None,
    "array": lambda given, parsed: isinstance(given if parsed is None else parsed, list),
    "object": lambda given, parsed: isinstance(given if parsed is None else parsed, dict),
}

# The OpenAPI description calls JSON in a form "string".
OPENAPI_TYPES = {
    "string": lambda given: not isinstance(given, bool),
    "boolean": lambda given: given in ("true", "false", "0", "1") or isinstance(given, bool),
    "integer": lambda given: re.fullmatch(r"-?\d+", str(given)) is not None,
    "number": lambda given: re.fullmatch(r"-?\d+(\.\d+)?", str(given)) is not None,
}


def own_table():
    """slack_methods.json."""
    table = json.loads(OWN_TABLE.read_text(encoding="utf-8"))
    del table["_about"]
    return table


def problems(record, table):
    """What is wrong with the request by the project's own table: texts, none when all is well."""
    rule = table.get(record["method"])
    if rule is None:
        return ["there is no such method in the table"]
    found = []
    if record["verb"] == "GET" and not rule.get("get"):
        found.append("must be a POST")
    if record["encoding"] == "broken":
        found.append("its body cannot be read")
    if record["encoding"] == "json" and not rule.get("json"):
        found.append("does not take a JSON body")
    if record["encoding"] == "form" and not rule.get("form", True):
        found.append("does not take a form")
    if record["encoding"] == "json" and "charset=utf-8" not in record["content_type"].lower():
        found.append("a JSON body must name its charset")
    if record["token"] != rule["token"]:
        found.append(f"takes the token {rule['token']}, not {record['token']}")
    arguments = record["arguments"]
    found += [f"{name} is missing" for name in rule.get("required", []) if arguments.get(name) in (None, "")]
    found += [
        f"one of {', '.join(names)} is missing"
        for names in rule.get("one_of", [])
        if not arguments.get("delete_original") and not any(arguments.get(name) for name in names)
    ]
    for name, given in arguments.items():
        kind = rule["arguments"].get(name)
        if kind is None:
            found.append(f"{name} is not an argument")
        elif not TYPES[kind](given, record["parsed"].get(name)):
            found.append(f"{name} is not of type {kind}: {given!r:.60}")
    return found


def openapi_problems(record, methods, table):
    """The same by Slack's OpenAPI description, which is older than the project's table: an argument that only the latter
    has is fine, and so is a method."""
    described = methods.get(record["method"])
    if described is None:
        return [] if record["method"] in table else ["there is no such method in either table"]
    found = []
    if record["encoding"] == "json" and "application/json" not in described["content_types"]:
        found.append("does not take a JSON body")
    arguments = record["arguments"]
    found += [f"{name} is missing" for name in described["required"] if arguments.get(name) in (None, "")]
    types = {**described["optional"], **described["required"]}
    newer = table.get(record["method"], {}).get("arguments", {})
    for name, given in arguments.items():
        if name in types:
            if not OPENAPI_TYPES[types[name]](given):
                found.append(f"{name} is not of type {types[name]}: {given!r:.60}")
        elif name not in newer:
            found.append(f"{name} is not an argument")
    return found


def read_records(folder):
    """Every record of the folder's files."""
    for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)
