"""Who wrote an article: people's names out of what pages give as author.

>>> people(["By Jane Doe and John Roe, Staff Writers"], outlet="The Herald")
['Jane Doe', 'John Roe']
"""

import re
from collections.abc import Iterable

from index.sources.fields import web_address
from index.when.calendar_names import MONTHS, WEEKDAYS
from index.when.dates import find_date

_LEAD = re.compile(
    r"^(?:(?:written|posted|published|story|words|text|report(?:ed|ing)?)\s+)?by\b[\s:]*"
    r"|^(?:author|autor[ae]?s?)\s*:\s*|^(?:escrito\s+|publicado\s+)?por\b[\s:]*|^(?:كتب(?:ت|ه)?|بقلم|إعداد|تحرير|الكاتب)\s*[:：]?\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:[|•·/(<]|\s[–—-]\s|\b(?:published|updated|posted|publicad[oa]|actualizad[oa])\b|\bfor the\b).*$"
    r"|\s+(?:on|at|el|في)\s.*$|\s+\d.*$",
    re.IGNORECASE,
)
_DAYS = "|".join(name for names in (*MONTHS.values(), *WEEKDAYS.values()) for name in names)
_DAY_AFTER = re.compile(rf"[\s,،]+(?:{_DAYS})(?:\W.*)?$", re.IGNORECASE)
_APART = re.compile(r"\s*[;,،&]\s*|\s+(?:and|y|e|with|und|et|con)\s+|\s+و(?=\w)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:senior|staff|chief|special|deputy|associate|contributing|guest|freelance|news|managing|executive)?\s*"
    r".*\b(?:writers?|reporters?|editors?|correspondents?|journalists?|contributors?|columnists?|producers?"
    r"|redactor[ae]?s?|corresponsal(?:es)?|periodistas?|enviad[oa]s?|colaborador[ae]?s?)\b.*",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:the\s+)?(?:associated press|ap|afp|agence france[- ]presse|(?:thomson )?reuters|efe|ansa|dpa|upi|pti"
    r"|tass|xinhua|bloomberg|europa press|anadolu(?: agency)?|رويترز|أ ?ف ?ب|وكالات|وكالة.*)"
)
_NOBODY = re.compile(
    rf"{_AGENCY}|admin(?:istrator)?|staff.*|editors?|editorials?|guest|anonymous|unknown|none|web ?master"
    r"|news ?desk|.*\b(?:staff|news ?room|services?)"
    r"|.*\b(?:editorial|news|web|digital) (?:team|board|desk|editor)"
    r"|agenc(?:y|ies|ias?)|redacci[oó]n.*|press release|.*\bwire (?:reports|services?)"
    r"|.*\.(?:com|org|net|co\.\w\w|es|ar)|(?:فريق|هيئة|قسم)?\s*(?:التحرير|المحررون|محرر).*|غرفة الأخبار",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:agency|agencia|association|asociación|centre|center|centro|committee|company|corp|council|foundation"
    r"|fundación|government|gobierno|group|grupo|herald|inc|institute|instituto|international|journal|llc|ltd"
    r"|magazine|media|ministry|ministerio|network|news|noticias|post|press|prensa|radio|society|team|times"
    r"|tribune|university|universidad|weekly|وزارة|جامعة|مركز|مؤسسة|شبكة|قناة|صحيفة|موقع)\b",
    re.IGNORECASE,
)
_AGENCY_AFTER = re.compile(rf"\s+{_AGENCY}$", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z.]{2,8}")  # CNN, PTI, MS, RDN: an outlet, an agency or a degree
_SENTENCE_END = re.compile(r"(?<=\w\w)\.\s+(?=[^\W\d_a-z])")
_LONGEST_NAME = 60
_MOST_WORDS = 6


def people(bylines: Iterable[str], outlet: str = "") -> list[str]:
    """The people in `bylines`, in their order, each once; no outlet, agency, address or role."""
    found: dict[str, str] = {}
    for byline in bylines:
        for name in _names(byline):
            if _is_person(name, outlet):
                found.setdefault(name.casefold(), name)
    return list(found.values())


def names_an_agency(byline: str) -> bool:
    """True if a byline says that the article is an agency's or the desk's: nobody signed it."""
    return any(_NOBODY.fullmatch(name) for name in _names(byline))


def _names(byline: str) -> list[str]:
    line = " ".join(byline.split())
    if web_address(line) or len(line) > 4 * _LONGEST_NAME:
        return []
    written = find_date(line)
    line = _DAY_AFTER.sub("", _LEAD.sub("", line[: written.start] if written and written.start else line))
    pieces = [piece for part in _APART.split(line) for piece in _SENTENCE_END.split(part)]
    return [_trimmed(piece) for piece in pieces if piece.strip()]


def _trimmed(piece: str) -> str:
    name = _TAIL.sub("", _LEAD.sub("", piece.strip()) + " ").strip(" .,:|–—-\"'*")
    return name if _NOBODY.fullmatch(name) else _AGENCY_AFTER.sub("", name)


def _is_person(name: str, outlet: str) -> bool:
    if not 2 <= len(name) <= _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return False
    if re.search(r"https?:|www\.|[@<>{}=\d_]", name) or _INITIALS.fullmatch(name):
        return False
    if any(pattern.fullmatch(name) for pattern in (_NOBODY, _ROLE)) or _ORGANISATION.search(name):
        return False
    key, site = (re.sub(r"\W|^the\s", "", text.casefold()) for text in (name, outlet))
    if site and (key in site or site in key):
        return False
    # A name is capitalised, or of a script that has no capitals.
    return not name[0].islower() or bool(re.search(r"\s[^\W\d_a-z]", name))
