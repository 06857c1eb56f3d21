"""What an unusual figure is made of and what it is not: one frozen value, told in a sentence and a paragraph of two languages."""

from .classifying import Shape, shape_of, told_months
from .explaining import explain, figure_of
from .explanation import Around, Doubts, Event, Explanation, NotIt, Part, Parts, StepSeen
from .parts import breakdown, parts_of
from .telling import Names, month_names, paragraph, sentence, when

__all__ = [
    "Around", "Doubts", "Event", "Explanation", "Names", "NotIt", "Part", "Parts", "Shape", "StepSeen", "breakdown", "explain",
    "figure_of", "month_names", "paragraph", "parts_of", "sentence", "shape_of", "told_months", "when",
]  # fmt: skip
