"""The counting queries through a real Apache Spark beside DuckDB, on the same rows: every cell must be equal.

Spark is PyPI's pyspark, put into the folder of peers, on this machine's Java: a standalone master, two workers and a Spark Connect
server, all on loopback and ended with the run. The rows are invented (see scale_rows). Times are told for orientation: on one
machine Spark has nothing to win. "Not run" where there is no Java or no pyspark to be had.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import peers

peers.enter("pyspark[connect]")

import numpy as np  # noqa: E402
import scale_rows  # noqa: E402
from django.conf import settings  # noqa: E402

from diogel.analysis.cube_store import StoredCube  # noqa: E402
from diogel.crime.batch_cells import COUNTED, FOLDER  # noqa: E402
from diogel.crime.engine import SETTING, EngineFault, opened  # noqa: E402
from diogel.crime.every_place import write_cube  # noqa: E402
from diogel.crime.inside import POINTS  # noqa: E402
from diogel.crime.loading import load  # noqa: E402
from diogel.crime.store import Store, read_store  # noqa: E402

# Found, not imported: files are written by forks of this process, which must not inherit the threads that pyspark brings.
HOME = Path(str(find_spec("pyspark").origin)).parent
PATIENCE = 120
SQUARE = {
    "west": -3.5,
    "east": -3.1,
    "south": 50.5,
    "north": 50.56,
    "force": "north-wales",
    "every_force": False,
    "first": "2016-01",
    "last": "",
}
QUERIES: dict[str, tuple[str, dict[str, Any]]] = {
    "files, small areas and types": (COUNTED, {}),
    "points in a square": (POINTS, SQUARE),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=float, default=1, metavar="MILLIONS")
    args = parser.parse_args()
    if not shutil.which("java"):
        print("not run: there is no Java on this machine (Debian: default-jre-headless)")
        return 0
    os.environ.pop(SETTING, None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended then, too
    settings.configure(USE_I18N=False)  # a refusal is worded in English
    with tempfile.TemporaryDirectory(prefix="diogel-spark-") as place:
        store = made(Path(place), args.rows * 1e6)
        here, mine = answers(store)
        with cluster(Path(place)) as address:
            os.environ[SETTING] = address
            there, theirs = answers(store)
            is_refused = refused()
        have_worked = [
            f"worker-{number}" for number in (1, 2) if "Asked to launch executor" in (Path(place) / f"worker-{number}.log").read_text()
        ]
    print(f"workers that counted: {', '.join(have_worked)}")
    return 0 if all([*compared(here, there), same_cube(mine, theirs), is_refused, len(have_worked) == 2]) else 1


def made(place: Path, least: float) -> Store:
    given = place / "given"
    given.mkdir()
    scale_rows.write_files(given, least)
    load([given], today=date(2025, 2, 1), kind="synthetic", folder=place / "crime")
    shutil.rmtree(given)
    return read_store(place / "crime")


Answers = dict[str, tuple[float, dict[str, np.ndarray]]]


def answers(store: Store) -> tuple[Answers, tuple[float, StoredCube, np.ndarray]]:
    """Each query's seconds and columns, and the whole cube with the seconds it took, by the engine that is set."""
    found: Answers = {}
    shutil.rmtree(store.folder / FOLDER, ignore_errors=True)  # what one engine counted would be kept for the other
    with opened() as engine:
        engine.lay_rows([store.path(batch) for batch in store.batches])
        engine.ask("SELECT count(*) AS n FROM rows")  # whatever is asked first also waits for Spark to wake its workers
        for name, (sql, values) in QUERIES.items():
            began = time.perf_counter()
            columns = engine.ask(sql, values)
            found[name] = time.perf_counter() - began, columns
        began = time.perf_counter()
        cube = write_cube(store, engine)
        return found, (time.perf_counter() - began, cube, cube.values())


def refused() -> bool:
    """Whether what goes wrong over there is told in one sentence."""
    with opened() as engine:
        try:
            engine.ask("SELECT nothing_of_the_kind")
        except EngineFault as fault:
            print(f"a wrong question: {fault}")
            return str(fault).startswith("Spark at sc://") and "\n" not in str(fault)
    return False


def compared(here: Answers, there: Answers) -> Iterator[bool]:
    for name in QUERIES:
        (mine, ours), (their, theirs) = here[name], there[name]
        is_equal = in_order(ours) == in_order(theirs)
        rows = len(next(iter(ours.values())))
        print(f"{name}: {rows:,} rows, DuckDB {mine:.2f} s, Spark {their:.2f} s, {'equal' if is_equal else 'NOT EQUAL'}")
        yield is_equal and rows > 0


def in_order(columns: dict[str, np.ndarray]) -> list[tuple[Any, ...]]:
    return sorted(zip(*(columns[name].tolist() for name in sorted(columns)), strict=True), key=repr)


def same_cube(ours: tuple[float, StoredCube, np.ndarray], theirs: tuple[float, StoredCube, np.ndarray]) -> bool:
    (mine, cube, values), (their, other, others) = ours, theirs
    labels_equal = (cube.areas, cube.types, cube.months) == (other.areas, other.types, other.months)
    is_equal = labels_equal and np.array_equal(values, others) and cube.version == other.version
    cells = f"{values.size:,} cells, {int(values.sum(dtype=np.int64)):,} rows counted"
    print(f"the whole cube: {cells}, DuckDB {mine:.2f} s, Spark {their:.2f} s, {'equal cell by cell' if is_equal else 'NOT EQUAL'}")
    return bool(is_equal)


@contextmanager
def cluster(place: Path) -> Iterator[str]:
    """A master, two workers and a Spark Connect server on loopback; answers the address of the last, and ends them all."""
    master, connect = (free_port() for _ in range(2))
    at = f"spark://127.0.0.1:{master}"
    quiet = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.memory": "1g", "spark.executor.memory": "1g"}
    quiet |= {"spark.connect.grpc.binding.address": "127.0.0.1", "spark.connect.grpc.binding.port": str(connect)}
    quiet |= {"spark.sql.shuffle.partitions": "4", "spark.sql.warehouse.dir": str(place / "warehouse")}
    words = [word for name, value in quiet.items() for word in ("--conf", f"{name}={value}")]
    deploy = "org.apache.spark.deploy"
    worker = ["spark-class", f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0"]
    server = [
        "spark-submit",
        "--class",
        "org.apache.spark.sql.connect.service.SparkConnectServer",
        "--master",
        at,
        *words,
        "spark-internal",
    ]
    with ExitStack() as running:
        start = time.perf_counter()
        head = ["spark-class", f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(master), "--webui-port", "0"]
        running.enter_context(started("master", head, place))
        answering(master)
        for number in (1, 2):
            running.enter_context(started(f"worker-{number}", [*worker, "--work-dir", str(place / f"work-{number}"), at], place))
        running.enter_context(started("connect", server, place))
        answering(connect)
        print(f"Spark {version('pyspark')}: master, two workers and Spark Connect up in {time.perf_counter() - start:.0f} s", flush=True)
        yield f"sc://127.0.0.1:{connect}"


@contextmanager
def started(name: str, words: list[str], place: Path) -> Iterator[None]:
    surroundings = os.environ | {"SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    with (place / f"{name}.log").open("wb") as log:
        command = [str(HOME / "bin" / words[0]), *words[1:]]
        with subprocess.Popen(command, cwd=place, env=surroundings, stdout=log, stderr=subprocess.STDOUT) as process:
            try:
                yield
            except BaseException:
                print(f"-- {name}:", *(place / f"{name}.log").read_text(errors="replace").splitlines()[-15:], sep="\n")
                raise
            finally:
                process.terminate()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answering(port: int) -> None:
    """Wait until something listens there."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


if __name__ == "__main__":
    sys.exit(main())
