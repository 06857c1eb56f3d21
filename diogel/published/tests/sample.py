"""A paper that holds every kind of block, in both languages, for the tests of this room and of those that draw it."""

from __future__ import annotations

from datetime import date

from diogel.published.blocks import (
    Agenda,
    Ask,
    Bullets,
    Cell,
    Column,
    Definition,
    Definitions,
    Figure,
    Heading,
    Mark,
    Notice,
    Pair,
    Paper,
    Paragraph,
    Quote,
    Table,
)

SAID = {
    "title": ("Cododd dwyn o siopau yng Ngwynedd, ac mae esboniad", "Shoplifting rose in Gwynedd, and there is an explanation"),
    "kicker": ("Adroddiad chwarterol, Hydref i Ragfyr 2021", "Quarterly report, October to December 2021"),
    "marking": ("SWYDDOGOL", "OFFICIAL"),
    "foot": ("Fersiwn 2. Ffigurau hyd at 31 Rhagfyr 2021.", "Version 2. Figures up to 31 December 2021."),
    "draft": ("Drafft: heb ei gymeradwyo", "Draft: not approved"),
    "example": ("Data enghreifftiol; nid datganiad gan y cyrff hyn", "Example data; not a statement by these bodies"),
    "asked": ("Beth rydym yn ei ofyn gennych", "What we ask of you"),
    "decide": ("Penderfynu a yw cam gweithredu 17 yn parhau.", "Decide whether action 17 goes on."),
    "for decision": ("i benderfynu", "for decision"),
    "carried": ("wedi’i gario ymlaen 3 gwaith", "carried over 3 times"),
    "indicators": ("Dangosyddion y chwarter", "Indicators of the quarter"),
    "indicator": ("Dangosydd", "Indicator"),
    "now": ("Hyd–Rhag 2021", "Oct–Dec 2021"),
    "before": ("Hyd–Rhag 2020", "Oct–Dec 2020"),
    "against": ("Yn erbyn y disgwyl", "Against expected"),
    "shops": ("Dwyn o siopau, Gwynedd", "Shoplifting, Gwynedd"),
    "higher": ("uwch", "higher"),
    "as expected": ("yn ôl y disgwyl", "as expected"),
    "cannot say": ("ni ellir dweud", "cannot say"),
    "burglary": ("Byrgleriaeth", "Burglary"),
    "slavery": ("Atgyfeiriadau caethwasiaeth fodern", "Modern slavery referrals"),
    "withheld": ("wedi’i ddal yn ôl", "withheld"),
    "no data": ("dim data", "no data"),
    "late": ("hwyr", "late"),
    "drugs": ("Troseddau cyffuriau", "Drug offences"),
    "seen": ("Gwelwyd mewn pryd", "Seen in time"),
    "not zero": ("Nid yw “hwyr” yn sero.", "“Late” is not zero."),
    "card": ("Agorodd ffurflen ar-lein", "An online form opened"),
    "told": ("Cofnododd yr heddlu 96 ym mis Tachwedd; disgwyliwyd 43 i 71.", "Police recorded 96 in November; 43 to 71 were expected."),
    "cause": ("Achos", "Cause"),
    "reporting": ("newid mewn adrodd", "a change in reporting"),
    "each month": ("Dwyn o siopau bob mis", "Shoplifting each month"),
    "described": ("Mae Tachwedd 2021 yn 96, uwchlaw’r ystod.", "November 2021 is 96, above the range."),
    "source": ("Ffynhonnell: police.uk.", "Source: police.uk."),
    "month": ("Mis", "Month"),
    "november": ("Tachwedd 2021", "November 2021"),
    "recorded": ("Cofnodwyd", "Recorded"),
    "by place": ("Fesul lle: mae’r bariau’n adio i 34", "By place: the bars add up to 34"),
    "places": ("Bangor 23 yn fwy, Caernarfon 11 yn fwy.", "Bangor 23 more, Caernarfon 11 more."),
    "range": ("ystod ddisgwyliedig", "expected range"),
    "label": ("96 ym mis Tachwedd", "96 in November"),
    "lockdown": ("cyfnod clo", "lockdown"),
    "asked lead": ("Gofynnwyd i’r arweinydd.", "The lead has been asked."),
    "listening": ("Rydym yn gwrando.", "We are listening."),
    "twin": ("We are listening.", "Rydym yn gwrando."),
    "page": ("Tudalen gyhoeddus", "Public page"),
}


def paper(language: str, *, is_draft: bool = False, more: tuple = (), title: str = "") -> Paper:
    """The sample in one language; `more` blocks are put at its end."""

    def said(name: str) -> str:
        return SAID[name][0 if language == "cy" else 1]

    draft = (Notice("draft", said("draft")),) if is_draft else ()
    return Paper(
        language=language,
        title=title or said("title"),
        kicker=said("kicker"),
        partnership=Pair("Partneriaeth Diogelwch Cymunedol", "Community Safety Partnership"),
        place=Pair("Gwynedd a Môn", "Gwynedd and Anglesey"),
        marking=said("marking"),
        audience="public",
        version="2",
        data_on=date(2021, 12, 31),
        notices=(*draft, Notice("example", said("example"))),
        blocks=(*_asks(said), _indicators(said), *_card(said, language), *more),
        foot=said("foot"),
    )


def _asks(said) -> tuple:
    mark = Mark("carry", said("carried"), times=3)
    return (Heading(2, said("asked")), Agenda((Ask("1", said("decide"), said("for decision"), mark),)))


def _indicators(said) -> Table:
    def number(text: str, state: str = "") -> Cell:
        return Cell(text, state=state, numeric=True)

    columns = (Column(said("indicator")), Column(said("now"), "end"), Column(said("before"), "end"), Column(said("against")))
    rows = (
        (Cell(said("shops")), number("1,233", "provisional"), number("177", "corrected"), Cell(said("higher"), mark="up")),
        (Cell(said("burglary")), number("0", "zero"), number("115"), Cell(said("as expected"), mark="same")),
        (Cell(said("slavery")), number(said("withheld"), "withheld"), number(said("withheld"), "withheld"), Cell(said("cannot say"))),
        (Cell(said("drugs")), number(said("no data"), "missing"), number("98"), Cell(said("cannot say"))),
        (Cell(said("seen")), number(said("late"), "late"), number("31"), Cell(said("cannot say"))),
    )
    return Table(said("indicators"), columns, rows, note=said("not zero"))


def _card(said, language: str) -> tuple:
    months = Table(
        said("each month"), (Column(said("month")), Column(said("recorded"), "end")), ((Cell(said("november")), Cell("96", numeric=True)),)
    )
    return (
        Heading(2, said("card")),
        Paragraph(said("told")),
        Definitions((Definition(said("cause"), said("reporting")),)),
        Figure(said("each month"), said("described"), "months", source=said("source"), table=months),
        Figure(said("by place"), said("places"), "places"),
        Bullets((said("asked lead"),)),
        Quote(said("listening"), said("page")),
        Quote(said("twin"), language="en" if language == "cy" else "cy"),
    )
