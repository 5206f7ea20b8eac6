"""The generated corpus is the same every time, as long as news, with reprints in it; its report adds up."""

import io
from collections import Counter
from itertools import combinations

from rich.console import Console

from evals.made_corpus import make_articles
from evals.scale import Run, ScaleReport
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
        first=Run(3_500.0, 2_500_000_000),
        added=100,
        adding=Run(20.0, 1_300_000_000),
        again=Run(30.0, 400_000_000),
        store_bytes=1_100_000_000,
        search_median=0.2,
        search_p95=0.35,
    )
    fields = report.to_dict()
    assert (fields["articles_per_second"], fields["passages_per_second"]) == (7.14, 58.86)
    assert fields["first"] == {"seconds": 3500.0, "peak_bytes": 2_500_000_000}
    shown = io.StringIO()
    Console(file=shown, width=100).print(report)
    for figure in (
        "25,000 articles, 212 MB",
        "58 min",
        "7.1 articles",
        "2.50 GB",
        "350 ms",
        "1.10 GB on disk",
    ):
        assert figure in shown.getvalue()
