"""GOV.UK Notify as its interface is described, on this machine for tests: it knows its key, keeps what it took, and stalls or errs where
a test wants it to."""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from diogel.post.notify import Notify

SERVICE, SECRET, TEMPLATE = (f"{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}" for digit in "123")
KEY = f"our key-{SERVICE}-{SECRET}"


class NotifyDesk(ThreadingHTTPServer):
    """Listens on a free port. `answers` gives other statuses to letters, one a letter, then 201; a status with a `+` takes the letter all
    the same. `holds_at` is `"before"` or `"after"` a letter is taken: there it says nothing until `release` is set, and `reached` tells
    that it has come there. `is_deaf` answers nothing that is asked of what it took."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(
        self, *, answers: tuple[str, ...] = (), holds_at: str = "", template: dict[str, str] | None = None, status: str = ""
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers, self.holds_at, self.is_deaf = list(answers), holds_at, False
        self.template = {"type": "email", "subject": "((subject))", "body": "((body))"} | (template or {})
        self.status = status or "delivered"
        self.reached, self.release = threading.Event(), threading.Event()
        self.taken: list[dict[str, Any]] = []
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def notify(self, key: str = KEY, timeout: float = 2.0) -> Notify:
        return Notify(key=key, template=TEMPLATE, site=self.site, timeout=timeout)

    def __exit__(self, *args: Any) -> None:
        self.release.set()
        self.shutdown()
        super().__exit__(*args)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who is killed in the middle, or tired of waiting, hangs up: that is what these tests are about."""


class _Talk(BaseHTTPRequestHandler):
    server: NotifyDesk

    def log_message(self, *_args: Any) -> None:
        """Nothing is written to the screen."""

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        self.server.asked.append(place.path)
        if not self._is_known():
            self._say(403)
        elif place.path.startswith("/v2/template/"):
            found = place.path.endswith(TEMPLATE)
            self._say(200 if found else 404, self.server.template if found else None)
        elif self.server.is_deaf:
            self._say(500)
        else:
            (reference,) = parse_qs(place.query)["reference"]
            held = [{"reference": each["reference"], "status": self.server.status} for each in self.server.taken]
            self._say(200, {"notifications": [each for each in held if each["reference"] == reference], "links": {}})

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(urlsplit(self.path).path)
        if not self._is_known():
            self._say(403)
            return
        self._hold("before")
        answer = self.server.answers.pop(0) if self.server.answers else "201"
        if answer in ("201",) or answer.endswith("+"):
            self.server.taken.append(said)
        self._hold("after")
        if answer != "hang up+":
            self._say(int(answer.rstrip("+")), {"id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": said.get("reference")})

    def _is_known(self) -> bool:
        """Whether the token is signed with the secret of this service, half a minute ago at most."""
        head, claims, signature = self.headers["Authorization"].removeprefix("Bearer ").split(".")
        told = json.loads(_unpacked(claims))
        right = hmac.digest(SECRET.encode(), f"{head}.{claims}".encode(), "sha256")
        is_fresh = abs(time.time() - told["iat"]) <= 30
        return is_fresh and json.loads(_unpacked(head))["alg"] == "HS256" and told["iss"] == SERVICE and right == _unpacked(signature)

    def _hold(self, where: str) -> None:
        if where == self.server.holds_at:
            self.server.reached.set()
            self.server.release.wait(20)

    def _say(self, status: int, told: Any = None) -> None:
        data = json.dumps(told if told is not None else {"status_code": status, "errors": [{"error": "X", "message": "x"}]}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
