"""The chat page: questions on the left, the sources of their answers on the right.

The page holds no answer of its own. It passes each question to `Pipeline.stream` and shows the events as
they come; what they look like is `ui.render`'s business. Gradio takes seconds to import, so it is
imported where the page is built.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.errors import NewsciteError
from rag.settings import read_settings
from ui import cards, grouping, reader, render
from ui.conversations import Conversations, conversation_controls
from ui.events import text_in
from ui.feedback import controls as judging
from ui.feedback.cases import FOLDER, Feedback
from ui.going_on import GoingOn, Moment, going_on_controls
from ui.narrowing import EVERYWHERE, TAKE_LINK, Narrowed, read_query
from ui.render import Exchange
from ui.wording import language_choices

if TYPE_CHECKING:
    import gradio as gr

    from rag.pipeline import Pipeline

_EXAMPLES = 4
_SIMULTANEOUS = 20  # questions of all visitors that are answered at the same time; others wait their turn

_TITLE = "newscite"
_DATE = "2026-01-17"  # how a date is written
_BROKEN = "Something went wrong. The terminal in which newscite runs says what."


def converse(
    pipeline: "Pipeline",
    question: str,
    earlier: Sequence[Exchange],
    *,
    narrowed: Narrowed = EVERYWHERE,
) -> Iterator[tuple[Exchange, ...]]:
    """Ask `question` after the `earlier` exchanges; yield all of them, the new one last, after every event.

    What newscite refuses becomes the exchange's problem. Anything else is shown as one too, then raised.
    """
    exchange = Exchange(len(earlier) + 1, question, narrowed=narrowed.pairs())
    yield (*earlier, exchange)
    try:
        history = [past.turn for past in earlier if past.answer]
        for event in pipeline.stream(
            question, history=history, filter=narrowed.filter(), as_of=narrowed.as_of
        ):
            exchange = exchange.after(event)
            yield (*earlier, exchange)
    except NewsciteError as error:
        yield (*earlier, replace(exchange, problem=str(error)))
    except Exception:
        yield (*earlier, replace(exchange, problem=_BROKEN))
        raise


def messages(exchanges: Sequence[Exchange], feedback: Feedback | None = None) -> list[dict[str, str]]:
    """The exchanges as Gradio's chat messages; with `feedback` a reader can say what an answer is worth."""
    spoken = []
    for exchange in exchanges:
        if exchange.question.strip():
            spoken.append({"role": "user", "content": render.question(exchange)})
        judged = judging.controls(exchange, feedback) if feedback else ""
        spoken.append({"role": "assistant", "content": render.reply(exchange) + judged})
    return spoken


class _Handlers:
    """What the page does when a visitor does something, over `pipeline`. Each gives new values for what the
    page shows; a visitor's exchanges come in and go out with every call, so many may ask at once."""

    def __init__(self, pipeline: "Pipeline", feedback: Feedback | None) -> None:
        import gradio as gr

        self._pipeline = pipeline
        self._feedback = feedback
        self._stories = grouping.stories_in(pipeline.store)
        self._examples = lru_cache(maxsize=1)(self._find_examples)
        self._skip: Any = gr.skip()
        self._update: Callable[..., dict[str, Any]] = gr.update

    def shown(self, exchanges: Sequence[Exchange]) -> tuple[Any, ...]:
        """What box, state, chat and panel show of some exchanges."""
        is_working = bool(exchanges) and not exchanges[-1].done
        buttons = self._update(submit_btn=not is_working, stop_btn=is_working)
        panel = cards.sources(exchanges, self._stories)
        return buttons, exchanges, messages(exchanges, self._feedback), panel

    def ask(
        self, question: str, earlier: Sequence[Exchange], moment: Moment, *narrowed: Any
    ) -> Iterator[tuple[Any, ...]]:
        if earlier and not earlier[-1].done:
            return
        moment.passes()
        yield self._update(value=""), earlier, self._skip, self._skip
        for exchanges in converse(self._pipeline, question, earlier, narrowed=Narrowed.given(*narrowed)):
            buttons, *rest = self.shown(exchanges)
            # A busy browser may skip an update, so the box is emptied once more.
            yield {**buttons, "value": ""} if exchanges[-1].hits is None else buttons, *rest

    def read_link(self, link: str) -> tuple[Any, ...]:
        """The question of a link, and what it narrows the search to; nothing changes where it asks none."""
        question, narrowed = read_query(link)
        controls = narrowed.controls()
        return question, *(controls if question else (self._skip,) * len(controls))

    def ask_linked(self, question: str, moment: Moment, *narrowed: Any) -> Iterator[tuple[Any, ...]]:
        """As `ask`, in a conversation of its own."""
        if not question:
            yield (self._skip,) * 5
            return
        for parts in self.ask(question, (), moment, *narrowed):
            yield *parts, ""

    def stop(self, exchanges: Sequence[Exchange]) -> tuple[Any, ...]:
        *earlier, latest = exchanges
        return self.shown((*earlier, latest if latest.done else replace(latest, stopped=True)))

    def clear(self) -> tuple[Any, ...]:
        """Nothing on the page, and a new conversation."""
        return *self.shown(()), ""

    def welcome(self) -> tuple[Any, ...]:
        stats = self._pipeline.stats()
        return (
            render.masthead(stats),
            self._update(placeholder=render.welcome(stats)),
            self._update(choices=[outlet for outlet in stats.outlets if outlet]),
            self._update(placeholder=stats.first_published[: len(_DATE)] or _DATE),
            self._update(placeholder=stats.last_published[: len(_DATE)] or _DATE),
            self._update(choices=language_choices(stats.languages)),
        )

    def suggest(self) -> dict[str, Any]:
        stats = self._pipeline.stats()
        found = self._examples(stats.articles, stats.passages)
        return self._update(examples=[{"text": text} for text in found])

    def read_in_context(self, place: dict[str, Any]) -> str:
        """An article as HTML, with the quote at this place marked."""
        article = self._pipeline.store.catalog.article(str(place.get("article")))
        if article is None:
            return reader.gone()
        return reader.in_full(article, int(place.get("start", 0)), int(place.get("end", 0)))

    def _find_examples(self, articles: int, passages: int) -> list[str]:  # noqa: ARG002
        # Its arguments tell when to look anew.
        return self._pipeline.example_questions(_EXAMPLES) if articles else []


def build_page(pipeline: "Pipeline", *, may_change: bool = True) -> "gr.Blocks":
    """Build the page over `pipeline`. Its state is a visitor's own: many may ask at once.

    Without `may_change` no visitor adds or removes articles, or says what an answer is worth.
    """
    import gradio as gr

    from ui.library.shelf import Shelf
    from ui.library.view import library

    feedback = Feedback(pipeline.store.folder / FOLDER, pipeline.search) if may_change else None
    do = _Handlers(pipeline, feedback)
    shelf = Shelf(pipeline.store, may_change=may_change, max_bytes=read_settings().max_file_mb * 1024**2)

    # Gradio reads the annotation of this one, and marks the other: it can do neither to a method.
    def ask_example(
        event: gr.SelectData, earlier: Sequence[Exchange], *others: Any
    ) -> Iterator[tuple[Any, ...]]:
        yield from do.ask(event.value["text"], earlier, *others)

    def go_on(event: gr.EventData, earlier: Sequence[Exchange], *others: Any) -> Iterator[tuple[Any, ...]]:
        yield from do.ask(text_in(event, "question"), earlier, *others)

    def read_in_context(place: dict[str, Any]) -> str:
        return do.read_in_context(place)

    called: dict[str, Callable[..., Any]] = {"newsciteRead": read_in_context}
    if feedback is not None:

        def judge(given: Any) -> dict[str, Any]:
            return judging.judge(feedback, pipeline.store.catalog.article, given)

        called["newsciteJudge"] = judge

    page = gr.Blocks(title=_TITLE, analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        exchanges = gr.State(())
        head = gr.HTML(apply_default_css=False, elem_id="head")
        views = gr.Tabs(elem_id="views")
        with views, gr.Tab("Ask", elem_id="view-ask"), gr.Row(elem_id="desk"):
            chat, going_on, box, narrow, conversations = _conversation()
            outlets, since, until, language, _ = narrow
            panel = _evidence(called)
        with views, gr.Tab("Library", elem_id="view-library") as shelves:
            changes = library(shelves, shelf)

        everything = [box, exchanges, chat, panel]
        narrowing = [exchanges, going_on.moment, *narrow]
        quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        # Gradio's "once" would also swallow what is asked while a stopped answer's last step still runs.
        many: dict[str, Any] = {"trigger_mode": "multiple", "concurrency_limit": _SIMULTANEOUS}
        asking = box.submit(do.ask, [box, *narrowing], everything, api_name="ask", **many, **quietly)
        picking = chat.example_select(
            ask_example, narrowing, everything, api_name="ask_example", **many, **quietly
        )
        going = going_on.shown.pick(go_on, narrowing, everything, api_name="go_on", **many, **quietly)
        running: dict[str, Any] = {"cancels": [asking, picking, going], "queue": False}
        stopping = box.stop(do.stop, [exchanges], everything, api_name="stop", **running, **quietly)
        begun = [*everything, conversations.current]
        chat.clear(do.clear, None, begun, api_name="clear", **running, **quietly)
        opening, keep_after = conversations.connect(
            page,
            state=exchanges,
            everything=everything,
            shown=do.shown,
            article=pipeline.store.catalog.article,
        )
        link, linked = gr.Textbox(visible="hidden"), gr.State("")
        reading = opening.then(
            do.read_link, [link], [linked, *narrow], js=TAKE_LINK, api_name="read_link", **quietly
        )
        following = reading.then(
            do.ask_linked, [linked, going_on.moment, *narrow], begun, api_name="ask_linked", **many, **quietly
        )
        for event in (asking, picking, going, stopping, following):
            keep_after(event)
        going_on.connect(
            pipeline,
            after=(asking, picking, going, following),
            asked_by=(box.submit, chat.example_select),
            left_by=(chat.clear, *conversations.begun),
            exchanges=exchanges,
            narrow=narrow,
        )
        greeted = [head, chat, outlets, since, until, language]
        arriving = page.load(do.welcome, None, greeted, api_name="welcome", **quietly)
        # Finding examples takes answering them, so they come when the rest is there.
        arriving.then(do.suggest, None, [chat], api_name="suggest", **quietly)
        for change in changes:
            greeting = change.then(do.welcome, None, greeted, api_name="welcome_again", **quietly)
            greeting.then(do.suggest, None, [chat], api_name="suggest_again", **quietly)
    return page


def _conversation() -> tuple["gr.Chatbot", GoingOn, "gr.Textbox", tuple["gr.Component", ...], Conversations]:
    """The left column: the chat, questions to go on with, the box to ask in, what narrows the search, and the
    conversations."""
    import gradio as gr

    with gr.Column(elem_id="conversation", scale=3, min_width=320):
        chat = gr.Chatbot(
            elem_id="chat",
            label="Conversation",
            show_label=False,
            container=False,
            height=None,
            autoscroll=False,  # assets/answers.js keeps the newest question in view instead
            render_markdown=False,  # messages are HTML from ui.render; article text is no Markdown
            latex_delimiters=[],
            allow_tags=False,
            buttons=[],
            feedback_options=None,
            group_consecutive_messages=False,
        )
        going_on = going_on_controls()
        box = gr.Textbox(
            elem_id="question",
            label="Your question",
            show_label=False,
            container=False,
            placeholder="Ask about the news",
            submit_btn=True,
            autofocus=True,
            max_lines=6,
        )
        with gr.Accordion("Narrow the search", open=False, elem_id="narrow", elem_classes="fold"), gr.Row():
            outlets = gr.Dropdown(label="Outlets", multiselect=True, scale=2, min_width=220)
            since = gr.Textbox(label="Since", max_lines=1, min_width=130)
            until = gr.Textbox(label="Until", max_lines=1, min_width=130)
            language = gr.Dropdown(language_choices(()), value="", label="Language", min_width=130)
            as_of = gr.Textbox(label="As of", max_lines=1, min_width=130, placeholder=_DATE)
        conversations = conversation_controls()
        with gr.Accordion("How it answers", open=False, elem_classes="fold"):
            gr.HTML(render.workings(read_settings()), apply_default_css=False)
    return chat, going_on, box, (outlets, since, until, language, as_of), conversations


def _evidence(called: Mapping[str, Callable[..., Any]]) -> "gr.HTML":
    """The right column: the panel of sources. The page's scripts call what is `called` by these names."""
    import gradio as gr

    with gr.Column(elem_id="evidence", scale=2, min_width=320):
        return gr.HTML(
            cards.sources(()),
            html_template="${value}",  # any other template would run article text as part of itself
            js_on_load="".join(f"window.{name} = server.{call.__name__};" for name, call in called.items()),
            server_functions=list(called.values()),
            apply_default_css=False,
            elem_id="panel",
        )
