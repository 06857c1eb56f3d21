"""The port that the site is to listen at: a number, and free. `make demo` asks here first, before anything is installed."""

from __future__ import annotations

import argparse
import errno
import socket
import sys

from diogel.cli import Refusal

HOME = "127.0.0.1"


def port(said: str) -> int:
    """The number, or what is wrong with it in one sentence (ArgumentTypeError)."""
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"“{said}” is not a port. Give a number from 1 to 65535.")
    return number


def ensure_free(address: str, number: int) -> None:
    """Refusal where something listens there already: the server would share a taken port in silence, so it is tried first. What
    an earlier server left behind in the kernel for a minute after it stopped is not in the way."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((address, number))
            tried.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                another = number + 1 if number < 65535 else number - 1
                raise Refusal(
                    f"Port {number} is taken by another program. Stop that one, or choose another: "
                    f"PORT={another} (make), --port {another} (diogel)."
                ) from None
            raise Refusal(f"Diogel cannot listen at {address} port {number}: {error.strerror}.") from None


def main(said: list[str]) -> int:
    """`python -m diogel.cli.port PORT SERVE`: 0 where the demo can go on, else 2 with the reason. It needs nothing installed."""
    number, serve = said
    try:
        if serve not in ("yes", "no"):
            raise Refusal(f"SERVE is “{serve}”; it can be yes or no.")
        chosen = port(number)
        if serve == "yes":
            ensure_free(HOME, chosen)
    except (Refusal, argparse.ArgumentTypeError) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
