"""Towns and countries, so that a dateline is told from an outlet's name."""

import gzip
from functools import cache

from index.language import folded


def is_place(name: str) -> bool:
    """True if `name` is a town or country of the gazetteer (GeoNames), in any letter case, accents or not."""
    return folded(name.strip()) in _places()


@cache
def _places() -> frozenset[str]:
    from importlib import resources

    packed = resources.files("index.sources").joinpath("places.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").splitlines())
