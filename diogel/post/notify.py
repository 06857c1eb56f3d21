"""GOV.UK Notify over HTTP: one question at a time, and of each that got no answer whether it can have been heard.

Facts of the interface: https://docs.notifications.service.gov.uk/rest-api.html (keys, statuses, errors, limits)."""

from __future__ import annotations

import base64
import hmac
import json
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

SITE = "https://api.notifications.service.gov.uk"
ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
IDENTIFIER = 36
"""Characters of an identifier in its usual form; a key is its name, the service's identifier and the secret one, with hyphens between."""
MOST_BYTES = 8 << 20
"""Of an answer no more is read: a page of 250 letters is far below it."""


class NotHeard(Exception):
    """Notify cannot have acted on what was asked: it did not reach it whole."""


class NotAnswered(Exception):
    """Notify may have acted on what was asked; no answer came."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The status of HTTP, and what was told as JSON; nothing where it was none."""

    status: int
    told: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Notify:
    """One service of GOV.UK Notify: its key, the template that letters are put into, and where it answers. `timeout` in seconds."""

    key: str = field(repr=False)
    template: str
    site: str = SITE
    timeout: float = 10.0

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """One question and its answer, whatever the answer says. NotHeard or NotAnswered where none came. A redirect is an answer too:
        the key goes nowhere but where it was told to go."""
        place = urlsplit(self.site)
        line = _line(place.scheme, place.hostname or "", place.port, self.timeout)
        try:
            line.connect()
            data = json.dumps(body).encode() if body is not None else None
            headers = {"Authorization": f"Bearer {self.token(time.time())}", "Content-Type": "application/json"}
            line.request(method, place.path.rstrip("/") + path, body=data, headers=headers)
        except (OSError, HTTPException) as fault:
            line.close()
            raise NotHeard(type(fault).__name__) from None
        try:
            came = line.getresponse()
            return Answer(status=came.status, told=_told(came))
        except (OSError, HTTPException) as fault:
            raise NotAnswered(type(fault).__name__) from None
        finally:
            line.close()

    def letters_called(self, reference: str) -> Answer:
        """What Notify holds under one of our numbers; it keeps them for some days."""
        return self.ask("GET", f"/v2/notifications?reference={quote(reference, safe='')}")

    def post(self, *, to: str, subject: str, text: str, reference: str) -> Answer:
        """Hand one letter over; 201 is that Notify has it."""
        words = {"subject": subject, "body": plainly(text)}
        body = {"email_address": to, "template_id": self.template, "personalisation": words}
        return self.ask("POST", "/v2/notifications/email", body | ({"reference": reference} if reference else {}))

    def token(self, at: float) -> str:
        """What Notify knows us by for half a minute from `at` (seconds since 1970): a JSON Web Token, signed with the secret half of the
        key (RFC 7519, HS256)."""
        service, secret = self.key[-2 * IDENTIFIER - 1 : -IDENTIFIER - 1], self.key[-IDENTIFIER:]
        parts = ({"typ": "JWT", "alg": "HS256"}, {"iss": service, "iat": int(at)})
        said = ".".join(_packed(json.dumps(each, separators=(",", ":")).encode()) for each in parts)
        return f"{said}.{_packed(hmac.digest(secret.encode(), said.encode(), 'sha256'))}"


def plainly(text: str) -> str:
    """Text as Notify's marks of layout let it stand: a line that begins with a number would be counted anew from one, and brackets
    would make links."""
    text = re.sub(r"(?m)^(\s*\d+)\.", r"\1\\.", re.sub(r"([\[\]\\])", r"\\\1", text))
    return re.sub(r"(?m)^(\s*)([-*#+])", r"\1\\\2", text)


def told_by(environment: Mapping[str, str]) -> Notify | None:
    """The service that DIOGEL_NOTIFY_KEY, DIOGEL_NOTIFY_TEMPLATE and, where it answers elsewhere, DIOGEL_NOTIFY_SITE name; None where
    neither of the first two is set. ValueError, in words that hold nothing of the key, where they cannot be meant so."""
    named = {name: environment.get(f"DIOGEL_NOTIFY_{name}", "").strip() for name in ("KEY", "TEMPLATE", "SITE")}
    if not (named["KEY"] or named["TEMPLATE"]):
        return None
    for name in ("KEY", "TEMPLATE"):
        if not named[name]:
            raise ValueError(f"GOV.UK Notify needs DIOGEL_NOTIFY_KEY and DIOGEL_NOTIFY_TEMPLATE, and DIOGEL_NOTIFY_{name} is not set.")
    key, template, site = named["KEY"], named["TEMPLATE"], named["SITE"] or SITE
    if not (_is_identifier(key[-IDENTIFIER:]) and _is_identifier(key[-2 * IDENTIFIER - 1 : -IDENTIFIER - 1])):
        raise ValueError("DIOGEL_NOTIFY_KEY is no key of GOV.UK Notify, or not a whole one. Copy it again, from its name to its end.")
    if not _is_identifier(template):
        raise ValueError(f"DIOGEL_NOTIFY_TEMPLATE is “{template}”, which is no identifier of a template. Copy it from the template’s page.")
    place = urlsplit(site)
    if not place.hostname or not (place.scheme == "https" or (place.scheme == "http" and place.hostname in ON_THIS_MACHINE)):
        raise ValueError(f"DIOGEL_NOTIFY_SITE is “{site}”. It has to begin with https://, for names and addresses go there.")
    return Notify(key=key, template=template, site=site)


def _is_identifier(text: str) -> bool:
    try:
        return len(text) == IDENTIFIER and str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _line(scheme: str, host: str, port: int | None, timeout: float) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
    return HTTPConnection(host, port, timeout=timeout)


def _told(came: Any) -> dict[str, Any]:
    """The answer's content. Where it breaks off, the status was told all the same, and that is what counts."""
    try:
        told = json.loads(came.read(MOST_BYTES))
    except (OSError, HTTPException, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
