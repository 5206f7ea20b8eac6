"""The hand-marked pages: that they say what they should, and how masks fare on them."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evals.boilerplate.measure import PageResult, measure_masks
from evals.boilerplate.pages import KINDS, PARTS, MarkedPage, read_marked_pages, read_pages, read_sample
from evals.boilerplate.run import evaluate_boilerplate
from index.errors import InputError

BODY = "The council voted on Monday to close the old bridge after engineers found cracks in it."

# Shares of boilerplate lines that can be cited. Raising one is a deliberate act.
CITABLE = {"dev": 0.0, "held_out": 0.0, "fresh": 0.0, "unseen": 0.02, "sample": 0.0}


@pytest.fixture(scope="module")
def pages() -> tuple[MarkedPage, ...]:
    return read_marked_pages()


@pytest.fixture(scope="module")
def results(pages: tuple[MarkedPage, ...]) -> list[PageResult]:
    return [measure_masks(page) for page in pages]


def marked(folder: Path, page: str, marks: str) -> list[MarkedPage]:
    for kind, name, text in [("pages", "a.txt", page), ("marks", "a.txt.marks", marks)]:
        (folder / kind / "dev").mkdir(parents=True)
        (folder / kind / "dev" / name).write_text(text, encoding="utf-8")
    return list(read_pages(folder, "dev"))


def test_there_are_pages_of_each_language_and_part_with_questions(pages: tuple[MarkedPage, ...]) -> None:
    written = [page for page in pages if page.part != "sample"]
    assert len(written) >= 48
    assert all(len(page.questions) == 3 for page in written)
    named = Counter((page.part, page.name[:2]) for page in written)
    assert all(named["dev", language] == named["held_out", language] == 8 for language in ("en", "es", "ar"))
    assert {part for part, _ in named} | {"sample"} == set(PARTS)
    detected = [page.language == page.name[:2] for page in written]
    assert sum(detected) >= len(written) - 2


def test_they_are_as_varied_as_pages_are(pages: tuple[MarkedPage, ...]) -> None:
    texts = [page.article.text for page in pages if page.part != "sample"]
    for sign in ("\r\n", "\xa0", "\u200f", "\u202b", "|---", "](", "**"):
        assert any(sign in text for text in texts), sign
    assert {line.kind for page in pages for line in page.lines} == set(KINDS)


def test_every_line_marked_in_the_sample_is_one_of_its_articles(pages: tuple[MarkedPage, ...]) -> None:
    held = sum(len(page.lines) for page in pages if page.part == "sample")
    assert held >= 100
    named = {page.name for page in pages if page.part == "sample" and page.lines}
    assert {"velloway-courier-storm.txt", "mixed-outlets.jsonl#1", "highmere-lantern-sea-otter.md"} <= named


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ("article\tBridge closed\nshare\tShare it\n", "is marked, but the page has 'Share' there"),
        ("article\tBridge closed\n", "marks 1 lines, but the page has 2"),
        ("article\tBridge closed\nsocial\tShare\n", "line 2: 'social"),
        ("article Bridge closed\nshare\tShare\n", "does not start with a kind and a tab"),
    ],
)
def test_marks_that_are_not_the_pages_own_are_an_error(tmp_path: Path, marks: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        marked(tmp_path, "Bridge closed\n\nShare\n", marks)


def test_a_page_without_marks_and_marks_without_an_article_are_errors(tmp_path: Path) -> None:
    folder = tmp_path / "pages" / "dev"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(BODY, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.txt has no marks"):
        list(read_pages(tmp_path, "dev"))
    (tmp_path / "sample.marks").write_text("== b.txt\nshare\tShare\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"marks 'b\.txt', but there is no such article"):
        list(read_sample(folder, tmp_path / "sample.marks"))


def test_both_faults_are_counted(tmp_path: Path) -> None:
    furniture = "A line that nobody would call furniture."
    text = "\r\n\r\n".join(["Bridge closed", BODY, "Share", furniture, BODY])
    marks = (
        "? Why?\n\narticle\tBridge closed\n\narticle\t{0}\narticle\tShare\n"
        "promotion\tA line that nobody would call furniture.\narticle\t{0}\n"
    )
    (page,) = marked(tmp_path, text, marks.format(BODY))
    result = measure_masks(page)
    assert page.questions == ("Why?",)
    assert [(line.kind, line.characters, line.citable) for line in result.lines] == [("promotion", 34, 34)]
    assert [(sentence.text, sentence.masked) for sentence in result.sentences if sentence.masked] == [
        ("Share", "share")
    ]
    assert len(result.sentences) == 4


@pytest.mark.parametrize("part", PARTS)
def test_no_more_boilerplate_can_be_cited_than_before(part: str, results: list[PageResult]) -> None:
    chosen = [result for result in results if result.page.part == part]
    citable = [line for result in chosen for line in result.citable_lines]
    assert len(citable) <= CITABLE[part] * sum(len(result.lines) for result in chosen), citable


def test_less_than_one_real_sentence_in_a_hundred_is_masked(results: list[PageResult]) -> None:
    masked = [sentence for result in results for sentence in result.wrongly_masked]
    assert len(masked) < 0.01 * sum(len(result.sentences) for result in results), masked


def test_answers_to_baiting_questions_are_judged(pages: tuple[MarkedPage, ...]) -> None:
    chosen = [page for page in pages if page.name in {"en-01-bridge.txt", "en-05-fishing-wrapped.txt"}]
    report = evaluate_boilerplate(pages=chosen).to_dict()
    assert report["parts"].keys() == {"dev"}
    assert report["parts"]["dev"]["pages"] == 2
    assert report["parts"]["dev"]["boilerplate_citation_rate"]["value"] in (None, 0)
    assert report["kinds"]["related"] == {"lines": 7, "citable": 0}
    assert [page["page"] for page in report["pages"]] == [page.name for page in chosen]


def test_a_citation_of_boilerplate_is_noticed(pages: tuple[MarkedPage, ...]) -> None:
    """The same page with its masks taken off: then the furniture answers best."""
    page = next(page for page in pages if page.name == "en-01-bridge.txt")
    bare = replace(page, article=replace(page.article, masks=()))
    report = evaluate_boilerplate(pages=[bare]).to_dict()
    figures = report["parts"]["dev"]
    assert figures["boilerplate_citation_rate"]["value"] > 0
    assert figures["citable_lines"]["value"] > 0.1
    assert report["pages"][0]["cited_boilerplate"]


def test_the_command_prints_it(newscite: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = newscite("eval", "boilerplate", "--limit", "3", "--json")
    found = json.loads(out)
    assert code == 0
    assert len(found["pages"]) == 3
    code, out, _ = newscite("eval", "boilerplate", "--limit", "1")
    assert code == 0
    assert "boilerplate on marked pages: 1" in out
