"""What came of a question, in words that a reader can filter by."""

from collections.abc import Mapping

from evals.cases import Case

OUTCOMES: Mapping[str, tuple[str, bool]] = {
    "right": ("first citation right", True),
    "later": ("right in three, not first", False),
    "wrong": ("no right citation in three", False),
    "refused": ("refused, though there is an answer", False),
    "declined": ("refused, and rightly", True),
    "invented": ("answered, though there is none", False),
    "repeated": ("does again what was called wrong", False),
    "spared": ("does not do again what was called wrong", True),
    "absent": ("answered where its articles were left out", False),
}
"""By key what a reader is told, and whether it is well."""


def outcomes(case: Case) -> list[str]:
    """What came of a question, as keys: of itself, and of asking it where its articles were left out."""
    asked = case.asked
    found: list[str] = []
    if not case.question.gold_known:
        pass
    elif case.question.unanswerable:
        found = ["declined" if asked.refused else "invented"]
    elif asked.refused:
        found = ["refused"]
    elif any(asked.right[:1]):
        found = ["right"]
    else:
        found = ["later" if any(asked.right[:3]) else "wrong"]
    if asked.repeats:
        found.append("repeated" if any(asked.repeats) else "spared")
    if case.asked_absent is not None and not case.asked_absent.refused:
        found.append("absent")
    return found
