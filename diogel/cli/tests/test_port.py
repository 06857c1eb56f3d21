"""A port is a number and free, and who asks for another learns so before anything long has begun."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diogel.cli import Refusal, main
from diogel.cli.port import ensure_free, port

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("said", ["abc", "", "0", "65536", "-1", "80.5", "8000 ", "٨٠٠٠", "9" * 5000])
def test_what_is_no_port_is_told_so(said):
    with pytest.raises(argparse.ArgumentTypeError, match="is not a port"):
        port(said)


def test_a_taken_port_is_refused_and_the_next_one_offered(taken):
    with pytest.raises(Refusal, match=f"Port {taken} is taken by another program.*PORT="):
        ensure_free("127.0.0.1", taken)


def test_a_port_taken_for_every_address_is_taken_here_too():
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        with pytest.raises(Refusal, match="taken"):
            ensure_free("127.0.0.1", other.getsockname()[1])


def test_a_port_is_free_again_at_once_after_a_server_with_readers_has_stopped():
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        number = server.getsockname()[1]
        reader = socket.create_connection(("127.0.0.1", number))
        answered, _where = server.accept()
        answered.close()  # the server hangs up first, and the kernel remembers that for a minute
    reader.close()
    ensure_free("127.0.0.1", number)


def test_serve_refuses_a_taken_port_and_a_word_for_one(own_home, taken, capsys):
    assert main(["serve", "--port", str(taken)]) == 2
    assert "taken" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", "abc"])
    assert ended.value.code == 2
    assert "“abc” is not a port" in capsys.readouterr().err
    assert not own_home.exists(), "nothing was made"


def made(tmp_path, **words):
    """`make demo` with these words, in a home of its own and with the Python of these tests."""
    if not shutil.which("make"):
        pytest.skip("this machine has no make")
    command = ["make", "demo", f"PY={sys.executable}", *[f"{name}={value}" for name, value in words.items()]]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=plain | {"DIOGEL_HOME": str(tmp_path / "home")}, capture_output=True, text=True, check=False, timeout=60
    )
    return done, time.monotonic() - began


def test_make_demo_says_that_a_port_is_taken_before_it_makes_anything(tmp_path, taken):
    done, seconds = made(tmp_path, PORT=taken)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith(f"Port {taken} is taken by another program.")
    assert "Making" not in done.stdout + done.stderr
    assert not (tmp_path / "home").exists()
    assert seconds < 10


@pytest.mark.parametrize(
    ("words", "said"),
    [({"PORT": "abc"}, "“abc” is not a port."), ({"PORT": ""}, "“” is not a port."), ({"SERVE": "maybe"}, "SERVE is “maybe”")],
)
def test_make_demo_guesses_at_nothing(tmp_path, words, said):
    done, _seconds = made(tmp_path, **words)
    assert done.returncode == 2
    assert said in done.stderr.splitlines()[0]
    assert not (tmp_path / "home").exists()
