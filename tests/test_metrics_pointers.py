"""Pointer validity and masked text, by hand."""

from evals import boilerplate_citation_rate, in_boilerplate, pointer_validity, points_exactly
from index.schema import Article, Mask

ARTICLE = Article(key="a", source="a.txt", text="Rain fell. Nobody came.", masks=(Mask(0, 10, "caption"),))
STORED = ARTICLE.to_dict()
CITATION = {"article_id": ARTICLE.id, "start": 11, "end": 23, "quote": "Nobody came."}


def test_a_citation_points_exactly_if_the_quote_stands_at_its_offsets() -> None:
    assert points_exactly(CITATION, STORED)
    assert not points_exactly({**CITATION, "quote": "nobody came."}, STORED)
    assert not points_exactly({**CITATION, "start": 10}, STORED)
    assert not points_exactly({**CITATION, "article_id": "another"}, STORED)


def test_offsets_outside_the_text_never_point_exactly() -> None:
    # Python's slices forgive all of these.
    open_article = {**STORED, "masks": []}
    assert points_exactly(CITATION, open_article)
    assert not points_exactly({**CITATION, "start": -12}, open_article)
    assert not points_exactly({**CITATION, "end": 99}, STORED)
    assert not points_exactly({**CITATION, "start": 5, "end": 5, "quote": ""}, STORED)


def test_a_citation_that_touches_a_mask_is_boilerplate_and_does_not_point_exactly() -> None:
    touching = {**CITATION, "start": 5, "end": 16, "quote": "fell. Nobod"}
    assert STORED["text"][5:16] == "fell. Nobod"
    assert in_boilerplate(touching, STORED)
    assert not points_exactly(touching, STORED)
    assert not in_boilerplate({**CITATION, "start": 10}, STORED)


def test_pointer_validity_and_boilerplate_citation_rate_are_shares() -> None:
    assert pointer_validity([True, True, True, False]) == 0.75
    assert pointer_validity([]) is None
    assert boilerplate_citation_rate([False, False, True, False]) == 0.25
    assert boilerplate_citation_rate([]) is None
