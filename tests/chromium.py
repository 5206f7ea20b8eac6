"""A real, headless Chromium for the tests that look at pages."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}

# The build without windows comes first: it needs a fifth less of the processor.
CHROMIUM = next(
    filter(
        None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))
    ),
    None,
)
_QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
BROWSER_MARKS = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium"),
]


def browser_test(test: Callable[..., None]) -> Callable[..., None]:
    """Marks a test that needs the browser."""
    for mark in BROWSER_MARKS:
        test = mark(test)
    return test


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Chromium, closed at the end."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        yield opened
        opened.close()


@contextmanager
def visitors(
    browser: Browser, *, script: str = "", forgiven: str = "AbortError"
) -> Iterator[Callable[..., Page]]:
    """Opens an address as a new visitor, with `script` run first, and waits for the page to be there.

    In the end: no error on the console but what `forgiven` matches, no request elsewhere.
    """
    complaints: list[str] = []
    contexts = []

    def on_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def on_request(request: Request) -> None:
        if urlsplit(request.url).hostname not in (None, "127.0.0.1"):
            complaints.append(request.url)

    def open_page(address: str, viewport: ViewportSize = WIDE, **options: Any) -> Page:
        context = browser.new_context(viewport=viewport, **{"reduced_motion": "reduce", **options})
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("console", on_message)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", on_request)
        page.goto(address)
        expect(page.locator(".masthead")).to_be_visible(timeout=20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # Gradio complains of what a reload or a closed page broke off.
    grave = [text for text in complaints if not re.search(rf"AbortError|errored out|{forgiven}", text)]
    assert grave == [], grave
