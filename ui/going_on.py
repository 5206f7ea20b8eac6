"""Questions to go on with, as buttons under the latest answer.

They are looked for once the answer is there, in an event of their own that the next question breaks off.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import NewsciteError
from ui.narrowing import Narrowed
from ui.render import Exchange, escape

if TYPE_CHECKING:
    import gradio as gr

    from rag.pipeline import Pipeline

_SEARCHES = 2  # for questions to go on with at the same time: answers come first


@dataclass
class Moment:
    """A visitor's place in the conversation: what is looked for at one is of no use at the next."""

    number: int = 0

    def passes(self) -> None:
        """Another question is asked, or the conversation left."""
        self.number += 1


@dataclass(frozen=True)
class GoingOn:
    """The buttons, and a visitor's `Moment`."""

    shown: "gr.HTML"
    moment: "gr.State"

    def connect(
        self,
        pipeline: "Pipeline",
        *,
        after: Sequence[Any],
        asked_by: Sequence[Callable[..., Any]],
        left_by: Sequence[Callable[..., Any]],
        exchanges: "gr.State",
        narrow: Sequence["gr.Component"],
    ) -> None:
        """Look for questions after each of the events `after`; take them away with the listeners `asked_by`,
        of what asks another, and `left_by`, of what puts another conversation on the page."""
        import gradio as gr

        quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

        def find(moment: Moment, exchanges: Sequence[Exchange], *narrowed: Any) -> Any:
            began = moment.number
            found = follow_ups(
                pipeline, exchanges, Narrowed.given(*narrowed), wanted=lambda: moment.number == began
            )
            return suggestions(found) if moment.number == began else gr.skip()

        def leave(moment: Moment) -> str:
            moment.passes()
            return ""

        for number, event in enumerate(after):
            event.then(
                find,
                [self.moment, exchanges, *narrow],
                [self.shown],
                concurrency_limit=_SEARCHES,
                concurrency_id="going_on",
                api_name=f"go_on_{number}",
                **quietly,
            )
        # Taken away in the browser, at once: the server may be slow to hear of it, and find new ones before.
        asking: dict[str, Any] = {"js": '() => ""', **quietly}
        gr.on(list(asked_by), None, None, [self.shown], **asking)
        self.shown.pick(None, None, [self.shown], **asking)
        gr.on(
            list(left_by),
            leave,
            [self.moment],
            [self.shown],
            queue=False,
            api_name="go_on_elsewhere",
            **quietly,
        )


def follow_ups(
    pipeline: "Pipeline",
    exchanges: Sequence[Exchange],
    narrowed: Narrowed,
    *,
    wanted: Callable[[], bool] = lambda: True,
) -> list[str]:
    """The questions to go on with after the last of some exchanges, as `Pipeline.follow_ups` finds them; none
    where it has no answer."""
    *earlier, latest = exchanges or (None,)
    if latest is None or latest.answer is None:
        return []
    history = [past.turn for past in earlier if past and past.answer]
    try:
        return pipeline.follow_ups(
            latest.answer, history=history, filter=narrowed.filter(), as_of=narrowed.as_of, wanted=wanted
        )
    except NewsciteError:  # what is wrong was said with the answer, or will be with the next one
        return []


def suggestions(questions: Sequence[str]) -> str:
    """Questions as buttons."""
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" dir="auto" data-question="{escape(question)}">{escape(question)}'
        "</button></li>"
        for question in questions
    )
    return f'<section aria-label="Questions to go on with"><ul>{buttons}</ul></section>'


def going_on_controls() -> GoingOn:
    """The buttons, of which there are none at first."""
    import gradio as gr

    return GoingOn(
        gr.HTML(
            html_template="${value}",  # any other template would run article text as part of itself
            js_on_load='newsciteGoingOn(element, trigger, "pick")',
            apply_default_css=False,
            elem_id="going-on",
        ),
        gr.State(Moment()),
    )
