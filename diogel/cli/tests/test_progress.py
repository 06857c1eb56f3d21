"""Progress is for people who wait at a terminal, and for nobody else."""

from __future__ import annotations

import io

from diogel.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_work_of_under_two_seconds_needs_no_line():
    out, clock = Terminal(), Clock()
    with Progress(out=out, clock=clock) as progress:
        clock.now += 1.9
        progress.tell("half")
    assert out.getvalue() == ""


def test_longer_work_shows_one_line_that_is_wiped_at_the_end():
    out, clock = Terminal(), Clock()
    with Progress(out=out, clock=clock) as progress:
        clock.now += 2.1
        progress.tell("half")
        progress.tell("too soon after")
    assert out.getvalue() == "\r\x1b[Khalf\r\x1b[K"


def test_a_pipe_or_a_log_gets_nothing():
    out, clock = io.StringIO(), Clock()
    with Progress(out=out, clock=clock) as progress:
        clock.now += 60
        progress.tell("half")
    assert out.getvalue() == ""
