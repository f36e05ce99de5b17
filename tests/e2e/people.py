"""People of the sandbox's workspace: what they do, and the messages as they see them."""

import datetime
import re
import zoneinfo

from programs import ControlRefused


class Message:
    """One message as a person sees it."""

    def __init__(self, channel, seen):
        self.channel = channel
        self.seen = seen
        self.ts = seen["ts"]
        self.is_ephemeral = seen["ephemeral"]
        self.author = seen["user"]

    @property
    def key(self):
        """What tells it from every other message."""
        return (self.channel, self.ts)

    @property
    def at(self):
        """When it was posted: simulated Unix time."""
        return float(self.ts)

    @property
    def kind(self):
        """What the app says it is (ackd_card, ackd_nudge, …); empty when it says nothing."""
        return self.seen.get("metadata", {}).get("event_type", "")

    @property
    def post_id(self):
        """The app's own number of the post."""
        return self.seen.get("metadata", {}).get("event_payload", {}).get("post_id", "")

    @property
    def text(self):
        """What is to be read in it, without its controls."""
        blocks = self.seen.get("blocks")
        return "\n".join(lines_of(blocks)) if blocks else self.seen["text"]

    def buttons(self):
        """The labels of what can be pressed or chosen, by action id."""
        labels = {}
        for element in controls_of(self.seen.get("blocks") or []):
            label = element.get("text") or element.get("placeholder") or {"text": "⋯"}
            labels[element["action_id"]] = label["text"]
        return labels

    def choices(self, action_id):
        """The values of a menu, by their label."""
        for element in controls_of(self.seen.get("blocks") or []):
            if element["action_id"] == action_id:
                return {option["text"]["text"]: option["value"] for option in element.get("options", [])}
        return {}

    def __repr__(self):
        said = self.text.replace("\n", " / ")
        kind = self.kind or ("ephemeral" if self.is_ephemeral else "message")
        return f"{self.channel} {self.ts} {kind}: {said if len(said) < 300 else said[:300] + '…'}"


def lines_of(blocks):
    """The text of blocks, line by line."""
    lines = []
    for block in blocks:
        if block["type"] == "section":
            lines += block["text"]["text"].split("\n")
        elif block["type"] == "context":
            for element in block["elements"]:
                lines += element["text"].split("\n")
        elif block["type"] == "divider":
            lines.append("")
    return lines


def controls_of(blocks):
    """Every button and menu."""
    for block in blocks:
        if block["type"] == "actions":
            yield from block["elements"]


class Person:
    """Somebody of the workspace, by handle."""

    def __init__(self, sandbox, handle, tz="Etc/UTC"):
        self.sandbox = sandbox
        self.handle = handle
        self.zone = zoneinfo.ZoneInfo(tz)

    def types(self, line, channel="#general"):
        """A slash command; the private answer as a message (nothing: there was none)."""
        command, _, text = line.partition(" ")
        answer = self.sandbox.call("command", channel=channel, user=self.handle, command=command, text=text)
        if answer.get("answer") is None:
            return None
        return self._find(channel, answer["ts"])

    def _find(self, channel, ts):
        view = self.sandbox.call("view", channel=channel, user=self.handle, limit=10_000)
        for seen in with_replies(view["messages"]):
            if seen["ts"] == ts:
                return Message(view["channel"]["id"], seen)
        raise ControlRefused(f"{self.handle} does not see {ts} in {channel}")

    def sees(self, message):
        """The message as it is now."""
        return self._find(message.channel, message.ts)

    def says(self, text, channel="#general", thread=None):
        """Posts; the new message."""
        body = {"channel": channel, "user": self.handle, "text": text}
        if thread is not None:
            body["thread_ts"] = thread.ts
        return self._find(channel, self.sandbox.call("post", **body)["ts"])

    def edits(self, message, text):
        """Changes a message of theirs."""
        self.sandbox.call("edit", channel=message.channel, ts=message.ts, text=text)

    def deletes(self, message):
        """Takes a message away."""
        self.sandbox.call("delete", channel=message.channel, ts=message.ts)

    def reacts(self, message, emoji, remove=False):
        """Adds a reaction, or takes it back."""
        self.sandbox.call(
            "react", channel=message.channel, ts=message.ts, user=self.handle, name=emoji, remove=remove
        )

    def presses(self, message, action_id, choice=None):
        """A button, or a choice of a menu by its label."""
        body = {"channel": message.channel, "ts": message.ts, "user": self.handle, "action_id": action_id}
        if choice is not None:
            body["selected"] = self.sees(message).choices(action_id)[choice]
        self.sandbox.call("press", **body)

    def inbox(self):
        """Their conversation with the app: the app's messages, oldest first."""
        return [message for message in self.conversation() if message.author == self.app_id()]

    def conversation(self):
        """The same with what they said themselves."""
        inbox = self.sandbox.call("inbox", user=self.handle, limit=10_000)
        return [Message(inbox["channel"], seen) for seen in with_replies(inbox["messages"])]

    def app_id(self):
        """The user id under which the app speaks."""
        return "U0ACKD"

    def gets(self, contains, timeout=10.0, since="0.000000"):
        """The direct messages that say so, as soon as there is one."""
        found = self.sandbox.expect(contains, timeout, user=self.handle, since=since)
        ids = {message.ts: message for message in self.inbox()}
        return [ids[seen["ts"]] for seen in found if seen["ts"] in ids]

    def local(self, simulated):
        """That instant on their wall."""
        return datetime.datetime.fromtimestamp(simulated, self.zone)

    def is_at_work(self, simulated, grace_seconds=0.0):
        """Monday to Friday, 9 to 17 where they are (and so much later)."""
        local = self.local(simulated)
        late = self.local(simulated - grace_seconds)
        return any(each.weekday() < 5 and 9 <= each.hour < 17 for each in (local, late))


def with_replies(messages):
    """Messages and the replies below them, flat, oldest first."""
    flat = []
    for message in messages:
        flat.append(message)
        flat += message.get("replies", [])
    return sorted(flat, key=lambda message: float(message["ts"]))


def everything_from_app(sandbox):
    """Every message of the app that anybody sees, ephemeral ones included: {key: message}."""
    workspace = sandbox.call("workspace")
    app = workspace["app"]["bot_user"]
    by_id = {user["id"]: user for user in workspace["users"]}
    found = {}

    def take(channel, messages):
        for seen in with_replies(messages):
            if seen["user"] == app:
                found[(channel, seen["ts"])] = Message(channel, seen)

    for channel in workspace["channels"]:
        readers = [channel["user"]] if channel["kind"] == "im" else channel["members"]
        for reader in readers:
            if reader == app or by_id[reader].get("deleted"):
                continue
            if channel["kind"] == "im":
                take(channel["id"], sandbox.call("inbox", user=reader, limit=10_000)["messages"])
            else:
                take(channel["id"], sandbox.call("view", channel=channel["id"], user=reader, limit=10_000)["messages"])
    return found


def plain(markup):
    """Markup as it reads: names instead of ids where they are shown, no decoration."""
    text = re.sub(r"<https?://[^|>]*\|([^>]*)>", r"\1", markup)
    text = re.sub(r"<!date\^\d+\^[^|]*\|([^>]*)>", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
