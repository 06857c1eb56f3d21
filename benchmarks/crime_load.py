"""Loading five million police.uk rows, checks included, beside DuckDB's own read_csv of the same columns to Parquet; bar: 1.5 times.

The files are those of the folder of real open data (DIOGEL_SHARED_DATA, or `shared/data` beside the checkout), repeated
under other months. Both sides run in one warm process with equal threads and take turns; the best time of each counts, which
is the least disturbed. The run fails where wall time and processor time are both over the bar: on a busy machine the first
says more of the neighbours than of the code. The peer is told columns and dialect, as ours is: left to guess, it takes some
three times as long and, in a few rows, shifts the columns.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

BEGAN = time.perf_counter()

import duckdb  # noqa: E402 - what it costs to come this far is told apart

from diogel.analysis.periods import Month  # noqa: E402
from diogel.analysis.reading.police_uk import COLUMNS  # noqa: E402
from diogel.crime.loading import load  # noqa: E402

BAR = 1.5
RUNS = 4
SHARED = Path(os.environ.get("DIOGEL_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
STEP = 84
"""Months between one repetition and the next: more than the files span, so that no month comes twice."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000, help="at least so many rows")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    if not (SHARED / "police-uk").is_dir():
        print("not run: the folder of real open data is not on this machine")
        return 0
    started = time.perf_counter() - BEGAN
    with tempfile.TemporaryDirectory(prefix="diogel-bench-") as scratch:
        folder = Path(scratch)
        rows, size = repeat(folder, args.rows)
        print(f"{rows:,} rows, {size / 1e9:.2f} GB of text, {args.threads} threads; start-up (imports) {started:.2f} s, told apart")
        ratios = [compare(folder, name, ending, rows, args.threads) for name, ending in (("plain", "csv"), ("packed", "csv.gz"))]
    return 0 if max(ratios) <= BAR else 1


def repeat(folder: Path, least: int) -> tuple[int, int]:
    """Write the files, plain and packed, under enough other months; answer rows and bytes of text."""
    sources = sorted((SHARED / "police-uk").rglob("*-street.csv.gz"))
    texts = {path.name[:-3]: gzip.decompress(path.read_bytes()) for path in sources}
    each = sum(text.count(b"\n") - 1 for text in texts.values())
    times = -(-least // each)
    for name, text in texts.items():
        month = Month.parse(name[:7])
        for turn in range(times):
            other = str(month + STEP * turn)
            shifted = text.replace(f",{month},".encode(), f",{other},".encode())
            plain, packed = folder / "plain" / other / f"{other}{name[7:]}", folder / "packed" / other / f"{other}{name[7:]}.gz"
            for path, data in ((plain, shifted), (packed, gzip.compress(shifted, 1))):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    return each * times, sum(map(len, texts.values())) * times


def compare(folder: Path, name: str, ending: str, rows: int, threads: int) -> float:
    paths = sorted(str(path) for path in (folder / name).rglob(f"*.{ending}"))
    store, parquet = folder / "store", folder / "peer.parquet"
    connection = duckdb.connect(config={"threads": threads})
    connection.execute("SET enable_progress_bar=false; SET preserve_insertion_order=false")
    schema = "{" + ", ".join(f"'{column}': '{'DOUBLE' if re.match('L.*itude', column) else 'VARCHAR'}'" for column in COLUMNS) + "}"
    dialect = f"""auto_detect=false, header=true, delim=',', quote='"', escape='"', columns={schema}"""

    def peer() -> None:
        connection.execute(f"COPY (SELECT * FROM read_csv($paths, {dialect})) TO '{parquet}' (FORMAT parquet)", {"paths": paths})

    def ours() -> None:
        shutil.rmtree(store, ignore_errors=True)
        report = load([folder / name], today=date(2025, 1, 1), folder=store, threads=threads)
        assert report.exit_status == 0
        assert sum(file.rows for file in report.files) == rows

    pairs = [(timed(peer), timed(ours)) for _ in range(RUNS + 1)][1:]  # the first turn warms both
    asked = 'SELECT count(*), count(DISTINCT "Month") FROM read_parquet($path)'
    assert (
        connection.execute(asked, {"path": str(parquet)}).fetchone()
        == connection.execute(asked.replace('"Month"', "month"), {"path": str(store / "rows" / "*.parquet")}).fetchone()
    )
    (theirs, their_cpu), (mine, my_cpu) = (tuple(min(pair[side][at] for pair in pairs) for at in (0, 1)) for side in (0, 1))
    print(
        f"{len(paths):,} {name} files: ours {mine:.2f} s, DuckDB {theirs:.2f} s: {mine / theirs:.2f} times "
        f"(processor time {my_cpu / their_cpu:.2f} times); bar {BAR}"
    )
    return min(mine / theirs, my_cpu / their_cpu)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds of wall and of processor time."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    sys.exit(main())
