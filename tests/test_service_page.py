"""The page of the service in a real browser, behind its token and its Content-Security-Policy."""

import re
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx
import pytest
from chromium import BROWSER_MARKS
from gradio_warnings import GRADIO_WARNINGS
from playwright.sync_api import Browser, Request, expect
from service_server import QUESTION, TOKEN, Gated, serving, wait_until

from rag import Pipeline

pytestmark = [
    *GRADIO_WARNINGS,
    *BROWSER_MARKS,
]

INTRUDER = """(elsewhere) => {
  const place = document.createElement("div");
  document.body.append(place);
  place.innerHTML = `<img src="nothing" onerror="window.intruded = 1"><img src="${elsewhere}">
    <a href="javascript:window.intruded = 2">x</a>`;
  place.querySelector("a").click();
  const code = document.createElement("script");
  code.textContent = "window.intruded = 3";
  const foreign = document.createElement("script");
  foreign.src = `${elsewhere}/x.js`;
  place.append(code, foreign);
  fetch(elsewhere).catch(() => {});
}"""


def test_the_page_answers_behind_the_token_and_breaks_no_rule_of_its_own(
    sample_pipeline: Pipeline, browser: Browser
) -> None:
    answer = sample_pipeline.answer(QUESTION)
    complaints: list[str] = []

    def on_request(request: Request) -> None:
        if urlsplit(request.url).hostname not in (None, "127.0.0.1"):
            complaints.append(request.url)

    with ExitStack() as until_the_end, serving(sample_pipeline, token=TOKEN) as (address, _):
        context = browser.new_context(
            http_credentials={"username": "anyone", "password": TOKEN}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", on_request)
        page.goto(address)
        expect(page.locator(".masthead")).to_be_visible(timeout=20_000)
        box = page.get_by_label("Your question")
        box.fill(QUESTION)
        box.press("Enter")
        expect(page.locator(".tally")).to_be_visible(timeout=20_000)
        page.locator("#m-1-1").click()
        expect(page.locator("#c-1-1")).to_be_in_viewport()
        quote = page.locator("#c-1-1 mark").inner_text()
        assert re.sub(r"\s+", " ", quote) == re.sub(r"\s+", " ", answer.citations[0].quote)
        page.get_by_role("button", name="Narrow the search").click()
        page.get_by_label("Outlets").click()
        page.get_by_role("option").first.click()
        page.get_by_role("button", name="Settings").click()
        page.wait_for_timeout(500)

        assert complaints == []
        metrics = httpx.get(f"{address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
        assert 'newscite_answers_total{status="answered"} 1.0' in metrics

        # What got into the page in spite of all escaping is not run, and loads and sends nothing.
        elsewhere = until_the_end.enter_context(socket.create_server(("127.0.0.1", 0)))
        elsewhere.settimeout(0.1)
        page.evaluate(INTRUDER, f"http://127.0.0.1:{elsewhere.getsockname()[1]}")
        page.wait_for_timeout(300)
        assert page.evaluate("window.intruded") is None
        assert len([line for line in complaints if "Content Security Policy" in line]) >= 5
        context.close()
        with pytest.raises(TimeoutError):
            elsewhere.accept()


def test_a_marker_leads_to_its_source_while_the_answer_still_comes(
    sample_pipeline: Pipeline, browser: Browser
) -> None:
    gated = Gated(sample_pipeline)
    with serving(gated, token=TOKEN) as (address, _):
        context = browser.new_context(
            http_credentials={"username": "anyone", "password": TOKEN}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(address)
        expect(page.locator(".masthead")).to_be_visible(timeout=20_000)
        box = page.get_by_label("Your question")
        gated.gate.release(1000)
        expect(page.locator("#chat .example").first).to_be_visible(timeout=20_000)  # found by asking
        while gated.gate.acquire(blocking=False):
            pass
        box.fill(QUESTION)
        box.press("Enter")
        marker, card = page.locator("#m-1-1"), page.locator("#c-1-1")
        for _ in range(20):
            wait_until(lambda: gated.waiting)
            if marker.is_visible():
                break
            gated.gate.release()
            page.wait_for_timeout(200)
        marker.click()
        expect(card).to_be_focused()
        expect(card).to_be_in_viewport()
        card.get_by_role("button", name="Read in context").click()
        expect(page.get_by_role("dialog").locator("mark")).to_be_visible()
        page.keyboard.press("Escape")
        # All of this while the next event was held back.
        assert gated.waiting == 1
        expect(page.locator(".working")).to_be_visible()
        expect(page.locator(".tally")).to_have_count(0)

        gated.gate.release(1000)
        expect(page.locator(".tally")).to_be_visible()
        expect(card).to_have_class(re.compile(r"\bshown\b"))
        assert page.locator(".card").count() == len(sample_pipeline.answer(QUESTION).citations)
        assert [error for error in page.console_messages() if error.type == "error"] == []
        context.close()
