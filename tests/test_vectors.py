"""The dense side against real Chroma; filters give the same passages here and on the lexical side."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

from index.embed import Vectors
from index.errors import StoreDamaged
from index.lexical import LexicalIndex
from index.schema import Article, Filter, Passage
from index.vectors import VectorIndex

DATES = [
    "",
    "2025-12-31",
    "2026-01-17",
    "2026-01-17T20:37:00+02:00",
    "2026-01-18T00:30:00+02:00",
    "1969-07-20",
]
OUTLETS = ["The Gull", "THE GULL", "Lindow Post", ""]
LANGUAGES = ["en", "es", "ar", "fr", ""]


def passage(key: str, outlet: str = "", published: str = "", language: str = "en") -> Passage:
    text = "Rain fell."
    return Passage(
        Article(key=key, source=key, text=text, outlet=outlet, published=published, language=language), 0, 10
    )


def directions(count: int, dimension: int = 8, seed: int = 0) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    unit: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[VectorIndex]:
    opened = VectorIndex(tmp_path / "vectors")
    yield opened
    opened.close()


def test_an_empty_index_finds_nothing(vectors: VectorIndex) -> None:
    assert vectors.search(directions(1)[0], 5, Filter()) == {}
    assert vectors.cosines(directions(1)[0], ["no such id"]) == vectors.cosines(directions(1)[0], []) == {}
    assert vectors.passage_ids() == set()


def test_the_nearest_come_first_with_their_cosines(vectors: VectorIndex) -> None:
    passages, points = [passage(str(number)) for number in range(300)], directions(300)
    vectors.upsert(passages, points)
    question = directions(1, seed=1)[0]
    cosines = {held.id: float(cosine) for held, cosine in zip(passages, points @ question, strict=True)}

    nearest = vectors.search(question, 10, Filter())
    assert list(nearest) == sorted(cosines, key=lambda held: -cosines[held])[:10]
    assert nearest == pytest.approx({held: cosines[held] for held in nearest}, abs=1e-5)
    assert len(vectors.search(question, 1000, Filter())) == 300
    assert vectors.cosines(question, [*cosines, "no such id"]) == pytest.approx(cosines, abs=1e-5)


def test_more_than_one_batch_goes_in_and_out(vectors: VectorIndex) -> None:
    passages = [passage(str(number)) for number in range(5003)]
    vectors.upsert(passages, directions(5003, dimension=2))
    assert len(vectors.passage_ids()) == 5003
    vectors.remove([held.id for held in passages])
    assert vectors.passage_ids() == set()


def test_upsert_replaces_and_remove_passes_over_what_is_not_there(vectors: VectorIndex) -> None:
    held, (first, second) = passage("a"), directions(2)
    vectors.upsert([held], first[None])
    vectors.upsert([held], second[None])
    assert vectors.cosines(second, [held.id]) == pytest.approx({held.id: 1.0}, abs=1e-5)
    vectors.remove([held.id, "no such id"])
    vectors.remove([])
    assert vectors.passage_ids() == set()


@pytest.mark.parametrize(
    "filter",
    [
        Filter(),
        Filter(outlet="the gull"),
        Filter(outlet=["  gull ", "LINDOW POST"]),
        Filter(outlet="No Such Paper"),
        Filter(language="es"),
        Filter(language="EN"),
        Filter(language="de"),
        Filter(since="2026-01-17"),
        Filter(until="2026-01-17"),
        Filter(since="2026-01-17", until="2026-01-17"),
        Filter(since="2026-01-17T18:37:00"),
        Filter(until="2026-01-17T18:37:00"),
        Filter(until="2026-01-17T18:36:59"),
        Filter(until="1970-01-01"),
        Filter(since="1970-01-01"),
        Filter(outlet="Gull", since="2025-01-01", until="2026-01-17", language="en"),
        Filter(since="2027-01-01", until="2026-01-01"),
    ],
    ids=str,
)
def test_filters_mean_the_same_on_both_sides(
    filter: Filter, both_sides: tuple[list[Passage], VectorIndex, LexicalIndex]
) -> None:
    passages, dense, lexical = both_sides
    expected = {held.id for held in passages if passes(held.article, filter)}
    assert set(dense.search(directions(1)[0], 1000, filter)) == expected
    assert set(lexical.search("rain", 1000, filter)) == expected


@pytest.fixture(scope="module")
def both_sides(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[list[Passage], VectorIndex, LexicalIndex]]:
    """Both sides with articles of every outlet, date and language together."""
    folder = tmp_path_factory.mktemp("sides")
    languages = cycle(LANGUAGES)
    passages = [
        passage(f"{outlet}/{date}/{turn}", outlet, date, next(languages))
        for outlet in OUTLETS
        for date in DATES
        for turn in range(3)
    ]
    dense, lexical = VectorIndex(folder / "vectors"), LexicalIndex(folder / "lexical")
    dense.upsert(passages, directions(len(passages)))
    lexical.replace((), passages)
    yield passages, dense, lexical
    dense.close()


def passes(article: Article, filter: Filter) -> bool:
    """What a filter means, said once more and plainly."""
    moment = article.published_at
    return (
        (not filter.outlet or article.outlet.lower() in [wanted(name) for name in filter.outlet])
        and (not filter.language or article.language == filter.language)
        and (not filter.since or (moment is not None and moment.timestamp() >= (filter.since_seconds or 0)))
        and (not filter.until or (moment is not None and moment.timestamp() <= (filter.until_seconds or 0)))
    )


def wanted(name: str) -> str:
    return {"gull": "the gull"}.get(name.strip().lower(), name.strip().lower())


def test_a_damaged_graph_is_said_in_one_line(tmp_path: Path) -> None:
    vectors, points = VectorIndex(tmp_path), directions(1500)  # enough for Chroma to write its graph out
    vectors.upsert([passage(str(number)) for number in range(1500)], points)
    vectors.close()
    for file in tmp_path.glob("*/*"):
        file.write_bytes(b"garbage")
    damaged = VectorIndex(tmp_path)
    with pytest.raises(StoreDamaged, match=r"the vectors in .* can't be read") as caught:
        damaged.search(points[0], 5, Filter())
    assert len(str(caught.value).splitlines()) == 1
    damaged.close()


def test_several_threads_may_read_and_write(vectors: VectorIndex) -> None:
    passages, points = [passage(str(number)) for number in range(80)], directions(80)

    def write_and_read(start: int) -> int:
        vectors.upsert(passages[start : start + 10], points[start : start + 10])
        return len(vectors.search(points[0], 5, Filter()))

    with ThreadPoolExecutor(4) as pool:
        assert min(pool.map(write_and_read, range(0, 80, 10))) == 5
    assert len(vectors.passage_ids()) == 80


def test_what_another_process_wrote_is_seen_after_reload(tmp_path: Path, vectors: VectorIndex) -> None:
    here, (first, second) = passage("here"), directions(2)
    vectors.upsert([here], first[None])
    assert list(vectors.search(second, 5, Filter())) == [here.id]
    there = (
        "import json, sys, pathlib, numpy; from index.vectors import VectorIndex;"
        "from index.schema import Article, Passage;"
        "VectorIndex(pathlib.Path(sys.argv[1])).upsert([Passage(Article(key='there', source='there',"
        "text='Rain fell.'), 0, 10)], numpy.array([json.loads(sys.argv[2])], dtype='float32'))"
    )
    subprocess.run([sys.executable, "-c", there, str(tmp_path / "vectors"), str(second.tolist())], check=True)
    vectors.reload()
    assert list(vectors.search(second, 5, Filter())) == [passage("there").id, here.id]
