"""Why a line is no article's own, judged by where it stands among the others.

The rules of `header`, `neighbours` and `tail` are applied one after the other. They only add to the reasons
that lines have for what they say, and mostly lean on one beside: names beside a date, headlines below
"Related", what stands between two lines of a newsletter's form.
"""

from collections.abc import Callable, Sequence

from index.boilerplate import header, neighbours, tail
from index.boilerplate.lines import Line

_RULES: tuple[Callable[[Sequence[Line], list[str]], None], ...] = (
    header.mark_sections,
    header.mark_above_title,
    header.mark_labels,
    neighbours.mark_captions,
    header.mark_rows_of_links,
    header.mark_mastheads,
    header.mark_writers,
    header.mark_names_below_title,
    neighbours.mark_advertised,
    neighbours.mark_lists,
    tail.mark_end,
    neighbours.mark_forms,
    tail.mark_bios,
    header.mark_trades,
    tail.mark_kickers,
    tail.mark_hashtags,
    tail.mark_rest,
)


def reasons_by_place(lines: Sequence[Line], by_words: Sequence[str], title: str = "") -> list[str]:
    """Why each line is masked: its reason of `by_words` if it has one, else for where it stands, else ""."""
    reasons = list(by_words)
    for rule in _RULES:
        rule(lines, reasons)
        # A title may read like a section, a name or a link; the rules that follow must see it open.
        for index, line in enumerate(lines):
            if title and line.text == title:
                reasons[index] = ""
    return reasons
