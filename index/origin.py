"""Whose report an article is by its own words: "(Coastal Wire) -", "Reuters revealed", "told the Ledger".

Only what carries the article counts: its dateline, its credits, and who is named as having reported it in
its first paragraphs, or in most of its attributions. A minister who said something is no origin, nor is the
outlet itself. An article on a denial of someone's report is not that someone's.

>>> find_origin("DUNMORE, 3 March 2031 (Coastal Wire) - The ferry is late, two people said.", "Dunmore Post")
'Coastal Wire'
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from index.clean import Line, lines_of
from index.outlet_names import NAME, OUTLET_WORDS, agency_name, is_same_outlet
from index.reporting_frames import BACKGROUND, CREDITS, DENIED, SURE, TOLD, UNSURE
from index.when.calendar_names import MONTHS, SHORT_MONTHS, WEEKDAYS

_LEAD_PARAGRAPHS = 3
_LONGEST_CREDIT = 200  # characters of a line that says where the text is from
_OFTEN = 3  # attributions to one name that make it the origin, if they are most of all
_DATELINE = re.compile(
    r"(?P<before>[^()\n]{0,90}?)\(\s?(?P<name>[^()\d]{2,40}?)\s?\)\s?[.,]?\s?(?:[-–—]{1,2}|ـ|:|\.-)"
)
_LEADING = re.compile(rf"(?P<name>{NAME})\s?(?:\.-|\s[-–—]{{1,2}})\s")  # "EFE.- El concejo"
_DATE_WORDS = frozenset(
    word
    for names in (*MONTHS.values(), *WEEKDAYS.values(), SHORT_MONTHS, {"de": 0, "del": 0, "of": 0, "the": 0})
    for name in names
    for word in name.split()
)
_COPYRIGHT = re.compile(
    rf"(?:©|\([cC]\)|[Cc]opyright)[\s©]*(?:\d{{4}}\s)?(?:by\s)?(?:[Tt]he\s)?(?P<name>{NAME})"
)
_BYLINE = re.compile(r"(?:by|por)\s+(?P<names>[^.!?]{2,100})", re.IGNORECASE)
_BYLINE_PIECES = re.compile(r"\s*[,/|·•]\s*|\s+(?:and|y|with|con|for|para|in|en)\s+", re.IGNORECASE)
_STAFF = re.compile(r"\s+(?:(?:[\w ]+\s)?(?:staff|correspondent|writer|newsroom)s?)$", re.IGNORECASE)
_NO_NEWSROOM = re.compile(
    r"\b(?:Police|Ministry|Minister|Government|Parliament|Congress|Senate|Court|Council|Committee|Commission"
    r"|Office|Department|University|Institute|Union|Party|House|President|Bank|Inc|Corp|Company|Hospital|School"
    r"|Authority|Service|Foundation|Association|Federation|Officials?|Sources?|People|Experts|Researchers|He|She"
    r"|It|They|We|I|You|This|That|There|Both|Two|Three|Four|Some|Many|Most|FBI|CIA|NASA|WHO|UN|EU|NATO|Interpol"
    r"|Policía|Ministerio|Ministr[oa]|Gobierno|Congreso|Senado|Ayuntamiento|Universidad|Partido|Banco|Casa"
    r"|President[ea]|Comisión|Tribunal|Fiscalía|Guardia|Estado|Ejecutivo|Reporters?|Twitter|Facebook|Instagram"
    r"|News agencies|Agencies|Agencias|Mayor|Governor|Senator|Sen|Gov|Rep|Judge|Secretary|Ambassador|General"
    r"|Chancellor|King|Queen|Prince|Princess|Pope|Dr|Mr|Mrs|Ms|Sir|Dame|Sra?|Dra|Don|Doña|Alcalde(?:sa)?)\b|^X$"
)
# Words of outlets' names that agencies of the state and associations bear as well.
_OTHERS_BEAR = re.compile(
    r"Agency|Network|Standard|Monitor|Register|Review|Today|Star|Report|Reporter|Media|Online|Digital|Agencia"
    r"|Universal|Nacional|País|Mundo|Tiempo|Cadena|Radio|Weekly|Mail|Globe"
)
_LONG_QUOTE = re.compile(r"“[^”]{40,}(?:”|$)|«[^»]{40,}(?:»|$)|\"[^\"]{40,}(?:\"|$)")
_LONG_WORD = re.compile(r"\S{80,}")  # encoded data, say; the frames would take minutes over it
_BEFORE_NAME = re.compile(
    rf"^(?:(?:{'|'.join(name for names in (WEEKDAYS['en'], MONTHS['en']) for name in names)})\s)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Attribution:
    """A name that a paragraph gives as having reported something, in a frame of `kind`."""

    name: str
    kind: str


def find_origin(text: str, outlet: str, *, author: str = "") -> str:
    """Give the agency or outlet whose report `text` says it is, "" where it is the outlet's own or says
    nothing.

    `outlet` and `author` are the article's, where they are known; a byline such as "Associated Press" counts.
    Large agencies go under one name ("AP"), others as the text writes them.
    """
    lines = lines_of(text)
    for name in _stated(lines, author):
        if not is_same_outlet(name, outlet):
            return agency_name(name) or name
    return _attributed(lines, outlet)


def byline_agency(bylines: Iterable[str], outlet: str) -> str:
    """The large agency or broadcaster that one of the bylines names beside a writer or alone, else ""."""
    named = (name for byline in bylines for name in _in_byline(byline, ""))
    return next((agency_name(name) for name in named if not is_same_outlet(name, outlet)), "")


def dateline_agency(paragraph: str) -> str:
    """The name in brackets before the dash of a dateline such as "PORT AULIN (Meridane) -", else ""."""
    match = _DATELINE.match(paragraph)
    if match is None:
        return ""
    name = match["name"].strip()
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", match["before"]) if word[0].islower()]
    is_dateline = all(word in _DATE_WORDS for word in words) and len(match["before"].split()) <= 9
    return name if is_dateline and (agency_name(name) or not name[0].islower()) else ""


def _stated(lines: Sequence[Line], author: str) -> Iterator[str]:
    """Names in the dateline, the byline, and lines that say where the text is from."""
    prose = [line.text for line in lines if line.is_prose]
    body = "\n".join(prose)
    yield from filter(None, map(dateline_agency, prose[:_LEAD_PARAGRAPHS]))
    if prose and (leading := _LEADING.match(prose[0])) and agency_name(leading["name"]):
        yield leading["name"]
    yield from _in_byline(author, body)
    for line in lines:
        words = line.text.strip("*_()[] –—-")
        if len(words) > _LONGEST_CREDIT:
            continue
        if not line.is_prose and (byline := _BYLINE.fullmatch(words)):
            yield from _in_byline(byline["names"], body)
        for match in filter(None, (pattern.match(words) for pattern in _credits())):
            name = match["name"].partition(". ")[0].strip(" .")
            if _reads_as_newsroom(name) or (" " not in name and not _NO_NEWSROOM.search(name)):
                yield name
        if owned := _COPYRIGHT.match(words):
            yield from filter(agency_name, [owned["name"].partition(". ")[0].strip(" .")])


def _in_byline(names: str, body: str) -> Iterator[str]:
    """The agencies of "Jane Doe, Associated Press", and of "Meridane staff" if `body` speaks of Meridane."""
    for piece in _BYLINE_PIECES.split(names):
        words = _STAFF.sub("", piece).split()
        known = next(filter(agency_name, (" ".join(words[-count:]) for count in (3, 2, 1))), "")
        if known:
            yield known
        elif _STAFF.search(piece) and words and words[0][0].isupper() and " ".join(words) in body:
            yield " ".join(words)


def _reads_as_newsroom(name: str) -> bool:
    """True for the name of a known agency, and for "Coastal Wire" or "Diario Claro"."""
    if agency_name(name):
        return True
    words = name.split()
    return not _NO_NEWSROOM.search(name) and any(
        OUTLET_WORDS.fullmatch(word) and not _OTHERS_BEAR.fullmatch(word) for word in (words[0], words[-1])
    )


def _attributed(lines: Sequence[Line], outlet: str) -> str:
    """The newsroom that the first paragraphs, or most attributions, give the report to."""
    prose = [_LONG_QUOTE.sub("“”", line.text) for line in lines if line.is_prose]
    title = [line.text for line in lines[:_LEAD_PARAGRAPHS] if not line.is_prose]
    head, body = [*title, *prose[:_LEAD_PARAGRAPHS]], prose[_LEAD_PARAGRAPHS:]
    if not prose or _denies(" ".join([*title, prose[0]])):
        return ""
    found = [[*_attributions(paragraph)] for paragraph in [*head, *body]]
    newsrooms = _newsrooms([item for items in found for item in items], " ".join([*title, *prose]))
    named = [_one_name(item.name, newsrooms) for items in found for item in items]
    opening = found[: len(title) + 1]
    in_head = {
        _one_name(item.name, newsrooms)
        for items in found[: len(head)]
        for item in items
        if items in opening or item.kind not in TOLD  # whom someone told a sentence later may be in passing
    }
    counted = {
        name: count for name, count in Counter(named).items() if name and not is_same_outlet(name, outlet)
    }
    leading = {name: count for name, count in counted.items() if name in in_head}
    often = {name: count for name, count in counted.items() if count >= _OFTEN and count * 2 > len(named)}
    best = leading or often
    name = max(best, key=lambda name: best[name], default="")
    return agency_name(name) or name


def _denies(head: str) -> bool:
    """True if the article opens with a denial, and names who is denied only after it."""
    denial = _pattern(DENIED).search(head)
    if denial is None:
        return False
    return not any(pattern.search(head, 0, denial.start()) for kind, pattern in _frames() if kind == "sure")


def _attributions(paragraph: str) -> Iterator[_Attribution]:
    paragraph = _LONG_WORD.sub(lambda match: " " * len(match[0]), paragraph)
    background = [match.span() for match in _pattern(BACKGROUND).finditer(paragraph)]
    for kind, pattern in _frames():
        for match in pattern.finditer(paragraph):
            start, end = match.span("name")
            is_background = any(first <= end + 1 and start <= last for first, last in background)
            if not is_background and not match["name"].endswith(("’s", "'s")):
                yield _Attribution(_BEFORE_NAME.sub("", match["name"]).strip(" .,’'"), kind)


def _newsrooms(found: Sequence[_Attribution], text: str) -> list[str]:
    """Those of the names that are newsrooms', longest first."""
    kinds: dict[str, set[str]] = {}
    for item in found:
        kinds.setdefault(item.name, set()).add(item.kind)
    names = []
    for name, of_name in kinds.items():
        told_and_more = len(of_name) > 1 and not of_name.isdisjoint(TOLD)
        if not name or _NO_NEWSROOM.search(name) or not name[:1].isalnum():
            continue
        if _reads_as_newsroom(name) or (("sure" in of_name or told_and_more) and not _is_person(name, text)):
            names.append(name)
    return sorted(names, key=len, reverse=True)


def _is_person(name: str, text: str) -> bool:
    """True if `name` is a family name that the text gives with another name before it."""
    return " " not in name and bool(
        re.search(rf"(?<![.!?”\"] )\b(?!The\b)[A-Z][a-zß-ÿ'’-]+\s{re.escape(name)}\b", text)
    )


def _one_name(name: str, newsrooms: Sequence[str]) -> str:
    """The longest name of the newsroom that `name` is of, "" if it is of none."""
    return next((other for other in newsrooms if is_same_outlet(name, other)), "")


@cache
def _credits() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, CREDITS))


@cache
def _frames() -> tuple[tuple[str, re.Pattern[str]], ...]:
    sure = [("sure", pattern) for pattern in SURE]
    return tuple((kind, re.compile(pattern)) for kind, pattern in (*sure, *UNSURE.items()))


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
