"""Knox's test of 5,000 events with 999 permutations beside pointpats, whose few permutations are reckoned up; bar: 130 times.

The peer answers for one distance and one time. It is run with `--peer-permutations` (199 unless told otherwise) and with none,
and its time for 999 is reckoned from the two, for each of its permutations costs the same; `--whole` runs it whole. Both sides
take turns in one process, and the best time of each counts. Its table of pairs near in both, in one or in neither must be
ours, and so must ours be that of counting every pair. R's NearRepeat, which gives a whole table as ours does, is in no registry:
its recorded figure is printed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

import peers

peers.enter("pointpats", "libpysal", "pandas")

import libpysal  # noqa: E402
import numpy as np  # noqa: E402
from pointpats import Knox as Peer  # noqa: E402

from diogel.analysis.repeats.events import DatedEvents  # noqa: E402
from diogel.analysis.repeats.knox import DAYS, METRES, knox  # noqa: E402

BAR = 130
TABLE_BAR = 10_000
NEAR_REPEAT_SECONDS = 6774
EVENTS, PERMUTATIONS = 5000, 999
SIDE, SPAN, NEAR, SOON = 10_000, 365, 200, 7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-permutations", type=int, default=199)
    parser.add_argument("--whole", action="store_true", help="let the peer run all 999 permutations")
    args = parser.parse_args()
    rng = np.random.default_rng(2021)
    events = DatedEvents(rng.uniform(0, SIDE, (EVENTS, 2)), rng.integers(0, SPAN, EVENTS))
    theirs = PERMUTATIONS if args.whole else args.peer_permutations
    published = burkitt()
    one = against_pointpats(events, theirs)
    table = against_near_repeat(events)
    return 0 if published and one >= BAR and table >= TABLE_BAR else 1


def burkitt() -> bool:
    """The 188 cases of Burkitt's lymphoma (Williams and others 1978) that come with the peer, with the peer's own published bands."""
    seen = libpysal.io.open(libpysal.examples.get_path("burkitt.dbf"))
    columns = [np.array(seen.by_col(name), dtype=float) for name in ("X", "Y", "T")]
    events = DatedEvents(np.column_stack(columns[:2]), columns[2].astype(np.int64))
    mine = knox(events, generator=np.random.default_rng(1), metres=[20], days=[5])
    peer = Peer(events.points, columns[2][:, None], 20, 5, permutations=999)
    print(f"published example, 188 cases, 20 by 5: ours {mine.observed[0, 0]} pairs, p {mine.p[0, 0]:.3f};", end=" ")
    print(f"pointpats {peer.statistic_:.0f} pairs, p {peer.p_sim:.3f}")
    return int(mine.observed[0, 0]) == int(peer.statistic_) == 13


def against_pointpats(events: DatedEvents, permutations: int) -> float:
    def ours(times: int = PERMUTATIONS):
        return knox(events, generator=np.random.default_rng(1), metres=[NEAR], days=[SOON], permutations=times)

    def theirs(times: int = permutations):
        return Peer(events.points, events.days[:, None].astype(float), NEAR, SOON, permutations=times)

    mine, peer = ours(), theirs(19)
    together = int(mine.observed[0, 0])
    same = together == int(peer.statistic_) and np.isclose(mine.expected[0, 0], peer.expected[0, 0], rtol=1e-12)
    bare = peers.turns(ours, lambda: theirs(0), times=2)
    full = peers.turns(ours, theirs, times=2)
    each = (full.theirs - bare.theirs) / permutations
    reckoned = bare.theirs + each * PERMUTATIONS
    best = min(full.ours, bare.ours)
    how = "run whole" if permutations == PERMUTATIONS else f"reckoned from {permutations}: {full.theirs:.1f} s"
    print(f"{EVENTS:,} events, {PERMUTATIONS} permutations, one cell of {NEAR} m and {SOON} days ({together} pairs)")
    print(f"ours {best:.3f} s, pointpats {reckoned:.1f} s ({how}): {reckoned / best:.0f} times as fast; bar {BAR}")
    print(f"pairs and expected pairs equal: {'yes' if same else 'NO'}")
    return reckoned / best if same else 0.0


def against_near_repeat(events: DatedEvents) -> float:
    def ours():
        return knox(events, generator=np.random.default_rng(1), permutations=PERMUTATIONS)

    found = ours()
    wall, cpu = peers.turns(ours, lambda: None, times=3).ours, min(processor_time(ours) for _ in range(3))
    same = (found.observed == every_pair(events)).all()
    print(f"whole table, {len(METRES)} distances x {len(DAYS)} times: ours {wall:.3f} s, processor time {cpu:.3f} s")
    times = NEAR_REPEAT_SECONDS / min(wall, cpu)
    print(f"R NearRepeat: {NEAR_REPEAT_SECONDS:,} s, recorded, not run: {times:,.0f} times as fast; bar {TABLE_BAR:,}")
    print(f"all {found.observed.size} cells equal to counting every pair: {'yes' if same else 'NO'}")
    return times if same else 0.0


def processor_time(work: Callable[[], object]) -> float:
    """A recorded figure cannot take turns with ours: on a busy machine the clock on the wall says more of the neighbours."""
    began = time.process_time()
    work()
    return time.process_time() - began


def every_pair(events: DatedEvents) -> np.ndarray:
    """The table from all pairs, event by event, with no tree."""
    table = np.zeros((len(METRES) + 1, len(DAYS) + 1), dtype=int)
    for at in range(len(events) - 1):
        apart = events.points[at + 1 :] - events.points[at]
        far = np.searchsorted(METRES, np.sqrt(apart[:, 0] ** 2 + apart[:, 1] ** 2))
        late = np.searchsorted(DAYS, np.abs(events.days[at + 1 :] - events.days[at]))
        np.add.at(table, (far, late), 1)
    return table[:-1, :-1]


if __name__ == "__main__":
    sys.exit(main())
