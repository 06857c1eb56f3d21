"""`diogel serve`: the site from this home, in one process."""

from __future__ import annotations

import argparse
import os
import sys

from . import Refusal
from .port import ensure_free, port
from .ready import ready

HERE = ("127.0.0.1", "localhost", "::1")
IN_THE_OPEN = (
    "Without HTTPS passwords go over the network in the open. Put a web server that speaks HTTPS before this one, and set "
    "DIOGEL_HTTPS=yes, DIOGEL_PROXY=yes and DIOGEL_HOSTS."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=port, default=8000, help="the port to listen at (default: 8000)")
    parser.add_argument("--address", default="127.0.0.1", help="the address to listen at (default: 127.0.0.1, this machine only)")
    parser.add_argument("--workers", type=int, default=1, help="how many processes answer (default: 1)")


def run(args: argparse.Namespace) -> int:
    """Serve until stopped. Refused where the port is taken, or where a demo would be seen from elsewhere."""
    from diogel.home import is_demo, made

    if is_demo() and args.address not in HERE:
        raise Refusal("This home is a demo: its people are invented and their password is known, so it is served to this machine only.")
    ensure_free(args.address, args.port)
    if args.address not in HERE and os.environ.get("DIOGEL_HTTPS") != "yes":
        print(IN_THE_OPEN, file=sys.stderr, flush=True)
    ready()
    (made() / "static").mkdir(exist_ok=True)  # or each worker complains that nothing was collected in it
    announce(args)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "diogel.web.wsgi:application",
        address=args.address,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()
    return 0


def announce(args: argparse.Namespace) -> None:
    """The addresses, and in a demo its sign-ins and where the pack lies."""
    from diogel.home import home, is_demo

    root = f"http://{args.address}:{args.port}"
    print(f"Diogel is open at {root}/", flush=True)
    if is_demo():
        from .demo import describe

        print(describe(root, home()), flush=True)
    print("Stop it with Ctrl+C.", flush=True)
