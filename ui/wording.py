"""Words that the page and the terminal share."""

from typing import TYPE_CHECKING

from index.schema import outlet_key

if TYPE_CHECKING:
    from rag.schema import Answer

_SIDES = {"denied": "denied by", "unverified": "not confirmed by", "corrected": "corrected by"}


def counted(number: int, noun: str) -> str:
    """`1 outlet`, `2 outlets`, `12,000 outlets`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def standing(answer: "Answer") -> str:
    """On how much an answer stands: "3 quotations from 2 outlets · 1 independent origin: Reuters · denied by
    the government"; "" where it cites nothing."""
    if not answer.citations:
        return ""
    outlets = {outlet_key(citation.article.outlet) for citation in answer.citations} - {""}
    told_by = f" from {counted(len(outlets), 'outlet')}" if outlets else ""
    facts = [f"{counted(len(answer.citations), 'quotation')}{told_by}"]
    reported = [origin.name for origin in answer.origins if origin.side == "reported"]
    if reported:
        facts.append(f"{counted(len(reported), 'independent origin')}: {', '.join(reported)}")
    for side, words in _SIDES.items():
        if names := [origin.name for origin in answer.origins if origin.side == side]:
            facts.append(f"{words} {', '.join(names)}")
    return " · ".join(facts)
