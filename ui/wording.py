"""Words that the page and the terminal share."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from index.schema import outlet_key

if TYPE_CHECKING:
    from index.schema import Article
    from rag.quoting.corroboration import Origin
    from rag.schema import Citation

_FIRST_WORDS = 70  # characters of a text that stand for a title
_LOOKED_AT = 8 * _FIRST_WORDS
_SIDES = {"denied": "denied by", "unverified": "not confirmed by", "corrected": "corrected by"}


def counted(number: int, noun: str) -> str:
    """`1 outlet`, `2 outlets`, `12,000 outlets`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def one_line(text: str, most: int) -> str:
    """A text on one line, cut with an ellipsis if it has more than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rstrip() + "…"


def headline(article: "Article") -> str:
    """What to call an article: its title, or the first words of its text, "The ferry that left…"."""
    if article.title.strip():
        return article.title
    cuts = (article.text[start : min(end, start + _LOOKED_AT)] for start, end in article.open_spans())
    told = next((" ".join(cut.split()) for cut in cuts if cut.strip()), "")
    if len(told) <= _FIRST_WORDS:
        return told or article.source
    return f"{told[: _FIRST_WORDS + 1].rpartition(' ')[0] or told[:_FIRST_WORDS]}…"


def standing(citations: Sequence["Citation"], origins: Sequence["Origin"] = ()) -> str:
    """On how much an answer stands: "3 quotations from 2 outlets · 1 independent origin: Reuters · denied by
    the government · 17 January 2026"; "" where it cites nothing."""
    if not citations:
        return ""
    outlets = {outlet_key(citation.article.outlet) for citation in citations} - {""}
    told_by = f" from {counted(len(outlets), 'outlet')}" if outlets else ""
    facts = [f"{counted(len(citations), 'quotation')}{told_by}"]
    reported = [origin.name for origin in origins if origin.side == "reported"]
    if reported:
        facts.append(f"{counted(len(reported), 'independent origin')}: {', '.join(reported)}")
    for side, words in _SIDES.items():
        if names := [origin.name for origin in origins if origin.side == side]:
            facts.append(f"{words} {', '.join(names)}")
    if days := _days(citations):
        facts.append(days)
    return " · ".join(facts)


def _days(citations: Sequence["Citation"]) -> str:
    """The day on which what is cited was published, or the first and the last of them."""
    from rag.quoting.attribution import day_in_words

    dated = sorted(
        (citation.article for citation in citations if citation.article.published_at),
        key=lambda article: article.published[:10],
    )
    if not dated:
        return ""
    first, last = day_in_words(dated[0]), day_in_words(dated[-1])
    return first if first == last else f"{first} to {last}"


@cache
def language_name(code: str) -> str:
    """The English name of an ISO 639-1 code, or the code where it has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


def language_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Languages to choose one from, by name and code; the first stands for any."""
    return [("Any", ""), *((language_name(code), code) for code in codes if code)]
