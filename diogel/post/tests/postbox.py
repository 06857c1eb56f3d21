"""A mail server on this machine for tests: it takes letters, and stops where a test wants it to."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_string
from email.message import Message
from typing import Any


class Postbox(socketserver.ThreadingTCPServer):
    """Listens on a free port. `answers` gives other answers by verb (`"DATA end"` is the one after the content); at the verb in
    `holds_at` it says nothing until `release` is set, and `reached` tells that it has come there."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, *, answers: dict[str, str] | None = None, holds_at: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers, self.holds_at = answers or {}, holds_at
        self.reached, self.release = threading.Event(), threading.Event()
        self.taken: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def letters(self) -> list[Message]:
        return [message_from_string(each) for each in self.taken]

    def __exit__(self, *args: Any) -> None:
        self.release.set()
        self.shutdown()
        super().__exit__(*args)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who is killed in the middle hangs up: that is what these tests are about."""


class _Talk(socketserver.StreamRequestHandler):
    server: Postbox

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line.decode().split()[0].split(":")[0].upper() if line.strip() else ""
            answer = self._hold(verb) or self.server.answers.get(verb, "354 go on" if verb == "DATA" else "250 ok")
            if answer == "hang up":
                return
            self._say("221 bye" if verb == "QUIT" else answer)
            if verb == "QUIT":
                return
            if verb == "DATA" and answer.startswith("354"):
                self._take()

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode())
        if not line:  # broken off before the end: it was never taken
            return
        self.server.taken.append("".join(lines))
        answer = self._hold("DATA end") or self.server.answers.get("DATA end", "250 taken")
        if answer != "hang up":
            self._say(answer)

    def _hold(self, verb: str) -> str:
        if verb == self.server.holds_at:
            self.server.reached.set()
            self.server.release.wait(20)
        return ""

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())
