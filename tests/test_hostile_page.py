"""Hostile titles, outlets, authors, addresses and texts in all that the project shows: nothing runs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from chromium import browser_test
from gradio_warnings import GRADIO_WARNINGS
from hostile import HOSTILE
from page_server import ask, pipeline_over, serving
from playwright.sync_api import Browser, expect

from evals.cases import Case, Cited, EvalResult, Outcome
from evals.pages.html import to_html
from evals.schema import Dataset, Question
from index.schema import Article, Hit, Mask, Passage, Span
from rag.pipeline import Pipeline
from rag.schema import Answer, Citation, Finished, Sentence
from ui import cards, reader, render
from ui.citing import forms
from ui.feedback.cases import Feedback
from ui.feedback.controls import controls
from ui.going_on import suggestions
from ui.render import Exchange

pytestmark = GRADIO_WARNINGS

NOWHERE = Feedback(Path("there is no such folder"), lambda *_, **__: [])

OURS = frozenset(
    [
        "a",
        "article",
        "aside",
        "b",
        "bdi",
        "blockquote",
        "body",
        "br",
        "button",
        "circle",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "head",
        "header",
        "html",
        "label",
        "li",
        "line",
        "link",
        "main",
        "mark",
        "meta",
        "option",
        "p",
        "script",
        "section",
        "select",
        "small",
        "span",
        "strong",
        "style",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "text",
        "th",
        "thead",
        "time",
        "ul",
        "title",
        "tr",
        "input",
    ]
)


class Elements(HTMLParser):
    """The elements of some HTML, and whatever could run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts = 0
        self.foreign: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag not in OURS:
            self.foreign.append(tag)
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or name in ("srcdoc", "formaction", "action"):
                self.foreign.append(name)
            if name in ("href", "src") and not address.startswith(
                ("#", "?", "http://", "https://", "data:,")
            ):
                self.foreign.append(f"{name}={value}")


def article(hostile: str, number: int = 0) -> Article:
    text = (
        f"By {hostile}\n\nThe mayor of Ostrel said {hostile} when the bridge number {number} opened in May."
    )
    return Article(
        key=f"hostile-{number}",
        source=f"{hostile}-{number}.txt",
        text=text,
        title=hostile,
        outlet=hostile,
        author=hostile,
        published="2031-05-02",
        language="en",
        url=hostile if ":" in hostile else f"https://x.example/{hostile}",
        origin=hostile,
        masks=(Mask(0, len(hostile) + 3, hostile),),
    )


def shown(hostile: str) -> Iterator[tuple[str, int]]:
    """Everything that is made of such an article, and how many scripts of its own each has."""
    told = article(hostile)
    start = told.text.index("The mayor")
    citation = Citation(told, start, len(told.text), 1, "p")
    nearest = Hit(1, 0.5, Passage(told, start, len(told.text)))
    answered = Answer(
        hostile, "partial", hostile, (Sentence(hostile, (1,)),), (citation,), understood=hostile
    )
    refused = Answer(hostile, "abstained", hostile, nearest=nearest)
    for answer in (answered, refused):
        exchange = Exchange(1, hostile, narrowed=(("outlet", hostile),)).after(Finished(answer))
        yield render.question(exchange), 0
        yield render.reply(exchange), 0
        yield controls(exchange, NOWHERE), 0
        yield cards.sources([exchange]), 0
        yield cards.sources([two_stories(exchange, hostile)], lambda ids: [[one] for one in ids]), 0
    yield render.reply(Exchange(1, hostile, problem=hostile)), 0
    yield suggestions([hostile]), 0
    yield reader.in_full(told, start, len(told.text)), 0
    span = Span(told, start, len(told.text))
    questions = (Question("q", hostile, hostile, (span,), answers=(hostile,)),)
    cited = Cited(told.id, told.source, start, len(told.text), span.text, True, True, False)
    outcome = Outcome("answered", hostile, 0.5, hostile, (cited,))
    dataset = Dataset(hostile, (told,), questions, hostile, "d" * 64, hostile)
    result = EvalResult(dataset, (Case(questions[0], outcome, ((0,),)),), 1.0, system=hostile, judge=hostile)
    yield to_html(result), 1


def two_stories(exchange: Exchange, hostile: str) -> Exchange:
    """The exchange as it would be if it cited another hostile article too, on another event."""
    other = article(hostile, 2)
    start = other.text.index("The mayor")
    citations = (
        *exchange.citations,
        Citation(other, start, len(other.text), len(exchange.citations) + 1, "p"),
    )
    return replace(exchange, citations=citations)


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_of_an_article_becomes_an_element_or_an_address(hostile: str) -> None:
    for page, own_scripts in shown(hostile):
        elements = Elements(page)
        assert elements.foreign == []
        assert elements.scripts == own_scripts
        page.encode("utf-8")  # a lone surrogate would break it


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_copied_citation_links_to_the_web_or_to_nothing(hostile: str) -> None:
    told = article(hostile)
    start = told.text.index("The mayor")
    markdown = forms(Citation(told, start, len(told.text), 1, "p"))["Markdown"]
    assert "](<" not in markdown or "](<http" in markdown.replace("](<HTTP", "](<http")


@browser_test
def test_a_page_and_a_report_full_of_them_run_nothing(
    browser: Browser, sample_pipeline: Pipeline, tmp_path: Path
) -> None:
    encodable = [text.encode("utf-8", "replace").decode() for text in HOSTILE]
    articles = [article(hostile, number) for number, hostile in enumerate(encodable)]
    with (
        pipeline_over(tmp_path / "store", sample_pipeline, *articles) as pipeline,
        serving(pipeline) as address,
    ):
        page = browser.new_page()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        for number in (3, 17, 40):
            ask(page, f"What did the mayor of Ostrel say when the bridge number {number} opened?")
            expect(page.get_by_role("link", name="Copy a link")).to_have_count(
                [3, 17, 40].index(number) + 1, timeout=20_000
            )
        for button in page.locator("button.read:visible").all():
            button.click()
            expect(page.get_by_role("dialog").locator("mark")).to_be_visible()
            page.keyboard.press("Escape")
        for fold in page.locator(".feedback summary").all():
            fold.click()
        for kind in ("wrong", "unsupported"):
            page.locator(f"button.judge.{kind}").first.click()
            expect(page.locator(f"button.judge.{kind}").first).to_have_attribute("aria-pressed", "true")
        page.reload()  # what was kept comes back
        expect(page.get_by_role("link", name="Copy a link")).to_have_count(3, timeout=20_000)
        expect(page.locator("button.judge[aria-pressed=true]")).to_have_count(2)
        assert page.evaluate("window.broken") is None
        assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
        page.close()

    pages = [to_html_of(hostile) for hostile in encodable]
    report = browser.new_page()
    for number, made in enumerate(pages):
        file = tmp_path / f"report-{number}.html"
        file.write_text(made, encoding="utf-8")
        report.goto(file.as_uri())
        report.locator("summary").click()
        assert report.evaluate("window.broken") is None
    report.close()


def to_html_of(hostile: str) -> str:
    *_, (page, _) = shown(hostile)
    return page


def test_the_check_itself_finds_what_would_run() -> None:
    bad: list[Callable[[], Elements]] = [
        lambda: Elements("<img src=x onerror=a()>"),
        lambda: Elements("<a href='javascript:a()'>x</a>"),
        lambda: Elements("<p onclick=a()>x</p>"),
        lambda: Elements("<iframe srcdoc=x></iframe>"),
    ]
    assert all(made().foreign for made in bad)
