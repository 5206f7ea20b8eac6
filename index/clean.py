"""Which stretches of an article are not its prose: they are masked, and never cited."""

from index.schema import Mask


def boilerplate_masks(text: str) -> tuple[Mask, ...]:
    """stub"""
    return ()


def merged(first: tuple[Mask, ...], second: tuple[Mask, ...]) -> tuple[Mask, ...]:
    """Give the masks of `first`, and those of `second` that touch none of them, in order."""
    kept = [mask for mask in second if all(mask.end <= other.start or other.end <= mask.start for other in first)]
    return tuple(sorted([*first, *kept], key=lambda mask: mask.start))
