"""Step changes in series of counts: when the level moved, how far, and how sure that is."""

from .finding import Found, Step, find
from .placing import place

__all__ = ["Found", "Step", "find", "place"]
