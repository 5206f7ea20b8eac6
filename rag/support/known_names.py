"""The names that a written sentence tells, and whether the articles it cites know them.

A name is known in another form too: in the plural, as a demonym ("Venezuelan" of Venezuela), as the initials
of a longer one. Months and days of the week are not looked for here.
"""

import re
import unicodedata
from functools import cache

from index.language import folded
from index.stopwords import STOPWORDS
from index.when.calendar_names import MONTHS, SHORT_MONTHS, WEEKDAYS
from rag.support.wording import is_plain

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:]\s+|\n)[\s“\"‘'(«¿¡*#-]*$")
# Titles and common words that newsrooms write with a capital: they are compared as words, not as names.
_TITLES = """
mr mrs ms miss dr prof professor sir dame lord lady president vice minister prime premier chancellor mayor
governor senator congressman congresswoman representative judge justice general colonel captain major sergeant
lieutenant admiral officer inspector chief secretary director chairman chairwoman chair ceo spokesman
spokeswoman spokesperson king queen prince princess pope bishop archbishop father sister saint st rep sen gov
state government ministry department office council court supreme house senate parliament congress committee
commission agency police party university college school hospital bank company corporation inc ltd co corp
group club team league association union board city county province district river lake mount
street road avenue park airport station bridge church stadium museum theatre theater army navy air force
award awards album song film series season championship cup game games television tv radio magazine newspaper
website internet act law bill gallery galleries prefecture base records edition volume part book books day
festival conference centre center institute new old
señor señora presidente presidenta ministro ministra alcalde alcaldesa gobierno partido don doña
"""
# Words that open a sentence and name nobody.
_OPENER_WORDS = """
since instead despite following concerning regarding including additionally furthermore moreover however
meanwhile nevertheless nonetheless therefore thus hence although though whereas unlike like besides beyond
along alongside amid among amongst around across behind beneath beside near next opposite past per plus
throughout toward towards via upon within without unless whether whenever wherever whatever whoever later
earlier afterwards afterward eventually finally initially originally previously recently currently presently
today yesterday tomorrow tonight soon often sometimes usually generally typically originally subsequently
consequently accordingly similarly likewise conversely ultimately overall one two three four five six seven
eight nine ten eleven twelve first second third another many several some most more much few fewer less least
each every either neither both all none other others such same according based given known born named called
located founded established created built designed written directed produced released published announced
reported officials authorities residents people witnesses critics experts analysts researchers scientists
investigators prosecutors lawyers police protesters demonstrators workers employees students teachers parents
children women men families soldiers troops rebels voters fans players members leaders ministers lawmakers
politicians doctors nurses firefighters rescuers thieves sources reporters journalists prices sales shares
stocks profits reports news article articles yes no not nobody nothing never there here this that these those
rather even still yet just only also again once twice about above after against before below between by during
for from in into of off on onto out over through to under until up with as at but or nor so if because while
when where who what which why how it its he she they we you i his her their our your my him them us an a the
and can could may might must shall should will would has have had is are was were be been being do does did
"""
_OPENERS = frozenset(_OPENER_WORDS.split())
_OPENERS_BY_ENDING = re.compile(r"\w{3,}(?:ly|ing|wards)$")
_DEMONYM = re.compile(r"(?:n|an|ian|ean|nian|ish|ese|nese|i|s|es|er|ers|ans|ians|ite|ites|ic|a|o|os|as)$")
_LONGEST = 7  # words of a name that is shortened to its initials
_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "y", "el", "los", "las"])
# Peoples whose names don't begin as their countries' do; each line is one.
_PEOPLES = """
british britain uk briton britons english england
american americans america us usa
french france frenchman
dutch netherlands holland
german germans germany
spanish spain spaniard spaniards
greek greeks greece
swiss switzerland
danish danes denmark
polish poles poland
turkish turks turkey turkiye
irish ireland
scottish scots scotland
welsh wales
swedish swedes sweden
finnish finns finland
portuguese portugal
emirati emirates uae
filipino filipinos philippines
burmese burma myanmar
thai thailand
european europeans europe eu
un unitednations
chinese china
kremlin russia russian russians moscow
"""


def names(sentence: str) -> list[str]:
    """The capitalised words of `sentence` that name somebody or something, without a possessive ending.

    One that opens a sentence counts too, unless it is a word by which sentences open: better to refuse a
    paraphrase than to let an invented name pass.
    """
    found = []
    sentence = unicodedata.normalize("NFC", sentence)  # a letter and its accent may be two characters
    for match in _WORD.finditer(sentence):
        word = re.sub(r"['’]s?$", "", match[0])
        if not word[0].isupper() or _is_no_name(word):
            continue
        if _SENTENCE_END.search(sentence[: match.start()]) and _opens(word):
            continue
        found.append(word)
    return found


def _is_no_name(word: str) -> bool:
    small = folded(word)
    return (
        small in _listed()
        or (len(small) == 1)
        or (len(word) > 1 and small in STOPWORDS["en"] and not word.isupper())
    )


def _opens(word: str) -> bool:
    small = folded(word)
    return small in _OPENERS or is_plain(small) or bool(_OPENERS_BY_ENDING.match(small))


@cache
def _listed() -> frozenset[str]:
    calendar = [*MONTHS.values(), *WEEKDAYS.values(), SHORT_MONTHS]
    listed = {*_TITLES.split(), *(name for known in calendar for name in known)}
    return frozenset(folded(word) for word in listed)


class KnownNames:
    """The words of a text, to look a name up in."""

    def __init__(self, text: str) -> None:
        composed = unicodedata.normalize("NFC", text)
        plain = re.sub(r"(?<=[^\W\d_])\.(?=[^\W\d_]\b)", "", composed)  # U.S. is US
        self._words = {
            re.sub(r"['’]s?$", "", word) for word in _WORD.findall(folded(plain).replace("’", "'"))
        }
        self._words |= {part for word in self._words for part in re.split(r"['’]", word) if len(part) > 3}
        self._initials = _initials(plain)
        self._acronyms = {folded(word) for word in _WORD.findall(plain) if len(word) > 1 and word.isupper()}
        self._peoples = {line for word in self._words for line in _people_of(word)}

    def knows(self, name: str, sentence: str) -> bool:
        """True if `name`, of `sentence`, stands here in one form or another."""
        small = folded(name).replace("’", "'").replace(".", "")
        if small in self._words or small in self._initials or _people_of(small) & self._peoples:
            return True
        if any(_is_form(small, word) or _is_form(word, small) for word in self._words):
            return True
        return any(short in self._acronyms and small in spelled for short, spelled in _spelled_out(sentence))


def _is_form(longer: str, shorter: str) -> bool:
    """True if `longer` is `shorter` with the ending of a plural or of a people."""
    if len(shorter) < 4 or longer[:3] != shorter[:3] or len(longer) <= len(shorter):
        return False
    for cut in (shorter, shorter[:-1]):
        if len(cut) >= 4 and longer.startswith(cut) and _DEMONYM.fullmatch(longer[len(cut) :]):
            return True
    return False


@cache
def _peoples() -> dict[str, frozenset[int]]:
    of: dict[str, set[int]] = {}
    for number, line in enumerate(_PEOPLES.strip().splitlines()):
        for word in line.split():
            of.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in of.items()}


def _people_of(word: str) -> frozenset[int]:
    return _peoples().get(word, frozenset())


def _runs(text: str) -> list[list[str]]:
    """Runs of capitalised words, with the small ones between them."""
    runs: list[list[str]] = [[]]
    previous = 0
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match[0]
        apart = bool(re.search(r"[^\s\-&’']", text[previous : match.start()]))
        if apart or not (word[0].isupper() or (runs[-1] and word in _SMALL)):
            runs.append([])
        if word[0].isupper() or runs[-1]:
            runs[-1].append(word)
        previous = match.end()
    return [run for run in runs if len(run) > 1]


def _parts(text: str) -> list[list[str]]:
    """The longer names of `text`, and every part of them that may be one."""
    return [
        run[start:end]
        for run in _runs(text)
        for start in range(len(run))
        for end in range(start + 2, min(len(run), start + _LONGEST) + 1)
        if run[start] not in _SMALL and run[end - 1] not in _SMALL
    ]


def _initials(text: str) -> set[str]:
    """What the longer names of `text` are shortened to: "un" for United Nations."""
    found = {short for part in _parts(text) for short in _shortened(part)}
    return {short for short in found if len(short) > 1}


def _spelled_out(sentence: str) -> list[tuple[str, set[str]]]:
    """The longer names of `sentence`: their initials, and their words."""
    return [
        (short, {folded(word) for word in part}) for part in _parts(sentence) for short in _shortened(part)
    ]


def _shortened(part: list[str]) -> set[str]:
    """With the small words and without them."""
    kept = [word for word in part if word not in _SMALL]
    return {"".join(word[0] for word in words).casefold() for words in (part, kept)}
