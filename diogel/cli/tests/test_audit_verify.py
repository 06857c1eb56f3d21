"""`diogel audit verify`: what it says, and what it exits with."""

import json

import pytest

from diogel.audit import log
from diogel.audit.head import write_head_file
from diogel.cli import main

VERIFY = ["audit", "verify"]


@pytest.fixture
def kept(db, own_home):
    """A log of three entries with its head beside it."""
    for number in range(3):
        log.record(by="user:1", deed="changed", subject=f"plan.plan:{number}", partnership="gwynedd-mon")
    write_head_file(*log.head())
    return own_home / log.HEAD_FILE


def test_a_log_without_the_head_beside_it_is_not_called_whole(kept, capsys):
    assert main(VERIFY) == 0
    kept.unlink()
    assert main(VERIFY) == 1
    assert "is not there, so nobody can tell whether entries were cut from the end" in capsys.readouterr().out
    assert main([*VERIFY, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["whole"] is False


def test_a_copy_that_is_named_must_be_there_and_must_be_one(kept, tmp_path, capsys):
    copy = tmp_path / "copy.json"
    assert main([*VERIFY, "--head-file", str(copy)]) == 2
    assert "held against nothing" in capsys.readouterr().err
    copy.write_text("{}")
    assert main([*VERIFY, "--head-file", str(copy)]) == 2
    assert "cannot be read as the head of a log" in capsys.readouterr().err
    copy.write_bytes(kept.read_bytes())
    assert main([*VERIFY, "--head-file", str(copy)]) == 0
