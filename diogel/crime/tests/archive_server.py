"""A small real web server that serves archives and misbehaves as it is told, for the tests of fetching."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HEADER = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context"


def street_file(month: str, force: str = "north-wales") -> str:
    """A month's file of two rows."""
    row = f"{month},North Wales Police,North Wales Police,-4.128000,53.225000,On or near Example Street 1,W01000062,Gwynedd 001A"
    return f"{HEADER}\n,{row},Anti-social behaviour,,\n{'a' * 64},{row},Burglary,Under investigation,\n"


def archive(months: list[str], *, forces: tuple[str, ...] = ("north-wales", "cheshire"), padding: int = 0) -> bytes:
    """A zip as published, of street files and others; `padding` bytes that do not compress make it long."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for month in months:
            for force in forces:
                held.writestr(f"{month}/{month}-{force}-street.csv", street_file(month, force))
                held.writestr(f"{month}/{month}-{force}-outcomes.csv", "Crime ID,Month\n")
        if padding:
            held.writestr(zipfile.ZipInfo("padding.bin"), (b"%08d" * (padding // 8 + 1)) % tuple(range(padding // 8 + 1)))
    return out.getvalue()


@dataclass
class Server:
    """`files` maps a path to its bytes; `moods` are used up one a request: how to misbehave, or None."""

    files: dict[str, bytes] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    moods: list[str | None] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    def put(self, month: str, content: bytes, etag: str = '"one"') -> None:
        path = f"/data/archive/{month}.zip"
        self.files[path], self.etags[path] = content, etag


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listening

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append((self.path, dict(self.headers.items())))
        mood = site.moods.pop(0) if site.moods else None
        self.close_connection = True
        if mood and mood.startswith("status"):
            _, status, *headers = mood.split("|")
            self._plain(int(status), b"busy", dict(header.split("=", 1) for header in headers))
        elif mood == "html":
            self._plain(200, b"<!DOCTYPE html><p>Back soon", {"Content-Type": "text/html; charset=utf-8"})
        elif mood == "html in disguise":
            self._plain(200, b"\n<html><p>Back soon", {"Content-Type": "application/zip"})
        elif mood == "silent":
            site.ended.wait(5)
        elif self.path not in site.files:
            self._plain(404, b"no such month", {})
        else:
            self._file(site, mood)

    def _file(self, site: Server, mood: str | None) -> None:
        whole, etag = site.files[self.path], site.etags[self.path]
        if self.headers.get("If-None-Match") == etag:
            self._plain(304, b"", {"ETag": etag})
            return
        begin = 0
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if wanted and mood != "ignore range" and self.headers.get("If-Range") in (etag, None):
            begin = int(wanted[1])
        if begin >= len(whole):
            self._plain(416, b"", {"Content-Range": f"bytes */{len(whole)}"})
            return
        said = {"Content-Type": "application/zip", "ETag": etag, "Content-Length": str(len(whole) - begin)}
        if begin:
            shifted = begin + 7 if mood == "wrong range" else begin
            said["Content-Range"] = f"bytes {shifted}-{len(whole) - 1}/{len(whole)}"
        if mood == "no length":
            del said["Content-Length"]
        if mood == "no validator":
            del said["ETag"]
        self._head(206 if begin else 200, said)
        self._body(site, whole[begin:], mood)

    def _body(self, site: Server, content: bytes, mood: str | None) -> None:
        half = len(content) // 2
        try:
            if mood in ("truncate", "no validator"):
                self.wfile.write(content[:half])
            elif mood == "stall":
                self.wfile.write(content[:half])
                self.wfile.flush()
                site.ended.wait(5)
            elif mood == "drip":
                for byte in content:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    if site.ended.wait(0.02):
                        break
            else:
                self.wfile.write(content)
        except OSError:  # the other side hung up, as it should on some of these
            pass

    def _plain(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self._head(status, {"Content-Length": str(len(content))} | headers)
        self.wfile.write(content)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.server.site.answered.append(status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    site: Server


def serve() -> tuple[Server, _Listening]:
    """A listening server on a free port of this machine; the caller shuts it down and sets `ended`."""
    listening = _Listening(("127.0.0.1", 0), Handler)
    listening.site = Server(address=f"http://127.0.0.1:{listening.server_address[1]}")
    threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return listening.site, listening
