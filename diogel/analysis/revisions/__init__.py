"""What changed between two vintages of the same counts: how much, how old a figure must be to stand still, and what was re-coded."""

from .comparing import compare, doubts_of
from .recoding import recodings
from .revised import AGES, ByAge, Change, Leaning, Recoding, Revisions, Sum
from .telling import sentence, told_ages, told_recodings

__all__ = [
    "AGES", "ByAge", "Change", "Leaning", "Recoding", "Revisions", "Sum", "compare", "doubts_of", "recodings", "sentence", "told_ages",
    "told_recodings",
]  # fmt: skip
