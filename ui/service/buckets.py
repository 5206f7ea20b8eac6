"""How often one client may do a thing: a bucket of tokens for each, full at first, filled as time passes."""

import time
from collections.abc import Callable

_REMEMBERED = 10_000  # clients


class Buckets:
    """Buckets of `rate` tokens, which fill again in a minute."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}  # tokens, and when that was

    def __len__(self) -> int:
        return len(self._left)

    def take(self, client: str) -> float:
        """Take a token of `client`'s; the whole seconds until there is one, or 0 if there was."""
        now, a_second = self._clock(), self.rate / 60
        left, since = self._left.pop(client, (float(self.rate), now))
        left = min(self.rate, left + (now - since) * a_second)
        has_one = left >= 1
        self._left[client] = (left - 1 if has_one else left, now)  # last in the order of use
        if len(self._left) > _REMEMBERED:
            del self._left[next(iter(self._left))]
        return 0.0 if has_one else max(1.0, -(-(1 - left) // a_second))
