"""What the columns of a plan are called in Welsh and English, and what their cells look like: which column is which, as a proposal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from .plan_values import band_in, day_in, number_before, number_in, percent_in, plain, rag_in, status_in

ACTION_HEADS: Mapping[str, str] = {
    "number": "no|no.|nos|number|action no|action number|ref|reference|#|rhif|rhif y cam|cyf|cyfeirnod|rhif cam gweithredu|cam rhif",
    "heading": "heading|area of work|work area|section|workstream|priority|strategic priority|pennawd|maes gwaith|adran|blaenoriaeth|"
    "ffrwd waith|priority area",
    "title": "action|actions|title|action title|objective|task|project|cam gweithredu|camau gweithredu|teitl|gweithred|tasg|amcan|prosiect",
    "text": "what needs doing|what needs doing this year|what it says|what will be done|what we will do|description|details|activity|"
    "action description|beth sydd angen ei wneud|beth sydd angen ei wneud eleni|beth mae'n ei ddweud|beth fydd yn cael ei wneud|"
    "beth fyddwn ni'n ei wneud|disgrifiad|manylion|gweithgaredd|yr hyn a ddywed",
    "body": "body|bodies|lead body|lead agency|lead organisation|organisation|agency|lead partner|partners|partner|lead|led by|"
    "responsible|responsibility|corff|cyrff|corff arweiniol|asiantaeth arweiniol|sefydliad|sefydliad arweiniol|partneriaid|arweinydd|"
    "cyfrifoldeb|yn gyfrifol|arweinir gan",
    "contact": "contact|contacts|who|cyswllt|cysylltiadau|pwy",
    "person": "lead person|lead persons|lead people|named lead|lead officer|lead officers|officer|responsible officer|person responsible|"
    "responsible person|owner|action owner|perchennog|personau arweiniol|person arweiniol|pobl arweiniol|unigolyn arweiniol|swyddog arweiniol|"
    "swyddogion arweiniol|swyddog|swyddog cyfrifol|person cyfrifol",
    "area": "area|areas|county|location|place|ardal|ardaloedd|sir|lleoliad",
    "theme": "theme|themes|serves|theme or duty|thema|themau|yn gwasanaethu|thema neu ddyletswydd|thematic area|themes it serves",
    "duty": "duty|duties|statutory duty|statutory duties|statutory area|statutory areas of responsibility|duties it answers|dyletswydd|"
    "dyletswyddau|dyletswydd statudol|dyletswyddau statudol|maes statudol|meysydd cyfrifoldeb statudol",
    "group": "group|oversight group|overseeing group|group that oversees it|oversight|governance|board|grwp|grwp goruchwylio|"
    "y grwp sy'n ei oruchwylio|grwp sy'n goruchwylio|goruchwyliaeth|bwrdd",
    "milestones": "milestones|milestone|key milestones|cerrig milltir|carreg filltir|prif gerrig milltir",
    "money": "funding|funding source|source of funding|source of money|funded by|money|cyllid|ffynhonnell cyllid|ffynhonnell yr arian|"
    "ffynhonnell y cyllid|ariennir gan|arian",
    "amount": "amount|amount in pounds|funding amount|cost|budget|value|swm|swm mewn punnoedd|cyllideb|gwerth",
    "until": "money until|funding end|funding ends|funding end date|funding until|funded until|end of funding|arian tan|cyllid hyd|"
    "cyllid tan|diwedd y cyllid|daw'r cyllid i ben",
    "start": "start|start date|starts|begins|from|dechrau|dyddiad dechrau|yn dechrau|o",
    "due": "due|due date|by when|deadline|target date|timescale|end date|completion date|promised by|to be done by|when|by|erbyn|"
    "erbyn pryd|dyddiad cwblhau|dyddiad targed|amserlen|dyddiad cau|addawyd erbyn|pryd|i'w wneud erbyn|terfyn amser",
    "status": "status|state|statws|cyflwr",
    "rag": "rag|rag status|rag rating|how it goes|coch ambr gwyrdd|statws cag|cag|sut mae'n mynd|cog",
    "percent": "per cent|percent|% complete|%|progress %|% done|done %|per cent done|percentage complete|y cant|canran|% wedi'i wneud|"
    "% wedi'i gwblhau",
    "said": "progress|update|latest update|what was said last|what was said|progress update|comments|commentary|"
    "latest position|current position|diweddariad|cynnydd|y sefyllfa ddiweddaraf|sefyllfa ddiweddaraf|y sefyllfa bresennol|"
    "beth a ddywedwyd ddiwethaf|diweddariad diweddaraf|sylwadau|what has happened|beth sydd wedi digwydd",
    "obstacle": "what stands in the way|barriers|risks|issues|obstacles|beth sy'n rhwystro|rhwystrau|risgiau|materion",
    "next_step": "next step|next steps|cam nesaf|camau nesaf|y cam nesaf",
    "next_on": "next step by|next step due|cam nesaf erbyn|y cam nesaf erbyn",
    "quarter": "quarter|quarter of the last update|period|chwarter|chwarter y diweddariad diwethaf|cyfnod",
    "reference": "row reference|cyfeirnod y rhes",
}
"""Of a table of actions; several heads of one field are parted by bars."""

OUTCOME_HEADS: Mapping[str, str] = {
    "theme": "theme|themes|thematic area|thematic area from strategic assessment|thematic area from assessment|thema|maes thematig|"
    "maes thematig o'r asesiad strategol|themau",
    "band": "risk score|risk|band|score|risk level|sgor risg|risg|lefel risg",
    "duty": "duty|statutory area|statutory areas of responsibility|statutory duty|dyletswydd|maes statudol|meysydd cyfrifoldeb statudol|"
    "dyletswydd statudol",
    "number": "project|project no|action|action no|no|number|project number|prosiect|rhif|rhif y cam|cam gweithredu|rhif y prosiect",
    "outputs": "inputs and outputs|outputs|inputs|activities|mewnbynnau ac allbynnau|allbynnau|mewnbynnau|gweithgareddau",
    "short": "short term|outcome in the short term|short term outcome|short|tymor byr|canlyniad tymor byr|canlyniad yn y tymor byr",
    "medium": "medium term|outcome in the medium term|medium term outcome|medium|tymor canolig|canlyniad tymor canolig|"
    "canlyniad yn y tymor canolig",
    "long": "long term|outcome in the long term|long term outcome|long|tymor hir|canlyniad tymor hir|canlyniad yn y tymor hir|hirdymor",
    "outcome": "outcome|outcomes|outcomes short/medium/long term|outcomes short medium long term|expected outcomes|canlyniad|canlyniadau|"
    "canlyniadau tymor byr/canolig/hir|canlyniadau tymor byr canolig hir|canlyniadau disgwyliedig|what difference will it make",
}
"""Of an appendix of outcomes."""

OBJECTIVE_HEADS: Mapping[str, str] = {
    "number": "no|number|ref|rhif|cyf",
    "text": "objective|objectives|amcan|amcanion|what we will do",
    "heading": "priority|strategic priority|blaenoriaeth",
    "lead": "priority lead|lead|arweinydd y flaenoriaeth|arweinydd",
}

MEASURE_HEADS: Mapping[str, str] = {
    "measure": "measure|measures|indicator|indicators|performance indicator|performance measure|success measure|measure of success|mesur|"
    "mesurau|dangosydd|dangosyddion|dangosydd perfformiad|mesur perfformiad|mesur llwyddiant",
    "heading": "priority|strategic priority|blaenoriaeth",
    "direction": "direction|direction wanted|what the plan wants of it|desired direction|cyfeiriad|cyfeiriad a geisir|"
    "beth mae'r cynllun ei eisiau ganddo",
    "accountability": "accountability|who answers for it|accountable|atebolrwydd|pwy sy'n atebol amdano",
    "unit": "unit|unit of measure|uned",
    "intro": "introduced by|cyflwynir gan",
}
"""Of measures; `intro` is the sentence above a list of them."""

HEADS: Mapping[str, Mapping[str, str]] = {
    "actions": ACTION_HEADS,
    "outcomes": OUTCOME_HEADS,
    "objectives": OBJECTIVE_HEADS,
    "measures": MEASURE_HEADS,
}
KNOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    kind: {name: tuple(dict.fromkeys(plain(word) for word in words.split("|"))) for name, words in heads.items()}
    for kind, heads in HEADS.items()
}

Look = Callable[[str], bool]
_LOOKS: Mapping[str, Look] = {
    "number": lambda text: number_in(text) is not None,
    "due": lambda text: day_in(text, is_end=True) is not None,
    "status": lambda text: status_in(text) is not None,
    "rag": lambda text: rag_in(text) is not None,
    "band": lambda text: band_in(text) is not None,
    "percent": lambda text: text.strip().endswith("%") and percent_in(text) is not None,
    "contact": lambda text: "@" in text,
}
MOSTLY = 0.6
LONG_TEXT = 60
LOOKED_AT = 80
"""Cells of a column that tell what the rest of it looks like."""


def by_words(head: str, kind: str) -> dict[str, float]:
    """How well a head names each field of a kind of table, from 0 to 1."""
    said = plain(head)
    if not said:
        return {}
    scores = {}
    for name, words in KNOWN[kind].items():
        best = max((_alike(said, word) for word in words), default=0.0)
        if best:
            scores[name] = best
    return scores


def _alike(said: str, word: str) -> float:
    """1 the same; less where one holds the other as whole words, the longer the known word the better."""
    if said == word:
        return 1.0
    if len(word) > 3 and re.search(rf"\b{re.escape(word)}\b", said):
        return 0.5 + 0.4 * len(word) / len(said)
    return 0.0


def by_looks(cells: Sequence[str], kind: str) -> dict[str, float]:
    """How well the cells of a column look like each field, from 0 to 0.6: less than a head that names it."""
    held = [cell for cell in cells if cell.strip()][:LOOKED_AT]
    if len(held) < 2:
        return {}
    scores = {
        name: share * 0.6 for name, look in _LOOKS.items() if name in KNOWN[kind] and (share := sum(map(look, held)) / len(held)) >= MOSTLY
    }
    lengths = sorted(map(len, held))
    if lengths[len(lengths) // 2] >= LONG_TEXT and len(set(held)) > 1 and "text" in KNOWN[kind]:
        scores["text"] = 0.45
    if "text" in KNOWN[kind] and sum(number_before(each) is not None for each in held) >= max(2, len(held) * 0.3):
        scores["text"] = 0.6
    return scores


def propose(heads: Sequence[str], columns: Sequence[Sequence[str]], kind: str) -> dict[int, tuple[str, float]]:
    """For each column the field that it most likely is, and how sure that is, no field twice. `columns` holds the cells below the heads."""
    scored = []
    for at, (head, cells) in enumerate(zip(heads, columns, strict=True)):
        words, looks = by_words(head, kind), by_looks(cells, kind)
        for name in words.keys() | looks.keys():
            scored.append((words.get(name, 0.0) + looks.get(name, 0.0) * (0.5 if words else 1.0), -at, name))
    found: dict[int, tuple[str, float]] = {}
    for score, at, name in sorted(scored, reverse=True):
        if score >= 0.35 and -at not in found and all(name != taken for taken, _score in found.values()):
            found[-at] = (name, score)
    return _long_titles_are_texts(found, columns) if kind == "actions" else found


def _long_titles_are_texts(found: dict[int, tuple[str, float]], columns: Sequence[Sequence[str]]) -> dict[int, tuple[str, float]]:
    """A column called “Action” holds what will be done where its cells are long and no other column does."""
    names = {name: at for at, (name, _score) in found.items()}
    if "title" in names and "text" not in names:
        lengths = sorted(len(cell) for cell in columns[names["title"]] if cell.strip())
        if lengths and lengths[len(lengths) // 2] >= 2 * LONG_TEXT:
            found[names["title"]] = ("text", found[names["title"]][1])
    return found
