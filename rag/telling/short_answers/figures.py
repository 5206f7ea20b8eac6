"""Numbers as digits and as words, in English, Spanish and Arabic, and what they come to."""

import re
from functools import cache

from rag.telling.short_answers.units import CURRENCY, GLUED


def _numbered(words: str, first: int, step: int = 1) -> dict[str, float]:
    return {form: first + step * n for n, forms in enumerate(words.split()) for form in forms.split(",")}


NUMBERS: dict[str, float] = {
    **_numbered(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
        1,
    ),
    **_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    **_numbered(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
        "diecisiete "
        "dieciocho diecinueve veinte veintiuno,veintiuna,veintiún veintidós veintitrés "
        "veinticuatro veinticinco "
        "veintiséis veintisiete veintiocho veintinueve",
        2,
    ),
    **_numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa cien,ciento", 30, 10),
    **_numbered(
        "doscientos,doscientas trescientos,trescientas cuatrocientos,cuatrocientas quinientos,quinientas "
        "seiscientos,seiscientas setecientos,setecientas ochocientos,ochocientas novecientos,novecientas",
        200,
        100,
    ),
    **_numbered(
        "أحد,إحدى اثنا,اثني,اثنتا,اثنتي ثلاثة,ثلاث أربعة,أربع خمسة,خمس ستة,ست سبعة,سبع ثمانية,ثماني,ثمان "
        "تسعة,تسع عشرة,عشر",
        1,
    ),
    **_numbered(
        "عشرون,عشرين ثلاثون,ثلاثين أربعون,أربعين خمسون,خمسين ستون,ستين سبعون,سبعين ثمانون,ثمانين تسعون,تسعين",
        20,
        10,
    ),
    **{"مئتان": 200, "مئتين": 200, "مئتي": 200, "ألفان": 2e3, "ألفين": 2e3, "ألفي": 2e3},
    **{"مليونان": 2e6, "مليونين": 2e6, "مليوني": 2e6},
}
HALVES = frozenset(("half", "medio", "media", "نصف", "ونصف"))
_SCALES: dict[str, float] = {
    **{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12},
    **{"mil": 1e3, "millón": 1e6, "millones": 1e6, "billones": 1e12, "docena": 12, "centenar": 100},
    **{"مئة": 100, "مائة": 100, "ألف": 1e3, "ألفا": 1e3, "ألفاً": 1e3, "آلاف": 1e3, "مليون": 1e6},
    **{"ملايين": 1e6, "مليار": 1e9, "مليارات": 1e9, "bn": 1e9, "mn": 1e6, "tn": 1e12, "k": 1e3},
}
_NO_FIGURE_ALONE = frozenset(("millones", "billones", "آلاف", "ملايين", "مليارات"))
HEDGE = (
    r"(?:at least|at most|(?:no )?(?:more|less|fewer) than|just (?:over|under)|well over|about|"
    r"around|roughly|"
    r"nearly|almost|some|up to|over|under|approximately|an estimated|close to|as many as|"
    r"an average of|unos|unas|"
    r"casi|cerca de|alrededor de|más de|menos de|al menos|por lo menos|hasta|aproximadamente|نحو|حوالي|قرابة|"
    r"أكثر من|أقل من|ما لا يقل عن|ما يقارب|زهاء)"
)


@cache
def number_pattern() -> re.Pattern[str]:
    """A number; its groups: `currency`, `minus`, `figure`, or `vague` for "dozens of"."""
    names = sorted((*NUMBERS, *_SCALES, *HALVES), key=len, reverse=True)
    name = rf"(?:{'|'.join(map(re.escape, names))})(?!\w)"
    scale = rf"(?:{'|'.join(map(re.escape, sorted(_SCALES, key=len, reverse=True)))})(?!\w)"
    digits = (
        r"(?:\d{1,3}(?:[.,\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?)(?![.,:/–-]?\d)"
    )
    join = (
        r"(?:[\s-]|(?:(?<=hundred)|(?<=thousand)|(?<=million))\sand\s|\sand\sa\s(?=half)|(?<=nta)\sy\s"
        r"|\sy\s(?=medi)|\sو|\sa\s(?=million|billion|dozen|hundred|thousand))"
    )
    vague = (
        r"(?:tens|dozens|scores|hundreds|thousands|millions|decenas|docenas|cientos|miles|centenares|عشرات|مئات)"
        r"(?:\sof\s(?:thousands|millions)|\sde\s(?:miles|millones))?(?=\s(?:of|de)\s|\s[\u0600-\u06ff])"
    )
    return re.compile(
        rf"(?:(?<!\w)(?P<currency>{CURRENCY})\s?|"
        rf"(?<![\w/:])(?<!\w[-–])(?<!\d[.,])(?<!no\s)(?!(?<=por )ciento))"
        rf"(?:(?P<vague>{vague})|(?P<minus>-|minus\s)?(?P<figure>{digits}"
        rf"(?:\s?{scale}|(?(currency)m|(?!)))?(?:\sand\sa\shalf)?(?:\s{scale})*(?=(?:{GLUED})(?!\w)|(?!\w))"
        rf"|(?:(?:an?|una?)\s(?={scale}))?{name}(?:{join}{name})*))",
        re.IGNORECASE,
    )


def figure_said(number: str, *, percent: bool) -> float | None:
    """What digits and number words come to; None where they name a scale and no number, as "millones"."""
    total = current = 0.0
    last = 1.0
    tokens = re.findall(r"\d[\d.,\u00a0\u202f]*|[^\W\d_]+", number)
    if tokens and tokens[0] in _NO_FIGURE_ALONE:
        return None
    for token in tokens:
        word = token if token in NUMBERS or token in _SCALES or token in HALVES else token.removeprefix("و")
        if token[0].isdigit():
            current += _digits(token.rstrip(".,"), percent=percent)
        elif word in HALVES:
            total, current = (total + last / 2, current) if total and not current else (total, current + 0.5)
        elif word == "m" or _SCALES.get(word, 0) >= 1000:
            last = _SCALES.get(word, 1e6)
            total = total * last if total and not current else total + (current or 1) * last
            current = 0.0
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
        else:
            current += NUMBERS.get(word, 0)
    return total + current


def _digits(token: str, *, percent: bool) -> float:
    """ "1,500", "1.500", "1,5" and "1.234,5": a sole mark before three digits parts thousands, unless it is
    of a percentage or after a nought."""
    token = re.sub(r"[\u00a0\u202f]", "", token)
    marks = re.findall(r"[.,]", token)
    if not marks:
        return float(token)
    tail = len(token) - max(token.rfind("."), token.rfind(",")) - 1
    decimal = len(set(marks)) > 1 or (len(marks) == 1 and (tail != 3 or percent or token[0] == "0"))
    whole = re.sub(r"[.,]", "", token)
    return float(f"{whole[:-tail]}.{whole[-tail:]}" if decimal else whole)
