"""The certificate's own words, both languages side by side."""

from __future__ import annotations

import re
from datetime import datetime

KIND_NAMES: dict[str, dict[str, str]] = {
    "name": {"cy": "enw llawn rhywun sydd ar ffeil, mewn unrhyw drefn", "en": "the full name of anyone on file, in either order"},
    "title": {"cy": "cyfenw wrth ochr teitl", "en": "a surname beside a title"},
    "e-mail": {"cy": "cyfeiriad e-bost", "en": "an e-mail address"},
    "phone": {"cy": "rhif ffôn nad yw’n llinell gymorth gyhoeddus", "en": "a phone number that is not a public help line"},
    "small": {"cy": "cyfrif o 1 i 4 mewn pwnc sensitif", "en": "a count of 1 to 4 in a sensitive subject"},
    "withheld shown": {"cy": "ffigur a ddaliwyd yn ôl, ond sydd i’w weld", "en": "a withheld figure that shows"},
    "worked out": {"cy": "ffigur a ddaliwyd yn ôl y gellir ei gyfrifo o gyfanswm", "en": "a withheld figure that a total gives away"},
    "hidden": {"cy": "testun cudd, neu fersiwn gynharach yn y ffeil", "en": "hidden text, or an earlier version inside the file"},
    "comment": {"cy": "sylw neu nodyn", "en": "a comment or note"},
    "tracked": {"cy": "newid wedi’i dracio", "en": "a tracked change"},
    "author": {"cy": "enw awdur yn y priodweddau", "en": "an author in the properties"},
    "metadata": {"cy": "gwybodaeth bersonol mewn metaddata neu lun", "en": "personal information in metadata or a picture"},
    "embedded": {"cy": "ffeil arall y tu mewn i’r ffeil", "en": "another file inside the file"},
    "script": {"cy": "sgript", "en": "a script"},
    "untagged": {"cy": "PDF heb dagiau", "en": "a PDF without tags"},
    "language": {"cy": "ffeil sy’n nodi iaith arall", "en": "a file that names another language"},
    "missing twin": {"cy": "ffeil heb ei chymar yn yr iaith arall", "en": "a file without its twin in the other language"},
    "twins differ": {
        "cy": "ffigurau gwahanol yn y tablau Cymraeg a Saesneg",
        "en": "figures that differ between the Welsh and English tables",
    },
    "formats differ": {"cy": "ffigurau gwahanol yn y tablau rhwng fformatau", "en": "figures that differ between formats"},
    "unreadable": {"cy": "ffeil na ellir ei darllen", "en": "a file that cannot be read"},
}

SAID: dict[str, dict[str, str]] = {
    "clean": {"cy": "Ni chanfuwyd dim a ddylai aros yn fewnol", "en": "Nothing was found that should stay inside"},
    "stopped": {
        "cy": "Canfuwyd rhywbeth a ddylai aros yn fewnol, felly ni chyhoeddir",
        "en": "Something was found that should stay inside, so nothing is published",
    },
    "about": {
        "cy": "Cyn cyhoeddi, darllenir pob ffeil orffenedig o’r newydd, heb ddibynnu ar y rhaglen a’i gwnaeth. Dyma’r hyn y chwiliwyd amdano a’r hyn a gafwyd.",
        "en": "Before publication each finished file is read afresh, without relying on the program that made it. This is what was looked for, and what was found.",
    },
    "cy only": {
        "cy": "Yn Gymraeg yn unig y cyhoeddir yr hyn a wiriwyd. {reason}",
        "en": "What was checked is published in Welsh only. {reason}",
    },
    "en only": {
        "cy": "Yn Saesneg yn unig y cyhoeddir yr hyn a wiriwyd. {reason}",
        "en": "What was checked is published in English only. {reason}",
    },
    "version": {"cy": "Fersiwn", "en": "Version"},
    "made": {"cy": "Gwnaed", "en": "Made"},
    "audit": {"cy": "Cofnod archwilio", "en": "Audit record"},
    "chain": {"cy": "Cofnodion: {length}, yn gorffen â {head}", "en": "{length} entries, ending with {head}"},
    "looked for": {"cy": "Yr hyn y chwiliwyd amdano", "en": "What was looked for"},
    "compared": {
        "cy": "Pobl ar ffeil y chwiliwyd amdanynt: {people}. Pynciau sensitif: {subjects}.",
        "en": "People on file who were looked for: {people}. Sensitive subjects: {subjects}.",
    },
    "found": {"cy": "Yr hyn a gafwyd", "en": "What was found"},
    "nothing": {"cy": "Dim.", "en": "Nothing."},
    "released": {"cy": "Larymau ffug a ryddhawyd, a pham", "en": "False alarms that were released, and why"},
    "withheld": {"cy": "Yr hyn a ddaliwyd yn ôl, a pham", "en": "What was withheld, and why"},
    "none withheld": {"cy": "Ni ddaliwyd dim yn ôl.", "en": "Nothing was withheld."},
    "files": {"cy": "Y ffeiliau a’u seliau", "en": "The files and their seals"},
    "each find": {"cy": "Pob un a gafwyd, a’i le", "en": "Each find, and its place"},
    "each release": {"cy": "Pob rhyddhad, a’i reswm", "en": "Each release, and its reason"},
    "each reason": {"cy": "Rhesymau, a nifer y ffigurau", "en": "Reasons, and how many figures"},
    "each file": {"cy": "Pob ffeil a’i sêl", "en": "Each file and its seal"},
    "file": {"cy": "Ffeil", "en": "File"},
    "where": {"cy": "Lle", "en": "Where"},
    "kind": {"cy": "Beth", "en": "What"},
    "by": {"cy": "Rhyddhawyd gan", "en": "Released by"},
    "reason": {"cy": "Rheswm", "en": "Reason"},
    "count": {"cy": "Nifer", "en": "How many"},
    "bytes": {"cy": "Beitiau", "en": "Bytes"},
    "seal": {"cy": "Sêl (SHA-256)", "en": "Seal (SHA-256)"},
    "marking": {"cy": "SWYDDOGOL", "en": "OFFICIAL"},
    "foot": {
        "cy": "Tystysgrif sgan. Os newidir ffeil, ni fydd ei sêl yn cyfateb mwyach.",
        "en": "Scan certificate. If a file is changed, its seal no longer matches.",
    },
}

# The few words that tell a place in a file; the rest of a place is numbers and the names of parts.
_PLACES = {
    "paragraph": "paragraff",
    "heading": "pennawd",
    "table": "tabl",
    "tables": "tablau",
    "row": "rhes",
    "column": "colofn",
    "caption": "pennawd tabl",
    "page": "tudalen",
    "picture": "llun",
    "comment": "sylw",
    "metadata": "metaddata",
    "hidden": "cudd",
    "text": "testun",
    "part": "rhan",
    "attribute": "priodoledd",
    "file": "ffeil",
    "name": "enw",
    "string": "llinyn",
    "object": "gwrthrych",
    "tracked": "wedi’i dracio:",
    "change": "newid",
}


_MONTHS = {
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
    "en": "January February March April May June July August September October November December",
}


def moment_in(language: str, at: datetime) -> str:
    """A moment as people write it: 17 Ionawr 2022, 10:30."""
    return f"{at.day} {_MONTHS[language].split()[at.month - 1]} {at.year}, {at:%H:%M}"


def place_in(language: str, where: str) -> str:
    """A place in a file, in the language of the certificate."""
    if language == "en":
        return where
    return re.sub(r"[a-z]+", lambda word: _PLACES.get(word[0], word[0]), where) if re.fullmatch(r"[a-z0-9 ]+", where) else where
