"""A run's report as a file: its numbers are those of the JSON, and nothing in it can run script."""

import json
import re
from pathlib import Path

import pytest

from evals.cases import Case, Cited, EvalResult, Outcome
from evals.metrics import expected_calibration_error, reliability, risk_coverage
from evals.pages import check_report_file, write_report
from evals.pages.excerpts import excerpt
from evals.pages.html import to_html
from evals.pages.outcomes import outcomes
from evals.pages.plots import by_rank, cumulative, curve
from evals.report import to_dict
from evals.schema import Dataset, Question
from index.errors import InputError
from index.schema import Article, Span

TEXT = "The river rose by two metres. Nobody was hurt, the mayor said."
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def outcome(text: str = "So. [1]", *, right: tuple[bool, ...] = (True,), confidence: float = 0.9) -> Outcome:
    cited = tuple(Cited("a", "flood.txt", 0, 29, TEXT[:29], one, True, False) for one in right)
    return Outcome("answered" if right else "abstained", "", confidence, text, cited)


def result(text: str = "What rose?", kind: str = "what") -> EvalResult:
    article = Article("a", "flood.txt", TEXT, title=f"Flood {HOSTILE}", outlet="Post", language="en")
    gold = (Span(article, 4, 14),)
    questions = (
        Question("q1", text, kind, gold, answers=("the river",)),
        Question("q2", "Who sang?", "who"),
        Question("q3", "Who was hurt?", "who", gold),
    )
    cases = (
        Case(questions[0], outcome(f"The river. {HOSTILE} [1]"), ((0,), ()), outcome(confidence=0.6)),
        Case(questions[1], outcome("Nothing.", right=(), confidence=0.1)),
        Case(questions[2], outcome(right=(False, False, True), confidence=0.7), ((), (0,))),
    )
    dataset = Dataset("sample", (article,), questions, "MIT", "d" * 64, "three questions")
    return EvalResult(dataset, cases, 1.0)


def test_the_page_has_the_numbers_of_the_json() -> None:
    page = to_html(result())

    for name, figure in to_dict(result())["metrics"].items():
        row = re.search(rf'<th scope="row">{re.escape(name)}</th><td class="number">([^<]*)</td>', page)
        if not figure["n"]:
            assert row is None
        else:
            assert row is not None
            assert row[1] == f"{figure['value']:.3f}"
    assert page.count("<details") == 3
    assert page.count("<svg") == 4


def test_nothing_from_articles_or_questions_is_markup() -> None:
    page = to_html(result(text=f"What rose? {HOSTILE}", kind=f'x" onmouseover="{HOSTILE}'))

    assert page.count("<script>") == 1  # its own
    assert "<img" not in page
    assert 'onmouseover="' not in page


def test_gold_and_citation_are_marked_in_the_passage() -> None:
    marked = excerpt(TEXT, [(4, 14)], [(0, 29)])

    assert marked == (
        '<mark class="cited">The </mark><mark class="gold cited">river rose</mark>'
        '<mark class="cited"> by two metres.</mark> Nobody was hurt, the mayor said.'
    )
    long = excerpt("word " * 400, [(1000, 1004)], [])
    assert long.startswith("… word")
    assert long.endswith("word …")
    assert len(long) < 600


def test_what_came_of_each_question() -> None:
    first, second, third = result().cases

    assert outcomes(first) == ["right", "absent"]
    assert outcomes(second) == ["declined"]
    assert outcomes(third) == ["later"]


def test_each_suffix_has_its_form(tmp_path: Path) -> None:
    for suffix in ("html", "md", "json"):
        write_report(result(), tmp_path / f"report.{suffix}")

    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == to_dict(result())
    written = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "| sentence@1 | 0.500 |" in written
    assert "- Who was hurt? *(right in three, not first)*" in written


@pytest.mark.parametrize("name", ["report.pdf", "report", "nowhere/report.html"])
def test_a_report_that_can_not_be_written_is_said_before_the_run(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="report"):
        check_report_file(tmp_path / name)


def test_risk_and_coverage_by_hand() -> None:
    judged = [(0.9, True), (0.8, False), (0.8, True), (0.2, False)]

    assert risk_coverage(judged) == [(0.25, 0.0), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]
    assert risk_coverage([]) == []


def test_calibration_by_hand() -> None:
    judged = [(0.95, True), (0.91, False), (0.3, False), (1.0, True)]

    assert reliability(judged) == [
        (0.3, 0.0, 1),
        (pytest.approx(0.95333, abs=1e-4), pytest.approx(2 / 3), 3),
    ]
    assert expected_calibration_error(judged) == pytest.approx((0.3 + 3 * (0.953333 - 2 / 3)) / 4, abs=1e-5)
    assert expected_calibration_error([]) is None


def test_plots_say_in_words_what_they_show() -> None:
    line = curve([(0, 1), (1, 0)], x="kept", y="wrong", about='Risk & "coverage"', diagonal=True)
    ranks = by_rank([0.5, 1.0], x="k", y="Hits@k", about="Hits")
    times = cumulative([0.5, 2.0], x="seconds", y="share", about="Latency")

    assert 'aria-label="Risk &amp; &quot;coverage&quot;"' in line
    assert line.count('class="curve"') == 1
    assert line.count('class="guide"') == 1
    assert ranks.count("<circle") == 2
    assert times.count('class="curve"') == 2
    assert ">0.5</text>" in times  # a quarter of the longest
    assert ">2</text>" in times
