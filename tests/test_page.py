"""The chat page in a real browser, over real stores: ask, click a marker, see its card."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlencode

import pytest
from artifacts import Artifacts
from chromium import NARROW, browser_test, visitors
from gradio_warnings import GRADIO_WARNINGS
from page_server import ask, card_of, pipeline_over, serving, squeezed
from playwright.sync_api import Browser, Page, expect
from service_server import Gated

from index.errors import InputError
from index.schema import Article
from rag import Event, Pipeline
from ui.chat import converse, messages
from ui.citing import forms
from ui.serving import check_address, serve

# Counts the moments at which an answer showed a marker that had no card to lead to.
WATCH_FOR_DEAD_MARKERS = """
window.deadMarkers = 0;
new MutationObserver(() => {
  for (const marker of document.querySelectorAll("a.marker"))
    if (!document.getElementById(marker.getAttribute("href").slice(1))) window.deadMarkers += 1;
}).observe(document, { subtree: true, childList: true });
"""

HOSTILE = Article(
    key="hostile",
    source="hostile.txt",
    text=(
        "The mayor of Ostrel said <script>window.broken = 1</script> that the bridge "
        '<img src="x" onerror="window.broken = 2"> opens in May ${window.broken = 3} {{constructor}} `now`.'
    ),
    title='The bridge of Ostrel <img src="x" onerror="window.broken = 4">',
    outlet='"><script>window.broken = 5</script>',
    published="2031-05-02",
    url="javascript:window.broken = 6",
)

DISPUTED = "How many homes lost power in the storm?"
LONG = "What reasons does the auditor general give for the dam getting so expensive?"

pytestmark = GRADIO_WARNINGS


@pytest.fixture
def visit(browser: Browser, until_the_end: ExitStack) -> Iterator[Callable[..., Page]]:
    """Open an address as a new visitor."""
    with visitors(browser, script=WATCH_FOR_DEAD_MARKERS) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def question(sample_pipeline: Pipeline) -> str:
    return sample_pipeline.example_questions(1)[0]


@browser_test
def test_an_example_is_answered_and_each_marker_leads_to_its_quote(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline, question: str
) -> None:
    page = visit(address)
    page.get_by_role("button", name=question).click()
    expect(page.locator(".tally")).to_be_visible()
    answer = sample_pipeline.answer(question)
    assert answer.sentences
    for citation in answer.citations:
        page.locator(f"#m-1-{citation.marker}").click()
        card = page.locator(f"#c-1-{citation.marker}")
        expect(card).to_be_in_viewport()
        expect(card).to_be_focused()
        assert squeezed(card.locator("mark").inner_text()) == squeezed(citation.quote)
        assert citation.article.outlet in card.inner_text()
    assert page.evaluate("window.deadMarkers") == 0


@browser_test
def test_sentences_come_one_by_one_and_a_card_before_its_marker(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline, question: str
) -> None:
    gated = Gated(sample_pipeline)
    answer = sample_pipeline.answer(question)
    address = until_the_end.enter_context(serving(gated))
    page = visit(address)
    ask(page, question)
    expect(page.locator(".working")).to_have_text("Searching the articles…")
    gated.gate.release()
    expect(page.locator(".working")).to_have_text(re.compile("^Reading [0-9,]+ passages? of"))
    cited: set[int] = set()
    for count, sentence in enumerate(answer.sentences, start=1):
        for marker in sentence.citations:
            if marker not in cited:
                gated.gate.release()
                cited.add(marker)
                expect(page.locator(f"#c-1-{marker}")).to_be_visible()
        gated.gate.release()
        expect(page.locator(".said > span")).to_have_count(count)
    gated.gate.release()
    expect(page.locator(".tally")).to_be_visible()
    assert page.evaluate("window.deadMarkers") == 0


@browser_test
def test_stopping_leaves_what_was_said_and_the_next_question_is_answered(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline, question: str
) -> None:
    gated = Gated(sample_pipeline)
    address = until_the_end.enter_context(serving(gated))
    page = visit(address)
    ask(page, question)
    expect(page.locator(".working")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".note")).to_have_text("Stopped before the answer was complete.")
    gated.gate.release(1000)
    ask(page, question)
    expect(page.locator("#c-2-1")).to_be_visible()


@browser_test
def test_a_marker_shows_its_quote_and_a_source_is_read_in_context_and_copied(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline, question: str
) -> None:
    page = visit(address, permissions=["clipboard-read", "clipboard-write"])
    ask(page, question)
    expect(page.locator(".tally")).to_be_visible()
    citation = sample_pipeline.answer(question).citations[0]
    page.locator("#m-1-1").focus()
    expect(page.locator("#m-1-1 .peek")).to_be_visible()
    assert squeezed(page.locator("#m-1-1 .peek").inner_text()).startswith(squeezed(citation.quote)[:40])

    page.locator("#c-1-1").get_by_role("button", name="Read in context").press("Enter")
    reader = page.get_by_role("dialog")
    expect(reader.locator("#quoted")).to_be_in_viewport()
    assert squeezed(reader.locator("mark").inner_text()) == squeezed(citation.quote)
    expect(reader.locator(".masked").first).to_have_attribute("title", re.compile("Never quoted: "))
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()

    page.locator("#c-1-1").get_by_role("button", name="Markdown").click()
    expect(page.locator("#c-1-1").get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == forms(citation)["Markdown"]


@browser_test
def test_a_conversation_outlives_a_reload_and_is_renamed_and_deleted(
    address: str, visit: Callable[..., Page], question: str
) -> None:
    page = visit(address)
    ask(page, question)
    expect(page.locator(".tally")).to_be_visible()
    page.get_by_role("button", name="Conversations").click()
    name = page.get_by_label("Its name")
    expect(name).to_have_value(re.compile("^" + re.escape(question[:50])))  # it is kept
    said = page.locator(".said").all_inner_texts()
    page.reload()
    expect(page.locator(".tally")).to_be_visible(timeout=20_000)
    assert page.locator(".said").all_inner_texts() == said
    page.locator("#m-1-1").click()
    expect(page.locator("#c-1-1")).to_be_focused()

    page.get_by_role("button", name="Conversations").click()
    name.fill("Of the storm")
    name.press("Enter")
    expect(page.get_by_label("Conversation", exact=True)).to_have_value("Of the storm")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".said")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name=question)).to_be_visible(timeout=20_000)
    expect(page.locator(".said")).to_have_count(0)


@browser_test
def test_two_tabs_keep_what_each_of_them_began_and_what_one_deletes_stays_deleted(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline
) -> None:
    def kept(page: Page) -> list[str]:
        page.wait_for_timeout(1000)  # the answer is there before it is kept
        names = "JSON.parse(localStorage.getItem('newscite-kept')).conversations.map((one) => one.name)"
        return [str(name) for name in page.evaluate(names)]

    one, other = sample_pipeline.example_questions(2)
    first = visit(address)
    second = first.context.new_page()
    second.goto(address)
    expect(second.locator(".masthead")).to_be_visible(timeout=20_000)
    for page, question in ((first, one), (second, other)):
        ask(page, question)
        expect(page.locator(".tally")).to_be_visible()
        expect(page.locator("#chat .question")).to_have_text([question])
        kept(page)
    assert [name[:30] for name in kept(first)] == [other[:30], one[:30]]

    ask(first, other)  # the first tab's conversation goes on
    expect(first.locator(".tally")).to_have_count(2)
    assert [name[:30] for name in kept(first)] == [one[:30], other[:30]]
    third = first.context.new_page()
    third.goto(address)
    expect(third.locator(".tally")).to_have_count(2, timeout=20_000)

    third.get_by_role("button", name="Conversations").click()
    third.get_by_role("button", name="Delete").click()
    expect(third.locator(".said")).to_have_count(0)
    assert [name[:30] for name in kept(third)] == [other[:30]]
    ask(first, one)
    expect(first.locator(".tally")).to_have_count(3)
    ask(second, one)
    expect(second.locator(".tally")).to_have_count(2)
    assert [name[:30] for name in kept(second)] == [other[:30]]


@browser_test
def test_a_link_asks_the_same_again_and_only_once(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline, question: str
) -> None:
    page = visit(address, permissions=["clipboard-read", "clipboard-write"])
    ask(page, question)
    page.get_by_role("link", name="Copy a link").click()
    expect(page.get_by_role("link", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{address}/?{urlencode({'q': sample_pipeline.answer(question).understood})}"

    outlet = sample_pipeline.answer(question).citations[0].article.outlet
    other = visit(f"{link}&{urlencode({'outlet': outlet})}")
    expect(other.get_by_role("link", name="Copy a link")).to_have_count(1, timeout=20_000)
    assert other.evaluate("location.search") == ""
    other.get_by_role("button", name="Conversations").click()
    expect(other.get_by_label("Its name")).not_to_have_value("")  # it is kept
    other.reload()
    expect(other.get_by_role("link", name="Copy a link")).to_have_count(1, timeout=20_000)
    again = other.get_by_role("link", name="Copy a link").get_attribute("href") or ""
    assert outlet in again.replace("+", " ")


@browser_test
def test_markers_of_earlier_answers_open_their_folded_cards_and_clearing_clears(
    address: str, visit: Callable[..., Page], question: str
) -> None:
    page = visit(address)
    for number in (1, 2):
        ask(page, question)
        expect(page.locator(".tally")).to_have_count(number)
    expect(page.locator("#c-1-1")).to_be_hidden()
    page.locator("#m-1-1").press("Enter")
    expect(page.locator("#c-1-1")).to_be_in_viewport()
    expect(page.locator("#c-1-1")).to_be_focused()
    page.locator("#c-1-1 .number").press("Enter")
    expect(page.locator("#m-1-1")).to_be_focused()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".card")).to_have_count(0)
    expect(page.locator(".said")).to_have_count(0)
    ask(page, question)
    expect(page.locator("#c-1-1")).to_be_visible()


@browser_test
def test_two_visitors_see_their_own_conversation(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline
) -> None:
    questions = sample_pipeline.example_questions(2)
    pages = [visit(address) for _ in questions]
    for page, question in zip(pages, questions, strict=True):
        ask(page, question)
    for page, question in zip(pages, questions, strict=True):
        expect(page.locator(".tally")).to_be_visible()
        expect(page.locator("#chat .question")).to_have_text([question])
        quotes = [squeezed(text) for text in page.locator("mark").all_inner_texts()]
        assert quotes == [squeezed(citation.quote) for citation in sample_pipeline.answer(question).citations]


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_gets_one_column_whose_markers_bring_their_cards_into_view(
    address: str, visit: Callable[..., Page], question: str, scheme: str
) -> None:
    page = visit(address, NARROW, color_scheme=scheme)
    ask(page, question)
    expect(page.locator(".tally")).to_be_visible()
    last = page.locator("a.marker[id]").last
    last.click()
    expect(card_of(page, last.get_attribute("id") or "")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    channels = page.evaluate(
        "getComputedStyle(document.querySelector('gradio-app')).backgroundColor.match(/[0-9]+/g).map(Number)"
    )
    assert (sum(channels[:3]) < 3 * 64) == (scheme == "dark")


@browser_test
def test_a_card_that_comes_late_or_anew_is_brought_into_view_until_the_reader_scrolls(
    address: str, visit: Callable[..., Page], question: str
) -> None:
    page = visit(address, NARROW, reduced_motion="reduce")
    ask(page, question)
    expect(page.locator(".tally")).to_be_visible()
    last = page.locator("a.marker[id]").last
    card = card_of(page, last.get_attribute("id") or "")
    expect(card).to_be_attached()
    page.evaluate("""() => {
        const cards = document.querySelector("#panel .card").parentElement;
        window.made = cards.innerHTML;
        window.makeAnew = () => {
            scrollTo(0, 0);
            cards.innerHTML = window.made;
        };
        cards.innerHTML = "";
    }""")
    last.click()
    expect(card).to_have_count(0)
    for _ in range(2):
        page.evaluate("makeAnew()")
        expect(card).to_be_in_viewport()
        expect(card).to_be_focused()

    page.mouse.wheel(0, -10_000)
    expect(card).not_to_be_in_viewport()
    page.evaluate("makeAnew()")
    expect(card).to_have_class(re.compile("shown"))
    expect(card).not_to_be_in_viewport()


@browser_test
def test_article_text_that_looks_like_markup_is_shown_and_executes_nothing(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline, tmp_path: Path
) -> None:
    pipeline = until_the_end.enter_context(pipeline_over(tmp_path, sample_pipeline, HOSTILE))
    address = until_the_end.enter_context(serving(pipeline))
    page = visit(address)
    ask(page, "What did the mayor of Ostrel say about the bridge?")
    expect(page.locator(".tally")).to_be_visible()
    assert squeezed(page.locator("mark").first.inner_text()) in squeezed(HOSTILE.text)
    for shown in ("<script>window.broken = 1</script>", 'onerror="window.broken = 2"', "${window.broken"):
        assert shown in page.locator(".card").first.inner_text()
        assert shown in page.locator(".said").first.inner_text()
    assert HOSTILE.title in page.locator(".card h3").first.inner_text()
    ask(page, HOSTILE.title)
    expect(page.locator("#chat .question").last).to_have_text(HOSTILE.title)
    expect(page.locator(".working")).to_have_count(0)
    assert page.evaluate("window.broken") is None
    assert page.locator("#chat img, .card img, .card script, a[href^='javascript']").count() == 0


@browser_test
def test_a_bad_question_or_filter_gets_one_line(address: str, visit: Callable[..., Page]) -> None:
    page = visit(address)
    ask(page, "   ")
    expect(page.locator(".problem")).to_have_count(1)
    ask(page, "why " * 25_000)
    expect(page.locator(".problem")).to_have_count(2)
    page.get_by_role("button", name="Narrow the search").click()
    page.get_by_label("Since").fill("yesterday")
    ask(page, "What happened?")
    expect(page.locator(".problem").last).to_contain_text("'yesterday' is not a date")
    assert all(len(line) < 200 for line in page.locator(".problem").all_inner_texts())


@browser_test
def test_a_chosen_outlet_is_the_only_one_cited(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline, question: str
) -> None:
    outlet = sample_pipeline.answer(question).citations[0].article.outlet
    page = visit(address)
    page.get_by_role("button", name="Narrow the search").click()
    page.get_by_label("Outlets").click()
    page.get_by_role("option", name=outlet).click()
    page.keyboard.press("Escape")
    ask(page, question)
    expect(page.locator(".tally")).to_contain_text("from 1 outlet")
    assert set(page.locator(".card .outlet").all_inner_texts()) == {outlet}


@browser_test
def test_an_empty_store_says_how_to_index(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline, tmp_path: Path
) -> None:
    pipeline = until_the_end.enter_context(pipeline_over(tmp_path, sample_pipeline))
    address = until_the_end.enter_context(serving(pipeline))
    page = visit(address)
    expect(page.get_by_text("newscite index PATH")).to_be_visible()
    expect(page.locator(".example")).to_have_count(0)


@browser_test
def test_hovering_a_marker_shows_its_quote_whole(address: str, visit: Callable[..., Page]) -> None:
    page = visit(address)
    ask(page, DISPUTED)
    expect(page.locator(".tally")).to_be_visible()
    for marker in page.locator("a.marker").all():
        marker.hover()
        peek = marker.locator(".peek")
        expect(peek).to_be_in_viewport(ratio=1)
        # No frame cuts its corners, and nothing lies on them.
        assert peek.evaluate(
            """peek => {
              const box = peek.getBoundingClientRect();
              const corners = [box.left + 6, box.right - 6].flatMap(
                (x) => [box.top + 6, box.bottom - 6].map((y) => [x, y]));
              return corners.every((corner) => peek.contains(document.elementFromPoint(...corner)));
            }"""
        )
        page.mouse.move(0, 0)
        expect(peek).to_be_hidden()


@browser_test
@pytest.mark.parametrize("is_narrow", [False, True])
def test_a_dispute_shows_each_side_under_its_heading(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline, is_narrow: bool
) -> None:
    page = visit(address, NARROW if is_narrow else {"width": 670, "height": 900})
    ask(page, DISPUTED)
    expect(page.locator(".tally")).to_contain_text("disputed")
    answer = sample_pipeline.answer(DISPUTED)
    told = {
        marker
        for sentence in answer.sentences
        if sentence.role == "evidence"
        for marker in sentence.citations
    }
    others = [sentence for sentence in answer.sentences if sentence.role not in ("direct", "evidence")]
    told_otherwise = {marker for sentence in others for marker in sentence.citations}
    assert told
    assert told_otherwise
    sides = [page.get_by_role("region", name=name, exact=True) for name in ("One side", "The other side")]
    for side, markers in zip(sides, (told, told_otherwise), strict=True):
        assert {int(text.split()[-1]) for text in side.locator(".number").all_inner_texts()} == markers
    assert page.locator(".said.other-side").count() == len(others)
    boxes = [side.bounding_box() for side in sides]
    assert boxes[0]
    assert boxes[1]
    if is_narrow:
        assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
    else:
        assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
        assert boxes[0]["y"] == boxes[1]["y"]


@browser_test
def test_an_arabic_answer_runs_from_right_to_left(
    address: str, visit: Callable[..., Page], sample_pipeline: Pipeline
) -> None:
    page = visit(address)
    ask(page, "كم كتاباً تحمل المكتبة العائمة؟")
    expect(page.locator(".tally")).to_be_visible()
    for shown in (".question", ".said", ".card h3", ".card blockquote"):
        for element in page.locator(shown).all():
            assert element.evaluate("element => getComputedStyle(element).direction") == "rtl", shown
    for said in page.locator(".said").all():
        text, marker = said.locator("> span").bounding_box(), said.locator("a.marker").bounding_box()
        assert text
        assert marker
        assert marker["x"] < text["x"] + text["width"] / 2
    # The outlet's name stands before the day, not between its parts.
    day = page.locator(".tally bdi", has_text="2031").bounding_box()
    outlet = page.locator(".tally bdi", has_text="خليمار").bounding_box()
    assert day
    assert outlet
    assert outlet["x"] + outlet["width"] <= day["x"]
    page.locator("#m-1-1").click()
    expect(page.locator("#c-1-1")).to_be_focused()
    page.locator("#c-1-1").get_by_role("button", name="Read in context").click()
    reader = page.get_by_role("dialog")
    assert squeezed(reader.locator("mark").inner_text()) == squeezed(
        sample_pipeline.answer("كم كتاباً تحمل المكتبة العائمة؟").citations[0].quote
    )
    assert reader.locator("mark").evaluate("element => getComputedStyle(element).direction") == "rtl"


@browser_test
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_where_motion_is_unwelcome_nothing_moves(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline, motion: str
) -> None:
    gated = Gated(sample_pipeline)
    page = visit(until_the_end.enter_context(serving(gated)), reduced_motion=motion)
    ask(page, LONG)
    expect(page.locator(".working")).to_be_visible()
    moving = "selector => document.querySelector(selector).getAnimations().length > 0"
    assert page.evaluate(moving, ".working") == (motion != "reduce")
    gated.gate.release(1000)
    expect(page.locator(".tally")).to_be_visible()
    last = page.locator("a.marker[id]").last
    card = card_of(page, last.get_attribute("id") or "")
    before, after = last.evaluate(
        """marker => {
          const card = document.getElementById(marker.getAttribute("href").slice(1));
          const before = card.getBoundingClientRect().top;
          marker.click();
          return [before, card.getBoundingClientRect().top];
        }"""
    )
    assert (after != before) == (motion == "reduce")  # it is there at once, or on its way
    expect(card).to_be_in_viewport()
    assert page.evaluate(moving, ".card.shown") == (motion != "reduce")


@browser_test
def test_the_newest_question_is_brought_into_view_and_then_the_reader_scrolls(
    address: str, visit: Callable[..., Page]
) -> None:
    page = visit(address, NARROW)
    for count, question in enumerate((LONG, DISPUTED, LONG), start=1):
        ask(page, question)
        expect(page.locator(".tally")).to_have_count(count)
        expect(page.locator("#chat .question").last).to_be_in_viewport()
        expect(page.locator("#chat .said").last).to_be_visible()
        page.mouse.move(195, 300)
        page.mouse.wheel(0, -4000)  # back to the first answer
        expect(page.locator("#chat .question").first).to_be_in_viewport()


@browser_test
def test_a_marker_followed_while_the_answer_comes_stays_marked(
    visit: Callable[..., Page], until_the_end: ExitStack, sample_pipeline: Pipeline
) -> None:
    gated = Gated(sample_pipeline)
    page = visit(until_the_end.enter_context(serving(gated)))
    gated.gate.release(1000)
    ask(page, DISPUTED)
    expect(page.locator(".tally")).to_be_visible()
    while gated.gate.acquire(blocking=False):
        pass
    ask(page, LONG)
    gated.gate.release(3)  # what was found, the first citation, its sentence
    expect(page.locator("#m-2-1")).to_be_visible()
    for followed in ("1-1", "2-1"):  # of the answer before, folded away, and of this one
        page.locator(f"#m-{followed}").click()
        expect(page.locator(f"#c-{followed}")).to_be_focused()
        expect(page.locator(".working")).to_be_visible()  # it still comes
        said = page.locator(".card").count()
        gated.gate.release(1)
        if followed == "1-1":
            expect(page.locator(".card")).to_have_count(said + 1)
        expect(page.locator(f"#c-{followed}")).to_have_class(re.compile(r"\bshown\b"))
        expect(page.locator(f"#c-{followed}")).to_be_in_viewport()
        expect(page.locator(f"#c-{followed}")).to_be_focused()
    gated.gate.release(1000)
    expect(page.locator(".tally")).to_have_count(2)
    expect(page.locator("#c-2-1")).to_have_class(re.compile(r"\bshown\b"))
    expect(page.locator("#c-2-1")).to_be_focused()
    ask(page, DISPUTED)
    expect(page.locator(".tally")).to_have_count(3)
    expect(page.locator("#c-2-1")).to_be_hidden()  # folded away with its answer
    assert page.evaluate("window.deadMarkers") == 0


@browser_test
def test_a_warm_page_is_soon_ready(address: str, visit: Callable[..., Page], artifacts: Artifacts) -> None:
    for _ in range(2):  # the first finds the example questions and fills what Gradio keeps
        started = monotonic()
        page = visit(address)
        expect(page.get_by_label("Your question")).to_be_editable(timeout=20_000)
        ready = monotonic() - started
        expect(page.locator("#chat .example").first).to_be_visible(timeout=20_000)
        whole = monotonic() - started
    artifacts.figure(
        "warm-start", f"A warm page takes a question after {ready:.1f} s, and is whole after {whole:.1f} s"
    )


def test_a_broken_pipeline_is_told_to_the_visitor_and_raised(sample_pipeline: Pipeline) -> None:
    class Broken(Pipeline):
        def stream(self, *_: Any, **__: Any) -> Iterator[Event]:
            raise RuntimeError("the disk is gone")

    conversation = converse(Broken(sample_pipeline.store), "Why?", ())
    assert "Searching" in messages(next(conversation))[-1]["content"]
    assert "The terminal in which newscite runs" in messages(next(conversation))[-1]["content"]
    with pytest.raises(RuntimeError, match="the disk is gone"):
        next(conversation)


def test_a_follow_up_carries_the_conversation(sample_pipeline: Pipeline, question: str) -> None:
    *_, first = converse(sample_pipeline, question, ())
    *_, both = converse(sample_pipeline, "And what else?", first)
    assert [exchange.number for exchange in both] == [1, 2]
    assert both[0] == first[0]
    assert both[0].turn.answer


def test_a_port_in_use_is_refused_before_anything_is_served(sample_pipeline: Pipeline) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port} on 127.0.0.1 is in use: stop what serves it"):
            serve(sample_pipeline, port=port)


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("127.0.0.1", 70000, "port 70000 does not exist"),
        ("127.0.0.1", 0, "port 0 does not exist"),
        ("192.0.2.1", 7860, "192.0.2.1 is not an address of this machine"),
        ("no.such.host.invalid", 7860, "host 'no.such.host.invalid' is not known"),
    ],
)
def test_an_impossible_address_is_refused(host: str, port: int, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_address(host, port)
