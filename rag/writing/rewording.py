"""A follow-up question made to stand alone by a chat model.

What it writes is taken only where every word of it that says something is the question's own or the
conversation's: it may move words, and never bring one.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rag.schema import Turn
from rag.telling.clauses import stems
from rag.writing.hostile import fenced, hostile_because
from rag.writing.spending import Limits, Meter

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_REMEMBERED = 3  # earlier turns that it sees
_LONGEST = 300  # characters of a question that it may write
_ANSWER = 500  # characters of each earlier answer that it sees
_SYSTEM = """Rewrite the last question of a conversation so that it can be understood without the rest.
Put the names that are meant in the place of words like he, it or there. Use only words of the conversation,
keep its language, and do not answer. Write the question and nothing else."""
_USER = "{conversation}\nLast question: {question}"


def reworded(
    model: "BaseChatModel", question: str, history: Sequence[Turn], limits: Limits
) -> tuple[str, Mapping[str, float]]:
    """The question as `model` writes it to stand alone, and what that cost, as in `Written.spent`.

    "" where the model fails or what it writes is not fit: too long, no question, or with words of its own.
    """
    from langchain_core.prompts import ChatPromptTemplate

    recent = history[-_REMEMBERED:]
    conversation = "\n".join(
        f"Question: {fenced(turn.question)}\nAnswer: {fenced(turn.answer[:_ANSWER])}" for turn in recent
    )
    prompt = ChatPromptTemplate.from_messages([("system", _SYSTEM), ("user", _USER)])
    asked = prompt.invoke({"conversation": conversation, "question": fenced(question)})
    meter = Meter()
    meter.ask(asked.to_string())
    try:
        reply = model.invoke(asked)
    except Exception:  # each provider raises its own kinds; the rule's reading is at hand
        return "", meter.spent()
    meter.read(str(reply.text), getattr(reply, "usage_metadata", None))
    said = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in recent)])
    written = str(reply.text).strip().strip('"“”').strip()
    return (written if _is_fit(written, said) and meter.seconds <= limits.seconds else ""), meter.spent()


def _is_fit(written: str, said: str) -> bool:
    return (
        bool(stems(written))
        and len(written) <= _LONGEST
        and "\n" not in written
        and written.endswith(("?", "؟"))
        and stems(written) <= stems(said)
        and not hostile_because(written, said)
    )
