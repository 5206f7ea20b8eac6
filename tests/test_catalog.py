"""The catalog: articles come back as they went in, swapped whole, with a journal of what else must go."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from index.catalog import Catalog, Stats, fingerprint
from index.database import FILE_NAME
from index.errors import StoreDamaged, StoreMissing
from index.schema import Article, Mask, Passage

NOW = "2031-05-07T09:00:00+00:00"

CutArticle = tuple[Article, list[Passage]]


def cut(key: str, text: str = "Rain fell. Nobody came.", **known: str) -> CutArticle:
    article = replace(Article(key=key, source=f"/news/{key}", text=text), **known)  # type: ignore[arg-type]  # no masks
    return article, [Passage(article, 0, 10), Passage(article, 11, len(text))]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path, create=True, clock=lambda: datetime.fromisoformat(NOW))
    yield opened
    opened.close()


def test_an_article_comes_back_as_it_was(tmp_path: Path, catalog: Catalog) -> None:
    article = Article(
        key="https://a.example/1",
        source="/news/a.jsonl#3",
        text="\ufeffCafe\u0301\r\n\u00a0👩‍👩‍👧 قال \x00 نعم.\u2028",
        title="'Rain'; DROP TABLE articles; --",
        outlet="The Gull",
        author="A. Writer",
        published="2026-01-17T20:37:00+02:00",
        language="ar",
        url="https://a.example/1",
        masks=(Mask(0, 2, "nav"), Mask(3, 5, "")),
    )
    passage = Passage(article, 6, 12)
    catalog.swap([(article, [passage])])
    catalog.close()

    reopened = Catalog(tmp_path)
    assert reopened.article(article.id) == article
    assert reopened.passages([passage.id, "no such id"]) == {passage.id: passage}
    assert list(reopened.articles()) == [article]
    assert reopened.article("no such id") is None
    reopened.close()


def test_many_passages_are_asked_for_at_once(catalog: Catalog) -> None:
    article = Article(key="a", source="a", text="x" * 2000)
    passages = [Passage(article, start, start + 1) for start in range(2000)]
    catalog.swap([(article, passages)])
    found = catalog.passages(passage.id for passage in passages)
    assert found == {passage.id: passage for passage in passages}
    assert catalog.passages([]) == {}


def test_swap_puts_new_text_in_place_of_old_and_notes_the_old_passages(catalog: Catalog) -> None:
    (old, old_passages), (other, other_passages) = cut("a"), cut("b")
    catalog.swap([(old, old_passages), (other, other_passages)])
    assert catalog.unsettled() == []

    new, new_passages = cut("a", "Snow fell. Nobody came.")
    catalog.note_unsettled([passage.id for passage in new_passages])
    assert catalog.unsettled() == sorted(passage.id for passage in new_passages)
    catalog.swap([(new, new_passages)])

    assert catalog.unsettled() == sorted(passage.id for passage in old_passages)
    assert catalog.article(old.id) is None
    assert catalog.article(new.id) == replace(new, corrected=NOW)
    assert catalog.passage_ids() == {passage.id for passage in new_passages + other_passages}
    catalog.mark_settled(catalog.unsettled())
    assert catalog.unsettled() == []


def test_a_corrected_text_keeps_the_one_before_as_a_version(catalog: Catalog) -> None:
    first, second, third = cut("a"), cut("a", "Snow fell. Nobody came."), cut("a", "Hail fell. Nobody came.")
    for version in (first, second, third):
        catalog.swap([version])
    kept = catalog.versions("a")
    assert [(version.article.text, version.article.corrected, version.replaced) for version in kept] == [
        ("Rain fell. Nobody came.", "", NOW),
        ("Snow fell. Nobody came.", NOW, NOW),
    ]
    assert catalog.key_of_version(first[0].id) == "a"
    assert catalog.key_of_version(third[0].id) == catalog.key_of_version("no such id") == ""
    current = catalog.article_of_key("a")
    assert current is not None
    assert (current.text, current.corrected) == ("Hail fell. Nobody came.", NOW)

    catalog.remove([current.id])
    assert catalog.versions("a") == []
    assert catalog.article_of_key("a") is None


@pytest.mark.parametrize(
    ("published", "modified", "corrected"),
    [
        ("2031-05-04", "2031-05-06T10:00:00+02:00", "2031-05-06T10:00:00+02:00"),
        ("2031-05-04", "2031-05-04", NOW),  # says of no later change
        ("2031-05-04", "", NOW),
        ("", "2031-05-06", NOW),  # nothing to tell that it is later
    ],
)
def test_when_an_article_was_corrected_is_what_it_says_or_when_it_was_read(
    catalog: Catalog, published: str, modified: str, corrected: str
) -> None:
    catalog.swap([cut("a", published=published)])
    catalog.swap([cut("a", "Snow fell. Nobody came.", published=published, modified=modified)])
    current = catalog.article_of_key("a")
    assert current is not None
    assert current.corrected == corrected


def test_other_fields_spaces_or_boilerplate_are_no_correction(catalog: Catalog) -> None:
    article, passages = cut("a")
    catalog.swap([(article, passages)])
    for text in ("Rain fell.\n\nNobody came.", "Rain fell. Nobody came."):
        catalog.swap([cut("a", text, title="Rain")])
    longer = replace(article, text="Rain fell. Nobody came. Share", masks=(Mask(24, 29, "share"),))
    catalog.swap([(longer, [])])
    assert catalog.versions("a") == []
    assert [held.corrected for held in catalog.articles()] == [""]


def test_a_swap_that_fails_changes_nothing(catalog: Catalog) -> None:
    old, old_passages = cut("a")
    catalog.swap([(old, old_passages)])
    new, new_passages = cut("a", "Snow fell. Nobody came.")
    with pytest.raises(StoreDamaged):
        catalog.swap([(new, [*new_passages, new_passages[0]])])  # one id twice
    assert list(catalog.articles()) == [old]
    assert catalog.passage_ids() == {passage.id for passage in old_passages}
    assert catalog.unsettled() == []


def test_the_same_passages_with_other_metadata_are_unsettled_until_they_are_swapped_in(
    catalog: Catalog,
) -> None:
    article, passages = cut("a")
    catalog.swap([(article, passages)])
    catalog.note_unsettled([passage.id for passage in passages])
    assert catalog.unsettled() == sorted(passage.id for passage in passages)
    titled = replace(article, title="Rain")
    catalog.swap([(titled, passages)])
    assert catalog.unsettled() == []
    assert catalog.article(article.id) == titled


def test_what_is_removed_becomes_unsettled(catalog: Catalog) -> None:
    article, passages = cut("a")
    catalog.swap([(article, passages), cut("b")])
    assert catalog.remove([article.id, "no such id"]) == 1
    assert catalog.unsettled() == sorted(passage.id for passage in passages)
    assert [held.key for held in catalog.articles()] == ["b"]


@pytest.mark.parametrize("field", sorted({field.name for field in fields(Article)} - {"corrected", "digest"}))
def test_a_change_of_any_field_changes_the_fingerprint(field: str) -> None:
    article, _ = cut("a")
    values: dict[str, Any] = {
        "masks": (Mask(0, 4, "nav"),),
        "published": "2031-05-04",
        "modified": "2031-05-05",
    }
    changed = replace(article, **{field: values.get(field, "changed")})
    assert fingerprint(changed) != fingerprint(article)
    assert fingerprint(replace(article)) == fingerprint(article)


def test_fingerprints_and_sources_are_of_what_is_held(catalog: Catalog) -> None:
    article, passages = cut("a")
    catalog.swap([(article, passages)])
    assert catalog.fingerprints() == {"a": fingerprint(article)}
    assert catalog.sources() == [(article.id, "a", "/news/a")]


def test_articles_come_newest_first_and_undated_last(catalog: Catalog) -> None:
    dates = {"old": "2025-01-01", "undated": "", "new": "2026-01-17T20:00:00", "newer": "2026-01-18"}
    catalog.swap(cut(key, published=date) for key, date in dates.items())
    assert [article.key for article in catalog.articles()] == ["newer", "new", "old", "undated"]


def test_stats_count_what_is_held(catalog: Catalog) -> None:
    assert catalog.stats() == Stats(0, 0, {}, {}, "", "")
    catalog.swap(
        [
            cut("a", outlet="Gull", language="en", published="2026-01-17T20:00:00"),
            cut("b", outlet="Post", language="es"),
            cut("c", outlet="Post", published="2025-12-31"),
        ]
    )
    stats = catalog.stats()
    assert stats == Stats(3, 6, {"Post": 2, "Gull": 1}, {"en": 1, "es": 1}, "2025-12-31", "2026-01-17")
    assert list(stats.outlets) == ["Post", "Gull"]


def test_the_generation_grows_with_every_change_whoever_makes_it(tmp_path: Path, catalog: Catalog) -> None:
    article, passages = cut("a")
    other = Catalog(tmp_path)
    generations = [other.generation()]
    for change in (
        lambda: catalog.swap([(article, passages)]),
        lambda: catalog.remove([article.id]),
        lambda: catalog.mark_settled(catalog.unsettled()),
    ):
        change()
        generations.append(other.generation())
    assert generations == sorted(set(generations))
    assert other.meta()["generation"] == str(generations[-1])
    other.close()


def test_cached_articles_are_forgotten_on_demand(tmp_path: Path, catalog: Catalog) -> None:
    article, passages = cut("a")
    catalog.swap([(article, passages)])
    other = Catalog(tmp_path)
    assert other.article(article.id) == article
    catalog.remove([article.id])
    other.forget_cached()
    assert other.article(article.id) is None
    other.close()


def test_several_threads_may_use_it(catalog: Catalog) -> None:
    def write_and_read(number: int) -> bool:
        article, passages = cut(str(number))
        catalog.note_unsettled([passage.id for passage in passages])
        catalog.swap([(article, passages)])
        return catalog.article(article.id) == article and len(catalog.passages(p.id for p in passages)) == 2

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(write_and_read, range(64)))
    assert catalog.stats().articles == 64
    assert catalog.unsettled() == []


def test_no_store_is_said_with_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"there is no store at .*: make one with newscite index PATH"):
        Catalog(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_is_no_catalog_is_damaged_and_left_alone(tmp_path: Path, create: bool) -> None:
    garbage = b"this is no database " * 100
    (tmp_path / FILE_NAME).write_bytes(garbage)
    with pytest.raises(StoreDamaged, match=r"can't be read .*: move the store away") as caught:
        Catalog(tmp_path, create=create)
    assert len(str(caught.value).splitlines()) == 1
    assert (tmp_path / FILE_NAME).read_bytes() == garbage


def test_another_database_is_no_catalog(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE meta (something)")
    connection.close()
    with pytest.raises(StoreDamaged, match="no such table"):
        Catalog(tmp_path)
