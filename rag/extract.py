"""Answer without a language model: quote the sentences that match the question best, and say whose."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import numpy as np

from index.language import question_language
from rag.answer_type import fit
from rag.attribution import introduce
from rag.cite import Claim, Draft, Evidenced
from rag.names import missing, names_in
from rag.rerank import Evidence, ScoredSentence

MAX_SENTENCES = 3
# Another sentence is worth adding from these shares of the best one's score and of its own match: it must
# not stand in a good passage only, but be good itself.
_WORTH_SCORE = 0.75
_WORTH_MATCH = 0.65
_SAME = 0.95  # cosine from which two sentences say the same
# Confidence is a logistic curve over the best sentence's score, one half where abstaining starts.
_ABSTAIN_BELOW = 0.36
_STEEPNESS = 20.0
# Said when nothing is indexed, when no article passes the filter, and when no sentence answers.
_REFUSALS = {
    "en": (
        "Nothing is indexed yet: run newscite index PATH first.",
        "None of the {articles} indexed articles passes the filter: newscite stats names the outlets, "
        "languages and days there are.",
        "I found no answer in the {articles} indexed articles, nor in the nearest of them, {nearest}.",
    ),
    "es": (
        "Aún no hay nada indexado: ejecute primero newscite index PATH.",
        "Ninguno de los {articles} artículos indexados pasa el filtro: newscite stats dice qué medios, "
        "idiomas y fechas hay.",
        "No encontré respuesta en los {articles} artículos indexados, ni en el más cercano, {nearest}.",
    ),
    "ar": (
        "لم يُفهرس شيء بعد: شغّل أولاً newscite index PATH.",
        "لا يجتاز المرشِّح أيٌّ من المقالات المفهرسة وعددها {articles}.",
        "لم أجد جواباً في المقالات المفهرسة وعددها {articles}، ولا في أقربها {nearest}.",
    ),
}
_UNKNOWN_NAME = 0.15  # what a sentence loses if its article lacks all the names asked about
_UNQUOTED = re.compile(r"[\W_]+")


def extract(question: str, evidence: Sequence[Evidence], articles: int) -> Draft:
    """A draft of one to three quoted sentences, best first, or one that abstains.

    `articles` is the number of indexed articles, told to the reader when there is no answer.
    """
    ranked = _rank(question, evidence)
    confidence = _confidence(ranked)
    if confidence < 0.5:
        return Draft((), _why_not(question, evidence, articles), confidence=confidence)
    return Draft(_claims(_choose(ranked), question_language(question)), confidence=confidence)


def _rank(question: str, evidence: Sequence[Evidence]) -> list[ScoredSentence]:
    """The quotable sentences, best first, once the kind of answer asked for has been weighed in, and the
    names asked about that an article does not mention."""
    names = names_in(question)
    articles = {item.passage.article.id: item.passage.article for item in evidence}
    unknown = {article_id: missing(names, article) for article_id, article in articles.items()}
    weighed = []
    for sentence in (sentence for item in evidence for sentence in item.sentences if sentence.quotable):
        gain = fit(question, sentence.span) - _UNKNOWN_NAME * unknown[sentence.span.article.id]
        weighed.append(replace(sentence, match=sentence.match + gain, score=sentence.score + gain))
    return sorted(weighed, key=lambda sentence: -sentence.score - sentence.recency)


def _confidence(ranked: Sequence[ScoredSentence]) -> float:
    best = max((sentence.score for sentence in ranked), default=0.0)
    return 1 / (1 + math.exp(-_STEEPNESS * (best - _ABSTAIN_BELOW)))


def _choose(ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """The best sentence, then others nearly as good that add something to those before."""
    chosen = list(ranked[:1])
    for sentence in ranked[1:]:
        if len(chosen) == MAX_SENTENCES:
            break
        adds = (
            sentence.score >= _WORTH_SCORE * chosen[0].score
            and sentence.match >= _WORTH_MATCH * chosen[0].match
        )
        if adds and not any(_says_the_same(sentence, other) for other in chosen):
            chosen.append(sentence)
    return chosen


def _says_the_same(one: ScoredSentence, other: ScoredSentence) -> bool:
    if float(np.dot(one.vector, other.vector)) > _SAME:
        return True
    first, second = (_UNQUOTED.sub(" ", sentence.span.text.casefold()).strip() for sentence in (one, other))
    return first in second or second in first


def _claims(chosen: Sequence[ScoredSentence], language: str) -> tuple[Claim, ...]:
    claims: list[Claim] = []
    previous, already = "", 0
    for sentence in chosen:
        article = sentence.span.article
        already = already + 1 if article.id == previous else 0
        text = introduce(sentence.span, language, already=already)
        claims.append(Claim(text, (Evidenced(sentence.span, sentence.passage),)))
        previous = article.id
    return tuple(claims)


def _why_not(question: str, evidence: Sequence[Evidence], articles: int) -> str:
    empty, filtered, no_answer = _REFUSALS[question_language(question)]
    if not articles:
        return empty
    if not evidence:
        return filtered.format(articles=f"{articles:,}")
    nearest = evidence[0].passage.article
    named = f"“{nearest.title}”" if nearest.title else PurePath(nearest.source).name
    outlet = f" ({nearest.outlet})" if nearest.outlet else ""
    return no_answer.format(articles=f"{articles:,}", nearest=named + outlet)
