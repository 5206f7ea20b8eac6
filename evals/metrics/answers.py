"""Whether an answer in words is right, by gold answers in words, of which the one that suits best counts.

What is compared are normalised texts. `normalise_squad_answer` is SQuAD's own way, for figures to set beside
others' in English. `normalise_answer` is for any language, and departs from it so: every Unicode punctuation
mark goes, not only ASCII's (¿ « ؟ ’ —); letters are folded, not only lowered, and compatible forms are made
one (NFKC); digits of any script become 0 to 9; Arabic vowel marks, tatweel and invisible direction marks go;
and the articles are those of the language.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

Normalise = Callable[[str], str]

_ARTICLES = {
    "en": re.compile(r"\b(?:a|an|the)\b"),
    "es": re.compile(r"\b(?:el|la|los|las|un|una|unos|unas)\b"),
    "ar": re.compile(r"\bال(?=\w\w)"),
}
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")  # tatweel; vowels, doubling and the like; dagger alif


def normalise_answer(text: str, language: str = "en") -> str:
    """The words of an answer: folded, without punctuation, marks and articles, a space between them.

    The articles are those of `language`, "en", "es" or "ar"; any other has none. Arabic's is a prefix, and
    is taken off a word of which two letters stay. This is SQuAD's normalisation (Rajpurkar et al. 2016)
    taken further in the way of MLQA's (Lewis et al. 2020); the module says where they differ.

    >>> normalise_answer("¿El alcalde, «Ibáñez»?", "es")
    'alcalde ibáñez'
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text.casefold()))
    kept = "".join(map(_digit, filter(_is_kept, plain)))
    if language in _ARTICLES:
        kept = _ARTICLES[language].sub(" ", kept)
    return " ".join(kept.split())


def normalise_squad_answer(text: str) -> str:
    """SQuAD's own normalisation, for English (Rajpurkar et al. 2016): lower case, without ASCII punctuation
    and the words a, an and the, a space between words."""
    kept = "".join(character for character in text.lower() if character not in string.punctuation)
    return " ".join(_ARTICLES["en"].sub(" ", kept).split())


def exact_match(answer: str, gold: Sequence[str], *, normalise: Normalise = normalise_answer) -> bool | None:
    """EM: the answer is a gold answer, both normalised (SQuAD, Rajpurkar et al. 2016); None without gold.

    SQuAD 2.0 gives a question without an answer the gold answer "".
    """
    return any(normalise(answer) == normalise(each) for each in gold) if gold else None


def token_f1(answer: str, gold: Sequence[str], *, normalise: Normalise = normalise_answer) -> float | None:
    """Token F1 with the gold answer that it is best with (SQuAD, Rajpurkar et al. 2016); None without gold.

    2PR / (P + R), where P is the share of the answer's words that the gold answer has and R the share of the
    gold answer's that the answer has, a word as often as both have it. Where one has no words, 1 if neither
    has, else 0.
    """
    return max((_token_f1(normalise(answer), normalise(each)) for each in gold), default=None)


def answer_containment(
    answer: str, gold: Sequence[str], *, normalise: Normalise = normalise_answer
) -> bool | None:
    """Gold-answer containment: the words of a gold answer stand in the answer, in a row; None without gold.

    The string match of ASQA (Stelmakh et al. 2022), but of whole words: "12" is not in "2012". A gold answer
    without words is in no answer.
    """
    words = f" {normalise(answer)} "
    return any(f" {wanted} " in words for wanted in map(normalise, gold) if wanted) if gold else None


def _token_f1(answer: str, gold: str) -> float:
    words, wanted = answer.split(), gold.split()
    if not words or not wanted:
        return float(words == wanted)
    return 2 * (Counter(words) & Counter(wanted)).total() / (len(words) + len(wanted))


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    return not category.startswith("P") and category != "Cf" and character not in string.punctuation


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
