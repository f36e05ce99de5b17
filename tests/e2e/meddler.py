"""A peer between ackd and the sandbox that passes Web API calls on and changes the answers as it was told; and
WebSockets that behave as no sandbox does. In TLS, if it is given a certificate."""

import base64
import contextlib
import hashlib
import http.client
import http.server
import json
import pathlib
import ssl
import subprocess
import threading
import urllib.parse

CLOSE, PING = 0x8, 0x9
HELLO = {"type": "hello", "num_connections": 1, "debug_info": {"approximate_connection_time": 3600}}


class Answer:
    """An answer on its way, to be changed."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def set(self, name, value):
        """Replaces a header; None takes it away."""
        self.headers = {key: held for key, held in self.headers.items() if key.lower() != name.lower()}
        if value is not None:
            self.headers[name] = value

    def say(self, status=200, **body):
        """Another answer altogether."""
        self.status = status
        self.body = json.dumps(body).encode()


class Meddler:
    """`edits`: by method, what is done to its Answer. The WebSockets are at `socket_url(behaviour)`."""

    def __init__(self, api, edits=None, certificate=None):
        upstream = urllib.parse.urlsplit(api)
        self.upstream = (upstream.hostname, upstream.port)
        self.edits = edits or {}
        self.opcodes = []  # of the frames that came over WebSockets
        meddler = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                meddler.pass_on(self)

            def do_GET(self):
                meddler.speak(self)

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                """Whoever hangs up in the middle is not worth a word."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.api = f"http://127.0.0.1:{self.port}/api/"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.chain, certificate.key)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.api = f"https://localhost:{self.port}/api/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        """No more connections."""
        self.server.shutdown()
        self.server.server_close()

    def socket_url(self, behaviour):
        """For the answer of apps.connections.open."""
        return f"ws://127.0.0.1:{self.port}/link/{behaviour}?ticket=1"

    def pass_on(self, handler):
        """One call."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        method = handler.path.rpartition("/")[2]
        upstream = http.client.HTTPConnection(*self.upstream, timeout=30)
        wanted = ("authorization", "content-type")
        headers = {name: value for name, value in handler.headers.items() if name.lower() in wanted}
        upstream.request("POST", handler.path, body, headers)
        response = upstream.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read())
        upstream.close()
        self.edits.get(method, lambda _: None)(answer)
        handler.send_response_only(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        handler.wfile.write(answer.body)

    def speak(self, handler):
        """One WebSocket."""
        behaviour = urllib.parse.urlsplit(handler.path).path.rpartition("/")[2]
        handler.close_connection = True
        if behaviour == "refused":
            handler.send_error(408)
            return
        shake_hands(handler)
        with contextlib.suppress(OSError):
            if behaviour == "deaf":
                handler.wfile.write(text_frame(HELLO))
            if behaviour in ("too_many_websockets", "link_disabled"):
                handler.wfile.write(text_frame({"type": "disconnect", "reason": behaviour}))
            if behaviour != "short":
                self.listen(handler)

    def listen(self, handler):
        """Notes the frames that ackd sends, until it closes or hangs up; pings are not answered."""
        while len(head := handler.rfile.read(2)) == 2:
            opcode, length = head[0] & 0x0F, head[1] & 0x7F
            handler.rfile.read(4 + length)
            self.opcodes.append(opcode)
            if opcode == CLOSE:
                handler.wfile.write(bytes([0x80 | CLOSE, 0]))
                return


def shake_hands(handler):
    """The server's half of RFC 6455's opening."""
    key = handler.headers["Sec-WebSocket-Key"].encode()
    accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()).decode()
    handler.send_response_only(101)
    for name, value in (("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", accept)):
        handler.send_header(name, value)
    handler.end_headers()


def text_frame(message):
    """One unmasked frame."""
    data = json.dumps(message).encode()
    head = bytes([0x81, len(data)]) if len(data) < 126 else bytes([0x81, 126]) + len(data).to_bytes(2, "big")
    return head + data


class Certificate:
    """A key and a certificate for a host, by an authority of its own. Made by openssl."""

    def __init__(self, folder, host="localhost", days=90):
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True)
        self.key = folder / "key.pem"
        self.chain = folder / "certificate.pem"
        self.authority = folder / "authority.pem"
        authority_key = folder / "authority-key.pem"
        request = folder / "request.pem"
        extensions = folder / "extensions"
        extensions.write_text(f"subjectAltName=DNS:{host}\n", encoding="utf-8")
        new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        openssl("req", "-x509", *new_key, "-days", "400", "-subj", "/CN=an authority", "-keyout", authority_key,
                "-out", self.authority)  # fmt: skip
        openssl("req", *new_key, "-subj", f"/CN={host}", "-keyout", self.key, "-out", request)
        openssl("x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", authority_key, "-CAcreateserial",
                "-days", str(days), "-extfile", extensions, "-out", self.chain)  # fmt: skip

    @property
    def trusted(self):
        """The environment in which it is trusted."""
        return {"SSL_CERT_FILE": str(self.authority), "SSL_CERT_DIR": "/nonexistent"}


def openssl(*arguments):
    """Runs it; what it prints is shown when it fails."""
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"openssl {arguments[0]}: {done.stderr}")
