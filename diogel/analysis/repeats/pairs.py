"""Pairs of points within a distance, with their distances, found by a tree and decided by arithmetic that anyone can repeat."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Metric = Literal["euclidean", "manhattan"]

MOST_PAIRS = 20_000_000
"""Beyond it memory runs to gigabytes, and bands so wide say nothing of near repeats."""


def pairs_within(points: NDArray[np.float64], metres: float, metric: Metric) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Both ends of every pair at most `metres` apart, int64 (pairs, 2), the lower number first, and their distances.

    ValueError for another metric, and for more pairs than a desk machine's memory holds.
    """
    if metric not in ("euclidean", "manhattan"):
        raise ValueError(f"distances are euclidean or manhattan, not {metric}")
    tree, norm = cKDTree(points), 2 if metric == "euclidean" else 1
    reach = metres * (1 + 1e-12) + 1e-6  # the tree only proposes; it rounds in its own way
    if (tree.count_neighbors(tree, reach, p=norm) - len(points)) // 2 > MOST_PAIRS:
        raise ValueError(
            f"more than {MOST_PAIRS:,} pairs lie within {metres:g} m of one another: ask for a shorter distance or fewer events"
        )
    pairs = tree.query_pairs(reach, p=norm, output_type="ndarray")
    apart = points[pairs[:, 0]] - points[pairs[:, 1]]
    distance = np.abs(apart).sum(axis=1) if norm == 1 else np.sqrt(apart[:, 0] ** 2 + apart[:, 1] ** 2)
    near = distance <= metres
    return pairs[near], distance[near]
