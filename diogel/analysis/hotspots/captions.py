"""Where the points of a result come from, and the sentences that must stand under it, in Welsh and English."""

from __future__ import annotations

from enum import Enum

Pair = tuple[str, str]
"""Welsh, English: whole sentences, never put together from parts."""


class Origin(Enum):
    """The two kinds of points. They look alike on a map and do not mean the same."""

    SNAPPED = "snapped open data"
    EXTRACT = "dated police extract"


class Method(Enum):
    """What was made of the points."""

    DENSITY = "density"
    AREAS = "areas"
    LASTING = "lasting"
    FEW_PLACES = "few places"
    PILED = "piled"


CAPTIONS: dict[tuple[Method, Origin], Pair] = {
    (Method.DENSITY, Origin.SNAPPED): (
        "Dwysedd y pwyntiau a gyhoeddwyd. Symudir pob pwynt i un o set sefydlog o leoedd dienw cyn ei gyhoeddi, felly brasamcan yw’r map, "
        "ac nid yw’n dweud dim am unrhyw stryd nac adeilad unigol.",
        "Density of published points. Each point is moved to one of a fixed set of anonymous places before it is published, so the map is "
        "approximate, and says nothing of any one street or building.",
    ),
    (Method.DENSITY, Origin.EXTRACT): (
        "Dwysedd y lleoedd a gofnodwyd mewn detholiad dyddiedig gan yr heddlu. Ni symudwyd y lleoedd i guddio cyfeiriadau, felly rhaid "
        "peidio â chyhoeddi’r map fel y mae.",
        "Density of the places recorded in a dated police extract. The places were not moved to hide addresses, so the map must not be "
        "published as it stands.",
    ),
    (Method.AREAS, Origin.SNAPPED): (
        "Ardaloedd sydd, ynghyd â’r rhai o’u cwmpas, yn cynnwys mwy neu lai o resi cyhoeddedig nag y byddai siawns yn eu gosod yno. "
        "Cyfrifir pob rhes yn ardal ei phwynt ar ôl ei symud; ger ffin, gall honno fod yn ardal gyfagos.",
        "Areas that, together with those around them, hold more or fewer published rows than chance would lay there. "
        "Each row is counted in the area of its point after it was moved; near a boundary that may be the area next to it.",
    ),
    (Method.AREAS, Origin.EXTRACT): (
        "Ardaloedd sydd, ynghyd â’r rhai o’u cwmpas, yn cynnwys mwy neu lai o ddigwyddiadau cofnodedig nag y byddai siawns yn eu gosod yno. "
        "Cyfrifir pob digwyddiad yn ardal y lle a gofnodwyd ar ei gyfer.",
        "Areas that, together with those around them, hold more or fewer recorded incidents than chance would lay there. "
        "Each incident is counted in the area of the place recorded for it.",
    ),
    (Method.LASTING, Origin.SNAPPED): (
        "Pa mor barhaus yw’r ardaloedd problemus, fesul mis. Mae data agored yn rhoi’r mis ac nid y diwrnod, a chyfrifir pob rhes yn ardal "
        "ei phwynt ar ôl ei symud.",
        "How lasting hot areas are, month by month. Open data give the month and not the day, and each row is counted in the area of its "
        "point after it was moved.",
    ),
    (Method.LASTING, Origin.EXTRACT): (
        "Pa mor barhaus yw’r ardaloedd problemus, fesul mis, yn ôl detholiad dyddiedig gan yr heddlu. Cyfrifir pob digwyddiad yn y mis y "
        "cofnodwyd iddo ddigwydd.",
        "How lasting hot areas are, month by month, from a dated police extract. Each incident is counted in the month in which it is "
        "recorded to have happened.",
    ),
    (Method.FEW_PLACES, Origin.SNAPPED): (
        "Y nifer lleiaf o bwyntiau cyhoeddedig sy’n cynnwys hanner y rhesi. Mae pwynt yn cynrychioli sawl cyfeiriad, ac nid yw ei enw ond yn "
        "dweud beth sydd gerllaw, felly nid rhestr o strydoedd yw hon.",
        "The fewest published points that hold half of the rows. A point stands for several addresses, and its name only says what is near, "
        "so this is not a list of streets.",
    ),
    (Method.FEW_PLACES, Origin.EXTRACT): (
        "Y nifer lleiaf o leoedd cofnodedig sy’n cynnwys hanner y digwyddiadau. Mae’r rhestr yn enwi lleoedd, felly mae ar gyfer y rhai sy’n "
        "gweithio yno ac nid i’w chyhoeddi.",
        "The fewest recorded places that hold half of the incidents. The list names places, so it is for those who work there and not for "
        "publication.",
    ),
    (Method.PILED, Origin.SNAPPED): (
        "Pwyntiau sy’n cynnwys llawer mwy o resi nag y gall siawns ei egluro, ac a all fod yn wall wrth leoli’r rhesi yn hytrach nag yn fan "
        "problemus. Holwch y sawl a gyhoeddodd y data cyn gweithredu.",
        "Points that hold many more rows than chance can explain, and that may be a fault in placing the rows rather than a hot spot. "
        "Ask whoever published the data before you act.",
    ),
    (Method.PILED, Origin.EXTRACT): (
        "Lleoedd sy’n cynnwys llawer mwy o ddigwyddiadau nag y gall siawns ei egluro, ac a all fod yn lle diofyn wrth gofnodi yn hytrach nag yn "
        "fan problemus. Holwch yr heddlu cyn gweithredu.",
        "Places that hold many more incidents than chance can explain, and that may be a default place in recording rather than a hot spot. "
        "Ask the police before you act.",
    ),
}


def caption(method: Method, origin: Origin) -> Pair:
    """What must stand under a result, Welsh and English. TypeError where the origin is not told."""
    if not isinstance(origin, Origin):
        raise TypeError("say where the points come from: Origin.SNAPPED or Origin.EXTRACT")
    return CAPTIONS[method, origin]
