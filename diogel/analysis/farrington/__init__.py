"""Farrington's flexible method (Noufaily and others 2013) for many series at once, by months or by weeks."""

from .options import MONTHLY, WEEKLY, Options
from .scan import Scan, scan

__all__ = ["MONTHLY", "WEEKLY", "Options", "Scan", "scan"]
