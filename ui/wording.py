"""Words that the page and the terminal share."""


def counted(number: int, noun: str) -> str:
    """`1 outlet`, `2 outlets`, `12,000 outlets`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
