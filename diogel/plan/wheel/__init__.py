"""The year wheel: dated rules, the steps reckoned from them, what people changed, and the calendar file. No model is written here."""

from .rules import Planned, Rule, reckon, rules
from .years import years_of

__all__ = ["Planned", "Rule", "reckon", "rules", "years_of"]
