"""Order candidates by the evidence in them: a passage is as good as itself and its best sentence.

A sentence's score mixes how well it matches the question, how well its passage does, and, for the best
candidates, what a CrossEncoder makes of it, if one is set.
"""

import math
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from index.embed import Embedder, Vectors
from index.schema import Passage, Span
from rag.finding.matching import Matcher
from rag.finding.retrieve import Candidate
from rag.finding.scorers import SentenceScorer
from rag.telling.quotable import told_sentences

RERANKED = 20  # candidates whose sentences are looked at to answer
_EMBEDDED = 20  # their most promising sentences, whose vectors are computed; of the rest, words alone count
_EMBEDDED_OF_ALL = 60  # and where every article is to be heard
_READ = 8  # of these, the best that a scorer reads
_SENTENCE_SHARE = 0.4  # of a passage's score; the rest is its own match
_READ_WEIGHT = 0.3  # what a scorer's word counts beside that
_READ_SCALE = 4.0  # log-odds over which it goes from unlikely to likely
_RECENCY = 0.2  # what an article of the day asked about gains in order, falling with
_RECENCY_DAYS = 14  # exp(−age / 14 days)


@dataclass(frozen=True)
class ScoredSentence:
    """A sentence of a passage. `match` is its own match with the question and `score` that mixed with its
    passage's, both in [0, 1]; `read` is what a scorer added to `score`, up to `_READ_WEIGHT`; `recency`
    counts for its order only; `vector` is its unit vector, or all zeros where it promised too little to be
    computed. A heading or a question is not `quotable`, as it says nothing by itself."""

    span: Span
    passage: Passage
    match: float
    score: float
    recency: float
    quotable: bool
    vector: Vectors
    read: float = 0.0


@dataclass(frozen=True)
class Evidence:
    """A passage, its score in [0, 1], what its recency adds in order, and its sentences as the text has
    them."""

    passage: Passage
    score: float
    recency: float
    sentences: tuple[ScoredSentence, ...]

    @property
    def order(self) -> float:
        """What passages are ordered by: score and recency, in [0, 1]."""
        return min(self.score + self.recency, 1.0)


class SentenceVectors:
    """Vectors of sentences, kept for the next question that meets them. Safe for several threads."""

    def __init__(self, embedder: Embedder, capacity: int = 20_000) -> None:
        self._embedder = embedder
        self._capacity = capacity
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str]) -> list[Vectors]:
        """The unit vector of each text, each of shape (dimension,)."""
        with self._lock:
            found = {text: self._kept[text] for text in texts if text in self._kept}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        found.update(zip(new, self._embedder.embed(new), strict=True))
        with self._lock:
            for text in new:
                self._kept[text] = found[text]
            while len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        return [found[text] for text in texts]


def rerank(
    candidates: Sequence[Candidate],
    matcher: Matcher,
    vectors: SentenceVectors,
    as_of: datetime | None = None,
    scorer: SentenceScorer | None = None,
    *,
    hear_all: bool = False,
) -> list[Evidence]:
    """The candidates with their sentences scored, best first. `scorer` reads the best of them; with
    `hear_all` more sentences are embedded, so that what other articles say to the best one can be told."""
    cut = [_sentences(candidate.passage, matcher) for candidate in candidates]
    read = _read(matcher.question, candidates, cut, scorer)
    most = _EMBEDDED_OF_ALL if hear_all else _EMBEDDED
    embedded = _embedded(candidates, cut, matcher, vectors, most)
    evidence = [
        _score(candidate, sentences, embedded, matcher, as_of=as_of, read=read.get(candidate.passage.id))
        for candidate, sentences in zip(candidates, cut, strict=True)
    ]
    return sorted(evidence, key=lambda item: (-item.order, item.passage.id))


@dataclass(frozen=True)
class _Sentence:
    """A sentence before it is scored, and which share of the question's words it holds."""

    span: Span
    quotable: bool
    coverage: float


def _sentences(passage: Passage, matcher: Matcher) -> list[_Sentence]:
    """Those of its article's sentences that are in the passage. Of a sentence cut over several passages, the
    part in this one."""
    spans = [
        (Span(passage.article, max(span.start, passage.start), min(span.end, passage.end)), quotable)
        for span, quotable in told_sentences(passage.article, passage.start, passage.end)
    ]
    language = passage.article.language
    return [_Sentence(span, quotable, matcher.coverage(span.text, language)) for span, quotable in spans]


def _embedded(
    candidates: Sequence[Candidate],
    cut: Sequence[Sequence[_Sentence]],
    matcher: Matcher,
    vectors: SentenceVectors,
    most: int,
) -> dict[str, Vectors]:
    """The vectors, by text, of the `most` sentences that promise most by their words and their passage's
    match."""
    promising = [
        (
            _mixed(matcher.mixed(0.0, sentence.coverage, sentence.span.article.language), candidate.match),
            sentence,
        )
        for candidate, sentences in zip(candidates, cut, strict=True)
        for sentence in sentences
    ]
    promising.sort(key=lambda item: -item[0])
    texts = [sentence.span.text for _, sentence in promising[:most]]
    return dict(zip(texts, vectors.of(texts), strict=True))


def _mixed(match: float, passage_match: float) -> float:
    return _SENTENCE_SHARE * match + (1 - _SENTENCE_SHARE) * passage_match


def _read(
    question: str,
    candidates: Sequence[Candidate],
    cut: Sequence[Sequence[_Sentence]],
    scorer: SentenceScorer | None,
) -> dict[str, list[float]]:
    """What the scorer makes of the sentences of the first candidates, by passage id."""
    if scorer is None:
        return {}
    made = scorer.read(question, [[sentence.span for sentence in sentences] for sentences in cut[:_READ]])
    passages = [candidate.passage.id for candidate in candidates[:_READ]]
    return dict(zip(passages, made, strict=True))


def _score(
    candidate: Candidate,
    sentences: Sequence[_Sentence],
    embedded: Mapping[str, Vectors],
    matcher: Matcher,
    *,
    as_of: datetime | None,
    read: Sequence[float] | None,
) -> Evidence:
    language = candidate.passage.article.language
    recency = _recency(candidate.passage, as_of)
    unknown = np.zeros_like(matcher.vector)
    scored = []
    for place, sentence in enumerate(sentences):
        vector = embedded.get(sentence.span.text, unknown)
        match = matcher.mixed(float(np.dot(vector, matcher.vector)), sentence.coverage, language)
        reading = _reading(read[place]) if read else 0.0
        score = _mixed(match, candidate.match) + reading
        scored.append(
            ScoredSentence(
                sentence.span, candidate.passage, match, score, recency, sentence.quotable, vector, reading
            )
        )
    best = max((sentence.score for sentence in scored), default=_mixed(0.0, candidate.match))
    return Evidence(candidate.passage, best, recency, tuple(scored))


def _reading(log_odds: float) -> float:
    """What a scorer's word adds to a score, from nothing to `_READ_WEIGHT`."""
    return _READ_WEIGHT / (1 + math.exp(-log_odds / _READ_SCALE))


def _recency(passage: Passage, as_of: datetime | None) -> float:
    published = passage.article.published_at
    if as_of is None or published is None:
        return 0.0
    age = (as_of - published).total_seconds() / 86_400
    return _RECENCY * math.exp(-max(age, 0.0) / _RECENCY_DAYS)
