"""What the links of a round are for, as the post names it."""

PURPOSE = "round"


def about(round_key: int) -> str:
    """How links and letters name the round that they belong to."""
    return f"round:{round_key}"


def round_key(told: str) -> int | None:
    """The round that such a name tells of; None where it tells of none."""
    word, _colon, number = told.partition(":")
    return int(number) if word == PURPOSE and number.isdecimal() else None
