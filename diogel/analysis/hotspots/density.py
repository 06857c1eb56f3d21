"""Kernel density on a grid in metres: where points lie thick, within one's own boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import fft, special

from .captions import Method, Origin, Pair, caption
from .grids import Grid, inside
from .outlines import Outlines

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Kernel(Enum):
    """The shape in which a point is spread. The bandwidth is the normal curve's standard deviation, and the quartic's radius."""

    GAUSSIAN = "gaussian"
    QUARTIC = "quartic"


NARROWEST = {Kernel.GAUSSIAN: 2.0, Kernel.QUARTIC: 5.0}
"""Bandwidth in cells below which a kernel is not told on a grid."""

_BLOCK = 16_384
"""Points binned at a time: few enough that what is made of them stays near the processor."""

_REACH = {Kernel.GAUSSIAN: 6.0, Kernel.QUARTIC: 1.0}  # bandwidths after which nothing is left


@dataclass(frozen=True, kw_only=True)
class Density:
    """`per_km2` is float64 of shape (up, across), points for each square kilometre, NaN in cells that are not `inside`.

    `mass` is the share of a kernel, set down in that cell, that falls inside; `counted` points entered, `left_out` lay outside.
    """

    origin: Origin
    grid: Grid
    kernel: Kernel
    bandwidth: float
    per_km2: Floats
    inside: Bools
    mass: Floats
    counted: int
    left_out: int

    @property
    def caption(self) -> Pair:
        """What must stand under it, Welsh and English."""
        return caption(Method.DENSITY, self.origin)


def density(
    easting: ArrayLike, northing: ArrayLike, *, origin: Origin, grid: Grid, bandwidth: float, kernel: Kernel = Kernel.GAUSSIAN,
    boundary: Outlines | None = None,
) -> Density:  # fmt: skip
    """Points spread by a kernel, at the middle of each cell of the grid.

    With a `boundary`, points in cells outside it are left out and counted, and each cell's density is divided by the share of
    its kernel that falls inside (so that an even scatter is even up to the edge). `bandwidth` is in metres. ValueError for no
    usable points, missing coordinates, and a bandwidth of fewer than NARROWEST cells. Sources: Silverman 1986 (kernels, FFT);
    Diggle 1985 (edges); Greengard and Lee 2004 (binning that is undone in the transform).
    """
    caption(Method.DENSITY, origin)
    east, north = _rows(easting, northing)
    wide = bandwidth / grid.cell
    if not wide >= NARROWEST[kernel]:
        raise ValueError(
            f"a bandwidth of {bandwidth:g} metres is {wide:.1f} cells of {grid.cell:g}, and a {kernel.value} kernel needs "
            f"{NARROWEST[kernel]:g}; choose smaller cells or a wider kernel"
        )
    field = None if boundary is None else inside(grid, boundary)
    spread = _Spreader(grid, kernel, wide)
    per_km2, counted = spread.points(east, north, field)
    if not counted:
        raise ValueError(f"not one of {len(east)} points lies inside")
    per_km2 *= 1e6 / grid.cell**2
    mass = np.broadcast_to(np.float64(1), per_km2.shape)
    if field is None:
        field = np.broadcast_to(np.True_, per_km2.shape)
    else:
        mass = np.where(field, spread.cells(field), np.nan)
        per_km2 /= mass
    np.maximum(per_km2, 0.0, out=per_km2)
    return Density(
        origin=origin, grid=grid, kernel=kernel, bandwidth=bandwidth, per_km2=per_km2, inside=field, mass=mass,
        counted=counted, left_out=len(east) - counted,
    )  # fmt: skip


class _Spreader:
    """Convolves with one kernel on one grid, padded so that what leaves at one side does not come in at the other.

    A kernel's Fourier transform is `by_row` x `by_column` x `both` (None where the first two are all of it), 1 at frequency 0.
    """

    def __init__(self, grid: Grid, kernel: Kernel, wide: float) -> None:
        pad = int(np.ceil(_REACH[kernel] * wide)) + 4
        self.grid, self.shape = grid, (grid.up, grid.across)
        self.padded = fft.next_fast_len(grid.up + pad, real=True), fft.next_fast_len(grid.across + pad, real=True)
        self.north = 2 * np.pi * fft.fftfreq(self.padded[0])
        self.east = 2 * np.pi * fft.rfftfreq(self.padded[1])
        is_normal = kernel is Kernel.GAUSSIAN
        self.by_row, self.by_column = (np.exp(-((k * wide) ** 2) / 2) if is_normal else np.ones(len(k)) for k in (self.north, self.east))
        self.both = None if is_normal else _quartic(np.hypot(self.north[:, None], self.east) * wide)

    def cells(self, field: Bools) -> Floats:
        """Of whole cells: their middles spread, which is their sum."""
        whole = np.zeros(self.padded)
        whole[: self.shape[0], : self.shape[1]] = field
        return self._convolved(whole, self.by_row, self.by_column)

    def points(self, easting: Floats, northing: Floats, field: Bools | None) -> tuple[Floats, int]:
        """Of the points whose cell is in the field (None: on the grid), and how many these are.

        Each point is shared among the nearest 3 x 3 middles by a quadratic spline; the transform takes that blur out again.
        """
        up, across = self.padded
        sheet = np.zeros((up + 1) * across)
        counted = sum(
            self._bin(sheet, easting[at : at + _BLOCK], northing[at : at + _BLOCK], field) for at in range(0, len(easting), _BLOCK)
        )
        # All lies one cell further north and east than it should, and blurred.
        mended = (np.exp(1j * k) / np.sinc(k / (2 * np.pi)) ** 3 for k in (self.north, self.east))
        by_row, by_column = (own * mend for own, mend in zip((self.by_row, self.by_column), mended, strict=True))
        return self._convolved(sheet[: up * across].reshape(self.padded), by_row, by_column), counted

    def _bin(self, sheet: Floats, easting: Floats, northing: Floats, field: Bools | None) -> int:
        """Add one block of points. The nine middles are reached by moving the sheet, not the points: that costs least."""
        x, y = (easting - self.grid.west) / self.grid.cell - 0.5, (northing - self.grid.south) / self.grid.cell - 0.5
        column, row = np.floor(x + 0.5), np.floor(y + 0.5)
        kept = (row >= 0) & (row < self.grid.up) & (column >= 0) & (column < self.grid.across)
        if field is not None:
            kept[kept] = field[row[kept].astype(np.int64), column[kept].astype(np.int64)]
        if not kept.all():
            x, y, column, row = x[kept], y[kept], column[kept], row[kept]
        at = (row * self.padded[1] + column).astype(np.int64)
        by_row, by_column = _shares(y - row), _shares(x - column)
        for k, northwards in enumerate(by_row):
            for j, eastwards in enumerate(by_column):
                np.add.at(sheet[k * self.padded[1] + j :], at, northwards * eastwards)
        return len(at)

    def _convolved(self, sheet: Floats, by_row: NDArray, by_column: NDArray) -> Floats:
        """Transforms run in single precision: seven digits, far finer than what a grid can tell, in half the time."""
        found = fft.rfft2(sheet.astype(np.float32))
        found *= by_row.astype(np.complex64)[:, None]
        found *= by_column.astype(np.complex64)
        if self.both is not None:
            found *= self.both.astype(np.float32)
        back = fft.irfft2(found, s=self.padded, overwrite_x=True)
        return back[: self.shape[0], : self.shape[1]].astype(np.float64)


def _shares(off: Floats) -> tuple[Floats, Floats, Floats]:
    """What the middle before, the nearest and the one after get of points that lie `off` the nearest (-0.5 to 0.5 cells)."""
    even, odd = 0.5 * off * off + 0.125, 0.5 * off
    return even - odd, 1.0 - 2.0 * even, even + odd


def _quartic(frequency: Floats) -> Floats:
    """The transform of 3 / pi (1 - r^2)^2 on the unit disc: 48 J3(k) / k^3."""
    frequency[0, 0] = 1.0
    found = 48 * special.jv(3, frequency) / frequency**3
    found[0, 0] = 1.0
    return found


def _rows(easting: ArrayLike, northing: ArrayLike) -> tuple[Floats, Floats]:
    east, north = np.asarray(easting, dtype=np.float64), np.asarray(northing, dtype=np.float64)
    if east.ndim != 1 or east.shape != north.shape:
        raise ValueError(f"eastings and northings come in two rows of one length, not in shapes {east.shape} and {north.shape}")
    if not len(east):
        raise ValueError("there are no points")
    if not (np.isfinite(east).all() and np.isfinite(north).all()):
        raise ValueError("a point without a place has no density; leave such rows out before, and tell how many there were")
    return east, north
