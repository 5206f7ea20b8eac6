"""Looking through a store: newest first, searched and filtered, a page at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import HashEmbedder

from index.build import index_articles
from index.catalog import Catalog
from index.history import texts_of
from index.listing import Selection
from index.schema import Article, Filter
from index.store import Store

REPORT = " ".join(f"word{number}" for number in range(60)) + "."


def article(key: str, **known: Any) -> Article:
    return Article(**{"key": key, "source": f"/news/{key}.txt", "text": f"Rain fell on {key}.", **known})


ARTICLES = (
    article("one", title="Lluvia en Córdoba", outlet="La Gaceta", published="2031-05-04", language="es"),
    article("two", title="RAIN IN TESSABY", outlet="The Herald", published="2031-05-06T23:30:00-05:00"),
    article("three", title="Rain, again", outlet="Herald", published="2031-05-05", text=REPORT),
    article("four", title="Storm", outlet="Courier", published="2031-05-03", text=REPORT),
    article("five", title="100% of a_b", outlet="Courier"),
    article("harbour-notes"),
)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    with Store(tmp_path_factory.mktemp("listing"), HashEmbedder(), create=True) as store:
        index_articles(store, ARTICLES)
        yield store.catalog


def found(catalog: Catalog, words: str = "", **filters: Any) -> list[str]:
    page = catalog.listing.page(Selection(words, Filter(**filters)))
    assert page.total == len(page.articles)
    return [listed.source.removeprefix("/news/").removesuffix(".txt") for listed in page.articles]


def test_the_newest_come_first_and_the_undated_last(catalog: Catalog) -> None:
    assert found(catalog) == ["two", "three", "one", "four", "five", "harbour-notes"]
    assert found(catalog) == [
        Path(listed.source).stem for listed in catalog.articles()
    ]  # as newscite list has it


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rain", ["two", "three"]),
        ("CORDOBA", ["one"]),
        ("córdoba gaceta", ["one"]),
        ("herald  rain", ["two", "three"]),
        ("tess", ["two"]),
        ("harbour", ["harbour-notes"]),  # has no title
        ("%", ["five"]),
        ("a_b", ["five"]),
        ("'; DROP TABLE articles; --", []),
        ("snow", []),
        ("\ud800", []),
        ("\0", []),
    ],
)
def test_every_word_must_stand_in_title_or_outlet(catalog: Catalog, words: str, expected: list[str]) -> None:
    assert found(catalog, words) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"outlet": "herald"}, ["two", "three"]),
        ({"outlet": ["Courier", "la gaceta"]}, ["one", "four", "five"]),
        ({"language": "es"}, ["one"]),
        ({"since": "2031-05-05"}, ["two", "three"]),
        ({"until": "2031-05-04"}, ["one", "four"]),
        ({"since": "2031-05-06", "until": "2031-05-06"}, ["two"]),
        ({"outlet": "Courier", "since": "2031-01-01"}, ["four"]),
    ],
)
def test_filters_narrow_the_list(catalog: Catalog, filters: dict[str, Any], expected: list[str]) -> None:
    assert found(catalog, **filters) == expected


def test_reprints_are_counted_and_can_be_had_alone(catalog: Catalog) -> None:
    page = catalog.listing.page(Selection())
    copies = {listed.title: listed.copies for listed in page.articles}
    assert copies["Storm"] == copies["Rain, again"] == 2
    assert copies["Lluvia en Córdoba"] == 1
    storm = next(listed for listed in page.articles if listed.title == "Storm")
    alike = catalog.listing.page(Selection(copies_of=storm.article_id))
    assert [listed.title for listed in alike.articles] == ["Rain, again", "Storm"]
    alone = catalog.listing.page(Selection(copies_of=page.articles[0].article_id))
    assert [listed.article_id for listed in alone.articles] == [page.articles[0].article_id]


def test_pages_follow_each_other_and_end_with_the_last(catalog: Catalog) -> None:
    everything = catalog.listing.page(Selection()).articles
    pages = [catalog.listing.page(Selection(), start=start, size=4) for start in (0, 4)]
    assert (*pages[0].articles, *pages[1].articles) == everything
    assert [page.total for page in pages] == [6, 6]
    beyond = catalog.listing.page(Selection(), start=4000, size=4)
    assert (beyond.start, beyond.articles) == (4, everything[4:])
    nothing = catalog.listing.page(Selection("snow"), start=50)
    assert (nothing.start, nothing.total, nothing.articles) == (0, 0, ())


def test_a_corrected_article_has_its_texts_under_every_id_that_it_had(tmp_path: Path) -> None:
    with Store(tmp_path, HashEmbedder(), create=True) as store:
        first, second = article("a", text="Rain fell."), article("a", text="Snow fell.")
        index_articles(store, [first])
        index_articles(store, [second])
        for article_id in (first.id, second.id):
            texts = texts_of(store.catalog, article_id)
            assert [kept.article.text for kept in texts] == ["Rain fell.", "Snow fell."]
            assert texts[0].replaced
            assert not texts[1].replaced
        assert texts_of(store.catalog, "no such id") == []
