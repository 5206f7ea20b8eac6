"""Articles, spans and filters are valid once they are made, and ids say what a thing is."""

from datetime import UTC, datetime

import pytest

from index.errors import InputError
from index.schema import (
    Article,
    Filter,
    Hit,
    Mask,
    Passage,
    Span,
    content_id,
    outlet_key,
    parse_moment,
)

ARTICLE = Article(
    key="https://a.example/1",
    source="/news/a.txt",
    text="Photo: A. Rain fell. Nobody came.",
    title="Rain",
    outlet="The Gull",
    published="2026-01-17",
    url="https://a.example/1",
    masks=(Mask(0, 10, "caption"),),
)


def test_an_id_depends_on_key_and_text_only() -> None:
    twin = Article(key=ARTICLE.key, source="elsewhere", text=ARTICLE.text)
    assert twin.id == ARTICLE.id
    assert Article(key=ARTICLE.key, source="elsewhere", text="Other.").id != ARTICLE.id
    assert Article(key="other", source="elsewhere", text=ARTICLE.text).id != ARTICLE.id
    assert Passage(ARTICLE, 11, 20).id == Passage(twin, 11, 20).id != Passage(ARTICLE, 11, 19).id


def test_content_ids_are_the_same_on_every_machine() -> None:
    assert content_id("a", 1) == "05a9c569a185ac60"
    assert content_id("a", "1") == content_id("a", 1)
    assert content_id("ab", "c") != content_id("a", "bc")
    assert content_id("\ud83d") != content_id("\udc00")


@pytest.mark.parametrize(
    "masks",
    [
        (Mask(0, 99, "past the end"),),
        (Mask(3, 3, "empty"),),
        (Mask(-1, 3, "before the start"),),
        (Mask(0, 5, "overlaps"), Mask(4, 8, "overlaps")),
        (Mask(6, 8, "out of order"), Mask(0, 5, "out of order")),
    ],
)
def test_masks_must_lie_in_the_text_in_order(masks: tuple[Mask, ...]) -> None:
    with pytest.raises(ValueError, match=r"a\.txt: mask"):
        Article(key="a", source="a.txt", text="Rain fell.", masks=masks)


@pytest.mark.parametrize(
    ("masks", "spans"),
    [
        ((), [(0, 10)]),
        ((Mask(0, 10, "all"),), []),
        ((Mask(0, 2, ""), Mask(2, 4, "")), [(4, 10)]),
        ((Mask(2, 4, ""), Mask(8, 10, "")), [(0, 2), (4, 8)]),
    ],
)
def test_open_spans_are_what_masks_leave(masks: tuple[Mask, ...], spans: list[tuple[int, int]]) -> None:
    assert Article(key="a", source="a", text="Rain fell.", masks=masks).open_spans() == spans


def test_a_text_without_characters_has_no_open_span() -> None:
    assert Article(key="a", source="a", text="").open_spans() == []


def test_a_span_is_a_slice_of_its_article() -> None:
    assert Span(ARTICLE, 10, 20).text == "Rain fell."
    assert Span(ARTICLE, 10, len(ARTICLE.text)).text == "Rain fell. Nobody came."


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (12, 12), (14, 12), (11, 99)])
def test_a_span_outside_the_text_can_not_be_made(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not inside"):
        Span(ARTICLE, start, end)


@pytest.mark.parametrize(("start", "end"), [(0, 10), (9, 12), (2, 4)])
def test_a_span_that_touches_a_mask_can_not_be_made(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="touches a mask"):
        Passage(ARTICLE, start, end)


def test_spans_overlap_where_they_share_a_character_of_one_article() -> None:
    other = Article(key="b", source="b", text=ARTICLE.text)
    assert Span(ARTICLE, 11, 20).overlaps(Span(ARTICLE, 19, 25))
    assert not Span(ARTICLE, 11, 20).overlaps(Span(ARTICLE, 20, 25))
    assert not Span(ARTICLE, 11, 20).overlaps(Span(other, 11, 20))


def test_moments_without_a_zone_are_utc() -> None:
    assert parse_moment("2026-01-17") == datetime(2026, 1, 17, tzinfo=UTC)
    assert parse_moment("2026-01-17", end_of_day=True).isoformat() == "2026-01-17T23:59:59.999999+00:00"
    assert parse_moment("2026-01-17T20:00:00", end_of_day=True) == datetime(2026, 1, 17, 20, tzinfo=UTC)
    assert parse_moment(" 2026-01-17T20:00:00+02:00 ") == datetime(2026, 1, 17, 18, tzinfo=UTC)


def test_an_article_without_a_date_has_no_moment() -> None:
    assert Article(key="a", source="a", text="").published_at is None
    assert ARTICLE.published_at == datetime(2026, 1, 17, tzinfo=UTC)


def test_the_fields_of_an_article_and_a_hit() -> None:
    assert ARTICLE.to_dict() == {
        "article_id": ARTICLE.id,
        "source": "/news/a.txt",
        "title": "Rain",
        "outlet": "The Gull",
        "author": "",
        "published": "2026-01-17",
        "modified": "",
        "language": "",
        "url": "https://a.example/1",
        "origin": "",
        "corrected": "",
        "text": ARTICLE.text,
        "masks": [[0, 10, "caption"]],
    }
    passage = Passage(ARTICLE, 10, 20)
    assert Hit(1, 0.123456, passage).to_dict() == {
        "rank": 1,
        "score": 0.1235,
        "article_id": ARTICLE.id,
        "passage_id": passage.id,
        "title": "Rain",
        "outlet": "The Gull",
        "published": "2026-01-17",
        "url": "https://a.example/1",
        "source": "/news/a.txt",
        "start": 10,
        "end": 20,
        "text": "Rain fell.",
    }


def test_outlets_are_compared_without_case_space_and_article() -> None:
    assert outlet_key("  The  GULL ") == outlet_key("the gull") == outlet_key("Gull")
    assert Filter(outlet=" The Gull").outlet_keys == ("gull",)
    assert Filter(outlet=["A", "", " ", "B"]).outlet_keys == ("a", "b")
    assert Filter(outlet="").outlet_keys == ()


def test_a_filters_bounds_are_inclusive() -> None:
    day = 24 * 3600
    day_two = Filter(since="1970-01-02", until="1970-01-02", language=" ES ")
    assert (day_two.since_seconds, day_two.until_seconds, day_two.language) == (day, 2 * day - 1, "es")
    assert Filter(until="1970-01-02T00:00:01").until_seconds == day + 1
    assert (Filter().since_seconds, Filter().until_seconds) == (None, None)


@pytest.mark.parametrize("field", ["since", "until"])
@pytest.mark.parametrize("value", ["yesterday", "2026-13-01", "17/01/2026"])
def test_a_bad_date_says_how_to_write_one(field: str, value: str) -> None:
    with pytest.raises(InputError, match=rf"{field} '{value}' is not a date: write it as 2026-01-17"):
        Filter(**{field: value})


def test_an_article_knows_no_date_that_is_not_one() -> None:
    with pytest.raises(ValueError, match="last week"):
        Article(key="a", source="a", text="Rain fell.", published="last week")
