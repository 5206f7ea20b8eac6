"""The numbers a text tells, by value: "12", "twelve" and "a dozen" are one, and so are "1.5 million" and
"1,500,000".

>>> [quantity.value for quantity in quantities("Twenty-one boats and 1.5 million fish")]
[21.0, 1500000.0]
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.language import folded
from index.when.dates import EASTERN_DIGITS

_UNITS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = """
second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth
"""
# Folded: letters without accents.
_OTHER_LANGUAGES = {
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17,
    "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiuno": 21, "treinta": 30, "cuarenta": 40,
    "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100,
    "اثنان": 2, "اثنين": 2, "ثلاثة": 3, "اربعة": 4, "خمسة": 5, "ستة": 6, "سبعة": 7, "ثمانية": 8, "تسعة": 9,
    "عشرة": 10, "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "مئة": 100, "مائة": 100,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12,
    "mil": 1e3, "millon": 1e6, "millones": 1e6, "الف": 1e3, "الاف": 1e3, "مليون": 1e6, "مليار": 1e9,
}  # fmt: skip
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_TOKEN = re.compile(
    r"(?P<digits>\d+(?:[.,]\d+)*)(?P<short>\s?(?:bn|tn|mn|[km])\b)?(?:st|nd|rd|th|s)?"
    r"|(?P<word>[^\W\d_]+)|(?P<other>[^\w\s])"
)
_YEARS = re.compile(r"\b((?:1[5-9]|20)\d\d)\s?[-–/]\s?(\d\d)\b(?![-–/]\d)")
_POINTS_GROUP = frozenset(["es", "de", "it", "pt", "nl", "tr", "id"])
_LESS = frozenset(["over", "least", "exceeding", "than", "upwards"])  # "more than" the number that is told
_MORE = frozenset(["nearly", "almost", "under", "below", "fewer"])
_ABOUT = frozenset(
    ["about", "around", "roughly", "approximately", "some", "estimated", "circa", "approx", "c"]
)


@dataclass(frozen=True)
class Quantity:
    """A number as it is written, its value, and the words before and after it in small letters. `is_rank` is
    True for "third" and "3rd"."""

    written: str
    value: float
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_rank: bool

    def agrees(self, values: Sequence[float]) -> bool:
        """True if one of `values` is what it says: its own, or near it where it says that it is not exact."""
        if any(abs(value - self.value) <= 1e-9 * max(1.0, abs(value)) for value in values):
            return True
        before = self.before[-2:]
        if set(before) & _ABOUT:
            return any(abs(value - self.value) <= 0.1 * self.value for value in values)
        if "less" in before or set(before) & _MORE:
            return any(0.8 * self.value <= value <= self.value for value in values)
        if set(before) & _LESS:
            return any(self.value <= value <= 1.25 * self.value for value in values)
        return False

    @property
    def around(self) -> tuple[str, str, str]:
        """The number between its neighbours, these with a capital; of "18 de junio" both words after it."""
        after = self.after[:2] if self.after[:1] in (("de",), ("of",)) else self.after[:1]
        return " ".join(self.before[-1:]).title(), self.written, " ".join(after).title()


def _is_rank(written: str) -> bool:
    return bool(re.search(r"(?:st|nd|rd|th|second|third)$", written, re.IGNORECASE))


@cache
def _words() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_UNITS.split())}
    words |= {word: 10 * value for value, word in enumerate(_TENS.split(), start=2)}
    words |= {word: value for value, word in enumerate(_ORDINALS.split(), start=2)}
    return words | _OTHER_LANGUAGES


def quantities(text: str, language: str = "en") -> list[Quantity]:
    """The numbers of `text` in order. "One" and "first" are more often no number, and are left out."""
    plain = _YEARS.sub(lambda years: f"{years[1]} {years[1][:2]}{years[2]}", text.translate(EASTERN_DIGITS))
    plain = plain.replace("٫", ".").replace("٬", ",")
    tokens = list(_TOKEN.finditer(plain))
    found: list[Quantity] = []
    place = 0
    while place < len(tokens):
        end, value = _read(tokens, place, points=language in _POINTS_GROUP)
        if value is not None and not _is_no_number(tokens, place, end):
            written = plain[tokens[place].start() : tokens[end - 1].end()]
            before = tuple(folded(token[0]) for token in tokens[max(0, place - 3) : place])
            after = tuple(folded(token[0]) for token in tokens[end : end + 3])
            found.append(Quantity(written.strip(), value, before, after, _is_rank(written)))
        place = max(end, place + 1)
    return found


def _read(tokens: Sequence[re.Match[str]], place: int, *, points: bool) -> tuple[int, float | None]:
    """The number that begins at a token, and the token after it."""
    total, current, end = 0.0, None, place
    for at in range(place, len(tokens)):
        token = tokens[at]
        word = folded(token["word"] or "")
        if token["digits"] and current is None and not total:
            current = _value(token["digits"], points) * _SHORT_SCALES.get(
                (token["short"] or "").strip().lower(), 1
            )
        elif word in _words() and (
            current is None or (current % 100 == 0 and current < 1000) or _adds(current, word)
        ):
            current = (current or 0) + _words()[word]
        elif word in _SCALES and (current is not None or word in ("hundred", "thousand", "million", "dozen")):
            scale = _SCALES[word]
            if scale == 100:
                current = (current or 1) * scale
            else:
                total, current = total + (current or 1) * scale, None
        elif (
            at > place and (token[0] == "-" or word in ("and", "y")) and _goes_on(tokens, at, current, total)
        ):
            continue
        else:
            break
        end = at + 1
    if end == place:
        return place, None
    return end, total + (current or 0)


def _adds(current: float, word: str) -> bool:
    return current % 10 == 0 and 20 <= current % 100 <= 90 and 0 < _words()[word] < 10


def _goes_on(tokens: Sequence[re.Match[str]], at: int, current: float | None, total: float) -> bool:
    """True if what joins two words joins one number: "twenty-one", "two hundred and six"."""
    following = folded(tokens[at + 1]["word"] or "") if at + 1 < len(tokens) else ""
    if following not in _words():
        return False
    if tokens[at][0] == "-" or tokens[at][0] == "y":
        return current is not None and _adds(current, following)
    return bool(total and current is None) or (current is not None and current >= 100 and current % 100 == 0)


def _value(digits: str, points: bool) -> float:
    """1,500,000 and 1.500.000 by their groups of three; else the last mark is the decimal one. With `points`
    1.500 is a group too."""
    if points and re.fullmatch(r"\d{1,3}\.\d{3}", digits):
        return float(digits.replace(".", ""))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return float(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?", digits):
        return float(digits.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+[.,]\d+", digits):
        return float(digits.replace(",", "."))
    whole = digits.replace(",", "").replace(".", "")
    return float(whole) if len(whole) < 300 else float("inf")


def _is_no_number(tokens: Sequence[re.Match[str]], place: int, end: int) -> bool:
    """ "One" is a pronoun and "second" a moment as often as not."""
    return end == place + 1 and folded(tokens[place][0]) in ("one", "second", "hundred", "once", "zero")
