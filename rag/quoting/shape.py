"""The shape of a quoted answer: the short answer first, then what bears it out, then the other side.

Facts come best first; what happened, and lists, in the order of the days on which it was told. The same words
under several outlets are said once and cite them all.
"""

import re
from collections.abc import Mapping, Sequence

from index.schema import Article, Span
from rag.asking.asked import Asked
from rag.cite import Claim, Evidenced
from rag.finding.rerank import ScoredSentence
from rag.quoting.attribution import introduce, who
from rag.quoting.sides import Sided, Verdict, bears_out, holds_answer, plain_words, says_the_contrary, verdict
from rag.telling.leaning_sentences import with_antecedent
from rag.telling.short_answers import same_quantity, short_answer

_SPOKEN: dict[str, dict[str, str]] = {
    "en": {
        "yes": "Yes, according to {who}.",
        "no": "No, according to {who}.",
        "denied": "It is denied.",
        "unclear": "That is not confirmed.",
        "disputed": "The reports disagree.",
        "by": "{figure} according to {who}.",
    },
    "es": {
        "yes": "Sí, según {who}.",
        "no": "No, según {who}.",
        "denied": "Se desmiente.",
        "unclear": "No está confirmado.",
        "disputed": "Las informaciones se contradicen.",
        "by": "{figure} según {who}.",
    },
    "ar": {
        "yes": "نعم، بحسب {who}.",
        "no": "لا، بحسب {who}.",
        "denied": "هناك نفي لذلك.",
        "unclear": "لم يتأكد ذلك.",
        "disputed": "التقارير متضاربة.",
        "by": "{figure} بحسب {who}.",
    },
}
_Shown = Mapping[Span, Span]
_TOLD_FROM = 0.35  # of the best sentence's own match: below it its few words are not told by themselves
_AS_GOOD = 0.94  # of its score: nor where another sentence that reaches it gives others
_HEDGED = re.compile(
    r"\b(?:(?-i:may)|might|could|would|reportedly|allegedly|alleged|if|plans? to|planned to|hopes? to|"
    r"wants? to|expected to|is to|are to|proposed|considering|podría\w*|habría\w*|presunt\w+|supuest\w+)\b"
    r"|(?<!\w)(?:قد|ربما|يحتمل)(?!\w)",
    re.IGNORECASE,
)


def claims_of(
    asked: Asked,
    sided: Sequence[Sided],
    ranked: Sequence[ScoredSentence],
    *,
    sure: bool,
) -> tuple[Claim, ...]:
    """The claims of an answer that quotes `sided`, the best first.

    `ranked` are all sentences that were looked at, the best first: those that say in other articles, word for
    word, what one of these does are cited with it. Without being `sure` that the best answers, no yes or no
    is said. Where a fact is told in few words, only what holds them or gives another side is quoted.
    """
    shown = _shown(sided)
    direct = _direct(asked, sided, shown, ranked, sure=sure)
    if direct and asked.form == "fact":
        sided = [one for one in sided if one is sided[0] or _bears_on(asked, sided[0], one)]
        shown = _shown(sided)
        direct = _direct(asked, sided, shown, ranked, sure=sure)
    told = _by_day(sided) if asked.form in ("timeline", "list") else sided
    return (*direct, *_told(told, shown, ranked, asked.language))


def _bears_on(asked: Asked, best: Sided, one: Sided) -> bool:
    """True if a quote has to do with the short answer that the `best` one gives: it holds it too, is from
    another article on the same, or is another side."""
    if one.role != best.role:
        return True
    if one.sentence.span.article.id != best.sentence.span.article.id:
        return bears_out(asked, best.sentence, one.sentence)
    short = short_answer(asked.text, best.sentence.span)
    return short is not None and holds_answer(one.sentence, short)


def _direct(
    asked: Asked, sided: Sequence[Sided], shown: _Shown, ranked: Sequence[ScoredSentence], *, sure: bool
) -> tuple[Claim, ...]:
    """The short answer as a claim of its own, or nothing where none is certain enough."""
    if asked.form == "yes_no":
        return _yes_or_no(asked, sided, shown, sure=sure)
    if asked.form != "fact" or not sided or sided[0].role != "evidence":
        return ()
    best = sided[0].sentence
    short = short_answer(asked.text, best.span)
    if short is None or _fills(short, best.span) or best.match < _TOLD_FROM:
        return ()
    text = short.text[0].upper() + short.text[1:]
    for one in sided[1:]:
        other = short_answer(asked.text, one.sentence.span) if one.role == "differs" else None
        if other:
            by = _SPOKEN.get(asked.language, _SPOKEN["en"])["by"].format(
                figure=other.text, who=who(one.sentence.span.article, asked.language)
            )
            return (
                Claim(f"{text}; {by}", (_evidenced(best, shown), _evidenced(one.sentence, shown)), "direct"),
            )
    if any(_is_as_good(asked, short, best, other) for other in ranked):
        return ()
    return (Claim(_ended(text), (_evidenced(best, shown),), "direct"),)


def _is_as_good(asked: Asked, short: Span, best: ScoredSentence, other: ScoredSentence) -> bool:
    """True if another sentence answers about as well in other words, so that these may be the wrong ones."""
    if other is best or other.score < _AS_GOOD * best.score:
        return False
    answer = short_answer(asked.text, other.span)
    if answer is None or same_quantity(short.text, answer.text):
        return False
    first, second = plain_words(short), plain_words(answer)
    return first not in second and second not in first


def _yes_or_no(asked: Asked, sided: Sequence[Sided], shown: _Shown, *, sure: bool) -> tuple[Claim, ...]:
    if not sided:
        return ()
    best = sided[0]
    said = verdict(asked, best.sentence)
    contrary = next((one for one in sided[1:] if _contradicts(asked, one, best)), None)
    if contrary is not None:
        return (_spoken("disputed", asked, shown, best, contrary),)
    if said == "unsure" or (said in ("yes", "no") and not _is_plain(asked, said, sided, sure=sure)):
        return ()
    return (_spoken(said, asked, shown, best),)


def _is_plain(asked: Asked, said: Verdict, sided: Sequence[Sided], *, sure: bool) -> bool:
    """True if yes or no may be said: the best sentence is no maybe, and every other article agrees."""
    best = sided[0].sentence
    others = [one.sentence for one in sided if one.sentence.span.article.id != best.span.article.id]
    return (
        sure
        and not _HEDGED.search(best.span.text)
        and all(verdict(asked, sentence) == said for sentence in others)
    )


def _contradicts(asked: Asked, one: Sided, best: Sided) -> bool:
    """True if another sentence says something else to a yes-no question than the best one."""
    if one.role == best.role == "denied":
        return False
    if one.role != "evidence" or best.role == "denied":
        return one.role != best.role
    is_contrary = says_the_contrary(asked, best.sentence, one.sentence)
    return is_contrary and one.sentence.score >= 0.9 * best.sentence.score


def _spoken(word: str, asked: Asked, shown: _Shown, *stands_on: Sided) -> Claim:
    phrase = _SPOKEN.get(asked.language, _SPOKEN["en"])[word]
    text = phrase.format(who=who(stands_on[0].sentence.span.article, asked.language))
    return Claim(text, tuple(_evidenced(one.sentence, shown) for one in stands_on), "direct")


def _told(
    sided: Sequence[Sided], shown: _Shown, copies: Sequence[ScoredSentence], language: str
) -> list[Claim]:
    claims: list[Claim] = []
    previous, already = "", 0
    for one in sided:
        sentence, article = one.sentence, one.sentence.span.article
        if sentence.span not in shown:
            continue  # the one after it is quoted with it
        same = _copies_of(sentence, copies)
        already = already + 1 if article.id == previous and one.role == "evidence" else 0
        also: list[Article] = [copy.span.article for copy in same]
        text = introduce(shown[sentence.span], language, already=already, role=one.role, also=also)
        evidence = tuple(_evidenced(item, shown) for item in (sentence, *same))
        claims.append(Claim(text, evidence, one.role))
        previous = article.id
    return claims


def _copies_of(sentence: ScoredSentence, copies: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """One copy an article, of the articles that hold the very words of `sentence`."""
    words = plain_words(sentence.span)
    found = {
        copy.span.article.id: copy
        for copy in copies
        if copy.span.article.id != sentence.span.article.id and plain_words(copy.span) == words
    }
    return list(found.values())


def _by_day(sided: Sequence[Sided]) -> list[Sided]:
    def day(one: Sided) -> tuple[str, int]:
        published = one.sentence.span.article.published_at
        return (published.isoformat() if published else "9999", one.sentence.span.start)

    return sorted(sided, key=day)


def _fills(short: Span, sentence: Span) -> bool:
    """True if the short answer is nearly the whole sentence, which is then short enough itself."""
    return len(short.text) > 0.8 * len(sentence.text)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", ".”", "؟")) else f"{text}."


def _evidenced(sentence: ScoredSentence, shown: _Shown) -> Evidenced:
    return Evidenced(shown.get(sentence.span, sentence.span), sentence.passage)


def _shown(sided: Sequence[Sided]) -> _Shown:
    """What is quoted of each sentence: with the one before it, where it can't stand alone. One that is quoted
    with another already is left out."""
    shown: dict[Span, Span] = {}
    for one in sided:
        span = one.sentence.span
        whole = with_antecedent(span, one.sentence.passage)
        if any(whole.overlaps(other) for other in shown.values()):
            whole = span
        if not any(whole.overlaps(other) for other in shown.values()):
            shown[span] = whole
    return shown
