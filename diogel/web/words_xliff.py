"""A translator's file as XLIFF 1.2, which every translation program opens: written with its context, and read back warily."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from .words_files import FORMAT, MOST_BYTES, BadFile, Came, Returned
from .words_list import DRAFT, MISSING, STALE
from .words_units import LANGUAGES, Unit, other

KIND = "application/x-xliff+xml"
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_STATES = {MISSING: "new", STALE: "needs-translation", DRAFT: "needs-review-translation"}


def written(units: Sequence[Unit], *, slug: str, on: date) -> bytes:
    """The document: one `file` a direction, each sentence with where it stands, what was said before and the glossary's words."""
    root = etree.Element(_named("xliff"), nsmap={None: NAMESPACE}, version="1.2")
    for language in reversed(LANGUAGES):
        some = [each for each in units if each.language == language]
        if some:
            _file(root, language, some, slug, on)
    if not units:
        _file(root, "en", [], slug, on)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _file(root: Any, language: str, units: Iterable[Unit], slug: str, on: date) -> None:
    # "Z" and a time are what the format asks for; the day is what counts.
    into = {"source-language": language, "target-language": other(language), "datatype": "plaintext", "date": f"{on.isoformat()}T00:00:00Z"}
    file = etree.SubElement(root, _named("file"), original=f"{FORMAT}/{slug}", **into)
    header = etree.SubElement(file, _named("header"))
    etree.SubElement(header, _named("tool"), {"tool-id": "diogel", "tool-name": "Diogel"})
    _text(
        header, "note", _("Send the whole file back, or a part of it. Leave the marks (id) and the sentences to be translated as they are.")
    )
    body = etree.SubElement(file, _named("body"))
    for each in units:
        _unit(body, each)


def _unit(body: Any, each: Unit) -> None:
    attributes = {"id": each.mark, "approved": "no", f"{_XML}space": "preserve"}
    if each.most:
        attributes |= {"maxwidth": str(each.most), "size-unit": "char"}
    unit = etree.SubElement(body, _named("trans-unit"), attributes)
    _text(unit, "source", each.source, {f"{_XML}lang": each.language})
    _text(unit, "target", each.target, {f"{_XML}lang": each.into, "state": _STATES[each.state]})
    group = etree.SubElement(unit, _named("context-group"), {"purpose": "information"})
    _text(group, "context", each.where, {"context-type": "x-where"})
    _text(group, "context", each.state_word, {"context-type": "x-state"})
    _text(group, "context", each.url, {"context-type": "x-address"})
    if each.before:
        held = (each.before.say(each.language), each.before.say(each.into))
        _earlier(unit, each, held, {"alttranstype": "previous-version", "origin": _("as it was last checked")})
    if each.like and (each.before is None or each.like.source != each.before.say(each.language)):
        rating = {"alttranstype": "proposal", "match-quality": f"{each.like.per_cent}%", "origin": each.like.origin}
        _earlier(unit, each, (each.like.source, each.like.target), rating)
    for term in each.terms:
        _text(unit, "note", f"{term.said(each.language)} → {term.said(each.into)}", {"from": "glossary", "annotates": "source"})


def _earlier(unit: Any, each: Unit, halves: tuple[str, str], attributes: dict[str, str]) -> None:
    held = etree.SubElement(unit, _named("alt-trans"), attributes)
    _text(held, "source", halves[0], {f"{_XML}lang": each.language})
    _text(held, "target", halves[1], {f"{_XML}lang": each.into})


def _text(parent: Any, name: str, words: str, attributes: dict[str, str] | None = None) -> None:
    etree.SubElement(parent, _named(name), attributes or {}).text = "".join(sign for sign in words if sign >= " " or sign in "\n\t")


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def read(data: bytes) -> Returned:
    """What came back. BadFile in one sentence where it is no such file, is damaged, or holds what could unfold into something else."""
    root = _parsed(data)
    if root.tag != _named("xliff"):
        raise BadFile(
            _("This is XLIFF of another version. Send it back as XLIFF 1.2, as it was given out.")
            if "xliff" in str(root.tag)
            else _("This is no translation file: it is XML, but not XLIFF.")
        )
    files = root.findall(_named("file"))
    origins = {file.get("original", "") for file in files}
    if len(origins) != 1 or not (origin := origins.pop()).startswith(f"{FORMAT}/"):
        raise BadFile(_("This XLIFF file was not given out here, or somebody changed where it says that it comes from."))
    return Returned(origin.removeprefix(f"{FORMAT}/"), tuple(came for file in files for came in _came(file)))


def _parsed(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise BadFile(_("This file is larger than any that is given out here."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as wrong:
        raise BadFile(
            _("This file cannot be read as XML: it was cut short or damaged near line %(line)s.") % {"line": wrong.lineno}
        ) from None
    except ValueError:
        raise BadFile(_("This file cannot be read as XML.")) from None
    if root.getroottree().docinfo.doctype:
        raise BadFile(
            _("This file declares a document type, which no translation file needs and which could hide something. It was not read.")
        )
    return root


def _came(file: Any) -> Iterator[Came]:
    language, into = (file.get(f"{which}-language", "").split("-")[0].casefold() for which in ("source", "target"))
    if (language, into) not in (("en", "cy"), ("cy", "en")):
        raise BadFile(
            _("This file translates from “%(source)s” into “%(target)s”. Only Welsh and English are read here.")
            % {"source": language, "target": into}
        )
    for unit in file.iter(_named("trans-unit")):
        source, target = unit.find(_named("source")), unit.find(_named("target"))
        has_marks = any(_has_marks(half) for half in (source, target) if half is not None)
        yield Came(unit.get("id", ""), language, _words(source), _words(target), str(unit.sourceline or ""), has_marks=has_marks)


def _has_marks(half: Any) -> bool:
    """Whether anything but words stands in it; what a program puts around a segment is not a mark of formatting."""
    return any(each.tag != _named("mrk") for each in half.iterdescendants())


def _words(half: Any) -> str:
    return "" if half is None else "".join(half.itertext())
