"""Answer without a language model: quote the sentences that match the question best, and say whose."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from index.language import question_language
from index.schema import Hit, Span
from rag.asking.asked import Asked, parts_of
from rag.cite import Draft
from rag.finding.rerank import Evidence, ScoredSentence
from rag.quoting.shape import claims_of
from rag.quoting.sides import Sided, doubted, is_beside, other_articles, role_beside, says_the_same, verdict
from rag.telling.answer_type import fit, gives_an_age
from rag.telling.names import missing, names_in
from rag.telling.short_answers import gives_a_name, short_answer

MAX_SENTENCES = 3
_MORE_IN_LISTS = 2
# Another sentence is worth adding from these shares of the best one's score and of its own match: it must
# not stand in a good passage only, but be good itself.
_WORTH_SCORE = 0.7
_WORTH_MATCH = 0.55
# Confidence is a logistic curve over the best sentence's score, one half where abstaining starts.
_ABSTAIN_BELOW = 0.36
_STEEPNESS = 20.0
_LACKING = 0.05  # what the score is below that where what is asked for is in no sentence
_NEARLY_BEST = 0.75  # of the best score, that a sentence needs to be looked at for it
_LOOKED_AT = 6
LEAST_CONFIDENCE = 0.5  # below it nothing is answered
_SURE = 0.8  # confidence from which yes or no is said
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
_ASKS_QUANTITY = re.compile(
    r"\bhow (?:many|much|old|long|far|big|large|tall|high)\b|\bwhat (?:time|date)\b|\bcuánt[oa]s?\b|كم",
    re.IGNORECASE,
)
_TELLS_QUANTITY = 0.06  # what a sentence gains if the very figure asked for can be cut from it
_TELLS_WHETHER = 0.06  # and if it says yes or no to what is asked
_PARTLY = {
    "en": "I found no answer to this part: {part}.",
    "es": "No encontré respuesta a esta parte: {part}.",
    "ar": "لم أجد جواباً لهذا الجزء: {part}.",
}


def extract(
    asked: Asked,
    evidence: Sequence[Evidence],
    articles: int,
) -> Draft:
    """A draft that quotes the sentences that answer, or one that abstains.

    `articles` is the number of indexed articles, told to the reader when there is no answer.
    """
    ranked = _rank(asked, evidence)
    confidence = _confidence(asked.text, ranked)
    if confidence < LEAST_CONFIDENCE:
        nearest = evidence[0] if evidence else None
        hit = Hit(1, nearest.order, nearest.passage) if nearest else None
        return Draft((), _why_not(asked.text, evidence, articles), confidence=confidence, nearest=hit)
    sided = _choose(asked, ranked)
    sure = confidence >= _SURE and not doubted(sided[0].sentence, ranked)
    claims = claims_of(asked, sided, ranked, sure=sure)
    missing_part = _missing_part(asked, [one.sentence for one in sided])
    return Draft(claims, missing_part, "partial" if missing_part else "answered", confidence)


def _rank(asked: Asked, evidence: Sequence[Evidence]) -> list[ScoredSentence]:
    """The quotable sentences, best first, once the kind of answer asked for has been weighed in, and the
    names asked about that an article does not mention."""
    question = asked.text
    names = names_in(question)
    asks_quantity = bool(_ASKS_QUANTITY.search(question))
    articles = {item.passage.article.id: item.passage.article for item in evidence}
    unknown = {article_id: missing(names, article) for article_id, article in articles.items()}
    weighed = []
    for sentence in (sentence for item in evidence for sentence in item.sentences if sentence.quotable):
        gain = fit(question, sentence.span) - _UNKNOWN_NAME * unknown[sentence.span.article.id]
        if asks_quantity and short_answer(question, sentence.span):
            gain += _TELLS_QUANTITY
        if asked.form == "yes_no" and verdict(asked, sentence) != "unsure":
            gain += _TELLS_WHETHER
        weighed.append(replace(sentence, match=sentence.match + gain, score=sentence.score + gain))
    return sorted(weighed, key=lambda sentence: -sentence.score - sentence.recency)


def _confidence(question: str, ranked: Sequence[ScoredSentence]) -> float:
    # What a scorer makes of sentences orders them; how sure an answer is, is told by what is always known.
    known = [(sentence.score - sentence.read, sentence.span) for sentence in ranked]
    best = max((score for score, _ in known), default=0.0)
    if _lacks_what_is_asked(question, [span for score, span in known if score >= _NEARLY_BEST * best]):
        best = min(best, _ABSTAIN_BELOW) - _LACKING
    return 1 / (1 + math.exp(-_STEEPNESS * (best - _ABSTAIN_BELOW)))


def _lacks_what_is_asked(question: str, sentences: Sequence[Span]) -> bool:
    """True if an age or a name is asked for and none of the sentences holds one, however well they match."""
    looked_at = sentences[:_LOOKED_AT]
    return any(
        bool(looked_at) and all(gives(question, sentence) is False for sentence in looked_at)
        for gives in (gives_an_age, gives_a_name)
    )


def _choose(asked: Asked, ranked: Sequence[ScoredSentence]) -> list[Sided]:
    """The best sentence; others nearly as good that add something; then what other articles say to it."""
    best = ranked[0]
    sided = [Sided(best, role_beside(asked, best, best))]
    most = MAX_SENTENCES + (_MORE_IN_LISTS if asked.form in ("list", "timeline") else 0)
    for sentence in ranked[1:]:
        if len(sided) >= most:
            break
        adds = sentence.score >= _WORTH_SCORE * best.score and sentence.match >= _WORTH_MATCH * best.match
        if adds and not is_beside(asked, sentence) and not _is_told(sentence, sided):
            sided.append(Sided(sentence, role_beside(asked, best, sentence)))
    for one in other_articles(asked, best, ranked):
        # A denial may have nearly the words of what it denies.
        alike = [other for other in sided if other.role == one.role]
        is_much = one.role == "evidence" and asked.form != "yes_no" and len(alike) > most
        if not is_much and not _is_told(one.sentence, alike):
            sided.append(one)
    return sided


def _is_told(sentence: ScoredSentence, sided: Sequence[Sided]) -> bool:
    return any(says_the_same(sentence, other.sentence) for other in sided)


def _missing_part(asked: Asked, chosen: Sequence[ScoredSentence]) -> str:
    """Which part of a question of several has no answer among `chosen`, in words; "" if none is missing."""
    parts = parts_of(asked)
    if len(parts) < 2:
        return ""
    spans = [sentence.span for sentence in chosen]
    lacking = [part for part in parts if all(fit(part, span) < 0 for span in spans)]
    if not lacking or len(lacking) == len(parts):
        return ""
    return _PARTLY[asked.language].format(part=lacking[0].rstrip("?؟ "))


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
