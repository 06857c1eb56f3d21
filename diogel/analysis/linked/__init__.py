"""Withholding over tables that share cells: hierarchies of areas, overlapping periods, and what was published before."""

from .attack import Interval, intervals, narrow
from .fitting import Sum
from .over_time import Decided, World, withhold_over_time
from .tables import Dimension, Table, periods
from .withholding import Cell, Withheld, withhold_linked

__all__ = [
    "Cell",
    "Decided",
    "Dimension",
    "Interval",
    "Sum",
    "Table",
    "Withheld",
    "World",
    "intervals",
    "narrow",
    "periods",
    "withhold_linked",
    "withhold_over_time",
]
