"""Which outlet a plain-text article says it is from: it must name itself."""

import re
from collections.abc import Iterable, Iterator, Sequence

from index.clean import Line
from index.outlet_names import NAME, OUTLET_WORDS
from index.sources.places import is_place
from index.when.calendar_names import MONTHS, WEEKDAYS
from index.when.dates import find_date


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_HEADER_LINES = 12  # the lines in which an article says its title, date and outlet
_LONGEST_NAMING = 600  # characters of a paragraph in which an outlet speaks of itself
_LONGEST_NAME = 45

_OUTLET_LABEL = re.compile(r"(?:source|outlet|publisher|medio|fuente|المصدر)\s*[:：]\s*(\S.*)", re.IGNORECASE)
_SELF_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|[.!?]\s)(?:At|Here at|En|Desde)\s(?:the\s|The\s|el\s|El\s)?(?P<name>{NAME}),?\s(?:we|our"
        rf"|nuestr[oa]s?|trabajamos|creemos|nos|queremos|buscamos)\b",
        rf"^(?:By\s|Por\s)?(?P<name>{NAME})\s(?:Editorial Team|Editorial Staff|Editorial Board|Newsroom"
        rf"|News Desk|Staff Writer|Staff Report(?:er|s)?|Staff)\b[^a-z]*$",
        rf"^(?:Redacción|Equipo [Ee]ditorial|Equipo)\s(?:de\s|del\s)?(?P<name>{NAME})$",
        rf"^[Ff]ollow\s(?:the\s)?(?P<name>{NAME})\son\s(?:Twitter|X|Facebook|Instagram|WhatsApp|Telegram"
        rf"|Google News)\b",
        rf"^S[ií]gue a\s(?P<name>{NAME})\sen\s(?:Twitter|X|Facebook|Instagram|WhatsApp|Telegram|Google)\b",
        r"(?:^|\s)(?:هيئة|فريق) تحرير\s(?P<name>\S.{1,30})$",
        r"^(?:نحن )?في (?:صحيفة|وكالة|موقع|شبكة|قناة)\s(?P<name>\S+(?:\s\S+)?)[،,]?\s(?:نعمل|نلتزم|نؤمن"
        r"|نسعى|نحرص)",
    )
)
_COPYRIGHT = re.compile(
    rf"(?:©|\([cC]\)|[Cc]opyright"
    rf"|COPYRIGHT)[\s©]*(?:\([cC]\)\s*)?(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?,?\s*)?(?:[Bb]y\s)"
    rf"?(?:the\s)?(?P<name>{NAME})"
)
_FIRST_PUBLISHED = re.compile(
    rf"\b(?:first|originally|previously)\s(?:published|appeared)\s(?:in|on|by|at"
    rf"|with)\s(?:the\s)?(?P<name>{NAME})|\boriginalmente\s(?:en|por)\s(?P<nombre>{NAME})"
)
_SUBSCRIBED = re.compile(
    rf"\b(?:[Ss]ubscribe (?:now )?to|[Ss]uscr[ií]b(?:ete|ase) (?:ya )?a|[Ss]ign up for)\s(?:the\s|el\s"
    rf"|la\s)?(?P<name>{NAME})(?:['’]s?\b|\s(?:newsletters?|today|now|for|and|on|hoy|newsletter|here"
    rf"|aquí|app)\b|[.!,]|$)"
)
_LEGAL_TAIL = re.compile(
    r"[\s,.|–—-]*(?:(?<=\s)|^)(?:All [Rr]ights [Rr]eserved|Todos [Ll]os [Dd]erechos [Rr]eservados|All|Todos"
    r"|This|No part|Inc|LLC|Ltd|S\.?A|GmbH|Corp)\b.*$"
)
_HEADER_PIECES = re.compile(r"\s*[|·•,]\s*|\s+[-–—/]\s+")
_OUTLET_NAME = re.compile(NAME)
_LEAD = re.compile(rf"(?P<name>{NAME})\s+[-–—]\s+(?P<next>\S)")
_ARABIC_LEAD = re.compile(r"(?P<name>[\u0621-\u064a]+(?:\s[\u0621-\u064a]+){0,3})\s+[-–—]\s+(?P<next>\S)")
# What stands before a dash at the head of a story and names no one: kinds of text, subjects, days.
_KICKERS = _words(
    "analysis opinion exclusive update updated watch breaking video photos explainer explained feature "
    "features interview profile review editorial column comment",
    "commentary correction clarification factbox fact timeline live report reports special investigation "
    "series podcast audio gallery poll quiz obituary letter letters",
    "news politics world business economy markets stocks sports sport football soccer tennis rugby cricket "
    "basketball baseball golf boxing cycling health science technology",
    "tech culture arts entertainment music film books travel food weather environment climate education "
    "law crime war elections election today yesterday tomorrow tonight",
    "europe asia africa america americas oceania international national local regional global mideast "
    "catalonia scotland wales england midlands",
    "análisis opinión exclusiva exclusivo actualización última urgente vídeo entrevista reportaje crónica "
    "editorial columna especial directo política mundo economía deportes fútbol",
    "salud ciencia tecnología cultura sociedad sucesos internacional nacional hoy ayer europa américa áfrica",
    *MONTHS["en"],
    *MONTHS["es"],
    *WEEKDAYS["en"],
    *WEEKDAYS["es"],
    "but and so then now here there still yet also why how what when where who which",
)
_NOT_AN_OUTLET = _words(
    "us our me him her them it this that all the a an free for facebook twitter instagram whatsapp "
    "telegram youtube google x linkedin tiktok reuters/ap agencies agencias وكالات",
    "staff newsletter newsletters author authors copyright",
)


def find_outlet(lines: Sequence[Line], body: Sequence[Line]) -> str:
    """Give the outlet that names itself, or "" where none does or two differ.

    Tried in this order: a line "Source: …" at the head, its name beside the date there, the name before a
    dash that opens the body, the outlet speaking of itself, its copyright, and where the story first
    appeared, and last what one may subscribe to, if that reads as an outlet and not as a newsletter.
    """
    texts = [line.text for line in lines if len(line.text) <= _LONGEST_NAMING]
    ways: tuple[Iterable[str], ...] = (
        _labelled(texts[:_HEADER_LINES]),
        _beside_the_date(lines),
        _leading(body),
        (match["name"] for text in texts for pattern in _SELF_NAMED for match in pattern.finditer(text)),
        (
            _LEGAL_TAIL.sub("", match["name"])
            for text in texts
            if _is_copyright(text)
            for match in _COPYRIGHT.finditer(text)
        ),
        (match["name"] or match["nombre"] for text in texts for match in _FIRST_PUBLISHED.finditer(text)),
        (
            match["name"]
            for text in texts
            for match in _SUBSCRIBED.finditer(text)
            if OUTLET_WORDS.search(match["name"])
        ),
    )
    for names in ways:
        found = {_name_key(name): name for name in map(_trimmed, names) if _is_name(name)}
        if found:
            return next(iter(found.values())) if len(found) == 1 else ""
    return ""


def _labelled(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        match = _OUTLET_LABEL.fullmatch(line)
        if match:
            yield match[1]


def _beside_the_date(lines: Sequence[Line]) -> Iterator[str]:
    """The name in a line of the head such as "Harbour Ledger | Sunday 19 January 2031".

    It must read as an outlet's, and stand beside a date or again elsewhere in the article.
    """
    for number, line in enumerate(lines[:_HEADER_LINES]):
        if line.is_prose:
            return
        for piece in _HEADER_PIECES.split(line.text):
            if not (_OUTLET_NAME.fullmatch(piece) and OUTLET_WORDS.search(piece)):
                continue
            elsewhere = any(piece in other.text for other in [*lines[:number], *lines[number + 1 :]])
            is_kicker = piece.split()[0].casefold() in _KICKERS
            if " " in piece and not is_kicker and (elsewhere or find_date(line.text)):
                yield piece


def _leading(body: Sequence[Line]) -> Iterator[str]:
    """The name before the dash that opens the first paragraph: "Khaberni - Reuters revealed …"."""
    first = next((number for number, line in enumerate(body) if line.is_prose), None)
    if first is None:
        return
    line = body[first].text
    match = _LEAD.match(line) or _ARABIC_LEAD.match(line)
    if match and _signs(match["name"], match["next"], line[match.end() :], body):
        yield match["name"]


def _signs(name: str, after: str, rest: str, body: Sequence[Line]) -> bool:
    """True if `name` before a dash is an outlet's and not a place, a subject or someone in the story."""
    words = name.split()
    if name.isupper() or after.islower() or re.search(r"\s[-–—]\s", rest[:200]):
        return False  # a dateline, or a remark between dashes
    if (
        is_place(name)
        or is_place(name.partition(",")[0])
        or any(word.casefold() in _KICKERS for word in words[:1])
    ):
        return False
    if OUTLET_WORDS.search(name):
        return len(words) > 1
    told = rf"(?<!told )(?<!to )(?<!with )\b{re.escape(name)}\b"  # "she told Khaberni" is no other subject
    mentions = sum(len(re.findall(told, line.text)) for line in body)
    return len(words) == 1 and name[0].isupper() and len(name) > 2 and mentions == 1


def _is_copyright(line: str) -> bool:
    if re.match(r"(?:©|\([cC]\)|[Cc]opyright|COPYRIGHT)", line):
        return True
    return re.search(r"rights reserved|derechos reservados|الحقوق محفوظة", line, re.IGNORECASE) is not None


def _trimmed(name: str) -> str:
    name = re.sub(r"['’]s$", "", _LEGAL_TAIL.sub("", name).strip(" .,;:|–—-"))
    return re.sub(r"^[Tt]he(?=\s)", "The", name)


def _name_key(name: str) -> str:
    return re.sub(r"^the ", "", name.casefold())


def _is_name(name: str) -> bool:
    name = _trimmed(name)
    return 1 < len(name) <= _LONGEST_NAME and name.casefold() not in _NOT_AN_OUTLET and not is_place(name)
