"""Conversations as a browser keeps them: plain data, from which the answers are made again.

No quote is kept, only where it stands: what is shown again is cut from the stored articles anew, so that it
can't differ from them. Whatever comes from a browser may have been changed there, and is taken for that.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from index.schema import Article
from rag.quoting.corroboration import Origin
from rag.schema import Answer, Citation, Sentence
from ui.citing import forms
from ui.render import Exchange
from ui.wording import counted, one_line

Kept = Mapping[str, Any]
"""{"conversations": [{"id": ..., "name": ..., "exchanges": [...]}, ...]}, the latest first."""

NOTHING: Kept = {"conversations": []}
MOST = 30  # conversations; the oldest make room
_NAME_LENGTH = 60
_GONE = (
    "An article that this answer cites is no longer in the store, or was corrected: ask again to see what "
    "the articles say now"
)

FindArticle = Callable[[str], Article | None]

NOT_OURS = (KeyError, TypeError, ValueError, AttributeError, OverflowError)
"""What is raised over data that was changed in a browser."""


def read(text: str) -> Kept:
    """What a browser holds as JSON; nothing where that is none."""
    try:
        found = json.loads(text or "")
    except (ValueError, RecursionError):
        return NOTHING
    return found if isinstance(found, dict) else NOTHING


def changed(kept: Kept, conversation: str) -> str:
    """As JSON, that the conversation of this id is now as in `kept`, or gone, and how `kept` orders it."""
    ids = [one["id"] for one in conversations(kept)]
    first = ids[:1] == [conversation]
    return json.dumps({"id": conversation, "now": find(kept, conversation), "first": first})


def keep(kept: Kept, conversation: str, exchanges: Sequence[Exchange]) -> dict[str, Any]:
    """`kept` with the conversation of this id brought up to `exchanges`, as the latest; called as it was, or
    else after its first question."""
    before = find(kept, conversation)
    entry = {
        "id": conversation,
        "name": one_line((before or {}).get("name", "") or exchanges[0].question, _NAME_LENGTH),
        "exchanges": [plain(exchange) for exchange in exchanges if exchange.done],
    }
    others = [other for other in conversations(kept) if other["id"] != conversation]
    return {"conversations": [entry, *others][:MOST]}


def forget(kept: Kept, conversation: str) -> dict[str, Any]:
    """`kept` without the conversation of this id."""
    return {"conversations": [one for one in conversations(kept) if one["id"] != conversation]}


def rename(kept: Kept, conversation: str, name: str) -> dict[str, Any]:
    """`kept` with another name for the conversation of this id; an empty one changes nothing."""
    return {
        "conversations": [
            {**one, "name": one_line(name, _NAME_LENGTH) or one["name"]} if one["id"] == conversation else one
            for one in conversations(kept)
        ]
    }


def conversations(kept: Kept) -> list[dict[str, Any]]:
    """What is kept, as far as it is what `keep` made."""
    if not isinstance(kept, Mapping) or not isinstance(kept.get("conversations"), list):
        return []
    return [
        one
        for one in kept["conversations"]
        if isinstance(one, dict)
        and isinstance(one.get("id"), str)
        and isinstance(one.get("name"), str)
        and isinstance(one.get("exchanges"), list)
    ]


def find(kept: Kept, conversation: str) -> dict[str, Any] | None:
    """The conversation of this id, or None."""
    return next((one for one in conversations(kept) if one["id"] == conversation), None)


def restored(conversation: Mapping[str, Any], article: FindArticle) -> tuple[Exchange, ...]:
    """The exchanges of a conversation; `article` finds a stored article by its id.

    An answer whose quotes can't be cut any more is replaced by words that say so.
    """
    exchanges: list[Exchange] = []
    for one in conversation["exchanges"]:
        number = len(exchanges) + 1
        try:
            exchanges.append(exchange_of(one, number, article))
        except NOT_OURS:
            question = one.get("question", "") if isinstance(one, dict) else ""
            exchanges.append(Exchange(number, str(question), problem=_GONE))
    return tuple(exchanges)


def markdown(exchanges: Sequence[Exchange]) -> str:
    """A conversation as a Markdown document: each question, its answer with markers, and what these cite."""
    parts = []
    for exchange in exchanges:
        parts.append(f"## {' '.join(exchange.question.split())}")
        if exchange.problem:
            parts.append(exchange.problem)
        elif exchange.answer is not None:
            parts += [sentence.marked() for sentence in exchange.answer.sentences] or [exchange.answer.reason]
            parts += [f"[{cited.marker}]\n\n{forms(cited)['Markdown']}" for cited in exchange.citations]
    total = sum(len(exchange.citations) for exchange in exchanges)
    return "\n\n".join([f"# newscite: {counted(total, 'citation')}", *parts]) + "\n"


def plain(exchange: Exchange) -> dict[str, Any]:
    """An exchange as plain data, its citations as places."""
    answer = exchange.answer
    return {
        "question": exchange.question,
        "problem": exchange.problem,
        "stopped": exchange.stopped,
        "narrowed": [list(pair) for pair in exchange.narrowed],
        "sentences": [[one.text, list(one.citations), one.role] for one in exchange.sentences],
        "citations": [[one.article.id, one.start, one.end, one.passage_id] for one in exchange.citations],
        "answer": answer
        and {
            "status": answer.status,
            "reason": answer.reason,
            "confidence": round(answer.confidence, 4),
            "understood": answer.understood,
            "origins": [[one.name, one.side, list(one.markers)] for one in answer.origins],
        },
    }


def exchange_of(plain: Mapping[str, Any], number: int, article: FindArticle) -> Exchange:
    """The exchange that plain data is of. Raises one of NOT_OURS if it is of none, or its quotes can't be cut
    any more."""
    sentences = tuple(Sentence(str(text), tuple(markers), role) for text, markers, role in plain["sentences"])
    citations = tuple(
        _citation(place, marker, article) for marker, place in enumerate(plain["citations"], start=1)
    )
    exchange = Exchange(
        number,
        str(plain["question"]),
        citations=citations,
        sentences=sentences,
        problem=str(plain["problem"]),
        stopped=bool(plain["stopped"]),
        narrowed=tuple((str(name), str(value)) for name, value in plain["narrowed"]),
    )
    told = plain["answer"]
    if told is None:
        return exchange
    answer = Answer(
        question=exchange.question,
        status=told["status"],
        reason=str(told["reason"]),
        sentences=sentences,
        citations=citations,
        confidence=float(told["confidence"]),
        understood=str(told["understood"]),
        origins=tuple(Origin(name, side, tuple(markers)) for name, side, markers in told["origins"]),
    )
    return replace(exchange, answer=answer)


def _citation(place: Sequence[Any], marker: int, article: FindArticle) -> Citation:
    article_id, start, end, passage_id = place
    found = article(str(article_id))
    if found is None:
        raise ValueError(f"no article {article_id}")
    return Citation(found, int(start), int(end), marker, str(passage_id))
