"""The real chat page on 127.0.0.1, for tests to look at, and what they do on it."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from service_server import free_port

from index.build import index_articles
from index.schema import Article
from index.store import Store
from rag import Pipeline
from ui.chat import build_page
from ui.serving import launch


@contextmanager
def serving(pipeline: Pipeline, *, may_change: bool = True) -> Iterator[str]:
    """Serve the chat page on 127.0.0.1; gives its address."""
    port = free_port()

    async def start() -> Any:
        page = build_page(pipeline, may_change=may_change)
        launch(page, host="127.0.0.1", port=port, may_change=may_change)
        return page

    # Where no event loop runs, Gradio makes some that it never closes; so one runs here.
    with ThreadPoolExecutor(1) as thread:
        page = thread.submit(asyncio.run, start()).result()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        page.close(verbose=False)


@contextmanager
def pipeline_over(folder: Path, pipeline: Pipeline, *articles: Article) -> Iterator[Pipeline]:
    """Another store with the same embedder, holding `articles`."""
    with Pipeline(Store(folder, pipeline.store.embedder, create=True)) as made:
        index_articles(made.store, articles)
        yield made


def ask(page: Page, question: str) -> None:
    """Ask in the page's box."""
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")


def card_of(page: Page, marker: str) -> Any:
    """The card that a marker of this id leads to."""
    return page.locator(f"#{marker.replace('m-', 'c-', 1)}")


def squeezed(text: str) -> str:
    """A text with each stretch of white space made one space."""
    return " ".join(text.split())
