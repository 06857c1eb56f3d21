"""What an unusual figure is made of and what it is not: one frozen value, told in a sentence and a paragraph of two languages."""

from .classifying import Shape, shape_of, told_months
from .explaining import explain
from .explanation import Around, Doubts, Event, Explanation, NotIt, Part, Parts, StepSeen
from .parts import breakdown, parts_of
from .telling import Names, paragraph, sentence

__all__ = [
    "Around", "Doubts", "Event", "Explanation", "Names", "NotIt", "Part", "Parts", "Shape", "StepSeen", "breakdown", "explain",
    "paragraph", "parts_of", "sentence", "shape_of", "told_months",
]  # fmt: skip
