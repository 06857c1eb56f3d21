"""Withholding over tables that share cells: hierarchies of areas, overlapping periods, and what was published before."""

from .attack import Interval, intervals, narrow
from .tables import Dimension, Table, periods
from .withholding import Cell, Withheld, withhold_linked

__all__ = ["Cell", "Dimension", "Interval", "Table", "Withheld", "intervals", "narrow", "periods", "withhold_linked"]
