"""What a plain-text article says of itself: its title, its date and its outlet, or nothing.

Each is taken only where the article's own lines state it. The first line is a title if it reads like a
headline over a body; a date counts on a line of its own, not inside prose; an outlet must name itself.
"""

import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from index.clean import Line, lines_of, open_lines
from index.dates import find_date, find_dates
from index.language import folded
from index.schema import Article, Mask


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_HEADER_LINES = 12  # the lines in which an article says its title, date and outlet
_LONGEST_TITLE = 160
_SHORTEST_BODY = 60  # characters of a line that can stand under a title
_LONGEST_NAMING = 600  # characters of a paragraph in which an outlet speaks of itself
_LONGEST_NAME = 45

_FULL_STOP = re.compile(r"[.…:;,،؛۔。][\"'”’»)\]]*$")
_ABBREVIATION_END = re.compile(r"(?:\b\w\.){2,}$|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|St|No)\.$")
_TWO_SENTENCES = re.compile(r"[^\W\d_A-Z]{3,}[.؟]\s+[^\W\d_]")
_TITLE_LABEL = re.compile(
    r"(?:title|headline|t[ií]tulo|titular|العنوان|عنوان)\s*[:：]\s*(\S.*)", re.IGNORECASE
)
_HEADING_MARKS = re.compile(r"^#{1,6}\s+|\s+#+$|^\*\*(?=\S)|(?<=\S)\*\*$")
_UPDATED = re.compile(r"updat|modif|actualiz|edited|last|تحديث|حدث|تعديل", re.IGNORECASE)

_OUTLET_LABEL = re.compile(r"(?:source|outlet|publisher|medio|fuente|المصدر)\s*[:：]\s*(\S.*)", re.IGNORECASE)
_NAME = (
    r"(?:[^\W\d_a-zß-ÿ][\w.’'&+-]*|\d[\w.-]*)(?:\s(?:(?:of|the|de|del|la|el|los|y|and|&"
    r"|for)\s){0,2}(?:[^\W\d_a-zß-ÿ][\w.’'&+-]*|\d[\w.-]*)){0,4}"
)
_SELF_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|[.!?]\s)(?:At|Here at|En|Desde)\s(?:the\s|The\s|el\s|El\s)?(?P<name>{_NAME}),?\s(?:we|our"
        rf"|nuestr[oa]s?|trabajamos|creemos|nos|queremos|buscamos)\b",
        rf"^(?:By\s|Por\s)?(?P<name>{_NAME})\s(?:Editorial Team|Editorial Staff|Editorial Board|Newsroom"
        rf"|News Desk|Staff Writer|Staff Report(?:er|s)?|Staff)\b[^a-z]*$",
        rf"^(?:Redacción|Equipo [Ee]ditorial|Equipo)\s(?:de\s|del\s)?(?P<name>{_NAME})$",
        rf"^[Ff]ollow\s(?:the\s)?(?P<name>{_NAME})\son\s(?:Twitter|X|Facebook|Instagram|WhatsApp|Telegram"
        rf"|Google News)\b",
        rf"^S[ií]gue a\s(?P<name>{_NAME})\sen\s(?:Twitter|X|Facebook|Instagram|WhatsApp|Telegram|Google)\b",
        r"(?:^|\s)(?:هيئة|فريق) تحرير\s(?P<name>\S.{1,30})$",
        r"^(?:نحن )?في (?:صحيفة|وكالة|موقع|شبكة|قناة)\s(?P<name>\S+(?:\s\S+)?)[،,]?\s(?:نعمل|نلتزم|نؤمن"
        r"|نسعى|نحرص)",
    )
)
_COPYRIGHT = re.compile(
    rf"(?:©|\([cC]\)|[Cc]opyright"
    rf"|COPYRIGHT)[\s©]*(?:\([cC]\)\s*)?(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?,?\s*)?(?:[Bb]y\s)"
    rf"?(?:the\s)?(?P<name>{_NAME})"
)
_FIRST_PUBLISHED = re.compile(
    rf"\b(?:first|originally|previously)\s(?:published|appeared)\s(?:in|on|by|at"
    rf"|with)\s(?:the\s)?(?P<name>{_NAME})|\boriginalmente\s(?:en|por)\s(?P<nombre>{_NAME})"
)
_SUBSCRIBED = re.compile(
    rf"\b(?:[Ss]ubscribe (?:now )?to|[Ss]uscr[ií]b(?:ete|ase) (?:ya )?a|[Ss]ign up for)\s(?:the\s|el\s"
    rf"|la\s)?(?P<name>{_NAME})(?:['’]s?\b|\s(?:newsletters?|today|now|for|and|on|hoy|newsletter|here"
    rf"|aquí|app)\b|[.!,]|$)"
)
_LEGAL_TAIL = re.compile(
    r"[\s,.|–—-]*(?:(?<=\s)|^)(?:All [Rr]ights [Rr]eserved|Todos [Ll]os [Dd]erechos [Rr]eservados|All|Todos"
    r"|This|No part|Inc|LLC|Ltd|S\.?A|GmbH|Corp)\b.*$"
)
_HEADER_PIECES = re.compile(r"\s*[|·•,]\s*|\s+[-–—/]\s+")
_OUTLET_NAME = re.compile(_NAME)
_LEAD = re.compile(rf"(?P<name>{_NAME})\s+[-–—]\s+(?P<next>\S)")
_ARABIC_LEAD = re.compile(r"(?P<name>[\u0621-\u064a]+(?:\s[\u0621-\u064a]+){0,3})\s+[-–—]\s+(?P<next>\S)")
_OUTLET_WORDS = re.compile(
    r"\b(?:News|Post|Times|Herald|Ledger|Tribune|Agency|Daily|Press|Journal|Gazette|Chronicle|Observer"
    r"|Courier|Standard|Examiner|Mail|Telegraph|Guardian|Monitor|Dispatch|"
    r"Bulletin|Wire|Newswire|Today|Weekly|Report|Reporter|Review|Star|Globe|Sentinel|Register|Inquirer"
    r"|Broadcasting|Radio|TV|Television|Network|Media|Online|"
    r"Diario|Noticias|Prensa|Periódico|Nacional|Universal|País|Mundo|Tiempo|Heraldo|Tribuna|Agencia"
    r"|Informativo|Correo|Gaceta|Cadena|Digital)\b|"
    r"(?:^|\s)(?:وكالة|صحيفة|جريدة|شبكة|قناة|موقع|إذاعة|نيوز|الأنباء|أنباء|الإخبارية|الإخباري|تايمز|بوست"
    r"|برس)(?:\s|$)",
)
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
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes "
    "miércoles jueves viernes sábado domingo",
    "but and so then now here there still yet also why how what when where who which",
)
_NOT_AN_OUTLET = _words(
    "us our me him her them it this that all the a an free for facebook twitter instagram whatsapp "
    "telegram youtube google x linkedin tiktok reuters/ap agencies agencias وكالات",
    "staff newsletter newsletters author authors copyright",
)


def described(article: Article) -> Article:
    """The article with an empty title, date and outlet filled in from its text, where that states them."""
    lines = lines_of(article.text)
    prose = open_lines(lines, article.masks)
    title = article.title or find_title(prose)
    body = [line for line in prose if _bare(line.text) != title]
    return replace(
        article,
        title=title,
        published=article.published or find_published(lines, article.masks),
        outlet=article.outlet or find_outlet(lines, body),
    )


def find_title(prose: Sequence[Line]) -> str:
    """Give the first line if it reads like a headline and a body follows, else "".

    A kicker of one or two words ("World News") above a headline is passed over.
    """
    for number, line in enumerate(prose[:3]):
        labelled = _TITLE_LABEL.fullmatch(line.text)
        if labelled:
            return _bare(labelled[1])
        if not _is_headline(line.text) or not _has_body(prose[number + 1 :]):
            return ""
        words = len(line.text.split())
        following = prose[number + 1 : number + 2]
        if (
            words > 2
            or not following
            or not _is_headline(following[0].text)
            or len(following[0].text.split()) < 4
        ):
            return _bare(line.text)
    return ""


def find_published(lines: Sequence[Line], masks: Iterable[Mask]) -> str:
    """Give the date that stands on a line of its own, or with the writer's name, among the first ones, or "".

    A date of an update is not the date of publication; two different dates are none.
    """
    masked = {mask.start: mask.reason for mask in masks}
    dates: list[str] = []
    for line in lines[:_HEADER_LINES]:
        reason = masked.get(line.start)
        if line.is_prose and not reason:
            break
        if reason in {"date", "byline", "navigation"} or (not reason and _is_place_and_date(line.text)):
            dates += _published_dates(line.text)
    days = {date[: len("2026-01-17")] for date in dates}
    return max(dates, key=len) if len(days) == 1 else ""


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
            if _OUTLET_WORDS.search(match["name"])
        ),
    )
    for names in ways:
        found = {_name_key(name): name for name in map(_trimmed, names) if _is_name(name)}
        if found:
            return next(iter(found.values())) if len(found) == 1 else ""
    return ""


def is_place(name: str) -> bool:
    """True if `name` is a town or country of the gazetteer (GeoNames), in any letter case, accents or not."""
    return folded(name.strip()) in _places()


def _bare(line: str) -> str:
    return " ".join(_HEADING_MARKS.sub("", line).split())


def _is_headline(line: str) -> bool:
    line = _bare(line)
    if len(line) > _LONGEST_TITLE or (_FULL_STOP.search(line) and not _ABBREVIATION_END.search(line)):
        return False
    if len(line.split()) <= 3 and is_place(line.partition(",")[0]):
        return False  # a dateline of its own
    return not _TWO_SENTENCES.search(line) and not line[0].islower()


def _has_body(below: Sequence[Line]) -> bool:
    return any(len(line.text) >= _SHORTEST_BODY and re.search(r"[.!?؟…۔。]", line.text) for line in below)


def _published_dates(line: str) -> Iterator[str]:
    """The dates of a line, but for those that are said to be of an update."""
    start = 0
    for found in find_dates(line):
        if not _UPDATED.search(line[start : found.start]):
            yield found.iso
        start = found.end


def _is_place_and_date(line: str) -> bool:
    """True for "Caracas, 17 de enero de 2026"."""
    found = find_date(line) if len(line) <= _LONGEST_TITLE else None
    return found is not None and found.end == len(line) and is_place(line[: found.start].strip(" ,،-–—|"))


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
            if not (_OUTLET_NAME.fullmatch(piece) and _OUTLET_WORDS.search(piece)):
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
    if _OUTLET_WORDS.search(name):
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


@cache
def _places() -> frozenset[str]:
    from importlib import resources

    packed = resources.files("index.sources").joinpath("places.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").splitlines())
