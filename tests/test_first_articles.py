"""The sample is for an empty store only."""

from pathlib import Path

import pytest
from conftest import HashEmbedder

from index.build import index_articles
from index.schema import Article
from index.store import Store
from rag import Pipeline
from ui.first_articles import index_sample_if_empty


def test_an_empty_store_gets_the_sample_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Pipeline(Store(tmp_path / "store", HashEmbedder(), create=True)) as pipeline:
        index_sample_if_empty(pipeline)
        articles = pipeline.stats().articles
        index_sample_if_empty(pipeline)

        assert pipeline.stats().articles == articles > 10
    told = capsys.readouterr()
    assert told.err.count("The store is empty: indexing the sample articles.") == 1
    assert not told.out


def test_a_store_with_an_article_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Pipeline(Store(tmp_path / "store", HashEmbedder(), create=True)) as pipeline:
        index_articles(pipeline.store, [Article(key="a", source="a.txt", text="It rained on Monday.")])
        index_sample_if_empty(pipeline)

        assert pipeline.stats().articles == 1
    assert not capsys.readouterr().err
