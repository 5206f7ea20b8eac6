"""Names: the runs of capitalised words in a sentence, or what stands after an Arabic title."""

import re
from collections.abc import Sequence

from index.schema import Article, Span
from rag.telling.short_answers.candidate import Candidate
from rag.telling.short_answers.times import dates_and_clocks
from rag.telling.short_answers.words import FUNCTION_WORDS, WORD, Offsets

_PARTICLES_WORDS = """
de del la las los van von der den ter bin ibn al el da do dos di du le y
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
INSTITUTIONS = re.compile(
    r"(?:bank|university|ministry|minister|court|museum|institute|department|house|board|council|association|"
    r"federation|union|president|bishop|archbishop|king|queen|duke|republic|port|isle|bay|gulf|secretary|office|"
    r"chamber|school|church|society|banco|universidad|ministerio|ministro|tribunal|museo|instituto|academy|"
    r"college|hospital|centre|center|party|company|agency|commission|committee|authority|group|trust|fund|"
    r"stadium|hotel|street|road|square|river|lake|island|islands|prize|award|cup|league|festival|act|airport|"
    r"bridge|press|post|times|herald|ledger|courier|gazette|dispatch|data|ltd|inc|plc|club|town|united|city)",
    re.IGNORECASE,
)
TITLES = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|judge|justice|president|minister|king|queen|prince|"
    r"princess|pope|bishop|archbishop|father|sister|colonel|general|captain|major|inspector|sergeant|senator|"
    r"sheikh|imam|rabbi|don|doña|sr|sra|doctor|doctora|señor|señora)\.?",
    re.IGNORECASE,
)
SOMEBODY = (
    r"company|firm|bank|union|family|families|cousin|brother|sister|mother|father|son|daughter|children|parents|widow|"
    r"police|government|council|ministry|party|team|agency|school|tanker|residents|driver|mechanic|neighbour|owners?|"
    r"group|workers|student|students|farmers?|villagers|hostages|wom[ae]n|m[ae]n|baby|boy|girl|cook|doctor|doctors"
)
_NAME_HONOURS = r"(?:don|doña|sor|fray)\s"
ROLE = re.compile(
    r"(?:\w+(?:er|or|ist|ian|man|woman|ant)|chief|executive|coach|head|judge|captain|president|boss|scholar)"
)
_ARABIC_TITLE = re.compile(
    r"(?<!\w)[وبل]?(?:السيدة?|الدكتورة?|الشيخ|الرئيسة?|الوزيرة?|القبطان|المديرة?|المدرب|النائبة?|القاضية?|اللواء|"
    r"العميد|العقيد|الأمير|الملك|الملكة|الأستاذة?|المهندسة?|الكاتبة?|الشاعرة?|رئيسة? ال\w+|"
    r"وزيرة? ال\w+|مديرة? ال\w+|"
    r"محافظ \w+|المتحدثة? باسم ال\w+)\s"
)


def name_runs(sentence: Span) -> list[Candidate]:
    """The runs of capitalised words in `sentence`, with titles and what joins them: "Bank of Marentia"."""
    text = sentence.text
    words = [match.span() for match in WORD.finditer(text)]
    found: list[Candidate] = []
    place = 0
    while place < len(words):
        stop = _run_end(text, words, place) if _is_capitalised(text, words[place]) else place
        if stop > place:
            name = _name(sentence, words, place, stop)
            found += [name] if name else []
        place = max(stop, place + 1)
    return [one for one in found if not one.overlaps(dates_and_clocks(text))]


def _run_end(text: str, words: Sequence[Offsets], place: int) -> int:
    """Where the run that begins with word `place` ends: the first word no longer in it."""
    stop = place + 1
    while stop < len(words):
        gap = text[words[stop - 1][1] : words[stop][0]]
        if gap not in (" ", "' ", "’ ") and not (gap == ". " and _is_abbreviated(text, words[stop - 1])):
            break
        if _is_capitalised(text, words[stop]):
            stop += 1
            continue
        joined = _joined_by(text, words, stop)
        if not joined:
            break
        stop = joined
    return stop


def _is_abbreviated(text: str, word: Offsets) -> bool:
    return word[1] - word[0] == 1 or bool(TITLES.fullmatch(text[word[0] : word[1]]))


def _joined_by(text: str, words: Sequence[Offsets], place: int) -> int:
    """Past the capitalised word that particles at `place` join to the one before, or 0."""
    first = text[slice(*words[place])]
    stop = place
    while (
        stop < len(words)
        and stop < place + 2
        and text[slice(*words[stop])] in (*_PARTICLES, "of", "the", "for")
    ):
        stop += 1
    if stop == place or stop == len(words) or not _is_capitalised(text, words[stop]):
        return 0
    if text[words[place][0] : words[stop][0]].count(" ") != stop - place:
        return 0
    if first in ("of", "the", "for"):
        before = text[slice(*words[place - 1])]
        return stop + 1 if first == "of" and INSTITUTIONS.fullmatch(before) else 0
    return stop + 1 if first != "y" else 0


def _is_capitalised(text: str, word: Offsets) -> bool:
    return text[word[0]].isupper()


def _name(sentence: Span, words: Sequence[Offsets], place: int, stop: int) -> Candidate | None:
    """The run of words `[place, stop)` as a name, without plain words at its head; None if none is left."""
    text = sentence.text
    before = text[: words[place][0]]
    is_first = not re.search(r"[^\W_]", before) or bool(re.search(r"[.!?:“\"«]\s?$", before))
    article = sentence.article
    while place < stop and _is_plain(text[slice(*words[place])], article, is_first, stop - place > 1):
        place, is_first = place + 1, False
    if place == stop:
        return None
    start, end = words[place][0], words[stop - 1][1]
    honour = re.search(rf"\b{_NAME_HONOURS}$", text[:start])
    owned = re.search(r"['’]s?$", text[start:end])
    end -= len(owned[0]) if owned else 0
    sure = not is_first or stop - place > 1 or _is_name_elsewhere(text[start:end], article)
    if not sure and _is_role(text, words, stop):
        return None
    return Candidate(honour.start() if honour else start, end, "name", sure=sure)


def _is_plain(word: str, article: Article, is_first: bool, in_run: bool) -> bool:
    plain = word.casefold()
    if plain in FUNCTION_WORDS or plain in ("the", "el", "la"):
        return True
    if not is_first:
        return False
    if not in_run and re.fullmatch(rf"(?:{SOMEBODY})|\w+(?:er|or|ist|ial|ent|ant)s", plain):
        return True
    return not (in_run and TITLES.fullmatch(word)) and bool(
        re.search(rf"\b{re.escape(plain)}\b", article.text)
    )


def _is_name_elsewhere(name: str, article: Article) -> bool:
    """True if `name` stands within a sentence too, where only names are capitalised."""
    return bool(re.search(rf"(?:[^\W\d_]|,)\s{re.escape(name)}\b", article.text))


def _is_role(text: str, words: Sequence[Offsets], stop: int) -> bool:
    """True if what begins at the sentence's first word is a role before a name: "Chief executive Ada Roe"."""
    for place in range(stop, min(stop + 3, len(words) - 1)):
        if _is_capitalised(text, words[place]):
            return False
        if ROLE.fullmatch(text[slice(*words[place])]) and _is_capitalised(text, words[place + 1]):
            return True
    return False


def named_after_title(text: str) -> Candidate | None:
    """The two words after an Arabic title, of which script shows no capitals; None if there are more
    titles."""
    titles = list(_ARABIC_TITLE.finditer(text))
    if len(titles) != 1:
        return None
    match = re.compile(r"[\u0621-\u064a]{2,}(?:\s(?:بن|ابن|أبو|آل))?\s[\u0621-\u064a]{3,}").match(
        text, titles[0].end()
    )
    if match is None or any(word in FUNCTION_WORDS for word in match[0].split()):
        return None
    return Candidate(*match.span(), "name")
