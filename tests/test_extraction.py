import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from conftest import shared_folder
from rich.console import Console

from evals.evaluations import run_evaluation
from evals.extraction import ExtractionReport, Match, difference, f1, match, precision, recall, run
from index.errors import InputError

PIER = "The ferry company said on Monday that it would stop all crossings until the pier is mended."
TOWN = "The mayor of Dunmore said that nobody had been hurt, and that the town would pay for the work."
SHIPS = "Ships of this kind have carried cars and people over the sound for more than sixty years now."


def quiet(stage: str, done: int, total: int) -> None:
    """Progress told to nobody."""


def benchmark(folder: Path, pages: dict[str, tuple[list[str], str]]) -> Path:
    """The folder of a benchmark: for each page the paragraphs in it, and the marked text."""
    (folder / "html").mkdir()
    for name, (paragraphs, _) in pages.items():
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        page = f"<html><body><article>{body}</article></body></html>"
        (folder / "html" / f"{name}.html.gz").write_bytes(gzip.compress(page.encode()))
    truth = {name: {"articleBody": marked, "url": "https://a.example"} for name, (_, marked) in pages.items()}
    (folder / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("marked", "read", "expected"),
    [
        ("a b c d e", "a b c d e", Match(2, 0, 0)),
        ("a b c d e", "a b c d", Match(1, 0, 1)),
        ("a b c d", "a b c d e f", Match(1, 2, 0)),
        ("a b c d", "A b c d", Match(0, 1, 1)),  # letter case counts
        ("a b c d a b c d", "a b c d", Match(1, 0, 4)),  # a run counts as often as it occurs
        ("a, b", "a - b!", Match(1, 0, 0)),  # a text of fewer words is one run
        ("a b c d", "", Match(0, 0, 1)),
        ("", "", Match(0, 0, 0)),
    ],
)
def test_texts_are_matched_by_runs_of_four_words(marked: str, read: str, expected: Match) -> None:
    assert match(marked, read) == expected


def test_precision_and_recall_are_means_over_pages_and_f1_is_of_the_means() -> None:
    # By hand: precision (1 + 1/2) / 2, recall (1/2 + 1) / 2; the F1 of the pages would be 2/3 each.
    matches = [Match(1, 0, 1), Match(1, 1, 0)]
    assert (precision(matches), recall(matches)) == (0.75, 0.75)
    assert f1(matches) == pytest.approx(0.75)
    assert f1(matches[:1]) == pytest.approx(2 / 3)


def test_a_page_of_which_nothing_is_read_counts_in_recall_only() -> None:
    matches = [Match(0, 0, 4), Match(4, 0, 0)]
    assert (precision(matches), recall(matches)) == (1.0, 0.5)


def test_a_run_reads_the_pages_and_names_what_is_wrong(tmp_path: Path) -> None:
    extra = "Nobody marked this paragraph of the page, and yet it reads like one of the article's own."
    pages = {
        "a": ([PIER, TOWN, SHIPS], f"{PIER} {TOWN} {SHIPS}"),
        "b": ([PIER, extra, SHIPS], f"{PIER} {SHIPS}"),
        "c": ([], f"{PIER} {TOWN}"),
    }
    report = run(benchmark(tmp_path, pages), None, quiet)
    figures = report.figures()
    assert [page.name for page in report.pages] == ["a", "b", "c"]
    assert figures["accuracy"].value == pytest.approx(1 / 3)
    assert report.pages[0].match.f1 == 1.0
    assert report.pages[1].match.recall < 1.0
    assert [page.name for page in report.worst()] == ["c", "b", "a"]
    assert difference(report.pages[1]).startswith("+18 words: Nobody marked this")
    assert "no article text" in difference(report.pages[2])
    written = json.loads(json.dumps(report.to_dict()))
    assert (written["dataset"], written["pages"]) == ("article_extraction", 3)
    assert written["metrics"]["recall"]["n"] == 3
    assert "no article text" in written["cases"][2]["skipped"]
    out = StringIO()
    Console(file=out, width=140).print(report)
    assert "article_extraction: 3 pages" in out.getvalue()
    assert "+18 words: Nobody marked this" in out.getvalue()


def test_masked_text_is_measured_as_not_cited(tmp_path: Path) -> None:
    pages = {"a": ([PIER, "Photo: Ana Roa / Sound Herald", TOWN, SHIPS], f"{PIER} {TOWN} {SHIPS}")}
    (page,) = run(benchmark(tmp_path, pages), None, quiet).pages
    assert "Photo" in page.whole
    assert "Photo" not in page.read
    assert page.match.precision == 1.0


def test_a_limit_is_spread_evenly_and_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    pages = {name: ([PIER, TOWN, SHIPS], PIER) for name in "abcd"}
    report = run(benchmark(tmp_path, pages), 2, lambda *step: told.append(step))
    assert [page.name for page in report.pages] == ["a", "c"]
    assert told == [("reading pages", n, 2) for n in range(3)]


def test_a_folder_without_the_benchmark_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ground-truth"):
        run(tmp_path, None, quiet)
    (tmp_path / "ground-truth.json").write_text('{"a": {"articleBody": "x"}}')
    with pytest.raises(InputError, match="no page in html/ is marked"):
        run(tmp_path, None, quiet)
    (tmp_path / "ground-truth.json").write_text('["a"]')
    with pytest.raises(InputError, match="not the article extraction benchmark"):
        run(tmp_path, None, quiet)


@pytest.fixture(scope="module")
def measured() -> ExtractionReport:
    report = run_evaluation("article_extraction", shared_folder("data/article_extraction"))
    assert isinstance(report, ExtractionReport)
    return report


def test_the_benchmark_is_read_as_well_as_promised(measured: ExtractionReport) -> None:
    figures = measured.figures()
    assert len(measured.pages) == 91
    assert not any(page.skipped for page in measured.pages)
    # A margin below what was measured: .985 over what is cited, .986 over the whole text.
    assert (figures["f1"].value or 0) >= 0.978
    assert (figures["f1_whole"].value or 0) >= 0.980
    assert (figures["accuracy"].value or 0) >= 0.40


def test_no_page_of_the_benchmark_runs_sentences_together_or_keeps_markup(measured: ExtractionReport) -> None:
    for page in measured.pages:
        assert "</" not in page.whole, page.name
        assert "&nbsp;" not in page.whole, page.name
        assert "&amp;" not in page.whole, page.name
