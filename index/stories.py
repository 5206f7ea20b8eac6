"""Stories: which articles, each in its own words, tell of one event.

The old measure of topic detection still tells an event from a topic: the cosine of the articles' words,
weighted by how rare each is in the store (Allan et al. 1998, "Topic detection and tracking pilot study").
To it come the cosine of the passages that are most alike, the names and numbers that both mention, and the
days on which they were published. Articles are then joined by average linkage, so that a round-up, which
is like one article of each of several stories, joins none of them.
"""

import re
import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.database import Database
from index.language import folded
from index.schema import Article
from index.stopwords import EVERY_STOPWORD

if TYPE_CHECKING:
    from scipy.sparse import csr_array

TABLES = """
CREATE TABLE IF NOT EXISTS story_words (
    article_id TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    day INTEGER, language TEXT NOT NULL, words BLOB NOT NULL, counts BLOB NOT NULL
);
"""
_SELECT = "SELECT article_id, day, language, words, counts FROM story_words"

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_WITHIN_SENTENCE = re.compile(r"(?<=[\w,)’”][ \u00a0])[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST_NAME = 4  # letters of a word that may be a name, in scripts without capitals
_MOST_COUNTED = 255

# Words are weighed as if the store held so many other articles too: in a small one no word would be rare.
_OTHER_ARTICLES = 1000
_RARE = 32  # articles that a word may stand in and still bring two of them together
_SHARED_RARE = 5  # such words that two articles share before they are compared; on one event they share 23 up
_FEW_WORDS = 0.2  # cosine of words below which two articles are not compared further

# Chosen on 91 news pages of one week (12 pairs on one event), the shipped sample (8 pairs) and three articles
# on one report (3), against all other pairs of these, of 208 OneStopEnglish texts, 43 of Wikinews and 480
# paragraphs of XQuAD. Pairs on one event have 1.21 and more; of the nearest others of the same days, two
# reports on new cars at one motor show have 1.17 and two on troubles of one company 1.14.
_NAMES_COUNT = 0.5  # as much as words and passages
_SAME_EVENT = 1.2
_DAYS = 3  # between two articles on one event; the stolen and the found astrolabe have 1.5, 24 days apart
_NAMES = 0.2  # cosine of names and numbers at least; pairs on one event have .28 and more, two trials .13
# Where no day tells a follow-up or another chapter of one topic apart. The three articles on one report have
# 1.45 and names .57 at least; articles on one trade 1.33 and .39, paragraphs on one university 1.6 and .51.
_UNDATED = 1.4
_UNDATED_NAMES = 0.54
# What the closest passages are taken to have where the model doesn't know the language: it finds all Arabic
# passages alike. So words and names decide, and must have some .4.
_UNREAD_PASSAGES = 0.6
_FARTHEST = 2.5  # the highest score: what distances are counted down from
_PAIRS_AT_ONCE = 20_000

Pair = tuple[int, int]
ClosestPassages = Callable[[Sequence[Pair]], Sequence[float]]
"""Gives, for pairs of articles by position, the highest cosine of a leading passage of each."""


@dataclass(frozen=True, eq=False)
class Told:
    """What an article tells: the hashes of its words, rising, the lowest bit set for a name or a number, and
    how often each occurs. `day` is the day it was published, counted from the year 1, or None."""

    article_id: str
    day: int | None
    language: str
    words: NDArray[np.uint32]
    counts: NDArray[np.uint8]


class StoryWords:
    """What the articles in a catalog tell. Words are weighed when they are asked for, when all are known."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, connection: sqlite3.Connection, article: Article) -> None:
        """Note the words of an article just put into the catalog, within the same transaction."""
        told = tell(article)
        connection.execute(
            "INSERT INTO story_words VALUES (?, ?, ?, ?, ?)",
            (
                *(told.article_id, told.day, told.language),
                *(told.words.astype("<u4").tobytes(), told.counts.tobytes()),
            ),
        )

    def all(self) -> Iterator[Told]:
        """What every article tells, in order of id."""
        return _told(self._database.rows(f"{_SELECT} ORDER BY article_id"))

    def of(self, article_ids: Iterable[str]) -> Iterator[Told]:
        """What some articles tell, in order of id."""
        return _told(sorted(self._database.rows_in(f"{_SELECT} WHERE article_id", article_ids)))


def _told(rows: Iterable[tuple[Any, ...]]) -> Iterator[Told]:
    for article_id, day, language, words, counts in rows:
        told = np.frombuffer(words, "<u4"), np.frombuffer(counts, np.uint8)
        yield Told(article_id, day, language, *told)


def tell(article: Article) -> Told:
    """The words of the headline and of the text outside masks, without those that carry no topic.

    Capitalised words within a sentence are names; where a script has no capitals, all longer words may be.
    """
    text = "\n".join(article.text[start:end] for start, end in article.open_spans())
    written = Counter(_WORD.findall(text))
    names = {folded(word) for word in _names(text, written)}
    written.update(_WORD.findall(article.title))
    counts = Counter[str]()
    for word, count in written.items():
        counts[folded(word)] += count
    hashed = {
        zlib.crc32(form.encode("utf-8", "surrogatepass")) & ~1 | (form in names): min(count, _MOST_COUNTED)
        for form, count in counts.items()
        if form not in EVERY_STOPWORD and len(form) > 1
    }
    words = sorted(hashed)
    published = article.published_at
    return Told(
        article.id,
        published.date().toordinal() if published else None,
        article.language,
        np.array(words, np.uint32),
        np.array([hashed[word] for word in words], np.uint8),
    )


def _names(text: str, words: Iterable[str]) -> Iterator[str]:
    """Which of the words of the text are names or numbers; a capital after a full stop makes no name."""
    may_be = set(_WITHIN_SENTENCE.findall(text)) if text.lower() != text else None
    for word in words:
        if word[0].isdigit():
            if not _YEAR.fullmatch(word):
                yield word
        elif len(word) >= _LEAST_NAME if may_be is None else word[0].isupper() and word in may_be:
            yield word


def stories(
    told: Sequence[Told], closest_passages: ClosestPassages, languages: frozenset[str]
) -> list[list[int]]:
    """Articles on one event, as lists of two positions in `told` or more.

    `languages` are those the vectors are good for; empty means any.
    """
    if len(told) < 2:
        return []
    pairs, scores = _scores(told, closest_passages, languages)
    return _joined(len(told), pairs, scores)


def _scores(
    told: Sequence[Told], closest_passages: ClosestPassages, languages: frozenset[str]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The pairs that may be on one event, shape (pairs, 2), and how alike each is, as `_SAME_EVENT` is."""
    measure = _Words(told)
    pairs = measure.sharing_rare_words()
    days = np.array([np.nan if article.day is None else article.day for article in told])
    apart = np.abs(days[pairs[:, 0]] - days[pairs[:, 1]])
    pairs, undated = (kept[~(apart > _DAYS)] for kept in (pairs, np.isnan(apart)))
    words, names = measure.cosines(pairs)
    likely = (words >= _FEW_WORDS) & (names >= np.where(undated, _UNDATED_NAMES, _NAMES))
    pairs, undated = pairs[likely], undated[likely]
    words, names = words[likely], names[likely]
    read = np.array([not languages or article.language in languages for article in told])
    is_read = read[pairs].all(axis=1)
    passages = np.full(len(pairs), _UNREAD_PASSAGES, dtype=np.float64)
    passages[is_read] = closest_passages([(int(one), int(other)) for one, other in pairs[is_read]])
    scores = words + passages + _NAMES_COUNT * names
    return pairs, scores - np.where(undated, _UNDATED - _SAME_EVENT, 0)


class _Words:
    """The articles as rows of a sparse matrix, a column a word."""

    def __init__(self, told: Sequence[Told]) -> None:
        from scipy.sparse import csr_array

        hashes = np.concatenate([article.words for article in told])
        counts = np.concatenate([article.counts for article in told])
        _, columns = np.unique(hashes >> 1, return_inverse=True)
        held_by = np.bincount(columns)
        weights = (1 + np.log(counts)) * np.log((len(told) + _OTHER_ARTICLES) / held_by[columns])
        ends = np.cumsum([0, *(len(article.words) for article in told)])
        shape = (len(told), len(held_by))
        is_rare = (held_by[columns] > 1) & (held_by[columns] <= _RARE)
        self._rare = csr_array((is_rare.astype(np.int32), columns, ends), shape=shape, copy=True)
        self._all = _unit_rows(csr_array((weights, columns, ends), shape=shape, copy=True))
        self._names = _unit_rows(csr_array((weights * (hashes & 1), columns, ends), shape=shape, copy=True))

    def sharing_rare_words(self) -> NDArray[np.int64]:
        """Pairs of rows, rising, that share enough rare words to be worth comparing: shape (pairs, 2)."""
        from scipy.sparse import triu

        self._rare.eliminate_zeros()
        shared = triu(self._rare @ self._rare.T, k=1, format="coo")
        enough = shared.data >= _SHARED_RARE
        pairs = np.stack([shared.row[enough], shared.col[enough]], axis=1).astype(np.int64)
        return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]

    def cosines(self, pairs: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of each pair the cosine of all weighted words, and that of what are names to both."""
        found = np.zeros((2, len(pairs)))
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            one, other = pairs[start : start + _PAIRS_AT_ONCE].T
            for row, matrix in enumerate((self._all, self._names)):
                found[row, start : start + len(one)] = matrix[one].multiply(matrix[other]).sum(axis=1)
        return found[0], found[1]


def _unit_rows(matrix: "csr_array[np.float64]") -> "csr_array[np.float64]":
    from scipy.sparse import diags_array
    from scipy.sparse.linalg import norm

    matrix.eliminate_zeros()
    lengths = np.maximum(norm(matrix, axis=1), 1e-12)
    return (diags_array(1 / lengths) @ matrix).tocsr()


def _joined(articles: int, pairs: NDArray[np.int64], scores: NDArray[np.float64]) -> list[list[int]]:
    """Average linkage (UPGMA) down to `_SAME_EVENT`, within what pairs that alike connect at all."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    strong = pairs[scores >= _SAME_EVENT]
    graph = coo_array((np.ones(len(strong)), (strong[:, 0], strong[:, 1])), shape=(articles, articles))
    _, component = connected_components(graph, directed=False)
    score_of = {
        (int(one), int(other)): float(score) for (one, other), score in zip(pairs, scores, strict=True)
    }
    found: list[list[int]] = []
    for members in _by_label(range(articles), component):
        if len(members) > 1:
            distances = [_FARTHEST - score_of.get(pair, 0.0) for pair in combinations(members, 2)]
            labels = fcluster(linkage(distances, "average"), _FARTHEST - _SAME_EVENT, "distance")
            found.extend(joined for joined in _by_label(members, labels) if len(joined) > 1)
    return found


def _by_label(members: Sequence[int], labels: Iterable[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for member, label in zip(members, labels, strict=True):
        groups[label].append(member)
    return list(groups.values())
