"""A peer that speaks Slack's protocol up to the WebSocket, and then nonsense: the daemon says so and goes on."""

import base64
import contextlib
import hashlib
import json
import os
import socket
import threading
import unittest

from harness import TestCase

TEXT, BINARY, CLOSE, PING = 0x1, 0x2, 0x8, 0x9
HELLO = json.dumps({"type": "hello", "num_connections": 1, "debug_info": {"approximate_connection_time": 3600}})
MEMBER = {"id": "U0ADA", "name": "ada", "profile": {"display_name": "ada"}, "tz": "Etc/UTC", "team_id": "T0"}


def frame(payload, opcode=TEXT, first=0x80, mask=b""):
    """One WebSocket frame, as a server sends it (unmasked, unless it is told to be wrong)."""
    data = payload if isinstance(payload, bytes) else payload.encode()
    masked = 0x80 if mask else 0
    if len(data) < 126:
        head = bytes([first | opcode, masked | len(data)])
    elif len(data) < 65536:
        head = bytes([first | opcode, masked | 126]) + len(data).to_bytes(2, "big")
    else:
        head = bytes([first | opcode, masked | 127]) + len(data).to_bytes(8, "big")
    return head + mask + data


class HostilePeer:
    """The least of Slack that makes the daemon open a socket, on which it then sends what it was given."""

    def __init__(self, chunks):
        self.chunks = chunks
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.sockets_opened = 0
        self.another_socket = threading.Condition()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def api(self):
        """The address for SLACK_API_URL."""
        return f"http://127.0.0.1:{self.port}/api/"

    def close(self):
        """No more connections."""
        self.server.close()

    def wait_sockets(self, count, timeout=30.0):
        """Until the daemon has opened so many."""
        with self.another_socket:
            return self.another_socket.wait_for(lambda: self.sockets_opened >= count, timeout)

    def _accept(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            reader = connection.makefile("rb")
            while True:
                request = reader.readline().split()
                if len(request) < 2:
                    return
                headers = {}
                while (line := reader.readline().strip()):
                    name, _, value = line.partition(b":")
                    headers[name.lower()] = value.strip()
                reader.read(int(headers.get(b"content-length", 0)))
                if b"sec-websocket-key" in headers:
                    self._speak(connection, reader, headers[b"sec-websocket-key"])
                    return
                answer = json.dumps(self._answer(request[1].rpartition(b"/")[2])).encode()
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    b"Content-Length: %d\r\n\r\n%s" % (len(answer), answer)
                )

    def _answer(self, method):
        if method == b"auth.test":
            return {"ok": True, "url": "https://x.slack.com/", "team": "x", "user": "ackd", "team_id": "T0",
                    "user_id": "U0ACKD", "bot_id": "B0ACKD"}  # fmt: skip
        if method == b"users.list":
            return {"ok": True, "members": [MEMBER], "response_metadata": {"next_cursor": ""}}
        if method == b"apps.connections.open":
            return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link/?ticket=1"}
        return {"ok": True, "usergroups": []}

    def _speak(self, connection, reader, key):
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: %s\r\n\r\n" % accept
        )
        connection.sendall(frame(HELLO))
        with self.another_socket:
            self.sockets_opened += 1
            self.another_socket.notify_all()
        for chunk in self.chunks:
            connection.sendall(chunk)
        reader.read()  # until the daemon hangs up


def events(*bodies):
    """Envelopes around payloads that are not what they should be."""
    return [
        frame(json.dumps({"type": "events_api", "envelope_id": f"e{number}", "accepts_response_payload": False,
                          "payload": body}))  # fmt: skip
        for number, body in enumerate(bodies)
    ]


class WhatAPeerMaySend(TestCase):
    """No bytes from the network crash it or stop the loop."""

    def lives_through(self, chunks, *log_patterns):
        """The daemon gets the bytes, says something, and still ends as it should."""
        peer = HostilePeer(chunks)
        self.addCleanup(peer.close)
        number = len(self._daemons)
        daemon = self.make_daemon(name=f"state{number}", api=peer.api).start()
        for pattern in log_patterns:
            daemon.wait_log(pattern, 20)
        self.assertTrue(peer.wait_sockets(1), daemon.log_text())
        self.assertTrue(daemon.is_running(), daemon.log_text())
        self.assertEqual(daemon.terminate(), 0, daemon.log_text())

    def test_text_that_is_no_json(self):
        self.lives_through([frame("{"), frame(""), frame("]" * 1000), frame("[" * 100_000)], "event=frame_malformed")

    def test_envelopes_of_the_wrong_shape(self):
        shapes = ["[]", "null", '"x"', "1e999", '{"type":7}', '{"envelope_id":{}}', '{"type":"events_api"}',
                  '{"type":"events_api","envelope_id":"e","payload":17}', '{"type":"slash_commands","envelope_id":"e"}',
                  '{"type":"interactive","envelope_id":"e","payload":{"type":"block_actions","actions":[[]]}}',
                  '{"type":"disconnect","reason":[]}', '{"type":"hello","num_connections":"many"}']  # fmt: skip
        self.lives_through([frame(shape) for shape in shapes], "event=frame_malformed")

    def test_events_of_the_wrong_shape(self):
        self.lives_through(
            events(
                {"event": {"type": "message"}},
                {"event": {"type": "message", "ts": "never", "channel": 3, "text": {}}},
                {"event": {"type": "reaction_added", "item": "x", "user": None}},
                {"event": {"type": "user_change", "user": []}},
                {"event": {"type": "subteam_updated", "subteam": {"users": "all"}}},
                {"event": {"type": "message", "subtype": "message_changed", "message": 5}},
                {"event_id": "E1", "event": {"type": "message", "channel": "C" * 100_000, "ts": "1.1", "text": "\u0000"}},
            ),
            "event=socket_ready",
        )

    def test_bytes_that_are_no_frames(self):
        for chunk in (os.urandom(5000), b"\xff" * 200, frame("x", opcode=0x7), frame("x", first=0x70),
                      frame("x", opcode=PING, first=0x00), frame("p" * 200, opcode=PING), frame(b"\xff\xfe", opcode=TEXT),
                      frame("masked", mask=b"abcd"), frame("x", opcode=0x0)):  # fmt: skip
            with self.subTest(chunk=chunk[:12]):
                self.lives_through([chunk], "event=socket_lost")

    def test_a_message_that_never_ends(self):
        endless = [b"\x81\x7f" + (2**62).to_bytes(8, "big") + b"x" * 1_000_000]
        self.lives_through(endless, "event=socket_lost")

    def test_binary_frames_and_closing_are_taken_as_they_come(self):
        self.lives_through([frame(b"\x00\x01", BINARY)], "event=binary_frame_ignored")
        self.lives_through([frame(b"", CLOSE)], "event=socket_lost|event=socket_closed")


if __name__ == "__main__":
    unittest.main()
