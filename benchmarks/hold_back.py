"""False alarms and power of the quarterly look on real series, held back quarter by quarter: prints the tables of docs/methods/hold_back.md.

Needs the folder of real open data (DIOGEL_SHARED_DATA, or shared/data beside the checkout); some ten minutes on two cores.
    python benchmarks/hold_back.py [category|subcategory] [--months N]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np

from diogel.analysis.hold_back import Share, power, quiet
from diogel.analysis.periods import Month, Quarter
from diogel.analysis.reading.boroughs import FRAUD, read

SHARED = Path(os.environ.get("DIOGEL_SHARED_DATA") or Path(__file__).resolve().parent.parent.parent / "shared" / "data")
TABLE = SHARED / "london-boroughs" / "mps_borough_month_2026-vintage.csv.gz"
FACTORS = (0.5, 0.67, 0.8, 1.25, 1.5, 2.0)
SEED = 2013


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("level", nargs="?", choices=("category", "subcategory"), default="category", help="what a series is")
    parser.add_argument("--months", type=int, choices=(1, 2, 3), default=3, help="months of the quarter that a change fills (default: 3)")
    args = parser.parse_args()
    if not TABLE.exists():
        print("not run: the folder of real open data is not on this machine")
        return 0
    started = time.perf_counter()
    cube = read(TABLE, level=args.level, without=(FRAUD,)).cube
    quarters = [Quarter(Month(year, month)) for year in range(2013, 2020) for month in (3, 6, 9, 12)]
    calm = quiet(cube, quarters)
    print(f"{len(quarters)} quarters, 2013 to 2019, {args.level}: unusual {told(calm.unusual)}; outside their range {told(calm.outside)}")
    print(f"worst quarter: {calm.worst[0]}, {told(calm.worst[1])}; none at all in {sum(not one.found for _, one in calm.by_quarter)}")
    found = power(cube, quarters, factors=FACTORS, rng=np.random.default_rng(SEED), months=args.months)
    print(f"a change over the last {args.months} months of the quarter")
    for factor in FACTORS:
        rows = [one for one in found if one.factor == factor]
        print(f"x {factor}: " + "; ".join(f"{one.least} to {one.most or 'more'}: {told(one.found)}" for one in rows))
    print(f"{time.perf_counter() - started:.0f} s")
    return 0


def told(share: Share) -> str:
    if share.share is None:
        return "none"
    return f"{share.found:,} of {share.of:,} = {100 * share.share:.1f} % ({100 * share.low:.1f} to {100 * share.high:.1f})"


if __name__ == "__main__":
    sys.exit(main())
