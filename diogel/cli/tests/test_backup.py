"""A backup holds everything that is kept and nothing by which one could sign in; it is checked, and put back into an empty home."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CALL = "import sys; from diogel.cli import main; sys.exit(main())"
pytestmark = pytest.mark.slow  # each asks the command in a process of its own
SESSION = "a-session-key-that-signs-somebody-in"


def diogel(home: Path, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process and a home of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_", "DIOGEL_"))}
    return subprocess.run(
        [sys.executable, "-c", CALL, *map(str, words)],
        cwd=ROOT,
        env=plain | {"DIOGEL_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def begin(home: Path, folder: Path, **environment: str) -> None:
    """A home with a partnership, its co-ordinator and something in every folder."""
    (folder / "password").write_text("a quite long password\n")
    names = [
        "--slug",
        "gwynedd-mon",
        "--name-cy",
        "Partneriaeth",
        "--name-en",
        "Partnership",
        "--place-cy",
        "Gwynedd",
        "--place-en",
        "Gwynedd",
    ]
    who = ["--given", "Nia", "--family", "Dychmygus", "--email", "nia@example.org", "--password-file", folder / "password"]
    done = diogel(home, "start", *names, *who, **environment)
    assert done.returncode == 0, done.stderr
    for name in ("packs/gwynedd-mon-2021-12/public/quarterly.cy.html", "crime/register.json", "crime/rows/1.parquet", "crime/.lock"):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"what lies in {name}")
    for name in ("outbox/letter", "downloads/archive.zip", "static/x.css", "drawings/aa/x.json"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("left out")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A home in use: somebody is signed in."""
    folder = tmp_path_factory.mktemp("kept")
    begin(folder / "home", folder)
    with sqlite3.connect(folder / "home" / "diogel.sqlite3") as database:
        database.execute("INSERT INTO django_session VALUES (?, ?, ?)", (SESSION, "what they carry", "2999-01-01"))
    return folder / "home"


@pytest.fixture(scope="module")
def made(kept, tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "diogel.backup"
    done = diogel(kept, "backup", "make", path, "--json")
    assert done.returncode == 0, done.stderr
    return path, json.loads(done.stdout)


@pytest.fixture
def damaged(made, tmp_path):
    """A way to write the backup again with some members changed: name to bytes, None to leave one out."""

    def write(manifest=None, **changed):
        path = tmp_path / "damaged.backup"
        with zipfile.ZipFile(made[0]) as read, zipfile.ZipFile(path, "w") as written:
            told = json.loads(read.read("manifest.json"))
            (manifest or (lambda _told: None))(told)
            for name in read.namelist():
                content = json.dumps(told) if name == "manifest.json" else changed.get(name, read.read(name))
                if content is not None:
                    written.writestr(name, content)
            for name in changed.keys() - set(read.namelist()):
                written.writestr(name, changed[name])
        return path

    return write


def rows_of(home: Path) -> dict[str, list[tuple]]:
    """Every row of every table, but what the copying itself writes and what is not kept."""
    with sqlite3.connect(home / "diogel.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        skipped = ("django_session", "cache", "audit_", "sqlite_")
        return {name: sorted(database.execute(f"SELECT * FROM {name}")) for name in names if not name.startswith(skipped)}


def test_what_is_kept_comes_back_whole(kept, made, tmp_path):
    done = diogel(tmp_path / "new", "backup", "restore", made[0])
    assert (done.returncode, done.stderr) == (0, "")
    assert "is whole" in done.stdout
    assert rows_of(tmp_path / "new") == rows_of(kept)
    for name in ("packs/gwynedd-mon-2021-12/public/quarterly.cy.html", "crime/register.json", "crime/rows/1.parquet"):
        assert (tmp_path / "new" / name).read_bytes() == (kept / name).read_bytes()
        assert stat.S_IMODE((tmp_path / "new" / name).stat().st_mode) == 0o600
    assert diogel(tmp_path / "new", "audit", "verify").returncode == 0


def test_nothing_by_which_one_could_sign_in_is_in_it(kept, made, tmp_path):
    names = zipfile.ZipFile(made[0]).namelist()
    assert not [name for name in names if any(word in name for word in ("secret", "outbox", "downloads", "static", "drawings", ".lock"))]
    database = zipfile.ZipFile(made[0]).read("database.sqlite3")
    assert SESSION.encode() not in database, "not in the free pages either"
    assert (kept / "secret").read_bytes() not in database + zipfile.ZipFile(made[0]).read("manifest.json")
    assert stat.S_IMODE(made[0].stat().st_mode) == 0o600
    with sqlite3.connect(kept / "diogel.sqlite3") as still:
        assert still.execute("SELECT count(*) FROM django_session").fetchone() == (1,), "and nobody is signed out by it"


def test_the_manifest_tells_where_the_log_ends_and_the_log_tells_of_the_backup(kept, made):
    told = made[1]
    with sqlite3.connect(kept / "diogel.sqlite3") as database:
        number, seal = database.execute("SELECT number, seal FROM audit_entry WHERE number = ?", (told["audit"]["length"],)).fetchone()
        deed = database.execute("SELECT deed, sealed_detail FROM audit_entry WHERE number = ?", (number + 1,)).fetchone()
    assert told["audit"] == {"length": number, "head": seal}
    assert deed[0] == "backed_up"
    assert json.loads(deed[1])["with_secret"] is False


def test_a_whole_backup_is_whole_without_any_home(made, tmp_path):
    done = diogel(tmp_path / "none", "backup", "check", made[0], "--json")
    assert (done.returncode, json.loads(done.stdout)["faults"]) == (0, [])
    assert not (tmp_path / "none").exists()


def test_the_key_goes_along_only_where_it_is_asked_for(kept, tmp_path):
    done = diogel(kept, "backup", "make", tmp_path / "with", "--with-secret")
    assert "The secret key is in it" in done.stdout
    assert zipfile.ZipFile(tmp_path / "with").read("secret") == (kept / "secret").read_bytes()
    assert diogel(tmp_path / "new", "backup", "restore", tmp_path / "with").returncode == 0
    assert (tmp_path / "new" / "secret").read_bytes() == (kept / "secret").read_bytes()


def test_a_home_restored_without_the_key_makes_itself_another(kept, made, tmp_path):
    diogel(tmp_path / "new", "backup", "restore", made[0])
    assert (tmp_path / "new" / "secret").read_bytes() != (kept / "secret").read_bytes()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"home/crime/rows/1.parquet": b"other"}, "home/crime/rows/1.parquet is not what it was"),
        ({"home/crime/rows/1.parquet": None}, "rows/1.parquet is missing"),
        ({"home/more": b"x"}, "home/more is there, and the manifest does not name it"),
    ],
)
def test_what_was_changed_is_named_and_nothing_is_put_back(damaged, tmp_path, changed, said):
    path = damaged(**changed)
    done = diogel(tmp_path / "new", "backup", "check", path)
    assert done.returncode == 1
    assert said in done.stdout
    refused = diogel(tmp_path / "new", "backup", "restore", path)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert not (tmp_path / "new").exists()


def test_a_manifest_that_cannot_be_unpacked_is_said_in_a_sentence(tmp_path):
    path = tmp_path / "torn.backup"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("manifest.json", json.dumps({"files": ["a"] * 50}))
    torn = bytearray(path.read_bytes())
    torn[30 + len("manifest.json")] = 0xFF  # the first byte after the member's own heading: no kind of block begins so
    path.write_bytes(torn)
    done = diogel(tmp_path / "none", "backup", "check", path)
    assert done.returncode == 2
    assert "It holds no manifest" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_log_that_was_cut_in_the_backup_is_found(made, damaged, tmp_path):
    from hashlib import sha256

    (tmp_path / "db").write_bytes(zipfile.ZipFile(made[0]).read("database.sqlite3"))
    with sqlite3.connect(tmp_path / "db") as database:
        database.execute("UPDATE audit_head SET number = number - 1")
    content = (tmp_path / "db").read_bytes()

    def believe(told):
        told["files"] = [
            each | {"size": len(content), "sha256": sha256(content).hexdigest()} if each["name"] == "database.sqlite3" else each
            for each in told["files"]
        ]

    done = diogel(tmp_path / "none", "backup", "check", damaged(believe, **{"database.sqlite3": content}))
    assert done.returncode == 1
    assert "does not end where the manifest says" in done.stdout


@pytest.mark.parametrize("name", ["home/../../outside", "/outside", "home/..\\outside", "C:/outside", ""])
def test_no_file_is_put_outside_the_home(damaged, tmp_path, name):
    from hashlib import sha256

    def name_it(told):
        told["files"].append({"name": name, "size": 1, "sha256": sha256(b"x").hexdigest()})

    path = damaged(name_it, **({name: b"x"} if name else {}))
    done = diogel(tmp_path / "new" / "home", "backup", "restore", path)
    assert done.returncode == 2
    assert not list(tmp_path.rglob("outside"))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("kind", ["cut", "text", "other", "none"])
def test_what_is_no_backup_is_told_so(made, tmp_path, kind):
    path = tmp_path / "it"
    if kind == "cut":
        path.write_bytes(made[0].read_bytes()[:-200])
    if kind == "text":
        path.write_text("hello")
    if kind == "other":
        with zipfile.ZipFile(path, "w") as other:
            other.writestr("a.txt", "x")
    for verb in ("check", "restore"):
        done = diogel(tmp_path / "new", "backup", verb, path)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "new").exists()


def test_a_home_that_holds_something_is_left_as_it_is(kept, made, tmp_path):
    before = rows_of(kept)
    done = diogel(kept, "backup", "restore", made[0])
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert rows_of(kept) == before
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("x")
    assert diogel(tmp_path / "new", "backup", "restore", made[0]).returncode == 2


def test_a_restore_that_died_half_way_is_begun_again(made, tmp_path):
    (tmp_path / "new" / ".restoring" / "home").mkdir(parents=True)
    (tmp_path / "new" / ".restoring" / "home" / "half").write_text("x")
    assert diogel(tmp_path / "new", "backup", "restore", made[0]).returncode == 0
    assert not (tmp_path / "new" / ".restoring").exists()
    assert not (tmp_path / "new" / "half").exists()


def test_a_backup_of_a_later_diogel_is_refused(damaged, tmp_path):
    path = damaged(lambda told: told["migrations"].append("people.9999_of_the_future"))
    done = diogel(tmp_path / "new", "backup", "restore", path)
    assert done.returncode == 2
    assert "people.9999_of_the_future" in done.stderr
    assert not (tmp_path / "new").exists()


def test_the_databases_kind_must_be_the_one_that_is_meant(made, tmp_path):
    done = diogel(tmp_path / "new", "backup", "restore", made[0], DATABASE_URL="postgresql://x@localhost/y")
    assert done.returncode == 2
    assert "Unset DATABASE_URL" in done.stderr


def test_a_file_that_is_there_is_not_written_over(kept, made, tmp_path):
    before = made[0].read_bytes()
    assert diogel(kept, "backup", "make", made[0]).returncode == 2
    assert made[0].read_bytes() == before
    assert diogel(kept, "backup", "make", tmp_path / "nowhere" / "x").returncode == 2
    assert diogel(tmp_path / "none", "backup", "make", tmp_path / "x").returncode == 2
    assert not (tmp_path / "x").exists()


def test_a_link_is_named_and_not_followed(kept, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(kept, home)
    (home / "packs" / "elsewhere").symlink_to("/etc")
    done = diogel(home, "backup", "make", home / "mine.backup")
    assert done.returncode == 1
    assert "packs/elsewhere is a link and was not followed" in done.stdout
    names = zipfile.ZipFile(home / "mine.backup").namelist()
    assert not [name for name in names if "elsewhere" in name or "mine.backup" in name]
    assert not [path for path in home.iterdir() if path.name.startswith(".backup-") or path.name.endswith(".new")]


def test_postgresql_is_dumped_and_put_back(tmp_path):
    sys.path.insert(0, str(ROOT / "tools"))
    import postgres

    try:
        binary = postgres.binary("createdb")
    except postgres.NoPostgres as why:
        pytest.skip(str(why))
    with postgres.server() as url:
        begin(tmp_path / "home", tmp_path, DATABASE_URL=url)
        done = diogel(tmp_path / "home", "backup", "make", tmp_path / "b", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        assert diogel(tmp_path / "none", "backup", "check", tmp_path / "b").returncode == 0
        full = diogel(tmp_path / "new", "backup", "restore", tmp_path / "b", DATABASE_URL=url)
        assert (full.returncode, "is not empty" in full.stderr) == (2, True)
        subprocess.run([binary, "-U", "diogel", "-h", url.split("host=")[1], "again"], check=True)
        again = url.replace("/postgres?", "/again?")
        back = diogel(tmp_path / "new", "backup", "restore", tmp_path / "b", DATABASE_URL=again)
        assert back.returncode == 0, back.stderr
        assert "is whole" in back.stdout
        assert diogel(tmp_path / "new", "audit", "verify", DATABASE_URL=again).returncode == 0
