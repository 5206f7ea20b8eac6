"""The library on the page: what stands where, and what happens when it is used.

Gradio passes events on and shows what comes of them; what is done is `shelf`'s and what it looks like
`markup`'s business. A visitor's filters and the article that is open are the visitor's own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import InputError, NewsciteError
from index.listing import Page, Selection
from index.schema import Filter
from ui.events import text_in
from ui.library import markup
from ui.library.shelf import Outcome, Shelf
from ui.wording import language_choices

if TYPE_CHECKING:
    import gradio as gr

_NO_CLUSTER = ("", "")  # the kind of a cluster and the id of an article in it
_DATE = "2026-01-17"  # how a date is written
_QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_LOOKING: dict[str, Any] = {"concurrency_limit": 8, **_QUIETLY}  # so many visitors at the same time
# One list at a time on a page, and the newest wanted last: an older one never takes its place. What a button
# says about itself is lost to Gradio's `always_last`, so that buttons only say what is wanted.
_LISTING: dict[str, Any] = {"trigger_mode": "always_last", **_LOOKING}
_WANTING: dict[str, Any] = {"trigger_mode": "multiple", **_LOOKING}
# One at a time, for there is one store: the others wait their turn.
_CHANGING: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "library", **_QUIETLY}


@dataclass(frozen=True)
class _Finding:
    """What narrows the list, and the list. `room` is where ways of adding may stand between the two."""

    column: "gr.Column"
    room: "gr.Column"
    words: "gr.Textbox"
    outlets: "gr.Dropdown"
    language: "gr.Dropdown"
    since: "gr.Textbox"
    until: "gr.Textbox"
    notice: "gr.HTML"
    shown: "gr.HTML"


@dataclass(frozen=True)
class _Reading:
    """The article that is open; `opened` is its id, and in the `bar` and the `room` above its text may stand
    what can be done with it."""

    column: "gr.Column"
    bar: "gr.Row"
    room: "gr.Column"
    back: "gr.Button"
    text: "gr.HTML"
    opened: "gr.State"


@dataclass(frozen=True)
class _Removing:
    """What removes the article that is open, after having asked."""

    remove: "gr.Button"
    asking: "gr.Column"
    question: "gr.HTML"
    confirm: "gr.Button"
    keep: "gr.Button"


@dataclass(frozen=True)
class _Arrival:
    """What has the list and its filters shown as the store is now: `seen` counts how often that was."""

    show: Callable[[int], tuple[Any, ...]]
    seen: "gr.State"
    filters: list[Any]

    def after(self, start: Callable[..., Any], name: str) -> Any:
        """Have it shown after what `start` makes an event of."""
        return start(self.show, [self.seen], [self.seen, *self.filters], api_name=name, **_WANTING)


@dataclass(frozen=True)
class _Adding:
    """A way to add articles: what is given, what starts it, and where it says what comes of it."""

    given: "list[gr.File | gr.Textbox]"
    start: Callable[..., Any]
    add: Callable[..., Iterator[str | Outcome]]
    told: "gr.HTML"
    name: str


def library(tab: "gr.Tab", shelf: Shelf) -> list[Any]:
    """Build the library inside `tab`, and give the events after which the store may hold something else."""
    import gradio as gr

    start, cluster, seen = gr.State(0), gr.State(_NO_CLUSTER), gr.State(0)
    finding, reading = _finding(), _reading()
    adding = _ways_of_adding(shelf, finding) if shelf.may_change else []
    filters = [finding.outlets, finding.language, finding.since, finding.until]

    def look(*given: Any) -> str:
        *narrowed, first = given
        try:
            selection = _selection(narrowed, shelf)
            return markup.listing(shelf.page(selection, first), selection)
        except NewsciteError as error:
            return markup.problem(str(error))

    def arrive(times: int) -> tuple[Any, ...]:
        stats = shelf.store.catalog.stats()
        return (
            times + 1,
            gr.update(choices=list(stats.outlets)),
            gr.update(choices=language_choices(stats.languages)),
            gr.update(placeholder=stats.first_published or _DATE),
            gr.update(placeholder=stats.last_published or _DATE),
        )

    def first_page() -> int:
        return 0

    def turn(event: gr.EventData) -> int:
        return _number(event, "start")

    def only_copies(event: gr.EventData) -> tuple[Any, ...]:
        return 0, ("copies", text_in(event, "article"))

    def only_story(event: gr.EventData) -> tuple[Any, ...]:
        # All of it is listed, whatever the list was narrowed to before.
        return 0, ("story", text_in(event, "article")), "", [], "", "", "", *close()

    def open_article(event: gr.EventData) -> tuple[Any, ...]:
        wanted = text_in(event, "article")
        try:
            history = shelf.history(wanted)
            current = history[-1].article.id if history else ""
            copies = shelf.page(Selection(copies_of=current)) if current else Page((), 0, 0)
            story = shelf.page(Selection(among=shelf.story(current))) if current else Page((), 0, 0)
            text = markup.article(history, wanted, copies, story)
        except NewsciteError as error:
            current, text = "", markup.problem(str(error))
        return text, current, gr.update(visible=False), gr.update(visible=True), ""

    def close() -> tuple[Any, ...]:
        return "", gr.update(visible=True), gr.update(visible=False)

    narrowing = [finding.words.change, finding.words.submit, finding.outlets.input, finding.language.input]
    narrowing += [event for day in (finding.since, finding.until) for event in (day.submit, day.blur)]
    gr.on(
        [*narrowing, start.change, cluster.change, seen.change],
        look,
        [finding.words, *filters, cluster, start],
        finding.shown,
        api_name="library_list",
        **_LISTING,
    )
    gr.on(narrowing, first_page, None, start, api_name="library_narrow", **_WANTING)
    finding.shown.turn(turn, None, start, api_name="library_turn", **_WANTING)
    finding.shown.copies(only_copies, None, [start, cluster], api_name="library_copies", **_WANTING)
    reading.text.story(
        only_story,
        None,
        [start, cluster, finding.words, *filters, reading.text, finding.column, reading.column],
        api_name="library_story",
        **_WANTING,
    )
    arrival = _Arrival(arrive, seen, filters)
    arrival.after(tab.select, "library")
    opening = [reading.text, reading.opened, finding.column, reading.column, finding.notice]
    for html in (finding.shown, reading.text, *(way.told for way in adding)):
        html.open(open_article, None, opening, api_name="library_open", **_LOOKING)
    reading.back.click(
        close, None, [reading.text, finding.column, reading.column], api_name="library_close", **_LOOKING
    )
    changes = [_connect(way, arrival) for way in adding]
    if shelf.may_change:
        changes.append(_connect_removing(shelf, _removing(reading), finding, reading, arrival))
    return changes


def _connect(way: _Adding, arrival: _Arrival) -> Any:
    """Have a way of adding say how far it is and what came of it. Then what was given is cleared, unless it
    is to be mended, and the list shows what was added."""
    import gradio as gr

    def add(*given: Any) -> Iterator[tuple[Any, ...]]:
        kept = [gr.skip() for _ in given]
        for said in way.add(*given):
            if isinstance(said, str):
                yield markup.working(said), *kept
            else:
                is_cleared = said.is_done or way.name == "files"
                yield markup.outcome(said), *([None for _ in given] if is_cleared else kept)

    adding = way.start(
        add, way.given, [way.told, *way.given], api_name=f"library_add_{way.name}", **_CHANGING
    )
    return arrival.after(adding.then, f"library_after_{way.name}")


def _connect_removing(
    shelf: Shelf, removing: _Removing, finding: _Finding, reading: _Reading, arrival: _Arrival
) -> Any:
    import gradio as gr

    def ask(article_id: str) -> tuple[Any, ...]:
        return gr.update(visible=True), markup.removal(shelf.history(article_id))

    def keep() -> tuple[Any, ...]:
        return gr.update(visible=False), ""

    def remove(article_id: str) -> tuple[Any, ...]:
        history = shelf.history(article_id)
        if problem := shelf.remove(article_id):
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), markup.problem(problem)
        shown, hidden = gr.update(visible=True), gr.update(visible=False)
        return markup.removed(history), shown, hidden, hidden, ""

    asking = [removing.asking, removing.question]
    removing.remove.click(ask, [reading.opened], asking, api_name="library_ask", **_LOOKING)
    removing.keep.click(keep, None, asking, api_name="library_keep", **_LOOKING)
    reading.back.click(keep, None, asking, api_name="library_leave", **_LOOKING)
    change = removing.confirm.click(
        remove,
        [reading.opened],
        [finding.notice, finding.column, reading.column, *asking],
        api_name="library_remove",
        **_CHANGING,
    )
    return arrival.after(change.then, "library_after_remove")


def _finding() -> _Finding:
    import gradio as gr

    with gr.Column(elem_id="library-list") as column:
        notice = _html(elem_id="library-notice")
        with gr.Row(elem_id="library-search"):
            words = gr.Textbox(
                label="Search titles and outlets",
                show_label=False,
                container=False,
                placeholder="Search titles and outlets",
                max_lines=1,
            )
        with gr.Accordion("Filter", open=False, elem_id="library-filter"), gr.Row():
            outlets = gr.Dropdown(label="Outlets", multiselect=True, scale=2, min_width=220)
            language = gr.Dropdown(language_choices(()), value="", label="Language", min_width=140)
            since = gr.Textbox(label="Published since", max_lines=1, min_width=120)
            until = gr.Textbox(label="Published until", max_lines=1, min_width=120)
        room = gr.Column(elem_id="library-room")
        shown = _html(elem_id="library-shown", events=("open", "copies", "turn"))
    return _Finding(column, room, words, outlets, language, since, until, notice, shown)


def _reading() -> _Reading:
    import gradio as gr

    with gr.Column(elem_id="library-reading", visible=False) as column:
        with gr.Row(elem_id="library-bar") as bar:
            back = gr.Button("← All articles", size="sm")
        room = gr.Column()
        text = _html(elem_id="library-text", events=("open", "story"))
    return _Reading(column, bar, room, back, text, gr.State(""))


def _removing(reading: _Reading) -> _Removing:
    import gradio as gr

    with reading.bar:
        remove = gr.Button("Remove this article…", size="sm")
    with reading.room, gr.Column(visible=False, elem_id="library-asking") as asking:
        question = _html(elem_id="library-question", events=())
        with gr.Row():
            confirm = gr.Button("Remove it", size="sm", elem_id="library-confirm")
            keep = gr.Button("Keep it", size="sm")
    return _Removing(remove, asking, question, confirm, keep)


def _ways_of_adding(shelf: Shelf, finding: _Finding) -> list[_Adding]:
    import gradio as gr

    is_empty = not shelf.store.catalog.article_count()
    with finding.room, gr.Accordion("Add articles", open=is_empty, elem_id="library-add"), gr.Tabs():
        with gr.Tab("Files"):
            files = gr.File(
                label="Files of articles", file_count="multiple", height=130, elem_id="library-files"
            )
            _html(markup.readable(shelf.max_bytes), elem_id="library-readable")
            files_told = _html(elem_id="library-files-told", events=("open",))
        with gr.Tab("Text"):
            with gr.Row():
                title = gr.Textbox(label="Title", max_lines=1, scale=3, min_width=220)
                outlet = gr.Textbox(label="Outlet", max_lines=1, scale=2, min_width=160)
                day = gr.Textbox(label="Date", placeholder=_DATE, max_lines=1, min_width=120)
            text = gr.Textbox(label="Text", lines=6, max_lines=14, elem_id="library-pasted")
            text_button = gr.Button("Add the text", variant="primary", size="sm")
            text_told = _html(elem_id="library-text-told", events=("open",))
        with gr.Tab("Web address"):
            address = gr.Textbox(
                label="Address of a page, a feed or a sitemap", placeholder="https://", lines=1, max_lines=4
            )
            fetch = gr.Button("Fetch and add", variant="primary", size="sm")
            address_told = _html(elem_id="library-address-told", events=("open",))

    def add_files(paths: list[str] | None) -> Iterator[str | Outcome]:
        return shelf.add_files(paths or [])

    def add_text(*fields: str | None) -> Iterator[str | Outcome]:
        return shelf.add_text(*(field or "" for field in fields))

    def add_addresses(addresses: str | None) -> Iterator[str | Outcome]:
        return shelf.add_addresses(addresses or "")

    return [
        _Adding([files], files.upload, add_files, files_told, "files"),
        _Adding([title, outlet, day, text], text_button.click, add_text, text_told, "text"),
        _Adding([address], fetch.click, add_addresses, address_told, "address"),
    ]


def _html(value: str = "", *, elem_id: str, events: tuple[str, ...] | None = None) -> Any:
    """HTML that is shown as it stands; with `events`, its buttons set these off, and focus goes where
    something new is to be read."""
    import gradio as gr

    named = ", ".join(f'"{event}"' for event in events or ())
    return gr.HTML(
        value,
        html_template="${value}",  # any other template would run article text as part of itself
        js_on_load=None if events is None else f"newsciteLibrary(element, trigger, watch, [{named}])",
        apply_default_css=False,
        elem_id=elem_id,
    )


def _selection(narrowed: Sequence[Any], shelf: Shelf) -> Selection:
    """What the filters say; one that nobody touched is None. Raises InputError on a bad date."""
    words, outlets, language, *days, (kind, article_id) = narrowed
    since, until = ((day or "").strip() for day in days)
    for day in filter(None, (since, until)):
        if len(day) != len(_DATE):
            raise InputError(f"{day[:40]!r} is not a day: write it as {_DATE}")
    chosen = Filter(outlet=outlets or (), since=since, until=until, language=language or "")
    if kind == "story" and article_id:  # one that is gone leaves nothing, not everything
        return Selection(words or "", chosen, among=shelf.story(article_id) or (article_id,))
    return Selection(words or "", chosen, copies_of=article_id)


def _number(event: "gr.EventData", name: str) -> int:
    digits = text_in(event, name)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
