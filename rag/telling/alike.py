"""Words that newspapers use for one thing: who asks about talks is told of contacts.

>>> sorted(senses("Were the talks secret?") & senses("The negotiations were held in secret."))
['secret', 'talk']
"""

import re
from functools import cache, lru_cache

from index.language import folded
from index.lexical import field_of, stemmer
from rag.telling.clauses import stems

# Each line: words that stand for the first of them, with up to four letters more but where a point ends them.
_ALIKE = """
deny. denies. denied. denying. denial reject refut rebut desment desmin rechaz
meet. meets. met. meeting meetings.
close. closes. closed. closing. closure shut. shuts. shutting.
leak seep
talk discuss negotiat conversation communicat contact dialogue conversaci negociaci dialog contacto
kill dead. death. deaths. died. dies. dying. muri muert
arrest detain detention captur custody deten
resign. resigned. resigns resignation quit. dimiti dimisi
sack. sacked. dismiss fired. firing. oust destitu
ban. bans. banned. forbid forbad prohibit outlaw prohibi
attack assault raid atac ataq
explosion explod blast explosi
crash collision collid
injur hurt. wound herid
buy. buys. buying bought purchas acquir acquisition compra compro.
sell. sells. selling sold. sale. sales. vend venta
agree deal. deals. accord pact. treaty acuerd
steal stole theft robbed. robbery roba robo
protest demonstrat rally. rallies. manifest
"""
_LETTERS = 6  # by which stems are compared: minister and ministry agree
_stemmer = cache(stemmer)
_WORD = re.compile(r"[^\W\d_]+")


def senses(text: str, language: str = "en") -> frozenset[str]:
    """The words of `text`, in `language`, that say something: stemmed and cut to be compared, those for one
    thing as the first listed."""
    found = (_sense(word, field_of(language)) for word in _WORD.findall(folded(text)))
    return frozenset(filter(None, found))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    patterns = {}
    for line in _ALIKE.strip().splitlines():
        words = [word[:-1] if word.endswith(".") else rf"{word}\w{{0,4}}" for word in line.split()]
        patterns[line.split()[0].rstrip(".")] = re.compile("|".join(words))
    return patterns


@lru_cache(maxsize=50_000)
def _sense(word: str, field: str) -> str:
    """What a word, folded, says; "" for one that says nothing by itself."""
    if not stems(word):
        return ""
    listed = next((name for name, words in _patterns().items() if words.fullmatch(word)), "")
    return listed or next(iter(_stemmer(field).analyze(word)), word)[:_LETTERS]
