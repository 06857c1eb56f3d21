"""The year begins: an assessment from its commission to its approval, scored by two people who do not see each other's scores."""

from __future__ import annotations

from datetime import date

from .walker import Walker
from .year_hands import BOTH, Year, add, step

THEME = {"cy": "Dwyn o ffermydd", "en": "Theft from farms"}
EVIDENCE = {
    "cy": "Mae dwyn arall a gofnodwyd yng Ngwynedd yn codi bob gwanwyn, pan fydd peiriannau allan ar y tir.",
    "en": "Other theft recorded in Gwynedd rises every spring, when machines stand out on the land.",
}
REASON = {
    "cy": "Mae’r risg yn ganolig-uchel, ac nid oes neb yn arwain y gwaith eto.",
    "en": "The risk is medium-high, and nobody leads the work yet.",
}
APART = {
    "bryn": "Most thefts follow one pattern, and the loss stops a farm from working.",
    "elliw": "Mae’r niferoedd yn fach, ond maent yn codi bob chwarter.",
}
SECTIONS = {
    "levels": (
        "Mae dwyn o ffermydd yn digwydd yn bennaf rhwng mis Mawrth a mis Mehefin, ymhell o’r trefi.",
        "Theft from farms happens mostly between March and June, far from the towns.",
    ),
    "changes": (
        "Cododd nifer yr achosion yn 2021. Nid yw’r themâu eraill wedi newid eu band.",
        "The number of cases rose in 2021. The other themes have not changed their band.",
    ),
    "causes": (
        "Cododd pris peiriannau ail-law, ac mae llawer o iardiau heb eu cloi.",
        "Second-hand machinery rose in price, and many yards are not locked.",
    ),
    "priorities": (
        "Dylai’r awdurdodau wneud dwyn o ffermydd yn flaenoriaeth am flwyddyn.",
        "The authorities should make theft from farms a priority for one year.",
    ),
    "people": (
        "Dywedodd ffermwyr mewn dau gyfarfod mai bod heb beiriant am wythnosau sy’n eu poeni fwyaf.",
        "At two meetings farmers said that being without a machine for weeks is what worries them most.",
    ),
    "plan": (
        "Nid oedd cam gweithredu ar ddwyn o ffermydd yng nghynllun y llynedd.",
        "Last year’s plan held no action on theft from farms.",
    ),
}
# What each gives each factor of the method; the rest is the least that it holds.
LEAST = {"physical": 0, "psychological": 0, "environmental": 0, "capacity": 1, "capability": 1, "response": 1}
GIVEN = {
    "bryn": {"financial": 4, "community": 3, "expectation": 3, "psychological": 2, "volume": 3, "trend": 1, "capacity": 4, "response": 3},
    "elliw": {"financial": 3, "community": 3, "expectation": 2, "psychological": 2, "volume": 3, "trend": 1, "capacity": 3, "response": 3},
}


def commission(year: Year) -> None:
    """What is wanted, by when, and what each body is asked for; somebody is asked to score and let off again."""
    ann = year.who("ann")
    ann.go_to("Themes")
    add(
        ann,
        "Begin the next assessment",
        title_cy="Asesiad strategol 2022–23",
        title_en="Strategic assessment 2022–23",
        period_cy="Ar gyfer cynllun 2022–23",
        period_en="For the plan of 2022–23",
        commission_cy="Mae’r bwrdd am wybod a ddylai dwyn o ffermydd fod yn flaenoriaeth y flwyddyn nesaf.",
        commission_en="The board wants to know whether theft from farms should be a priority next year.",
        code="2022",
        from_on=date(2021, 1, 1),
        to_on=date(2021, 12, 31),
        data_due_on=date(2022, 1, 24),
        scoring_due_on=date(2022, 1, 31),
        approval_due_on=date(2022, 2, 11),
        **BOTH,
    )
    year.assessment = ann.page.url
    step(ann, "Begin to gather evidence")
    add(
        ann,
        "Ask a body for evidence",
        what_cy="Achosion o ddwyn o ffermydd, fesul mis",
        what_en="Cases of theft from farms, by month",
        body="Heddlu Gogledd Cymru",
        **BOTH,
    )
    ann.click(ann.page.locator("#requests + table a").first)
    year.look(ann)
    ann.follow("Withdraw this")
    year.look(ann)
    ann.page.go_back()
    ann.fill_in(came_on=date(2022, 1, 17))
    ann.press()


def gather(year: Year) -> None:
    """A theme and what it rests on."""
    ann = year.who("ann")
    here = ann.page.url
    add(
        ann,
        "Add a theme",
        title_cy=THEME["cy"],
        title_en=THEME["en"],
        rationale_cy="Cododd nifer yr achosion a’r golled ym mhob un.",
        rationale_en="Both the number of cases and the loss in each have risen.",
        code="farm-theft",
        order=1,
        **BOTH,
    )
    add(
        ann,
        "Add evidence",
        statement_cy=EVIDENCE["cy"],
        statement_en=EVIDENCE["en"],
        source_cy="Heddlu Gogledd Cymru; data enghreifftiol",
        source_en="North Wales Police; example data",
        code="2022-other-theft",
        dated="2021-12",
        kind="series",
        area_code="W06000002",
        crime_type="Other theft",
        themes=THEME["cy"],
        **BOTH,
    )
    ann.page.goto(here)
    ann.follow("No method of scoring is chosen.")
    ann.press("Score by this method")
    ann.page.goto(here)
    ann.click(ann.page.locator("aside a[href$='/scorers/']"))
    for name in ("Bryn Maeslwyd", "Elliw Trefaes"):
        add(ann, "Ask somebody to score", person=name)
    ann.follow("Let off")
    year.look(ann)
    ann.page.goto(here)
    step(ann, "Begin to score")


def score(year: Year) -> None:
    """Two people score apart, and only once the scores are open does anyone read what the other gave."""
    for name, half in (("bryn", "en"), ("elliw", "cy")):
        walk = year.who(name, half)
        walk.page.goto(_in(walk, year))
        walk.follow("Give your score")
        if name == "bryn":
            year.look(walk)
        values = {f"factor_{code}": str(value) for code, value in (LEAST | GIVEN[name]).items()}
        walk.fill_in(**values, confidence="B" if name == "bryn" else "C", **{f"reason_{half}": APART[name]})
        walk.press()
    ann = year.who("ann")
    ann.page.goto(_in(ann, year))
    ann.follow("Scores")
    year.look(ann)
    assert not any(ann.reads(words) for words in APART.values()), "a score is read before all are open"
    ann.press("Open the scores")
    assert all(ann.reads(words) for words in APART.values())


def agree(year: Year) -> None:
    """One score for all, beside which the body that does not agree is kept; the band follows, and then the decision with its reason."""
    ann = year.who("ann")
    ann.follow("Agree a score")
    year.look(ann)
    ann.fill_in(
        confidence="B",
        reason_cy="Roedd y ddau’n cytuno am y duedd; mae’r golled ariannol yn fawr i bob fferm.",
        reason_en="Both agreed about the trend; the loss of money is great for each farm.",
        **BOTH,
    )
    ann.press()
    ann.follow("Record who does not agree")
    year.look(ann)
    ann.fill_in(
        body="Bwrdd Iechyd Prifysgol Betsi Cadwaladr",
        factor="psychological",
        value=3,
        reason_cy="Mae’r bwrdd iechyd yn gweld mwy o bryder ymhlith ffermwyr nag y mae’r sgôr yn ei ddangos.",
        reason_en="The health board sees more anxiety among farmers than the score shows.",
        **BOTH,
    )
    ann.press()
    year.picture(ann, "02-scores")
    ann.click(ann.page.locator("main li a").filter(has_text=ann.say("Correct")).first)
    year.look(ann)
    ann.follow("Withdraw this")
    year.look(ann)
    ann.page.goto(_in(ann, year))
    ann.follow(THEME[ann.language])
    add(ann, "Correct the theme", decision="priority", decision_reason_cy=REASON["cy"], decision_reason_en=REASON["en"], **BOTH)
    ann.page.goto(_in(ann, year))
    step(ann, "Close the scoring")


def approve(year: Year) -> None:
    """Six sections, of which none may be empty; then the chair approves, and everyone may read the summary."""
    ann = year.who("ann")
    here = ann.page.url
    *first, last = SECTIONS
    for about in [*first, last]:
        if about == last:
            ann.page.goto(here)
            assert [line for line in ann.page.locator("main .dg-cols > div > ul").first.inner_text().splitlines() if line] == [_empty(ann)]
            assert not ann.page.locator("main a.govuk-button").filter(has_text=ann.say("Approve the assessment")).count()
            year.picture(ann, "01-assessment")
        ann.page.goto(f"{here}section/{about}/correct/")
        ann.fill_in(text_cy=SECTIONS[about][0], text_en=SECTIONS[about][1], evidence=EVIDENCE[ann.language], **BOTH)
        ann.press()
    chair = year.who("goronwy")
    chair.page.goto(here)
    step(chair, "Approve the assessment")
    ann.page.goto(here)
    ann.follow("Publish the summary of the assessment")
    ann.press("Publish")


def _empty(walk: Walker) -> str:
    return walk.say("This section is empty: %(section)s", section=walk.say("How far last year’s plan was carried out"))


def _in(walk: Walker, year: Year) -> str:
    """The page of the assessment, in the language of whoever opens it."""
    return year.assessment.replace("/cy/", f"/{walk.language}/")
