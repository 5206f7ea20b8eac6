"""The library over real stores: finding, reading, adding and removing; and in a real browser."""

import asyncio
import gzip
import html
import json
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest
from chromium import NARROW, browser_test, visitors
from conftest import HashEmbedder
from gradio_warnings import GRADIO_WARNINGS
from lxml.html import fragment_fromstring
from page_server import ask, pipeline_over, serving, squeezed
from playwright.sync_api import Browser, Page, ViewportSize, expect
from web_server import DAM, QUICK, RAIN, Answer, Site
from web_server import serving as site_serving

from index.build import Report, index_articles
from index.listing import Page as Listed
from index.listing import Selection
from index.schema import Article, Mask
from index.store import Store, write_lock
from rag import Pipeline
from ui.addresses import is_loopback
from ui.article_text import as_paragraphs
from ui.chat import build_page
from ui.library import markup
from ui.library.shelf import NOT_HERE, Outcome, Shelf

pytestmark = GRADIO_WARNINGS

HOSTILE = (
    "<script>window.broken = 1</script>",
    '<img src=x onerror="window.broken = 2">',
    "'><svg onload=window.broken=3>",
    '" onmouseover="window.broken = 4" tabindex="0" autofocus onfocus="window.broken = 5',
    "</button></li></ol><iframe srcdoc='<script>parent.broken = 6</script>'></iframe>",
    "javascript:window.broken = 7",
    "${window.broken = 8}",
    "{{#each this}}{{constructor.constructor 'window.broken = 9'}}{{/each}}",
    "`);window.broken = 10;(`",
    "<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
    "<a href='data:text/html,<script>window.broken = 11</script>'>click</a>",
    '<button data-event="open" data-article="x" onclick="window.broken = 12">Open</button>',
    "\u202egnp.exe\u202c\u0000\ud800</title><script>window.broken = 13</script>",
)
TEXT = (
    "The lighthouse of Ostrel was lit again on Tuesday after eleven years, the harbour office said.\n\n"
    "Keeper Ilse Varden climbed 214 steps to turn the lamp on, and the crowd on the pier cheered."
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store", HashEmbedder(), create=True) as opened:
        yield opened


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store, may_change=True, allow_private=True, limits=QUICK)


@pytest.fixture
def site() -> Iterator[Site]:
    with site_serving() as served:
        yield served


def outcome_of(adding: Iterator[str | Outcome]) -> Outcome:
    *_, last = adding
    assert isinstance(last, Outcome)
    return last


def report_of(adding: Iterator[str | Outcome]) -> Report:
    outcome = outcome_of(adding)
    assert outcome.report is not None, outcome.problem
    return outcome.report


def counts(report: Report) -> tuple[int, int, int]:
    return report.added, report.unchanged, len(report.skipped)


def uploads(folder: Path, **files: bytes) -> list[str]:
    """Files as an upload leaves them; in a name, __ stands for a point."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, data in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(data)
        paths.append(str(path))
    return paths


def plain(markup_of: str) -> str:
    """The text that HTML shows, without what only screen readers are told."""
    shown = re.sub(r'<span class="unseen"[^>]*>.*?</span>|<p class="legend">.*?</p>', "", markup_of)
    return squeezed(html.unescape(re.sub(r"<[^>]*>", " ", shown)))


def text_of(element: Any) -> str:
    """The text of a parsed element without spaces, and without what only screen readers are told."""
    told = "".join(unseen.text_content() for unseen in element.find_class("unseen"))
    return "".join(element.text_content().removeprefix(told).split())


def tags(markup_of: str) -> set[str]:
    """The elements and attributes of HTML."""
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update([tag, *(name for name, _ in attrs)])

    Reader().feed(markup_of)
    return found


def read(shelf: Shelf, article_id: str) -> str:
    history = shelf.history(article_id)
    return markup.article(history, article_id, shelf.page(Selection(copies_of=article_id)))


# Reading.


def test_an_article_is_shown_whole_and_what_is_masked_in_it_is_dimmed_with_its_reason(
    sample_pipeline: Pipeline,
) -> None:
    shelf = Shelf(sample_pipeline.store, may_change=False)
    reasons = 0
    for article in sample_pipeline.store.catalog.articles():
        shown_html = read(shelf, article.id)
        body = shown_html[shown_html.index('<div class="text"') : shown_html.index('<p class="where"')]
        assert plain(body).replace(" ", "") == "".join(article.text.split())
        dimmed = fragment_fromstring(body, create_parent=True).find_class("masked")
        shown = [(element.get("title"), text_of(element)) for element in dimmed]
        masked = [
            (f"Never quoted: {mask.reason}", "".join(line.split()))
            for mask in article.masks
            for line in article.text[mask.start : mask.end].splitlines()
            if line.strip()
        ]
        assert shown == masked
        reasons += len(masked)
    assert reasons > 30


def test_lines_that_were_only_wrapped_are_joined_and_others_are_not() -> None:
    wrapped = (
        "The harbour office closed the ferry pier on Monday for a third day of\n"
        "rain, and crews hope to sail again on Wednesday.\nShort line\nAnother line\n\nThe end."
    )
    masks = (Mask(wrapped.index("Short"), wrapped.index("\nAnother"), "navigation"),)
    article = Article(key="a", source="a.txt", text=wrapped, masks=masks)
    body = as_paragraphs(article)
    paragraphs = [plain(paragraph) for paragraph in re.findall(r"<p .*?</p>", body, re.DOTALL)]
    assert paragraphs[1:] == [
        "The harbour office closed the ferry pier on Monday for a third day of rain, and crews hope to sail "
        "again on Wednesday.",
        "Short line",
        "Another line",
        "The end.",
    ]


def test_a_corrected_article_says_so_and_leads_to_its_earlier_text(shelf: Shelf, store: Store) -> None:
    first = Article(key="a", source="a.txt", text="21 people were hurt.", title="Trams")
    second = Article(key="a", source="a.txt", text="12 people were hurt.", title="Trams")
    index_articles(store, [first])
    index_articles(store, [second])
    present, earlier = read(shelf, second.id), read(shelf, first.id)
    assert "Corrected on" in present
    assert f'data-article="{first.id}"' in present
    assert "12 people" in present
    assert "An earlier text" in earlier
    assert f'data-article="{second.id}"' in earlier
    assert "21 people" in earlier
    assert "not here any more" in markup.article([], "no such id", shelf.page(Selection()))


def test_reprints_name_each_other(sample_pipeline: Pipeline) -> None:
    shelf = Shelf(sample_pipeline.store, may_change=False)
    reprinted = next(listed for listed in shelf.page(Selection()).articles if listed.copies > 1)
    others = [
        listed
        for listed in shelf.page(Selection(copies_of=reprinted.article_id)).articles
        if listed.article_id != reprinted.article_id
    ]
    assert others
    shown_html = read(shelf, reprinted.article_id)
    also = shown_html[shown_html.index("Also printed by") :]
    assert all(f'data-article="{other.article_id}"' in also for other in others)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_article_makes_markup(shelf: Shelf, store: Store, hostile: str) -> None:
    text = f"{hostile}\nThe mayor of Ostrel said {hostile} on Tuesday, and the bridge opens in May."
    encodable = hostile.encode("utf-8", "replace").decode()
    article = Article(
        key=f"k{encodable}",
        source=f"/news/{encodable}",
        text=text.encode("utf-8", "replace").decode(),
        title=encodable,
        outlet=encodable,
        author=encodable,
        url=encodable,
        origin=encodable,
        masks=(Mask(0, len(encodable), encodable),),
    )
    report = index_articles(store, [article])
    page = shelf.page(Selection())
    outcome = Outcome(report, (article,))
    shown = [
        markup.listing(page, Selection()),
        read(shelf, article.id),
        markup.outcome(outcome),
        markup.problem(hostile),
        markup.working(hostile),
        markup.removal(shelf.history(article.id)),
        markup.removed(shelf.history(article.id)),
    ]
    known = {"section", "p", "ol", "ul", "li", "button", "span", "time", "article", "h2", "div", "bdi", "nav"}
    known |= {"class", "aria-label", "role", "type", "dir", "data-event", "data-article", "datetime"}
    known |= {"tabindex", "title", "lang"}
    for shown_html in shown:
        assert tags(shown_html) <= known
    assert squeezed(encodable) in plain(shown[1])


def test_only_web_addresses_are_linked(shelf: Shelf, store: Store) -> None:
    good = Article(key="a", source="a.txt", text="Rain.", url="https://herald.example/a?b=1&c=2")
    bad = Article(key="b", source="b.txt", text="Snow.", url="javascript:alert(1)")
    index_articles(store, [good, bad])
    assert 'href="https://herald.example/a?b=1&amp;c=2"' in read(shelf, good.id)
    assert "href" not in read(shelf, bad.id)


# Adding.


def test_uploads_of_many_formats_are_added_and_what_can_not_be_is_told_a_line_each(
    shelf: Shelf, store: Store, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as packed:
        packed.writestr("a.txt", "Rain fell on Port Aulin for a third day.")
        packed.writestr("picture.png", b"\x89PNG")
    rows = [{"text": DAM[0], "title": "Dam", "outlet": "Herald", "date": "2031-03-14"}, {"title": "no text"}]
    files = {
        "lighthouse__txt": TEXT.encode(),
        "rows__jsonl": "\n".join(map(json.dumps, rows)).encode(),
        "page__html__gz": gzip.compress(f"<h1>Rain</h1><article><p>{RAIN[0]}</p></article>".encode()),
        "news__zip": (tmp_path / "news.zip").read_bytes(),
        "photo__jpg": b"\xff\xd8\xff",
        "broken__json": b"{",
        "empty__txt": b"",
    }
    paths = uploads(tmp_path / "uploads", **files)
    report = report_of(shelf.add_files(paths))
    assert counts(report) == (4, 0, 5)
    assert not any(Path(path).exists() for path in paths)
    shown_html = markup.outcome(outcome_of(shelf.add_files(uploads(tmp_path / "uploads", **files))))
    assert "4 unchanged, 5 skipped" in shown_html
    lines = [plain(line) for line in re.findall(r"<li>(.*?)</li>", shown_html) if "skipped" not in line]
    skipped = [line for line in lines if ":" in line]
    assert [line.split(":")[0].split("#")[0].strip() for line in skipped] == [
        *("rows.jsonl", "news.zip", "photo.jpg", "broken.json", "empty.txt"),
    ]
    assert "uploaded/" not in shown_html
    listed = {item.title or item.source for item in shelf.page(Selection()).articles}
    assert "Dam" in listed


def test_two_uploads_of_one_name_are_two_articles(shelf: Shelf, store: Store, tmp_path: Path) -> None:
    for text in (TEXT, " ".join(DAM)):
        assert report_of(shelf.add_files(uploads(tmp_path / "one", news__txt=text.encode()))).added == 1
    assert store.catalog.article_count() == 2


def test_a_pasted_text_keeps_its_words_and_what_is_said_of_it(shelf: Shelf, store: Store) -> None:
    outcome = outcome_of(shelf.add_text("The lamp", "Ostrel Echo", "4 May 2031", TEXT))
    (article,) = outcome.articles
    assert (article.title, article.outlet, article.published) == ("The lamp", "Ostrel Echo", "2031-05-04")
    assert article.text == TEXT
    assert outcome.is_done
    again = report_of(shelf.add_text("The lamp", "Ostrel Echo", "2031-05-04", TEXT))
    assert counts(again) == (0, 1, 0)
    assert "1 unchanged." in markup.outcome(Outcome(again))


@pytest.mark.parametrize(
    ("day", "text", "problem"),
    [
        ("", "", "There is no text to add"),
        ("", " \n\u00a0", "There is no text to add"),
        ("yesterday-ish", TEXT, "'yesterday-ish' is not a date: write it as 2026-01-17"),
    ],
)
def test_a_pasted_text_that_can_not_be_added_is_refused_in_a_line(
    shelf: Shelf, store: Store, day: str, text: str, problem: str
) -> None:
    outcome = outcome_of(shelf.add_text("", "", day, text))
    assert outcome.problem.startswith(problem)
    assert not outcome.is_done
    assert store.catalog.article_count() == 0


def test_pages_and_feeds_are_fetched_and_added(shelf: Shelf, site: Site) -> None:
    site.html("/rain", "Rain on Port Aulin", *RAIN)
    site.html("/dam", "Dam a year late", *DAM)
    site.rss("/feed", f"<link>{site.url}/dam</link>", f"<link>{site.url}/gone</link>")
    said = list(shelf.add_addresses(f"{site.url}/rain\n {site.url}/feed"))
    assert isinstance(said[-1], Outcome)
    assert isinstance(said[0], str)
    report = said[-1].report
    assert report is not None
    assert counts(report) == (2, 0, 1)
    assert "404" in report.skipped[0].reason
    assert {article.title for article in said[-1].articles} == {"Rain on Port Aulin", "Dam a year late"}
    assert report_of(shelf.add_addresses(f"{site.url}/feed")).unchanged == 1


def test_private_addresses_files_and_other_schemes_are_not_reached(
    store: Store, site: Site, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(TEXT)
    shelf = Shelf(store, may_change=True, limits=QUICK)
    site.html("/rain", "Rain", *RAIN)
    given = [f"{site.url}/rain", str(secret), secret.as_uri(), "gopher://herald.example", "http://"]
    report = report_of(shelf.add_addresses(" ".join(given)))
    assert counts(report) == (0, 0, 5)
    assert site.asked == []
    assert "private" in report.skipped[0].reason
    assert outcome_of(shelf.add_addresses("  ")).problem.startswith("There is no address")
    assert "too many" in outcome_of(shelf.add_addresses("https://a.example " * 21)).problem


def test_a_file_over_the_limit_is_skipped(store: Store, tmp_path: Path) -> None:
    shelf = Shelf(store, may_change=True, max_bytes=1000)
    report = report_of(shelf.add_files(uploads(tmp_path / "up", big__txt=b"Rain fell. " * 1000)))
    assert counts(report) == (0, 0, 1)
    assert "larger" in report.skipped[0].reason


def test_where_another_is_writing_or_the_disk_is_full_one_line_says_so(
    shelf: Shelf, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (upload,) = uploads(tmp_path / "up", news__txt=TEXT.encode())
    with write_lock(store.folder):
        assert outcome_of(shelf.add_files([upload])).problem.startswith("Something else")
        assert not Path(upload).exists()
        outcome = outcome_of(shelf.add_text("", "", "", TEXT))
        assert outcome.problem.startswith("Something else is being added or removed right now")
    (article,) = outcome_of(shelf.add_text("", "", "", TEXT)).articles
    with write_lock(store.folder):
        removing = threading.Thread(target=lambda: refused.append(shelf.remove(article.id)))
        refused: list[str] = []
        removing.start()
        removing.join()
        assert refused[0].startswith("Something else")
    monkeypatch.setattr("index.store._ROOM", 2**62)
    outcome = outcome_of(shelf.add_text("", "", "", " ".join(DAM)))
    assert "MB left" in outcome.problem
    assert outcome.problem.count("\n") == 0


def test_what_breaks_is_told_and_raised(shelf: Shelf, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the lamp is out")

    monkeypatch.setattr(store, "embedder", broken)
    adding = shelf.add_text("", "", "", TEXT)
    said = next(said for said in adding if isinstance(said, Outcome))
    assert "The terminal in which newscite runs" in said.problem
    with pytest.raises(AttributeError):
        next(adding)


def test_asking_goes_on_while_pages_are_fetched(
    sample_pipeline: Pipeline, site: Site, tmp_path: Path
) -> None:
    gate = threading.Event()

    def slow() -> Answer:
        assert gate.wait(20)
        return Answer(
            f"<article><h1>Rain</h1><p>{RAIN[0]}</p></article>", headers={"Content-Type": "text/html"}
        )

    site.pages["/slow"] = slow
    article = Article(key="lamp", source="lamp.txt", text=TEXT, language="en")
    with pipeline_over(tmp_path / "own", sample_pipeline, article) as pipeline:
        shelf = Shelf(pipeline.store, may_change=True, allow_private=True)
        adding = shelf.add_addresses(f"{site.url}/slow")
        said = [next(adding), next(adding)]
        assert all(isinstance(line, str) for line in said)
        answer = pipeline.answer("When was the lighthouse of Ostrel lit again?")
        assert [citation.article.key for citation in answer.citations] == ["lamp"]
        gate.set()
        assert report_of(adding).added == 1


# Removing.


def test_a_removed_article_is_gone_with_its_versions_and_can_not_be_removed_twice(
    shelf: Shelf, store: Store
) -> None:
    first, second = (Article(key="a", source="a.txt", text=text) for text in ("Rain fell.", "Snow fell."))
    index_articles(store, [first])
    index_articles(store, [second])
    assert "with 1 earlier text" in markup.removal(shelf.history(second.id))
    assert shelf.remove(second.id) == ""
    assert (store.catalog.article_count(), store.vectors.count(), store.lexical.count()) == (0, 0, 0)
    assert shelf.history(first.id) == []
    assert shelf.remove(second.id).startswith("The article is not here any more")
    assert "not here any more" in markup.removal(shelf.history(second.id))


def test_a_page_that_may_not_change_refuses_and_shows_no_controls(
    store: Store, sample_pipeline: Pipeline, tmp_path: Path
) -> None:
    article = Article(key="a", source="a.txt", text="Rain fell.")
    index_articles(store, [article])
    shelf = Shelf(store, may_change=False)
    kept = uploads(tmp_path / "kept", news__txt=TEXT.encode())
    for adding in (
        shelf.add_files(kept),
        shelf.add_text("", "", "", TEXT),
        shelf.add_addresses("https://herald.example/"),
    ):
        assert outcome_of(adding).problem == NOT_HERE
    assert shelf.remove(article.id) == NOT_HERE
    assert store.catalog.article_count() == 1

    async def config(may_change: bool) -> str:
        return str(build_page(sample_pipeline, may_change=may_change).get_config_file()["dependencies"])

    # Where no event loop runs, Gradio makes some that it never closes.
    with ThreadPoolExecutor(1) as thread:
        labels = {may: thread.submit(asyncio.run, config(may)).result() for may in (True, False)}
    for control in ("library_add_files", "library_add_text", "library_add_address", "library_remove"):
        assert control in labels[True]
        assert control not in labels[False]
    assert "library_open" in labels[False]


@pytest.mark.parametrize(
    ("host", "is_own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("192.0.2.1", False)],
)
def test_only_a_page_on_this_machine_may_change_what_is_indexed(host: str, is_own: bool) -> None:
    assert is_loopback(host) == is_own


# In the browser.


@pytest.fixture
def visit(browser: Browser, until_the_end: ExitStack) -> Iterator[Callable[..., Page]]:
    """Open the library as a new visitor."""
    # A file that is too large is refused by the page, or where that isn't ready for it yet, by the server,
    # whose Response Gradio then throws.
    with visitors(browser, forgiven="Failed to load resource|^Response$") as open_page:

        def open_library(address: str, *viewport: ViewportSize, **options: Any) -> Page:
            page = open_page(address, *viewport, **options)
            page.get_by_role("tab", name="Library").press("Enter")
            expect(page.locator(".extent")).to_be_visible()
            return page

        yield open_library


@browser_test
def test_an_article_is_found_by_keyboard_read_and_left(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline
) -> None:
    page = visit(address)
    expect(page.locator(".extent")).to_have_text(re.compile("^1–24 of 24 articles$"))
    page.get_by_label("Search titles and outlets").fill("MUSEUM evening")
    expect(page.locator(".shelf li")).to_have_count(1)
    article = next(
        article
        for article in sample_pipeline.store.catalog.articles()
        if article.outlet == "Aulin Evening Post" and "Museum" in article.title
    )
    entry = page.locator(".shelf button.title")
    expect(entry).to_have_text(article.title)
    entry.press("Enter")
    heading = page.locator(".reading h2")
    expect(heading).to_have_text(article.title)
    expect(heading).to_be_focused()
    expect(page.locator("#library-list")).to_be_hidden()
    mask = article.masks[0]
    dimmed = page.locator(f'.reading .masked[title="Never quoted: {mask.reason}"]').first
    expect(dimmed).to_be_visible()
    colours = [
        element.evaluate("element => getComputedStyle(element).color")
        for element in (dimmed, page.locator(".reading .text p:not(.masked, .legend)").first)
    ]
    assert colours[0] != colours[1]
    page.get_by_role("button", name="All articles").press("Enter")
    expect(entry).to_be_focused()
    expect(page.get_by_label("Search titles and outlets")).to_have_value("MUSEUM evening")


@browser_test
def test_filters_and_reprints_narrow_the_list(address: str, visit: Callable[..., Page]) -> None:
    page = visit(address)
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Published since").fill("2031-09-01")
    page.get_by_label("Published since").press("Enter")
    expect(page.locator(".shelf li")).to_have_count(2)
    page.get_by_label("Published since").fill("soon")
    page.get_by_label("Published since").press("Enter")
    expect(page.locator("#library-shown .problem")).to_contain_text("'soon' is not a day")
    page.get_by_label("Published since").fill("")
    page.get_by_label("Published since").press("Enter")
    page.get_by_label("Language").click()
    page.get_by_role("option", name="Arabic").click()
    expect(page.locator(".shelf li")).to_have_count(1)
    expect(page.locator(".shelf li .language")).to_have_text("Arabic")
    page.get_by_label("Language").click()
    page.get_by_role("option", name="Any").click()
    page.get_by_role("button", name="1 reprint").first.click()
    expect(page.locator(".shelf li")).to_have_count(2)
    page.get_by_role("button", name="Show all articles").click()
    expect(page.locator(".shelf li")).to_have_count(24)


@browser_test
def test_the_list_is_paged_and_stays_where_it_was_while_an_article_is_read(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline, tmp_path: Path
) -> None:
    articles = [
        Article(key=f"{n}", source=f"{n}.txt", text=f"Rain {n}.", title=f"Rain {n}") for n in range(10, 70)
    ]
    pipeline = until_the_end.enter_context(pipeline_over(tmp_path, sample_pipeline, *articles))
    page = visit(until_the_end.enter_context(serving(pipeline)))
    extent = page.locator(".extent")
    expect(extent).to_have_text("1–25 of 60 articles")
    expect(page.get_by_role("button", name="Newer")).to_be_disabled()
    page.get_by_role("button", name="Older").click()
    expect(extent).to_have_text("26–50 of 60 articles")
    page.get_by_role("button", name="Rain 40", exact=True).click()
    expect(page.locator(".reading h2")).to_have_text("Rain 40")
    page.get_by_role("button", name="All articles").click()
    expect(page.get_by_role("button", name="Rain 40", exact=True)).to_be_focused()
    expect(extent).to_have_text("26–50 of 60 articles")
    page.get_by_role("button", name="Older").click()
    expect(extent).to_have_text("51–60 of 60 articles")
    expect(page.get_by_role("button", name="Older")).to_be_disabled()
    page.get_by_label("Search titles and outlets").fill("rain 1")
    expect(extent).to_have_text(re.compile("^1–15 of 15 articles$"))


@browser_test
def test_an_uploaded_article_is_told_listed_asked_about_and_removed(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline, tmp_path: Path
) -> None:
    pipeline = until_the_end.enter_context(pipeline_over(tmp_path / "store", sample_pipeline))
    page = visit(until_the_end.enter_context(serving(pipeline)))
    expect(page.locator(".extent")).to_have_text("Nothing is indexed yet.")
    (tmp_path / "lighthouse.txt").write_text(f"Lighthouse of Ostrel is lit again\n\n{TEXT}")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    page.locator("#library-files input[type=file]").set_input_files(
        [tmp_path / "lighthouse.txt", tmp_path / "photo.jpg"]
    )
    told = page.locator("#library-files-told .done")
    expect(told).to_contain_text("1 added, 1 skipped:", timeout=15_000)
    expect(told.locator(".skipped li")).to_contain_text("photo.jpg: type not supported")
    expect(page.locator(".shelf li")).to_have_count(1)
    expect(page.locator(".masthead")).to_contain_text("1 news article")

    page.get_by_role("tab", name="Ask").click()
    ask(page, "When was the lighthouse of Ostrel lit again?")
    expect(page.locator("#c-1-1 mark")).to_contain_text("lit again on Tuesday", timeout=15_000)

    page.get_by_role("tab", name="Library").click()
    page.locator(".shelf button.title").click()
    page.get_by_role("button", name="Remove this article").click()
    expect(page.locator(".ask")).to_be_focused()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".ask")).to_have_count(0)
    page.get_by_role("button", name="Remove this article").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#library-notice .done")).to_contain_text("Removed: Lighthouse of Ostrel")
    expect(page.locator(".extent")).to_have_text("Nothing is indexed yet.")
    expect(page.locator(".masthead")).not_to_contain_text("1 news article")


@browser_test
def test_a_pasted_text_and_an_address_that_fail_are_told_in_place_and_can_be_mended(
    visit: Callable[..., Page],
    until_the_end: ExitStack,
    sample_pipeline: Pipeline,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEWSCITE_MAX_FILE_MB", "1")
    pipeline = until_the_end.enter_context(pipeline_over(tmp_path, sample_pipeline))
    page = visit(until_the_end.enter_context(serving(pipeline)))
    (tmp_path / "big.txt").write_bytes(b"Rain fell. " * 100_000)
    page.locator("#library-files input[type=file]").set_input_files(tmp_path / "big.txt")
    expect(page.get_by_text("exceed the maximum allowed size of 1.0 Mb")).to_contain_text("big.txt")
    page.get_by_role("tab", name="Web address").click()
    page.get_by_label("Address of a page, a feed or a sitemap").fill("http://127.0.0.1:9/feed")
    page.get_by_role("button", name="Fetch and add").click()
    expect(page.locator("#library-address-told")).to_contain_text("private", timeout=15_000)
    expect(page.get_by_label("Address of a page")).to_have_value("http://127.0.0.1:9/feed")
    page.get_by_role("tab", name="Text", exact=True).click()
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_label("Date").fill("someday")
    page.get_by_role("button", name="Add the text").click()
    expect(page.locator("#library-text-told .problem")).to_contain_text("'someday' is not a date")
    page.get_by_label("Date").fill("2031-05-06")
    page.get_by_label("Title", exact=True).fill("Lamp")
    page.get_by_role("button", name="Add the text").click()
    expect(page.locator("#library-text-told .done")).to_contain_text("1 added", timeout=15_000)
    expect(page.get_by_label("Text", exact=True)).to_have_value("")
    page.locator("#library-text-told").get_by_role("button", name="Lamp").click()
    expect(page.locator(".reading h2")).to_have_text("Lamp")


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(
    address: str, visit: Callable[..., Page], scheme: str
) -> None:
    page = visit(address, NARROW, color_scheme=scheme)
    fits = "document.documentElement.scrollWidth <= innerWidth"
    page.get_by_role("button", name="Add articles").click()
    expect(page.locator("#library-files")).to_be_visible()
    assert page.evaluate(fits)
    page.get_by_role("button", name="Filter").click()
    assert page.evaluate(fits)
    title = page.locator(".shelf button.title", has_text="سفينة")
    title.click()
    expect(page.locator(".reading h2")).to_be_in_viewport()
    assert page.evaluate(fits)
    for paragraph in page.locator(".reading .text p", has_text=re.compile("[\u0600-\u06ff]")).all():
        assert paragraph.evaluate("element => getComputedStyle(element).direction") == "rtl"


@browser_test
def test_an_articles_story_is_named_and_listed(address: str, visit: Callable[..., Page]) -> None:
    page = visit(address)
    page.get_by_placeholder("Search titles and outlets").fill("Government rejects")
    expect(page.locator(".shelf li")).to_have_count(1)
    page.locator(".shelf button.title").click()
    told = page.locator(".reading .reprinted", has_text="Other articles on this story")
    expect(told).to_contain_text("(Harbour Ledger)")
    told.get_by_role("button", name="List them all").click()
    expect(page.locator(".reading")).to_have_count(0)
    expect(page.get_by_text("Only the articles on one story")).to_be_visible()
    expect(page.locator(".shelf li")).to_have_count(4)
    expect(page.get_by_placeholder("Search titles and outlets")).to_have_value("")
    page.get_by_placeholder("Search titles and outlets").fill("Khalimar")
    expect(page.locator(".shelf li")).to_have_count(1)
    page.get_by_placeholder("Search titles and outlets").fill("")
    page.get_by_role("button", name="Show all articles").click()
    expect(page.get_by_text("1–24 of 24 articles")).to_be_visible()


@browser_test
def test_a_list_that_took_long_does_not_take_the_place_of_a_newer_one(
    address: str, visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(address)
    words = page.get_by_placeholder("Search titles and outlets")
    page.get_by_role("button", name="1 reprint of Secret talks").click()
    expect(page.locator(".shelf li")).to_have_count(2)
    words.fill("Khalimar")
    expect(page.get_by_text("No article is like this")).to_be_visible()
    find = Shelf.page

    def find_slowly(shelf: Shelf, selection: Selection, start: int = 0) -> Listed:
        if selection.copies_of:
            time.sleep(1)
        return find(shelf, selection, start)

    monkeypatch.setattr(Shelf, "page", find_slowly)
    words.fill("")
    page.get_by_role("button", name="Show all articles").click()
    page.wait_for_timeout(2500)
    expect(page.get_by_text("1–24 of 24 articles")).to_be_visible()


@browser_test
def test_hostile_articles_run_nothing_in_list_and_reading(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline, tmp_path: Path
) -> None:
    articles = [
        Article(
            key=f"hostile-{number}",
            source=f"hostile-{number}.txt",
            text=f"{text} stands in the {number}th text of the mayor of Ostrel.",
            title=text,
            outlet=text,
            author=text,
            url=text,
            masks=(Mask(0, len(text), text),),
        )
        for number, text in enumerate(text.encode("utf-8", "replace").decode() for text in HOSTILE)
    ]
    pipeline = until_the_end.enter_context(pipeline_over(tmp_path, sample_pipeline, *articles))
    page = visit(until_the_end.enter_context(serving(pipeline)))
    expect(page.locator(".shelf li")).to_have_count(len(HOSTILE))
    for number in range(len(HOSTILE)):
        entry = page.locator(".shelf button.title").nth(number)
        title = entry.inner_text()
        entry.hover()
        entry.click()
        expect(page.locator(".reading h2")).to_have_text(title)
        page.locator(".reading .masked").first.hover(force=True)
        page.get_by_role("button", name="All articles").click()
    assert page.evaluate("window.broken") is None
    strange = "#view-library :is(script, iframe, img, style, a[href^='javascript'], a[href^='data'])"
    assert page.locator(strange).count() == 0


@browser_test
def test_without_leave_to_change_there_is_only_reading(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline
) -> None:
    address = until_the_end.enter_context(serving(sample_pipeline, may_change=False))
    files = {"files": ("news.txt", b"Rain fell. " * 200)}
    assert httpx.post(f"{address}/gradio_api/upload", files=files).status_code == 413
    page = visit(address)
    expect(page.get_by_role("button", name="Add articles")).to_have_count(0)
    page.locator(".shelf button.title").first.click()
    expect(page.locator(".reading")).to_be_visible()
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
