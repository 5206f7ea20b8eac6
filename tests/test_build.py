"""Incremental indexing: nothing is computed twice, what is gone does not stay, a killed run loses nothing."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HashEmbedder

from index.build import Progress, Report, index_articles
from index.embed import Embedder, Vectors
from index.schema import Article, Filter, Mask
from index.sources import Skipped, Unchanged, read_changed, read_paths
from index.store import Store

TESTS = Path(__file__).parent


class Counting:
    """A real embedder that remembers what it was asked to embed."""

    def __init__(self, embedder: Embedder) -> None:
        self.identity, self.languages = embedder.identity, embedder.languages
        self.dimension, self.max_tokens = embedder.dimension, embedder.max_tokens
        self.count_tokens = embedder.count_tokens
        self._embedder = embedder
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        return self._embedder.embed(texts)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store", HashEmbedder(), create=True) as opened:
        yield opened


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """An empty folder for articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


def story(key: str, text: str, **known: str) -> Article:
    return replace(Article(key=key, source=f"/news/{key}", text=text), **known)  # type: ignore[arg-type]  # no masks


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


def index_files(store: Store, *paths: Path | str, prune: bool = False) -> Report:
    return index_articles(
        store, read_paths(paths), prune_under=[Path(path) for path in paths] if prune else ()
    )


def held_sources(store: Store) -> list[str]:
    return [Path(source).name for _, _, source in store.catalog.sources()]


def assert_parts_agree(store: Store) -> None:
    """Chroma and the lexical index hold what the catalog holds, no more and no less."""
    assert store.vectors.passage_ids() == store.lexical.passage_ids() == store.catalog.passage_ids()
    assert store.catalog.unsettled() == []


def test_unchanged_articles_are_not_embedded_again(tmp_path: Path, embedder: Embedder) -> None:
    counting = Counting(embedder)
    articles = [
        story("a", "Rain fell on Monday.", title="Rain", published="2026-01-17T20:00:00"),
        story("b", "Snow fell on Tuesday.\n\nNobody came."),
    ]
    with Store(tmp_path / "store", counting, create=True) as store:
        assert counts(index_articles(store, articles)) == (2, 0, 0, 0)
        assert counting.embedded == [
            "Rain\n2026-01-17\nRain fell on Monday.",
            "Snow fell on Tuesday.\n\nNobody came.",
        ]
        counting.embedded.clear()
        assert counts(index_articles(store, articles)) == (0, 0, 2, 0)
        assert counting.embedded == []
        question = embedder.embed(["When did it rain?"])[0]
        nearest = next(iter(store.vectors.search(question, 1, Filter())))
        assert store.catalog.passages([nearest])[nearest].article == articles[0]
    with Store(tmp_path / "store", counting) as reopened:
        assert counts(index_articles(reopened, articles)) == (0, 0, 2, 0)
        assert counting.embedded == []


def test_changed_text_replaces_the_old_everywhere(store: Store) -> None:
    index_articles(store, [story("a", "Rain fell on Monday."), story("b", "Fog came.")])
    old = store.catalog.passage_ids()
    report = index_articles(store, [story("a", "Snow fell on Monday."), story("b", "Fog came.")])
    assert counts(report) == (0, 1, 1, 0)
    assert (report.articles, report.passages) == (2, 2)
    assert len(store.catalog.passage_ids() - old) == len(old - store.catalog.passage_ids()) == 1
    assert store.lexical.search("rain", 10, Filter()) == {}
    assert_parts_agree(store)


@pytest.mark.parametrize(
    ("changes", "filter"),
    [
        ({"outlet": "The Gull"}, Filter(outlet="the gull")),
        ({"language": "es"}, Filter(language="es")),
        ({"published": "2026-01-17"}, Filter(since="2026-01-17")),
    ],
)
def test_changed_metadata_alone_is_an_update_too(
    store: Store, changes: dict[str, str], filter: Filter
) -> None:
    index_articles(store, [story("a", "Lluvia.", language="en")])
    question = store.embedder.embed(["Lluvia."])[0]
    assert store.vectors.search(question, 5, filter) == store.lexical.search("lluvia", 5, filter) == {}
    report = index_articles(store, [story("a", "Lluvia.", **{"language": "en", **changes})])
    assert counts(report) == (0, 1, 0, 0)
    ids = store.catalog.passage_ids()
    assert (
        set(store.vectors.search(question, 5, filter))
        == set(store.lexical.search("lluvia", 5, filter))
        == ids
    )
    assert_parts_agree(store)


def test_a_changed_title_is_embedded_and_searched(store: Store) -> None:
    index_articles(store, [story("a", "It fell.", title="Rain")])
    index_articles(store, [story("a", "It fell.", title="Hail")])
    assert store.lexical.search("rain", 5, Filter()) == {}
    assert len(store.lexical.search("hail", 5, Filter())) == 1
    cosine = store.vectors.cosines(
        store.embedder.embed(["Hail\nIt fell."])[0], list(store.catalog.passage_ids())
    )
    assert list(cosine.values()) == pytest.approx([1.0], abs=1e-5)


def test_changed_masks_cut_other_passages(store: Store) -> None:
    article = story("a", "Photo: A. Writer\n\nRain fell.")
    index_articles(store, [article])
    masked = Article(key="a", source=article.source, text=article.text, masks=(Mask(0, 16, "credit"),))
    assert counts(index_articles(store, [masked])) == (0, 1, 0, 0)
    passages = store.catalog.passages(store.catalog.passage_ids()).values()
    assert [passage.text for passage in passages] == ["Rain fell."]
    assert_parts_agree(store)


def test_the_same_article_twice_in_a_run_is_skipped_with_the_reason(store: Store) -> None:
    again = Article(key="a", source="/copy/a", text="Another text.")
    skipped = Skipped("/news/broken", "is empty")
    report = index_articles(store, [story("a", "Rain fell."), skipped, again])
    assert counts(report) == (1, 0, 0, 0)
    assert report.skipped == (skipped, Skipped("/copy/a", "the same article as /news/a: only that is kept"))
    assert [article.text for article in store.catalog.articles()] == ["Rain fell."]


def test_an_article_without_passages_is_held_and_known(store: Store) -> None:
    empty = story("a", "* * *")
    report = index_articles(store, [empty])
    assert counts(report) == (1, 0, 0, 0)
    assert (report.articles, report.passages) == (1, 0)
    assert counts(index_articles(store, [empty])) == (0, 0, 1, 0)
    assert_parts_agree(store)


def test_the_report_has_the_fields_that_scripts_read(store: Store) -> None:
    report = index_articles(store, [story("a", "Rain fell."), Skipped("/news/b.txt", "is empty")])
    told = report.to_dict()
    assert list(told) == [
        *("added", "updated", "unchanged", "removed", "skipped", "articles", "passages", "seconds"),
    ]
    assert told.pop("seconds") >= 0
    assert json.loads(json.dumps(told)) == {
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "removed": 0,
        "skipped": [{"source": "/news/b.txt", "reason": "is empty"}],
        "articles": 1,
        "passages": 1,
    }


def test_nothing_to_index_is_a_report_too(store: Store) -> None:
    report = index_articles(store, [])
    assert (counts(report), report.articles, report.skipped) == ((0, 0, 0, 0), 0, ())


def test_progress_is_told_of_every_article(store: Store) -> None:
    told: list[Progress] = []
    index_articles(store, [story("a", "Rain fell."), story("b", "Fog came.")], on_progress=told.append)
    assert told == [Progress(1, 0, "/news/a"), Progress(2, 0, "/news/b"), Progress(2, 2, "/news/b")]


def test_prune_removes_a_file_that_is_gone(store: Store, news: Path) -> None:
    (news / "a.txt").write_text("Rain fell on the town on Monday.")
    (news / "b.txt").write_text("Snow fell on the town on Tuesday.")
    index_files(store, news)
    (news / "a.txt").unlink()
    assert counts(index_files(store, news)) == (0, 0, 1, 0)
    assert held_sources(store) == ["a.txt", "b.txt"]
    assert counts(index_files(store, news, prune=True)) == (0, 0, 1, 1)
    assert held_sources(store) == ["b.txt"]
    assert_parts_agree(store)


@pytest.mark.parametrize(
    "path", ["{news}/a.txt", "../news/a.txt", "../news", "{news}/*.txt", "../n*s", "**/*.txt"]
)
def test_prune_takes_paths_as_they_are_written(
    store: Store, news: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(news)
    (news / "a.txt").write_text("Rain fell on the town on Monday.")
    (news / "deep").mkdir()
    (news / "deep" / "b.txt").write_text("Snow fell on the town on Tuesday.")
    index_files(store, news)
    (news / "a.txt").unlink()
    assert index_files(store, path.format(news=news), prune=True).removed == 1
    assert held_sources(store) == ["b.txt"]


def test_prune_by_a_pattern_leaves_what_the_pattern_does_not_mean(store: Store, news: Path) -> None:
    for name in ("a.txt", "b.md", "deep/c.txt", "deep/er/d.txt"):
        (news / name).parent.mkdir(exist_ok=True)
        (news / name).write_text(f"Rain fell on the town, as {name} has it.")
    index_files(store, news)
    shutil.rmtree(news)
    news.mkdir()
    assert index_files(store, f"{news}/*.txt", prune=True).removed == 1
    assert held_sources(store) == ["b.md", "c.txt", "d.txt"]
    assert index_files(store, f"{news}/**/*.txt", prune=True).removed == 2
    assert held_sources(store) == ["b.md"]


@pytest.mark.parametrize("known_by_url", [False, True])
def test_prune_removes_a_row_that_is_gone_from_its_file(store: Store, news: Path, known_by_url: bool) -> None:
    rows = [{"text": f"{what} fell on the town."} for what in ("Rain", "Snow", "Hail")]
    if known_by_url:
        rows = [{**row, "url": f"https://a.example/{number}"} for number, row in enumerate(rows)]
    write_rows(news / "a.jsonl", rows)
    assert counts(index_files(store, news)) == (3, 0, 0, 0)
    write_rows(news / "a.jsonl", rows[1:])
    assert index_files(store, news, prune=True).removed == 1
    assert sorted(article.text for article in store.catalog.articles()) == [
        "Hail fell on the town.",
        "Snow fell on the town.",
    ]
    assert_parts_agree(store)


def write_rows(file: Path, rows: Sequence[dict[str, str]]) -> None:
    file.write_text("\n".join(json.dumps(row) for row in rows))


def test_prune_keeps_what_can_not_be_read_now(store: Store, news: Path) -> None:
    (news / "a.txt").write_text("Rain fell on the town on Monday.")
    write_rows(news / "b.jsonl", [{"text": "Snow fell on the town."}, {"text": "Hail fell on the town."}])
    index_files(store, news)
    (news / "a.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    (news / "b.jsonl").write_text('{"text": "Snow fell on the town."}\n{"text": "Hail fell')
    report = index_files(store, news, prune=True)
    assert counts(report) == (0, 0, 1, 0)
    assert len(report.skipped) == 2
    assert held_sources(store) == ["a.txt", "b.jsonl#1", "b.jsonl#2"]


def test_prune_keeps_what_lies_elsewhere(store: Store, news: Path, tmp_path: Path) -> None:
    other = tmp_path / "news-of-others"
    other.mkdir()
    for folder in (news, other):
        (folder / "a.txt").write_text(f"Rain fell on {folder.name} on Monday.")
    index_files(store, news, other)
    (other / "a.txt").unlink()
    (news / "a.txt").unlink()
    assert index_files(store, news, prune=True).removed == 1
    assert [Path(source).parent for _, _, source in store.catalog.sources()] == [other]


def test_a_moved_article_with_a_url_is_the_same_one(store: Store, news: Path) -> None:
    row = {"text": "Rain fell on the town.", "url": "https://a.example/1"}
    write_rows(news / "a.jsonl", [row])
    index_files(store, news)
    (news / "a.jsonl").rename(news / "b.jsonl")
    assert counts(index_files(store, news, prune=True)) == (0, 1, 0, 0)
    assert held_sources(store) == ["b.jsonl#1"]


def test_what_is_stored_as_it_would_be_read_is_not_read_again(store: Store, news: Path) -> None:
    (news / "a.txt").write_text("Rain fell on the town on Monday.")
    (news / "b.html").write_text(
        f"<title>Snow</title><article><p>{'Snow fell on the town. ' * 20}</p></article>"
    )
    write_rows(news / "c.jsonl", [{"text": "Hail fell on the town."}, {"text": "Fog came to the town."}])
    assert counts(index_files(store, news)) == (4, 0, 0, 0)

    again = list(read_changed([news], store.catalog.digests()))
    assert [type(found) for found in again] == [Unchanged] * 4
    assert counts(index_articles(store, again, prune_under=[news])) == (0, 0, 4, 0)

    (news / "a.txt").write_text("Rain fell on the town on Tuesday.")
    write_rows(news / "c.jsonl", [{"text": "Hail fell on the town."}, {"text": "Mud came to the town."}])
    changed = list(read_changed([news], store.catalog.digests()))
    assert [Path(found.source).name for found in changed if not isinstance(found, Unchanged)] == [
        "a.txt",
        "c.jsonl#2",
    ]
    assert counts(index_articles(store, changed)) == (0, 2, 2, 0)
    assert {type(found) for found in read_changed([news], store.catalog.digests())} == {Unchanged}


def test_what_newer_code_reads_alike_is_noted_as_read_by_it(store: Store, news: Path) -> None:
    (news / "a.txt").write_text("Rain fell on the town on Monday.")
    index_files(store, news)
    (key,) = store.catalog.digests().values()
    store.catalog.remember_digests({key: "as older code read it"})
    (found,) = read_changed([news], store.catalog.digests())
    assert isinstance(found, Article)
    assert counts(index_articles(store, [found])) == (0, 0, 1, 0)
    assert {type(found) for found in read_changed([news], store.catalog.digests())} == {Unchanged}
