"""Surveys: bases, tables of answers, intervals where there was a sample, weights, waves, and figures others published."""

from .bases import NOT_ANSWERED, ROUTED_PAST, Bases, Question, Survey
from .published import About, Published
from .shares import Interval, margin, newcombe, percent, wilson
from .tables import FEW, FEWEST, Line, Tabulation, by_group, tabulate, tabulated, together
from .waves import Change, change, obstacles
from .weighting import Raked, design_effect, effective_base, rake

__all__ = [
    "FEW", "FEWEST", "NOT_ANSWERED", "ROUTED_PAST", "About", "Bases", "Change", "Interval", "Line", "Published", "Question", "Raked",
    "Survey", "Tabulation", "by_group", "change", "design_effect", "effective_base", "margin", "newcombe", "obstacles", "percent",
    "rake", "tabulate", "tabulated", "together", "wilson",
]  # fmt: skip
