"""Reprints: which articles carry the same text, copied or lightly rewritten.

A text is compared by its *shingles*, every run of five words (Broder 1997, "On the resemblance and
containment of documents"). Two texts are linked if half of the shorter stands in the longer, whatever their
order and length, or if what they share is spread over them as in a rewrite. What stands in quotation marks
doesn't count as written by either, and a passage lifted whole counts no more than a phrase, so that neither a
shared statement nor a standing paragraph makes a reprint. Links are a function of the two texts alone.

One shingle in eight is kept in the catalog, chosen by its hash (FracMinHash): texts that share some of those
are compared. Banded MinHash would not do: rewrites share as little as a twentieth of their shingles.
"""

import re
import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.database import Database
from index.language import folded
from index.schema import Article

TABLES = """
CREATE TABLE IF NOT EXISTS wordings (id INTEGER PRIMARY KEY, shingles BLOB NOT NULL, digest INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS wordings_by_digest ON wordings(digest);
CREATE TABLE IF NOT EXISTS copies (
    article_id TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    wording INTEGER NOT NULL REFERENCES wordings(id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS copies_of_wording ON copies(wording);
CREATE TABLE IF NOT EXISTS samples (
    shingle INTEGER NOT NULL, wording INTEGER NOT NULL REFERENCES wordings(id) ON DELETE CASCADE,
    PRIMARY KEY (shingle, wording)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS samples_of_wording ON samples(wording);
CREATE TABLE IF NOT EXISTS links (
    shorter INTEGER NOT NULL REFERENCES wordings(id) ON DELETE CASCADE,
    longer INTEGER NOT NULL REFERENCES wordings(id) ON DELETE CASCADE,
    is_part INTEGER NOT NULL, PRIMARY KEY (shorter, longer)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_of_longer ON links(longer);
CREATE TRIGGER IF NOT EXISTS drop_unused_wording AFTER DELETE ON copies
WHEN NOT EXISTS (SELECT 1 FROM copies WHERE wording = OLD.wording)
BEGIN DELETE FROM wordings WHERE id = OLD.wording; END;
"""

_SHINGLE_WORDS = 5
_FEWEST = 20  # shingles: a shorter text (a stub, "enable cookies to read on") is nobody's reprint
_SAMPLED = 8  # one shingle in so many finds candidates
_CANDIDATES = 64  # texts compared with a new one at most: a text with more copies is linked to enough of them
# Rewrites of one story share .10 to .9 of the shorter text's shingles, other stories under .02. So texts are
# compared if they share what .004 promises of their samples: a fourth of the least that links.
_SHINGLES_A_SAMPLE = 250
_SHARED = 0.05  # of the shorter text's shingles; with less no text is looked at more closely
_COPIED = 0.5  # of the shorter text's shingles that stand in the longer
# A rewrite, measured on OneStopEnglish's three levels of 104 stories: the least that two levels of one story
# keep is .089 of the shorter and .031 of both together, in 10 runs. Others keep .013 of the shorter, two
# press releases of one company with a page of the same standing text .062.
_RUN_COUNTS = 4  # shingles of one unbroken run that count, so that one long paragraph doesn't
_REWRITTEN = 0.075  # of the shorter
_REWRITTEN_BOTH = 0.025  # of both together
_REWRITTEN_RUNS = 6
_PART = 0.75  # of the longer text: what whole versions share stretches over more

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(
    r'“[^“”\n]{1,1000}”|"[^"\n]{1,1000}"|«[^«»\n]{1,1000}»|„[^„“”\n]{1,1000}[“”]'
)  # one paragraph at most, so that a mark left open does no harm
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ"))

Hashes = NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Shingles:
    """A text's five-word runs as 31-bit hashes, in the order of the text: shape (words - 4,).

    `own` is False where a run touches words in quotation marks: shape as `hashes`.
    """

    hashes: Hashes
    own: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.hashes)

    def to_bytes(self) -> bytes:
        """Four bytes a shingle."""
        return ((self.hashes << 1) | self.own).astype("<u4").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Shingles":
        """What `to_bytes` gave."""
        stored = np.frombuffer(data, dtype="<u4")
        return cls((stored >> 1).astype(np.uint32), (stored & 1).astype(bool))


def shingles(article: Article) -> Shingles:
    """The shingles of the article's text outside its masks, letter case and accents left out."""
    text = folded("\n".join(article.text[start:end] for start, end in article.open_spans()))
    text = text.translate(_APOSTROPHES)
    words = list(_WORD.finditer(text))
    count = max(len(words) - _SHINGLE_WORDS + 1, 0)
    hashed = np.array([zlib.crc32(word[0].encode("utf-8", "surrogatepass")) for word in words], np.uint64)
    starts = np.array([word.start() for word in words], np.int64)
    spans = np.array([quoted.span() for quoted in _QUOTED.finditer(text)], np.int64).reshape(-1, 2)
    # A word is quoted if more quotations have begun before it than have ended.
    quoted = np.searchsorted(spans[:, 0], starts, "right") > np.searchsorted(spans[:, 1], starts, "right")
    mixed, touched = np.zeros(count, np.uint64), np.zeros(count, bool)
    for offset in range(_SHINGLE_WORDS):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashed[offset : offset + count]
        mixed ^= mixed >> np.uint64(29)
        touched |= quoted[offset : offset + count]
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return Shingles((mixed >> np.uint64(33)).astype(np.uint32), ~touched)


def are_linked(one: Shingles, other: Shingles) -> bool:
    """True if one text is the other copied, in whole or in part, or lightly rewritten."""
    if min(len(one), len(other)) < _FEWEST:
        return False
    shorter, longer = _by_length(one, other)
    held = _held(shorter.hashes, longer.hashes)
    if held.mean() < _SHARED:
        return False
    return _is_copied(shorter, held) or _is_rewritten(shorter, longer)


def _by_length(one: Shingles, other: Shingles) -> tuple[Shingles, Shingles]:
    """The shorter first; of two as long always the same one, so that links have no direction."""
    is_other_first = (len(other), other.to_bytes()) < (len(one), one.to_bytes())
    return (other, one) if is_other_first else (one, other)


def _is_copied(shorter: Shingles, held: NDArray[np.bool_]) -> bool:
    if held.mean() < _COPIED:
        return False
    # Two short reports of one statement share little but the statement.
    return int(shorter.own.sum()) < _FEWEST or bool(held[shorter.own].mean() >= _COPIED)


def _is_rewritten(one: Shingles, other: Shingles) -> bool:
    own = [int(text.own.sum()) for text in (one, other)]
    if min(own) < _FEWEST:
        return False
    shorter, longer = (one, other) if own[0] <= own[1] else (other, one)
    kept = np.zeros(len(shorter), bool)
    kept[shorter.own] = _held(shorter.hashes[shorter.own], longer.hashes[longer.own])
    runs = _run_lengths(kept)
    counted = int(np.minimum(runs, _RUN_COUNTS).sum())
    return (
        len(runs) >= _REWRITTEN_RUNS
        and counted >= _REWRITTEN * min(own)
        and counted >= _REWRITTEN_BOTH * sum(own)
    )


def _held(hashes: Hashes, others: Hashes) -> NDArray[np.bool_]:
    """Which of `hashes` are among `others`, of which there must be one; much quicker than np.isin."""
    ordered = np.sort(others)
    places = np.minimum(np.searchsorted(ordered, hashes), len(ordered) - 1)
    is_held: NDArray[np.bool_] = ordered[places] == hashes
    return is_held


def _run_lengths(kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    edges = np.diff(np.concatenate(([0], kept.astype(np.int8), [0])))
    return np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)


def is_part(one: Shingles, other: Shingles) -> bool:
    """True if what two linked texts share is one stretch of the longer: it holds the shorter and more, or the
    shorter was trimmed. Else they are versions of one text."""
    shorter, longer = _by_length(one, other)
    places = np.flatnonzero(_held(longer.hashes, shorter.hashes))
    first, last = np.quantile(places, (0.05, 0.95))  # a stock phrase elsewhere doesn't count
    return bool(last - first < _PART * len(longer))


class Reprints:
    """The wordings of the articles in a catalog, and which are linked. Equal texts are one wording."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, connection: sqlite3.Connection, article: Article) -> None:
        """Note the wording of an article just put into the catalog, within the same transaction."""
        found = shingles(article)
        if len(found) >= _FEWEST:
            connection.execute("INSERT INTO copies VALUES (?, ?)", (article.id, _wording(connection, found)))

    def groups(self, article_ids: Sequence[str] | None = None) -> list[list[str]]:
        """Articles that carry the same text, as lists of two ids or more: all that there are, or those with
        one of `article_ids` among them.

        A group is what links connect, except through an article that holds several texts which are not
        copies of each other: a round-up makes no reprints of them.
        """
        rows_in = self._database.rows_in
        if article_ids is None:
            copies = self._database.rows("SELECT article_id, wording FROM copies ORDER BY article_id")
            lengths = dict(self._database.rows("SELECT id, length(shingles) FROM wordings"))
            links = self._database.rows("SELECT shorter, longer, is_part FROM links")
        else:
            reached = self._reached(article_ids)
            copies = sorted(rows_in("SELECT article_id, wording FROM copies WHERE wording", reached))
            lengths = dict(rows_in("SELECT id, length(shingles) FROM wordings WHERE id", reached))
            links = rows_in("SELECT shorter, longer, is_part FROM links WHERE shorter", reached)
        articles: dict[int, list[str]] = defaultdict(list)
        for article_id, wording in copies:
            articles[wording].append(article_id)
        joined = (
            [article for text in texts for article in articles[text]] for texts in connected(lengths, links)
        )
        return sorted(sorted(group) for group in joined if len(group) > 1)

    def _reached(self, article_ids: Sequence[str]) -> list[int]:
        """The wordings of these articles and all that links lead to from there."""
        rows_in = self._database.rows_in
        fresh = {
            wording for (wording,) in rows_in("SELECT wording FROM copies WHERE article_id", article_ids)
        }
        reached = set(fresh)
        while fresh:
            linked = [
                *rows_in("SELECT longer FROM links WHERE shorter", sorted(fresh)),
                *rows_in("SELECT shorter FROM links WHERE longer", sorted(fresh)),
            ]
            fresh = {wording for (wording,) in linked} - reached
            reached |= fresh
        return sorted(reached)


def _wording(connection: sqlite3.Connection, found: Shingles) -> int:
    """The id of this wording; a new one is stored with its samples and links."""
    data = found.to_bytes()
    digest = zlib.crc32(data)
    for wording, stored in connection.execute(
        "SELECT id, shingles FROM wordings WHERE digest = ?", (digest,)
    ):
        if stored == data:
            return int(wording)
    inserted = connection.execute("INSERT INTO wordings (shingles, digest) VALUES (?, ?)", (data, digest))
    wording = int(inserted.lastrowid or 0)
    samples = [int(sample) for sample in np.unique(found.hashes[found.hashes % _SAMPLED == 0])]
    links = []
    for other, stored in _candidates(connection, samples, len(found)):
        compared = Shingles.from_bytes(stored)
        if are_linked(found, compared):
            ordered = (wording, other) if _by_length(found, compared)[0] is found else (other, wording)
            links.append((*ordered, is_part(found, compared)))
    connection.executemany("INSERT INTO samples VALUES (?, ?)", ((sample, wording) for sample in samples))
    connection.executemany("INSERT INTO links VALUES (?, ?, ?)", links)
    return wording


def _candidates(
    connection: sqlite3.Connection, samples: Sequence[int], length: int
) -> Iterator[tuple[int, bytes]]:
    """The wordings that share enough samples with a text of `length` shingles, most first."""
    shared: Counter[int] = Counter()
    for sample in samples:
        rows = connection.execute(
            "SELECT wording FROM samples WHERE shingle = ? ORDER BY wording LIMIT ?", (sample, _CANDIDATES)
        )
        shared.update(wording for (wording,) in rows)
    yielded = 0
    for wording, count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        (held,) = connection.execute(
            "SELECT length(shingles) / 4 FROM wordings WHERE id = ?", (wording,)
        ).fetchone()
        if count * _SHINGLES_A_SAMPLE >= min(length, held):
            yield (
                wording,
                connection.execute("SELECT shingles FROM wordings WHERE id = ?", (wording,)).fetchone()[0],
            )
            yielded += 1
            if yielded == _CANDIDATES:
                return


def connected(lengths: Mapping[int, int], links: Iterable[tuple[int, int, int]]) -> list[list[int]]:
    """Texts joined by links, given their lengths and (shorter, longer, is part) for each link.

    Versions of one text are joined first. Then a part joins the text that holds it, unless that one or a
    version of it holds parts of more than one group: it is a round-up, and joins none of them.
    """
    groups = _Groups(lengths)
    held: dict[int, set[int]] = defaultdict(set)
    for shorter, longer, part in links:
        if part:
            held[longer].add(shorter)
        else:
            groups.join(shorter, longer)
    versions: dict[int, list[int]] = defaultdict(list)
    for text in lengths:
        versions[groups.of(text)].append(text)
    # Shorter holders first: what a round-up holds may itself hold parts.
    for texts in sorted(
        versions.values(), key=lambda texts: (max(lengths[text] for text in texts), min(texts))
    ):
        parts = {groups.of(part) for text in texts for part in held[text]} - {groups.of(texts[0])}
        if len(parts) == 1:
            groups.join(texts[0], parts.pop())
    joined: dict[int, list[int]] = defaultdict(list)
    for text in lengths:
        joined[groups.of(text)].append(text)
    return list(joined.values())


class _Groups:
    """Disjoint sets; each is named by its least member, so that the order of joining leaves no trace."""

    def __init__(self, members: Iterable[int]) -> None:
        self._leader = {member: member for member in members}

    def of(self, member: int) -> int:
        while (leader := self._leader[member]) != member:
            self._leader[member] = self._leader[leader]
            member = leader
        return member

    def join(self, one: int, other: int) -> None:
        one, other = self.of(one), self.of(other)
        self._leader[max(one, other)] = min(one, other)
