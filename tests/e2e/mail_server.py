"""A real mail server for the tests: Debian's Exim, unprivileged, on a port of this machine, with a certificate of its
own, STARTTLS, and a user who must log in. What it takes lies in a folder, a file a mail.
"""

import email
import email.policy
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

from programs import PATIENCE, end_process, free_port, start_process

USER = "ackd"
PASSWORD = "what-the-server-and-we-know"

CONFIG = """
exim_user = {uid}
exim_group = {gid}
admin_groups = {gid}
primary_hostname = mail.example.com
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/exim.pid
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
keep_environment =
queue_only = false
deliver_drop_privilege = true
hosts_treat_as_local = mail.example.com
tls_advertise_hosts = {tls_hosts}
tls_certificate = {folder}/server.pem
tls_privatekey = {folder}/server.key
auth_advertise_hosts = ${{if def:tls_in_cipher {{*}}{{}}}}
acl_smtp_rcpt = who_may_send

begin acl
who_may_send:
  deny local_parts = nobody
       message = there is no such person here
  defer local_parts = later
       message = come again
  accept authenticated = *
  deny message = log in first

begin routers
everybody:
  driver = accept
  transport = to_folder

begin transports
to_folder:
  driver = appendfile
  directory = {folder}/mail
  maildir_format
  user = {uid}
  group = {gid}
  create_directory
  delivery_date_add
  envelope_to_add

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


def exim_program():
    """Debian's, or nothing."""
    return shutil.which("exim4", path=os.environ.get("PATH", "") + ":/usr/sbin")


def make_certificate(folder):
    """Of an authority that only the tests know: the server's, for 127.0.0.1, signed by itself."""
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mail.example.com",
            "-addext", "subjectAltName=IP:127.0.0.1,DNS:mail.example.com",
            "-keyout", folder / "server.key", "-out", folder / "server.pem",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


class MailServer:
    """Running until `end`."""

    def __init__(self, offers_tls=True):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ackd-mail-"))
        self.port = free_port()
        self.certificate = self.folder / "server.pem"
        make_certificate(self.folder)
        # A copy is not setuid. Exim delivers nothing as root, so there it is somebody without any rights.
        program = shutil.copy(exim_program(), self.folder / "exim")
        owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        config = self.folder / "exim.conf"
        config.write_text(
            CONFIG.format(
                uid=owner.pw_uid, gid=owner.pw_gid, folder=self.folder, port=self.port,
                tls_hosts="*" if offers_tls else ":", user=USER, password=PASSWORD,
            ),
            encoding="utf-8",
        )  # fmt: skip
        for path in (self.folder, *self.folder.iterdir()):
            shutil.chown(path, owner.pw_uid, owner.pw_gid)
        options = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        with open(self.folder / "output", "wb") as output:
            self.process = start_process(
                [program, "-C", config, "-bdf"], stdout=output, stderr=output, cwd=self.folder, **options
            )
        self._wait_until_listening()

    def _wait_until_listening(self):
        deadline = time.monotonic() + 20 * PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError as error:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"the mail server did not start: {self.log()}") from error
            time.sleep(0.02)

    def log(self):
        """What it said, wherever it said it."""
        return "".join(
            path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(self.folder.glob("*log")) + [self.folder / "output"]
            if path.exists()
        )

    def mails(self, count=1):
        """So many, the oldest first, as soon as they are there."""
        deadline = time.monotonic() + 20 * PATIENCE
        while True:
            files = sorted((self.folder / "mail" / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns)
            if len(files) >= count:
                break
            assert time.monotonic() < deadline, f"{len(files)} of {count} mails came: {self.log()}"
            time.sleep(0.02)
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]

    def end(self):
        """Ends it, and forgets what it took."""
        end_process(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)
