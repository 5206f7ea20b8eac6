"""Arabic questions: who said what. Names can't be told from other words there, so little else is asked."""

import re
from collections.abc import Iterator

from index.schema import Span
from rag.following.idea import Idea
from rag.telling.speaker import speaker

_SHE = re.compile(r"(?<!\w)[وف]?(?:قالت|أكدت|نفت|أوضحت|ذكرت|صرحت|أعلنت|أضافت|كشفت|أفادت)\s")
_FEWEST_WORDS = 3  # of a speaker: an office and a name; fewer may be a part of it
_INNER = str.maketrans("«»", "“”")
_LEANS = re.compile(r"(?:^|\s)(?:هذا|هذه|ذلك|تلك|نفسه|نفسها|آخر|إن|أن)(?:\s|$)|ها$|هم$")


def questions(sentence: Span, topic: str) -> Iterator[Idea]:  # noqa: ARG001
    """What may be asked so that `sentence` answers."""
    who = speaker(sentence)
    if len(who.split()) >= _FEWEST_WORDS and not _LEANS.search(who):
        verb = "قالت" if _SHE.search(sentence.text) else "قال"
        yield Idea("said", f"ماذا {verb} {who}؟", sentence)


def on_outlet(outlet: str, topic: str) -> str:
    """What an outlet reports about something."""
    return f"ماذا ورد عن {topic} بحسب {outlet}؟"


def on_name(name: str) -> str:
    """What is reported about somebody or something."""
    return f"ماذا ورد عن {name}؟"


def on_person(name: str) -> str:
    """Who somebody is."""
    return f"من هو {name}؟"


def on_headline(title: str) -> str:
    """What is told under a headline."""
    return f"ماذا ورد عن «{title.translate(_INNER)}»؟"
