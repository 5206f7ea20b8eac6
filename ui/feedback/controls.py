"""The controls under an answer by which a reader says what it is worth, and what becomes of that.

The browser sends the answer back with what is said of it, as `ui.kept` has it: places of stored articles,
from which the quotes are cut anew. Nothing else that it sends of articles is taken.

Gradio cleans a message of every attribute but a few; so what a control is stands in its classes, from which
assets/feedback.js makes attributes, and the answer in an element that isn't shown.
"""

import json
from collections.abc import Sequence
from typing import Any

from index.errors import NewsciteError
from rag.quoting.attribution import credit
from ui import kept
from ui.feedback.cases import Feedback, Judgement
from ui.kept import FindArticle
from ui.render import Exchange, escape
from ui.wording import one_line

_SHOWN = 90  # characters of a quote or sentence by which it is known again
_CHANGED = "This answer can't be judged any more: its articles have changed. Ask again."


def controls(exchange: Exchange, feedback: Feedback) -> str:
    """The controls for a finished answer, pressed as was said of it; nothing under any other exchange."""
    answer = exchange.answer
    if answer is None:
        return ""
    said = feedback.of(exchange)
    if answer.status == "abstained":
        buttons = _button("right", "Rightly refused", pressed=said.right)
        buttons += _button("unwanted", "Should have been answered", pressed=said.unwanted)
    else:
        cited = [
            (
                one.marker,
                f"[{one.marker}] {credit(one.article) or one.article.title}: {one_line(one.quote, _SHOWN)}",
            )
            for one in exchange.citations
        ]
        sentences = [
            (number, one_line(one.text, _SHOWN)) for number, one in enumerate(exchange.sentences, start=1)
        ]
        buttons = _button("right", "Right", pressed=said.right)
        buttons += _choice("wrong", "Wrong citation", "Which citation is wrong?", cited, said.wrong)
        buttons += _choice(
            "unsupported", "Unsupported", "Which sentence is not supported?", sentences, said.unsupported
        )
    line = _saved(feedback) if said.is_given else ""
    return (
        '<div class="feedback" role="group" title="What this answer is worth">'
        f'<span class="answer-data">{escape(json.dumps(kept.plain(exchange)))}</span>'
        '<p class="asks">Is this right? What you say is saved with the question and its articles.</p>'
        f'<div class="verdicts">{buttons}</div>'
        f'<p class="told" role="status">{escape(line)}</p></div>'
    )


def judge(feedback: Feedback, article: FindArticle, given: Any) -> dict[str, Any]:
    """Save what a browser says of an answer; gives a line for the reader, and whether it was saved."""
    try:
        exchange = kept.exchange_of(given["answer"], 1, article)
        judgement = Judgement(
            right=given["right"] is True,
            wrong=_numbers(given["wrong"]),
            unsupported=_numbers(given["unsupported"]),
            unwanted=given["unwanted"] is True,
        )
    except kept.NOT_OURS:
        return {"saved": False, "line": _CHANGED}
    try:
        feedback.save(exchange, judgement)
    except NewsciteError as error:
        return {"saved": False, "line": f"Not saved: {error}"}
    return {"saved": True, "line": _saved(feedback) if judgement.is_given else "Taken back."}


def _saved(feedback: Feedback) -> str:
    return f"Saved. To test with it: newscite eval own --data {feedback.folder}"


def _numbers(given: Sequence[int]) -> frozenset[int]:
    return frozenset(int(number) for number in given)


def _choice(kind: str, name: str, asked: str, of: Sequence[tuple[int, str]], pressed: frozenset[int]) -> str:
    """A button where there is one thing to choose, else a fold with one for each."""
    if len(of) == 1:
        return _button(kind, name, of[0][0], pressed=of[0][0] in pressed)
    buttons = "".join(_button(kind, text, number, pressed=number in pressed) for number, text in of)
    return f'<details><summary>{name}</summary><div role="group" title="{asked}">{buttons}</div></details>'


def _button(kind: str, name: str, number: int = 0, *, pressed: bool) -> str:
    return (
        f'<button type="button" class="judge {kind} n-{number}{" pressed" if pressed else ""}" dir="auto">'
        f"{escape(name)}</button>"
    )
