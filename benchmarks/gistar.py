"""Gi* beside esda: closed form on 34,969 areas (bar: 300 times) and 999 conditional permutations on 1,936 (bar: 4 times, esda warm).

Both sides get a square map with queen neighbours, made before the clock runs, and the same values. esda is called as its own
pages show, `transform="B", star=True`; and, for the closed form, once more with weights that hold the area itself already, which
spares it half of its work. Agreement stands beside the ratio: the greatest difference of z, and of the p of permutation (both
are Monte Carlo: 0.005 is one standard error of esda's 9,999 at p = 0.5).

Two things of esda 2.9.0 to know. Permutation empties the diagonal of the weights it is given, so that a second call with
`star=None` on the same weights is of Gi and not Gi*. And with row-standardised weights its z are of another scale, since its
variance takes the sum of a row for the number of neighbours.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable

import peers

peers.enter("esda", "libpysal", "numba", "pandas")

import numpy as np  # noqa: E402
from esda import G_Local  # noqa: E402
from libpysal.weights import W, fill_diagonal  # noqa: E402

from diogel.analysis.hotspots.captions import Origin  # noqa: E402
from diogel.analysis.hotspots.gistar import closed_form, gi_star, permuted  # noqa: E402
from diogel.analysis.hotspots.neighbours import Neighbours, within  # noqa: E402

BAR_CLOSED, BAR_PERMUTED, CLOSE = 300, 4, 1e-12


def main() -> int:
    warnings.simplefilter("ignore")
    return max(closed(), by_permutation())


def square_map(side: int) -> tuple[Neighbours, W, np.ndarray]:
    """Neighbours for either side, and values that vary more than chance and never tie."""
    column, row = np.divmod(np.arange(side * side), side)
    beside = within([str(at) for at in range(side * side)], column * 1000.0, row * 1000.0, metres=1500)
    lists = {at: beside.other[beside.start[at] : beside.start[at + 1]].tolist() for at in range(side * side)}
    theirs = W(lists, silence_warnings=True)
    theirs.transform = "B"
    _ = theirs.sparse, beside.matrix, beside.scales
    rng = np.random.default_rng(1)
    return beside, theirs, rng.poisson(rng.gamma(2, 5, side * side)) + rng.uniform(0, 0.1, side * side)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def closed() -> int:
    beside, weights, values = square_map(187)
    prepared = fill_diagonal(weights, 1)
    prepared.transform = "B"
    _ = prepared.sparse

    def ours() -> object:
        return closed_form(values, beside)

    shown = peers.turns(ours, lambda: G_Local(values, weights, transform="B", star=True, permutations=0), ours_repeats=50)
    spared = peers.turns(ours, lambda: G_Local(values, prepared, transform="B", star=None, permutations=0), ours_repeats=50)
    theirs = G_Local(values, prepared, transform="B", star=None, permutations=0)
    apart = float(np.abs(closed_form(values, beside)[0] - theirs.Zs).max())
    began = time.perf_counter()
    gi_star(values, beside, origin=Origin.SNAPPED)
    whole = time.perf_counter() - began
    print(
        f"closed form, {len(values):,} areas: ours {shown.ours * 1000:.2f} ms (with false discovery and checks {whole * 1000:.1f} ms), "
        f"esda {shown.theirs * 1000:,.0f} ms: {shown.ratio:,.0f} times; esda with its weights prepared {spared.theirs * 1000:,.0f} ms: "
        f"{spared.ratio:,.0f} times; greatest difference of z {apart:.1e}; bar {BAR_CLOSED} times, {CLOSE}"
    )
    return int(shown.ratio < BAR_CLOSED or apart > CLOSE)


def by_permutation() -> int:
    beside, weights, values = square_map(44)
    rng = np.random.default_rng(2)

    def ours(permutations: int = 999) -> tuple[np.ndarray, np.ndarray]:
        return permuted(values, beside, permutations=permutations, rng=rng)

    def peer(permutations: int = 999) -> G_Local:
        return G_Local(values, weights, transform="B", star=True, permutations=permutations, n_jobs=1, seed=1, keep_simulations=False)

    first = [timed(work) for work in (ours, peer)]
    taken = peers.turns(ours, peer, ours_repeats=10)
    apart = float(np.abs(np.minimum(*ours(99_999)) - peer(9_999).p_sim).max())
    print(
        f"999 permutations, {len(values):,} areas: ours {taken.ours * 1000:.1f} ms (first call {first[0] * 1000:.0f} ms), esda warm "
        f"{taken.theirs * 1000:.0f} ms (first call {first[1]:.0f} s): {taken.ratio:,.0f} times; "
        f"ours with 99,999 beside esda's 9,999: p at most {apart:.3f} apart; bar {BAR_PERMUTED} times"
    )
    return int(taken.ratio < BAR_PERMUTED or apart > 0.03)


if __name__ == "__main__":
    sys.exit(main())
