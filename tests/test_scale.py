"""The generated corpus is the same every time, as long as news, with reprints in it; its report adds up."""

import io
import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from rich.console import Console

from evals.made_corpus import make_articles
from evals.scale import Run, ScaleReport, run_kept
from evals.schema import silent
from index.reprints import are_linked, shingles
from index.schema import Article, parse_moment


def test_the_same_seed_gives_the_same_articles() -> None:
    first, again, other = (list(make_articles(5, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert len({row["url"] for row in first}) == 5
    assert all(len(row["text"]) >= 8_000 for row in first)
    days = [parse_moment(row["published"]) for row in first]
    assert days == sorted(days)


def test_one_article_in_ten_is_a_reprint_and_the_others_are_not() -> None:
    rows = list(make_articles(150))
    texts = Counter(row["text"] for row in rows)
    assert 5 <= len(rows) - len(texts) <= 30
    own = [shingles(Article(key=text, source="a", text=text)) for text in list(texts)[:12]]
    assert not any(are_linked(one, other) for one, other in combinations(own, 2))


def test_the_report_says_rates_and_sizes() -> None:
    report = ScaleReport(
        articles=25_000,
        passages=206_000,
        characters=212_000_000,
        first=Run(3_500.0, 2_500_000_000, 6_900.0),
        added=100,
        adding=Run(20.0, 1_300_000_000, 38.0),
        again=Run(30.0, 400_000_000, 41.0),
        store_bytes=1_100_000_000,
        search_median=0.2,
        search_p95=0.35,
    )
    fields = report.to_dict()
    assert (fields["articles_per_second"], fields["passages_per_second"]) == (7.14, 58.86)
    assert fields["first"] == {"seconds": 3500.0, "peak_bytes": 2_500_000_000, "cpu_seconds": 6900.0}
    shown = io.StringIO()
    Console(file=shown, width=100).print(report)
    for figure in (
        "25,000 articles, 212 MB",
        "58 min",
        "115 min",
        "7.1 articles",
        "2.50 GB",
        "350 ms",
        "1.10 GB on disk",
    ):
        assert figure in shown.getvalue()


def test_a_run_that_is_broken_off_goes_on_and_counts_both_times(tmp_path: Path) -> None:
    def interrupt(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_kept(tmp_path, 2, interrupt)
    broken_off = json.loads((tmp_path / "2" / "first.json").read_text())
    assert not broken_off["ended"]
    report = run_kept(tmp_path, 2, silent)
    assert report.first.seconds > broken_off["cost"]["seconds"] > 0
    assert report.first.cpu_seconds > broken_off["cost"]["cpu_seconds"] > 0
    assert report.passages > 0
    stages = []
    assert run_kept(tmp_path, 2, lambda stage, *_: stages.append(stage)).first == report.first
    assert stages == []
